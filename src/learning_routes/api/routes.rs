//! Routes: start, list, read, change.

use actix_web::{get, post, put, web};
use chrono::NaiveDate;
use uuid::Uuid;

use super::super::dto::{RouteCreate, RoutePage, RouteQuery, RouteStagesUpdate, RouteUpdate, RouteView};
use super::super::service::{self, RouteFilter};
use super::item;
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

/// Starts a route
///
/// The route belongs to the learner's school and lives under the regulation that binds the school today. The
/// regulation says who may start it, for whom, and whether a result of diagnostics must be there first.
#[utoipa::path(
    tag = "learning_routes", operation_id = "create_route", request_body = RouteCreate,
    responses((status = 201, description = "The new route, a draft", body = RouteView))
)]
#[post("/routes")]
pub async fn create_route(call: Call, body: Body<RouteCreate>) -> Result<Reply> {
    call.write_once(async |ctx| {
        let whole = service::create_route(ctx, body.to_new()).await?;
        let route = &whole.draft.route;
        Reply::created(format!("/api/v1/routes/{}", route.id), route.version, &RouteView::from(whole.clone()))
    })
    .await
}

/// Lists routes
///
/// Routes of the caller's scope, those that start last first. `overdue=true` is the list of those in force whose
/// activities are late, each with the day since when; `rework_overdue=true` of those whose rework is;
/// `update_due=true` of those that nobody has updated in this period though their regulation wants it.
#[utoipa::path(
    tag = "learning_routes", operation_id = "list_routes", params(RouteQuery),
    responses((status = 200, description = "One page", body = RoutePage))
)]
#[get("/routes")]
pub async fn list_routes(call: Call, query: Query<RouteQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(NaiveDate, Uuid)>(&query.0)?;
    let filter = RouteFilter {
        person_id: query.person_id,
        organization_id: query.organization_id,
        state: query.state.map(Into::into),
        municipality_id: query.municipality_id,
        curator_id: query.curator_id,
        tutor_id: query.tutor_id,
        kind: query.kind,
        overdue: query.overdue,
        rework_overdue: query.rework_overdue,
        update_due: query.update_due,
    };
    let found = call.read(async |ctx| service::list_routes(ctx, &filter, &page, after).await).await?;
    let (items, next_cursor) = page.cut(found, &query.0, |last| (last.route.starts_on, last.route.id))?;
    Reply::ok(&RoutePage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}

/// Reads a route
///
/// The whole route with stages, activities, participants, progress and what is late.
#[utoipa::path(
    tag = "learning_routes", operation_id = "get_route",
    params(("id" = Uuid, Path, description = "The route's id")),
    responses((status = 200, description = "The route", body = RouteView))
)]
#[get("/routes/{id}")]
pub async fn get_route(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    item(call.read(async |ctx| service::get_route(ctx, *id).await).await?)
}

/// Changes a route
///
/// Replaces title, term and note of a draft or of a route in rework.
#[utoipa::path(
    tag = "learning_routes", operation_id = "update_route", request_body = RouteUpdate,
    params(("id" = Uuid, Path, description = "The route's id")),
    responses((status = 200, description = "The route as it is now", body = RouteView))
)]
#[put("/routes/{id}")]
pub async fn update_route(call: Call, id: web::Path<Uuid>, body: Body<RouteUpdate>) -> Result<Reply> {
    let if_match = call.if_match()?;
    item(call.write(async |ctx| service::update_route(ctx, *id, if_match, body.to_change()).await).await?)
}

/// Replaces the stages of a route
///
/// The list becomes the stages of the route in this order; activities of a stage that is taken out stay without one.
#[utoipa::path(
    tag = "learning_routes", operation_id = "replace_route_stages", request_body = RouteStagesUpdate,
    params(("id" = Uuid, Path, description = "The route's id")),
    responses((status = 200, description = "The route as it is now", body = RouteView))
)]
#[put("/routes/{id}/stages")]
pub async fn replace_route_stages(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<RouteStagesUpdate>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    let stages = || body.stages.iter().cloned().map(Into::into).collect();
    item(call.write(async |ctx| service::replace_route_stages(ctx, *id, if_match, stages()).await).await?)
}
