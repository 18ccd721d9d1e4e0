//! Endpoints of duplicates.

use actix_web::{get, post, web};
use uuid::Uuid;

use super::dto::DuplicateIssue;
use super::service;
use super::views::{DuplicatePage, DuplicateView};
use crate::error::Result;
use crate::http::{Body, Call, Reply};

/// Issues a duplicate of a credential
///
/// Another form about the same learning, for one that was lost, exchanged or destroyed. Its hours stay in the ledger once:
/// whoever reports the duplicate is told `duplicate_document`. From now on the code of the form before is answered with
/// `replaced`, and the duplicate is what is printed.
#[utoipa::path(
    tag = "hours", operation_id = "issue_duplicate", request_body = DuplicateIssue,
    params(("id" = Uuid, Path, description = "The credential's id")),
    responses((status = 200, description = "The new duplicate", body = DuplicateView))
)]
#[post("/credentials/{id}/duplicates")]
pub async fn issue_duplicate(call: Call, id: web::Path<Uuid>, body: Body<DuplicateIssue>) -> Result<Reply> {
    call.write_once(async |ctx| {
        let duplicate = service::issue_duplicate(ctx, *id, body.0.clone().into()).await?;
        Reply::ok(&DuplicateView::from(duplicate))
    })
    .await
}

/// Lists the duplicates of a credential
///
/// In the order in which they were issued; the last one is the valid form. A paper that was never replaced has none.
#[utoipa::path(
    tag = "hours", operation_id = "list_duplicates",
    params(("id" = Uuid, Path, description = "The credential's id")),
    responses((status = 200, description = "The duplicates", body = DuplicatePage))
)]
#[get("/credentials/{id}/duplicates")]
pub async fn list_duplicates(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let found = call.read(async |ctx| service::list_duplicates(ctx, *id).await).await?;
    Reply::ok(&DuplicatePage { items: found.into_iter().map(Into::into).collect(), next_cursor: None })
}
