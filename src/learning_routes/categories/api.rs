//! Endpoints of priority categories.

use actix_web::{get, post, web};
use uuid::Uuid;

use super::dto::{PriorityCategoryCreate, PriorityCategoryEnd, PriorityCategoryPage, PriorityCategoryView};
use super::service;
use crate::error::Result;
use crate::http::{Body, Call, Reply};

/// Records a priority category
///
/// That a teacher belongs to a category of the regulation that binds the school today. Some categories count only
/// together with a difficulty (422 `difficulty_required`).
#[utoipa::path(
    tag = "learning_routes", operation_id = "record_priority_category", request_body = PriorityCategoryCreate,
    params(("id" = Uuid, Path, description = "The person's id")),
    responses((status = 201, description = "The new record", body = PriorityCategoryView))
)]
#[post("/persons/{id}/priority-categories")]
pub async fn record_priority_category(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<PriorityCategoryCreate>,
) -> Result<Reply> {
    call.write_once(async |ctx| {
        let (held, actions) = service::record_priority_category(ctx, *id, body.to_new()).await?;
        let (location, version) = (format!("/api/v1/priority-categories/{}", held.id), held.version);
        Reply::created(location, version, &PriorityCategoryView::new(held, actions))
    })
    .await
}

/// Lists the priority categories of a person
///
/// All of them, also those that have ended, newest first.
#[utoipa::path(
    tag = "learning_routes", operation_id = "list_priority_categories",
    params(("id" = Uuid, Path, description = "The person's id")),
    responses((status = 200, description = "All of them", body = PriorityCategoryPage))
)]
#[get("/persons/{id}/priority-categories")]
pub async fn list_priority_categories(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let found = call.read(async |ctx| service::list_priority_categories(ctx, *id).await).await?;
    let items = found.into_iter().map(|(held, actions)| PriorityCategoryView::new(held, actions)).collect();
    Reply::ok(&PriorityCategoryPage { items, next_cursor: None })
}

/// Reads a priority category
///
/// With the difficulties it rests on.
#[utoipa::path(
    tag = "learning_routes", operation_id = "get_priority_category",
    params(("id" = Uuid, Path, description = "The record's id")),
    responses((status = 200, description = "The record", body = PriorityCategoryView))
)]
#[get("/priority-categories/{id}")]
pub async fn get_priority_category(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let (held, actions) = call.read(async |ctx| service::get_priority_category(ctx, *id).await).await?;
    Reply::item(held.version, &PriorityCategoryView::new(held, actions))
}

/// Ends a priority category
///
/// Gives it its last day; routes made for it stay as they are.
#[utoipa::path(
    tag = "learning_routes", operation_id = "end_priority_category", request_body = PriorityCategoryEnd,
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The record's id")),
    responses((status = 200, description = "The record as it is now", body = PriorityCategoryView))
)]
#[post("/priority-categories/{id}/end")]
pub async fn end_priority_category(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<PriorityCategoryEnd>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        let (held, actions) = service::end_priority_category(ctx, *id, if_match, body.until).await?;
        Reply::item(held.version, &PriorityCategoryView::new(held, actions))
    })
    .await
}
