//! Endpoints of cycles.

use actix_web::{get, post, web};
use chrono::NaiveDate;
use uuid::Uuid;

use super::dto::{MonitoringCycleCreate, MonitoringCyclePage, MonitoringCycleQuery, MonitoringCycleView};
use super::service::{self, Filter, ShownCycle, Step};
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

fn item(shown: ShownCycle) -> Result<Reply> {
    Reply::derived(shown.cycle.version, &MonitoringCycleView::from(shown))
}

/// Begins the cycle of a year
///
/// With the stages or blocks that the regulation names, none of them open yet. The ministry or municipal authority whose
/// regulation it is runs it, one for each year; where the regulation names no cycle it is refused with `not_used`.
#[utoipa::path(
    tag = "monitoring", operation_id = "create_monitoring_cycle", request_body = MonitoringCycleCreate,
    responses((status = 201, description = "The new cycle", body = MonitoringCycleView))
)]
#[post("/monitoring-cycles")]
pub async fn create_monitoring_cycle(call: Call, body: Body<MonitoringCycleCreate>) -> Result<Reply> {
    call.write_once(async |ctx| {
        let shown = service::create_monitoring_cycle(ctx, body.organization_id, body.year).await?;
        let location = format!("/api/v1/monitoring-cycles/{}", shown.cycle.id);
        Reply::created(location, shown.cycle.version, &MonitoringCycleView::from(shown))
    })
    .await
}

/// Lists the cycles of years
///
/// Those that concern the caller's place, the newest first.
#[utoipa::path(
    tag = "monitoring", operation_id = "list_monitoring_cycles", params(MonitoringCycleQuery),
    responses((status = 200, description = "One page", body = MonitoringCyclePage))
)]
#[get("/monitoring-cycles")]
pub async fn list_monitoring_cycles(call: Call, query: Query<MonitoringCycleQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(NaiveDate, Uuid)>(&query.0)?;
    let filter = Filter { year: query.year, organization_id: query.organization_id };
    let found =
        call.read(async |ctx| service::list_monitoring_cycles(ctx, filter, &page, after).await).await?;
    let (items, next_cursor) =
        page.cut(found, &query.0, |last| (last.cycle.span.starts_on, last.cycle.id))?;
    Reply::ok(&MonitoringCyclePage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}

/// Reads the cycle of a year
///
/// Its stages with their states, what was submitted into each and what was done in it, counted for the caller's own place
/// (P3-9): the region, the municipality or the school. The `ETag` is needed to open and close stages.
#[utoipa::path(
    tag = "monitoring", operation_id = "get_monitoring_cycle",
    params(("id" = Uuid, Path, description = "The cycle's id")),
    responses((status = 200, description = "The cycle", body = MonitoringCycleView))
)]
#[get("/monitoring-cycles/{id}")]
pub async fn get_monitoring_cycle(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    item(call.snapshot(async |ctx| service::get_monitoring_cycle(ctx, *id).await).await?)
}

/// Opens a stage of a cycle
///
/// Its participants submit from then on. Each stage has a state of its own: several may be open at once.
#[utoipa::path(
    tag = "monitoring", operation_id = "open_monitoring_stage",
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The cycle's id"),
           ("position" = i32, Path, description = "The stage, from 1", minimum = 1, maximum = 64)),
    responses((status = 200, description = "The cycle as it is now", body = MonitoringCycleView))
)]
#[post("/monitoring-cycles/{id}/stages/{position}/opening")]
pub async fn open_monitoring_stage(call: Call, path: web::Path<(Uuid, i32)>) -> Result<Reply> {
    let (if_match, (id, position)) = (call.if_match()?, path.into_inner());
    call.write_once(async |ctx| {
        item(service::advance_stage(ctx, (id, position), if_match, Step::Opening).await?)
    })
    .await
}

/// Closes a stage of a cycle
///
/// Nothing is submitted into it any more, and it stays closed.
#[utoipa::path(
    tag = "monitoring", operation_id = "close_monitoring_stage",
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The cycle's id"),
           ("position" = i32, Path, description = "The stage, from 1", minimum = 1, maximum = 64)),
    responses((status = 200, description = "The cycle as it is now", body = MonitoringCycleView))
)]
#[post("/monitoring-cycles/{id}/stages/{position}/closing")]
pub async fn close_monitoring_stage(call: Call, path: web::Path<(Uuid, i32)>) -> Result<Reply> {
    let (if_match, (id, position)) = (call.if_match()?, path.into_inner());
    call.write_once(async |ctx| {
        item(service::advance_stage(ctx, (id, position), if_match, Step::Closing).await?)
    })
    .await
}
