//! From a resolved chain to frozen steps: each with its seat, or with what is missing.

use chrono::NaiveDate;
use uuid::Uuid;

use super::Submission;
use super::places::{Places, SeatHolder};
use crate::approvals::model::{Council, Deadline, FrozenStep, OnDeadline, Position, Seat, Step, StepKind};
use crate::db::Ctx;
use crate::error::{Error, Result};
use crate::regulations::profile::{
    ActorRelation, ChainStepKind, DeadlineAction, DeadlineDays, ResolvedChain, ResolvedStep, VacantSeatAction,
};

/// The chain with its places, and the steps that nobody but the caller could take.
pub(super) struct Frozen {
    pub(super) steps: Vec<FrozenStep>,
    pub(super) callers_alone: Vec<Position>,
}

/// Finds the place of every step. What cannot be found is reported at once, all of it.
pub(super) async fn freeze(
    ctx: &Ctx<'_>,
    submission: &Submission,
    chain: ResolvedChain,
    today: NaiveDate,
) -> Result<Frozen> {
    let places = Places::find(ctx, submission, &chain, today).await?;
    let (mut problems, mut steps, mut callers_alone) = (Vec::new(), Vec::new(), Vec::new());
    for step in chain.steps.into_iter().map(|step| places.not_of_own(step)) {
        let (organization, holder) = match places.of(&step) {
            Ok(place) => place,
            Err(_) if step.if_vacant == VacantSeatAction::Skip => (None, SeatHolder::Nobody),
            Err(problem) => {
                problems.push(*problem);
                continue;
            }
        };
        if places.is_only_of_submitter(holder) {
            callers_alone.push(Position(step.number));
        }
        steps.push(frozen(step, organization, holder));
    }
    if !problems.is_empty() {
        return Err(Error::invalid(problems));
    }
    Ok(Frozen { steps, callers_alone })
}

pub(super) fn frozen(step: ResolvedStep, organization: Option<Uuid>, holder: SeatHolder) -> FrozenStep {
    let seat = step.actor.role.map_or(Seat::Learner, Seat::Role);
    let deadline = step.deadline.as_ref();
    FrozenStep {
        key: step.key,
        in_association: step.actor.relation == ActorRelation::OwnAssociation,
        skipped: match step.if_vacant {
            VacantSeatAction::Wait => false,
            VacantSeatAction::Skip => holder != SeatHolder::Somebody,
            VacantSeatAction::SkipOwn => {
                matches!(holder, SeatHolder::LearnerAlone | SeatHolder::SubmitterAlone)
            }
        },
        paragraph: step.paragraph,
        step: Step {
            position: Position(step.number),
            kind: kind(step.kind),
            seat,
            organization,
            blocking: step.blocking,
            act_required: step.act_required,
            text_required: step.decision_text_required,
            may_return: step.may_return,
            taken_by_submission: step.satisfied_by_submission,
            deadline: deadline
                .map(|given| Deadline { days: given.days, working: given.day_kind == DeadlineDays::Working }),
            on_deadline: deadline.map_or(OnDeadline::Nothing, |given| at_deadline(given.at_deadline)),
            group: step.group_decision.is_some(),
            protocol_required: step.group_decision.as_ref().is_some_and(|body| body.protocol_required),
        },
        council: step.group_decision.map(|body| Council { ru: body.council_ru, en: body.council_en }),
        inserted: None,
    }
}

const fn kind(kind: ChainStepKind) -> StepKind {
    match kind {
        ChainStepKind::Endorse => StepKind::Endorse,
        ChainStepKind::Approve => StepKind::Approve,
        ChainStepKind::Discuss => StepKind::Discuss,
        ChainStepKind::Consent => StepKind::Consent,
        ChainStepKind::Acknowledge => StepKind::Acknowledge,
    }
}

const fn at_deadline(action: DeadlineAction) -> OnDeadline {
    match action {
        DeadlineAction::Remind => OnDeadline::Remind,
        DeadlineAction::Escalate => OnDeadline::Escalate,
        DeadlineAction::Lapse => OnDeadline::Lapse,
        DeadlineAction::Nothing => OnDeadline::Nothing,
    }
}
