//! What is written in a route, replaced as a whole or list by list.

use actix_web::{put, web};
use uuid::Uuid;

use super::super::dto::{
    RouteBudgetUpdate, RouteContentBody, RouteEvidenceUpdate, RouteProblemsUpdate, RouteStudyPlanUpdate,
    RouteView,
};
use super::super::service;
use super::item;
use crate::error::Result;
use crate::http::{Body, Call, Reply};

/// Replaces the contents of a route
///
/// Everything that is written in a draft or a route in rework, in one document: title, term, note, problems, evidence,
/// stages, activities, study plan and budget. Items are matched by id; those left out are taken out; what has become of
/// an activity stays. Lines of a part may be changed by the editors of that part, everything else by the drafters.
#[utoipa::path(
    tag = "learning_routes", operation_id = "replace_route_contents", request_body = RouteContentBody,
    params(("id" = Uuid, Path, description = "The route's id")),
    responses((status = 200, description = "The route as it is now", body = RouteView))
)]
#[put("/routes/{id}/contents")]
pub async fn replace_route_contents(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<RouteContentBody>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    let content = || body.0.clone().into();
    item(call.write(async |ctx| service::replace_route_contents(ctx, *id, if_match, content()).await).await?)
}

/// Replaces the problems of a route
///
/// The problems of professional development that a draft answers. Activities lose their links to those taken out.
#[utoipa::path(
    tag = "learning_routes", operation_id = "replace_route_problems", request_body = RouteProblemsUpdate,
    params(("id" = Uuid, Path, description = "The route's id")),
    responses((status = 200, description = "The route as it is now", body = RouteView))
)]
#[put("/routes/{id}/problems")]
pub async fn replace_route_problems(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<RouteProblemsUpdate>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    let problems = || body.problems.iter().cloned().map(Into::into).collect();
    item(call.write(async |ctx| service::replace_route_problems(ctx, *id, if_match, problems()).await).await?)
}

/// Replaces the evidence of a route
///
/// What the development of a draft rests on: monitoring, internal control, difficulties, studies of the market, findings.
#[utoipa::path(
    tag = "learning_routes", operation_id = "replace_route_evidence", request_body = RouteEvidenceUpdate,
    params(("id" = Uuid, Path, description = "The route's id")),
    responses((status = 200, description = "The route as it is now", body = RouteView))
)]
#[put("/routes/{id}/evidence")]
pub async fn replace_route_evidence(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<RouteEvidenceUpdate>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    let evidence = || body.evidence.iter().cloned().map(Into::into).collect();
    item(call.write(async |ctx| service::replace_route_evidence(ctx, *id, if_match, evidence()).await).await?)
}

/// Replaces the study plan of a route
///
/// The thematic study plan of a draft. Where the regulation demands it, its hours equal those of the activities when
/// the route is handed in.
#[utoipa::path(
    tag = "learning_routes", operation_id = "replace_route_study_plan", request_body = RouteStudyPlanUpdate,
    params(("id" = Uuid, Path, description = "The route's id")),
    responses((status = 200, description = "The route as it is now", body = RouteView))
)]
#[put("/routes/{id}/study-plan")]
pub async fn replace_route_study_plan(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<RouteStudyPlanUpdate>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    let plan = || body.study_plan.iter().cloned().map(Into::into).collect();
    item(call.write(async |ctx| service::replace_route_study_plan(ctx, *id, if_match, plan()).await).await?)
}

/// Replaces the budget of a route
///
/// Amounts by source, for single stages where the regulation allows that. None is allowed too.
#[utoipa::path(
    tag = "learning_routes", operation_id = "replace_route_budget", request_body = RouteBudgetUpdate,
    params(("id" = Uuid, Path, description = "The route's id")),
    responses((status = 200, description = "The route as it is now", body = RouteView))
)]
#[put("/routes/{id}/budget")]
pub async fn replace_route_budget(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<RouteBudgetUpdate>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    let budget = || body.budget.iter().cloned().map(Into::into).collect();
    item(call.write(async |ctx| service::replace_route_budget(ctx, *id, if_match, budget()).await).await?)
}
