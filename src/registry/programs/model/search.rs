//! What a search of programs asks for.

use chrono::NaiveDate;
use uuid::Uuid;

use super::{Program, ProgramAudience, ProgramDelivery, ProgramState, QualityMarkKind, StudyForm};
use crate::values::{EducationLevel, Hours, ProgramKind};

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
    /// The one whose next open offering begins first; those without one last.
    Start,
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
    /// Only with an open offering that begins on this day or later.
    pub starts_from: Option<NaiveDate>,
    /// Only with an open offering that begins by this day.
    pub starts_until: Option<NaiveDate>,
    /// Only with an open offering in this municipality.
    pub held_in: Option<Uuid>,
    /// The day from which offerings begin next: today, and the same day for all pages of one list.
    pub today: Option<NaiveDate>,
}

impl ProgramFilter {
    /// Whether it asks for programs with open offerings.
    pub const fn asks_for_offerings(&self) -> bool {
        self.starts_from.is_some() || self.starts_until.is_some() || self.held_in.is_some()
    }

    /// The first day that an offering asked for may begin on.
    pub fn begins_from(&self) -> NaiveDate {
        self.starts_from.or(self.today).unwrap_or_default()
    }
}

/// A program that was found, and how well it matches.
#[derive(Debug, Clone)]
pub struct FoundProgram {
    /// The program.
    pub program: Program,
    /// What it is ordered by before its title: how well it matches in millionths, half hours, roubles; below 0 for a
    /// title with a typing mistake.
    pub rank: i64,
    /// Its modules, in their order.
    pub modules: Vec<ListedModule>,
    /// The day from which offerings were looked for, and the first day of the next one, in a list by start.
    pub start: Option<NextStart>,
}

/// A module as a list of programs names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedModule {
    /// The module.
    pub id: Uuid,
    /// Its title.
    pub title: String,
    /// Its volume.
    pub hours: Hours,
    /// Who teaches it.
    pub provider_id: Uuid,
}

/// When a program begins next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NextStart {
    /// The day of the search.
    pub today: NaiveDate,
    /// The first day of the next open offering asked for.
    pub next: Option<NaiveDate>,
}

/// The place in a list after which a page begins: rank, title, id, and the day of the search in a list by start, so that
/// midnight between two pages moves nothing.
pub type SearchKey = (i64, String, Uuid, Option<NaiveDate>);

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
