//! The pure rules of approval requests: one total transition function over closed enums.
//!
//! - [`Chain`] is the frozen list of [`Step`]s; it can only be made valid.
//! - [`Request`] is what a request is at the moment: who asks, for whom, its [`State`] and its history.
//! - [`step()`] takes an [`Event`] from an [`Actor`] and answers with a [`Transition`] or a [`Refusal`].
//! - [`fold`] replays a history: the stored state is a cache of it.
//! - [`allowed_actions`] says what the caller may do, so that frontends need not guess.
//!
//! Nothing here reads a clock: the region's own "today" is an argument.

mod actions;
mod case;
mod chain;
mod deadline;
mod event;
mod extra_steps;
mod frozen;
mod guards;
mod meeting;
mod refusal;
mod request;
mod seats;
mod staffing;
mod state;
mod step;
mod transition;

#[cfg(test)]
mod tests;

pub use actions::{Action, allowed_actions, complete_decision, complete_insertion};
pub use case::{Case, DecidedBy, Line, RequestHead};
pub use chain::{Chain, ChainError, Position, Seat, Step, StepKind};
pub use deadline::{Deadline, OnDeadline};
pub use event::{Act, Actor, ActorFacts, Decision, DecisionKind, Event, HeldSeat, Insertion};
pub use frozen::{Council, FrozenStep, Inserted, SeatColumns, StepState};
pub use meeting::{Meeting, MeetingFault};
pub use refusal::Refusal;
pub use request::{FoldError, Record, Request, fold};
pub use seats::{Capacity, Seats, headed};
pub use staffing::{Shortage, leaves_enough, personal_steps};
pub use state::State;
pub use step::step;
pub use transition::{Effect, Lapse, Transition};
