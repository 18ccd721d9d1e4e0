//! Endpoints of what is due.

use actix_web::get;
use chrono::NaiveDate;
use uuid::Uuid;

use super::dto::{HoursDuePage, HoursDueQuery, HoursDueView};
use super::service;
use crate::error::Result;
use crate::http::{Call, Query, Reply};

/// Lists what is due
///
/// People whose norm breaks, or whose training is due by law, until a day if nothing is added; the earliest first. Those of
/// whom no training is known come first of all: it is due at once.
#[utoipa::path(
    tag = "hours", operation_id = "list_hours_due", params(HoursDueQuery),
    responses((status = 200, description = "One page", body = HoursDuePage))
)]
#[get("/hours-due")]
pub async fn list_hours_due(call: Call, query: Query<HoursDueQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(NaiveDate, Uuid, Uuid)>(&query.0)?;
    let found = call.snapshot(async |ctx| {
        service::list_hours_due(ctx, query.organization_id, query.until, &page, after).await
    });
    let (today, people) = found.await?;
    let (items, next_cursor) = page.cut(people, &query.0, |last| {
        (last.standing.due_on().unwrap_or_default(), last.pair.0, last.pair.1)
    })?;
    let items = items.into_iter().map(|it| HoursDueView::on(today, it)).collect();
    Reply::ok(&HoursDuePage { items, next_cursor })
}
