//! What travels about frameworks.

mod associations;
pub mod case;

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use self::associations::association_items;
pub use self::associations::{AssociationCreate, AssociationView};
use super::model::{
    Competency, CompetencyItem, CompetencyKind, Framework, FrameworkData, FrameworkKind, PublicationState,
};
use super::service::{FrameworkDraft, FrameworkTree};
use crate::error::Result;
use crate::http::page_view;

/// Whether a framework or an instrument may still be changed (состояние документа).
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = DiagnosticDocumentState)]
pub enum PublicationStateDto {
    /// It may be changed and is not used yet.
    Draft,
    /// It is used and never changes again.
    Published,
}

crate::values::mirror!(PublicationStateDto => PublicationState { Draft, Published });

/// What a row of a framework is (вид элемента модели компетенций).
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = CompetencyKind)]
pub enum CompetencyKindDto {
    /// A block of competencies (блок).
    Block,
    /// A competency (компетенция).
    Competency,
    /// An indicator of a competency (индикатор).
    Indicator,
    /// A level of mastery of a competency (уровень владения).
    Level,
    /// A job function of an occupational standard (обобщённая или трудовая функция).
    JobFunction,
    /// An action, a skill or knowledge of a job function (трудовое действие, умение, знание).
    JobAction,
}

crate::values::mirror!(CompetencyKindDto => CompetencyKind {
    Block, Competency, Indicator, Level, JobFunction, JobAction
});

/// What a framework is (вид документа).
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = FrameworkKind)]
pub enum FrameworkKindDto {
    /// A model of competencies, which instruments measure (модель компетенций).
    #[default]
    CompetencyModel,
    /// An occupational standard (профессиональный стандарт).
    OccupationalStandard,
    /// A list of job functions (трудовые функции, должностные обязанности).
    JobFunctions,
}

crate::values::mirror!(FrameworkKindDto => FrameworkKind { CompetencyModel, OccupationalStandard, JobFunctions });

/// A framework to be added, with its whole tree.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FrameworkCreate {
    /// The organization that keeps it; cannot be changed later.
    pub owner_id: Uuid,
    /// Short code, unique in the region together with the edition.
    #[validate(length(min = 1, max = 64))]
    #[schema(min_length = 1, max_length = 64, example = "pedagog-2026")]
    pub code: String,
    /// Title (наименование модели компетенций).
    #[validate(length(min = 2, max = 500))]
    #[schema(min_length = 2, max_length = 500, example = "Модель профессиональных компетенций учителя")]
    pub title: String,
    /// Edition (редакция), from 1.
    #[validate(range(min = 1, max = 10_000))]
    #[schema(minimum = 1, maximum = 10_000, example = 1)]
    pub edition: i32,
    /// Blocks, competencies and indicators as a flat list; each names its parent by code.
    #[validate(length(min = 1, max = 1_000), nested)]
    #[schema(min_items = 1, max_items = 1_000)]
    pub competencies: Vec<CompetencyCreate>,
    /// What it is; a model of competencies when absent.
    #[serde(default)]
    pub kind: FrameworkKindDto,
    /// What it is about.
    #[validate(length(min = 1, max = 4_000))]
    #[schema(min_length = 1, max_length = 4_000, example = "Для учителей всех предметов")]
    pub description: Option<String>,
    /// The published edition that this one replaces: of the same owner and code, with a lower number. Rows with the same
    /// code keep their identifiers.
    pub supersedes_id: Option<Uuid>,
    /// Associations of its rows with each other and with rows of published frameworks, of job functions for example.
    #[serde(default)]
    #[validate(length(max = 5_000), nested)]
    #[schema(max_items = 5_000)]
    pub associations: Vec<AssociationCreate>,
}

