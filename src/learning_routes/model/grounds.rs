//! What a route is made for and what it rests on: problems and evidence.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::regulations::profile::RouteEvidenceKind;

/// A problem of professional development that the route answers (P1-14, P1-24).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The id.
    pub id: Uuid,
    /// The problem in words.
    pub text: String,
    /// The difficulty behind it.
    pub deficit_id: Option<Uuid>,
}

/// Something the development of the route rests on (P1-23).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The id.
    pub id: Uuid,
    /// Which kind of evidence.
    pub kind: RouteEvidenceKind,
    /// What it shows.
    pub text: String,
    /// Its day.
    pub dated_on: Option<NaiveDate>,
    /// The record it is, where the system keeps it.
    pub record: Option<EvidenceRecord>,
}

/// The record behind a piece of evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EvidenceRecord {
    /// A result of diagnostics of the learner.
    Result(Uuid),
    /// A finding of the assessment of pupils.
    Finding(Uuid),
    /// A difficulty of the learner.
    Deficit(Uuid),
}
