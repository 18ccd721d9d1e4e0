//! What may be done around a route now: the operations of the resources that hang on it.

use super::super::model::{Event, RouteState, StageStanding, StageStatus, step};
use super::super::{
    cards, comments, controls, hearings, petitions, policy, revisions, stage_reports, suggestions,
    support_records,
};
use super::gates::Following;
use super::people::namers;
use super::{Case, drafters, may_among};
use crate::authz::{Actor, Role, Rule, may};
use crate::learning_routes::stage_reports::vocabulary::StageReportState;

/// An operation, and whether the actor may do it now.
type Offer = (&'static Rule, bool);

/// Everything around the route, one function for each resource.
pub(super) fn around(actor: &Actor, case: &Case) -> Vec<Offer> {
    [
        changes(actor, case),
        people(actor, case),
        discussion(actor, case),
        hearing(actor, case),
        support(actor, case),
    ]
    .concat()
}

/// Changes of a route in force: revisions, petitions, the periodic update; and the approval of its card.
fn changes(actor: &Actor, case: &Case) -> Vec<Offer> {
    let active = case.route.state == RouteState::Active;
    let target = case.target();
    let offer =
        |rule: &'static Rule, roles: &[Role]| (rule, active && may_among(actor, rule, &target, roles));
    let life = &case.rules().life;
    let revising = [petitions::service::enterers(case.rules()), drafters(case.rules())].concat();
    let petitioners = life.changes.as_ref().map(|rule| rule.petitioners.clone()).unwrap_or_default();
    let updaters = life.periodic_update.as_ref().map(|rule| rule.updated_by.clone()).unwrap_or_default();
    vec![
        offer(&revisions::policy::CREATE_ROUTE_REVISION, &revising),
        offer(&petitions::policy::CREATE_ROUTE_PETITION, &petitioners),
        offer(&revisions::policy::UPDATE_ROUTE_PERIODICALLY, &updaters),
        (&cards::policy::SUBMIT_ROUTE_CARD, cards::service::may_submit(actor, case)),
    ]
}

fn people(actor: &Actor, case: &Case) -> Vec<Offer> {
    let open = !case.route.state.is_final();
    let (target, allowed) = (case.target(), namers(case.rules()));
    let names = |rule: &'static Rule| (rule, open && may_among(actor, rule, &target, &allowed));
    let rule = &policy::SET_ROUTE_DISCUSSION;
    let opens = open
        && case.rules().people.discussants.is_some()
        && may_among(actor, rule, &case.target(), &drafters(case.rules()));
    vec![names(&policy::SET_ROUTE_TUTOR), names(&policy::SET_ROUTE_CURATOR), (rule, opens)]
}

fn discussion(actor: &Actor, case: &Case) -> Vec<Offer> {
    let comment = &comments::policy::CREATE_ROUTE_COMMENT;
    let suggest = &suggestions::policy::CREATE_ROUTE_SUGGESTION;
    let suggesters = suggestions::model::suggesters(case.rules());
    let suggests =
        step(case.route.state, Event::Edit).is_ok() && may_among(actor, suggest, &case.target(), &suggesters);
    vec![(comment, may(actor, comment, &case.reading_target())), (suggest, suggests)]
}

fn hearing(actor: &Actor, case: &Case) -> Vec<Offer> {
    let rule = &hearings::policy::RECORD_ROUTE_HEARING;
    let heard = case.rules().life.hearing.is_some() && case.route.activated_on.is_some();
    let is_learner = actor.is_person(case.route.person_id);
    vec![(rule, heard && !is_learner && may(actor, rule, &case.target()))]
}

fn support(actor: &Actor, case: &Case) -> Vec<Offer> {
    let rule = &support_records::policy::RECORD_ROUTE_SUPPORT;
    vec![(rule, support_records::service::may_support(actor, case))]
}

/// Reports, stages and control.
pub(super) fn of_following(actor: &Actor, case: &Case, following: &Following) -> Vec<String> {
    let (route, target) = (&case.route, case.accompanied());
    let own = actor.is_person(route.person_id);
    let active = route.state == RouteState::Active;
    let begun = |status| matches!(status, StageStatus::Running | StageStatus::Late);
    let reportable = following.stages.iter().any(|stage| begun(stage.status) && stage.report.is_none());
    let needs_report = case.rules().content.stages.as_ref().is_some_and(|rule| rule.report_before_closing);
    let closable = |stage: &StageStanding| {
        let accepted = stage.report.is_some_and(|(_, state)| state == StageReportState::Accepted);
        stage.closing.is_none() && (accepted || !needs_report)
    };
    let closes =
        step(route.state, Event::CloseStage).is_ok() && following.stages.iter().any(closable) && !own;
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
