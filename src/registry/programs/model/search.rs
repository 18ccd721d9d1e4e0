//! What a search of programs asks for.

use uuid::Uuid;

use super::{Program, ProgramAudience, ProgramDelivery, ProgramState, QualityMarkKind, StudyForm};
use crate::values::{EducationLevel, ProgramKind};

/// What comes first in a list of programs; what is equal is ordered by title.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ProgramOrder {
    /// The best match.
    Relevance,
    /// The title, by the alphabet.
    #[default]
    Title,
    /// The shortest program.
    Hours,
    /// The cheapest program; free ones first.
    Price,
}

/// Filters of a search; they narrow each other.
#[derive(Debug, Clone, Default)]
pub struct ProgramFilter {
    /// Words of title and annotation.
    pub words: Option<String>,
    /// What comes first.
    pub order: ProgramOrder,
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
    /// At least this price in roubles.
    pub price_min: Option<i32>,
    /// Only of providers in this municipality.
    pub municipality_id: Option<Uuid>,
    /// Only with a mark of quality of this kind (P1-33).
    pub quality_mark: Option<QualityMarkKind>,
    /// Only with a module that develops this competency.
    pub competency_id: Option<Uuid>,
    /// Only with a module that develops one of these competencies; none: any.
    pub competency_ids: Vec<Uuid>,
    /// Only with a module that answers one of these deficits; none: any.
    pub deficit_ids: Vec<Uuid>,
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
    /// What it is ordered by before its title: how well it matches in millionths, half hours, roubles; below 0 for a
    /// title with a typing mistake.
    pub rank: i64,
}

/// The place in a list after which a page begins: rank, title, id.
pub type SearchKey = (i64, String, Uuid);

/// How many of the programs found have a value (фасет).
#[derive(Debug, Clone)]
pub struct FacetCount {
    /// What is counted, by the name of its filter.
    pub facet: String,
    /// The value, as the filter takes it.
    pub value: String,
    /// Its name, where the value is an id.
    pub label: Option<String>,
    /// How many programs.
    pub count: i64,
}
