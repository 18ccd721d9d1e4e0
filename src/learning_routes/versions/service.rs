//! Use cases of versions.

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::{Compared, NewVersion, RouteVersion};
use super::{policy, store};
use crate::db::Ctx;
use crate::error::{Error, Result};
use crate::http::PageQuery;
use crate::learning_routes::model::RouteContent;
use crate::learning_routes::service::Case;

/// One page of the versions of a route, newest first.
pub async fn list_route_versions(
    ctx: &Ctx<'_>,
    route_id: Uuid,
    page: &PageQuery<'_>,
    after: Option<i32>,
) -> Result<Vec<RouteVersion>> {
    let case = Case::open(ctx, route_id).await?;
    case.permit_to_read(ctx.actor, &policy::LIST_ROUTE_VERSIONS)?;
    store::list(ctx.conn, route_id, page.fetch(), after).await
}

/// What a route said in one version.
pub async fn get_route_version(
    ctx: &Ctx<'_>,
    route_id: Uuid,
    number: i32,
) -> Result<(RouteVersion, RouteContent)> {
    let case = Case::open(ctx, route_id).await?;
    case.permit_to_read(ctx.actor, &policy::GET_ROUTE_VERSION)?;
    store::find(ctx.conn, route_id, number).await
}

/// Two versions of a route.
pub async fn get_route_diff(
    ctx: &Ctx<'_>,
    route_id: Uuid,
    compared: Compared,
) -> Result<[(RouteVersion, RouteContent); 2]> {
    let case = Case::open(ctx, route_id).await?;
    case.permit_to_read(ctx.actor, &policy::GET_ROUTE_DIFF)?;
    store::pair(ctx.conn, route_id, compared).await?.ok_or(Error::not_found())
}

/// Keeps what the route says now. It is part of the operation that changed the route and holds it.
pub async fn keep(ctx: &Ctx<'_>, new: &NewVersion) -> Result<()> {
    store::insert(ctx, new).await
}

/// Whether the route was handed in, revised or looked through on that day or later (P3-41).
pub async fn taken_since(ctx: &Ctx<'_>, route_id: Uuid, day: NaiveDate) -> Result<bool> {
    store::taken_since(ctx.conn, route_id, day).await
}

/// Number of the version that says that the route was looked through on that day or later, if there is one (P3-41).
pub async fn looked_through_since(ctx: &Ctx<'_>, route_id: Uuid, day: NaiveDate) -> Result<Option<i32>> {
    store::looked_through_since(ctx.conn, route_id, day).await
}

/// Number of the version that says what the route is, without asking who may know it; 0 where none is kept. What was
/// only handed in with a revision is not said by the route yet.
pub async fn current_number(ctx: &Ctx<'_>, route_id: Uuid) -> Result<i32> {
    Ok(store::current_number(ctx.conn, route_id).await?.unwrap_or(0))
}
