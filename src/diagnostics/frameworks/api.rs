//! Endpoints of frameworks.

pub mod case;

use actix_web::{get, post, put, web};
use uuid::Uuid;

use super::dto::{FrameworkCreate, FrameworkPage, FrameworkQuery, FrameworkUpdate, FrameworkView};
use super::service;
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

/// Adds a competency framework
///
/// A draft with its whole tree of blocks, competencies and indicators (модель компетенций). Another edition of the
/// same code is another framework; results keep the edition they were measured with.
#[utoipa::path(
    tag = "diagnostics", operation_id = "create_framework", request_body = FrameworkCreate,
    responses((status = 201, description = "The new draft", body = FrameworkView))
)]
#[post("/frameworks")]
pub async fn create_framework(call: Call, body: Body<FrameworkCreate>) -> Result<Reply> {
    call.write_once(async |ctx| {
        let draft = body.0.clone().draft()?;
        let tree = service::create_framework(ctx, body.owner_id, draft).await?;
        let (location, version) =
            (format!("/api/v1/frameworks/{}", tree.framework.id), tree.framework.version);
        Reply::created(location, version, &FrameworkView::from(tree))
    })
    .await
}

/// Lists competency frameworks
///
/// Frameworks of the caller's region, by title.
#[utoipa::path(
    tag = "diagnostics", operation_id = "list_frameworks", params(FrameworkQuery),
    responses((status = 200, description = "One page", body = FrameworkPage))
)]
#[get("/frameworks")]
pub async fn list_frameworks(call: Call, query: Query<FrameworkQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(String, Uuid)>(&query.0)?;
    let state = query.state.map(Into::into);
    let found =
        call.read(async |ctx| service::list_frameworks(ctx, state, &page, after.clone()).await).await?;
    let (items, next_cursor) = page.cut(found, &query.0, |last| (last.data.title.clone(), last.id))?;
    Reply::ok(&FrameworkPage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}

/// Reads a competency framework
///
/// With its whole tree; ids of the rows are what instruments, deficits and modules refer to.
#[utoipa::path(
    tag = "diagnostics", operation_id = "get_framework",
    params(("id" = Uuid, Path, description = "The framework's id")),
    responses((status = 200, description = "The framework with its tree", body = FrameworkView))
)]
#[get("/frameworks/{id}")]
pub async fn get_framework(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let tree = call.read(async |ctx| service::get_framework(ctx, *id).await).await?;
    Reply::item(tree.framework.version, &FrameworkView::from(tree))
}

/// Writes a draft framework anew
///
/// Replaces the draft with its whole tree; rows get new ids.
#[utoipa::path(
    tag = "diagnostics", operation_id = "update_framework", request_body = FrameworkUpdate,
    params(("id" = Uuid, Path, description = "The framework's id")),
    responses((status = 200, description = "The draft as it is now", body = FrameworkView))
)]
#[put("/frameworks/{id}")]
pub async fn update_framework(call: Call, id: web::Path<Uuid>, body: Body<FrameworkUpdate>) -> Result<Reply> {
    let if_match = call.if_match()?;
    let tree = call
        .write(async |ctx| service::update_framework(ctx, *id, if_match, body.0.clone().draft()?).await)
        .await?;
    Reply::item(tree.framework.version, &FrameworkView::from(tree))
}

/// Publishes a framework
///
/// From now on it never changes and instruments may measure it.
#[utoipa::path(
    tag = "diagnostics", operation_id = "publish_framework", extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The framework's id")),
    responses((status = 200, description = "The published framework", body = FrameworkView))
)]
#[post("/frameworks/{id}/publication")]
pub async fn publish_framework(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        let tree = service::publish_framework(ctx, *id, if_match).await?;
        Reply::item(tree.framework.version, &FrameworkView::from(tree))
    })
    .await
}
