//! What travels about deficits.

mod closure;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{DeficitEvent, DeficitEventKind, DeficitOrigin, DeficitState, NamedDeficit};
use super::service::NewDifficulty;
use super::store::Filter;
use crate::diagnostics::Score;
use crate::diagnostics::frameworks::model::JobFunction;
use crate::http::page_view;

pub use closure::{DeficitClosure, DeficitClosureQuery};

/// Where a deficit stands (состояние дефицита).
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = DeficitState)]
pub enum DeficitStateDto {
    /// Found, nothing answers it yet.
    Open,
    /// A route in force answers it.
    Addressed,
    /// A repeat diagnostic shows it no more.
    Closed,
}

crate::values::mirror!(DeficitStateDto => DeficitState { Open, Addressed, Closed });

/// How a deficit became known (происхождение дефицита).
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = DeficitOrigin)]
pub enum DeficitOriginDto {
    /// A diagnostic result shows it (дефицит по результатам диагностики).
    Diagnostic,
    /// Reported without a test (профессиональное затруднение).
    Difficulty,
}

crate::values::mirror!(DeficitOriginDto => DeficitOrigin { Diagnostic, Difficulty });

/// A difficulty to be reported without a test (профессиональное затруднение).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeficitReport {
    /// Whose difficulty it is.
    pub person_id: Uuid,
    /// The competency that lacks, of a published framework.
    pub competency_id: Uuid,
    /// How grave: 1 slight, 3 gravest.
    #[validate(range(min = 1, max = 3))]
    #[schema(minimum = 1, maximum = 3, example = 2)]
    pub severity: i16,
    /// The job function in which it shows (трудовая функция); that of the competency when absent.
    #[validate(length(min = 1, max = 300))]
    #[schema(min_length = 1, max_length = 300, example = "A/01.6 Общепедагогическая функция. Обучение")]
    pub job_function: Option<String>,
    /// The difficulty in words.
    #[validate(length(min = 3, max = 2000))]
    #[schema(
        min_length = 3,
        max_length = 2000,
        example = "Трудно оценивать функциональную грамотность на уроке"
    )]
    pub note: String,
}

impl From<DeficitReport> for NewDifficulty {
    fn from(report: DeficitReport) -> Self {
        Self {
            person_id: report.person_id,
            competency_id: report.competency_id,
            severity: report.severity,
            job_function: report.job_function,
            note: report.note,
        }
    }
}

/// A deficit of a person (профессиональный дефицит): a competency that lacks (P4-5).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Deficit)]
pub struct DeficitView {
    /// The deficit's id.
    pub id: Uuid,
    /// Whose it is.
    pub person_id: Uuid,
    /// The school of the person when it was found.
    pub organization_id: Uuid,
    /// The competency that lacks.
    pub competency_id: Uuid,
    /// Its code within its framework.
    #[schema(max_length = 64, example = "ПК-2.1")]
    pub competency_code: String,
    /// Its title.
    #[schema(max_length = 500, example = "Оценивание результатов")]
    pub competency_title: String,
    /// How it became known.
    pub origin: DeficitOriginDto,
    /// The result that showed it last; absent for a difficulty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub result_id: Option<Uuid>,
    /// Level shown, as named by the instrument; `reported` for a difficulty.
    #[schema(max_length = 100, example = "high_deficit")]
    pub level: String,
    /// How grave: 1 slight, 3 gravest.
    #[schema(minimum = 1, maximum = 3)]
    pub severity: i16,
    /// Weight of the competency in the instrument; heavier deficits come first.
    #[schema(value_type = f64, minimum = 0.01, maximum = 999.99)]
    pub weight: Score,
    /// The job function in which it shows (трудовая функция).
    #[schema(max_length = 300)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub job_function: Option<String>,
    /// The job functions of standards that the competency is associated with (трудовые функции).
    #[schema(max_items = 1_000)]
    pub job_functions: Vec<DeficitJobFunction>,
    /// The difficulty in words.
    #[schema(max_length = 2000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Where it stands.
    pub state: DeficitStateDto,
    /// Day it was found.
    pub opened_on: NaiveDate,
    /// Day it was closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed_on: Option<NaiveDate>,
    /// The repeat result that closed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed_by_result_id: Option<Uuid>,
    /// What the caller may do with it now: operationIds. Deficits change by results and routes only.
    #[schema(max_items = 20)]
    pub allowed_actions: Vec<String>,
}

