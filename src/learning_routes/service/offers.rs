//! What a caller may do with a route beside changing it: one function for each resource around routes.

use super::super::model::{Event, RouteState, StageStatus, step};
use super::super::{controls, policy, stage_reports};
use super::case::{Case, may_among};
use super::gates::Following;
use crate::authz::{Actor, may};

/// Reports, stages and control.
pub(super) fn of_following(actor: &Actor, case: &Case, following: &Following) -> Vec<String> {
    let (route, target) = (&case.route, case.accompanied());
    let own = actor.is_person(route.person_id);
    let active = route.state == RouteState::Active;
    let begun = |status| matches!(status, StageStatus::Running | StageStatus::Late);
    let reportable = following.stages.iter().any(|stage| begun(stage.status) && stage.report.is_none());
    let open = following.stages.iter().any(|stage| stage.closing.is_none());
    let closes = step(route.state, Event::CloseStage).is_ok() && open && !own;
    let control = case.regulation.profile.support.control.as_ref();
    let plans = |rule: &crate::regulations::profile::RouteControlRule| {
        !route.state.is_final()
            && may_among(actor, &controls::policy::PLAN_ROUTE_CONTROL, &target, &rule.recorded_by)
    };
    let submit = &stage_reports::policy::SUBMIT_STAGE_REPORT;
    [
        (submit, active && reportable && may(actor, submit, &target)),
        (&policy::CLOSE_ROUTE_STAGE, closes && may(actor, &policy::CLOSE_ROUTE_STAGE, &target)),
        (&controls::policy::PLAN_ROUTE_CONTROL, control.is_some_and(plans)),
    ]
    .into_iter()
    .filter(|(_, allowed)| *allowed)
    .map(|(rule, _)| rule.operation.to_owned())
    .collect()
}
