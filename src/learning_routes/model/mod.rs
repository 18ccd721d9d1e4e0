//! What a learning route is and how it lives. Pure.

mod activity;
mod note;
mod progress;
mod route;
mod state;
mod transition;

pub use activity::{Activity, ActivityState, EventLevel, NewActivity, Stage, WorkMode};
pub use note::Note;
pub use progress::{Progress, is_overdue, progress};
pub use route::{Capacity, Participant, Rework, Route, RouteDraft};
pub use state::RouteState;
pub use transition::{Event, Refusal, step};
