//! What travels about templates of routes.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{Template, TemplateData, TemplateStage};
use crate::http::page_view;

/// A template to be written.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RouteTemplateCreate {
    /// The organization that keeps it: the caller's own.
    pub organization_id: Uuid,
    /// What is said of it.
    #[validate(nested)]
    pub data: RouteTemplateBody,
}

/// What is said of a template.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RouteTemplateData)]
pub struct RouteTemplateBody {
    /// Title.
    #[validate(length(min = 1, max = 500))]
    #[schema(min_length = 1, max_length = 500, example = "Порядок формирования маршрутов")]
    pub title: String,
    /// The procedure in words (порядок).
    #[validate(length(min = 1, max = 20_000))]
    #[schema(min_length = 1, max_length = 20_000)]
    pub procedure: String,
    /// The stages it proposes, in their order.
    #[serde(default)]
    #[validate(length(max = 50), nested)]
    #[schema(max_items = 50)]
    pub stages: Vec<RouteTemplateStageBody>,
}

/// A stage that a template proposes.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RouteTemplateStage)]
pub struct RouteTemplateStageBody {
    /// Title.
    #[validate(length(min = 1, max = 500))]
    #[schema(min_length = 1, max_length = 500, example = "Обучение")]
    pub title: String,
    /// Days from the beginning of the route to that of the stage.
    #[validate(range(min = 0, max = 3660))]
    #[schema(minimum = 0, maximum = 3660)]
    pub offset_days: i32,
    /// Length in days.
    #[validate(range(min = 1, max = 3660))]
    #[schema(minimum = 1, maximum = 3660)]
    pub days: i32,
    /// Concrete result.
    #[validate(length(min = 1, max = 4000))]
    #[schema(min_length = 1, max_length = 4000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected_result: Option<String>,
    /// Form of its report.
    #[validate(length(min = 1, max = 1000))]
    #[schema(min_length = 1, max_length = 1000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub report_form: Option<String>,
}

impl From<RouteTemplateBody> for TemplateData {
    fn from(body: RouteTemplateBody) -> Self {
        let stage = |stage: RouteTemplateStageBody| TemplateStage {
            title: stage.title,
            offset_days: stage.offset_days,
            days: stage.days,
            expected_result: stage.expected_result,
            report_form: stage.report_form,
        };
        Self {
            title: body.title,
            procedure: body.procedure,
            stages: body.stages.into_iter().map(stage).collect(),
        }
    }
}

impl From<TemplateData> for RouteTemplateBody {
    fn from(data: TemplateData) -> Self {
        let stage = |stage: TemplateStage| RouteTemplateStageBody {
            title: stage.title,
            offset_days: stage.offset_days,
            days: stage.days,
            expected_result: stage.expected_result,
            report_form: stage.report_form,
        };
        Self {
            title: data.title,
            procedure: data.procedure,
            stages: data.stages.into_iter().map(stage).collect(),
        }
    }
}

/// The regional procedure of forming routes (порядок формирования ИОМ).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RouteTemplate)]
pub struct RouteTemplateView {
    /// The template's id.
    pub id: Uuid,
    /// The organization that keeps it.
    pub organization_id: Uuid,
    /// What is said of it.
    pub data: RouteTemplateBody,
    /// Day from which everybody in the region reads it; absent while it is a draft.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published_on: Option<NaiveDate>,
    /// Day it was replaced.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retired_on: Option<NaiveDate>,
    /// What the caller may do with it now: operationIds.
    #[schema(max_items = 20)]
    pub allowed_actions: Vec<String>,
}

impl RouteTemplateView {
    /// The representation for a caller who may do `allowed_actions`.
    pub fn new(template: Template, allowed_actions: Vec<String>) -> Self {
        Self {
            id: template.id,
            organization_id: template.organization_id,
            data: template.data.into(),
            published_on: template.published_on,
            retired_on: template.retired_on,
            allowed_actions,
        }
    }
}

page_view! {
    /// One page of templates, by title.
    RouteTemplatePage of RouteTemplateView
}

/// Which templates to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RouteTemplateQuery {
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
