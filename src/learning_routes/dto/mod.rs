//! What travels about learning routes.

mod activity;
mod activity_kinds;
mod content;
mod decisions;
mod following;
mod grounds;
mod note;
mod people;
mod plan;
mod resolution;
mod route;
mod shares;
mod stage;
mod view;

pub use activity::{RouteActivityBody, RouteActivityView};
pub use activity_kinds::{EventLevelDto, RouteActivityStateDto, WorkModeDto};
pub use content::{
    RouteBudgetUpdate, RouteContentActivity, RouteContentBody, RouteEvidenceUpdate, RouteProblemsUpdate,
    RouteStudyPlanUpdate,
};
pub use decisions::{RouteActivityCompletion, RouteClosure, RouteParticipationCreate, RouteSubmissionCheck};
pub use following::{RouteFollowingView, RouteGateKind, RouteGateView, StageStandingView, StageStatusDto};
pub use grounds::{RouteEvidenceBody, RouteEvidenceRecordBody, RouteEvidenceRecordKind, RouteProblemBody};
pub use note::RouteNoteBody;
pub use people::{RouteDiscussionUpdate, RoutePeopleView, RoutePersonUpdate};
pub use plan::{RouteBudget, RouteBudgetLineBody, RouteStudyPlanRowBody};
pub use resolution::ResolutionView;
pub use route::{RouteCreate, RouteItem, RoutePage, RouteQuery, RouteStateDto, RouteUpdate};
pub use shares::{RouteBasisShare, RoutePartSummary};
pub use stage::{RouteStageInput, RouteStageView, RouteStagesUpdate};
pub use view::{
    ParticipationCapacityDto, RouteParticipantView, RouteProgressView, RouteReworkView, RouteView,
};
