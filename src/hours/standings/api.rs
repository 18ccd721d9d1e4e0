//! Endpoints of standings.

use actix_web::get;
use uuid::Uuid;

use super::dto::{HoursStandingPage, HoursStandingQuery, HoursStandingView};
use super::service;
use crate::error::Result;
use crate::http::{Call, Query, Reply};

/// Lists where people stand
///
/// The people behind the numbers of a compliance report, by name: the same fold as the individual balances.
#[utoipa::path(
    tag = "hours", operation_id = "list_hours_standings", params(HoursStandingQuery),
    responses((status = 200, description = "One page", body = HoursStandingPage))
)]
#[get("/hours-standings")]
pub async fn list_hours_standings(call: Call, query: Query<HoursStandingQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(String, String, Uuid, Uuid)>(&query.0)?;
    let wanted = query.wanted();
    let found = call.snapshot(async |ctx| {
        let after = after.clone();
        service::list_hours_standings(ctx, query.organization_id, query.as_of, &wanted, &page, after).await
    });
    let (as_of, people) = found.await?;
    let (items, next_cursor) = page.cut(people, &query.0, |last| {
        (last.name.last().to_owned(), last.name.first().to_owned(), last.pair.0, last.pair.1)
    })?;
    let items = items.into_iter().map(|it| HoursStandingView::on(as_of, it)).collect();
    Reply::ok(&HoursStandingPage { items, next_cursor })
}
