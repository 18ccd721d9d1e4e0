//! Endpoints of merges.

use std::cell::Cell;

use actix_web::{get, post, web};
use uuid::Uuid;

use super::dto::{PersonMergeCreate, PersonMergePage, PersonMergeUndo, PersonMergeView};
use super::service::{self, Shown};
use crate::error::Result;
use crate::http::{Body, Call, Reply};

/// Merges two cards of one person
///
/// Both histories and every document stay where they are; balances, compliance, documents, learning and results of the
/// kept card show both from then on, and the merged card points to the kept one. The account of the merged card signs in
/// as the person, with the roles of both cards. Undone by `undo_person_merge`.
#[utoipa::path(
    tag = "directory", operation_id = "create_person_merge", request_body = PersonMergeCreate,
    responses((status = 201, description = "The merge", body = PersonMergeView))
)]
#[post("/person-merges")]
pub async fn create_person_merge(call: Call, body: Body<PersonMergeCreate>) -> Result<Reply> {
    let accounts = Cell::new(Vec::new());
    let reply = call
        .write_once(async |ctx| {
            let shown = service::create_person_merge(ctx, body.0.clone().into()).await?;
            accounts.set(shown.accounts.clone());
            let (location, version) =
                (format!("/api/v1/person-merges/{}", shown.merge.id), shown.merge.version);
            Reply::created(location, version, &view(&call, shown))
        })
        .await?;
    forget(&call, accounts.take());
    Ok(reply)
}

/// Lists the merges of a person
///
/// Of all cards of the person, undone ones too, the newest first.
#[utoipa::path(
    tag = "directory", operation_id = "list_person_merges",
    extensions(("x-whole-list" = json!(true))),
    params(("id" = Uuid, Path, description = "The id of any card of the person")),
    responses((status = 200, description = "The merges", body = PersonMergePage))
)]
#[get("/persons/{id}/merges")]
pub async fn list_person_merges(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let found = call.read(async |ctx| service::list_person_merges(ctx, *id).await).await?;
    Reply::ok(&PersonMergePage { items: found.into_iter().map(Into::into).collect(), next_cursor: None })
}

/// Reads a merge
///
/// Who merged cards may read why.
#[utoipa::path(
    tag = "directory", operation_id = "get_person_merge",
    params(("id" = Uuid, Path, description = "The merge's id")),
    responses((status = 200, description = "The merge", body = PersonMergeView))
)]
#[get("/person-merges/{id}")]
pub async fn get_person_merge(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let shown = call.read(async |ctx| service::get_person_merge(ctx, *id).await).await?;
    Reply::item(shown.merge.version, &view(&call, shown))
}

/// Undoes a merge
///
/// Two people again, each with what was recorded to his card, before the merge and since.
#[utoipa::path(
    tag = "directory", operation_id = "undo_person_merge", request_body = PersonMergeUndo,
    params(("id" = Uuid, Path, description = "The merge's id")),
    responses((status = 200, description = "The merge, undone", body = PersonMergeView)),
    extensions(("x-if-match" = json!(true)))
)]
#[post("/person-merges/{id}/undo")]
pub async fn undo_person_merge(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<PersonMergeUndo>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    let accounts = Cell::new(Vec::new());
    let reply = call
        .write_once(async |ctx| {
            let shown = service::undo_person_merge(ctx, *id, if_match, body.reason.clone()).await?;
            let version = shown.merge.version;
            accounts.set(shown.accounts.clone());
            Reply::item(version, &view(&call, shown))
        })
        .await?;
    forget(&call, accounts.take());
    Ok(reply)
}

fn view(call: &Call, shown: Shown) -> PersonMergeView {
    let actions = service::allowed_actions(&call.actor, &shown);
    PersonMergeView::new(shown, actions)
}

/// Whose accounts these are has changed.
fn forget(call: &Call, accounts: Vec<Uuid>) {
    for account_id in accounts {
        call.app.identity.forget(account_id);
    }
}