/// A framework to be written anew, with its whole tree.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FrameworkUpdate {
    /// Short code, unique in the region together with the edition.
    #[validate(length(min = 1, max = 64))]
    #[schema(min_length = 1, max_length = 64, example = "pedagog-2026")]
    pub code: String,
    /// Title (наименование модели компетенций).
    #[validate(length(min = 2, max = 500))]
    #[schema(min_length = 2, max_length = 500, example = "Модель профессиональных компетенций учителя")]
    pub title: String,
    /// Edition (редакция), from 1.
    #[validate(range(min = 1, max = 10_000))]
    #[schema(minimum = 1, maximum = 10_000, example = 1)]
    pub edition: i32,
    /// Blocks, competencies and indicators as a flat list; each names its parent by code.
    #[validate(length(min = 1, max = 1_000), nested)]
    #[schema(min_items = 1, max_items = 1_000)]
    pub competencies: Vec<CompetencyCreate>,
    /// What it is; a model of competencies when absent.
    #[serde(default)]
    pub kind: FrameworkKindDto,
    /// What it is about.
    #[validate(length(min = 1, max = 4_000))]
    #[schema(min_length = 1, max_length = 4_000, example = "Для учителей всех предметов")]
    pub description: Option<String>,
    /// The published edition that this one replaces: of the same owner and code, with a lower number. Rows with the same
    /// code keep their identifiers.
    pub supersedes_id: Option<Uuid>,
    /// Associations of its rows with each other and with rows of published frameworks, of job functions for example.
    #[serde(default)]
    #[validate(length(max = 5_000), nested)]
    #[schema(max_items = 5_000)]
    pub associations: Vec<AssociationCreate>,
}

/// A row of a framework to be added.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CompetencyCreate {
    /// Code, unique within the framework.
    #[validate(length(min = 1, max = 64))]
    #[schema(min_length = 1, max_length = 64, example = "ПК-2.1")]
    pub code: String,
    /// Code of the row it belongs to; absent for a root.
    #[validate(length(min = 1, max = 64))]
    #[schema(min_length = 1, max_length = 64, example = "ПК-2")]
    pub parent_code: Option<String>,
    /// What it is.
    pub kind: CompetencyKindDto,
    /// Title.
    #[validate(length(min = 2, max = 500))]
    #[schema(min_length = 2, max_length = 500, example = "Оценивание образовательных результатов")]
    pub title: String,
    /// What the ability is, on the basis of experience, knowledge and skills (P4-7).
    #[validate(length(min = 1, max = 4_000))]
    #[schema(min_length = 1, max_length = 4_000, example = "Владеет формирующим оцениванием")]
    pub description: Option<String>,
    /// Job function of the occupational standard (трудовая функция).
    #[validate(length(min = 1, max = 300))]
    #[schema(min_length = 1, max_length = 300, example = "A/01.6 Общепедагогическая функция. Обучение")]
    pub job_function: Option<String>,
    /// Identifier, the same in every edition and wherever the framework is exchanged; that of the row with the same code
    /// before, or a new one, when absent.
    pub identifier: Option<Uuid>,
}

impl From<CompetencyCreate> for CompetencyItem {
    fn from(row: CompetencyCreate) -> Self {
        Self {
            code: row.code,
            parent_code: row.parent_code,
            kind: row.kind.into(),
            title: row.title,
            description: row.description,
            job_function: row.job_function,
            identifier: row.identifier,
            uri: None,
            item_type: None,
        }
    }
}

impl FrameworkCreate {
    /// The framework, its rows and their associations.
    pub fn draft(self) -> Result<FrameworkDraft> {
        let Self {
            code, title, edition, competencies, kind, description, supersedes_id, associations, ..
        } = self;
        FrameworkUpdate { code, title, edition, competencies, kind, description, supersedes_id, associations }
            .draft()
    }
}

impl FrameworkUpdate {
    /// The framework, its rows and their associations.
    pub fn draft(self) -> Result<FrameworkDraft> {
        let data = FrameworkData {
            code: self.code,
            title: self.title,
            edition: self.edition,
            kind: self.kind.into(),
            identifier: None,
            uri: None,
            creator: None,
            description: self.description,
            supersedes_id: self.supersedes_id,
        };
        let items = self.competencies.into_iter().map(Into::into).collect();
        Ok(FrameworkDraft { data, items, associations: association_items(self.associations)? })
    }
}

/// A row of a framework: block, competency or indicator (профессиональная компетенция).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Competency)]
pub struct CompetencyView {
    /// The row's id: what scales, deficits and modules refer to.
    pub id: Uuid,
    /// The row it belongs to; absent for a root.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent_id: Option<Uuid>,
    /// Code within the framework.
    #[schema(max_length = 64)]
    pub code: String,
    /// Code of the row it belongs to.
    #[schema(max_length = 64)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent_code: Option<String>,
    /// What it is.
    pub kind: CompetencyKindDto,
    /// Title.
    #[schema(max_length = 500)]
    pub title: String,
    /// What it is in words.
    #[schema(max_length = 4_000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Job function of the occupational standard (трудовая функция).
    #[schema(max_length = 300)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub job_function: Option<String>,
    /// Identifier, the same in every edition and wherever the framework is exchanged.
    pub identifier: Uuid,
}

