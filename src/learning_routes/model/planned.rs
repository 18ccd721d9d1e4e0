//! What somebody's agreed routes already hold: for those who ask to learn beside them.

use uuid::Uuid;

/// An activity of an agreed route, as far as it says what is learnt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedLearning {
    /// The program.
    pub program_id: Option<Uuid>,
    /// The module of it; none for the whole program.
    pub module_id: Option<Uuid>,
    /// Title of the activity.
    pub title: String,
}
