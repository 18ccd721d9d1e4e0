//! Endpoints of requests to learn at one's own expense.

use actix_web::{get, post, web};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::dto::{
    OwnExpenseRequestCreate, OwnExpenseRequestPage, OwnExpenseRequestQuery, OwnExpenseRequestSubmit,
    OwnExpenseRequestView,
};
use super::service::{self, ShownRequest};
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

fn item(shown: ShownRequest) -> Result<Reply> {
    Reply::derived(shown.request.version, &OwnExpenseRequestView::from(shown))
}

/// Asks to learn at one's own expense
///
/// An application to the head of one's school about learning that is not in one's route: topic, dates and, where needed, the
/// sum. It is handed in at once; who decides the regulation of the school says, and `decide_approval` decides. What an agreed
/// route holds already is refused with `already_in_route`; where the regulation knows no such requests, with `not_used`.
#[utoipa::path(
    tag = "planning", operation_id = "create_own_expense_request", request_body = OwnExpenseRequestCreate,
    responses((status = 201, description = "The new request", body = OwnExpenseRequestView))
)]
#[post("/own-expense-requests")]
pub async fn create_own_expense_request(call: Call, body: Body<OwnExpenseRequestCreate>) -> Result<Reply> {
    call.write_once(async |ctx| {
        let wish = body.wish.clone().into();
        let shown = service::create_own_expense_request(ctx, body.organization_id, wish).await?;
        let location = format!("/api/v1/own-expense-requests/{}", shown.request.id);
        Reply::created(location, shown.request.version, &OwnExpenseRequestView::from(shown))
    })
    .await
}

/// Lists requests to learn at one's own expense
///
/// One's own, those to one's school, those of one's territory; those handed in last first.
#[utoipa::path(
    tag = "planning", operation_id = "list_own_expense_requests", params(OwnExpenseRequestQuery),
    responses((status = 200, description = "One page", body = OwnExpenseRequestPage))
)]
#[get("/own-expense-requests")]
pub async fn list_own_expense_requests(call: Call, query: Query<OwnExpenseRequestQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(DateTime<Utc>, Uuid)>(&query.0)?;
    let filter = query.filter();
    let found =
        call.read(async |ctx| service::list_own_expense_requests(ctx, filter, &page, after).await).await?;
    let (items, next_cursor) = page.cut(found, &query.0, |last| (last.created_at, last.id))?;
    Reply::ok(&OwnExpenseRequestPage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}

/// Reads a request to learn at one's own expense
///
/// Where it stands, what was said of it, and the papers about what was learnt by it. The `ETag` is needed to hand it in
/// again and to take it back.
#[utoipa::path(
    tag = "planning", operation_id = "get_own_expense_request",
    params(("id" = Uuid, Path, description = "The request's id")),
    responses((status = 200, description = "The request", body = OwnExpenseRequestView))
)]
#[get("/own-expense-requests/{id}")]
pub async fn get_own_expense_request(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    item(call.read(async |ctx| service::get_own_expense_request(ctx, *id).await).await?)
}

/// Submits a returned request to learn at one's own expense
///
/// Written anew as a whole; it goes on with the next round of its approval.
#[utoipa::path(
    tag = "planning", operation_id = "submit_own_expense_request", request_body = OwnExpenseRequestSubmit,
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The request's id")),
    responses((status = 200, description = "The request as it is now", body = OwnExpenseRequestView))
)]
#[post("/own-expense-requests/{id}/submission")]
pub async fn submit_own_expense_request(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<OwnExpenseRequestSubmit>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        let wish = body.wish.clone().into();
        item(service::submit_own_expense_request(ctx, *id, if_match, wish).await?)
    })
    .await
}

/// Withdraws a request to learn at one's own expense
///
/// While nobody has decided on it; its request for approval ends with it.
#[utoipa::path(
    tag = "planning", operation_id = "withdraw_own_expense_request",
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The request's id")),
    responses((status = 200, description = "The request as it is now", body = OwnExpenseRequestView))
)]
#[post("/own-expense-requests/{id}/withdrawal")]
pub async fn withdraw_own_expense_request(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| item(service::withdraw_own_expense_request(ctx, *id, if_match).await?)).await
}
