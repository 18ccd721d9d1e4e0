//! What travels about frameworks.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{Competency, CompetencyItem, CompetencyKind, Framework, FrameworkData, PublicationState};
use super::service::FrameworkTree;
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
}

crate::values::mirror!(CompetencyKindDto => CompetencyKind { Block, Competency, Indicator });

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
        }
    }
}

impl FrameworkCreate {
    /// The framework and its rows.
    pub fn parts(self) -> (FrameworkData, Vec<CompetencyItem>) {
        let data = FrameworkData { code: self.code, title: self.title, edition: self.edition };
        (data, self.competencies.into_iter().map(Into::into).collect())
    }
}

impl FrameworkUpdate {
    /// The framework and its rows.
    pub fn parts(self) -> (FrameworkData, Vec<CompetencyItem>) {
        let data = FrameworkData { code: self.code, title: self.title, edition: self.edition };
        (data, self.competencies.into_iter().map(Into::into).collect())
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
            competencies: tree.competencies.into_iter().map(Into::into).collect(),
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
