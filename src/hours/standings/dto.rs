//! What travels about standings.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{Stands, Wanted};
use crate::hours::balances::dto::{FrequencyStatusDto, LocalStatusDto};
use crate::http::page_view;
use crate::values::{Hours, day};

/// Which standings to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct HoursStandingQuery {
    /// Whose people: of a ministry the whole region's, of a municipal authority the municipality's, each by their main
    /// employer; of any other organization everybody who works there.
    pub organization_id: Uuid,
    /// The day of the question; today when absent.
    #[serde(default, deserialize_with = "day")]
    pub as_of: Option<NaiveDate>,
    /// Only with this answer of the local check.
    pub local_status: Option<LocalStatusDto>,
    /// Only with this answer of the federal check.
    pub federal_status: Option<FrequencyStatusDto>,
    /// Only in this position (должность), whatever the case of its letters.
    #[validate(length(min = 1, max = 200))]
    #[param(min_length = 1, max_length = 200, example = "учитель")]
    pub position: Option<String>,
    /// Only those most of whose missing hours fail by this, a reason code of balances, `nothing_recorded` or
    /// `too_few_hours`.
    #[validate(length(min = 1, max = 40))]
    #[param(min_length = 1, max_length = 40, example = "outside_window")]
    pub reason: Option<String>,
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

impl HoursStandingQuery {
    /// Which people are wanted.
    pub fn wanted(&self) -> Wanted {
        Wanted {
            local_status: self.local_status.map(Into::into),
            federal_status: self.federal_status.map(Into::into),
            position: self.position.clone(),
            reason: self.reason.clone(),
        }
    }
}

/// Where one person stands at one employer (положение по часам).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HoursStanding)]
pub struct HoursStandingView {
    /// The person.
    pub person_id: Uuid,
    /// The employer.
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
    /// The local check.
    pub local_hours: LocalStatusDto,
    /// The norm in academic hours; absent where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<f64>, minimum = 0.5, maximum = 10000, multiple_of = 0.5)]
    pub required: Option<Hours>,
    /// The sum of the counted academic hours.
    #[schema(value_type = f64, minimum = 0, maximum = 1000000, multiple_of = 0.5)]
    pub counted: Hours,
    /// What is missing to the norm, in academic hours.
    #[schema(value_type = f64, minimum = 0, maximum = 10000, multiple_of = 0.5)]
    pub missing: Hours,
    /// By what most of the missing hours fail (причина): a reason code of balances, `nothing_recorded` when the ledger has
    /// nothing, `too_few_hours` when everything counts; absent when nothing is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 40, example = "outside_window")]
    pub reason: Option<String>,
    /// The first day the norm stops being met if nothing is added.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub norm_breaks_on: Option<NaiveDate>,
    /// The federal check.
    pub federal_frequency: FrequencyStatusDto,
    /// The last day by which new training leaves no gap by law; the day of the question when no training is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_training_due_on: Option<NaiveDate>,
}

impl HoursStandingView {
    /// Where somebody stands on a day.
    pub fn on(as_of: NaiveDate, stands: Stands) -> Self {
        let Stands { pair: (person_id, organization_id), name, standing } = stands;
        Self {
            person_id,
            organization_id,
            last_name: name.last().to_owned(),
            first_name: name.first().to_owned(),
            middle_name: name.middle().map(str::to_owned),
            local_hours: standing.local_hours.into(),
            required: standing.required,
            counted: standing.counted,
            missing: standing.missing,
            norm_breaks_on: standing.norm_breaks_on,
            federal_frequency: standing.federal_frequency.into(),
            next_training_due_on: standing.training_due_on(as_of),
            reason: Some(standing.reason).filter(|reason| !reason.is_empty()),
        }
    }
}

page_view! {
    /// One page of standings, by name.
    HoursStandingPage of HoursStandingView
}
