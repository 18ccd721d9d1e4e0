//! Steps about routes: how they are written, approved, followed and reported.

use uuid::Uuid;

use super::requests::{Made, Request, made};
use crate::approvals::dto::ApprovalDecisionCreate;
use crate::approvals::model::State;
use crate::approvals::service as approvals;
use crate::db::Ctx;
use crate::error::{Error, Result};
use crate::learning_routes::cards::service as cards;
use crate::learning_routes::comments::dto::RouteCommentCreate;
use crate::learning_routes::comments::service as comments;
use crate::learning_routes::controls::dto::{RouteControlFact, RouteControlPlan};
use crate::learning_routes::controls::service as controls;
use crate::learning_routes::dto::{RouteContentBody, RouteCreate, RoutePersonUpdate};
use crate::learning_routes::model::Route;
use crate::learning_routes::service as routes;
use crate::learning_routes::stage_reports::dto::{StageReportAcceptance, StageReportBody};
use crate::learning_routes::stage_reports::service as stage_reports;
use crate::regulations::profile::ApprovalSubjectKind;

/// Carries the operation out, if it is one of these.
pub(super) async fn perform(ctx: &Ctx<'_>, operation: &str, request: &Request) -> Result<Option<Made>> {
    let made = match operation {
        "create_route" => {
            let new = request.body::<RouteCreate>()?.to_new();
            made(routes::create_route(ctx, new).await?.draft.route.id)
        }
        "replace_route_contents" => {
            let content = request.body::<RouteContentBody>()?.into();
            let Route { id, version, .. } = route(ctx, request).await?;
            routes::replace_route_contents(ctx, id, version, content).await?;
            made(id)
        }
        "set_route_tutor" => {
            let tutor = request.body::<RoutePersonUpdate>()?.person_id;
            let Route { id, version, .. } = route(ctx, request).await?;
            routes::set_route_tutor(ctx, id, version, tutor).await?;
            made(id)
        }
        "create_route_comment" => {
            let body = request.body::<RouteCommentCreate>()?;
            made(comments::create_route_comment(ctx, request.id()?, body.about(), body.text).await?.id)
        }
        "submit_route" => {
            let Route { id, version, .. } = route(ctx, request).await?;
            made(routes::submit_route(ctx, id, version).await?.draft.route.id)
        }
        "submit_route_card" => {
            let Route { id, version, .. } = route(ctx, request).await?;
            made(cards::submit_route_card(ctx, id, version).await?.card.id)
        }
        "decide_approval" => decide_approval(ctx, request).await?,
        "activate_route" => {
            let Route { id, version, .. } = route(ctx, request).await?;
            made(routes::activate_route(ctx, id, version).await?.draft.route.id)
        }
        "plan_route_control" => {
            let plan = request.body::<RouteControlPlan>()?.into();
            made(controls::plan_route_control(ctx, request.id()?, plan).await?.control.id)
        }
        "record_route_control" => {
            let fact = request.body::<RouteControlFact>()?.into();
            let control = controls::get_route_control(ctx, request.id()?).await?.control;
            made(controls::record_route_control(ctx, control.id, control.version, fact).await?.control.id)
        }
        "submit_stage_report" => {
            let data = request.body::<StageReportBody>()?.into();
            let (route_id, stage_id) = stage(ctx, request).await?;
            made(stage_reports::submit_stage_report(ctx, route_id, stage_id, data).await?.report.id)
        }
        "accept_stage_report" => {
            let note = request.body::<StageReportAcceptance>()?.note;
            let (route_id, stage_id) = stage(ctx, request).await?;
            let report = stage_reports::get_stage_report(ctx, route_id, stage_id).await?.report;
            made(stage_reports::accept_stage_report(ctx, report.id, report.version, note).await?.report.id)
        }
        _ => return Ok(None),
    };
    Ok(Some(made))
}

async fn route(ctx: &Ctx<'_>, request: &Request) -> Result<Route> {
    Ok(routes::get_route(ctx, request.id()?).await?.draft.route)
}

/// The route and its stage of that number.
async fn stage(ctx: &Ctx<'_>, request: &Request) -> Result<(Uuid, Uuid)> {
    let (route_id, number) = (request.id()?, usize::try_from(request.number()?).map_err(Error::internal)?);
    let stages = routes::get_route(ctx, route_id).await?.draft.stages;
    let stage = stages.get(number.saturating_sub(1)).ok_or_else(|| Error::internal("demo: no such stage"))?;
    Ok((route_id, stage.id))
}

/// A decision on the request that is open for what was handed in: a route or its card, a plan, an order or its placement.
async fn decide_approval(ctx: &Ctx<'_>, request: &Request) -> Result<Made> {
    use ApprovalSubjectKind::{Plan, Route, RouteCard, TrainingOrder, TrainingOrderPlacement};
    let decision = request.body::<ApprovalDecisionCreate>()?.into();
    let subject = request.id()?;
    for kind in [Route, RouteCard, Plan, TrainingOrder, TrainingOrderPlacement] {
        let asked = approvals::request_of(ctx, kind, subject).await?;
        if let Some(asked) = asked.filter(|asked| matches!(asked.state, State::InReview { .. })) {
            approvals::decide(ctx, asked.id, asked.version, decision).await?;
            return Ok(made(subject));
        }
    }
    Err(Error::internal("demo: nothing was handed in"))
}
