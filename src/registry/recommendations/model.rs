//! What a recommendation is, and what the regulation says of it.

use chrono::NaiveDate;
use uuid::Uuid;

use super::vocabulary::{RecommendationBasisKind, RecommendationState};
use crate::authz::Role;
use crate::error::{FieldProblem, Text};
use crate::regulations::profile::{ProgramRecommendationsRule, RecommendationBasis};

/// What is recommended and why.
#[derive(Debug, Clone)]
pub struct RecommendationData {
    /// The program.
    pub program_id: Option<Uuid>,
    /// The single module.
    pub module_id: Option<Uuid>,
    /// The topic.
    pub topic: Option<String>,
    /// What it rests on.
    pub basis: RecommendationBasisKind,
    /// The need.
    pub need_id: Option<Uuid>,
    /// The deficit.
    pub deficit_id: Option<Uuid>,
    /// The finding.
    pub finding_id: Option<Uuid>,
    /// The priority direction.
    pub direction_id: Option<Uuid>,
    /// In words.
    pub text: Option<String>,
}

/// What of the registry is recommended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RecommendedProgram {
    /// A whole program.
    Whole(Uuid),
    /// A single module.
    Module(Uuid),
}

/// A recommendation.
#[derive(Debug, Clone)]
pub struct Recommendation {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// The municipality.
    pub municipality_id: Option<Uuid>,
    /// The school of the person.
    pub organization_id: Uuid,
    /// For whom.
    pub person_id: Uuid,
    /// What and why.
    pub data: RecommendationData,
    /// The regulation it was given under.
    pub regulation_id: Option<Uuid>,
    /// The role whose right was used.
    pub author_role: Role,
    /// The person who gave it.
    pub author_person_id: Option<Uuid>,
    /// The day.
    pub recorded_on: NaiveDate,
    /// Where it stands.
    pub state: RecommendationState,
    /// Why it was taken back.
    pub withdrawal_reason: Option<String>,
    /// Row version.
    pub version: i64,
}

impl RecommendationData {
    /// What is missing from it, whatever the regulation says.
    pub fn problems(&self) -> Vec<FieldProblem> {
        let mut problems = Vec::new();
        let named = [self.program_id.is_some(), self.module_id.is_some(), self.topic.is_some()];
        if named.iter().filter(|named| **named).count() != 1 {
            let words = Text::new(
                "Укажите одно: программу, модуль или тему",
                "Name one of them: a program, a module or a topic",
            );
            problems.push(FieldProblem::new("/program_id", "program_module_or_topic", words));
        }
        let (linked, pointer, words) = match self.basis {
            RecommendationBasisKind::Need => (
                self.need_id.is_some() || self.deficit_id.is_some(),
                "/need_id",
                Text::new("Укажите потребность или дефицит", "Name the need or the deficit"),
            ),
            RecommendationBasisKind::SchoolProblem => (
                self.finding_id.is_some() || self.deficit_id.is_some() || self.text.is_some(),
                "/finding_id",
                Text::new(
                    "Укажите результат или опишите проблему",
                    "Name the finding, or the problem in words",
                ),
            ),
            RecommendationBasisKind::Priority => (
                self.direction_id.is_some(),
                "/direction_id",
                Text::new("Укажите направление", "Name the direction"),
            ),
        };
        if !linked {
            problems.push(FieldProblem::new(pointer, "link_required", words).because("P0-35", None));
        }
        problems
    }

    /// The field that names what is recommended.
    pub const fn subject_pointer(&self) -> &'static str {
        if self.module_id.is_some() {
            "/module_id"
        } else if self.topic.is_some() {
            "/topic"
        } else {
            "/program_id"
        }
    }
}

/// What the regulation has against a recommendation on that basis; `in_registry` says of the program, or of that of the
/// module, whether it stands in the active registry, nothing of a topic.
pub fn regulation_problems(
    data: &RecommendationData,
    in_registry: Option<bool>,
    rule: Option<&ProgramRecommendationsRule>,
) -> Vec<FieldProblem> {
    let Some(rule) = rule else { return Vec::new() };
    let mut problems = Vec::new();
    if !rule.bases.is_empty() && !rule.bases.contains(&basis(data.basis)) {
        let words = Text::new(
            "По положению рекомендации на этом основании не даются",
            "The regulation knows no recommendations on this basis",
        );
        let problem = FieldProblem::new("/basis", "basis_not_allowed", words);
        problems.push(problem.because("P0-35", rule.paragraph.as_deref()));
    }
    if rule.registry_only && in_registry != Some(true) {
        let words = Text::new(
            "По положению рекомендуют только программы действующего реестра",
            "The regulation lets only programs of the active registry be recommended",
        );
        let problem = FieldProblem::new(data.subject_pointer(), "not_in_registry", words);
        problems.push(problem.because("P4-20", rule.paragraph.as_deref()));
    }
    problems
}

const fn basis(kind: RecommendationBasisKind) -> RecommendationBasis {
    match kind {
        RecommendationBasisKind::Need => RecommendationBasis::Need,
        RecommendationBasisKind::SchoolProblem => RecommendationBasis::Problem,
        RecommendationBasisKind::Priority => RecommendationBasis::PriorityDirection,
    }
}
