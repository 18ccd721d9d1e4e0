//! Endpoints of monitorings.

use actix_web::{get, post, web};
use chrono::NaiveDate;
use uuid::Uuid;

use super::dto::{
    MonitoringClose, MonitoringCreate, MonitoringFindingRecord, MonitoringPage, MonitoringQuery,
    MonitoringView,
};
use super::service::{self, Filter, ShownMonitoring};
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

fn item(shown: ShownMonitoring) -> Result<Reply> {
    Reply::derived(shown.monitoring.version, &MonitoringView::from(shown))
}

/// Begins the monitoring of a year
///
/// One for each subject, year and organization that holds it (P2-40). Which monitorings there are, and who holds them, the
/// regulation says; another is refused with `not_used`.
#[utoipa::path(
    tag = "monitoring", operation_id = "create_monitoring", request_body = MonitoringCreate,
    responses((status = 201, description = "The new monitoring", body = MonitoringView))
)]
#[post("/monitorings")]
pub async fn create_monitoring(call: Call, body: Body<MonitoringCreate>) -> Result<Reply> {
    call.write_once(async |ctx| {
        let shown = service::create_monitoring(ctx, body.organization_id, body.subject, body.year).await?;
        let location = format!("/api/v1/monitorings/{}", shown.monitoring.id);
        Reply::created(location, shown.monitoring.version, &MonitoringView::from(shown))
    })
    .await
}

/// Lists the monitorings of years
///
/// Those that concern the caller's place and those below it, the newest year first.
#[utoipa::path(
    tag = "monitoring", operation_id = "list_monitorings", params(MonitoringQuery),
    responses((status = 200, description = "One page", body = MonitoringPage))
)]
#[get("/monitorings")]
pub async fn list_monitorings(call: Call, query: Query<MonitoringQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(NaiveDate, Uuid)>(&query.0)?;
    let filter = Filter { subject: query.subject, year: query.year, organization_id: query.organization_id };
    let found = call.read(async |ctx| service::list_monitorings(ctx, filter, &page, after).await).await?;
    let (items, next_cursor) = page.cut(found, &query.0, |last| (last.span.starts_on, last.id))?;
    Reply::ok(&MonitoringPage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}

/// Reads the monitoring of a year
///
/// With what it found and concluded. The `ETag` is needed to add to it and to close it.
#[utoipa::path(
    tag = "monitoring", operation_id = "get_monitoring",
    params(("id" = Uuid, Path, description = "The monitoring's id")),
    responses((status = 200, description = "The monitoring", body = MonitoringView))
)]
#[get("/monitorings/{id}")]
pub async fn get_monitoring(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    item(call.read(async |ctx| service::get_monitoring(ctx, *id).await).await?)
}

/// Records what a monitoring found
///
/// About one organization or about the whole, while the monitoring is not closed; 200 findings at most.
#[utoipa::path(
    tag = "monitoring", operation_id = "record_monitoring_finding", request_body = MonitoringFindingRecord,
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The monitoring's id")),
    responses((status = 200, description = "The monitoring as it is now", body = MonitoringView))
)]
#[post("/monitorings/{id}/findings")]
pub async fn record_monitoring_finding(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<MonitoringFindingRecord>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        let found = (body.about_id, body.text.clone());
        item(service::record_monitoring_finding(ctx, *id, if_match, found).await?)
    })
    .await
}

/// Closes a monitoring with a conclusion
///
/// Nothing is submitted into it or found by it any more; decisions follow from it.
#[utoipa::path(
    tag = "monitoring", operation_id = "close_monitoring", request_body = MonitoringClose,
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The monitoring's id")),
    responses((status = 200, description = "The monitoring as it is now", body = MonitoringView))
)]
#[post("/monitorings/{id}/closing")]
pub async fn close_monitoring(call: Call, id: web::Path<Uuid>, body: Body<MonitoringClose>) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        item(service::close_monitoring(ctx, *id, if_match, body.conclusion.clone()).await?)
    })
    .await
}
