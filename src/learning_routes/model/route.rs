//! A route and the people in it.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::activity::{Activity, Stage, names};
use super::content::{RouteContent, deficit_ids};
use super::grounds::{Evidence, Problem};
use super::note::Note;
use super::plan::{BudgetLine, StudyPlanRow};
use super::state::RouteState;
use crate::authz::Role;
use crate::regulations::profile::RouteKind;

/// A route without its contents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// The municipality of the school, if it lies in one.
    pub municipality_id: Option<Uuid>,
    /// The school it belongs to: exactly one (P0-7).
    pub organization_id: Uuid,
    /// The learner.
    pub person_id: Uuid,
    /// The regulation it was started under and stays under (P4-2).
    pub regulation_id: Uuid,
    /// Its kind by the regulation.
    pub kind: RouteKind,
    /// Title.
    pub title: String,
    /// Where it stands.
    pub state: RouteState,
    /// Role of whoever initiated it (P0-8).
    pub initiator_role: Role,
    /// Account that drafted it.
    pub created_by: Uuid,
    /// Person that drafted it.
    pub created_by_person_id: Option<Uuid>,
    /// First day of its term.
    pub starts_on: NaiveDate,
    /// Last day of its term.
    pub ends_on: NaiveDate,
    /// Why and until when it is to be reworked; only in rework.
    pub rework: Option<Rework>,
    /// When it was approved.
    pub approved_at: Option<DateTime<Utc>>,
    /// Day it came into force.
    pub activated_on: Option<NaiveDate>,
    /// Day it ended.
    pub closed_on: Option<NaiveDate>,
    /// Why it ended unfulfilled.
    pub close_reason: Option<String>,
    /// Who follows it as the curator of programs (P1-50).
    pub curator_id: Option<Uuid>,
    /// Who accompanies it as its tutor (P1-12, P4-38).
    pub tutor_id: Option<Uuid>,
    /// The working group that develops it (P1-19).
    pub working_group_id: Option<Uuid>,
    /// The ground on which the learner is sent to training; a code of the regulation (P2-10).
    pub ground: Option<String>,
    /// The priority category it is made for; a code of the regulation (P1-15).
    pub category: Option<String>,
    /// Whether providers may comment on the lines addressed to them (P4-37).
    pub open_to_providers: bool,
    /// Whether members of the learner's associations may read and discuss it (P0-4).
    pub discussion_open: bool,
    /// Row version.
    pub version: i64,
}

/// What a return for rework says (P0-42).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rework {
    /// What is to be reworked.
    pub reason: String,
    /// Until when.
    pub due_on: NaiveDate,
}

impl Rework {
    /// Whether the rework is late.
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        self.due_on < today
    }
}

/// A route with everything in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteDraft {
    /// The route itself.
    pub route: Route,
    /// What it is for.
    pub note: Note,
    /// The problems it answers.
    pub problems: Vec<Problem>,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
    /// Its stages in order.
    pub stages: Vec<Stage>,
    /// Its activities in order.
    pub activities: Vec<Activity>,
    /// Its thematic study plan.
    pub study_plan: Vec<StudyPlanRow>,
    /// Its budget.
    pub budget: Vec<BudgetLine>,
    /// Who took part in forming it.
    pub participants: Vec<Participant>,
}

impl RouteDraft {
    /// Everything that is written in it: what a version keeps and a revision changes.
    pub fn content(&self) -> RouteContent {
        RouteContent {
            title: self.route.title.clone(),
            starts_on: self.route.starts_on,
            ends_on: self.route.ends_on,
            note: self.note.clone(),
            problems: self.problems.clone(),
            evidence: self.evidence.clone(),
            stages: self.stages.clone(),
            activities: self.activities.clone(),
            study_plan: self.study_plan.clone(),
            budget: self.budget.clone(),
        }
    }

    /// The route as it would be with another content.
    pub fn with(mut self, content: RouteContent) -> Self {
        self.route.title = content.title;
        self.route.starts_on = content.starts_on;
        self.route.ends_on = content.ends_on;
        Self {
            route: self.route,
            note: content.note,
            problems: content.problems,
            evidence: content.evidence,
            stages: content.stages,
            activities: content.activities,
            study_plan: content.study_plan,
            budget: content.budget,
            participants: self.participants,
        }
    }

    /// Every deficit that an activity answers, each once.
    pub fn deficit_ids(&self) -> Vec<Uuid> {
        deficit_ids(&self.activities)
    }

    /// Whether somebody took part in that capacity.
    pub fn has_participant(&self, capacity: Capacity) -> bool {
        self.participants.iter().any(|participant| participant.capacity == capacity)
    }
}

/// Somebody who took part in forming a route (P4-11, P4-23).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Participant {
    /// Who.
    pub person_id: Uuid,
    /// On whose side.
    pub capacity: Capacity,
    /// When the mark was set.
    pub participated_at: DateTime<Utc>,
    /// Words.
    pub note: Option<String>,
}

names! {
    /// On whose side somebody takes part in forming a route.
    Capacity {
        /// The learner.
        Learner = "learner",
        /// The learner's school.
        School = "school",
        /// The regional coordinator.
        Coordinator = "coordinator",
        /// The regional operator.
        Operator = "operator",
        /// The tutor.
        Tutor = "tutor",
        /// A provider.
        Provider = "provider",
    }
}

impl Capacity {
    /// The side on which a role takes part; none for roles that only look on.
    pub const fn of_role(role: Role) -> Option<Self> {
        match role {
            Role::Teacher => Some(Self::Learner),
            Role::AssociationHead | Role::DeputyDirector | Role::Director | Role::ProgramCurator => {
                Some(Self::School)
            }
            Role::RegionalCoordinator => Some(Self::Coordinator),
            Role::RegionalOperator => Some(Self::Operator),
            Role::RouteTutor => Some(Self::Tutor),
            Role::ProviderOfficer | Role::OfferingLeader => Some(Self::Provider),
            Role::CouncilSecretary
            | Role::MunicipalOfficer
            | Role::MunicipalMethodist
            | Role::MinistryOfficer
            | Role::QualityOfficer
            | Role::Reviewer
            | Role::Auditor
            | Role::Integration
            | Role::PlatformAdmin => None,
        }
    }
}
