//! Endpoints of revisions.

use actix_web::{get, post, put, web};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::dto::{
    RoutePeriodicUpdate, RoutePeriodicUpdateReceipt, RouteRevisionCreate, RouteRevisionPage,
    RouteRevisionQuery, RouteRevisionUpdate, RouteRevisionView, RouteSubmissionCheck,
};
use super::service::{self, ShownRevision};
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

fn item(shown: ShownRevision) -> Result<Reply> {
    Reply::derived(shown.revision.version, &RouteRevisionView::new(shown)?)
}

/// Lists the revisions of a route
///
/// Every change of the route in force that was drafted, and what became of it; newest first.
#[utoipa::path(
    tag = "learning_routes", operation_id = "list_route_revisions",
    params(("id" = Uuid, Path, description = "The route's id"), RouteRevisionQuery),
    responses((status = 200, description = "One page", body = RouteRevisionPage))
)]
#[get("/routes/{id}/revisions")]
pub async fn list_route_revisions(
    call: Call,
    id: web::Path<Uuid>,
    query: Query<RouteRevisionQuery>,
) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(DateTime<Utc>, Uuid)>(&query.0)?;
    let found = call.read(async |ctx| service::list_route_revisions(ctx, *id, &page, after).await).await?;
    let (items, next_cursor) = page.cut(found, &query.0, |last| (last.created_at, last.id))?;
    Reply::ok(&RouteRevisionPage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}

/// Drafts a revision of a route
///
/// What the route in force will say, the whole of it; the route stays as it is until the revision is agreed. A route
/// has one revision under way at most (409). A petition is answered by whoever enters changes.
#[utoipa::path(
    tag = "learning_routes", operation_id = "create_route_revision", request_body = RouteRevisionCreate,
    params(("id" = Uuid, Path, description = "The route's id")),
    responses((status = 201, description = "The new revision, a draft", body = RouteRevisionView))
)]
#[post("/routes/{id}/revisions")]
pub async fn create_route_revision(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<RouteRevisionCreate>,
) -> Result<Reply> {
    call.write_once(async |ctx| {
        let shown = service::create_route_revision(ctx, *id, body.0.clone().into()).await?;
        let (id, version) = (shown.revision.id, shown.revision.version);
        Reply::created(format!("/api/v1/route-revisions/{id}"), version, &RouteRevisionView::new(shown)?)
    })
    .await
}

/// Reads a revision
///
/// What the route will say, and how that differs from what it says now.
#[utoipa::path(
    tag = "learning_routes", operation_id = "get_route_revision",
    params(("id" = Uuid, Path, description = "The revision's id")),
    responses((status = 200, description = "The revision", body = RouteRevisionView))
)]
#[get("/route-revisions/{id}")]
pub async fn get_route_revision(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    item(call.read(async |ctx| service::get_route_revision(ctx, *id).await).await?)
}

/// Changes a revision
///
/// Replaces what a revision in draft or rework says.
#[utoipa::path(
    tag = "learning_routes", operation_id = "update_route_revision", request_body = RouteRevisionUpdate,
    params(("id" = Uuid, Path, description = "The revision's id")),
    responses((status = 200, description = "The revision as it is now", body = RouteRevisionView))
)]
#[put("/route-revisions/{id}")]
pub async fn update_route_revision(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<RouteRevisionUpdate>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    let change = async |ctx: &crate::db::Ctx<'_>| {
        let RouteRevisionUpdate { reason, content } = body.0.clone();
        service::update_route_revision(ctx, *id, if_match, reason, content.into()).await
    };
    item(call.write(change).await?)
}

/// Checks a revision
///
/// What the regulation would say to handing it in now: errors that refuse it, and warnings.
#[utoipa::path(
    tag = "learning_routes", operation_id = "check_route_revision",
    params(("id" = Uuid, Path, description = "The revision's id")),
    responses((status = 200, description = "Errors and warnings", body = RouteSubmissionCheck))
)]
#[get("/route-revisions/{id}/submission-check")]
pub async fn check_route_revision(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let findings = call.read(async |ctx| service::check_route_revision(ctx, *id).await).await?;
    Reply::ok(&RouteSubmissionCheck::new(&findings, call.language()))
}

/// Submits a revision
///
/// Every rule that the route would break is reported at once. Then the chain of the regulation begins; where changes
/// are free, the route takes the revision over at once.
#[utoipa::path(
    tag = "learning_routes", operation_id = "submit_route_revision",
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The revision's id")),
    responses((status = 200, description = "The revision as it is now", body = RouteRevisionView))
)]
#[post("/route-revisions/{id}/submission")]
pub async fn submit_route_revision(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| item(service::submit_route_revision(ctx, *id, if_match).await?)).await
}

/// Withdraws a revision
///
/// Gives it up for good, together with an open request for its approval. The route stays as it is.
#[utoipa::path(
    tag = "learning_routes", operation_id = "withdraw_route_revision",
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The revision's id")),
    responses((status = 200, description = "The revision as it is now", body = RouteRevisionView))
)]
#[post("/route-revisions/{id}/withdrawal")]
pub async fn withdraw_route_revision(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| item(service::withdraw_route_revision(ctx, *id, if_match).await?)).await
}

/// Records the periodic update of a route
///
/// Where the regulation wants the route looked through every period: it was, and stays as it is; once in a period (409).
/// A change is made by a revision with the cause `periodic_update` instead.
#[utoipa::path(
    tag = "learning_routes", operation_id = "update_route_periodically", request_body = RoutePeriodicUpdate,
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The route's id")),
    responses((status = 200, description = "It is recorded", body = RoutePeriodicUpdateReceipt))
)]
#[post("/routes/{id}/periodic-update")]
pub async fn update_route_periodically(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<RoutePeriodicUpdate>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        let version = service::update_route_periodically(ctx, *id, if_match, body.note.clone()).await?;
        Reply::item(version, &RoutePeriodicUpdateReceipt { route_id: *id, version })
    })
    .await
}
