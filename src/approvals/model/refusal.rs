//! Why an event is refused.

use super::chain::StepKind;
use super::meeting::MeetingFault;

/// The reason an event does not happen. Every one has a stable code for the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Refusal {
    /// The request has ended.
    #[error("the request has ended")]
    AlreadyFinal,
    /// The request is in review already.
    #[error("the request is in review already")]
    AlreadySubmitted,
    /// The request is not in review: a draft, or in rework.
    #[error("the request is not in review")]
    NotInReview,
    /// Only the submitter submits and withdraws.
    #[error("only the submitter may do this")]
    NotSubmitter,
    /// The step belongs to another seat.
    #[error("the step belongs to another role or organization")]
    NotYourStep,
    /// The step belongs to the learner alone (P4-11).
    #[error("only the learner may take this step")]
    NotTheLearner,
    /// Nobody decides on a request of his or her own.
    #[error("nobody decides on a request of his or her own")]
    OwnRequest,
    /// The same person does not take two steps of one round.
    #[error("the same person does not take two steps of one round")]
    AlreadyTookStep,
    /// One person gives one opinion per round.
    #[error("an opinion of this person stands already")]
    AlreadyGaveOpinion,
    /// The step was taken in this round already.
    #[error("the step has been decided already")]
    StepAlreadyDecided,
    /// The step's turn has not come.
    #[error("the turn of this step has not come")]
    StepNotOpen,
    /// The chain has no such step.
    #[error("the chain has no such step")]
    UnknownStep,
    /// The step asks for another kind of decision.
    #[error("the step asks for: {}", .0.as_str())]
    WrongDecision(StepKind),
    /// A step that only takes note neither returns nor rejects.
    #[error("this step can neither return nor reject")]
    NothingToRefuse,
    /// The regulation does not let this step return the subject.
    #[error("this step may not return the subject for rework")]
    ReturnNotAllowed,
    /// A return or a rejection without a reason (P0-42).
    #[error("a reason is required")]
    ReasonRequired,
    /// Rework due before today (P0-42).
    #[error("the date for rework must be today or later")]
    DueOnInPast,
    /// The step needs the number and date of an act (P1-29).
    #[error("the number and date of an act are required")]
    ActRequired,
    /// The act has a blank number or a date to come.
    #[error("the act needs a number and a date that is not in the future")]
    ActInvalid,
    /// An opinion without words (P1-28), or a decision without the words that the regulation asks for.
    #[error("a text is required")]
    TextRequired,
    /// Neither a consent step nor a mark of the learner's agreement (P0-6, P4-11).
    #[error("the learner's agreement is missing")]
    LearnerSideMissing,
    /// No organization takes part in the decision (P0-6).
    #[error("the chain has no step of an organization")]
    OrganizationSideMissing,
    /// A consent step, but the request is about nobody.
    #[error("the chain asks for the learner's consent, but the request has no learner")]
    NoLearner,
    /// The deadline has not passed, or there is none.
    #[error("no deadline has passed")]
    NotDue,
    /// The deadline of this step has had its effect in this round.
    #[error("the deadline has been handled already")]
    DeadlineHandled,
    /// The regulation names no behaviour at the deadline.
    #[error("nothing happens at this deadline")]
    NothingAtDeadline,
    /// The learner works at the organization no longer.
    #[error("the learner works there no longer")]
    LearnerLeft,
    /// The learner still works there.
    #[error("the learner still works there")]
    LearnerStays,
    /// Only whoever decides at a step puts another before it.
    #[error("only whoever sits at a step puts another before it")]
    NotASenior,
    /// Steps are put before those alone that endorse or approve.
    #[error("the step neither endorses nor approves")]
    NotADecidingStep,
    /// Only whoever decides after it takes a step out again.
    #[error("only whoever decides after the step takes it out")]
    NotASeniorOfStep,
    /// Steps of the regulation stay.
    #[error("the step is the regulation's")]
    StepOfRegulation,
    /// The new step asks the very seat before whose step it is put.
    #[error("the step would ask the same seat twice")]
    SameSeat,
    /// Approvals and consents come from the regulation alone.
    #[error("such a step cannot be put in")]
    KindNotInsertable,
    /// The chain has as many steps as a chain may have.
    #[error("the chain is full")]
    ChainFull,
    /// A body decides, so its meeting is recorded (P1-28).
    #[error("the meeting of the body is required")]
    MeetingRequired,
    /// No body decides at this step.
    #[error("no body decides at this step")]
    NoMeeting,
    /// The record of the meeting lacks something or contradicts itself.
    #[error("the record of the meeting: {}", .0.code())]
    MeetingInvalid(MeetingFault),
    /// Nobody has named the actor a substitute of that person for today.
    #[error("no substitution of that person is in force")]
    NotSubstitute,
    /// Deadlines are the clock's, everything else is a person's.
    #[error("this actor cannot cause this event")]
    WrongActor,
}

impl Refusal {
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::AlreadyFinal => "already_final",
            Self::AlreadySubmitted => "already_submitted",
            Self::NotInReview => "not_in_review",
            Self::NotSubmitter => "not_submitter",
            Self::NotYourStep => "not_your_step",
            Self::NotTheLearner => "not_the_learner",
            Self::OwnRequest => "own_request",
            Self::AlreadyTookStep => "already_took_step",
            Self::AlreadyGaveOpinion => "already_gave_opinion",
            Self::StepAlreadyDecided => "step_already_decided",
            Self::StepNotOpen => "step_not_open",
            Self::UnknownStep => "unknown_step",
            Self::WrongDecision(_) => "wrong_decision",
            Self::NothingToRefuse => "nothing_to_refuse",
            Self::ReturnNotAllowed => "return_not_allowed",
            Self::ReasonRequired => "reason_required",
            Self::DueOnInPast => "due_on_in_past",
            Self::ActRequired => "act_required",
            Self::ActInvalid => "act_invalid",
            Self::TextRequired => "text_required",
            Self::LearnerSideMissing => "learner_side_missing",
            Self::OrganizationSideMissing => "organization_side_missing",
            Self::NoLearner => "no_learner",
            Self::NotDue => "not_due",
            Self::DeadlineHandled => "deadline_handled",
            Self::NothingAtDeadline => "nothing_at_deadline",
            Self::LearnerLeft => "learner_left",
            Self::LearnerStays => "learner_stays",
            Self::NotASenior | Self::NotASeniorOfStep => "not_your_step",
            Self::StepOfRegulation => "step_of_regulation",
            Self::NotADecidingStep => "not_a_deciding_step",
            Self::SameSeat => "same_seat",
            Self::KindNotInsertable => "kind_not_insertable",
            Self::ChainFull => "chain_full",
            Self::MeetingRequired => "meeting_required",
            Self::NoMeeting => "not_applicable",
            Self::MeetingInvalid(fault) => fault.code(),
            Self::NotSubstitute => "not_substitute",
            Self::WrongActor => "wrong_actor",
        }
    }

    /// `true` when the refusal is about who acts, not about what the request or the input is.
    pub const fn is_about_the_actor(self) -> bool {
        matches!(
            self,
            Self::NotSubmitter
                | Self::NotYourStep
                | Self::NotTheLearner
                | Self::OwnRequest
                | Self::AlreadyTookStep
                | Self::NotASenior
                | Self::NotASeniorOfStep
                | Self::NotSubstitute
                | Self::WrongActor
        )
    }
}
