//! What travels about forecasts.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::Tally;
use super::service::Forecast;
use crate::hours::compliance::dto::{FederalFrequencyCounts, LocalHoursCounts};
use crate::values::day;

/// Which forecast.
#[derive(Debug, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct HoursForecastQuery {
    /// The first day of the forecast, past or future; today when absent.
    #[serde(default, deserialize_with = "day")]
    pub as_of: Option<NaiveDate>,
}

/// How many people stand where on a day of a forecast.
#[derive(Debug, Serialize, ToSchema)]
pub struct HoursForecastMonth {
    /// The day: the first day of the forecast, then the first day of each month.
    pub on: NaiveDate,
    /// Everybody who is counted on that day.
    #[schema(minimum = 0, maximum = 1000000, example = 54)]
    pub people: u32,
    /// Counts of the local check (норма часов).
    pub local_hours: LocalHoursCounts,
    /// Counts of the federal check (периодичность).
    pub federal_frequency: FederalFrequencyCounts,
}

impl From<(NaiveDate, Tally)> for HoursForecastMonth {
    fn from((on, tally): (NaiveDate, Tally)) -> Self {
        Self {
            on,
            people: tally.met + tally.not_met + tally.no_norm,
            local_hours: LocalHoursCounts { met: tally.met, not_met: tally.not_met, no_norm: tally.no_norm },
            federal_frequency: FederalFrequencyCounts {
                met: tally.trained,
                overdue: tally.overdue,
                never_trained: tally.never_trained,
            },
        }
    }
}

/// What becomes of the hours of an organization's people if nothing is added (прогноз выполнения нормы).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HoursForecast)]
pub struct HoursForecastView {
    /// The organization.
    pub organization_id: Uuid,
    /// The first day, and the first day of each of the next 36 months, in order.
    #[schema(min_items = 1, max_items = 37)]
    pub months: Vec<HoursForecastMonth>,
}

impl From<Forecast> for HoursForecastView {
    fn from(found: Forecast) -> Self {
        Self {
            organization_id: found.organization_id,
            months: found.months.into_iter().map(Into::into).collect(),
        }
    }
}
