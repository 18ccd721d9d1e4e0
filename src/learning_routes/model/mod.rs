//! What a learning route is and how it lives. Pure.

mod activity;
mod completion;
mod content;
mod gates;
mod grounds;
mod note;
mod plan;
mod planned;
mod progress;
mod resolution;
mod route;
mod settled;
mod shares;
mod state;
mod transition;

pub use activity::{Activity, ActivityState, EventLevel, NewActivity, Stage, WorkMode};
pub use completion::{NotByHand, by_hand, not_by_hand, unfulfilled};
pub use content::RouteContent;
pub use gates::{
    Gate, GateKind, StageClosing, StageStanding, StageStatus, before_completion, before_start, explained,
    is_open, standings,
};
pub use grounds::{Evidence, EvidenceRecord, Problem};
pub use note::Note;
pub use plan::{BudgetLine, SourceSum, StudyPlanRow, by_source, paid_stages};
pub use planned::{AgreedActivity, PlannedLearning};
pub use progress::{Progress, is_overdue, progress};
pub use resolution::Resolution;
pub use route::{Capacity, Participant, Rework, Route, RouteDraft};
pub use settled::SettledStages;
pub use shares::{BasisShare, PartSummary, basis_shares, parts};
pub use state::RouteState;
pub use transition::{Event, Refusal, step};
