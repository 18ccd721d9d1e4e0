//! What keepers do with webhooks.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::authz::{Actor, Permit, Rule, authorize, may, scope};
use crate::db::{Change, Ctx, Subject};
use crate::directory::organizations::service as organizations;
use crate::error::{Code, Error, Result};
use crate::events::changes;
use crate::events::webhooks::model::{
    Delivery, DeliveryState, ROTATION, SealedSecrets, ToldChange, Webhook, WebhookData, WebhookReach,
    WebhookState,
};
use crate::events::webhooks::policy;
use crate::events::webhooks::store::{self, DeliveryFilter, WebhookFilter};
use crate::http::PageQuery;

/// Makes a webhook of that id, whose secret was sealed for it.
pub async fn create_webhook(
    ctx: &Ctx<'_>,
    (id, sealed_secret): (Uuid, &[u8]),
    organization_id: Uuid,
    data: WebhookData,
) -> Result<Webhook> {
    let place = organizations::organization_at(ctx, organization_id, "/organization_id").await?;
    let permit = organizations::authorize_at(ctx.actor, &policy::CREATE_WEBHOOK, &place)?;
    let webhook = Webhook {
        id,
        region_id: place.region_id,
        municipality_id: place.municipality_id,
        organization_id,
        reach: WebhookReach::of(place.kind),
        data,
        state: WebhookState::Active,
        told: changes::service::end(ctx).await?,
        failing_since: None,
        previous_until: None,
        version: 1,
        created_at: ctx.now,
    };
    store::insert(ctx, &permit, &webhook, sealed_secret).await?;
    audit(ctx, &permit, &webhook, Change::none().field("reach", (), webhook.reach.as_str())).await?;
    Ok(webhook)
}

/// One page of the webhooks of the actor's circle.
pub async fn list_webhooks(
    ctx: &Ctx<'_>,
    filter: WebhookFilter,
    page: &PageQuery<'_>,
    after: Option<(DateTime<Utc>, Uuid)>,
) -> Result<Vec<Webhook>> {
    store::list(ctx.conn, &scope(ctx.actor, &policy::LIST_WEBHOOKS)?, filter, page.fetch(), after).await
}

/// One webhook.
pub async fn get_webhook(ctx: &Ctx<'_>, id: Uuid) -> Result<Webhook> {
    let webhook = store::find(ctx.conn, id).await?;
    authorize(ctx.actor, &policy::GET_WEBHOOK, &webhook.target())?;
    Ok(webhook)
}

/// Changes what its keeper says of a webhook.
pub async fn update_webhook(ctx: &Ctx<'_>, id: Uuid, if_match: i64, data: WebhookData) -> Result<Webhook> {
    let (permit, current) = held(ctx, id, &policy::UPDATE_WEBHOOK, if_match).await?;
    let change = Change::none().field("url_changed", (), current.data.url != data.url).field(
        "subject_kinds",
        current.data.subject_kinds.clone(),
        data.subject_kinds.clone(),
    );
    let webhook = Webhook { data, version: current.version + 1, ..current };
    store::update(ctx, &permit, &webhook).await?;
    audit(ctx, &permit, &webhook, change).await?;
    Ok(webhook)
}

/// Lets a webhook rest.
pub async fn pause_webhook(ctx: &Ctx<'_>, id: Uuid, if_match: i64) -> Result<Webhook> {
    let (permit, current) = held(ctx, id, &policy::PAUSE_WEBHOOK, if_match).await?;
    if current.state != WebhookState::Active {
        return Err(Error::new(Code::StateConflict)
            .detail("Веб-хук уже не действует", "The webhook is not active as it is"));
    }
    move_to(ctx, &permit, current, WebhookState::Paused).await
}

/// Has a webhook told again: of everything since, and of what had failed for good.
pub async fn resume_webhook(ctx: &Ctx<'_>, id: Uuid, if_match: i64) -> Result<Webhook> {
    let (permit, current) = held(ctx, id, &policy::RESUME_WEBHOOK, if_match).await?;
    if current.state == WebhookState::Active {
        return Err(
            Error::new(Code::StateConflict).detail("Веб-хук уже действует", "The webhook is active already")
        );
    }
    store::revive(ctx, &permit, id).await?;
    move_to(ctx, &permit, current, WebhookState::Active).await
}

/// Deletes a webhook with what it was told and what it was still to be told.
pub async fn delete_webhook(ctx: &Ctx<'_>, id: Uuid, if_match: i64) -> Result<()> {
    let (permit, webhook) = held(ctx, id, &policy::DELETE_WEBHOOK, if_match).await?;
    // Noted down while it is still there: so it is known to whom the removal is told.
    let gone = Subject { kind: "webhook", id };
    audit(ctx, &permit, &webhook, Change::none().removing(gone)).await?;
    store::forget_deliveries(ctx, &permit, id).await?;
    store::delete(ctx, &permit, id).await
}

