//! Which steps a subject passes under a profile. Pure: the caller freezes the answer with the request.

use super::Profile;
use super::chains::{
    ApprovalSubjectKind, ChainActor, ChainStep, ChainStepKind, GroupDecisionRule, StepDeadline,
    VacantSeatAction,
};
use super::condition::ChainFacts;
use super::route_life::RouteChangeMode;
use super::validate::ValidProfile;
use crate::authz::Role;

/// The steps a subject passes, in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResolvedChain {
    /// What is approved.
    pub subject: ApprovalSubjectKind,
    /// The steps whose conditions hold; numbered from 1 without gaps.
    pub steps: Vec<ResolvedStep>,
}

/// A step as it is frozen with a request: conditions are already answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResolvedStep {
    /// Number in the chain, from 1.
    pub number: u16,
    /// Stable name of the step.
    pub key: String,
    /// What is asked.
    pub kind: ChainStepKind,
    /// Who is asked.
    pub actor: ChainActor,
    /// Whether the next step waits for this one.
    pub blocking: bool,
    /// Whether the decision names an act.
    pub act_required: bool,
    /// Whether the decision needs a written text.
    pub decision_text_required: bool,
    /// Whether the step may return for rework, with its reason and the day by which it is due.
    pub may_return: bool,
    /// Whether submitting by the actor takes the step.
    pub satisfied_by_submission: bool,
    /// What happens when nobody but the learner or the submitter holds the role.
    pub if_vacant: VacantSeatAction,
    /// Who is asked instead when nobody but the learner or the submitter holds the role, in order of preference.
    pub stand_ins: Vec<ChainActor>,
    /// The body that decides, where one does.
    pub group_decision: Option<GroupDecisionRule>,
    /// The time given.
    pub deadline: Option<StepDeadline>,
    /// Paragraph of the regulation.
    pub paragraph: Option<String>,
}

/// Who decides on a subject whose own operation decides: the roles of the approving steps of its chain, the ministry where
/// no chain names any.
pub fn deciding_roles(profile: Option<&Profile>, subject: ApprovalSubjectKind) -> Vec<Role> {
    let chain = profile.and_then(|profile| profile.chains.get(subject));
    let named: Vec<Role> = chain
        .into_iter()
        .flat_map(|chain| &chain.steps)
        .filter(|step| step.kind == ChainStepKind::Approve)
        .filter_map(|step| step.actor.role)
        .collect();
    if named.is_empty() { vec![Role::MinistryOfficer] } else { named }
}

/// The chain of a subject, or `None` when it needs no approval.
pub fn resolve(
    profile: &ValidProfile,
    subject: ApprovalSubjectKind,
    facts: &ChainFacts,
) -> Option<ResolvedChain> {
    let chains = &profile.chains;
    let chain = match subject {
        ApprovalSubjectKind::RouteRevision if changes_are_free(profile) => None,
        // What was approved is not changed behind the backs of those who approved it.
        ApprovalSubjectKind::RouteRevision => chains.route_revision.as_ref().or(chains.route.as_ref()),
        _ => chains.get(subject),
    }?;
    let steps = chain.steps.iter().filter(|step| step.condition.as_ref().is_none_or(|c| c.holds(facts)));
    Some(ResolvedChain {
        subject,
        steps: (1..).zip(steps).map(|(number, step)| freeze(number, step)).collect(),
    })
}

fn changes_are_free(profile: &ValidProfile) -> bool {
    profile.route.life.changes.as_ref().is_some_and(|rule| rule.mode == RouteChangeMode::Free)
}

fn freeze(number: u16, step: &ChainStep) -> ResolvedStep {
    ResolvedStep {
        number,
        key: step.key.clone(),
        kind: step.kind,
        actor: step.actor,
        blocking: step.blocking,
        act_required: step.act_required,
        decision_text_required: step.decision_text_required,
        may_return: step.may_return,
        satisfied_by_submission: step.satisfied_by_submission,
        if_vacant: step.if_vacant,
        stand_ins: step.stand_ins.clone(),
        group_decision: step.group_decision.clone(),
        deadline: step.deadline.clone(),
        paragraph: step.paragraph.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{ActivityKind, FundingSource, parse_value, validate};
    use super::*;
    use crate::values::Hours;
    use serde_json::{Value, json};

    fn profile(value: Value) -> ValidProfile {
        validate(&parse_value(value).unwrap()).unwrap()
    }

    fn keys(profile: &ValidProfile, subject: ApprovalSubjectKind, facts: &ChainFacts) -> Vec<String> {
        resolve(profile, subject, facts).unwrap().steps.into_iter().map(|step| step.key).collect()
    }

    fn approve(key: &str) -> Value {
        json!({"key": key, "kind": "approve", "actor": {"relation": "own_school", "role": "director"}})
    }

    fn conditional(condition: Value) -> ValidProfile {
        let mut step = approve("extra");
        step["kind"] = json!("endorse");
        step["condition"] = condition;
        profile(json!({"chains": {"route": {"steps": [step, approve("director")]}}}))
    }

    #[test]
    fn a_conditional_step_appears_only_when_its_condition_holds() {
        let by_hours = conditional(json!({"kind": "hours_at_least", "hours": 72}));
        let few = ChainFacts { hours: Hours::from_halves(143), ..ChainFacts::default() };
        let enough = ChainFacts { hours: Hours::whole(72), ..ChainFacts::default() };
        assert_eq!(keys(&by_hours, ApprovalSubjectKind::Route, &few), ["director"]);
        assert_eq!(keys(&by_hours, ApprovalSubjectKind::Route, &enough), ["extra", "director"]);
    }

    #[test]
    fn conditions_combine() {
        let paid_internship = conditional(json!({"kind": "all", "conditions": [
            {"kind": "activity_kind_in", "activity_kinds": ["internship"]},
            {"kind": "not", "conditions": [{"kind": "funding_source_in", "funding_sources": ["own"]}]},
        ]}));
        let facts = |source| ChainFacts {
            activity_kinds: vec![ActivityKind::Event, ActivityKind::Internship],
            funding_sources: vec![source],
            ..ChainFacts::default()
        };
        let route = ApprovalSubjectKind::Route;
        assert_eq!(keys(&paid_internship, route, &facts(FundingSource::Own)), ["director"]);
        assert_eq!(keys(&paid_internship, route, &facts(FundingSource::Grant)), ["extra", "director"]);
    }

    #[test]
    fn a_revision_without_its_own_chain_passes_that_of_the_route() {
        let facts = ChainFacts::default();
        let plain = profile(json!({"chains": {"route": {"steps": [approve("director")]}}}));
        assert_eq!(keys(&plain, ApprovalSubjectKind::RouteRevision, &facts), ["director"]);
        assert_eq!(resolve(&plain, ApprovalSubjectKind::Plan, &facts), None);
        let free = profile(json!({
            "chains": {"route": {"steps": [approve("director")]}},
            "route": {"life": {"changes": {"mode": "free"}}},
        }));
        assert_eq!(resolve(&free, ApprovalSubjectKind::RouteRevision, &facts), None);
    }

    #[test]
    fn steps_are_numbered_without_gaps() {
        let by_hours = conditional(json!({"kind": "hours_at_least", "hours": 72}));
        let resolved = resolve(&by_hours, ApprovalSubjectKind::Route, &ChainFacts::default()).unwrap();
        assert_eq!(resolved.steps[0].number, 1);
        assert!(!resolved.steps[0].may_return);
    }
}
