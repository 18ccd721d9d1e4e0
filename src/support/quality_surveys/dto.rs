//! What travels about surveys of the quality of training.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{QualitySurvey, SurveyData};
use super::service::Filter;
use crate::directory::checks;
use crate::http::page_view;
use crate::values::day;

/// What is recorded of a survey.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = QualitySurveyData)]
pub struct QualitySurveyBody {
    /// Day of the survey, by the region's clock: not before the first day of the offering and not in the future.
    #[serde(deserialize_with = "day")]
    #[schema(example = "2026-03-12")]
    pub surveyed_on: NaiveDate,
    /// Who was asked about what (опрос).
    #[validate(length(min = 3, max = 4000), custom(function = "checks::not_blank"))]
    #[schema(min_length = 3, max_length = 4000, example = "Анкета слушателей из десяти вопросов")]
    pub description: String,
    /// How many people answered; not more than took part.
    #[validate(range(min = 1, max = 100_000))]
    #[schema(minimum = 1, maximum = 100_000, example = 12)]
    pub respondents: i32,
    /// Share of those content with the training among them, in percent.
    #[validate(range(min = 0, max = 100))]
    #[schema(minimum = 0, maximum = 100, example = 92)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub satisfied_percent: Option<i32>,
    /// What they answered (результат).
    #[validate(length(min = 3, max = 4000), custom(function = "checks::not_blank"))]
    #[schema(min_length = 3, max_length = 4000, example = "Не хватило практики на рабочем месте")]
    pub results: String,
    /// What follows from it (вывод).
    #[validate(length(min = 3, max = 4000), custom(function = "checks::not_blank"))]
    #[schema(min_length = 3, max_length = 4000, example = "Увеличить долю практики до половины")]
    pub conclusion: String,
}

impl From<QualitySurveyBody> for SurveyData {
    fn from(body: QualitySurveyBody) -> Self {
        Self {
            surveyed_on: body.surveyed_on,
            description: body.description,
            respondents: body.respondents,
            satisfied_percent: body.satisfied_percent,
            results: body.results,
            conclusion: body.conclusion,
        }
    }
}

/// A survey to be recorded (мониторинг качества обучения).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QualitySurveyCreate {
    /// The offering; it has begun.
    pub offering_id: Uuid,
    /// What is recorded.
    #[validate(nested)]
    pub data: QualitySurveyBody,
}

/// A survey of the quality of training (мониторинг качества обучения).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = QualitySurvey)]
pub struct QualitySurveyView {
    /// The survey's id.
    pub id: Uuid,
    /// The offering.
    pub offering_id: Uuid,
    /// Who holds the offering.
    pub organization_id: Uuid,
    /// Who asked: the organiser itself, or the regional operator.
    pub held_by_id: Uuid,
    /// The regulation it was recorded under.
    pub regulation_id: Uuid,
    /// What is recorded.
    pub data: QualitySurveyBody,
}

impl From<QualitySurvey> for QualitySurveyView {
    fn from(survey: QualitySurvey) -> Self {
        let data = survey.data;
        Self {
            id: survey.id,
            offering_id: survey.offering_id,
            organization_id: survey.organization_id,
            held_by_id: survey.held_by_id,
            regulation_id: survey.regulation_id,
            data: QualitySurveyBody {
                surveyed_on: data.surveyed_on,
                description: data.description,
                respondents: data.respondents,
                satisfied_percent: data.satisfied_percent,
                results: data.results,
                conclusion: data.conclusion,
            },
        }
    }
}

page_view! {
    /// One page of surveys of the quality of training, the newest first.
    QualitySurveyPage of QualitySurveyView
}

/// Which surveys to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct QualitySurveyQuery {
    /// Only of this offering.
    pub offering_id: Option<Uuid>,
    /// Only of offerings of this organiser.
    pub organization_id: Option<Uuid>,
    /// Only those that this organization held.
    pub held_by_id: Option<Uuid>,
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

impl QualitySurveyQuery {
    /// The surveys asked for.
    pub const fn filter(&self) -> Filter {
        Filter {
            offering_id: self.offering_id,
            organization_id: self.organization_id,
            held_by_id: self.held_by_id,
        }
    }
}