impl From<NamedDeficit> for DeficitView {
    fn from(NamedDeficit { deficit, competency, job_functions }: NamedDeficit) -> Self {
        Self {
            job_functions: job_functions.into_iter().map(Into::into).collect(),
            competency_code: competency.code,
            competency_title: competency.title,
            id: deficit.id,
            person_id: deficit.person_id,
            organization_id: deficit.organization_id,
            competency_id: deficit.competency_id,
            origin: deficit.origin.into(),
            result_id: deficit.result_id,
            level: deficit.level,
            severity: deficit.severity,
            weight: deficit.weight,
            job_function: deficit.job_function,
            note: deficit.note,
            state: deficit.state.into(),
            opened_on: deficit.opened_on,
            closed_on: deficit.closed_on,
            closed_by_result_id: deficit.closed_by_result_id,
            allowed_actions: Vec::new(),
        }
    }
}

/// A job function of a standard (трудовая функция профессионального стандарта).
#[derive(Debug, Serialize, ToSchema)]
pub struct DeficitJobFunction {
    /// The row of its framework.
    pub id: Uuid,
    /// The framework.
    pub framework_id: Uuid,
    /// Its code.
    #[schema(max_length = 64, example = "A/01.6")]
    pub code: String,
    /// Its title.
    #[schema(max_length = 500, example = "Общепедагогическая функция. Обучение")]
    pub title: String,
}

impl From<JobFunction> for DeficitJobFunction {
    fn from(function: JobFunction) -> Self {
        Self {
            id: function.id,
            framework_id: function.framework_id,
            code: function.code,
            title: function.title,
        }
    }
}

page_view! {
    /// One page of deficits, newest first.
    DeficitPage of DeficitView
}

/// Which deficits to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DeficitQuery {
    /// Only of this person.
    pub person_id: Option<Uuid>,
    /// Only in this state.
    pub state: Option<DeficitStateDto>,
    /// Only of this competency.
    pub competency_id: Option<Uuid>,
    /// Only of competencies associated with this job function of a standard.
    pub job_function_id: Option<Uuid>,
    /// Only of people of this organization.
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

impl From<&DeficitQuery> for Filter {
    fn from(query: &DeficitQuery) -> Self {
        Self {
            person_id: query.person_id,
            state: query.state.map(Into::into),
            competency_id: query.competency_id,
            organization_id: query.organization_id,
            job_function_id: query.job_function_id,
            competency_ids: None,
        }
    }
}

/// Which deficits of a person to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PersonDeficitQuery {
    /// Only in this state.
    pub state: Option<DeficitStateDto>,
    /// Only of competencies associated with this job function of a standard.
    pub job_function_id: Option<Uuid>,
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

/// What happened to a deficit (событие в истории дефицита).
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = DeficitEventKind)]
pub enum DeficitEventKindDto {
    /// Somebody reported a difficulty.
    Reported,
    /// A result showed it first.
    Opened,
    /// Another result showed it again.
    Confirmed,
    /// A route in force answers it.
    Addressed,
    /// No route in force answers it any more.
    Released,
    /// A repeat diagnostic shows it no more.
    Closed,
    /// It shows again after it had been closed.
    Reopened,
}

crate::values::mirror!(DeficitEventKindDto => DeficitEventKind {
    Reported, Opened, Confirmed, Addressed, Released, Closed, Reopened
});

/// One entry of the history of a deficit (история дефицита).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DeficitEvent)]
pub struct DeficitEventView {
    /// The entry's id.
    pub id: Uuid,
    /// What happened.
    pub kind: DeficitEventKindDto,
    /// Where the deficit stood from then on.
    pub state: DeficitStateDto,
    /// Level shown, as named by the instrument.
    #[schema(max_length = 100, example = "high_deficit")]
    pub level: String,
    /// How grave: 1 slight, 3 gravest.
    #[schema(minimum = 1, maximum = 3)]
    pub severity: i16,
    /// The result that moved it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub result_id: Option<Uuid>,
    /// The learning route that moved it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub route_id: Option<Uuid>,
    /// Day of the fact; one that was loaded late does not come before the one before it.
    pub happened_on: NaiveDate,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
}

impl From<DeficitEvent> for DeficitEventView {
    fn from(event: DeficitEvent) -> Self {
        Self {
            id: event.id,
            kind: event.kind.into(),
            state: event.state.into(),
            level: event.level,
            severity: event.severity,
            result_id: event.result_id,
            route_id: event.route_id,
            happened_on: event.happened_on,
            recorded_at: event.recorded_at,
        }
    }
}

page_view! {
    /// One page of the history of a deficit, oldest first.
    DeficitEventPage of DeficitEventView
}

/// Which part of the history of a deficit to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DeficitEventQuery {
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
