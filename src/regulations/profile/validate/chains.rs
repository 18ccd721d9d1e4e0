//! Checks of approval chains: every chain must be able to end in a decision by somebody who may take it.

use super::super::chains::{
    ActorRelation, ApprovalChain, ApprovalChains, ApprovalSubjectKind, ChainActor, ChainStep, ChainStepKind,
    DeadlineAction, VacantSeatAction,
};
use super::super::condition::{ChainCondition, ChainConditionKind, MAX_CONDITION_DEPTH};
use super::problem::{Problems, ProfileProblemCode as Code};
use crate::authz::{Level, Role};

pub(super) fn check(chains: &ApprovalChains, problems: &mut Problems) {
    for subject in ApprovalSubjectKind::ALL {
        if let Some(chain) = chains.get(*subject) {
            problems
                .within(&format!("/chains/{}", subject.as_str()), |problems| check_chain(chain, problems));
        }
    }
}

fn check_chain(chain: &ApprovalChain, problems: &mut Problems) {
    problems.duplicates("/steps", "key", chain.steps.iter().map(|step| step.key.as_str()));
    // A chain is to end in a decision for every subject, whatever its conditions answer and whoever has left.
    if !chain.steps.iter().any(always_decides) {
        problems.add("/steps", Code::ChainDecidesNothing);
    }
    let mut highest = None;
    for (index, step) in chain.steps.iter().enumerate() {
        let later = chain.steps.iter().skip(index + 1);
        let escalates = step.deadline.as_ref().is_some_and(|d| d.at_deadline == DeadlineAction::Escalate);
        problems.within(&format!("/steps/{index}"), |problems| {
            if escalates && !may_be_passed_over(step) {
                problems.add("/deadline/at_deadline", Code::EscalationOfDecision);
            } else if escalates && !later.into_iter().any(organization_decides) {
                problems.add("/deadline/at_deadline", Code::EscalationWithoutNextStep);
            }
            check_step(step, problems);
            let level = rank(step.actor.relation);
            if decides(step) && level.is_some() {
                if level < highest {
                    problems.add("/actor/relation", Code::LevelDescends);
                }
                highest = highest.max(level);
            }
        });
    }
}

/// Whether the chain waits for this step and it can stop the subject.
pub(super) fn decides(step: &ChainStep) -> bool {
    let kind = matches!(step.kind, ChainStepKind::Endorse | ChainStepKind::Approve | ChainStepKind::Consent);
    kind && step.blocking
}

fn always_decides(step: &ChainStep) -> bool {
    decides(step) && step.condition.is_none() && step.if_vacant == VacantSeatAction::Wait
}

/// Nobody's approval and nobody's consent is passed over because its time has run out.
const fn may_be_passed_over(step: &ChainStep) -> bool {
    matches!(step.kind, ChainStepKind::Endorse | ChainStepKind::Acknowledge)
}

/// Whether somebody of an organization, and not the learner, always decides at this step.
fn organization_decides(step: &ChainStep) -> bool {
    always_decides(step) && matches!(step.kind, ChainStepKind::Endorse | ChainStepKind::Approve)
}

fn check_step(step: &ChainStep, problems: &mut Problems) {
    let approves = step.kind == ChainStepKind::Approve;
    if step.act_required && !approves {
        problems.add("/act_required", Code::ActOnOtherThanApproval);
    }
    if step.may_return && matches!(step.kind, ChainStepKind::Discuss | ChainStepKind::Acknowledge) {
        problems.add("/may_return", Code::ReturnByNonDecidingStep);
    }
    if step.blocking && step.kind == ChainStepKind::Discuss {
        problems.add("/blocking", Code::BlockingDiscussion);
    }
    if step.satisfied_by_submission && approves {
        problems.add("/satisfied_by_submission", Code::ApprovalBySubmission);
    }
    if step.if_vacant != VacantSeatAction::Wait && approves {
        problems.add("/if_vacant", Code::SkippableApproval);
    }
    if step.kind == ChainStepKind::Consent && step.actor.relation != ActorRelation::Learner {
        problems.add("/actor/relation", Code::ConsentOfOther);
    }
    if step.group_decision.is_some() && step.actor.relation == ActorRelation::Learner {
        problems.add("/group_decision", Code::GroupDecisionOfLearner);
    }
    problems.within("/actor", |problems| check_actor(step.actor, problems));
    for (index, other) in step.stand_ins.iter().enumerate() {
        problems.within(&format!("/stand_ins/{index}"), |problems| check_other(*other, problems));
    }
    if let Some(condition) = &step.condition {
        problems.within("/condition", |problems| check_condition(condition, 1, problems));
    }
}

