//! The closed sets of approvals as they travel.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::super::model::{DecisionKind, Event, OnDeadline, State, StepKind, StepState};
use super::super::service::{OpenVerdict, Verdict};
use super::super::store::OutboxOf;

/// Where a request stands (состояние). Lateness is not a state: see `overdue`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ApprovalState)]
pub enum ApprovalStateDto {
    /// Waits at a step (на рассмотрении).
    InReview,
    /// Sent back for rework with a reason and a date (на доработке).
    Returned,
    /// Every step that decides was taken (утверждено).
    Approved,
    /// Refused for good (отклонено).
    Rejected,
    /// Taken back by its submitter, or for the submitter (отозвано).
    Withdrawn,
    /// Ended by a deadline (истекло).
    Lapsed,
}

impl ApprovalStateDto {
    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InReview => "in_review",
            Self::Returned => "returned",
            Self::Approved => "approved",
            Self::Rejected => "rejected",
            Self::Withdrawn => "withdrawn",
            Self::Lapsed => "lapsed",
        }
    }
}

impl From<&State> for ApprovalStateDto {
    fn from(state: &State) -> Self {
        match state {
            // A draft is never stored: what is not submitted is no request.
            State::Draft | State::InReview { .. } => Self::InReview,
            State::Returned { .. } => Self::Returned,
            State::Approved => Self::Approved,
            State::Rejected => Self::Rejected,
            State::Withdrawn => Self::Withdrawn,
            State::Lapsed => Self::Lapsed,
        }
    }
}

/// What a step asks for (вид шага).
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ApprovalStepKind)]
pub enum ApprovalStepKindDto {
    /// Agreement of a side (согласование).
    Endorse,
    /// Approval (утверждение).
    Approve,
    /// An opinion; never holds the chain up (обсуждение).
    Discuss,
    /// Consent of the learner (согласие работника).
    Consent,
    /// Taking note (ознакомление).
    Acknowledge,
}

crate::values::mirror!(ApprovalStepKindDto => StepKind { Endorse, Approve, Discuss, Consent, Acknowledge });

/// Where a step stands in the current round (состояние шага).
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ApprovalStepState)]
pub enum ApprovalStepStateDto {
    /// Its turn has not come.
    Pending,
    /// It waits for a decision.
    Open,
    /// It was decided in this round.
    Decided,
    /// It was passed over at submission: nobody but the learner held the role.
    Skipped,
    /// Its time ran out in this round, and the chain went on without it.
    PassedOver,
    /// Somebody had put it in, and somebody who decides after it took it out again.
    Removed,
}

crate::values::mirror!(ApprovalStepStateDto => StepState { Pending, Open, Decided, Skipped, PassedOver, Removed });

/// What happens when a deadline passes (действие по сроку).
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ApprovalAtDeadline)]
pub enum AtDeadlineDto {
    /// The seat is reminded once.
    Remind,
    /// The step is passed over and the chain goes on; where nobody would decide after it, the seat is reminded.
    Escalate,
    /// The request ends.
    Lapse,
    /// Lateness is only shown.
    Nothing,
}

crate::values::mirror!(AtDeadlineDto => OnDeadline { Remind, Escalate, Lapse, Nothing });

/// How the days of a deadline are counted (счёт дней).
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ApprovalDeadlineUnit)]
pub enum DeadlineUnitDto {
    /// Every day.
    Calendar,
    /// Without Saturdays and Sundays.
    Working,
}

/// What is decided (решение).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ApprovalDecisionKind)]
pub enum ApprovalDecisionKindDto {
    /// Agrees (согласовано); answers a step `endorse`.
    Endorse,
    /// Approves (утверждено); answers a step `approve`.
    Approve,
    /// The learner consents (согласен); answers a step `consent`.
    Consent,
    /// Has read it (ознакомлен); answers a step `acknowledge`.
    Acknowledge,
    /// Says what one thinks of it (мнение); answers a step `discuss`.
    Opinion,
    /// Sends it back for rework with a reason and a date (на доработку).
    Return,
    /// Refuses it for good with a reason (отклонено).
    Reject,
}

