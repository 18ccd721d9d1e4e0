//! Endpoints of enrollments.

use actix_web::{get, post, put, web};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::dto::{
    EnrollmentActivity, EnrollmentComplete, EnrollmentPage, EnrollmentQuery, EnrollmentStageBody,
    EnrollmentView, EnrollmentWithdraw,
};
use super::service::{self, ShownEnrollment};
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

/// Lists enrollments
///
/// One's own, those of one's people, and those at one's organization, each with its state; the newest first.
#[utoipa::path(
    tag = "training", operation_id = "list_enrollments", params(EnrollmentQuery),
    responses((status = 200, description = "One page", body = EnrollmentPage))
)]
#[get("/enrollments")]
pub async fn list_enrollments(call: Call, query: Query<EnrollmentQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(DateTime<Utc>, Uuid)>(&query.0)?;
    let filter = query.filter();
    let found = call.read(async |ctx| service::list_enrollments(ctx, &filter, &page, after).await).await?;
    let key = |last: &service::EnrollmentLine| (last.enrollment.created_at, last.enrollment.id);
    let (items, next_cursor) = page.cut(found, &query.0, key)?;
    Reply::ok(&EnrollmentPage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}

/// Reads an enrollment
///
/// With its stages; the `ETag` is needed to change it.
#[utoipa::path(
    tag = "training", operation_id = "get_enrollment",
    params(("id" = Uuid, Path, description = "The enrollment's id")),
    responses((status = 200, description = "The enrollment", body = EnrollmentView))
)]
#[get("/enrollments/{id}")]
pub async fn get_enrollment(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    item(call.read(async |ctx| service::get_enrollment(ctx, *id).await).await?)
}

/// Records a stage
///
/// Attendance and result, while learning goes on. Heads of the school record tasks at the workplace.
#[utoipa::path(
    tag = "training", operation_id = "record_enrollment_stage", request_body = EnrollmentStageBody,
    params(
        ("id" = Uuid, Path, description = "The enrollment's id"),
        ("position" = i32, Path, description = "The position of the stage, from 1", minimum = 1, maximum = 30)
    ),
    responses((status = 200, description = "The enrollment as it is now", body = EnrollmentView))
)]
#[put("/enrollments/{id}/stages/{position}")]
pub async fn record_enrollment_stage(
    call: Call,
    path: web::Path<(Uuid, i32)>,
    body: Body<EnrollmentStageBody>,
) -> Result<Reply> {
    let (id, position) = path.into_inner();
    let if_match = call.if_match()?;
    let record = body.0.into();
    item(
        call.write(async |ctx| service::record_enrollment_stage(ctx, id, position, if_match, &record).await)
            .await?,
    )
}

/// Closes an enrollment
///
/// Completed when every stage is mastered in full, else incomplete: for that no credential is issued. Or failed, with
/// a reason.
#[utoipa::path(
    tag = "training", operation_id = "complete_enrollment", request_body = EnrollmentComplete,
    params(("id" = Uuid, Path, description = "The enrollment's id")), extensions(("x-if-match" = json!(true))),
    responses((status = 200, description = "The enrollment as it is now", body = EnrollmentView))
)]
#[post("/enrollments/{id}/completion")]
pub async fn complete_enrollment(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<EnrollmentComplete>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        let reason = body.reason.as_deref();
        item(service::complete_enrollment(ctx, *id, if_match, body.closing, reason).await?)
    })
    .await
}

/// Leaves an offering
///
/// The person, the school or the organiser ends the enrollment; its seat is free again.
#[utoipa::path(
    tag = "training", operation_id = "withdraw_enrollment", request_body = EnrollmentWithdraw,
    params(("id" = Uuid, Path, description = "The enrollment's id")), extensions(("x-if-match" = json!(true))),
    responses((status = 200, description = "The enrollment as it is now", body = EnrollmentView))
)]
#[post("/enrollments/{id}/withdrawal")]
pub async fn withdraw_enrollment(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<EnrollmentWithdraw>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| item(service::withdraw_enrollment(ctx, *id, if_match, &body.reason).await?))
        .await
}

/// Links an enrollment to a route
///
/// Names the activity of the person's route that it fulfils, or takes the link away.
#[utoipa::path(
    tag = "training", operation_id = "set_enrollment_activity", request_body = EnrollmentActivity,
    params(("id" = Uuid, Path, description = "The enrollment's id")),
    responses((status = 200, description = "The enrollment as it is now", body = EnrollmentView))
)]
#[put("/enrollments/{id}/activity")]
pub async fn set_enrollment_activity(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<EnrollmentActivity>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    item(
        call.write(async |ctx| service::set_enrollment_activity(ctx, *id, if_match, body.activity_id).await)
            .await?,
    )
}

fn item(shown: ShownEnrollment) -> Result<Reply> {
    Reply::item(shown.enrollment.version, &EnrollmentView::from(shown))
}
