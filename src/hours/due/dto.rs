//! What travels about what is due.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::hours::balances::dto::{FrequencyStatusDto, LocalStatusDto};
use crate::hours::standings::model::Stands;
use crate::http::page_view;
use crate::values::day;

/// What is due where.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct HoursDueQuery {
    /// Whose people: of a ministry the whole region's, of a municipal authority the municipality's, each by their main
    /// employer; of any other organization everybody who works there.
    pub organization_id: Uuid,
    /// The last day that is asked about; twelve months ahead when absent.
    #[serde(default, deserialize_with = "day")]
    pub until: Option<NaiveDate>,
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

/// What is due of one person (срок обучения).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HoursDue)]
pub struct HoursDueView {
    /// The person.
    pub person_id: Uuid,
    /// The employer whose regulation sets the norm.
    pub organization_id: Uuid,
    /// Family name (фамилия).
    #[schema(max_length = 100)]
    pub last_name: String,
    /// Given name (имя).
    #[schema(max_length = 100)]
    pub first_name: String,
    /// Patronymic (отчество).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 100)]
    pub middle_name: Option<String>,
    /// The earlier of the two days; today when no training is known: that is due at once, and `federal_frequency` says
    /// `never_trained`.
    pub due_on: NaiveDate,
    /// The local check today.
    pub local_hours: LocalStatusDto,
    /// The first day the norm stops being met if nothing is added.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub norm_breaks_on: Option<NaiveDate>,
    /// The federal check today.
    pub federal_frequency: FrequencyStatusDto,
    /// The last day by which new training leaves no gap by law; today when no training is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_training_due_on: Option<NaiveDate>,
}

impl HoursDueView {
    /// What is due, seen from today.
    pub fn on(today: NaiveDate, stands: Stands) -> Self {
        let Stands { pair: (person_id, organization_id), name, standing } = stands;
        let training = standing.training_due_on(today);
        Self {
            person_id,
            organization_id,
            last_name: name.last().to_owned(),
            first_name: name.first().to_owned(),
            middle_name: name.middle().map(str::to_owned),
            due_on: standing.norm_breaks_on.into_iter().chain(training).min().unwrap_or(today),
            local_hours: standing.local_hours.into(),
            norm_breaks_on: standing.norm_breaks_on,
            federal_frequency: standing.federal_frequency.into(),
            next_training_due_on: training,
        }
    }
}

page_view! {
    /// One page of what is due, the earliest first.
    HoursDuePage of HoursDueView
}
