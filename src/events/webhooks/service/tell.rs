//! What the server does for webhooks by itself: it notes down what they are to be told, takes what is due, and writes down
//! how it went. The call itself lies between two transactions, so no row is held while somebody is slow to answer.

use chrono::TimeDelta;
use uuid::Uuid;

use crate::authz::authorize_clock;
use crate::db::{Change, Ctx, Subject};
use crate::error::{Code, Result};
use crate::events::changes;
use crate::events::webhooks::model::{
    Delivery, DeliveryState, Outcome, SealedSecrets, ToldChange, Webhook, WebhookState, gives_up, wait_after,
};
use crate::events::webhooks::{policy, store};

/// Changes that are noted down at a time.
const PORTION: i64 = 200;

/// Transactions after which the place of a webhook is moved on, though there was nothing to tell.
const FAR_BACK: i64 = 10_000;

/// After that time somebody else may tell what was taken: longer than any call takes.
const LEASE: TimeDelta = TimeDelta::seconds(60);

/// How long a delivery that came to its end can be looked up and replayed.
const KEPT_FOR: TimeDelta = TimeDelta::days(30);

/// Something to be told now.
#[derive(Debug, Clone)]
pub struct Letter {
    /// To whom.
    pub webhook_id: Uuid,
    /// Where.
    pub url: String,
    /// The keys of its signatures, sealed.
    pub secrets: SealedSecrets,
    /// What.
    pub told: ToldChange,
}

/// The webhooks that are told of changes.
pub async fn active_webhooks(ctx: &Ctx<'_>) -> Result<Vec<Uuid>> {
    store::active(ctx.conn).await
}

/// Whether something has happened that a webhook is to be told of, or its place lies so far back that looking from there
/// takes long. Only a look: where nothing happens nothing is written.
pub async fn has_news(ctx: &Ctx<'_>, id: Uuid) -> Result<bool> {
    let Some(webhook) = unless_gone(store::find(ctx.conn, id).await)? else { return Ok(false) };
    let kinds = &webhook.data.subject_kinds;
    let portion = changes::service::portion(ctx, &webhook.circle(), kinds, webhook.told, 1).await?;
    Ok(portion.has_more || portion.next.xid.saturating_sub(webhook.told.xid) > FAR_BACK)
}

/// Notes down what has happened since a webhook was told last; `true` when there is more. One that somebody else holds
/// is left to him.
pub async fn gather(ctx: &Ctx<'_>, id: Uuid) -> Result<bool> {
    let Some(webhook) = store::lock_free(ctx.conn, id).await? else { return Ok(false) };
    if webhook.state != WebhookState::Active {
        return Ok(false);
    }
    let kinds = &webhook.data.subject_kinds;
    let portion = changes::service::portion(ctx, &webhook.circle(), kinds, webhook.told, PORTION).await?;
    store::note(ctx, &webhook, portion.changes.iter().map(|change| change.position.id)).await?;
    store::advance(ctx, id, portion.next).await?;
    Ok(portion.has_more)
}

/// Takes at most so many letters that are due, so that nobody else tells them meanwhile.
pub async fn take(ctx: &Ctx<'_>, limit: i64) -> Result<Vec<Letter>> {
    let taken = store::due(ctx, ctx.now + LEASE, limit).await?;
    let ids: Vec<Uuid> = taken.iter().map(|(_, delivery)| delivery.event_id).collect();
    let webhooks: Vec<Uuid> = taken.iter().map(|(webhook_id, _)| *webhook_id).collect();
    let changes = changes::service::changes(ctx, &ids).await?;
    let addresses = store::addresses(ctx.conn, &webhooks).await?;
    let letter = |(webhook_id, delivery): (Uuid, Delivery)| {
        let (url, mut secrets) = addresses.get(&webhook_id)?.clone();
        secrets.previous = secrets.previous.filter(|(_, until)| *until > ctx.now);
        let change = changes.iter().find(|change| change.position.id == delivery.event_id)?.clone();
        Some(Letter { webhook_id, url, secrets, told: ToldChange { delivery, change } })
    };
    Ok(taken.into_iter().filter_map(letter).collect())
}

/// Writes down how an attempt went. A webhook that has been silent for too long is disabled.
pub async fn settle(ctx: &Ctx<'_>, letter: &Letter, outcome: &Outcome) -> Result<()> {
    let Some(webhook) = unless_gone(store::lock(ctx.conn, letter.webhook_id).await)? else { return Ok(()) };
    let delivery = after(&letter.told.delivery, outcome, ctx.now);
    if !store::finish(ctx, &delivery).await? {
        return Ok(());
    }
    if outcome.is_success() {
        if webhook.failing_since.is_some() {
            store::set_failing(ctx, webhook.id, None).await?;
        }
        return Ok(());
    }
    let since = webhook.failing_since.unwrap_or(ctx.now);
    if webhook.state == WebhookState::Active && gives_up(since, ctx.now, outcome) {
        return disable(ctx, Webhook { failing_since: Some(since), ..webhook }).await;
    }
    store::set_failing(ctx, webhook.id, Some(since)).await
}

/// A webhook may be deleted while it is being told.
fn unless_gone(found: Result<Webhook>) -> Result<Option<Webhook>> {
    match found {
        Err(refusal) if refusal.code == Code::NotFound => Ok(None),
        found => found.map(Some),
    }
}

/// The delivery after its attempt.
fn after(delivery: &Delivery, outcome: &Outcome, now: chrono::DateTime<chrono::Utc>) -> Delivery {
    let (status, problem) = match outcome {
        Outcome::Answered(status) => (i16::try_from(*status).ok(), None),
        Outcome::Failed(words) => (None, Some(words.chars().take(500).collect())),
    };
    let tried = Delivery { status, problem, due_at: None, ..delivery.clone() };
    match wait_after(delivery.attempts) {
        _ if outcome.is_success() => {
            Delivery { state: DeliveryState::Delivered, delivered_at: Some(now), ..tried }
        }
        Some(wait) => Delivery { due_at: Some(now + wait), ..tried },
        None => Delivery { state: DeliveryState::Failed, ..tried },
    }
}

async fn disable(ctx: &Ctx<'_>, webhook: Webhook) -> Result<()> {
    let permit = authorize_clock(&policy::SWEEP_SILENT_WEBHOOK, webhook.region_id)?;
    let change = Change::none().field("state", webhook.state.as_str(), WebhookState::Disabled.as_str());
    let webhook = Webhook { state: WebhookState::Disabled, version: webhook.version + 1, ..webhook };
    store::set_state(ctx, &permit, &webhook).await?;
    ctx.audit(&permit, Subject { kind: "webhook", id: webhook.id }, change).await
}

/// Forgets at most that many deliveries that came to their end long ago; how many there were.
pub async fn sweep_deliveries(ctx: &Ctx<'_>, limit: i64) -> Result<usize> {
    store::sweep(ctx, ctx.now - KEPT_FOR, limit).await
}
