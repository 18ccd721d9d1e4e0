//! Associations of competencies, across frameworks as well: of CASE's kinds but for the tree itself. Pure.

use std::collections::HashMap;

use uuid::Uuid;

use super::model::Competency;
use crate::error::{FieldProblem, Text};
use crate::ids::new_id;

/// A kind of association.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AssociationKind {
    /// Both stand side by side.
    IsPeerOf,
    /// The one is a part of the other.
    IsPartOf,
    /// Both mean the same.
    ExactMatchOf,
    /// The one comes before the other.
    Precedes,
    /// Both have to do with each other.
    IsRelatedTo,
    /// The other takes the place of the one.
    ReplacedBy,
    /// The other is an example of the one.
    Exemplar,
    /// The other is a level of the one.
    HasSkillLevel,
    /// The one is a translation of the other.
    IsTranslationOf,
}

impl AssociationKind {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::IsPeerOf,
        Self::IsPartOf,
        Self::ExactMatchOf,
        Self::Precedes,
        Self::IsRelatedTo,
        Self::ReplacedBy,
        Self::Exemplar,
        Self::HasSkillLevel,
        Self::IsTranslationOf,
    ];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::IsPeerOf => "is_peer_of",
            Self::IsPartOf => "is_part_of",
            Self::ExactMatchOf => "exact_match_of",
            Self::Precedes => "precedes",
            Self::IsRelatedTo => "is_related_to",
            Self::ReplacedBy => "replaced_by",
            Self::Exemplar => "exemplar",
            Self::HasSkillLevel => "has_skill_level",
            Self::IsTranslationOf => "is_translation_of",
        }
    }

    /// The name in CASE.
    pub const fn case_name(self) -> &'static str {
        match self {
            Self::IsPeerOf => "isPeerOf",
            Self::IsPartOf => "isPartOf",
            Self::ExactMatchOf => "exactMatchOf",
            Self::Precedes => "precedes",
            Self::IsRelatedTo => "isRelatedTo",
            Self::ReplacedBy => "replacedBy",
            Self::Exemplar => "exemplar",
            Self::HasSkillLevel => "hasSkillLevel",
            Self::IsTranslationOf => "isTranslationOf",
        }
    }

    /// The kind of that stable name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// The kind of that name in CASE.
    pub fn of_case(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.case_name() == name)
    }
}

/// Where an association ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// A row of the same framework, by its code.
    Code(String),
    /// A row of a published framework, by its id.
    Id(Uuid),
    /// A row of whatever framework, by its identifier.
    Identifier {
        /// The identifier.
        identifier: Uuid,
        /// Its URI.
        uri: Option<String>,
        /// Its title.
        title: Option<String>,
    },
}

/// An association as submitted.
#[derive(Debug, Clone)]
pub struct AssociationItem {
    /// The code of the row where it begins.
    pub origin_code: String,
    /// What it is.
    pub kind: AssociationKind,
    /// Where it ends.
    pub destination: Destination,
    /// Identifier; a new one when absent.
    pub identifier: Option<Uuid>,
    /// Notes.
    pub notes: Option<String>,
}

/// An association.
#[derive(Debug, Clone)]
pub struct Association {
    /// The id.
    pub id: Uuid,
    /// Identifier.
    pub identifier: Uuid,
    /// What it is.
    pub kind: AssociationKind,
    /// Where it begins.
    pub origin_id: Uuid,
    /// Where it ends, if that row is kept here.
    pub destination_id: Option<Uuid>,
    /// Identifier of where it ends.
    pub destination_identifier: Uuid,
    /// URI of where it ends.
    pub destination_uri: Option<String>,
    /// Title of where it ends.
    pub destination_title: Option<String>,
    /// Notes.
    pub notes: Option<String>,
}

/// Joins the associations with the rows they name; what is wrong, all at once. `known` are rows of published frameworks
/// that the associations name by id or identifier.
pub fn join(
    items: &[AssociationItem],
    rows: &[Competency],
    known: &[Competency],
) -> Result<Vec<Association>, Vec<FieldProblem>> {
    let by_code: HashMap<&str, &Competency> = rows.iter().map(|row| (row.item.code.as_str(), row)).collect();
    let mut problems = Vec::new();
    let mut found = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let mut problem = |field: &str| {
            let words = Text::new("Такой строки нет", "There is no such row");
            problems.push(FieldProblem::new(format!("/associations/{index}/{field}"), "unknown", words));
        };
        let origin = by_code.get(item.origin_code.as_str());
        if origin.is_none() {
            problem("origin_code");
        }
        let (row, external) = match &item.destination {
            Destination::Code(code) => (by_code.get(code.as_str()).copied(), None),
            Destination::Id(id) => (known.iter().find(|row| row.id == *id), None),
            Destination::Identifier { identifier, uri, title } => {
                let same = |row: &&Competency| row.item.identifier == Some(*identifier);
                (rows.iter().chain(known).find(same), Some((*identifier, uri.clone(), title.clone())))
            }
        };
        if row.is_none() && external.is_none() {
            let by_id = matches!(item.destination, Destination::Id(_));
            problem(if by_id { "destination_id" } else { "destination_code" });
        }
        let identifier = row.and_then(|row| row.item.identifier).or(external.as_ref().map(|(id, ..)| *id));
        let (Some(origin), Some(destination_identifier)) = (origin, identifier) else { continue };
        let (_, uri, title) = external.unwrap_or_default();
        let id = new_id();
        found.push(Association {
            id,
            identifier: item.identifier.unwrap_or(id),
            kind: item.kind,
            origin_id: origin.id,
            destination_id: row.map(|row| row.id),
            destination_identifier,
            destination_uri: row.and_then(|row| row.item.uri.clone()).or(uri),
            destination_title: row.map(|row| row.item.title.clone()).or(title),
            notes: item.notes.clone(),
        });
    }
    if problems.is_empty() { Ok(found) } else { Err(problems) }
}
