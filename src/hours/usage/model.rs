//! What was trained.

use uuid::Uuid;

use crate::values::Hours;

/// The hours of one person in one program of an issuer in a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trained {
    /// The issuer.
    pub issuer_id: Uuid,
    /// The calendar year of issue.
    pub year: i32,
    /// The program; that of the module where a single module was learnt.
    pub program_id: Uuid,
    /// Whose hours.
    pub person_id: Uuid,
    /// Academic hours that stand.
    pub hours: Hours,
}
