//! What travels about balances.

mod entries;
mod forecast;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

pub use entries::{CountedEntry, ExpiringEntry, ExpiringMonth, NotCountedEntry};
pub use forecast::{HoursBalanceForecast, HoursBalanceForecastAsk, PlannedTraining};

use crate::hours::model::{FrequencyStatus, Gap, LocalStatus};
use crate::values::{EducationLevel, Hours, day};

/// Which balance.
#[derive(Debug, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct HoursBalanceQuery {
    /// The day of the question, past or future; today when absent.
    #[serde(default, deserialize_with = "day")]
    pub as_of: Option<NaiveDate>,
    /// Consider only what had been recorded by then; now when absent.
    pub known_at: Option<DateTime<Utc>>,
    /// The employer whose regulation applies; the main one when absent.
    pub organization_id: Option<Uuid>,
}

/// Answer of the federal check (периодичность).
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = FrequencyStatus)]
pub enum FrequencyStatusDto {
    /// Trained within three years.
    Met,
    /// Trained longer ago.
    Overdue,
    /// No completed training is known.
    NeverTrained,
}

crate::values::mirror!(FrequencyStatusDto => FrequencyStatus { Met, Overdue, NeverTrained });

/// Answer of the local check (норма часов).
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = LocalHoursStatus)]
pub enum LocalStatusDto {
    /// The sum reaches the norm.
    Met,
    /// It does not.
    NotMet,
    /// The regulation sets no norm for this person.
    NoNorm,
}

crate::values::mirror!(LocalStatusDto => LocalStatus { Met, NotMet, NoNorm });

/// Days outside every three-year interval (перерыв, P0-2).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TrainingGap)]
pub struct GapView {
    /// The first day.
    pub from: NaiveDate,
    /// The last day; absent while the gap lasts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
}

impl From<Gap> for GapView {
    fn from(gap: Gap) -> Self {
        Self { from: gap.from, until: gap.until }
    }
}

/// The law's check: training at least once in three years.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FederalFrequency)]
pub struct FederalFrequencyView {
    /// The answer.
    pub status: FrequencyStatusDto,
    /// Date of the last training that counts for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_training_on: Option<NaiveDate>,
    /// The last day on which it is (or was) met without new training; the day of the question for somebody who has no
    /// training that counts: it is due at once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_on: Option<NaiveDate>,
    /// Every gap since the first training, oldest first.
    #[schema(max_items = 100)]
    pub gaps: Vec<GapView>,
    /// The articles of the law.
    #[schema(max_length = 200, example = "273-ФЗ ст. 47 ч. 5 п. 2, ст. 48 ч. 1 п. 7")]
    pub ground: String,
}

/// The regulation's check: a norm of hours within a sliding window.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LocalHours)]
pub struct LocalHoursView {
    /// The answer.
    pub status: LocalStatusDto,
    /// The norm; absent where the regulation sets none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<f64>, minimum = 0.5, maximum = 10000, multiple_of = 0.5)]
    pub required: Option<Hours>,
    /// The sum of the counted hours.
    #[schema(value_type = f64, minimum = 0, maximum = 1000000, multiple_of = 0.5)]
    pub counted: Hours,
    /// What is missing to the norm.
    #[schema(value_type = f64, minimum = 0, maximum = 10000, multiple_of = 0.5)]
    pub missing: Hours,
    /// The level of education whose norm it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub education_level: Option<EducationLevel>,
    /// The last day on which it stays met if nothing is added; the day of the question when it is not met.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_on: Option<NaiveDate>,
    /// The paragraph of the regulation that sets the norm.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 50, example = "2.5")]
    pub paragraph: Option<String>,
    /// The ground in words: regulation and paragraph.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 1000)]
    pub ground: Option<String>,
}

/// The regulation's check at one employer (место работы).
#[derive(Debug, Serialize, ToSchema)]
pub struct EmployerHours {
    /// The employer.
    pub organization_id: Uuid,
    /// The regulation that binds it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub regulation_id: Option<Uuid>,
    /// Its title.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 500)]
    pub regulation_title: Option<String>,
    /// The check by that regulation, for the levels taught there.
    pub local_hours: LocalHoursView,
}

/// The hours of a person on a day (баланс часов).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HoursBalance)]
pub struct HoursBalanceView {
    /// Whose balance it is.
    pub person_id: Uuid,
    /// The employer whose regulation applies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization_id: Option<Uuid>,
    /// The regulation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub regulation_id: Option<Uuid>,
    /// Its title.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 500)]
    pub regulation_title: Option<String>,
    /// The day of the question.
    pub as_of: NaiveDate,
    /// The law's check.
    pub federal_frequency: FederalFrequencyView,
    /// The regulation's check.
    pub local_hours: LocalHoursView,
    /// The papers in the sum, by date.
    #[schema(max_items = 10000)]
    pub counted: Vec<CountedEntry>,
    /// The papers not in the sum.
    #[schema(max_items = 10000)]
    pub not_counted: Vec<NotCountedEntry>,
    /// The counted papers in the order they leave the window.
    #[schema(max_items = 10000)]
    pub expiring: Vec<ExpiringEntry>,
    /// The same month by month, in order; months in which nothing leaves are left out. Together it is the counted sum.
    #[schema(max_items = 121)]
    pub expiring_by_month: Vec<ExpiringMonth>,
    /// The regulation's check at every employer of the day (несколько мест работы): the main one first, that is the newest
    /// staff work, else the newest; empty for whoever works nowhere.
    #[schema(max_items = 100)]
    pub employers: Vec<EmployerHours>,
    /// The first day the norm stops being met if nothing is added.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub norm_breaks_on: Option<NaiveDate>,
    /// The last day by which new training leaves no gap by law; the day of the question when no training is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_training_due_on: Option<NaiveDate>,
}