/// Whoever stands in for the learner is not the learner.
fn check_other(actor: ChainActor, problems: &mut Problems) {
    if actor.relation == ActorRelation::Learner {
        problems.add("/relation", Code::ActorRoleMismatch);
    } else {
        check_actor(actor, problems);
    }
}

fn check_actor(actor: ChainActor, problems: &mut Problems) {
    let learner = actor.relation == ActorRelation::Learner;
    match actor.role {
        None if learner => {}
        None => problems.add("/role", Code::ActorRoleMismatch),
        Some(_) if learner => problems.add("/role", Code::ActorRoleMismatch),
        Some(role) if holds_seat(actor.relation, role) => {}
        Some(_) => problems.add("/role", Code::RoleUnknownForRelation),
    }
}

/// Whether somebody with that role can be found where the relation leads, and may decide at all.
fn holds_seat(relation: ActorRelation, role: Role) -> bool {
    match (relation, role.level()) {
        // Readers, services and administrators of the platform take no decisions of substance.
        (_, None | Some(Level::Platform | Level::Person)) | (ActorRelation::Learner, _) => false,
        (ActorRelation::OwnAssociation, _) => role == Role::AssociationHead,
        (ActorRelation::OwnSchool, level) => level == Some(Level::School),
        (ActorRelation::OwnMunicipality, level) => level == Some(Level::Municipality),
        (ActorRelation::OwnRegion, level) => level == Some(Level::Region),
        (ActorRelation::SubjectOwner, _) => true,
    }
}

const fn rank(relation: ActorRelation) -> Option<u8> {
    match relation {
        ActorRelation::Learner | ActorRelation::SubjectOwner => None,
        ActorRelation::OwnAssociation | ActorRelation::OwnSchool => Some(1),
        ActorRelation::OwnMunicipality => Some(2),
        ActorRelation::OwnRegion => Some(3),
    }
}

fn check_condition(condition: &ChainCondition, depth: usize, problems: &mut Problems) {
    if depth > MAX_CONDITION_DEPTH {
        // Not looked into further: one answer suffices, and the depth of the text stays out of our stack.
        problems.add("", Code::ConditionTooDeep);
        return;
    }
    use ChainConditionKind as Kind;
    let kind = condition.kind;
    let inner = condition.conditions.len();
    let inner_fits = match kind {
        Kind::All | Kind::Any => inner > 0,
        Kind::Not => inner == 1,
        Kind::HoursAtLeast | Kind::ActivityKindIn | Kind::FundingSourceIn => inner == 0,
    };
    let operands = [
        ("/hours", condition.hours.is_some() == (kind == Kind::HoursAtLeast)),
        ("/activity_kinds", condition.activity_kinds.is_empty() != (kind == Kind::ActivityKindIn)),
        ("/funding_sources", condition.funding_sources.is_empty() != (kind == Kind::FundingSourceIn)),
        ("/conditions", inner_fits),
    ];
    for (pointer, fits) in operands {
        if !fits {
            problems.add(pointer, Code::ConditionOperand);
        }
    }
    for (index, inner) in condition.conditions.iter().enumerate() {
        problems
            .within(&format!("/conditions/{index}"), |problems| check_condition(inner, depth + 1, problems));
    }
}
