//! The endpoint of the report of routes.

use actix_web::{get, web};
use uuid::Uuid;

use super::dto::RouteReport;
use super::service;
use crate::error::Result;
use crate::http::{Call, Reply};

/// Reads the report of routes
///
/// Of a school with its curators, of a municipality with its schools, of the region (at its ministry) with its
/// municipalities: routes by state, what is late, how far routes are fulfilled, growth cards of the running year, and
/// the share of routes with a cited basis.
#[utoipa::path(
    tag = "learning_routes", operation_id = "get_route_report",
    params(("id" = Uuid, Path, description = "The organization's id")),
    responses((status = 200, description = "The report", body = RouteReport))
)]
#[get("/organizations/{id}/route-report")]
pub async fn get_route_report(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let report = call.snapshot(async |ctx| service::get_route_report(ctx, *id).await).await?;
    Reply::ok(&RouteReport::from(report))
}
