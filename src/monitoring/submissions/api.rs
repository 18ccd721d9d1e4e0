//! Endpoints of submissions into monitorings.

use actix_web::{get, post, put, web};
use chrono::NaiveDate;
use uuid::Uuid;

use super::dto::{
    MonitoringSubmissionCreate, MonitoringSubmissionPage, MonitoringSubmissionQuery,
    MonitoringSubmissionUpdate, MonitoringSubmissionView,
};
use super::service::{self, Filter};
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

/// Submits into a monitoring for an organization
///
/// One submission of each organization (P2-44), while the monitoring is not closed (else 409), by those whom the regulation
/// names.
#[utoipa::path(
    tag = "monitoring", operation_id = "create_monitoring_submission", request_body = MonitoringSubmissionCreate,
    responses((status = 201, description = "The new submission", body = MonitoringSubmissionView))
)]
#[post("/monitoring-submissions")]
pub async fn create_monitoring_submission(
    call: Call,
    body: Body<MonitoringSubmissionCreate>,
) -> Result<Reply> {
    call.write_once(async |ctx| {
        let place = (body.monitoring_id, body.organization_id);
        let shown = service::create_monitoring_submission(ctx, place, body.text.clone()).await?;
        let location = format!("/api/v1/monitoring-submissions/{}", shown.submission.id);
        Reply::created(location, shown.submission.version, &MonitoringSubmissionView::from(shown))
    })
    .await
}

/// Lists what was submitted into monitorings
///
/// Of one's organization, of one's territory; the newest first.
#[utoipa::path(
    tag = "monitoring", operation_id = "list_monitoring_submissions", params(MonitoringSubmissionQuery),
    responses((status = 200, description = "One page", body = MonitoringSubmissionPage))
)]
#[get("/monitoring-submissions")]
pub async fn list_monitoring_submissions(
    call: Call,
    query: Query<MonitoringSubmissionQuery>,
) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(NaiveDate, Uuid)>(&query.0)?;
    let filter = Filter { monitoring_id: query.monitoring_id, organization_id: query.organization_id };
    let found =
        call.read(async |ctx| service::list_monitoring_submissions(ctx, filter, &page, after).await).await?;
    let (items, next_cursor) =
        page.cut(found, &query.0, |last| (last.submission.submitted_on, last.submission.id))?;
    Reply::ok(&MonitoringSubmissionPage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}

/// Reads what was submitted into a monitoring
///
/// The `ETag` is needed to write it anew.
#[utoipa::path(
    tag = "monitoring", operation_id = "get_monitoring_submission",
    params(("id" = Uuid, Path, description = "The submission's id")),
    responses((status = 200, description = "The submission", body = MonitoringSubmissionView))
)]
#[get("/monitoring-submissions/{id}")]
pub async fn get_monitoring_submission(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let shown = call.read(async |ctx| service::get_monitoring_submission(ctx, *id).await).await?;
    Reply::derived(shown.submission.version, &MonitoringSubmissionView::from(shown))
}

/// Writes a submission into a monitoring anew
///
/// While the monitoring is not closed.
#[utoipa::path(
    tag = "monitoring", operation_id = "update_monitoring_submission", request_body = MonitoringSubmissionUpdate,
    params(("id" = Uuid, Path, description = "The submission's id")),
    responses((status = 200, description = "The submission as it is now", body = MonitoringSubmissionView))
)]
#[put("/monitoring-submissions/{id}")]
pub async fn update_monitoring_submission(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<MonitoringSubmissionUpdate>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    let shown = call
        .write(async |ctx| service::update_monitoring_submission(ctx, *id, if_match, body.text.clone()).await)
        .await?;
    Reply::derived(shown.submission.version, &MonitoringSubmissionView::from(shown))
}
