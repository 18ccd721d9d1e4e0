//! Endpoints of submissions into stages.

use actix_web::{get, post, web};
use chrono::NaiveDate;
use uuid::Uuid;

use super::dto::{StageSubmissionCreate, StageSubmissionPage, StageSubmissionQuery, StageSubmissionView};
use super::service::{self, Filter, NewSubmission};
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

/// Submits something into a stage of a cycle
///
/// While the stage is open (else 409), by those whom the regulation names as its participants (P2-13, P2-25), each for the
/// organization where the role is held.
#[utoipa::path(
    tag = "monitoring", operation_id = "create_stage_submission", request_body = StageSubmissionCreate,
    responses((status = 201, description = "The new submission", body = StageSubmissionView))
)]
#[post("/stage-submissions")]
pub async fn create_stage_submission(call: Call, body: Body<StageSubmissionCreate>) -> Result<Reply> {
    call.write_once(async |ctx| {
        let new = NewSubmission {
            stage: (body.cycle_id, body.position),
            organization_id: body.organization_id,
            text: body.text.clone(),
            finding_id: body.finding_id,
        };
        let submission = service::create_stage_submission(ctx, new).await?;
        let location = format!("/api/v1/stage-submissions/{}", submission.id);
        Reply::created(location, 1, &StageSubmissionView::from(submission))
    })
    .await
}

/// Lists what was submitted into stages
///
/// One's own, of one's organization, of one's territory; the newest first.
#[utoipa::path(
    tag = "monitoring", operation_id = "list_stage_submissions", params(StageSubmissionQuery),
    responses((status = 200, description = "One page", body = StageSubmissionPage))
)]
#[get("/stage-submissions")]
pub async fn list_stage_submissions(call: Call, query: Query<StageSubmissionQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(NaiveDate, Uuid)>(&query.0)?;
    let filter =
        Filter { cycle_id: query.cycle_id, position: query.position, organization_id: query.organization_id };
    let found =
        call.read(async |ctx| service::list_stage_submissions(ctx, filter, &page, after).await).await?;
    let (items, next_cursor) = page.cut(found, &query.0, |last| (last.submitted_on, last.id))?;
    Reply::ok(&StageSubmissionPage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}

/// Reads what was submitted into a stage
///
/// With the role in which it was submitted.
#[utoipa::path(
    tag = "monitoring", operation_id = "get_stage_submission",
    params(("id" = Uuid, Path, description = "The submission's id")),
    responses((status = 200, description = "The submission", body = StageSubmissionView))
)]
#[get("/stage-submissions/{id}")]
pub async fn get_stage_submission(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let submission = call.read(async |ctx| service::get_stage_submission(ctx, *id).await).await?;
    Reply::item(1, &StageSubmissionView::from(submission))
}
