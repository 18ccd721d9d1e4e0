//! Endpoints of proposals of support.

use actix_web::{get, post, web};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::dto::{
    SupportProposalCreate, SupportProposalDecide, SupportProposalPage, SupportProposalQuery,
    SupportProposalView,
};
use super::service::{self, ShownProposal};
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

fn item(shown: ShownProposal) -> Result<Reply> {
    Reply::derived(shown.proposal.version, &SupportProposalView::from(shown))
}

/// Proposes support to a methodical service
///
/// For the learners of an offering whom the service supports, or some of them, after they completed it (P2-31); by whom the
/// regulation of the service names. Who completes it later is not added.
#[utoipa::path(
    tag = "support", operation_id = "create_support_proposal", request_body = SupportProposalCreate,
    responses((status = 201, description = "The new proposal", body = SupportProposalView))
)]
#[post("/support-proposals")]
pub async fn create_support_proposal(call: Call, body: Body<SupportProposalCreate>) -> Result<Reply> {
    call.write_once(async |ctx| {
        let shown = service::create_support_proposal(ctx, body.clone().into()).await?;
        let location = format!("/api/v1/support-proposals/{}", shown.proposal.id);
        Reply::created(location, shown.proposal.version, &SupportProposalView::from(shown))
    })
    .await
}

/// Lists proposals of support
///
/// Those to one's school or service and in one's territory; those made last first.
#[utoipa::path(
    tag = "support", operation_id = "list_support_proposals", params(SupportProposalQuery),
    responses((status = 200, description = "One page", body = SupportProposalPage))
)]
#[get("/support-proposals")]
pub async fn list_support_proposals(call: Call, query: Query<SupportProposalQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(DateTime<Utc>, Uuid)>(&query.0)?;
    let filter = query.filter();
    let found =
        call.read(async |ctx| service::list_support_proposals(ctx, filter, &page, after).await).await?;
    let (items, next_cursor) = page.cut(found, &query.0, |last| (last.created_at, last.id))?;
    Reply::ok(&SupportProposalPage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}

/// Reads a proposal of support
///
/// With the people it is for, and the plans it was taken into. The `ETag` is needed to decide on it.
#[utoipa::path(
    tag = "support", operation_id = "get_support_proposal",
    params(("id" = Uuid, Path, description = "The proposal's id")),
    responses((status = 200, description = "The proposal", body = SupportProposalView))
)]
#[get("/support-proposals/{id}")]
pub async fn get_support_proposal(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    item(call.read(async |ctx| service::get_support_proposal(ctx, *id).await).await?)
}

/// Decides on a proposal of support
///
/// The service takes it into a support plan of each of the people (P2-31), or refuses it with a reason; once.
#[utoipa::path(
    tag = "support", operation_id = "decide_support_proposal", request_body = SupportProposalDecide,
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The proposal's id")),
    responses((status = 200, description = "The proposal as it is now", body = SupportProposalView))
)]
#[post("/support-proposals/{id}/decision")]
pub async fn decide_support_proposal(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<SupportProposalDecide>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        item(service::decide_support_proposal(ctx, *id, if_match, body.clone().into()).await?)
    })
    .await
}
