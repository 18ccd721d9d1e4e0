//! A framework in the shape of CASE 1.1: document, items, associations, by the field names of its JSON binding. A field
//! that is not kept here is refused by name, so that nothing gets lost unnoticed.

mod export;
mod import;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::FrameworkKindDto;

/// A CASE package to be loaded as a draft.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FrameworkImport {
    /// The organization that keeps it; cannot be changed later.
    pub owner_id: Uuid,
    /// Short code, unique in the region together with the edition.
    #[validate(length(min = 1, max = 64))]
    #[schema(min_length = 1, max_length = 64, example = "pedagog-2026")]
    pub code: String,
    /// Edition (редакция), from 1.
    #[validate(range(min = 1, max = 10_000))]
    #[schema(minimum = 1, maximum = 10_000, example = 1)]
    pub edition: i32,
    /// What it is; a model of competencies when absent.
    #[serde(default)]
    pub kind: FrameworkKindDto,
    /// The published edition that this one replaces.
    pub supersedes_id: Option<Uuid>,
    /// The package.
    #[validate(nested)]
    pub package: CasePackage,
}

/// A framework as a CASE 1.1 package (`CFPackage`).
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CasePackage {
    /// The framework.
    #[serde(rename = "CFDocument")]
    #[validate(nested)]
    pub document: CaseDocument,
    /// Its rows.
    #[serde(rename = "CFItems")]
    #[validate(length(min = 1, max = 1_000), nested)]
    #[schema(min_items = 1, max_items = 1_000)]
    pub items: Vec<CaseItem>,
    /// The tree (`isChildOf`) and the associations.
    #[serde(rename = "CFAssociations")]
    #[validate(length(max = 6_000), nested)]
    #[schema(max_items = 6_000)]
    pub associations: Vec<CaseAssociation>,
}

/// The document of a CASE package (`CFDocument`).
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct CaseDocument {
    /// Identifier.
    pub identifier: Uuid,
    /// URI.
    #[validate(length(min = 1, max = 500))]
    #[schema(min_length = 1, max_length = 500, example = "urn:uuid:019aa0c5-7d2b-7cc1-8a4e-4c8f7f6f9b11")]
    pub uri: String,
    /// Kind of framework; ignored when loaded.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[validate(length(min = 1, max = 200))]
    #[schema(min_length = 1, max_length = 200, example = "competency_model")]
    pub framework_type: Option<String>,
    /// Version of CASE.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[validate(length(min = 1, max = 10))]
    #[schema(min_length = 1, max_length = 10, example = "1.1")]
    pub case_version: Option<String>,
    /// Who issued it.
    #[validate(length(min = 1, max = 500))]
    #[schema(min_length = 1, max_length = 500, example = "Институт развития образования")]
    pub creator: String,
    /// Title.
    #[validate(length(min = 2, max = 500))]
    #[schema(min_length = 2, max_length = 500, example = "Модель профессиональных компетенций учителя")]
    pub title: String,
    /// When it was changed last; ignored when loaded.
    pub last_change_date_time: DateTime<Utc>,
    /// What it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[validate(length(min = 1, max = 4_000))]
    #[schema(min_length = 1, max_length = 4_000, example = "Для учителей всех предметов")]
    pub description: Option<String>,
    /// Edition; ignored when loaded.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[validate(length(min = 1, max = 100))]
    #[schema(min_length = 1, max_length = 100, example = "1")]
    pub version: Option<String>,
    /// `Draft` or `Adopted`; ignored when loaded.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[validate(length(min = 1, max = 100))]
    #[schema(min_length = 1, max_length = 100, example = "Adopted")]
    pub adoption_status: Option<String>,
}

/// A row of a CASE package (`CFItem`).
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct CaseItem {
    /// Identifier.
    pub identifier: Uuid,
    /// URI.
    #[validate(length(min = 1, max = 500))]
    #[schema(min_length = 1, max_length = 500, example = "urn:uuid:019aa0c5-7d2b-7cc1-8a4e-4c8f7f6f9b11")]
    pub uri: String,
    /// What it is, in full.
    #[validate(length(min = 2, max = 4_000))]
    #[schema(min_length = 2, max_length = 4_000, example = "Владеет формирующим оцениванием")]
    pub full_statement: String,
    /// Its title, where the statement is long.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[validate(length(min = 2, max = 500))]
    #[schema(min_length = 2, max_length = 500, example = "Оценивание образовательных результатов")]
    pub abbreviated_statement: Option<String>,
    /// Its code, unique in the package; the identifier when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[validate(length(min = 1, max = 64))]
    #[schema(min_length = 1, max_length = 64, example = "ПК-2.1")]
    pub human_coding_scheme: Option<String>,
    /// What kind of row it is; without a known word, a row with children is a block.
    #[serde(rename = "CFItemType", skip_serializing_if = "Option::is_none")]
    #[validate(length(min = 1, max = 200))]
    #[schema(min_length = 1, max_length = 200, example = "competency")]
    pub item_type: Option<String>,
    /// Notes: the job function.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[validate(length(min = 1, max = 300))]
    #[schema(min_length = 1, max_length = 300, example = "A/01.6 Общепедагогическая функция. Обучение")]
    pub notes: Option<String>,
    /// When it was changed last; ignored when loaded.
    pub last_change_date_time: DateTime<Utc>,
}

/// An association of a CASE package (`CFAssociation`).
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct CaseAssociation {
    /// Identifier.
    pub identifier: Uuid,
    /// URI.
    #[validate(length(min = 1, max = 500))]
    #[schema(min_length = 1, max_length = 500, example = "urn:uuid:019aa0c5-7d2b-7cc1-8a4e-4c8f7f6f9b11")]
    pub uri: String,
    /// `isChildOf`, `isPeerOf`, `isPartOf`, `exactMatchOf`, `precedes`, `isRelatedTo`, `replacedBy`, `exemplar`,
    /// `hasSkillLevel` or `isTranslationOf`.
    #[validate(length(min = 1, max = 40))]
    #[schema(min_length = 1, max_length = 40, example = "isChildOf")]
    pub association_type: String,
    /// Place among the children; ignored when loaded: rows keep the order of the package.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[validate(range(min = 0, max = 1_000_000))]
    #[schema(minimum = 0, maximum = 1_000_000, example = 1)]
    pub sequence_number: Option<i32>,
    /// Where it begins: a row of the package.
    #[serde(rename = "originNodeURI")]
    #[validate(nested)]
    pub origin: CaseLink,
    /// Where it ends: a row of the package, its document, or a row elsewhere.
    #[serde(rename = "destinationNodeURI")]
    #[validate(nested)]
    pub destination: CaseLink,
    /// Notes.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[validate(length(min = 1, max = 500))]
    #[schema(min_length = 1, max_length = 500, example = "По приказу об утверждении модели")]
    pub notes: Option<String>,
    /// When it was changed last; ignored when loaded.
    pub last_change_date_time: DateTime<Utc>,
}

/// A link to a node (`LinkURI`).
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CaseLink {
    /// Its title.
    #[validate(length(max = 500))]
    #[schema(max_length = 500, example = "Методический блок")]
    pub title: String,
    /// Its identifier.
    pub identifier: Uuid,
    /// Its URI.
    #[validate(length(min = 1, max = 500))]
    #[schema(min_length = 1, max_length = 500, example = "urn:uuid:019aa0c5-7d2b-7cc1-8a4e-4c8f7f6f9b11")]
    pub uri: String,
}
