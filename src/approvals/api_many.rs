//! Endpoints of approvals that are about several requests of one person.

use actix_web::{get, post};

use super::dto::{
    ApprovalDecided, ApprovalDecisionBatch, ApprovalDecisionItem, ApprovalDecisionResult,
    ApprovalDecisionResults, ApprovalOutboxQuery, ApprovalRequestItem, ApprovalRequestPage,
};
use super::service;
use super::store::{Filter, ListKey};
use crate::error::{Error, Result};
use crate::http::{Body, Call, Query, Reply};

/// Lists the caller's own requests
///
/// Those that the caller handed in, those that are about the caller, or those on which the caller decided; newest first.
#[utoipa::path(
    tag = "approvals", operation_id = "list_approval_outbox", params(ApprovalOutboxQuery),
    responses((status = 200, description = "One page", body = ApprovalRequestPage))
)]
#[get("/approvals/outbox")]
pub async fn list_approval_outbox(call: Call, query: Query<ApprovalOutboxQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<ListKey>(&query.0)?;
    let of = query.of.map(Into::into).unwrap_or_default();
    let (found, today) = call
        .read(async |ctx| {
            let today = service::today(ctx).await?;
            let filter = Filter {
                state: query.state.map(super::dto::ApprovalStateDto::as_str),
                subject_kind: query.subject_kind,
                overdue: query.overdue.map(|late| (late, today)),
                ..Filter::default()
            };
            Ok((service::outbox(ctx, of, &filter, &page, after).await?, today))
        })
        .await?;
    let (items, next_cursor) = page.cut(found, &query.0, |last| (last.submitted_at, last.id))?;
    let items = items.iter().map(|head| ApprovalRequestItem::new(head, today)).collect();
    Reply::ok(&ApprovalRequestPage { items, next_cursor })
}

/// Decides on steps of several requests
///
/// Each decision is taken or refused alone, in the order sent, as `decide_approval` would; one that is refused harms no
/// other. A repeat with the same key answers what was decided the first time and tries the refused ones again.
#[utoipa::path(
    tag = "approvals", operation_id = "decide_approvals", request_body = ApprovalDecisionBatch,
    responses((status = 200, description = "What came of each", body = ApprovalDecisionResults))
)]
#[post("/approvals/decisions")]
pub async fn decide_approvals(call: Call, body: Body<ApprovalDecisionBatch>) -> Result<Reply> {
    call.require_key()?;
    body.check()?;
    let mut results = Vec::with_capacity(body.items.len());
    for (place, item) in body.items.iter().enumerate() {
        results.push(decide_one(&call, place, item).await?);
    }
    Reply::ok(&ApprovalDecisionResults::from(results))
}

async fn decide_one(
    call: &Call,
    place: usize,
    item: &ApprovalDecisionItem,
) -> Result<ApprovalDecisionResult> {
    let content = serde_json::to_vec(item).map_err(Error::internal)?;
    let (id, version) = (item.request_id, item.version);
    let done = call
        .write_once_part(place, &content, async |ctx| {
            let seen = service::decide_among_many(ctx, id, version, item.decision.clone().into()).await?;
            Reply::ok(&ApprovalDecided::new(&seen.case.head))
        })
        .await;
    match done {
        Ok(reply) => Ok(ApprovalDecisionResult::decided(id, &reply.read()?)),
        // What broke here is no answer about this decision: whoever repeats the call finds what was done before it.
        Err(refusal) if refusal.code.status() >= 500 => Err(refusal),
        Err(refusal) => {
            let refusal = refusal.under(&format!("/items/{place}/decision"));
            Ok(ApprovalDecisionResult::refused(id, call.problem(&refusal)))
        }
    }
}
