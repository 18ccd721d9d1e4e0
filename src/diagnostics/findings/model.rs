//! What a finding is.

use chrono::NaiveDate;
use uuid::Uuid;

use super::vocabulary::OutcomeSource;
use crate::authz::Target;
use crate::error::{FieldProblem, Text};

/// What is said of a finding.
#[derive(Debug, Clone)]
pub struct FindingData {
    /// The assessment.
    pub source: OutcomeSource,
    /// School subject.
    pub subject: String,
    /// In words.
    pub text: String,
    /// First day of the period.
    pub period_from: NaiveDate,
    /// Last day of the period.
    pub period_until: NaiveDate,
    /// Whether the place is a zone of low quality.
    pub low_quality_zone: bool,
}

/// A finding.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// The municipality it is about.
    pub municipality_id: Option<Uuid>,
    /// The school it is about.
    pub organization_id: Option<Uuid>,
    /// The quality centre.
    pub recorded_by_id: Uuid,
    /// What it says.
    pub data: FindingData,
    /// Row version.
    pub version: i64,
}

impl Finding {
    /// The finding as a target of rights.
    pub fn target(&self) -> Target {
        Target::place(self.region_id, self.municipality_id, self.organization_id)
    }
}

impl FindingData {
    /// What is wrong with it.
    pub fn problems(&self) -> Vec<FieldProblem> {
        if self.period_from <= self.period_until {
            return Vec::new();
        }
        let words = Text::new("Период кончается раньше, чем начинается", "The period ends before it begins");
        vec![FieldProblem::new("/data/period_until", "dates_reversed", words)]
    }
}
