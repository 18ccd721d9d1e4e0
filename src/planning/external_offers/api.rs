//! Endpoints of offers from outside.

use actix_web::{get, post, web};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::dto::{
    ExternalOfferCreate, ExternalOfferPage, ExternalOfferQuery, ExternalOfferSubmit, ExternalOfferView,
};
use super::service::{self, ShownOffer};
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

fn item(shown: ShownOffer) -> Result<Reply> {
    Reply::derived(shown.offer.version, &ExternalOfferView::from(shown))
}

/// Records an offer from outside
///
/// A legal entity offers to teach people of the school at the expense of a grant, a state order or another source. It is
/// handed in at once; who decides the regulation of the school says. Whoever hands an offer in does not decide on it. Where
/// the regulation knows no such offers they are refused with `not_used`.
#[utoipa::path(
    tag = "planning", operation_id = "create_external_offer", request_body = ExternalOfferCreate,
    responses((status = 201, description = "The new offer", body = ExternalOfferView))
)]
#[post("/external-offers")]
pub async fn create_external_offer(call: Call, body: Body<ExternalOfferCreate>) -> Result<Reply> {
    call.write_once(async |ctx| {
        let offered = body.offer.clone().into();
        let shown = service::create_external_offer(ctx, body.organization_id, offered).await?;
        let location = format!("/api/v1/external-offers/{}", shown.offer.id);
        Reply::created(location, shown.offer.version, &ExternalOfferView::from(shown))
    })
    .await
}

/// Lists offers from outside
///
/// Those to one's school, those to the schools of one's territory; those handed in last first.
#[utoipa::path(
    tag = "planning", operation_id = "list_external_offers", params(ExternalOfferQuery),
    responses((status = 200, description = "One page", body = ExternalOfferPage))
)]
#[get("/external-offers")]
pub async fn list_external_offers(call: Call, query: Query<ExternalOfferQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(DateTime<Utc>, Uuid)>(&query.0)?;
    let filter = query.filter();
    let found = call.read(async |ctx| service::list_external_offers(ctx, filter, &page, after).await).await?;
    let (items, next_cursor) = page.cut(found, &query.0, |last| (last.created_at, last.id))?;
    Reply::ok(&ExternalOfferPage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}

/// Reads an offer from outside
///
/// Where it stands, what was said of it, and the papers about what was learnt by it. The `ETag` is needed to hand it in
/// again and to take it back.
#[utoipa::path(
    tag = "planning", operation_id = "get_external_offer",
    params(("id" = Uuid, Path, description = "The offer's id")),
    responses((status = 200, description = "The offer", body = ExternalOfferView))
)]
#[get("/external-offers/{id}")]
pub async fn get_external_offer(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    item(call.read(async |ctx| service::get_external_offer(ctx, *id).await).await?)
}

/// Submits a returned offer from outside
///
/// Written anew as a whole; it goes on with the next round of its approval.
#[utoipa::path(
    tag = "planning", operation_id = "submit_external_offer", request_body = ExternalOfferSubmit,
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The offer's id")),
    responses((status = 200, description = "The offer as it is now", body = ExternalOfferView))
)]
#[post("/external-offers/{id}/submission")]
pub async fn submit_external_offer(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<ExternalOfferSubmit>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        let offered = body.offer.clone().into();
        item(service::submit_external_offer(ctx, *id, if_match, offered).await?)
    })
    .await
}

/// Withdraws an offer from outside
///
/// By whoever handed it in, while nobody has decided on it; its request for approval ends with it.
#[utoipa::path(
    tag = "planning", operation_id = "withdraw_external_offer",
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The offer's id")),
    responses((status = 200, description = "The offer as it is now", body = ExternalOfferView))
)]
#[post("/external-offers/{id}/withdrawal")]
pub async fn withdraw_external_offer(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| item(service::withdraw_external_offer(ctx, *id, if_match).await?)).await
}
