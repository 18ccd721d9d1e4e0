//! Submissions as they travel.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::StageSubmission;
use crate::authz::Role;
use crate::http::page_view;

/// Something to be submitted into a stage (материал участника этапа).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StageSubmissionCreate {
    /// The cycle.
    pub cycle_id: Uuid,
    /// The stage of it, from 1.
    #[validate(range(min = 1, max = 64))]
    #[schema(minimum = 1, maximum = 64, example = 1)]
    pub position: i32,
    /// For which organization; where one holds a role that takes part, by default.
    pub organization_id: Option<Uuid>,
    /// What is submitted: results, needs, proposals (содержание).
    #[validate(length(min = 1, max = 10000))]
    #[schema(
        min_length = 1,
        max_length = 10000,
        example = "Потребность: формирующее оценивание, 12 учителей"
    )]
    pub text: String,
    /// The finding of pupils' assessment that it rests on.
    pub finding_id: Option<Uuid>,
}

/// Something submitted into a stage (материал участника этапа).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = StageSubmission)]
pub struct StageSubmissionView {
    /// The submission's id.
    pub id: Uuid,
    /// The cycle.
    pub cycle_id: Uuid,
    /// The stage of it, from 1.
    #[schema(minimum = 1, maximum = 64)]
    pub position: i32,
    /// For which organization.
    pub organization_id: Uuid,
    /// Who submitted it; absent for another system.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person_id: Option<Uuid>,
    /// The role in which it was submitted.
    pub role: Role,
    /// What is submitted.
    #[schema(max_length = 10000)]
    pub text: String,
    /// The finding of pupils' assessment that it rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finding_id: Option<Uuid>,
    /// Day it was submitted.
    pub submitted_on: NaiveDate,
}

impl From<StageSubmission> for StageSubmissionView {
    fn from(submission: StageSubmission) -> Self {
        Self {
            id: submission.id,
            cycle_id: submission.cycle_id,
            position: submission.position,
            organization_id: submission.organization_id,
            person_id: submission.person_id,
            role: submission.role,
            text: submission.text,
            finding_id: submission.finding_id,
            submitted_on: submission.submitted_on,
        }
    }
}

page_view! {
    /// One page of submissions, the newest first.
    StageSubmissionPage of StageSubmissionView
}

/// Which submissions to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct StageSubmissionQuery {
    /// Only into this cycle.
    pub cycle_id: Option<Uuid>,
    /// Only into stages at this place of their cycle.
    #[validate(range(min = 1, max = 64))]
    #[param(minimum = 1, maximum = 64)]
    pub position: Option<i32>,
    /// Only of this organization.
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
