//! What a route plans beside its activities: lessons by topic, and money.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::regulations::profile::FundingSource;
use crate::values::Hours;

/// A row of the thematic study plan (P1-41).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StudyPlanRow {
    /// The id.
    pub id: Uuid,
    /// The activity it belongs to.
    pub activity_id: Option<Uuid>,
    /// Topic.
    pub topic: String,
    /// Academic hours.
    pub hours: Hours,
    /// The day.
    pub on_date: NaiveDate,
    /// Form of the lesson.
    pub form: String,
}

/// A line of the budget (P1-27).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BudgetLine {
    /// The id.
    pub id: Uuid,
    /// The stage it pays for.
    pub stage_id: Option<Uuid>,
    /// Where the money comes from.
    pub source: FundingSource,
    /// How much, in kopecks.
    pub amount_kopecks: i64,
    /// Words.
    pub note: Option<String>,
}
