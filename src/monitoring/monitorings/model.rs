//! What a monitoring is. Pure.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::authz::Role;
use crate::monitoring::held::model::{Holder, YearSpan};
use crate::regulations::profile::MonitoringSubject;

/// The end of a monitoring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    /// What was concluded.
    pub conclusion: String,
    /// The day.
    pub closed_on: NaiveDate,
}

/// The monitoring of a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Monitoring {
    /// The id.
    pub id: Uuid,
    /// Who holds it.
    pub holder: Holder,
    /// The regulation it is held under.
    pub regulation_id: Uuid,
    /// What is monitored.
    pub subject: MonitoringSubject,
    /// Of which year.
    pub span: YearSpan,
    /// Who submits into it; empty where nobody does.
    pub submitters: Vec<Role>,
    /// How it ended.
    pub closing: Option<Closing>,
    /// Row version.
    pub version: i64,
}

/// Something that a monitoring found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonitoringFinding {
    /// Its number, from 1.
    pub position: i32,
    /// The organization it is about; none for the whole.
    pub about_id: Option<Uuid>,
    /// What was found.
    pub text: String,
    /// Day it was recorded.
    pub recorded_on: NaiveDate,
}
