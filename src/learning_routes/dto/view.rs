//! A route as it goes out.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    RouteActivityView, RouteBasisShare, RouteBudget, RouteEvidenceBody, RouteFollowingView, RouteNoteBody,
    RoutePartSummary, RoutePeopleView, RouteProblemBody, RouteStageView, RouteStateDto,
    RouteStudyPlanRowBody,
};
use crate::authz::Role;
use crate::learning_routes::model::{Capacity, Participant, Progress, Rework, basis_shares, progress};
use crate::learning_routes::service::RouteWhole;
use crate::regulations::profile::RouteKind;
use crate::values::Hours;

/// On whose side somebody takes part in forming a route.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ParticipationCapacity)]
pub enum ParticipationCapacityDto {
    /// The learner.
    Learner,
    /// The learner's school.
    School,
    /// The regional coordinator.
    Coordinator,
    /// The regional operator.
    Operator,
    /// The tutor.
    Tutor,
    /// A provider.
    Provider,
}

crate::values::mirror!(ParticipationCapacityDto => Capacity {
    Learner, School, Coordinator, Operator, Tutor, Provider,
});

/// Somebody's part in forming a route (участие в формировании).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RouteParticipant)]
pub struct RouteParticipantView {
    /// Who.
    pub person_id: Uuid,
    /// On whose side.
    pub capacity: ParticipationCapacityDto,
    /// When the mark was set first.
    pub participated_at: DateTime<Utc>,
    /// Words.
    #[schema(max_length = 2000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl From<Participant> for RouteParticipantView {
    fn from(participant: Participant) -> Self {
        Self {
            person_id: participant.person_id,
            capacity: participant.capacity.into(),
            participated_at: participant.participated_at,
            note: participant.note,
        }
    }
}

/// How far a route is fulfilled, derived from its activities.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RouteProgress)]
pub struct RouteProgressView {
    /// Activities to be done, completed ones included.
    #[schema(value_type = u32, minimum = 0, maximum = 1000)]
    pub planned: usize,
    /// Completed activities.
    #[schema(value_type = u32, minimum = 0, maximum = 1000)]
    pub completed: usize,
    /// Completed activities in per cent, rounded down; 0 when there are none.
    #[schema(value_type = u32, minimum = 0, maximum = 100)]
    pub share: usize,
    /// Academic hours of the activities to be done.
    #[schema(value_type = f64, multiple_of = 0.5, minimum = 0, maximum = 10000)]
    pub planned_hours: Hours,
    /// Academic hours of the completed activities.
    #[schema(value_type = f64, multiple_of = 0.5, minimum = 0, maximum = 10000)]
    pub completed_hours: Hours,
}

impl From<Progress> for RouteProgressView {
    fn from(progress: Progress) -> Self {
        Self {
            planned: progress.planned,
            completed: progress.completed,
            share: progress.share,
            planned_hours: progress.planned_hours,
            completed_hours: progress.completed_hours,
        }
    }
}

/// What a return for rework says (резолюция).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RouteRework)]
pub struct RouteReworkView {
    /// What is to be reworked.
    #[schema(max_length = 4000)]
    pub reason: String,
    /// Until when.
    pub due_on: NaiveDate,
    /// That day is past.
    pub overdue: bool,
}

impl RouteReworkView {
    fn new(rework: Rework, today: NaiveDate) -> Self {
        Self { overdue: rework.is_overdue(today), reason: rework.reason, due_on: rework.due_on }
    }
}

