//! How a route is followed: where its stages stand, and what holds it up. Reports and control are asked here.

use uuid::Uuid;

use super::super::model::{
    Gate, RouteDraft, RouteState, StageClosing, StageStanding, before_completion, before_start, standings,
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

/// How the route is followed: four statements that travel together.
pub(super) async fn following(ctx: &Ctx<'_>, case: &Case, draft: &RouteDraft) -> Result<Following> {
    let (route, rules) = (&case.route, case.rules());
    let (closed, reports, done, funded) = tokio::try_join!(
        store::closings(ctx.conn, route.id),
        stage_reports::service::of_route(ctx, route.id),
        controls::service::done_of(ctx, route.id),
        store::is_funded(ctx.conn, route.id),
    )?;
    let stages = standings(route.state, route.closed_on, &draft.stages, &closed, &reports, case.today);
    let gates = match route.state {
        RouteState::Active => before_completion(rules, &stages, &done),
        state if state.is_final() => Vec::new(),
        _ => before_start(rules, &done, funded),
    };
    Ok(Following { stages, gates })
}
