//! What travels about learning routes.

mod activity;
mod decisions;
mod note;
mod people;
mod route;
mod stage;
mod view;

pub use activity::{EventLevelDto, RouteActivityBody, RouteActivityStateDto, RouteActivityView, WorkModeDto};
pub use decisions::{RouteActivityCompletion, RouteClosure, RouteParticipationCreate, RouteSubmissionCheck};
pub use note::RouteNoteBody;
pub use people::{RouteDiscussionUpdate, RoutePeopleView, RoutePersonUpdate};
pub use route::{RouteCreate, RouteItem, RoutePage, RouteQuery, RouteStateDto, RouteUpdate};
pub use stage::{RouteStageInput, RouteStageView, RouteStagesUpdate};
pub use view::{
    ParticipationCapacityDto, RouteParticipantView, RouteProgressView, RouteReworkView, RouteView,
};
