//! Endpoints of role assignments.

use actix_web::{get, post, web};
use uuid::Uuid;

use super::dto::{
    RoleAssignmentCreate, RoleAssignmentEnd, RoleAssignmentPage, RoleAssignmentQuery, RoleAssignmentView,
};
use super::model::{Filter, RoleAssignment};
use super::service;
use crate::authz::Actor;
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

/// Gives a role
///
/// To a person who works at the organization, or to a service account. The role must fit the kind of the organization.
/// Tokens issued later carry it.
#[utoipa::path(
    tag = "directory", operation_id = "create_role_assignment", request_body = RoleAssignmentCreate,
    responses((status = 201, description = "The new assignment", body = RoleAssignmentView))
)]
#[post("/role-assignments")]
pub async fn create_role_assignment(call: Call, body: Body<RoleAssignmentCreate>) -> Result<Reply> {
    let new = body.to_model()?;
    call.write_once(async |ctx| {
        let assignment = service::create_role_assignment(ctx, new.clone()).await?;
        let (location, version) = (format!("/api/v1/role-assignments/{}", assignment.id), assignment.version);
        Reply::created(location, version, &view(ctx.actor, assignment))
    })
    .await
}

/// Lists role assignments
///
/// Those the caller may see: his own, and those of the people of his unit. Oldest first.
#[utoipa::path(
    tag = "directory", operation_id = "list_role_assignments", params(RoleAssignmentQuery),
    responses((status = 200, description = "One page", body = RoleAssignmentPage))
)]
#[get("/role-assignments")]
pub async fn list_role_assignments(call: Call, query: Query<RoleAssignmentQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<Uuid>(&query.0)?;
    let filter = Filter {
        organization_id: query.organization_id,
        person_id: query.person_id,
        role: query.role,
        on: query.on,
    };
    let found =
        call.read(async |ctx| service::list_role_assignments(ctx, &filter, &page, after).await).await?;
    let (items, next_cursor) = page.cut(found, &query.0, |last| last.id)?;
    let items = items.into_iter().map(|assignment| view(&call.actor, assignment)).collect();
    Reply::ok(&RoleAssignmentPage { items, next_cursor })
}

/// Reads a role assignment
///
/// The `ETag` is needed to end it.
#[utoipa::path(
    tag = "directory", operation_id = "get_role_assignment",
    params(("id" = Uuid, Path, description = "The assignment's id")),
    responses((status = 200, description = "The assignment", body = RoleAssignmentView))
)]
#[get("/role-assignments/{id}")]
pub async fn get_role_assignment(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let assignment = call.read(async |ctx| service::get_role_assignment(ctx, *id).await).await?;
    Reply::item(assignment.version, &view(&call.actor, assignment))
}

/// Ends a role assignment
///
/// It gets its last day; an end that was later is brought forward. Tokens issued before live out their short term.
#[utoipa::path(
    tag = "directory", operation_id = "end_role_assignment", request_body = RoleAssignmentEnd,
    params(("id" = Uuid, Path, description = "The assignment's id")),
    extensions(("x-if-match" = json!(true))),
    responses((status = 200, description = "The assignment as it is now", body = RoleAssignmentView))
)]
#[post("/role-assignments/{id}/end")]
pub async fn end_role_assignment(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<RoleAssignmentEnd>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        let assignment = service::end_role_assignment(ctx, *id, if_match, body.valid_until).await?;
        Reply::item(assignment.version, &view(ctx.actor, assignment))
    })
    .await
}

fn view(actor: &Actor, assignment: RoleAssignment) -> RoleAssignmentView {
    let actions = service::allowed_actions(actor, &assignment);
    RoleAssignmentView::new(assignment, actions)
}
