//! Endpoints of the members of an association.

use actix_web::{delete, get, post, web};
use uuid::Uuid;

use super::super::dto::{AssociationMemberAdd, AssociationMemberPage, AssociationMemberRemoval, MemberView};
use super::super::service;
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

/// Lists the members of an association
///
/// Present and former ones, by name.
#[utoipa::path(
    tag = "directory", operation_id = "list_association_members",
    extensions(("x-whole-list" = json!(true))),
    params(("id" = Uuid, Path, description = "The association's id")),
    responses((status = 200, description = "The members", body = AssociationMemberPage))
)]
#[get("/associations/{id}/members")]
pub async fn list_association_members(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let members = call.read(async |ctx| service::list_members(ctx, *id).await).await?;
    Reply::ok(&AssociationMemberPage {
        items: members.into_iter().map(Into::into).collect(),
        next_cursor: None,
    })
}

/// Adds a member to an association
///
/// The person must work at the organization of the association; belonging to it twice at a time is 409.
#[utoipa::path(
    tag = "directory", operation_id = "add_association_member", request_body = AssociationMemberAdd,
    params(("id" = Uuid, Path, description = "The association's id")),
    responses((status = 201, description = "The membership; `ETag` is that of the association", body = MemberView))
)]
#[post("/associations/{id}/members")]
pub async fn add_association_member(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<AssociationMemberAdd>,
) -> Result<Reply> {
    call.write_once(async |ctx| {
        let (member, version) = service::add_member(ctx, *id, body.person_id, body.since).await?;
        Reply::created(format!("/api/v1/associations/{id}/members"), version, &MemberView::from(member))
    })
    .await
}

/// Ends a membership of an association
///
/// The history stays: the membership gets its last day. `If-Match` is the `ETag` of the association.
#[utoipa::path(
    tag = "directory", operation_id = "remove_association_member",
    params(
        ("id" = Uuid, Path, description = "The association's id"),
        ("person_id" = Uuid, Path, description = "The member's person id"),
        AssociationMemberRemoval
    ),
    responses((status = 204, description = "The membership has its last day"))
)]
#[delete("/associations/{id}/members/{person_id}")]
pub async fn remove_association_member(
    call: Call,
    path: web::Path<(Uuid, Uuid)>,
    query: Query<AssociationMemberRemoval>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    let (id, person_id) = path.into_inner();
    call.write(async |ctx| service::remove_member(ctx, id, if_match, person_id, query.until).await).await?;
    Ok(Reply::no_content())
}
