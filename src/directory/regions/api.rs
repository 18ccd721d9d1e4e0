//! Endpoints of regions.

use actix_web::{get, post};

use super::dto::{RegionCreate, RegionPage, RegionView};
use super::service;
use crate::error::Result;
use crate::http::{Body, Call, Reply};

/// Adds a region
///
/// A region is a tenant (субъект федерации): everything in it is kept apart from every other region.
#[utoipa::path(
    tag = "directory", operation_id = "create_region", request_body = RegionCreate,
    responses((status = 201, description = "The new region", body = RegionView))
)]
#[post("/regions")]
pub async fn create_region(call: Call, body: Body<RegionCreate>) -> Result<Reply> {
    call.write_once(async |ctx| {
        let region = service::create_region(ctx, body.to_model()?).await?;
        Reply::created(format!("/api/v1/regions/{}", region.id), 1, &RegionView::from(region))
    })
    .await
}

/// Lists the regions
///
/// An administrator of the platform sees all of them, everybody else his own. There are fewer than a hundred, so the
/// list is one page.
#[utoipa::path(
    tag = "directory", operation_id = "list_regions", extensions(("x-whole-list" = json!(true))),
    responses((status = 200, description = "The regions the caller may see", body = RegionPage))
)]
#[get("/regions")]
pub async fn list_regions(call: Call) -> Result<Reply> {
    let regions = call.read(async |ctx| service::list_regions(ctx).await).await?;
    Reply::ok(&RegionPage { items: regions.into_iter().map(RegionView::from).collect(), next_cursor: None })
}
