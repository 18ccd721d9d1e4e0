//! Whom the regulation lets revise a route.

use super::super::model::{Revision, RevisionCause};
use super::super::policy;
use crate::authz::{Actor, Role, Rule};
use crate::learning_routes::model::RouteContent;
use crate::learning_routes::service::content::allowed;
use crate::learning_routes::service::{Case, drafters, may_among};

pub(super) use crate::learning_routes::petitions::service::enterers;

/// Whoever may make this change: those who enter changes; drafters and editors of the parts, as far as they may change
/// a draft; for the periodic update those who make it.
pub(super) fn changers(
    case: &Case,
    cause: RevisionCause,
    now: &RouteContent,
    revised: &RouteContent,
) -> Vec<Role> {
    let rules = case.rules();
    let mut roles = enterers(rules);
    let drafting = drafters(rules);
    roles.extend(allowed(case, now, revised).into_iter().filter(|role| drafting.contains(role)));
    if let Some(rule) = &rules.life.periodic_update
        && cause == RevisionCause::PeriodicUpdate
    {
        roles.extend(&rule.updated_by);
    }
    roles
}

/// Whether the actor may do that with the revision, as far as rights go.
pub(super) fn may(
    actor: &Actor,
    case: &Case,
    rule: &'static Rule,
    revision: &Revision,
    now: &RouteContent,
) -> bool {
    let withdraws = std::ptr::eq(rule, &policy::WITHDRAW_ROUTE_REVISION);
    if withdraws && !may_withdraw(actor, case, revision) {
        return false;
    }
    may_among(actor, rule, &case.target(), &changers(case, revision.cause, now, &revision.content))
}

/// Its author gives a revision up, or whoever enters changes.
pub(super) fn may_withdraw(actor: &Actor, case: &Case, revision: &Revision) -> bool {
    revision.author_id.is_some_and(|author| actor.is_person(author))
        || may_among(actor, &policy::WITHDRAW_ROUTE_REVISION, &case.target(), &enterers(case.rules()))
}
