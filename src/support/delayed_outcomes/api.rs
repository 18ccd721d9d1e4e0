//! Endpoints of delayed outcomes.

use actix_web::{get, post, web};
use chrono::NaiveDate;
use uuid::Uuid;

use super::dto::{
    DelayedOutcomeCreate, DelayedOutcomePage, DelayedOutcomeQuery, DelayedOutcomeView, DueOutcomePage,
    DueOutcomeQuery, DueOutcomeView,
};
use super::service;
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

/// Records a delayed outcome
///
/// What a visit of a lesson or the results of pupils show after a completed training (P2-38), by whom the regulation of the
/// school names. Where it follows no delayed outcomes, `not_used`.
#[utoipa::path(
    tag = "support", operation_id = "record_delayed_outcome", request_body = DelayedOutcomeCreate,
    responses((status = 201, description = "The new record", body = DelayedOutcomeView))
)]
#[post("/delayed-outcomes")]
pub async fn record_delayed_outcome(call: Call, body: Body<DelayedOutcomeCreate>) -> Result<Reply> {
    call.write_once(async |ctx| {
        let data = body.data.clone().into();
        let outcome = service::record_delayed_outcome(ctx, body.enrollment_id, data).await?;
        let location = format!("/api/v1/delayed-outcomes/{}", outcome.id);
        Reply::created(location, outcome.version, &DelayedOutcomeView::from(outcome))
    })
    .await
}

/// Lists delayed outcomes
///
/// One's own, those of one's school, those of one's territory; the newest day first.
#[utoipa::path(
    tag = "support", operation_id = "list_delayed_outcomes", params(DelayedOutcomeQuery),
    responses((status = 200, description = "One page", body = DelayedOutcomePage))
)]
#[get("/delayed-outcomes")]
pub async fn list_delayed_outcomes(call: Call, query: Query<DelayedOutcomeQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(NaiveDate, Uuid)>(&query.0)?;
    let filter = query.filter();
    let found =
        call.read(async |ctx| service::list_delayed_outcomes(ctx, filter, &page, after).await).await?;
    let (items, next_cursor) = page.cut(found, &query.0, |last| (last.data.held_on, last.id))?;
    Reply::ok(&DelayedOutcomePage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}

/// Reads a delayed outcome
///
/// It never changes.
#[utoipa::path(
    tag = "support", operation_id = "get_delayed_outcome",
    params(("id" = Uuid, Path, description = "The delayed outcome's id")),
    responses((status = 200, description = "The delayed outcome", body = DelayedOutcomeView))
)]
#[get("/delayed-outcomes/{id}")]
pub async fn get_delayed_outcome(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let outcome = call.read(async |ctx| service::get_delayed_outcome(ctx, *id).await).await?;
    Reply::item(outcome.version, &DelayedOutcomeView::from(outcome))
}

/// Lists outcomes that are still due
///
/// Completed training without a delayed outcome, with the day it is due by the regulation of its school (P2-38): one's own,
/// that of one's school, that of one's territory; what ended first first.
#[utoipa::path(
    tag = "support", operation_id = "list_due_outcomes", params(DueOutcomeQuery),
    responses((status = 200, description = "One page", body = DueOutcomePage))
)]
#[get("/due-outcomes")]
pub async fn list_due_outcomes(call: Call, query: Query<DueOutcomeQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(NaiveDate, Uuid)>(&query.0)?;
    let filter = query.filter();
    let (found, today) =
        call.read(async |ctx| service::list_due_outcomes(ctx, filter, &page, after).await).await?;
    let (items, next_cursor) = page.cut(found, &query.0, |last| (last.ended_on, last.enrollment_id))?;
    let items = items.into_iter().map(|due| DueOutcomeView::new(due, today)).collect();
    Reply::ok(&DueOutcomePage { items, next_cursor })
}
