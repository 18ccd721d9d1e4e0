//! What travels about reports by stages.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::model::ReportData;
use super::service::ShownReport;
use super::vocabulary::StageReportState;
use crate::learning_routes::dto::ResolutionView;
use crate::values::day;

/// A report by a stage (отчёт по этапу).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StageReportBody {
    /// The form of the report (форма отчёта): the one that the route names for the stage.
    #[validate(length(min = 1, max = 1000))]
    #[schema(min_length = 1, max_length = 1000, example = "Открытый урок с самоанализом")]
    pub form: String,
    /// The report itself.
    #[validate(length(min = 3, max = 20_000))]
    #[schema(min_length = 3, max_length = 20_000, example = "Урок проведён 20 мая, самоанализ приложен")]
    pub text: String,
    /// What was reached (достигнутые результаты).
    #[validate(length(min = 3, max = 4000))]
    #[schema(min_length = 3, max_length = 4000, example = "Комплект критериев для 5 класса")]
    pub results: String,
}

impl From<StageReportBody> for ReportData {
    fn from(body: StageReportBody) -> Self {
        Self { form: body.form, text: body.text, results: body.results }
    }
}

/// The acceptance of a report.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StageReportAcceptance {
    /// Words.
    #[validate(length(min = 1, max = 4000))]
    #[schema(min_length = 1, max_length = 4000, example = "Принято")]
    pub note: Option<String>,
}

/// The return of a report.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StageReportReturn {
    /// What is to be reworked.
    #[validate(length(min = 3, max = 4000))]
    #[schema(min_length = 3, max_length = 4000, example = "Приложите самоанализ урока")]
    pub note: String,
    /// Until when it is to be handed in again: today or later.
    #[serde(deserialize_with = "day")]
    pub due_on: NaiveDate,
}

/// A report by a stage of a route (отчёт по этапу).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = StageReport)]
pub struct StageReportView {
    /// The report's id.
    pub id: Uuid,
    /// The route.
    pub route_id: Uuid,
    /// The stage.
    pub stage_id: Uuid,
    /// The learner.
    pub person_id: Uuid,
    /// Its form.
    #[schema(max_length = 1000)]
    pub form: String,
    /// The report itself.
    #[schema(max_length = 20_000)]
    pub text: String,
    /// What was reached.
    #[schema(max_length = 4000)]
    pub results: String,
    /// Where it stands.
    pub state: StageReportState,
    /// Day it was handed in last.
    pub submitted_on: NaiveDate,
    /// What was said of it last, when it was accepted or returned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolution: Option<ResolutionView>,
    /// It was returned and its rework is late.
    pub overdue: bool,
    /// What the caller may do with it now: operationIds.
    #[schema(max_items = 10)]
    pub allowed_actions: Vec<String>,
}

impl From<ShownReport> for StageReportView {
    fn from(shown: ShownReport) -> Self {
        let report = shown.report;
        Self {
            id: report.id,
            route_id: report.route_id,
            stage_id: report.stage_id,
            person_id: report.person_id,
            state: report.state,
            submitted_on: report.submitted_on,
            resolution: report.resolution.map(Into::into),
            overdue: shown.overdue,
            allowed_actions: shown.allowed_actions,
            form: report.data.form,
            text: report.data.text,
            results: report.data.results,
        }
    }
}
