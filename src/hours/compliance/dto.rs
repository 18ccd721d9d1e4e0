//! What travels about compliance.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{Standing, Worker};
use super::service::Compliance;
use crate::hours::balances::dto::{FrequencyStatusDto, LocalStatusDto};
use crate::hours::model::{FrequencyStatus, LocalStatus};
use crate::values::{Hours, day};

/// Which compliance.
#[derive(Debug, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct HoursComplianceQuery {
    /// The day of the question; today when absent.
    #[serde(default, deserialize_with = "day")]
    pub as_of: Option<NaiveDate>,
    /// Consider only what had been recorded by then; now when absent.
    pub known_at: Option<DateTime<Utc>>,
}

/// How many people stand where on the local check.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct LocalHoursCounts {
    /// The sum reaches the norm.
    #[schema(minimum = 0, maximum = 1000000)]
    pub met: u32,
    /// It does not.
    #[schema(minimum = 0, maximum = 1000000)]
    pub not_met: u32,
    /// The regulation sets no norm for them.
    #[schema(minimum = 0, maximum = 1000000)]
    pub no_norm: u32,
}

/// How many people stand where on the federal check.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct FederalFrequencyCounts {
    /// Trained within three years.
    #[schema(minimum = 0, maximum = 1000000)]
    pub met: u32,
    /// Trained longer ago.
    #[schema(minimum = 0, maximum = 1000000)]
    pub overdue: u32,
    /// No completed training is known.
    #[schema(minimum = 0, maximum = 1000000)]
    pub never_trained: u32,
}

/// Where one person stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonCompliance {
    /// The person.
    pub person_id: Uuid,
    /// Family name.
    #[schema(max_length = 100)]
    pub last_name: String,
    /// Given name.
    #[schema(max_length = 100)]
    pub first_name: String,
    /// Patronymic.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 100)]
    pub middle_name: Option<String>,
    /// The local check.
    pub local_hours: LocalStatusDto,
    /// The norm; absent where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<f64>, minimum = 0.5, maximum = 10000, multiple_of = 0.5)]
    pub required: Option<Hours>,
    /// The sum of the counted hours.
    #[schema(value_type = f64, minimum = 0, maximum = 1000000, multiple_of = 0.5)]
    pub counted: Hours,
    /// What is missing to the norm.
    #[schema(value_type = f64, minimum = 0, maximum = 10000, multiple_of = 0.5)]
    pub missing: Hours,
    /// The first day the norm stops being met if nothing is added.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub norm_breaks_on: Option<NaiveDate>,
    /// The federal check.
    pub federal_frequency: FrequencyStatusDto,
    /// The last day by which new training leaves no gap by law; the day of the question when no training is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_training_due_on: Option<NaiveDate>,
}

impl From<(Worker, Standing)> for PersonCompliance {
    fn from((worker, standing): (Worker, Standing)) -> Self {
        Self {
            person_id: worker.person_id,
            last_name: worker.last_name,
            first_name: worker.first_name,
            middle_name: worker.middle_name,
            local_hours: standing.local_hours.into(),
            required: standing.required,
            counted: standing.counted,
            missing: standing.missing,
            norm_breaks_on: standing.norm_breaks_on,
            federal_frequency: standing.federal_frequency.into(),
            next_training_due_on: standing.next_training_due_on,
        }
    }
}

/// The hours of an organization's people on a day (выполнение нормы).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HoursCompliance)]
pub struct HoursComplianceView {
    /// The organization.
    pub organization_id: Uuid,
    /// The regulation that binds it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub regulation_id: Option<Uuid>,
    /// Its title.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 500)]
    pub regulation_title: Option<String>,
    /// The day of the question.
    pub as_of: NaiveDate,
    /// Counts of the local check.
    pub local_hours: LocalHoursCounts,
    /// Counts of the federal check.
    pub federal_frequency: FederalFrequencyCounts,
    /// Everybody who works there, by name; absent for callers who may not read their balances.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_items = 10000)]
    pub persons: Option<Vec<PersonCompliance>>,
}

impl From<Compliance> for HoursComplianceView {
    fn from(found: Compliance) -> Self {
        let mut local_hours = LocalHoursCounts::default();
        let mut federal_frequency = FederalFrequencyCounts::default();
        for (_, standing) in &found.people {
            *match standing.local_hours {
                LocalStatus::Met => &mut local_hours.met,
                LocalStatus::NotMet => &mut local_hours.not_met,
                LocalStatus::NoNorm => &mut local_hours.no_norm,
            } += 1;
            *match standing.federal_frequency {
                FrequencyStatus::Met => &mut federal_frequency.met,
                FrequencyStatus::Overdue => &mut federal_frequency.overdue,
                FrequencyStatus::NeverTrained => &mut federal_frequency.never_trained,
            } += 1;
        }
        Self {
            organization_id: found.organization_id,
            regulation_id: found.regulation.as_ref().map(|regulation| regulation.id),
            regulation_title: found.regulation.map(|regulation| regulation.title),
            as_of: found.as_of,
            local_hours,
            federal_frequency,
            persons: found.named.then(|| found.people.into_iter().map(Into::into).collect()),
        }
    }
}
