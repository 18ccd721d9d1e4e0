//! Endpoints of approvals.

use actix_web::{get, post, web};
use uuid::Uuid;

use super::dto::{
    ApprovalDecisionCreate, ApprovalInboxItem, ApprovalInboxPage, ApprovalInboxQuery, ApprovalRequestItem,
    ApprovalRequestPage, ApprovalRequestQuery, ApprovalRequestView, ApprovalStepCreate, ApprovalStepRemoval,
    ApprovalWithdrawal,
};
use super::service;
use super::store::{Filter, InboxKey, ListKey};
use crate::db::Ctx;
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

/// Lists approval requests
///
/// Requests that the caller may see, newest first.
#[utoipa::path(
    tag = "approvals", operation_id = "list_approval_requests", params(ApprovalRequestQuery),
    responses((status = 200, description = "One page", body = ApprovalRequestPage))
)]
#[get("/approval-requests")]
pub async fn list_approval_requests(call: Call, query: Query<ApprovalRequestQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<ListKey>(&query.0)?;
    let filter = Filter {
        state: query.state.map(super::dto::ApprovalStateDto::as_str),
        subject_kind: query.subject_kind,
        subject_id: query.subject_id,
        organization_id: query.organization_id,
        person_id: query.person_id,
        overdue: None,
    };
    let (found, today) = call
        .read(async |ctx| tokio::try_join!(service::list(ctx, &filter, &page, after), service::today(ctx)))
        .await?;
    let (items, next_cursor) = page.cut(found, &query.0, |last| (last.submitted_at, last.id))?;
    let items = items.iter().map(|head| ApprovalRequestItem::new(head, today)).collect();
    Reply::ok(&ApprovalRequestPage { items, next_cursor })
}

/// Lists what waits for the caller
///
/// Open steps that ask a role the caller holds, an association the caller heads, or the caller as the learner, and those
/// that ask somebody whom the caller substitutes, less those that separation of duties keeps the caller from; the longest
/// waiting first.
#[utoipa::path(
    tag = "approvals", operation_id = "list_approval_inbox", params(ApprovalInboxQuery),
    responses((status = 200, description = "One page", body = ApprovalInboxPage))
)]
#[get("/approvals/inbox")]
pub async fn list_approval_inbox(call: Call, query: Query<ApprovalInboxQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<InboxKey>(&query.0)?;
    let filter = query.filter();
    let (found, today) = call
        .read(async |ctx| tokio::try_join!(service::inbox(ctx, &filter, &page, after), service::today(ctx)))
        .await?;
    let (items, next_cursor) = page.cut(found, &query.0, |last| {
        (last.opened_at, last.request.id, i32::from(last.frozen.step.position.0))
    })?;
    let items = items.iter().map(|waiting| ApprovalInboxItem::new(waiting, today)).collect();
    Reply::ok(&ApprovalInboxPage { items, next_cursor })
}

/// Reads an approval request
///
/// With the chain as it was frozen at submission, every decision, and what the caller may decide now; the `ETag` is
/// needed to decide.
#[utoipa::path(
    tag = "approvals", operation_id = "get_approval_request",
    params(("id" = Uuid, Path, description = "The request's id")),
    responses((status = 200, description = "The request", body = ApprovalRequestView))
)]
#[get("/approval-requests/{id}")]
pub async fn get_approval_request(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    call.read(async |ctx| {
        let seen = service::get(ctx, *id).await?;
        Reply::derived(seen.case.head.version, &view(ctx, &seen))
    })
    .await
}

/// Decides on a step of an approval request
///
/// Endorses, approves, consents, acknowledges, gives an opinion, returns for rework or rejects. The step that is
/// decided is named, so that of two who decide at once one is told that it is too late. The last step that decides
/// brings the subject into force.
#[utoipa::path(
    tag = "approvals", operation_id = "decide_approval", request_body = ApprovalDecisionCreate,
    params(("id" = Uuid, Path, description = "The request's id")),
    responses((status = 200, description = "The request as it is now", body = ApprovalRequestView)),
    extensions(("x-if-match" = json!(true)))
)]
#[post("/approval-requests/{id}/decisions")]
pub async fn decide_approval(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<ApprovalDecisionCreate>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        let seen = service::decide(ctx, *id, if_match, body.0.clone().into()).await?;
        Reply::derived(seen.case.head.version, &view(ctx, &seen))
    })
    .await
}

/// Puts a step before the own one
///
/// Whoever is asked may want somebody else to be asked first: the step is frozen with the chain and passed in later
/// rounds too. The caller still decides at the own step.
#[utoipa::path(
    tag = "approvals", operation_id = "insert_approval_step", request_body = ApprovalStepCreate,
    params(("id" = Uuid, Path, description = "The request's id")),
    responses((status = 200, description = "The request as it is now", body = ApprovalRequestView)),
    extensions(("x-if-match" = json!(true)))
)]
#[post("/approval-requests/{id}/steps")]
pub async fn insert_approval_step(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<ApprovalStepCreate>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    let new = body.to_model()?;
    call.write_once(async |ctx| {
        let seen = service::insert_step(ctx, *id, if_match, new.clone()).await?;
        Reply::derived(seen.case.head.version, &view(ctx, &seen))
    })
    .await
}

/// Takes a step out of the chain again
///
/// Somebody had put it in, and nobody has decided at it in this round: the chain goes on without it, in later rounds
/// too. Whoever decides after it may, so whoever put it in as well. Steps of the regulation stay.
#[utoipa::path(
    tag = "approvals", operation_id = "remove_approval_step", request_body = ApprovalStepRemoval,
    params(("id" = Uuid, Path, description = "The request's id")),
    responses((status = 200, description = "The request as it is now", body = ApprovalRequestView)),
    extensions(("x-if-match" = json!(true)))
)]
#[post("/approval-requests/{id}/step-removals")]
pub async fn remove_approval_step(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<ApprovalStepRemoval>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        let seen = service::remove_step(ctx, *id, if_match, body.0.clone().into()).await?;
        Reply::derived(seen.case.head.version, &view(ctx, &seen))
    })
    .await
}

/// Takes an approval request back
///
/// The submitter's way out while nothing has been decided for good; the subject goes back to its owner. For a submitter
/// who cannot, whoever answers for the organization does it and says why.
#[utoipa::path(
    tag = "approvals", operation_id = "withdraw_approval", request_body = ApprovalWithdrawal,
    params(("id" = Uuid, Path, description = "The request's id")),
    responses((status = 200, description = "The request as it is now", body = ApprovalRequestView)),
    extensions(("x-if-match" = json!(true)))
)]
#[post("/approval-requests/{id}/withdrawal")]
pub async fn withdraw_approval(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<ApprovalWithdrawal>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        let seen = service::withdraw_request(ctx, *id, if_match, body.reason.clone()).await?;
        Reply::derived(seen.case.head.version, &view(ctx, &seen))
    })
    .await
}

fn view(ctx: &Ctx<'_>, seen: &service::Seen) -> ApprovalRequestView {
    ApprovalRequestView::new(&seen.case, &service::allowed(ctx, seen), seen.today)
}