/// A learning route (индивидуальный образовательный маршрут).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Route)]
pub struct RouteView {
    /// The route's id.
    pub id: Uuid,
    /// The region it belongs to.
    pub region_id: Uuid,
    /// The school it belongs to.
    pub organization_id: Uuid,
    /// The learner.
    pub person_id: Uuid,
    /// The regulation it was started under and stays under.
    pub regulation_id: Uuid,
    /// Its kind by the regulation.
    pub kind: RouteKind,
    /// Title.
    #[schema(max_length = 500)]
    pub title: String,
    /// Where it stands.
    pub state: RouteStateDto,
    /// Role of whoever initiated it.
    pub initiator_role: Role,
    /// First day of the term.
    pub starts_on: NaiveDate,
    /// Last day of the term.
    pub ends_on: NaiveDate,
    /// What it is for.
    pub note: RouteNoteBody,
    /// The problems it answers.
    #[schema(max_items = 50)]
    pub problems: Vec<RouteProblemBody>,
    /// What it rests on.
    #[schema(max_items = 50)]
    pub evidence: Vec<RouteEvidenceBody>,
    /// The parts that the regulation knows, with what is in each.
    #[schema(max_items = 64)]
    pub parts: Vec<RoutePartSummary>,
    /// Its stages in order.
    #[schema(max_items = 50)]
    pub stages: Vec<RouteStageView>,
    /// Its activities in order.
    #[schema(max_items = 200)]
    pub activities: Vec<RouteActivityView>,
    /// The bases that its activities cite, each with its share.
    #[schema(max_items = 8)]
    pub basis_shares: Vec<RouteBasisShare>,
    /// Its thematic study plan.
    #[schema(max_items = 300)]
    pub study_plan: Vec<RouteStudyPlanRowBody>,
    /// Its budget.
    pub budget: RouteBudget,
    /// Who took part in forming it.
    #[schema(max_items = 200)]
    pub participants: Vec<RouteParticipantView>,
    /// Who drew it up, who accompanies it and who may discuss it.
    pub people: RoutePeopleView,
    /// How far it is fulfilled.
    pub progress: RouteProgressView,
    /// Where its stages stand, and what holds it up.
    pub following: RouteFollowingView,
    /// An activity is overdue.
    pub overdue: bool,
    /// The regulation wants the route looked through in this school year, and nobody has revised it or looked it
    /// through yet.
    pub update_due: bool,
    /// Why and until when it is to be reworked; only in the state `rework`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rework: Option<RouteReworkView>,
    /// When it was approved.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approved_at: Option<DateTime<Utc>>,
    /// Day it came into force.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activated_on: Option<NaiveDate>,
    /// Day it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed_on: Option<NaiveDate>,
    /// Why it was rejected or ended unfulfilled.
    #[schema(max_length = 4000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub close_reason: Option<String>,
    /// What the caller may do with it now: operationIds.
    #[schema(max_items = 100)]
    pub allowed_actions: Vec<String>,
}

impl From<RouteWhole> for RouteView {
    fn from(whole: RouteWhole) -> Self {
        let draft = whole.draft.clone();
        let people = RoutePeopleView::new(&draft);
        let route = draft.route;
        let activities: Vec<RouteActivityView> = draft
            .activities
            .iter()
            .map(|activity| RouteActivityView::new(activity.clone(), &whole))
            .collect();
        Self {
            id: route.id,
            region_id: route.region_id,
            organization_id: route.organization_id,
            person_id: route.person_id,
            regulation_id: route.regulation_id,
            kind: route.kind,
            title: route.title,
            state: route.state.into(),
            initiator_role: route.initiator_role,
            starts_on: route.starts_on,
            ends_on: route.ends_on,
            note: draft.note.into(),
            problems: draft.problems.into_iter().map(Into::into).collect(),
            evidence: draft.evidence.into_iter().map(Into::into).collect(),
            parts: whole.parts.into_iter().map(Into::into).collect(),
            basis_shares: basis_shares(&draft.activities).into_iter().map(Into::into).collect(),
            study_plan: draft.study_plan.into_iter().map(Into::into).collect(),
            budget: draft.budget.into(),
            stages: draft.stages.into_iter().map(Into::into).collect(),
            progress: progress(&draft.activities).into(),
            overdue: activities.iter().any(|activity| activity.overdue),
            update_due: whole.update_due,
            activities,
            people,
            participants: draft.participants.into_iter().map(Into::into).collect(),
            rework: route.rework.map(|rework| RouteReworkView::new(rework, whole.today)),
            approved_at: route.approved_at,
            activated_on: route.activated_on,
            closed_on: route.closed_on,
            close_reason: route.close_reason,
            following: whole.following.into(),
            allowed_actions: whole.allowed_actions,
        }
    }
}
