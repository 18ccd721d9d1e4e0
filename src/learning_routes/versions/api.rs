//! Endpoints of versions.

use actix_web::{get, web};
use uuid::Uuid;

use super::dto::{RouteDiff, RouteDiffQuery, RouteVersionPage, RouteVersionQuery, RouteVersionView, changes};
use super::service;
use crate::error::Result;
use crate::http::{Call, Query, Reply};

/// Lists the versions of a route
///
/// What the route said each time it or a revision of it was handed in, was revised or looked through; newest first.
#[utoipa::path(
    tag = "learning_routes", operation_id = "list_route_versions",
    params(("id" = Uuid, Path, description = "The route's id"), RouteVersionQuery),
    responses((status = 200, description = "One page", body = RouteVersionPage))
)]
#[get("/routes/{id}/versions")]
pub async fn list_route_versions(
    call: Call,
    id: web::Path<Uuid>,
    query: Query<RouteVersionQuery>,
) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<i32>(&query.0)?;
    let found = call.read(async |ctx| service::list_route_versions(ctx, *id, &page, after).await).await?;
    let (items, next_cursor) = page.cut(found, &query.0, |last| last.number)?;
    Reply::ok(&RouteVersionPage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}

/// Reads a version of a route
///
/// The whole content as it was.
#[utoipa::path(
    tag = "learning_routes", operation_id = "get_route_version",
    params(
        ("id" = Uuid, Path, description = "The route's id"),
        ("number" = i32, Path, description = "The version's number, from 1", minimum = 1, maximum = 1000000),
    ),
    responses((status = 200, description = "The version", body = RouteVersionView))
)]
#[get("/routes/{id}/versions/{number}")]
pub async fn get_route_version(call: Call, path: web::Path<(Uuid, i32)>) -> Result<Reply> {
    let (id, number) = *path;
    let (version, content) = call.read(async |ctx| service::get_route_version(ctx, id, number).await).await?;
    Reply::ok(&RouteVersionView { version: version.into(), content: content.into() })
}

/// Compares two versions of a route
///
/// Every difference between two versions by number, or between what was handed in for two rounds of review. Items are
/// matched by id.
#[utoipa::path(
    tag = "learning_routes", operation_id = "get_route_diff",
    params(("id" = Uuid, Path, description = "The route's id"), RouteDiffQuery),
    responses((status = 200, description = "The differences", body = RouteDiff))
)]
#[get("/routes/{id}/version-diff")]
pub async fn get_route_diff(call: Call, id: web::Path<Uuid>, query: Query<RouteDiffQuery>) -> Result<Reply> {
    let compared = query.compared()?;
    let [(from, before), (to, after)] =
        call.read(async |ctx| service::get_route_diff(ctx, *id, compared).await).await?;
    Reply::ok(&RouteDiff { from: from.into(), to: to.into(), changes: changes(before, after)? })
}
