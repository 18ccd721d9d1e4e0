//! The whole content of a route as it travels.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::{
    RouteActivityBody, RouteBudgetLineBody, RouteEvidenceBody, RouteNoteBody, RouteProblemBody,
    RouteStageInput, RouteStudyPlanRowBody,
};
use crate::ids::new_id;
use crate::learning_routes::model::{Activity, ActivityState, RouteContent, Stage};
use crate::values::day;

/// An activity within a document (мероприятие в составе содержания).
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RouteContentActivity {
    /// Its id. In a request: one that the route has stays, with what has become of it; any other is a name by which the
    /// study plan of the same document refers to a new activity, which gets an id of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Uuid>,
    /// What is said of it.
    #[validate(nested)]
    pub data: RouteActivityBody,
}

/// Everything that is written in a route (содержание маршрута): what a version keeps, a revision changes and a proposal
/// computes. Items are matched by id; those that are left out are taken out.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RouteContent)]
pub struct RouteContentBody {
    /// Title.
    #[validate(length(min = 1, max = 500))]
    #[schema(min_length = 1, max_length = 500, example = "Маршрут на 2026–2028 годы")]
    pub title: String,
    /// First day of the term.
    #[serde(deserialize_with = "day")]
    pub starts_on: NaiveDate,
    /// Last day of the term.
    #[serde(deserialize_with = "day")]
    pub ends_on: NaiveDate,
    /// What it is for; fields that are left out become empty.
    #[serde(default)]
    #[validate(nested)]
    pub note: RouteNoteBody,
    /// The problems it answers.
    #[serde(default)]
    #[validate(length(max = 50), nested)]
    #[schema(max_items = 50)]
    pub problems: Vec<RouteProblemBody>,
    /// What it rests on.
    #[serde(default)]
    #[validate(length(max = 50), nested)]
    #[schema(max_items = 50)]
    pub evidence: Vec<RouteEvidenceBody>,
    /// Its stages in order. An id that the route does not have is a name for a new stage, as for problems.
    #[serde(default)]
    #[validate(length(max = 50), nested)]
    #[schema(max_items = 50)]
    pub stages: Vec<RouteStageInput>,
    /// Its activities in order.
    #[serde(default)]
    #[validate(length(max = 200), nested)]
    #[schema(max_items = 200)]
    pub activities: Vec<RouteContentActivity>,
    /// Its thematic study plan.
    #[serde(default)]
    #[validate(length(max = 300), nested)]
    #[schema(max_items = 300)]
    pub study_plan: Vec<RouteStudyPlanRowBody>,
    /// The lines of its budget.
    #[serde(default)]
    #[validate(length(max = 200), nested)]
    #[schema(max_items = 200)]
    pub budget: Vec<RouteBudgetLineBody>,
}

impl From<RouteContentBody> for RouteContent {
    fn from(body: RouteContentBody) -> Self {
        let activity = |(position, activity): (i32, RouteContentActivity)| Activity {
            id: activity.id.unwrap_or_else(new_id),
            position,
            data: activity.data.into(),
            state: ActivityState::Planned,
            completed_by: None,
            author: None,
        };
        Self {
            title: body.title,
            starts_on: body.starts_on,
            ends_on: body.ends_on,
            note: body.note.into(),
            problems: body.problems.into_iter().map(Into::into).collect(),
            evidence: body.evidence.into_iter().map(Into::into).collect(),
            stages: body.stages.into_iter().map(Into::into).collect(),
            activities: (1_i32..).zip(body.activities).map(activity).collect(),
            study_plan: body.study_plan.into_iter().map(Into::into).collect(),
            budget: body.budget.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<RouteContent> for RouteContentBody {
    fn from(content: RouteContent) -> Self {
        let stage = |stage: Stage| RouteStageInput {
            id: Some(stage.id),
            title: stage.title,
            starts_on: stage.starts_on,
            ends_on: stage.ends_on,
            expected_result: stage.expected_result,
            report_form: stage.report_form,
        };
        let activity =
            |activity: Activity| RouteContentActivity { id: Some(activity.id), data: activity.data.into() };
        Self {
            title: content.title,
            starts_on: content.starts_on,
            ends_on: content.ends_on,
            note: content.note.into(),
            problems: content.problems.into_iter().map(Into::into).collect(),
            evidence: content.evidence.into_iter().map(Into::into).collect(),
            stages: content.stages.into_iter().map(stage).collect(),
            activities: content.activities.into_iter().map(activity).collect(),
            study_plan: content.study_plan.into_iter().map(Into::into).collect(),
            budget: content.budget.into_iter().map(Into::into).collect(),
        }
    }
}

/// The problems a route answers from now on, in their order.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RouteProblemsUpdate {
    /// Every problem the route has from now on.
    #[validate(length(max = 50), nested)]
    #[schema(max_items = 50)]
    pub problems: Vec<RouteProblemBody>,
}

/// The evidence a route rests on from now on, in its order.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RouteEvidenceUpdate {
    /// Every item the route has from now on.
    #[validate(length(max = 50), nested)]
    #[schema(max_items = 50)]
    pub evidence: Vec<RouteEvidenceBody>,
}

/// The thematic study plan of a route from now on, in its order.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RouteStudyPlanUpdate {
    /// Every row the plan has from now on.
    #[validate(length(max = 300), nested)]
    #[schema(max_items = 300)]
    pub study_plan: Vec<RouteStudyPlanRowBody>,
}

/// The budget of a route from now on, in its order.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RouteBudgetUpdate {
    /// Every line the budget has from now on.
    #[validate(length(max = 200), nested)]
    #[schema(max_items = 200)]
    pub budget: Vec<RouteBudgetLineBody>,
}
