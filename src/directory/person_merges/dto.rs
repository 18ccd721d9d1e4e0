//! What travels about merges.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::model::{NewMerge, PersonMerge};
use super::service::Shown;
use crate::directory::checks;
use crate::http::page_view;
use crate::values::text::collapse;

/// Two cards of one person.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonMergeCreate {
    /// The card that is kept: the one with the СНИЛС, if one of them has it.
    pub kept_id: Uuid,
    /// The card that points to it from then on.
    pub merged_id: Uuid,
    /// Why they are one person (основание).
    #[validate(length(min = 1, max = 500), custom(function = "checks::not_blank"))]
    #[schema(min_length = 1, max_length = 500, example = "Принята второй раз после смены фамилии")]
    pub reason: String,
}

impl From<PersonMergeCreate> for NewMerge {
    fn from(body: PersonMergeCreate) -> Self {
        Self { kept_id: body.kept_id, merged_id: body.merged_id, reason: collapse(&body.reason) }
    }
}

/// That two cards are two people after all.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonMergeUndo {
    /// Why they are two people (основание).
    #[validate(length(min = 1, max = 500), custom(function = "checks::not_blank"))]
    #[schema(min_length = 1, max_length = 500, example = "Однофамильцы, родившиеся в один день")]
    pub reason: String,
}

/// A merge of two cards of one person (объединение карточек).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PersonMerge)]
pub struct PersonMergeView {
    /// The merge's id.
    pub id: Uuid,
    /// The region.
    pub region_id: Uuid,
    /// The card that is kept.
    pub kept_id: Uuid,
    /// The card that points to it.
    pub merged_id: Uuid,
    /// Why they are one person.
    #[schema(max_length = 500, example = "Принята второй раз после смены фамилии")]
    pub reason: String,
    /// When they were merged.
    pub made_at: DateTime<Utc>,
    /// When it was undone; absent while it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undone_at: Option<DateTime<Utc>>,
    /// Why they are two people; absent while the merge stands.
    #[schema(max_length = 500, example = "Однофамильцы, родившиеся в один день")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undo_reason: Option<String>,
    /// What the caller may do with the merge now: operationIds.
    #[schema(max_items = 5)]
    pub allowed_actions: Vec<String>,
}

impl PersonMergeView {
    /// The representation for a caller who may do that.
    pub fn new(shown: Shown, allowed_actions: Vec<String>) -> Self {
        let merge = shown.merge;
        let (undone_at, undo_reason) = merge.undone.map(|undone| (undone.at, undone.reason)).unzip();
        Self {
            id: merge.id,
            region_id: merge.region_id,
            kept_id: merge.kept_id,
            merged_id: merge.merged_id,
            reason: merge.reason,
            made_at: merge.made_at,
            undone_at,
            undo_reason,
            allowed_actions,
        }
    }
}

/// A merge in the list of a person.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonMergeItem {
    /// The merge's id.
    pub id: Uuid,
    /// The card that is kept.
    pub kept_id: Uuid,
    /// The card that points to it.
    pub merged_id: Uuid,
    /// When they were merged.
    pub made_at: DateTime<Utc>,
    /// When it was undone; absent while it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undone_at: Option<DateTime<Utc>>,
}

impl From<PersonMerge> for PersonMergeItem {
    fn from(merge: PersonMerge) -> Self {
        Self {
            id: merge.id,
            kept_id: merge.kept_id,
            merged_id: merge.merged_id,
            made_at: merge.made_at,
            undone_at: merge.undone.map(|undone| undone.at),
        }
    }
}

page_view! {
    /// The merges of a person, the newest first.
    PersonMergePage of PersonMergeItem
}
