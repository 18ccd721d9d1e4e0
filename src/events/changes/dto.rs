//! Changes as they travel.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{Change, Portion, Thing};

/// What happened to the subject of a change. New values may come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChangeAction {
    /// It was made, changed or decided on: read it again.
    Changed,
    /// It exists no longer.
    Removed,
}

/// Something that exists no longer.
#[derive(Debug, Serialize, ToSchema)]
pub struct RemovedThing {
    /// What kind of thing (вид объекта); new values may come.
    #[schema(min_length = 1, max_length = 60, pattern = "^[a-z_]+$", example = "route_activity")]
    pub kind: String,
    /// Which one.
    pub id: Uuid,
}

impl From<Thing> for RemovedThing {
    fn from(thing: Thing) -> Self {
        Self { kind: thing.kind, id: thing.id }
    }
}

/// A change (изменение): which thing, never what of it. Its content is read with the caller's own rights.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Change)]
pub struct ChangeView {
    /// Its place in the feed; `after` takes it.
    #[schema(
        min_length = 34,
        max_length = 49,
        pattern = "^[0-9a-f]{1,16}-[0-9a-f]{32}$",
        example = "2f1-019aa0c57d2b7cc18a4e4c8f7f6f9b11"
    )]
    pub cursor: String,
    /// When it happened.
    pub at: DateTime<Utc>,
    /// What kind of thing was changed (вид объекта), for example `person`, `credential`, `route`; new values may come.
    #[schema(min_length = 1, max_length = 60, pattern = "^[a-z_]+$", example = "credential")]
    pub subject_kind: String,
    /// Which thing was changed.
    pub subject_id: Uuid,
    /// What happened to it.
    pub action: ChangeAction,
    /// The operation that changed it (operationId), or the name of what time brought about.
    #[schema(min_length = 3, max_length = 60, pattern = "^[a-z0-9_]+$", example = "decide_credential")]
    pub operation: String,
    /// What ceased to exist by it: the subject itself, or a part of it that others know by its id. Absent when nothing did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub removed: Option<RemovedThing>,
}

impl From<Change> for ChangeView {
    fn from(change: Change) -> Self {
        let action = if change.is_removal() { ChangeAction::Removed } else { ChangeAction::Changed };
        Self {
            cursor: change.position.to_string(),
            at: change.at,
            subject_kind: change.subject.kind,
            subject_id: change.subject.id,
            action,
            operation: change.operation,
            removed: change.removed.map(Into::into),
        }
    }
}

/// A portion of the feed of changes (лента изменений), oldest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangeFeed {
    /// The changes of this portion.
    #[schema(max_items = 200)]
    pub changes: Vec<ChangeView>,
    /// Pass it as `after` to get what comes next, at once or next year; it never ends.
    #[schema(
        min_length = 34,
        max_length = 49,
        pattern = "^[0-9a-f]{1,16}-[0-9a-f]{32}$",
        example = "2f1-019aa0c57d2b7cc18a4e4c8f7f6f9b11"
    )]
    pub after: String,
    /// Whether there is more already: ask again at once. Otherwise a poll every few seconds does.
    pub has_more: bool,
}

impl From<Portion> for ChangeFeed {
    fn from(portion: Portion) -> Self {
        Self {
            changes: portion.changes.into_iter().map(Into::into).collect(),
            after: portion.next.to_string(),
            has_more: portion.has_more,
        }
    }
}

/// Which changes are asked for.
#[derive(Debug, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ChangeQuery {
    /// `after` of the portion before, or the `cursor` of a change; from the first change on when absent.
    /// No place is ever too old; 422 `invalid_cursor` for one that this feed never gave, behind its end for example.
    #[validate(length(min = 34, max = 49))]
    #[param(
        min_length = 34,
        max_length = 49,
        pattern = "^[0-9a-f]{1,16}-[0-9a-f]{32}$",
        example = "2f1-019aa0c57d2b7cc18a4e4c8f7f6f9b11"
    )]
    pub after: Option<String>,
    /// Only of this kind of thing, as `subject_kind` says it.
    #[validate(length(min = 1, max = 60))]
    #[param(min_length = 1, max_length = 60, pattern = "^[a-z_]+$", example = "credential")]
    pub subject_kind: Option<String>,
    /// How many at most; 50 when absent.
    #[validate(range(min = 1, max = 200))]
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<i64>,
}
