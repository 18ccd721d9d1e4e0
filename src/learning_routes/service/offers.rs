//! What may be done around a route now: the operations of the resources that hang on it.

use super::super::model::{Event, step};
use super::super::{comments, hearings, policy, suggestions, support_records};
use super::people::namers;
use super::{Case, drafters, may_among};
use crate::authz::{Actor, Rule, may};

/// An operation, and whether the actor may do it now.
type Offer = (&'static Rule, bool);

/// Everything around the route, one function for each resource.
pub(super) fn around(actor: &Actor, case: &Case) -> Vec<Offer> {
    [people(actor, case), discussion(actor, case), hearing(actor, case), support(actor, case)].concat()
}

fn people(actor: &Actor, case: &Case) -> Vec<Offer> {
    let open = !case.route.state.is_final();
    let (target, allowed) = (case.target(), namers(case.rules()));
    let names = |rule: &'static Rule| (rule, open && may_among(actor, rule, &target, &allowed));
    let rule = &policy::SET_ROUTE_DISCUSSION;
    let opens = case.rules().people.discussants.is_some()
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
