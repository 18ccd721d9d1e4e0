//! Endpoints of credit transfers.

use actix_web::{get, post, web};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::dto::{
    CreditTransferDecide, CreditTransferPage, CreditTransferQuery, CreditTransferRequest, CreditTransferView,
};
use super::service::{self, ShownTransfer};
use super::store::Filter;
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

/// Asks for a credit transfer
///
/// What the person has learnt, by a confirmed document, is to be credited in a program of the owner of a credit rule.
#[utoipa::path(
    tag = "hours", operation_id = "request_credit_transfer", request_body = CreditTransferRequest,
    responses((status = 201, description = "The new transfer", body = CreditTransferView))
)]
#[post("/credit-transfers")]
pub async fn request_credit_transfer(call: Call, body: Body<CreditTransferRequest>) -> Result<Reply> {
    call.write_once(async |ctx| {
        let shown = service::request_credit_transfer(ctx, body.0.clone().into()).await?;
        let location = format!("/api/v1/credit-transfers/{}", shown.transfer.id);
        Reply::created(location, shown.transfer.version, &CreditTransferView::from(shown))
    })
    .await
}

/// Lists credit transfers
///
/// One's own, those of one's people, and those that one's organization credits; newest first.
#[utoipa::path(
    tag = "hours", operation_id = "list_credit_transfers", params(CreditTransferQuery),
    responses((status = 200, description = "One page", body = CreditTransferPage))
)]
#[get("/credit-transfers")]
pub async fn list_credit_transfers(call: Call, query: Query<CreditTransferQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(DateTime<Utc>, Uuid)>(&query.0)?;
    let filter = Filter {
        person_id: query.person_id,
        organization_id: query.organization_id,
        state: query.state.map(Into::into),
    };
    let found =
        call.read(async |ctx| service::list_credit_transfers(ctx, filter, &page, after).await).await?;
    let (items, next_cursor) = page.cut(found, &query.0, |last| (last.created_at, last.id))?;
    Reply::ok(&CreditTransferPage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}

/// Reads a credit transfer
///
/// The `ETag` is needed to decide on it or to take it back.
#[utoipa::path(
    tag = "hours", operation_id = "get_credit_transfer",
    params(("id" = Uuid, Path, description = "The transfer's id")),
    responses((status = 200, description = "The transfer", body = CreditTransferView))
)]
#[get("/credit-transfers/{id}")]
pub async fn get_credit_transfer(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    item(call.read(async |ctx| service::get_credit_transfer(ctx, *id).await).await?)
}

/// Decides on a credit transfer
///
/// Whoever owns the rule grants it, refuses it with a reason, or takes back what was granted. Hours are never summed
/// twice: what is credited is taken off the document of the target where that counts.
#[utoipa::path(
    tag = "hours", operation_id = "decide_credit_transfer", request_body = CreditTransferDecide,
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The transfer's id")),
    responses((status = 200, description = "The transfer as it is now", body = CreditTransferView))
)]
#[post("/credit-transfers/{id}/decision")]
pub async fn decide_credit_transfer(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<CreditTransferDecide>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        item(service::decide_credit_transfer(ctx, *id, if_match, &body.0.clone().into()).await?)
    })
    .await
}

/// Takes a credit transfer back
///
/// Before it was decided on: by the person, or by whoever credits.
#[utoipa::path(
    tag = "hours", operation_id = "withdraw_credit_transfer",
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The transfer's id")),
    responses((status = 200, description = "The transfer as it is now", body = CreditTransferView))
)]
#[post("/credit-transfers/{id}/withdrawal")]
pub async fn withdraw_credit_transfer(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| item(service::withdraw_credit_transfer(ctx, *id, if_match).await?)).await
}

fn item(shown: ShownTransfer) -> Result<Reply> {
    Reply::derived(shown.transfer.version, &CreditTransferView::from(shown))
}
