//! Endpoints of working groups.

use actix_web::{get, post, put, web};
use uuid::Uuid;

use super::dto::{
    WorkingGroupBody, WorkingGroupCreate, WorkingGroupPage, WorkingGroupQuery, WorkingGroupView,
};
use super::service;
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

/// Forms a working group
///
/// Members work at the school in the functions that its regulation names; there is one leader, and as many experts as the
/// regulation asks for. The group is inactive until the acts it needs are attached.
#[utoipa::path(
    tag = "learning_routes", operation_id = "create_working_group", request_body = WorkingGroupCreate,
    responses((status = 201, description = "The new group", body = WorkingGroupView))
)]
#[post("/working-groups")]
pub async fn create_working_group(call: Call, body: Body<WorkingGroupCreate>) -> Result<Reply> {
    call.write_once(async |ctx| {
        let whole =
            service::create_working_group(ctx, body.organization_id, body.data.clone().into()).await?;
        let (location, version) = (format!("/api/v1/working-groups/{}", whole.group.id), whole.group.version);
        Reply::created(location, version, &WorkingGroupView::from(whole))
    })
    .await
}

/// Lists working groups
///
/// Those of the schools the caller works with, and those he or she is a member of, by title.
#[utoipa::path(
    tag = "learning_routes", operation_id = "list_working_groups", params(WorkingGroupQuery),
    responses((status = 200, description = "One page", body = WorkingGroupPage))
)]
#[get("/working-groups")]
pub async fn list_working_groups(call: Call, query: Query<WorkingGroupQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(String, Uuid)>(&query.0)?;
    let place = query.organization_id;
    let found =
        call.read(async |ctx| service::list_working_groups(ctx, place, &page, after.clone()).await).await?;
    let (items, next_cursor) = page.cut(found, &query.0, |last| (last.data.title.clone(), last.id))?;
    Reply::ok(&WorkingGroupPage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}

/// Reads a working group
///
/// With its members, its routes, and what it lacks to be active.
#[utoipa::path(
    tag = "learning_routes", operation_id = "get_working_group",
    params(("id" = Uuid, Path, description = "The group's id")),
    responses((status = 200, description = "The group", body = WorkingGroupView))
)]
#[get("/working-groups/{id}")]
pub async fn get_working_group(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let whole = call.read(async |ctx| service::get_working_group(ctx, *id).await).await?;
    Reply::derived(whole.group.version, &WorkingGroupView::from(whole))
}

/// Changes a working group
///
/// Replaces title, members, routes and acts.
#[utoipa::path(
    tag = "learning_routes", operation_id = "update_working_group", request_body = WorkingGroupBody,
    params(("id" = Uuid, Path, description = "The group's id")),
    responses((status = 200, description = "The group as it is now", body = WorkingGroupView))
)]
#[put("/working-groups/{id}")]
pub async fn update_working_group(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<WorkingGroupBody>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    let whole = call
        .write(async |ctx| service::update_working_group(ctx, *id, if_match, body.0.clone().into()).await)
        .await?;
    Reply::derived(whole.group.version, &WorkingGroupView::from(whole))
}

/// Dissolves a working group
///
/// Its members lose their rights to its routes. These stay with it as what it developed, until another group takes them.
#[utoipa::path(
    tag = "learning_routes", operation_id = "dissolve_working_group",
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The group's id")),
    responses((status = 200, description = "The group as it is now", body = WorkingGroupView))
)]
#[post("/working-groups/{id}/dissolution")]
pub async fn dissolve_working_group(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        let whole = service::dissolve_working_group(ctx, *id, if_match).await?;
        Reply::item(whole.group.version, &WorkingGroupView::from(whole))
    })
    .await
}
