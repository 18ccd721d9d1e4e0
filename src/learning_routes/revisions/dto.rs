//! Revisions as they travel.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{Revision, RevisionCause, RevisionState};
use super::service::{NewRevision, ShownRevision};
use crate::authz::Role;
use crate::error::Result;
use crate::http::page_view;
use crate::learning_routes::dto::RouteContentBody;
pub use crate::learning_routes::dto::RouteSubmissionCheck;
use crate::learning_routes::versions::dto::{RouteContentChange, changes};

/// What a revision is made for (причина корректировки). New values may come.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RouteRevisionCause {
    /// Something is to be put right.
    Correction,
    /// Somebody petitioned for it.
    Petition,
    /// Control found that the plan must change.
    Control,
    /// The update of the period.
    PeriodicUpdate,
}

crate::values::mirror!(RouteRevisionCause => RevisionCause { Correction, Petition, Control, PeriodicUpdate });

/// Where a revision stands (состояние корректировки). New values may come.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RouteRevisionState {
    /// Being written.
    Draft,
    /// Passing its chain; nobody edits it.
    InReview,
    /// Sent back for rework, with a reason and a date.
    Rework,
    /// The route says it now.
    Applied,
    /// Refused by a decider.
    Rejected,
    /// Taken back.
    Withdrawn,
    /// Its route ended before it was agreed; `close_reason` says how.
    Lapsed,
}

crate::values::mirror!(RouteRevisionState => RevisionState {
    Draft, InReview, Rework, Applied, Rejected, Withdrawn, Lapsed,
});

/// A revision to be drafted.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RouteRevisionCreate {
    /// What it is made for.
    pub cause: RouteRevisionCause,
    /// The open petition it answers; exactly for the cause `petition`.
    pub petition_id: Option<Uuid>,
    /// Why the route changes.
    #[validate(length(min = 1, max = 4000))]
    #[schema(min_length = 1, max_length = 4000, example = "Курс перенесён на осень")]
    pub reason: String,
    /// What the route will say, the whole of it.
    #[validate(nested)]
    pub content: RouteContentBody,
}

impl From<RouteRevisionCreate> for NewRevision {
    fn from(body: RouteRevisionCreate) -> Self {
        Self {
            cause: body.cause.into(),
            petition_id: body.petition_id,
            reason: body.reason,
            content: body.content.into(),
        }
    }
}

/// What a revision in draft or rework says from now on.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RouteRevisionUpdate {
    /// Why the route changes.
    #[validate(length(min = 1, max = 4000))]
    #[schema(min_length = 1, max_length = 4000)]
    pub reason: String,
    /// What the route will say, the whole of it.
    #[validate(nested)]
    pub content: RouteContentBody,
}

/// That the route was looked through in this period.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoutePeriodicUpdate {
    /// Words.
    #[validate(length(min = 1, max = 2000))]
    #[schema(min_length = 1, max_length = 2000)]
    pub note: Option<String>,
}

/// That it is recorded.
#[derive(Debug, Serialize, ToSchema)]
pub struct RoutePeriodicUpdateReceipt {
    /// The route.
    pub route_id: Uuid,
    /// Its row version now.
    #[schema(minimum = 1, maximum = 9007199254740991_i64)]
    pub version: i64,
}

/// What a return of a revision for rework says (резолюция).
#[derive(Debug, Serialize, ToSchema)]
pub struct RouteRevisionRework {
    /// What is to be reworked.
    #[schema(max_length = 4000)]
    pub reason: String,
    /// Until when.
    pub due_on: NaiveDate,
}

/// A revision of a route, without what it says (корректировка маршрута).
#[derive(Debug, Serialize, ToSchema)]
pub struct RouteRevisionItem {
    /// The revision's id.
    pub id: Uuid,
    /// The route.
    pub route_id: Uuid,
    /// What it is made for.
    pub cause: RouteRevisionCause,
    /// The petition it answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub petition_id: Option<Uuid>,
    /// Why the route changes.
    #[schema(max_length = 4000)]
    pub reason: String,
    /// Where it stands.
    pub state: RouteRevisionState,
    /// Why and until when it is to be reworked; only in the state `rework`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rework: Option<RouteRevisionRework>,
    /// Who drafted it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author_person_id: Option<Uuid>,
    /// The role whose right was used.
    pub author_role: Role,
    /// Day the route took it over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub applied_on: Option<NaiveDate>,
    /// Why it was rejected, or lapsed.
    #[schema(max_length = 4000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub close_reason: Option<String>,
    /// When it was drafted.
    pub created_at: DateTime<Utc>,
}

impl From<Revision> for RouteRevisionItem {
    fn from(revision: Revision) -> Self {
        Self {
            id: revision.id,
            route_id: revision.route_id,
            cause: revision.cause.into(),
            petition_id: revision.petition_id,
            reason: revision.reason,
            state: revision.state.into(),
            rework: revision
                .rework
                .map(|rework| RouteRevisionRework { reason: rework.reason, due_on: rework.due_on }),
            author_person_id: revision.author_id,
            author_role: revision.author_role,
            applied_on: revision.applied_on,
            close_reason: revision.close_reason,
            created_at: revision.created_at,
        }
    }
}

page_view! {
    /// One page of revisions, newest first.
    RouteRevisionPage of RouteRevisionItem
}

/// A revision of a route with what it says and what it would change (корректировка маршрута).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RouteRevision)]
pub struct RouteRevisionView {
    /// What it is, why, and where it stands.
    pub revision: RouteRevisionItem,
    /// What the route will say.
    pub content: RouteContentBody,
    /// How that differs from what the route says now; empty once the revision has ended: the versions tell it then.
    #[schema(max_items = 20000)]
    pub changes: Vec<RouteContentChange>,
    /// What the caller may do with it now: operationIds.
    #[schema(max_items = 3)]
    pub allowed_actions: Vec<String>,
}

impl RouteRevisionView {
    /// The representation of a revision.
    pub fn new(shown: ShownRevision) -> Result<Self> {
        let content = shown.revision.content.clone();
        let changes = match shown.now {
            Some(now) => changes(now, content.clone())?,
            None => Vec::new(),
        };
        Ok(Self {
            revision: shown.revision.into(),
            content: content.into(),
            changes,
            allowed_actions: shown.allowed_actions,
        })
    }
}

/// Which part of the list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RouteRevisionQuery {
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
