//! How a route is followed: where its stages stand, and what holds it up. Reports and control are asked here.

use uuid::Uuid;

use super::super::model::{
    Gate, RouteDraft, RouteState, SettledStages, StageClosing, StageStanding, before_completion,
    before_start, standings,
};
use super::super::{controls, stage_reports, store};
use super::case::Case;
use crate::db::Ctx;
use crate::error::Result;

/// What is derived of a route that is followed.
#[derive(Debug, Clone, Default)]
pub struct Following {
    /// Where each stage stands, in their order.
    pub stages: Vec<StageStanding>,
    /// What is missing before the route may come into force, or be completed when it is.
    pub gates: Vec<Gate>,
}

/// The closed stages of a route, without asking who may see them.
pub(in crate::learning_routes) async fn closings(ctx: &Ctx<'_>, route_id: Uuid) -> Result<Vec<StageClosing>> {
    store::closings(ctx.conn, route_id).await
}

/// Stages that stay as they are whatever a revision says: those that are closed, and those with a report.
pub(in crate::learning_routes) async fn settled_stages(
    ctx: &Ctx<'_>,
    route_id: Uuid,
) -> Result<SettledStages> {
    let (closed, reports) = tokio::try_join!(
        store::closings(ctx.conn, route_id),
        stage_reports::service::of_route(ctx, route_id),
    )?;
    Ok(SettledStages {
        closed: closed.into_iter().map(|closing| closing.stage_id).collect(),
        reported: reports.into_iter().map(|report| report.stage_id).collect(),
    })
}

/// How the route is followed: three statements that travel together.
pub(super) async fn following(ctx: &Ctx<'_>, case: &Case, draft: &RouteDraft) -> Result<Following> {
    let (route, rules) = (&case.route, case.rules());
    let (closed, reports, done) = tokio::try_join!(
        store::closings(ctx.conn, route.id),
        stage_reports::service::of_route(ctx, route.id),
        controls::service::done_of(ctx, route.id),
    )?;
    let stages = standings(route.state, route.closed_on, &draft.stages, &closed, &reports, case.today);
    let gates = match route.state {
        RouteState::Active => before_completion(rules, &stages, &done),
        state if state.is_final() => Vec::new(),
        _ => before_start(rules, &done, !draft.budget.is_empty()),
    };
    Ok(Following { stages, gates })
}
