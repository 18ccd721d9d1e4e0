//! What travels about priority categories.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::model::{Category, NewCategory};
use crate::http::page_view;
use crate::values::day;

/// A category to be recorded of a teacher.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PriorityCategoryCreate {
    /// The school; only needed when the teacher works at several organizations.
    pub organization_id: Option<Uuid>,
    /// Code of the category by the regulation (категория).
    #[validate(length(min = 1, max = 64))]
    #[schema(min_length = 1, max_length = 64, pattern = "^[a-z][a-z0-9_]*$", example = "early_career")]
    pub code: String,
    /// First day.
    #[schema(example = "2026-03-01")]
    #[serde(deserialize_with = "day")]
    pub since: NaiveDate,
    /// Last day; open when absent.
    #[serde(default, deserialize_with = "day")]
    pub until: Option<NaiveDate>,
    /// Words.
    #[validate(length(min = 1, max = 2000))]
    #[schema(min_length = 1, max_length = 2000)]
    pub note: Option<String>,
    /// The difficulties it rests on: open deficits of the teacher; each once.
    #[serde(default)]
    #[validate(length(max = 50))]
    #[schema(max_items = 50)]
    pub deficit_ids: Vec<Uuid>,
}

impl PriorityCategoryCreate {
    /// As the use case takes it.
    pub fn to_new(&self) -> NewCategory {
        NewCategory {
            organization_id: self.organization_id,
            code: self.code.clone(),
            since: self.since,
            until: self.until,
            note: self.note.clone(),
            deficit_ids: self.deficit_ids.clone(),
        }
    }
}

/// The end of a category.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PriorityCategoryEnd {
    /// Last day; today when absent.
    #[serde(default, deserialize_with = "day")]
    pub until: Option<NaiveDate>,
}

/// That a teacher belongs to a category (приоритетная категория).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PriorityCategory)]
pub struct PriorityCategoryView {
    /// The record's id.
    pub id: Uuid,
    /// The teacher.
    pub person_id: Uuid,
    /// The school.
    pub organization_id: Uuid,
    /// Code of the category by the regulation.
    #[schema(max_length = 64)]
    pub code: String,
    /// First day.
    pub since: NaiveDate,
    /// Last day; absent while it lasts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
    /// Words.
    #[schema(max_length = 2000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The difficulties it rests on.
    #[schema(max_items = 50)]
    pub deficit_ids: Vec<Uuid>,
    /// What the caller may do with it now: operationIds.
    #[schema(max_items = 20)]
    pub allowed_actions: Vec<String>,
}

impl PriorityCategoryView {
    /// The representation for a caller who may do `allowed_actions`.
    pub fn new(held: Category, allowed_actions: Vec<String>) -> Self {
        Self {
            id: held.id,
            person_id: held.person_id,
            organization_id: held.organization_id,
            code: held.code,
            since: held.since,
            until: held.until,
            note: held.note,
            deficit_ids: held.deficit_ids,
            allowed_actions,
        }
    }
}

page_view! {
    /// The categories of a person, newest first; they fit one page.
    PriorityCategoryPage of PriorityCategoryView
}
