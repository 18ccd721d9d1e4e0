//! The papers of a balance as they travel.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::hours::model::{Expiry, MonthOfExpiry};
use crate::values::Hours;

/// A paper in the sum.
#[derive(Debug, Serialize, ToSchema)]
pub struct CountedEntry {
    /// The line of the ledger; of planned training its place in the request, counted from 1.
    pub entry_id: Uuid,
    /// Its credential; absent for planned training.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credential_id: Option<Uuid>,
    /// The place of planned training in the request, counted from 0; absent for what is recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 49)]
    pub planned: Option<u32>,
    /// Title of the program or topic.
    #[schema(max_length = 500)]
    pub title: String,
    /// The provider.
    #[schema(max_length = 500)]
    pub provider_name: String,
    /// Its hours.
    #[schema(value_type = f64, minimum = 0.5, maximum = 10000, multiple_of = 0.5)]
    pub hours: Hours,
    /// The date that places it in the window.
    pub date: NaiveDate,
    /// The first day it will be outside.
    pub leaves_on: NaiveDate,
    /// The paragraph of the regulation by which papers of its kind count; absent where the regulation says nothing of
    /// kinds.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 50, example = "2.5")]
    pub paragraph: Option<String>,
}

/// A paper that is not in the sum, and why.
#[derive(Debug, Serialize, ToSchema)]
pub struct NotCountedEntry {
    /// The line of the ledger; of planned training its place in the request, counted from 1; absent for a paper outside
    /// the ledger.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry_id: Option<Uuid>,
    /// Its credential; absent for planned training.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credential_id: Option<Uuid>,
    /// The place of planned training in the request, counted from 0; absent for what is recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 49)]
    pub planned: Option<u32>,
    /// Title of the program or topic.
    #[schema(max_length = 500)]
    pub title: String,
    /// The provider.
    #[schema(max_length = 500)]
    pub provider_name: String,
    /// Its hours.
    #[schema(value_type = f64, minimum = 0.5, maximum = 10000, multiple_of = 0.5)]
    pub hours: Hours,
    /// Stable code of the reason.
    #[schema(max_length = 50, example = "outside_window")]
    pub reason: String,
    /// `true` when the law is the reason, else the regulation or the paper itself is.
    pub federal: bool,
    /// The paragraph of the regulation that is the reason, or the article of the law when `federal`; absent when the paper
    /// itself is the reason, or the regulation leaves the matter open.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 50, example = "2.5")]
    pub paragraph: Option<String>,
    /// The reason in Russian.
    #[schema(max_length = 500)]
    pub explanation_ru: String,
    /// The reason in English.
    #[schema(max_length = 500)]
    pub explanation_en: String,
}

/// A counted paper leaving the window.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExpiringEntry {
    /// The line of the ledger.
    pub entry_id: Uuid,
    /// The first day it is outside.
    pub leaves_on: NaiveDate,
    /// Its hours.
    #[schema(value_type = f64, minimum = 0.5, maximum = 10000, multiple_of = 0.5)]
    pub hours: Hours,
    /// The sum left on that day.
    #[schema(value_type = f64, minimum = 0, maximum = 1000000, multiple_of = 0.5)]
    pub left: Hours,
}

impl From<Expiry> for ExpiringEntry {
    fn from(expiry: Expiry) -> Self {
        Self { entry_id: expiry.entry, leaves_on: expiry.leaves_on, hours: expiry.hours, left: expiry.left }
    }
}

/// What leaves the window in one calendar month (сгорание часов по месяцам).
#[derive(Debug, Serialize, ToSchema)]
pub struct ExpiringMonth {
    /// The month, `YYYY-MM`.
    #[schema(pattern = "^[0-9]{4}-(0[1-9]|1[0-2])$", min_length = 7, max_length = 7, example = "2027-03")]
    pub month: String,
    /// The hours that leave in it.
    #[schema(value_type = f64, minimum = 0.5, maximum = 1000000, multiple_of = 0.5)]
    pub hours: Hours,
    /// The sum left at its end.
    #[schema(value_type = f64, minimum = 0, maximum = 1000000, multiple_of = 0.5)]
    pub left: Hours,
    /// How many papers leave in it.
    #[schema(minimum = 1, maximum = 10000)]
    pub entries: u32,
}

impl From<MonthOfExpiry> for ExpiringMonth {
    fn from(month: MonthOfExpiry) -> Self {
        Self {
            month: month.month.format("%Y-%m").to_string(),
            hours: month.hours,
            left: month.left,
            entries: month.entries,
        }
    }
}
