//! What travels about associations.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::super::associations::{Association, AssociationItem, AssociationKind, Destination};
use crate::error::{Error, FieldProblem, Result, Text};

/// A kind of association, as in CASE (вид связи).
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = CompetencyAssociationKind)]
pub enum AssociationKindDto {
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

crate::values::mirror!(AssociationKindDto => AssociationKind {
    IsPeerOf, IsPartOf, ExactMatchOf, Precedes, IsRelatedTo, ReplacedBy, Exemplar, HasSkillLevel, IsTranslationOf
});

/// An association to be added: either `destination_id` or `destination_code`.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CompetencyAssociationCreate)]
pub struct AssociationCreate {
    /// Code of the row where it begins.
    #[validate(length(min = 1, max = 64))]
    #[schema(min_length = 1, max_length = 64, example = "ПК-2.1")]
    pub origin_code: String,
    /// What it is.
    pub kind: AssociationKindDto,
    /// The row of a published framework where it ends, a job function for example.
    pub destination_id: Option<Uuid>,
    /// Code of the row of the same framework where it ends.
    #[validate(length(min = 1, max = 64))]
    #[schema(min_length = 1, max_length = 64, example = "ПК-2.2")]
    pub destination_code: Option<String>,
    /// Notes.
    #[validate(length(min = 1, max = 500))]
    #[schema(min_length = 1, max_length = 500, example = "По приказу об утверждении модели")]
    pub notes: Option<String>,
}

/// The associations, each with exactly one end.
pub(super) fn association_items(list: Vec<AssociationCreate>) -> Result<Vec<AssociationItem>> {
    let mut problems = Vec::new();
    let mut items = Vec::new();
    for (index, one) in list.into_iter().enumerate() {
        let destination = match (one.destination_id, one.destination_code) {
            (Some(id), None) => Destination::Id(id),
            (None, Some(code)) => Destination::Code(code),
            _ => {
                let words = Text::new(
                    "Укажите либо destination_id, либо destination_code",
                    "Give either destination_id or destination_code",
                );
                problems.push(FieldProblem::new(format!("/associations/{index}"), "one_of", words));
                continue;
            }
        };
        items.push(AssociationItem {
            origin_code: one.origin_code,
            kind: one.kind.into(),
            destination,
            identifier: None,
            notes: one.notes,
        });
    }
    if problems.is_empty() { Ok(items) } else { Err(Error::invalid(problems)) }
}

/// An association of two rows, across frameworks as well (связь).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CompetencyAssociation)]
pub struct AssociationView {
    /// Identifier, the same wherever the framework is exchanged.
    pub identifier: Uuid,
    /// What it is.
    pub kind: AssociationKindDto,
    /// The row where it begins.
    pub origin_id: Uuid,
    /// The row where it ends; absent when that is not kept here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub destination_id: Option<Uuid>,
    /// Identifier of the row where it ends.
    pub destination_identifier: Uuid,
    /// Title of the row where it ends.
    #[schema(max_length = 500)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub destination_title: Option<String>,
    /// Notes.
    #[schema(max_length = 500)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
}

impl From<Association> for AssociationView {
    fn from(one: Association) -> Self {
        Self {
            identifier: one.identifier,
            kind: one.kind.into(),
            origin_id: one.origin_id,
            destination_id: one.destination_id,
            destination_identifier: one.destination_identifier,
            destination_title: one.destination_title,
            notes: one.notes,
        }
    }
}