impl From<ApprovalDecisionKindDto> for Verdict {
    fn from(decision: ApprovalDecisionKindDto) -> Self {
        match decision {
            ApprovalDecisionKindDto::Endorse => Self::Positive(DecisionKind::Endorse),
            ApprovalDecisionKindDto::Approve => Self::Positive(DecisionKind::Approve),
            ApprovalDecisionKindDto::Consent => Self::Positive(DecisionKind::Consent),
            ApprovalDecisionKindDto::Acknowledge => Self::Positive(DecisionKind::Acknowledge),
            ApprovalDecisionKindDto::Opinion => Self::Positive(DecisionKind::Opinion),
            ApprovalDecisionKindDto::Return => Self::Return,
            ApprovalDecisionKindDto::Reject => Self::Reject,
        }
    }
}

impl From<DecisionKind> for ApprovalDecisionKindDto {
    fn from(kind: DecisionKind) -> Self {
        match kind {
            DecisionKind::Endorse => Self::Endorse,
            DecisionKind::Approve => Self::Approve,
            DecisionKind::Consent => Self::Consent,
            DecisionKind::Acknowledge => Self::Acknowledge,
            DecisionKind::Opinion => Self::Opinion,
        }
    }
}

impl From<OpenVerdict> for ApprovalDecisionKindDto {
    fn from(verdict: OpenVerdict) -> Self {
        match verdict {
            OpenVerdict::Positive(kind) => kind.into(),
            OpenVerdict::Return => Self::Return,
            OpenVerdict::Reject => Self::Reject,
        }
    }
}

/// Which requests an outbox holds (чьи согласования).
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ApprovalOutboxOf {
    /// Those that the caller handed in (поданные).
    Submitted,
    /// Those that are about the caller (обо мне).
    AboutMe,
    /// Those on which the caller decided, in whosever name, or somebody else in the caller's (решённые).
    Decided,
}

impl From<ApprovalOutboxOf> for OutboxOf {
    fn from(of: ApprovalOutboxOf) -> Self {
        match of {
            ApprovalOutboxOf::Submitted => Self::Submitted,
            ApprovalOutboxOf::AboutMe => Self::AboutMe,
            ApprovalOutboxOf::Decided => Self::Decided,
        }
    }
}

/// What happened to a request (событие).
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ApprovalEventKind)]
pub enum ApprovalEventKindDto {
    /// Handed in, or handed in again after rework.
    Submit,
    /// Agreed.
    Endorse,
    /// Approved.
    Approve,
    /// Consented to by the learner.
    Consent,
    /// Taken note of.
    Acknowledge,
    /// An opinion was given.
    Opinion,
    /// Sent back for rework.
    Return,
    /// Refused for good.
    Reject,
    /// Taken back by the submitter, or for the submitter by somebody who answers for the organization.
    Withdraw,
    /// A deadline passed.
    Deadline,
    /// Somebody who is asked put another step before the own one.
    Insert,
    /// Somebody who decides after it took such a step out again.
    Remove,
    /// The learner works at the organization no longer: the request ended.
    LearnerLeft,
    /// What was handed in ended with the thing it belongs to, a revision with its route: the request ended.
    SubjectEnded,
}

impl From<&Event> for ApprovalEventKindDto {
    fn from(event: &Event) -> Self {
        match event {
            Event::Submit { .. } => Self::Submit,
            Event::Decide(decision) => match decision.kind {
                DecisionKind::Endorse => Self::Endorse,
                DecisionKind::Approve => Self::Approve,
                DecisionKind::Consent => Self::Consent,
                DecisionKind::Acknowledge => Self::Acknowledge,
                DecisionKind::Opinion => Self::Opinion,
            },
            Event::Return { .. } => Self::Return,
            Event::Reject { .. } => Self::Reject,
            Event::Withdraw { .. } => Self::Withdraw,
            Event::Deadline => Self::Deadline,
            Event::Insert(_) => Self::Insert,
            Event::Remove { .. } => Self::Remove,
            Event::LearnerLeft => Self::LearnerLeft,
            Event::SubjectEnded { .. } => Self::SubjectEnded,
        }
    }
}
