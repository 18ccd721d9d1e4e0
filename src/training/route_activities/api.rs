//! Endpoints of activities of routes across people.

use actix_web::get;
use chrono::NaiveDate;
use uuid::Uuid;

use super::dto::{RouteActivityPage, RouteActivityQuery};
use super::service;
use crate::error::Result;
use crate::http::{Call, Query, Reply};

/// Lists activities of routes
///
/// Of approved routes, with the state of the training that fulfils them, by first day: one's own, of one's people, and
/// those addressed to one's organization.
#[utoipa::path(
    tag = "training", operation_id = "list_route_activities", params(RouteActivityQuery),
    responses((status = 200, description = "One page", body = RouteActivityPage))
)]
#[get("/route-activities")]
pub async fn list_route_activities(call: Call, query: Query<RouteActivityQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(NaiveDate, Uuid)>(&query.0)?;
    let filter = query.filter();
    let found =
        call.read(async |ctx| service::list_route_activities(ctx, &filter, &page, after).await).await?;
    let (items, next_cursor) = page.cut(found, &query.0, |last| (last.line.starts_on, last.line.id))?;
    Reply::ok(&RouteActivityPage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}
