//! Endpoints of what webhooks are told.

use actix_web::{get, post, web};
use uuid::Uuid;

use crate::authz::Actor;
use crate::error::Result;
use crate::events::webhooks::dto::{DeliveryPage, DeliveryQuery, DeliveryView};
use crate::events::webhooks::model::{ToldChange, Webhook};
use crate::events::webhooks::policy::REPLAY_WEBHOOK_DELIVERY;
use crate::events::webhooks::service;
use crate::http::{Call, Query, Reply};

/// Lists what a webhook was told
///
/// Newest first, with the number of attempts and the last answer. What came to its end is kept for 30 days.
#[utoipa::path(
    tag = "events", operation_id = "list_webhook_deliveries",
    params(("id" = Uuid, Path, description = "The webhook's id"), DeliveryQuery),
    responses((status = 200, description = "One page", body = DeliveryPage))
)]
#[get("/webhooks/{id}/deliveries")]
pub async fn list_webhook_deliveries(
    call: Call,
    id: web::Path<Uuid>,
    query: Query<DeliveryQuery>,
) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let list = (*id, &query.0);
    let after = page.after::<Uuid>(&list)?;
    let filter = query.filter();
    let (webhook, found) = call
        .read(async |ctx| {
            let webhook = service::get_webhook(ctx, *id).await?;
            Ok((webhook, service::list_webhook_deliveries(ctx, *id, filter, &page, after).await?))
        })
        .await?;
    let (items, next_cursor) = page.cut(found, &list, |last| last.delivery.id)?;
    let items = items.into_iter().map(|told| view(&call.actor, &webhook, told)).collect();
    Reply::ok(&DeliveryPage { items, next_cursor })
}

/// Tells a webhook something once more
///
/// What was taken or has failed for good is sent again, with the same `webhook-id`, at once and then as often as the
/// first time.
#[utoipa::path(
    tag = "events", operation_id = "replay_webhook_delivery",
    params(
        ("id" = Uuid, Path, description = "The webhook's id"),
        ("delivery_id" = Uuid, Path, description = "The delivery's id"),
    ),
    responses((status = 200, description = "The delivery as it is now", body = DeliveryView))
)]
#[post("/webhooks/{id}/deliveries/{delivery_id}/replay")]
pub async fn replay_webhook_delivery(call: Call, path: web::Path<(Uuid, Uuid)>) -> Result<Reply> {
    let (id, delivery_id) = *path;
    call.write_once(async |ctx| {
        let (webhook, told) = service::replay_webhook_delivery(ctx, id, delivery_id).await?;
        Reply::ok(&view(ctx.actor, &webhook, told))
    })
    .await
}

fn view(actor: &Actor, webhook: &Webhook, told: ToldChange) -> DeliveryView {
    let may = service::may_replay(actor, webhook, &told.delivery);
    let actions = may.then(|| REPLAY_WEBHOOK_DELIVERY.operation.to_owned()).into_iter().collect();
    DeliveryView::new(told, actions)
}
