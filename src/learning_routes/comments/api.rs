//! Endpoints of comments on routes.

use actix_web::{get, post, web};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::dto::{RouteCommentCreate, RouteCommentPage, RouteCommentQuery, RouteCommentView};
use super::service;
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

/// Comments on a route
///
/// Or on one thing of it: a line, the report of a stage, a growth card, a revision. Whoever may read the route may comment; members of the learner's associations while the route is
/// open for discussion; a provider on lines addressed to it, while the route is being formed.
#[utoipa::path(
    tag = "learning_routes", operation_id = "create_route_comment", request_body = RouteCommentCreate,
    params(("id" = Uuid, Path, description = "The route's id")),
    responses((status = 201, description = "The new comment", body = RouteCommentView))
)]
#[post("/routes/{id}/comments")]
pub async fn create_route_comment(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<RouteCommentCreate>,
) -> Result<Reply> {
    call.write_once(async |ctx| {
        let said = service::create_route_comment(ctx, *id, body.about(), body.text.clone()).await?;
        Reply::created(format!("/api/v1/routes/{id}/comments"), 1, &RouteCommentView::from(said))
    })
    .await
}

/// Lists the comments on a route
///
/// In the order in which they were written; a provider gets those on its own lines.
#[utoipa::path(
    tag = "learning_routes", operation_id = "list_route_comments",
    params(("id" = Uuid, Path, description = "The route's id"), RouteCommentQuery),
    responses((status = 200, description = "One page", body = RouteCommentPage))
)]
#[get("/routes/{id}/comments")]
pub async fn list_route_comments(
    call: Call,
    id: web::Path<Uuid>,
    query: Query<RouteCommentQuery>,
) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let list = (*id, &query.0);
    let after = page.after::<(DateTime<Utc>, Uuid)>(&list)?;
    let about = query.about();
    let found =
        call.read(async |ctx| service::list_route_comments(ctx, *id, about, &page, after).await).await?;
    let (items, next_cursor) = page.cut(found, &list, |last| (last.created_at, last.id))?;
    Reply::ok(&RouteCommentPage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}
