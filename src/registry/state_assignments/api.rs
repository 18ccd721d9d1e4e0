//! Endpoints of the state assignment.

use actix_web::{get, post, put, web};
use uuid::Uuid;

use super::dto::{
    StateAssignmentCreate, StateAssignmentPage, StateAssignmentQuery, StateAssignmentUpdate,
    StateAssignmentView,
};
use super::service::{self, ShownAssignment};
use super::store::Filter;
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

/// Sets a line of the state assignment
///
/// How many people and hours the operator is to train in a year, in a direction or by a program (P2-20).
#[utoipa::path(
    tag = "registry", operation_id = "create_state_assignment", request_body = StateAssignmentCreate,
    responses((status = 201, description = "The new line", body = StateAssignmentView))
)]
#[post("/state-assignments")]
pub async fn create_state_assignment(call: Call, body: Body<StateAssignmentCreate>) -> Result<Reply> {
    call.write_once(async |ctx| {
        let shown = service::create_state_assignment(ctx, body.0.clone().into()).await?;
        let line = &shown.assignment;
        let (location, version) = (format!("/api/v1/state-assignments/{}", line.id), line.version);
        Reply::created(location, version, &StateAssignmentView::from(shown))
    })
    .await
}

/// Lists the state assignment
///
/// Each line with what was trained until now, counted from the ledger; the newest year first.
#[utoipa::path(
    tag = "registry", operation_id = "list_state_assignments", params(StateAssignmentQuery),
    responses((status = 200, description = "One page", body = StateAssignmentPage))
)]
#[get("/state-assignments")]
pub async fn list_state_assignments(call: Call, query: Query<StateAssignmentQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(i32, Uuid)>(&query.0)?;
    let filter = Filter { year: query.year, organization_id: query.organization_id };
    let found =
        call.snapshot(async |ctx| service::list_state_assignments(ctx, filter, &page, after).await).await?;
    let (items, next_cursor) =
        page.cut(found, &query.0, |last| (last.assignment.year, last.assignment.id))?;
    Reply::ok(&StateAssignmentPage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}

/// Reads a line of the state assignment
///
/// The plan, and what was trained until now.
#[utoipa::path(
    tag = "registry", operation_id = "get_state_assignment",
    params(("id" = Uuid, Path, description = "The line's id")),
    responses((status = 200, description = "The line", body = StateAssignmentView))
)]
#[get("/state-assignments/{id}")]
pub async fn get_state_assignment(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    item(call.snapshot(async |ctx| service::get_state_assignment(ctx, *id).await).await?)
}

/// Changes the plan of a line of the state assignment
///
/// People and hours; operator, year and subject stay.
#[utoipa::path(
    tag = "registry", operation_id = "update_state_assignment", request_body = StateAssignmentUpdate,
    params(("id" = Uuid, Path, description = "The line's id")),
    responses((status = 200, description = "The line as it is now", body = StateAssignmentView))
)]
#[put("/state-assignments/{id}")]
pub async fn update_state_assignment(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<StateAssignmentUpdate>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    let shown = call
        .write(async |ctx| {
            service::update_state_assignment(ctx, *id, if_match, body.plan.clone().into()).await
        })
        .await?;
    item(shown)
}

fn item(shown: ShownAssignment) -> Result<Reply> {
    Reply::derived(shown.assignment.version, &StateAssignmentView::from(shown))
}
