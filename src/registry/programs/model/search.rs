//! What a search of programs asks for.

use uuid::Uuid;

use super::{Program, ProgramAudience, ProgramDelivery, ProgramState, StudyForm};
use crate::values::{EducationLevel, ProgramKind};

/// Filters of a search; they narrow each other.
#[derive(Debug, Clone, Default)]
pub struct ProgramFilter {
    /// Words of title and annotation.
    pub words: Option<String>,
    /// Best match first, instead of by title.
    pub by_relevance: bool,
    /// Only this kind.
    pub kind: Option<ProgramKind>,
    /// Only in this state.
    pub state: Option<ProgramState>,
    /// Only of this provider.
    pub provider_id: Option<Uuid>,
    /// Only with this way of delivery.
    pub delivery: Option<ProgramDelivery>,
    /// Only in this form of study.
    pub study_form: Option<StudyForm>,
    /// Only for these people.
    pub audience: Option<ProgramAudience>,
    /// Only for this level, or for all levels.
    pub education_level: Option<EducationLevel>,
    /// Only for this subject, or for all subjects.
    pub subject: Option<String>,
    /// At least so many hours.
    pub hours_min: Option<i32>,
    /// At most so many hours.
    pub hours_max: Option<i32>,
    /// At most this price in roubles.
    pub price_max: Option<i32>,
    /// Only with a module that develops this competency.
    pub competency_id: Option<Uuid>,
    /// Only with a module that answers an open deficit of this person (P4-14).
    pub answers_deficits_of: Option<Uuid>,
    /// Only of the active registry, or only outside it.
    pub in_registry: Option<bool>,
}

/// A program that was found, and how well it matches.
#[derive(Debug, Clone)]
pub struct FoundProgram {
    /// The program.
    pub program: Program,
    /// How well it matches, in millionths; below 0 for a title with a typing mistake, 0 where nothing is ranked.
    pub rank: i64,
}

/// The place in a list after which a page begins: rank, title, id.
pub type SearchKey = (i64, String, Uuid);
