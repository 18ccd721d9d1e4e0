//! What a caller may do with a request now, for `allowed_actions`.

use chrono::NaiveDate;

use super::chain::{Chain, Position, Seat, Step, StepKind};
use super::deadline::OnDeadline;
use super::event::{Act, Actor, ActorFacts, Decision, DecisionKind, Event, Insertion};
use super::frozen::FrozenStep;
use super::meeting::Meeting;
use super::request::Request;
use super::step::step;

/// An action that the API offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// Submit, or submit again.
    Submit,
    /// Decide positively on that step, in that way.
    Decide(Position, DecisionKind),
    /// Return for rework.
    Return,
    /// Reject.
    Reject,
    /// Withdraw.
    Withdraw,
    /// Put another step before that one.
    Insert(Position),
    /// Take that step out again.
    Remove(Position),
}

impl Action {
    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Submit => "submit",
            Self::Decide(_, kind) => kind.as_str(),
            Self::Return => "return",
            Self::Reject => "reject",
            Self::Withdraw => "withdraw",
            Self::Insert(_) => "insert",
            Self::Remove(_) => "remove",
        }
    }
}

/// Every action that would not be refused if its input were complete, asked of the transition function itself,
/// so that the answer cannot differ from what happens.
pub fn allowed_actions(
    request: &Request,
    chain: &Chain,
    facts: &ActorFacts,
    today: NaiveDate,
) -> Vec<Action> {
    let decisions =
        chain.steps().iter().map(|step| Action::Decide(step.position, DecisionKind::for_step(step.kind)));
    let insertions = chain.steps().iter().map(|step| Action::Insert(step.position));
    let removals = chain.steps().iter().map(|step| Action::Remove(step.position));
    let actor = Actor::Person(facts.clone());
    std::iter::once(Action::Submit)
        .chain(decisions)
        .chain([Action::Return, Action::Reject, Action::Withdraw])
        .chain(insertions)
        .chain(removals)
        .filter(|action| step(request, chain, complete(*action, chain, today), &actor, today).is_ok())
        .collect()
}

fn complete(action: Action, chain: &Chain, today: NaiveDate) -> Event {
    let filler = || "-".to_owned();
    match action {
        Action::Submit => Event::Submit { subject_version: None },
        Action::Decide(step, kind) => Event::Decide(complete_decision(chain, step, kind, today)),
        Action::Return => Event::Return { reason: filler(), due_on: today },
        Action::Reject => Event::Reject { reason: filler() },
        Action::Withdraw => Event::Withdraw { reason: None },
        Action::Insert(before) => {
            let numbers = chain.steps().iter().map(|step| step.position.0);
            let number = numbers.max().unwrap_or_default().saturating_add(1);
            Event::Insert(complete_insertion(before, Position(number)))
        }
        Action::Remove(step) => Event::Remove { step, reason: filler() },
    }
}

/// A decision with everything in it that the step could ask for.
pub fn complete_decision(chain: &Chain, step: Position, kind: DecisionKind, today: NaiveDate) -> Decision {
    let filler = || "-".to_owned();
    let meeting = Meeting {
        held_on: today,
        protocol: Some(filler()),
        present: None,
        votes_for: None,
        against: None,
        abstained: None,
    };
    Decision {
        step,
        kind,
        act: Some(Act { number: filler(), date: today }),
        text: Some(filler()),
        meeting: chain.at(step).is_some_and(|step| step.group).then_some(meeting),
    }
}

/// An insertion that is as complete as one can be: it asks somebody else, with a reason.
pub fn complete_insertion(before: Position, number: Position) -> Insertion {
    Insertion { before, step: Box::new(somebody(number)), reason: "-".to_owned() }
}

/// A step that asks somebody else, whoever it is.
fn somebody(position: Position) -> FrozenStep {
    let step = Step {
        position,
        kind: StepKind::Discuss,
        seat: Seat::Learner,
        organization: None,
        blocking: false,
        act_required: false,
        text_required: false,
        may_return: false,
        taken_by_submission: false,
        deadline: None,
        on_deadline: OnDeadline::Nothing,
        group: false,
        protocol_required: false,
    };
    FrozenStep {
        key: String::new(),
        step,
        in_association: false,
        skipped: false,
        paragraph: None,
        council: None,
        inserted: None,
    }
}
