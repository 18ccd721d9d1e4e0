//! What travels about the state assignment.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{AssignmentPlan, AssignmentSubject};
use super::service::{NewAssignment, ShownAssignment};
use crate::http::page_view;
use crate::registry::{FIRST_YEAR, LAST_YEAR};

/// A line of the state assignment to be set; it names a direction or a program.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StateAssignmentCreate {
    /// The operator.
    pub organization_id: Uuid,
    /// Calendar year.
    #[validate(range(min = FIRST_YEAR, max = LAST_YEAR))]
    #[schema(minimum = 2000, maximum = 2100, example = 2026)]
    pub year: i32,
    /// The approved priority direction of that year people are to be trained in.
    pub direction_id: Option<Uuid>,
    /// The accepted program people are to be trained by.
    pub program_id: Option<Uuid>,
    /// What is planned.
    #[validate(nested)]
    pub plan: StateAssignmentPlan,
}

impl From<StateAssignmentCreate> for NewAssignment {
    fn from(body: StateAssignmentCreate) -> Self {
        Self {
            organization_id: body.organization_id,
            year: body.year,
            direction_id: body.direction_id,
            program_id: body.program_id,
            plan: body.plan.into(),
        }
    }
}

/// What is planned (плановый показатель).
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StateAssignmentPlan {
    /// How many people are to be trained.
    #[validate(range(min = 1, max = 1_000_000))]
    #[schema(minimum = 1, maximum = 1_000_000, example = 250)]
    pub people: i32,
    /// How many academic hours that is, all people together (человеко-часы).
    #[validate(range(min = 1, max = 100_000_000))]
    #[schema(minimum = 1, maximum = 100_000_000, example = 9000)]
    pub person_hours: i32,
    /// Remark.
    #[validate(length(min = 3, max = 2000))]
    #[schema(min_length = 3, max_length = 2000, example = "Приказ № 12 от 15.01.2026")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl From<StateAssignmentPlan> for AssignmentPlan {
    fn from(body: StateAssignmentPlan) -> Self {
        Self { people: body.people, person_hours: body.person_hours, note: body.note }
    }
}

/// A new plan of a line.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StateAssignmentUpdate {
    /// What is planned from now on.
    #[validate(nested)]
    pub plan: StateAssignmentPlan,
}

/// How the plan is fulfilled (исполнение): places taken at the operator's offerings that begin in that year, training
/// completed there, and papers that the operator issued in that year and that are confirmed.
#[derive(Debug, Serialize, ToSchema)]
pub struct StateAssignmentUse {
    /// People with a place: enrolled, learning or trained, each counted once; those who withdrew or failed have none.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    pub placed_people: i64,
    /// People with a place in per cent of those planned, rounded down.
    #[schema(minimum = 0, maximum = 100_000_000_000_i64)]
    pub placed_percent: i64,
    /// People trained, each counted once: a completed enrollment, or a confirmed paper.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    pub people: i64,
    /// Academic hours, all people together, rounded down: by the papers, or by what was completed without one yet.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    pub person_hours: i64,
    /// People trained in per cent of those planned, rounded down; more than 100 when the plan is exceeded.
    #[schema(minimum = 0, maximum = 100_000_000_000_i64)]
    pub percent: i64,
}

/// A line of the state assignment (показатель государственного задания).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = StateAssignment)]
pub struct StateAssignmentView {
    /// The line's id.
    pub id: Uuid,
    /// The operator.
    pub organization_id: Uuid,
    /// Calendar year.
    #[schema(minimum = 2000, maximum = 2100)]
    pub year: i32,
    /// The direction people are to be trained in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direction_id: Option<Uuid>,
    /// The program people are to be trained by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub program_id: Option<Uuid>,
    /// What is planned.
    pub plan: StateAssignmentPlan,
    /// What was trained until now.
    pub used: StateAssignmentUse,
    /// What the caller may do with it now: operationIds.
    #[schema(max_items = 20)]
    pub allowed_actions: Vec<String>,
}

impl From<ShownAssignment> for StateAssignmentView {
    fn from(shown: ShownAssignment) -> Self {
        let ShownAssignment { assignment, used, allowed_actions } = shown;
        let (percent, placed_percent) = (assignment.used_percent(used), assignment.placed_percent(used));
        let (direction_id, program_id) = match assignment.subject {
            AssignmentSubject::Direction(id) => (Some(id), None),
            AssignmentSubject::Program(id) => (None, Some(id)),
        };
        let plan = assignment.plan;
        Self {
            id: assignment.id,
            organization_id: assignment.organization_id,
            year: assignment.year,
            direction_id,
            program_id,
            plan: StateAssignmentPlan {
                people: plan.people,
                person_hours: plan.person_hours,
                note: plan.note,
            },
            used: StateAssignmentUse {
                placed_people: used.placed,
                placed_percent,
                people: used.people,
                person_hours: used.person_hours,
                percent,
            },
            allowed_actions,
        }
    }
}

page_view! {
    /// One page of the state assignment, the newest year first.
    StateAssignmentPage of StateAssignmentView
}

/// Which lines to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct StateAssignmentQuery {
    /// Only of this calendar year.
    #[validate(range(min = FIRST_YEAR, max = LAST_YEAR))]
    #[param(minimum = 2000, maximum = 2100)]
    pub year: Option<i32>,
    /// Only of this operator.
    pub organization_id: Option<Uuid>,
    /// How many at most; 50 when absent.
    #[validate(range(min = 1, max = 200))]
    #[param(minimum = 1, maximum = 200)]
    #[serde(skip_serializing)]
    pub limit: Option<i64>,
    /// `next_cursor` of the page before.
    #[validate(length(max = 3000))]
    #[param(max_length = 3000)]
    #[serde(skip_serializing)]
    pub cursor: Option<String>,
}
