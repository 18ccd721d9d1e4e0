//! Endpoints of reports by stages.

use actix_web::{get, post, put, web};
use uuid::Uuid;

use super::dto::{StageReportAcceptance, StageReportBody, StageReportReturn, StageReportView};
use super::service::{self, ShownReport};
use crate::error::Result;
use crate::http::{Body, Call, Reply};

/// Reads the report of a stage
///
/// The report of a stage of a route, with what was said of it.
#[utoipa::path(
    tag = "learning_routes", operation_id = "get_stage_report",
    params(
        ("id" = Uuid, Path, description = "The route's id"),
        ("stage_id" = Uuid, Path, description = "The stage's id"),
    ),
    responses((status = 200, description = "The report", body = StageReportView))
)]
#[get("/routes/{id}/stages/{stage_id}/report")]
pub async fn get_stage_report(call: Call, path: web::Path<(Uuid, Uuid)>) -> Result<Reply> {
    let (id, stage_id) = *path;
    item(call.read(async |ctx| service::get_stage_report(ctx, id, stage_id).await).await?)
}

/// Hands in the report of a stage
///
/// The learner reports a stage that has begun, in the form that the route names for it.
#[utoipa::path(
    tag = "learning_routes", operation_id = "submit_stage_report", request_body = StageReportBody,
    params(
        ("id" = Uuid, Path, description = "The route's id"),
        ("stage_id" = Uuid, Path, description = "The stage's id"),
    ),
    responses((status = 201, description = "The report", body = StageReportView))
)]
#[post("/routes/{id}/stages/{stage_id}/report")]
pub async fn submit_stage_report(
    call: Call,
    path: web::Path<(Uuid, Uuid)>,
    body: Body<StageReportBody>,
) -> Result<Reply> {
    let (id, stage_id) = *path;
    call.write_once(async |ctx| {
        let shown = service::submit_stage_report(ctx, id, stage_id, body.0.clone().into()).await?;
        let location = format!("/api/v1/routes/{id}/stages/{stage_id}/report");
        Reply::created(location, shown.report.version, &StageReportView::from(shown))
    })
    .await
}

/// Hands in the report of a stage again
///
/// After it was returned, or before anybody has looked at it.
#[utoipa::path(
    tag = "learning_routes", operation_id = "resubmit_stage_report", request_body = StageReportBody,
    params(
        ("id" = Uuid, Path, description = "The route's id"),
        ("stage_id" = Uuid, Path, description = "The stage's id"),
    ),
    responses((status = 200, description = "The report as it is now", body = StageReportView))
)]
#[put("/routes/{id}/stages/{stage_id}/report")]
pub async fn resubmit_stage_report(
    call: Call,
    path: web::Path<(Uuid, Uuid)>,
    body: Body<StageReportBody>,
) -> Result<Reply> {
    let (id, stage_id) = *path;
    let if_match = call.if_match()?;
    let data = || body.0.clone().into();
    item(
        call.write(async |ctx| service::resubmit_stage_report(ctx, id, stage_id, if_match, data()).await)
            .await?,
    )
}

/// Accepts the report of a stage
///
/// Somebody other than the learner; from then on the stage may be closed.
#[utoipa::path(
    tag = "learning_routes", operation_id = "accept_stage_report", request_body = StageReportAcceptance,
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The report's id")),
    responses((status = 200, description = "The report as it is now", body = StageReportView))
)]
#[post("/stage-reports/{id}/acceptance")]
pub async fn accept_stage_report(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<StageReportAcceptance>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        item(service::accept_stage_report(ctx, *id, if_match, body.note.clone()).await?)
    })
    .await
}

/// Returns the report of a stage
///
/// With what is to be reworked and until when.
#[utoipa::path(
    tag = "learning_routes", operation_id = "return_stage_report", request_body = StageReportReturn,
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The report's id")),
    responses((status = 200, description = "The report as it is now", body = StageReportView))
)]
#[post("/stage-reports/{id}/return")]
pub async fn return_stage_report(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<StageReportReturn>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        item(service::return_stage_report(ctx, *id, if_match, body.note.clone(), body.due_on).await?)
    })
    .await
}

fn item(shown: ShownReport) -> Result<Reply> {
    Reply::derived(shown.report.version, &StageReportView::from(shown))
}
