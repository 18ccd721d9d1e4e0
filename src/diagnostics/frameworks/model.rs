//! What a framework is, and whether its competencies form trees. Pure.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use uuid::Uuid;

pub use crate::diagnostics::PublicationState;
use crate::error::{FieldProblem, Text};
use crate::ids::new_id;

/// What a row of a framework is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CompetencyKind {
    /// A block of competencies.
    Block,
    /// A competency.
    Competency,
    /// An indicator of a competency.
    Indicator,
    /// A level of mastery of a competency.
    Level,
    /// A job function of an occupational standard.
    JobFunction,
    /// An action, a skill or knowledge of a job function.
    JobAction,
}

impl CompetencyKind {
    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Block => "block",
            Self::Competency => "competency",
            Self::Indicator => "indicator",
            Self::Level => "level",
            Self::JobFunction => "job_function",
            Self::JobAction => "job_action",
        }
    }

    /// The kind of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Block, Self::Competency, Self::Indicator, Self::Level, Self::JobFunction, Self::JobAction]
            .into_iter()
            .find(|kind| kind.as_str() == name)
    }

    /// Whether rows of this kind stand in frameworks of that kind.
    pub const fn stands_in(self, framework: FrameworkKind) -> bool {
        match self {
            Self::Block | Self::Level => true,
            Self::Competency | Self::Indicator => matches!(framework, FrameworkKind::CompetencyModel),
            Self::JobFunction | Self::JobAction => !matches!(framework, FrameworkKind::CompetencyModel),
        }
    }
}

/// What a framework is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FrameworkKind {
    /// A model of competencies, which instruments measure.
    #[default]
    CompetencyModel,
    /// An occupational standard.
    OccupationalStandard,
    /// A list of job functions.
    JobFunctions,
}

impl FrameworkKind {
    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CompetencyModel => "competency_model",
            Self::OccupationalStandard => "occupational_standard",
            Self::JobFunctions => "job_functions",
        }
    }

    /// The kind of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::CompetencyModel, Self::OccupationalStandard, Self::JobFunctions]
            .into_iter()
            .find(|kind| kind.as_str() == name)
    }
}

/// A job function of a standard (трудовая функция), as other things name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobFunction {
    /// The row of its framework.
    pub id: Uuid,
    /// The framework.
    pub framework_id: Uuid,
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: String,
}

/// How a competency is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompetencyName {
    /// Code within its framework.
    pub code: String,
    /// Title.
    pub title: String,
}

/// A framework.
#[derive(Debug, Clone)]
pub struct Framework {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// The organization that keeps it.
    pub owner_id: Uuid,
    /// What is said of it.
    pub data: FrameworkData,
    /// Whether it may still be changed.
    pub state: PublicationState,
    /// Row version.
    pub version: i64,
    /// When it was changed last.
    pub changed_at: DateTime<Utc>,
}

/// What is said of a framework.
#[derive(Debug, Clone)]
pub struct FrameworkData {
    /// Short code.
    pub code: String,
    /// Title.
    pub title: String,
    /// Edition, from 1.
    pub edition: i32,
    /// What it is.
    pub kind: FrameworkKind,
    /// Identifier of the document, the same wherever it is exchanged; a new one when absent.
    pub identifier: Option<Uuid>,
    /// Its URI, if it came with one.
    pub uri: Option<String>,
    /// Who issued it, if it came with that.
    pub creator: Option<String>,
    /// What it is about.
    pub description: Option<String>,
    /// The edition it replaces.
    pub supersedes_id: Option<Uuid>,
}

/// A row of a framework as submitted.
#[derive(Debug, Clone)]
pub struct CompetencyItem {
    /// Code within the framework.
    pub code: String,
    /// The code of the row it belongs to.
    pub parent_code: Option<String>,
    /// What it is.
    pub kind: CompetencyKind,
    /// Title.
    pub title: String,
    /// What it is in words.
    pub description: Option<String>,
    /// Job function of the occupational standard.
    pub job_function: Option<String>,
    /// Identifier, the same in every edition; a new one when absent.
    pub identifier: Option<Uuid>,
    /// Its URI, if it came with one.
    pub uri: Option<String>,
    /// Its type in the words of the package it came in.
    pub item_type: Option<String>,
}

/// A row of a framework.
#[derive(Debug, Clone)]
pub struct Competency {
    /// The id.
    pub id: Uuid,
    /// The row it belongs to.
    pub parent_id: Option<Uuid>,
    /// What is said of it.
    pub item: CompetencyItem,
}

/// Gives ids to the rows and joins them, in the order of the list; every unknown parent, repeated code and cycle is
/// reported.
pub fn tree(kind: FrameworkKind, items: &[CompetencyItem]) -> Result<Vec<Competency>, Vec<FieldProblem>> {
    let mut problems = Vec::new();
    let mut identifiers = HashSet::new();
    let mut ids: HashMap<&str, Uuid> = HashMap::new();
    for (index, item) in items.iter().enumerate() {
        if item.identifier.is_some_and(|identifier| !identifiers.insert(identifier)) {
            problems.push(at(
                index,
                "identifier",
                "duplicate",
                "Этот идентификатор уже есть в списке",
                "The identifier is in the list already",
            ));
        }
        if !item.kind.stands_in(kind) {
            problems.push(at(
                index,
                "kind",
                "not_of_framework",
                "В документе этого вида таких строк нет",
                "A framework of this kind has no such rows",
            ));
        }
        if ids.insert(&item.code, new_id()).is_some() {
            problems.push(at(
                index,
                "code",
                "duplicate",
                "Этот код уже есть в списке",
                "The code is in the list already",
            ));
        }
    }
    let parents: HashMap<&str, &str> =
        items.iter().filter_map(|item| Some((item.code.as_str(), item.parent_code.as_deref()?))).collect();
    for (index, item) in items.iter().enumerate() {
        let Some(parent) = &item.parent_code else { continue };
        if !ids.contains_key(parent.as_str()) {
            problems.push(at(
                index,
                "parent_code",
                "unknown",
                "Такого кода в списке нет",
                "There is no such code in the list",
            ));
        } else if in_cycle(&item.code, &parents) {
            problems.push(at(
                index,
                "parent_code",
                "cycle",
                "Строка входит сама в себя",
                "The row lies within itself",
            ));
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let row = |item: &CompetencyItem| {
        let parent_id = item.parent_code.as_deref().and_then(|code| ids.get(code).copied());
        let id = *ids.get(item.code.as_str())?;
        let item = CompetencyItem { identifier: item.identifier.or(Some(id)), ..item.clone() };
        Some(Competency { id, parent_id, item })
    };
    Ok(items.iter().filter_map(row).collect())
}

/// The codes above a row; never longer than the list, so that a cycle ends.
fn ancestors<'a>(code: &'a str, parents: &'a HashMap<&'a str, &'a str>) -> impl Iterator<Item = &'a str> {
    std::iter::successors(parents.get(code).copied(), |code| parents.get(*code).copied())
        .take(parents.len() + 1)
}

fn in_cycle(code: &str, parents: &HashMap<&str, &str>) -> bool {
    let mut seen = HashSet::new();
    ancestors(code, parents).take_while(|above| seen.insert(*above)).any(|above| above == code)
}

fn at(index: usize, field: &str, code: &'static str, ru: &'static str, en: &'static str) -> FieldProblem {
    FieldProblem::new(format!("/competencies/{index}/{field}"), code, Text::new(ru, en))
}