/// Gives a webhook a new secret; the one before signs too for a day.
pub async fn rotate_webhook_secret(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    sealed_secret: &[u8],
) -> Result<Webhook> {
    let (permit, current) = held(ctx, id, &policy::ROTATE_WEBHOOK_SECRET, if_match).await?;
    let (_, before) = store::addresses(ctx.conn, &[id]).await?.remove(&id).ok_or(Error::not_found())?;
    let until = ctx.now + ROTATION;
    let secrets = SealedSecrets { current: sealed_secret.to_vec(), previous: Some((before.current, until)) };
    let webhook = Webhook { previous_until: Some(until), version: current.version + 1, ..current };
    store::set_secrets(ctx, &permit, &webhook, &secrets).await?;
    audit(ctx, &permit, &webhook, Change::none()).await?;
    Ok(webhook)
}

/// One page of what a webhook was told, newest first.
pub async fn list_webhook_deliveries(
    ctx: &Ctx<'_>,
    id: Uuid,
    filter: DeliveryFilter,
    page: &PageQuery<'_>,
    after: Option<Uuid>,
) -> Result<Vec<ToldChange>> {
    let webhook = store::find(ctx.conn, id).await?;
    authorize(ctx.actor, &policy::LIST_WEBHOOK_DELIVERIES, &webhook.target())?;
    told(ctx, store::deliveries(ctx.conn, id, filter, page.fetch(), after).await?).await
}

/// Has a webhook told of something once more.
pub async fn replay_webhook_delivery(
    ctx: &Ctx<'_>,
    id: Uuid,
    delivery_id: Uuid,
) -> Result<(Webhook, ToldChange)> {
    let webhook = store::lock(ctx.conn, id).await?;
    let permit = authorize(ctx.actor, &policy::REPLAY_WEBHOOK_DELIVERY, &webhook.target())?;
    let delivery = store::delivery(ctx.conn, id, delivery_id).await?;
    if delivery.state == DeliveryState::Waiting {
        return Err(Error::new(Code::StateConflict)
            .detail("Доставка ещё не закончена", "The delivery has not come to its end yet"));
    }
    store::again(ctx, &permit, delivery_id).await?;
    let change = Change::none().field("delivery", (), delivery_id.to_string());
    audit(ctx, &permit, &webhook, change).await?;
    let delivery = store::delivery(ctx.conn, id, delivery_id).await?;
    let told = told(ctx, vec![delivery]).await?.pop();
    told.map(|told| (webhook, told)).ok_or_else(|| Error::internal("a delivery of nothing"))
}

/// Deliveries with the changes they tell.
async fn told(ctx: &Ctx<'_>, deliveries: Vec<Delivery>) -> Result<Vec<ToldChange>> {
    let ids: Vec<Uuid> = deliveries.iter().map(|delivery| delivery.event_id).collect();
    let changes = changes::service::changes(ctx, &ids).await?;
    let with_change = |delivery: Delivery| {
        let change = changes.iter().find(|change| change.position.id == delivery.event_id).cloned();
        change.map(|change| ToldChange { delivery, change })
    };
    Ok(deliveries.into_iter().filter_map(with_change).collect())
}

/// What the actor may do with a webhook now.
pub fn allowed_actions(actor: &Actor, webhook: &Webhook) -> Vec<String> {
    let target = webhook.target();
    let turning = match webhook.state {
        WebhookState::Active => &policy::PAUSE_WEBHOOK,
        WebhookState::Paused | WebhookState::Disabled => &policy::RESUME_WEBHOOK,
    };
    [&policy::UPDATE_WEBHOOK, turning, &policy::ROTATE_WEBHOOK_SECRET, &policy::DELETE_WEBHOOK]
        .into_iter()
        .filter(|rule| may(actor, rule, &target))
        .map(|rule| rule.operation.to_owned())
        .collect()
}

/// Whether the actor may have the delivery made once more.
pub fn may_replay(actor: &Actor, webhook: &Webhook, delivery: &Delivery) -> bool {
    delivery.state != DeliveryState::Waiting
        && may(actor, &policy::REPLAY_WEBHOOK_DELIVERY, &webhook.target())
}

async fn held(ctx: &Ctx<'_>, id: Uuid, rule: &'static Rule, if_match: i64) -> Result<(Permit, Webhook)> {
    let webhook = store::lock(ctx.conn, id).await?;
    let permit = authorize(ctx.actor, rule, &webhook.target())?;
    if webhook.version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    Ok((permit, webhook))
}

async fn move_to(ctx: &Ctx<'_>, permit: &Permit, current: Webhook, state: WebhookState) -> Result<Webhook> {
    let change = Change::none().field("state", current.state.as_str(), state.as_str());
    let webhook = Webhook { state, failing_since: None, version: current.version + 1, ..current };
    store::set_state(ctx, permit, &webhook).await?;
    audit(ctx, permit, &webhook, change).await?;
    Ok(webhook)
}

async fn audit(ctx: &Ctx<'_>, permit: &Permit, webhook: &Webhook, change: Change) -> Result<()> {
    ctx.audit(permit, Subject { kind: "webhook", id: webhook.id }, change).await
}
