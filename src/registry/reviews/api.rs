//! Endpoints of reviews.

use actix_web::{get, post, web};
use uuid::Uuid;

use super::dto::{
    ProgramReviewCreate, ProgramReviewPage, ProgramReviewQuery, ProgramReviewResult, ProgramReviewView,
    ProgramReviewWithdrawal,
};
use super::service::{self, Filter, NewReview, ShownReview};
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

/// Assigns a reviewer
///
/// To a submitted program, which is under review from then on, or to the submitted next version of an accepted one.
/// Authors of the program and people of the organizations that teach it are refused.
#[utoipa::path(
    tag = "registry", operation_id = "create_program_review", request_body = ProgramReviewCreate,
    responses((status = 201, description = "The new review", body = ProgramReviewView))
)]
#[post("/program-reviews")]
pub async fn create_program_review(call: Call, body: Body<ProgramReviewCreate>) -> Result<Reply> {
    call.write_once(async |ctx| {
        let new = NewReview {
            program_id: body.program_id,
            sheet_id: body.sheet_id,
            reviewer_id: body.reviewer_id,
            due_on: body.due_on,
        };
        let shown = service::create_program_review(ctx, new).await?;
        let (location, version) =
            (format!("/api/v1/program-reviews/{}", shown.review.id), shown.review.version);
        Reply::created(location, version, &view(shown))
    })
    .await
}

/// Lists reviews
///
/// Newest first: all of the region for those who organize them, one's own for a reviewer, those of one's own programs
/// for a provider.
#[utoipa::path(
    tag = "registry", operation_id = "list_program_reviews", params(ProgramReviewQuery),
    responses((status = 200, description = "One page", body = ProgramReviewPage))
)]
#[get("/program-reviews")]
pub async fn list_program_reviews(call: Call, query: Query<ProgramReviewQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let before = page.after::<Uuid>(&query.0)?;
    let filter = Filter { program_id: query.program_id, state: query.state.map(Into::into) };
    let found =
        call.snapshot(async |ctx| service::list_program_reviews(ctx, &filter, &page, before).await).await?;
    let (items, next_cursor) = page.cut(found, &query.0, |last| last.review.id)?;
    Reply::ok(&ProgramReviewPage { items: items.into_iter().map(view).collect(), next_cursor })
}

/// Reads a review
///
/// With its scores and remarks; the `ETag` is needed to complete or to withdraw it.
#[utoipa::path(
    tag = "registry", operation_id = "get_program_review",
    params(("id" = Uuid, Path, description = "The review's id")),
    responses((status = 200, description = "The review", body = ProgramReviewView))
)]
#[get("/program-reviews/{id}")]
pub async fn get_program_review(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    item(call.snapshot(async |ctx| service::get_program_review(ctx, *id).await).await?)
}

/// Completes a review
///
/// Scores every criterion of the sheet and recommends, returns or rejects the program. It never changes again.
#[utoipa::path(
    tag = "registry", operation_id = "complete_program_review", request_body = ProgramReviewResult,
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The review's id")),
    responses((status = 200, description = "The review as it is now", body = ProgramReviewView))
)]
#[post("/program-reviews/{id}/result")]
pub async fn complete_program_review(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<ProgramReviewResult>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        item(service::complete_program_review(ctx, *id, if_match, body.clone().into()).await?)
    })
    .await
}

/// Withdraws a review
///
/// One that is not completed, so that another reviewer can be assigned.
#[utoipa::path(
    tag = "registry", operation_id = "withdraw_program_review", request_body = ProgramReviewWithdrawal,
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The review's id")),
    responses((status = 200, description = "The review as it is now", body = ProgramReviewView))
)]
#[post("/program-reviews/{id}/withdrawal")]
pub async fn withdraw_program_review(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<ProgramReviewWithdrawal>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        item(service::withdraw_program_review(ctx, *id, if_match, &body.reason).await?)
    })
    .await
}

fn view(shown: ShownReview) -> ProgramReviewView {
    ProgramReviewView::new(shown.review, shown.names_reviewer, shown.allowed_actions)
}

fn item(shown: ShownReview) -> Result<Reply> {
    Reply::item(shown.review.version, &view(shown))
}
