//! What travels about delayed outcomes.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{DelayedOutcome, DueOutcome, OutcomeData};
use super::service::{DueFilter, Filter};
use crate::directory::checks;
use crate::http::page_view;
use crate::regulations::profile::DelayedOutcomeMethod;
use crate::values::day;

/// What was found after a training.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = DelayedOutcomeData)]
pub struct DelayedOutcomeBody {
    /// How it was found; one of the methods that the regulation names.
    pub method: DelayedOutcomeMethod,
    /// Day of the visit or of the results: after the end of the training, not in the future by the region's clock.
    #[serde(deserialize_with = "day")]
    #[schema(example = "2026-09-15")]
    pub held_on: NaiveDate,
    /// What was found (вывод).
    #[validate(length(min = 3, max = 4000), custom(function = "checks::not_blank"))]
    #[schema(min_length = 3, max_length = 4000, example = "Приёмы оценивания применяются на каждом уроке")]
    pub conclusion: String,
}

impl From<DelayedOutcomeBody> for OutcomeData {
    fn from(body: DelayedOutcomeBody) -> Self {
        Self { method: body.method, held_on: body.held_on, conclusion: body.conclusion }
    }
}

/// A delayed outcome to be recorded (отсроченный результат).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DelayedOutcomeCreate {
    /// The completed training.
    pub enrollment_id: Uuid,
    /// What was found.
    #[validate(nested)]
    pub data: DelayedOutcomeBody,
}

/// A delayed outcome of training (отсроченный результат).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DelayedOutcome)]
pub struct DelayedOutcomeView {
    /// The delayed outcome's id.
    pub id: Uuid,
    /// Who was trained.
    pub person_id: Uuid,
    /// The school the person came from.
    pub organization_id: Uuid,
    /// The regulation it was recorded under.
    pub regulation_id: Uuid,
    /// The completed training.
    pub enrollment_id: Uuid,
    /// Day it was due by the regulation.
    pub due_on: NaiveDate,
    /// What was found.
    pub data: DelayedOutcomeBody,
}

impl From<DelayedOutcome> for DelayedOutcomeView {
    fn from(outcome: DelayedOutcome) -> Self {
        let data = outcome.data;
        Self {
            id: outcome.id,
            person_id: outcome.person_id,
            organization_id: outcome.organization_id,
            regulation_id: outcome.regulation_id,
            enrollment_id: outcome.enrollment_id,
            due_on: outcome.due_on,
            data: DelayedOutcomeBody {
                method: data.method,
                held_on: data.held_on,
                conclusion: data.conclusion,
            },
        }
    }
}

page_view! {
    /// One page of delayed outcomes, the newest day first.
    DelayedOutcomePage of DelayedOutcomeView
}

/// Which delayed outcomes to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DelayedOutcomeQuery {
    /// Only of this person.
    pub person_id: Option<Uuid>,
    /// Only of people from this school.
    pub organization_id: Option<Uuid>,
    /// Only of this training.
    pub enrollment_id: Option<Uuid>,
    /// Only found this way.
    pub method: Option<DelayedOutcomeMethod>,
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

impl DelayedOutcomeQuery {
    /// The delayed outcomes asked for.
    pub const fn filter(&self) -> Filter {
        Filter {
            person_id: self.person_id,
            organization_id: self.organization_id,
            enrollment_id: self.enrollment_id,
            method: self.method,
        }
    }
}

/// A completed training whose outcome is still to be recorded (ожидаемый отсроченный результат).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DueOutcome)]
pub struct DueOutcomeView {
    /// The training.
    pub enrollment_id: Uuid,
    /// Who was trained.
    pub person_id: Uuid,
    /// The school the person came from.
    pub organization_id: Uuid,
    /// Title of the training.
    #[schema(max_length = 500)]
    pub title: String,
    /// Day it ended.
    pub ended_on: NaiveDate,
    /// Day the outcome is due, by the interval of the regulation of the school.
    pub due_on: NaiveDate,
    /// Whether that day is over.
    pub overdue: bool,
}

impl DueOutcomeView {
    /// As it stands today.
    pub fn new(due: DueOutcome, today: NaiveDate) -> Self {
        Self {
            enrollment_id: due.enrollment_id,
            person_id: due.person_id,
            organization_id: due.organization_id,
            title: due.title,
            ended_on: due.ended_on,
            due_on: due.due_on,
            overdue: due.due_on < today,
        }
    }
}

page_view! {
    /// One page of completed training whose outcome is still to be recorded, what ended first first.
    DueOutcomePage of DueOutcomeView
}

/// Which due outcomes to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DueOutcomeQuery {
    /// Only of this person.
    pub person_id: Option<Uuid>,
    /// Only of people from this school.
    pub organization_id: Option<Uuid>,
    /// Only due on this day or later.
    #[serde(default, deserialize_with = "day")]
    pub due_from: Option<NaiveDate>,
    /// Only due on this day or before.
    #[serde(default, deserialize_with = "day")]
    pub due_until: Option<NaiveDate>,
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

impl DueOutcomeQuery {
    /// The due outcomes asked for.
    pub const fn filter(&self) -> DueFilter {
        DueFilter {
            person_id: self.person_id,
            organization_id: self.organization_id,
            due_from: self.due_from,
            due_until: self.due_until,
        }
    }
}