impl From<Competency> for CompetencyView {
    fn from(row: Competency) -> Self {
        Self {
            id: row.id,
            parent_id: row.parent_id,
            code: row.item.code,
            parent_code: row.item.parent_code,
            kind: row.item.kind.into(),
            title: row.item.title,
            description: row.item.description,
            job_function: row.item.job_function,
            identifier: row.item.identifier.unwrap_or(row.id),
        }
    }
}

/// A competency framework with its tree (модель компетенций).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Framework)]
pub struct FrameworkView {
    /// The framework's id.
    pub id: Uuid,
    /// The organization that keeps it.
    pub owner_id: Uuid,
    /// Short code.
    #[schema(max_length = 64)]
    pub code: String,
    /// Title.
    #[schema(max_length = 500)]
    pub title: String,
    /// Edition, from 1.
    #[schema(minimum = 1, maximum = 10_000)]
    pub edition: i32,
    /// Whether it may still be changed.
    pub state: PublicationStateDto,
    /// Blocks, competencies and indicators in their order; each names its parent.
    #[schema(max_items = 1_000)]
    pub competencies: Vec<CompetencyView>,
    /// What it is.
    pub kind: FrameworkKindDto,
    /// Identifier, the same wherever the framework is exchanged.
    pub identifier: Uuid,
    /// What it is about.
    #[schema(max_length = 4_000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The edition it replaces.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supersedes_id: Option<Uuid>,
    /// Associations of its rows.
    #[schema(max_items = 5_000)]
    pub associations: Vec<AssociationView>,
    /// What the caller may do with it now: operationIds.
    #[schema(max_items = 20)]
    pub allowed_actions: Vec<String>,
}

impl From<FrameworkTree> for FrameworkView {
    fn from(tree: FrameworkTree) -> Self {
        let framework = tree.framework;
        Self {
            id: framework.id,
            owner_id: framework.owner_id,
            code: framework.data.code,
            title: framework.data.title,
            edition: framework.data.edition,
            state: framework.state.into(),
            kind: framework.data.kind.into(),
            identifier: framework.data.identifier.unwrap_or(framework.id),
            description: framework.data.description,
            supersedes_id: framework.data.supersedes_id,
            competencies: tree.competencies.into_iter().map(Into::into).collect(),
            associations: tree.associations.into_iter().map(Into::into).collect(),
            allowed_actions: tree.allowed_actions,
        }
    }
}

/// A framework in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct FrameworkItem {
    /// The framework's id.
    pub id: Uuid,
    /// The organization that keeps it.
    pub owner_id: Uuid,
    /// Short code.
    #[schema(max_length = 64)]
    pub code: String,
    /// Title.
    #[schema(max_length = 500)]
    pub title: String,
    /// Edition, from 1.
    #[schema(minimum = 1, maximum = 10_000)]
    pub edition: i32,
    /// Whether it may still be changed.
    pub state: PublicationStateDto,
    /// What it is.
    pub kind: FrameworkKindDto,
}

impl From<Framework> for FrameworkItem {
    fn from(framework: Framework) -> Self {
        Self {
            id: framework.id,
            owner_id: framework.owner_id,
            code: framework.data.code,
            title: framework.data.title,
            edition: framework.data.edition,
            state: framework.state.into(),
            kind: framework.data.kind.into(),
        }
    }
}

page_view! {
    /// One page of frameworks, by title.
    FrameworkPage of FrameworkItem
}

/// Which frameworks to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct FrameworkQuery {
    /// Only in this state.
    pub state: Option<PublicationStateDto>,
    /// How many at most; 50 when absent.
    #[validate(range(min = 1, max = 200))]
    #[param(minimum = 1, maximum = 200)]
    #[serde(skip_serializing)]
    pub limit: Option<i64>,
    /// `next_cursor` of the page before.
    #[validate(length(max = 3000))]
    #[param(max_length = 3000)]
    #[serde(skip_serializing)]
    pub cursor: Option<String>,
}
