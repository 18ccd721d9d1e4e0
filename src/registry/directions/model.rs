//! What a list of priority directions is.

use chrono::NaiveDate;
use uuid::Uuid;

use super::vocabulary::DirectionListState;
use crate::diagnostics::deficits::model::DeficitCounts;

/// What is said of a direction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirectionData {
    /// Title.
    pub title: String,
    /// Why it is a priority.
    pub ground: Option<String>,
    /// The findings it rests on.
    pub finding_ids: Vec<Uuid>,
    /// The competencies of the region's report it is made from (P2-18).
    pub competency_ids: Vec<Uuid>,
}

/// What the region's report said of a competency when a direction was made from it. Only what the report shows: small
/// groups are hidden in it and stay so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirectionFigures {
    /// The competency.
    pub competency_id: Uuid,
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: String,
    /// The day of the report.
    pub as_of: NaiveDate,
    /// People whose competency was measured.
    pub people: i64,
    /// Their deficits.
    pub deficits: DeficitCounts,
    /// Active programs that answered a deficit in it.
    pub active_programs: i64,
}

impl DirectionFigures {
    /// A direction as a draft: named after the competency, grounded on the figures.
    pub fn draft(&self) -> DirectionData {
        let Self { people, deficits, active_programs, as_of, .. } = self;
        let live = deficits.open + deficits.addressed;
        DirectionData {
            title: self.title.clone(),
            ground: Some(format!(
                "Компетенция {}: неустранённых дефицитов — {live}, измерено педагогов — {people}, действующих программ — \
                 {active_programs} (по отчёту на {})",
                self.code,
                as_of.format("%d.%m.%Y")
            )),
            finding_ids: Vec::new(),
            competency_ids: vec![self.competency_id],
        }
    }
}

/// A direction of a list.
#[derive(Debug, Clone)]
pub struct Direction {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// The list.
    pub list_id: Uuid,
    /// The calendar year of the list.
    pub year: i32,
    /// Where the list stands.
    pub list_state: DirectionListState,
    /// Order in the list, from 1.
    pub position: i32,
    /// What is said of it.
    pub data: DirectionData,
    /// The figures it was made from.
    pub figures: Vec<DirectionFigures>,
    /// The programs that serve it.
    pub program_ids: Vec<Uuid>,
    /// Row version.
    pub version: i64,
}

/// What is said of a list.
#[derive(Debug, Clone)]
pub struct ListData {
    /// What it rests on.
    pub note: Option<String>,
    /// The directions in their order.
    pub directions: Vec<DirectionData>,
}

/// An approval.
#[derive(Debug, Clone)]
pub struct Approval {
    /// Number of the act.
    pub act_number: Option<String>,
    /// Date of the act.
    pub act_date: Option<NaiveDate>,
}

/// A list without its directions.
#[derive(Debug, Clone)]
pub struct DirectionList {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// Who proposed it.
    pub organization_id: Uuid,
    /// Calendar year.
    pub year: i32,
    /// What it rests on.
    pub note: Option<String>,
    /// Where it stands.
    pub state: DirectionListState,
    /// The act of approval.
    pub approval: Approval,
    /// Day of approval.
    pub approved_on: Option<NaiveDate>,
    /// Row version.
    pub version: i64,
}

/// A program that serves no direction of a year.
#[derive(Debug, Clone)]
pub struct LooseProgram {
    /// The program.
    pub id: Uuid,
    /// Its title.
    pub title: String,
    /// Whose it is.
    pub provider_id: Uuid,
}
