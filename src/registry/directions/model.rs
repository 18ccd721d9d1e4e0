//! What a list of priority directions is.

use chrono::NaiveDate;
use uuid::Uuid;

use super::vocabulary::DirectionListState;

/// What is said of a direction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirectionData {
    /// Title.
    pub title: String,
    /// Why it is a priority.
    pub ground: Option<String>,
    /// The findings it rests on.
    pub finding_ids: Vec<Uuid>,
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
