//! Stages as they travel.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use crate::ids::new_id;
use crate::learning_routes::model::Stage;
use crate::learning_routes::service::StageChange;
use crate::values::day;

/// The stages of a route (этапы), in their order.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RouteStagesUpdate {
    /// Every stage the route has from now on.
    #[validate(length(max = 50), nested)]
    #[schema(max_items = 50)]
    pub stages: Vec<RouteStageInput>,
}

/// A stage to be kept or added.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RouteStageInput {
    /// The stage that stays; absent for a new one. Stages that are not named are taken out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Uuid>,
    /// Title.
    #[validate(length(min = 1, max = 500))]
    #[schema(min_length = 1, max_length = 500, example = "Диагностика и обучение")]
    pub title: String,
    /// First day.
    #[serde(deserialize_with = "day")]
    pub starts_on: NaiveDate,
    /// Last day.
    #[serde(deserialize_with = "day")]
    pub ends_on: NaiveDate,
    /// Concrete result (конкретный результат этапа).
    #[validate(length(min = 1, max = 4000))]
    #[schema(min_length = 1, max_length = 4000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected_result: Option<String>,
    /// Form of its report (форма отчёта).
    #[validate(length(min = 1, max = 1000))]
    #[schema(min_length = 1, max_length = 1000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub report_form: Option<String>,
}

impl From<RouteStageInput> for Stage {
    fn from(input: RouteStageInput) -> Self {
        Self {
            id: input.id.unwrap_or_else(new_id),
            title: input.title,
            starts_on: input.starts_on,
            ends_on: input.ends_on,
            expected_result: input.expected_result,
            report_form: input.report_form,
        }
    }
}

impl From<RouteStageInput> for StageChange {
    fn from(input: RouteStageInput) -> Self {
        Self {
            id: input.id,
            title: input.title,
            starts_on: input.starts_on,
            ends_on: input.ends_on,
            expected_result: input.expected_result,
            report_form: input.report_form,
        }
    }
}

/// A stage of a route (этап).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RouteStage)]
pub struct RouteStageView {
    /// The stage's id.
    pub id: Uuid,
    /// Title.
    #[schema(max_length = 500)]
    pub title: String,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// Concrete result.
    #[schema(max_length = 4000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected_result: Option<String>,
    /// Form of its report.
    #[schema(max_length = 1000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub report_form: Option<String>,
}

impl From<Stage> for RouteStageView {
    fn from(stage: Stage) -> Self {
        Self {
            id: stage.id,
            title: stage.title,
            starts_on: stage.starts_on,
            ends_on: stage.ends_on,
            expected_result: stage.expected_result,
            report_form: stage.report_form,
        }
    }
}
