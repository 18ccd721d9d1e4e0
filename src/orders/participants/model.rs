//! Somebody who plans training.

use uuid::Uuid;

/// A person, once for each ground.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrainingParticipant {
    /// The school.
    pub organization_id: Uuid,
    /// The municipality, if it lies in one.
    pub municipality_id: Option<Uuid>,
    /// The person.
    pub person_id: Uuid,
    /// The ground.
    pub ground: String,
    /// How many lines of the school's orders name the person on it.
    pub lines: i64,
}
