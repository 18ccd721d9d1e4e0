//! What travels about series.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{Point, Step};
use super::service::Series;
use crate::hours::balances::dto::{FrequencyStatusDto, LocalStatusDto};
use crate::values::{Hours, day};

/// The distance of two points (шаг ряда).
#[derive(Debug, Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = HoursSeriesStep)]
pub enum StepDto {
    /// A calendar month.
    Month,
    /// Three calendar months.
    Quarter,
}

crate::values::mirror!(StepDto => Step { Month, Quarter });

/// Which days a series covers.
#[derive(Debug, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct HoursSeriesQuery {
    /// The first day; 36 months before `until` when absent.
    #[serde(default, deserialize_with = "day")]
    pub from: Option<NaiveDate>,
    /// The last day, past or future; today when absent.
    #[serde(default, deserialize_with = "day")]
    pub until: Option<NaiveDate>,
    /// The distance of two points; a month when absent.
    pub step: Option<StepDto>,
}

/// The hours of a person on one day of a series.
#[derive(Debug, Serialize, ToSchema)]
pub struct HoursSeriesPoint {
    /// The day.
    pub on: NaiveDate,
    /// The main employer of that day, whose regulation applies; absent when the person works nowhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization_id: Option<Uuid>,
    /// The sum of the counted hours.
    #[schema(value_type = f64, minimum = 0, maximum = 1000000, multiple_of = 0.5)]
    pub counted: Hours,
    /// The norm; absent where the regulation sets none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<f64>, minimum = 0.5, maximum = 10000, multiple_of = 0.5)]
    pub required: Option<Hours>,
    /// The regulation's check.
    pub local_hours: LocalStatusDto,
    /// The law's check.
    pub federal_frequency: FrequencyStatusDto,
}

impl From<Point> for HoursSeriesPoint {
    fn from(point: Point) -> Self {
        Self {
            on: point.on,
            organization_id: point.organization_id,
            counted: point.counted,
            required: point.required,
            local_hours: point.local_hours.into(),
            federal_frequency: point.federal_frequency.into(),
        }
    }
}

/// Growth of a person's hours over time (динамика накопления часов).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HoursSeries)]
pub struct HoursSeriesView {
    /// Whose hours they are.
    pub person_id: Uuid,
    /// The distance of two points.
    pub step: StepDto,
    /// The first day, one after each step, and the last; each as the balance of that day has it.
    #[schema(min_items = 1, max_items = 240)]
    pub points: Vec<HoursSeriesPoint>,
}

impl From<Series> for HoursSeriesView {
    fn from(series: Series) -> Self {
        Self {
            person_id: series.person_id,
            step: series.step.into(),
            points: series.points.into_iter().map(Into::into).collect(),
        }
    }
}
