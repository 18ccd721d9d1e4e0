//! What a caller may do with a request now, for `allowed_actions`.

use chrono::NaiveDate;

use super::chain::{Chain, Position};
use super::event::{Act, Actor, ActorFacts, Decision, DecisionKind, Event};
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
    let actor = Actor::Person(facts.clone());
    std::iter::once(Action::Submit)
        .chain(decisions)
        .chain([Action::Return, Action::Reject, Action::Withdraw])
        .filter(|action| step(request, chain, complete(*action, today), &actor, today).is_ok())
        .collect()
}

fn complete(action: Action, today: NaiveDate) -> Event {
    let filler = || "-".to_owned();
    match action {
        Action::Submit => Event::Submit,
        Action::Decide(step, kind) => Event::Decide(Decision {
            step,
            kind,
            act: Some(Act { number: filler(), date: today }),
            text: Some(filler()),
        }),
        Action::Return => Event::Return { reason: filler(), due_on: today },
        Action::Reject => Event::Reject { reason: filler() },
        Action::Withdraw => Event::Withdraw,
    }
}
