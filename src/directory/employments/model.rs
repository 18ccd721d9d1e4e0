//! What an employment is.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::directory::persons::model::ExternalId;
use crate::error::{FieldProblem, Text};
use crate::values::{EducationLevel, Snils};

/// Staff or part-time (вид занятости).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EmploymentKind {
    /// Main place of work.
    Staff,
    /// Part-time beside the main work at the same organization.
    InternalPartTime,
    /// Part-time, with the main place of work elsewhere.
    ExternalPartTime,
    /// Civil contract.
    Contract,
}

impl EmploymentKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Staff, Self::InternalPartTime, Self::ExternalPartTime, Self::Contract];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Staff => "staff",
            Self::InternalPartTime => "internal_part_time",
            Self::ExternalPartTime => "external_part_time",
            Self::Contract => "contract",
        }
    }

    /// The kind of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// What is said of an employment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmploymentData {
    /// Staff or part-time.
    pub kind: EmploymentKind,
    /// Position.
    pub position: String,
    /// Levels of education taught.
    pub education_levels: Vec<EducationLevel>,
    /// Subjects taught.
    pub subjects: Vec<String>,
    /// First day.
    pub started_on: NaiveDate,
    /// Last day, if it has ended.
    pub ended_on: Option<NaiveDate>,
}

impl EmploymentData {
    /// What is wrong with the dates, by pointer under `prefix`.
    pub fn problems(&self, prefix: &str) -> Vec<FieldProblem> {
        let mut problems = Vec::new();
        if self.ended_on.is_some_and(|end| end < self.started_on) {
            let words = Text::new("Последний день раньше первого", "The last day is before the first");
            problems.push(FieldProblem::new(format!("{prefix}/ended_on"), "dates_out_of_order", words));
        }
        problems
    }
}

/// An employment about to be added.
#[derive(Debug, Clone)]
pub struct NewEmployment {
    /// Where.
    pub organization_id: Uuid,
    /// What is said of it.
    pub data: EmploymentData,
    /// Where it came from.
    pub external: Option<ExternalId>,
}

/// Who somebody claims to be: the papers are shown when one is employed.
#[derive(Debug, Clone)]
pub struct Claimed {
    /// СНИЛС.
    pub snils: Snils,
    /// Last name.
    pub last_name: String,
}

/// Work of a person at an organization.
#[derive(Debug, Clone)]
pub struct Employment {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// In which municipality.
    pub municipality_id: Option<Uuid>,
    /// Where.
    pub organization_id: Uuid,
    /// Who.
    pub person_id: Uuid,
    /// What is said of it.
    pub data: EmploymentData,
    /// Row version.
    pub version: i64,
}

/// The last day a person works at an organization, if all work there has one; none while some goes on.
pub fn last_day<'a>(work: impl IntoIterator<Item = &'a EmploymentData>) -> Option<NaiveDate> {
    let ends: Option<Vec<NaiveDate>> = work.into_iter().map(|data| data.ended_on).collect();
    ends?.into_iter().max()
}
