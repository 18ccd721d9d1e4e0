//! Submissions into monitorings as they travel.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::service::ShownSubmission;
use crate::authz::Role;
use crate::http::page_view;

/// Something to be submitted into a monitoring (материалы в мониторинг).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MonitoringSubmissionCreate {
    /// The monitoring.
    pub monitoring_id: Uuid,
    /// For which organization; where one holds a role that submits, by default.
    pub organization_id: Option<Uuid>,
    /// What is submitted (содержание).
    #[validate(length(min = 1, max = 10000))]
    #[schema(
        min_length = 1,
        max_length = 10000,
        example = "Обучены 45 из 60 учителей, дефицитов закрыто 31"
    )]
    pub text: String,
}

/// A submission, written anew.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MonitoringSubmissionUpdate {
    /// What is submitted from now on (содержание).
    #[validate(length(min = 1, max = 10000))]
    #[schema(
        min_length = 1,
        max_length = 10000,
        example = "Обучены 46 из 60 учителей, дефицитов закрыто 31"
    )]
    pub text: String,
}

/// Something submitted into a monitoring (материалы в мониторинг).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MonitoringSubmission)]
pub struct MonitoringSubmissionView {
    /// The submission's id.
    pub id: Uuid,
    /// The monitoring.
    pub monitoring_id: Uuid,
    /// The organization that submitted it.
    pub organization_id: Uuid,
    /// The role in which it was submitted.
    pub role: Role,
    /// What is submitted.
    #[schema(max_length = 10000)]
    pub text: String,
    /// Day it was submitted first.
    pub submitted_on: NaiveDate,
    /// What the caller may do with it now: operationIds. Whether the monitoring is still open is told by `get_monitoring`.
    #[schema(max_items = 1)]
    pub allowed_actions: Vec<String>,
}

impl From<ShownSubmission> for MonitoringSubmissionView {
    fn from(shown: ShownSubmission) -> Self {
        let submission = shown.submission;
        Self {
            id: submission.id,
            monitoring_id: submission.monitoring_id,
            organization_id: submission.organization_id,
            role: submission.role,
            text: submission.text,
            submitted_on: submission.submitted_on,
            allowed_actions: shown.allowed_actions,
        }
    }
}

page_view! {
    /// One page of submissions, the newest first.
    MonitoringSubmissionPage of MonitoringSubmissionView
}

/// Which submissions to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MonitoringSubmissionQuery {
    /// Only into this monitoring.
    pub monitoring_id: Option<Uuid>,
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
