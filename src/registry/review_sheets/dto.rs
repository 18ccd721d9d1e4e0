//! What travels about sheets of criteria.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{Criterion, ReviewKind, ReviewSheet, SheetData};
use crate::http::page_view;
use crate::ids::new_id;
use crate::values::text;

/// The kind of a review (вид экспертизы).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ReviewKind)]
pub enum ReviewKindDto {
    /// Professional and public review (профессионально-общественная экспертиза).
    ProfessionalPublic,
    /// The check of the body that keeps the registry (проверка держателем реестра).
    Keeper,
}

crate::values::mirror!(ReviewKindDto => ReviewKind { ProfessionalPublic, Keeper });

/// A criterion to be judged by (критерий).
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewCriterionData {
    /// What is judged.
    #[validate(length(min = 3, max = 500))]
    #[schema(min_length = 3, max_length = 500, example = "Соответствие профессиональному стандарту")]
    pub title: String,
    /// The highest score.
    #[validate(range(min = 1, max = 100))]
    #[schema(minimum = 1, maximum = 100, example = 5)]
    pub max_score: i32,
    /// A score below this one needs a remark.
    #[validate(range(min = 0, max = 100))]
    #[schema(minimum = 0, maximum = 100, example = 3)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remark_below: Option<i32>,
}

/// A sheet of criteria as it is to be (лист экспертной оценки).
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewSheetData {
    /// The kind of review it is for.
    pub kind: ReviewKindDto,
    /// Title, unique in the region.
    #[validate(length(min = 3, max = 300))]
    #[schema(min_length = 3, max_length = 300, example = "Экспертный лист программы ПК")]
    pub title: String,
    /// The least sum of scores with which a program may be recommended.
    #[validate(range(min = 0, max = 10_000))]
    #[schema(minimum = 0, maximum = 10_000, example = 4)]
    pub pass_score: i32,
    /// `true`: no new review uses it.
    #[serde(default)]
    pub retired: bool,
    /// The criteria in their order.
    #[validate(length(min = 1, max = 60), nested)]
    #[schema(min_items = 1, max_items = 60)]
    pub criteria: Vec<ReviewCriterionData>,
}

impl From<ReviewSheetData> for SheetData {
    fn from(data: ReviewSheetData) -> Self {
        let criterion = |criterion: ReviewCriterionData| Criterion {
            id: new_id(),
            title: text::collapse(&criterion.title),
            max_score: criterion.max_score,
            remark_below: criterion.remark_below,
        };
        Self {
            kind: data.kind.into(),
            title: text::collapse(&data.title),
            pass_score: data.pass_score,
            retired: data.retired,
            criteria: data.criteria.into_iter().map(criterion).collect(),
        }
    }
}

/// A criterion of a sheet.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReviewCriterion {
    /// The criterion's id: scores name it.
    pub id: Uuid,
    /// What is judged.
    #[schema(max_length = 500)]
    pub title: String,
    /// The highest score.
    #[schema(minimum = 1, maximum = 100)]
    pub max_score: i32,
    /// A score below this one needs a remark.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 100)]
    pub remark_below: Option<i32>,
}

/// A sheet of criteria (лист экспертной оценки).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReviewSheet)]
pub struct ReviewSheetView {
    /// The sheet's id.
    pub id: Uuid,
    /// The region it belongs to.
    pub region_id: Uuid,
    /// The kind of review it is for.
    pub kind: ReviewKindDto,
    /// Title.
    #[schema(max_length = 300)]
    pub title: String,
    /// The least sum of scores with which a program may be recommended.
    #[schema(minimum = 0, maximum = 10_000)]
    pub pass_score: i32,
    /// `true`: no new review uses it.
    pub retired: bool,
    /// The criteria in their order.
    #[schema(max_items = 60)]
    pub criteria: Vec<ReviewCriterion>,
    /// What the caller may do with it now: operationIds.
    #[schema(max_items = 20)]
    pub allowed_actions: Vec<String>,
}

impl ReviewSheetView {
    /// The representation for a caller who may do `allowed_actions`.
    pub fn new(sheet: ReviewSheet, allowed_actions: Vec<String>) -> Self {
        let criterion = |criterion: Criterion| ReviewCriterion {
            id: criterion.id,
            title: criterion.title,
            max_score: criterion.max_score,
            remark_below: criterion.remark_below,
        };
        Self {
            id: sheet.id,
            region_id: sheet.region_id,
            kind: sheet.data.kind.into(),
            title: sheet.data.title,
            pass_score: sheet.data.pass_score,
            retired: sheet.data.retired,
            criteria: sheet.data.criteria.into_iter().map(criterion).collect(),
            allowed_actions,
        }
    }
}

page_view! {
    /// One page of sheets of criteria.
    ReviewSheetPage of ReviewSheetView
}

/// Which sheets to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ReviewSheetQuery {
    /// Only retired ones, or only others.
    pub retired: Option<bool>,
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
