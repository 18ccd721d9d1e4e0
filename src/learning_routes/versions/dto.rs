//! Versions of a route as they travel.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::diff::diff;
use super::model::{Compared, RouteVersion, VersionCause};
use crate::error::{Error, FieldProblem, Result, Text};
use crate::http::page_view;
use crate::learning_routes::dto::RouteContentBody;
use crate::learning_routes::model::RouteContent;

/// Why a version was taken (причина редакции). New values may come.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RouteVersionCause {
    /// The route was handed in.
    Submission,
    /// A revision of it was handed in: what the route would say.
    RevisionSubmission,
    /// A revision was taken over.
    Revision,
    /// It was looked through, as its regulation demands every period.
    PeriodicUpdate,
}

crate::values::mirror!(RouteVersionCause => VersionCause {
    Submission, RevisionSubmission, Revision, PeriodicUpdate,
});

/// A version of a route, without what it said (редакция маршрута).
#[derive(Debug, Serialize, ToSchema)]
pub struct RouteVersionItem {
    /// Number within the route, from 1.
    #[schema(minimum = 1, maximum = 1000000)]
    pub number: i32,
    /// Why it was taken.
    pub cause: RouteVersionCause,
    /// The round of review it was handed in for, from 1.
    #[schema(minimum = 1, maximum = 10000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub round: Option<i32>,
    /// The revision that was handed in or taken over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revision_id: Option<Uuid>,
    /// Words of whoever looked the route through.
    #[schema(max_length = 2000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The day.
    pub taken_on: NaiveDate,
    /// Whose act it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub taken_by_person_id: Option<Uuid>,
}

impl From<RouteVersion> for RouteVersionItem {
    fn from(version: RouteVersion) -> Self {
        Self {
            number: version.number,
            cause: version.cause.into(),
            round: version.round,
            revision_id: version.revision_id,
            note: version.note,
            taken_on: version.taken_on,
            taken_by_person_id: version.taken_by,
        }
    }
}

page_view! {
    /// One page of versions, newest first.
    RouteVersionPage of RouteVersionItem
}

/// A version of a route with what it said.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RouteVersion)]
pub struct RouteVersionView {
    /// Which version, and why it was taken.
    pub version: RouteVersionItem,
    /// What the route said.
    pub content: RouteContentBody,
}

/// Which part of the list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RouteVersionQuery {
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

/// Which two versions to compare: two numbers, or two rounds of review.
#[derive(Debug, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RouteDiffQuery {
    /// Number of the earlier version.
    #[validate(range(min = 1, max = 1_000_000))]
    #[param(minimum = 1, maximum = 1000000)]
    pub from: Option<i32>,
    /// Number of the later version.
    #[validate(range(min = 1, max = 1_000_000))]
    #[param(minimum = 1, maximum = 1000000)]
    pub to: Option<i32>,
    /// Instead of numbers: the earlier round of review.
    #[validate(range(min = 1, max = 10_000))]
    #[param(minimum = 1, maximum = 10000)]
    pub from_round: Option<i32>,
    /// The later round.
    #[validate(range(min = 1, max = 10_000))]
    #[param(minimum = 1, maximum = 10000)]
    pub to_round: Option<i32>,
    /// Rounds of this revision; absent: of the route itself.
    pub revision_id: Option<Uuid>,
}

impl RouteDiffQuery {
    /// The two versions that are meant; 422 when it is neither two numbers nor two rounds.
    pub fn compared(&self) -> Result<Compared> {
        match (self.from, self.to, self.from_round, self.to_round, self.revision_id) {
            (Some(from), Some(to), None, None, None) => Ok(Compared::Numbers(from, to)),
            (None, None, Some(from), Some(to), revision_id) => Ok(Compared::Rounds { from, to, revision_id }),
            _ => {
                let words = Text::new(
                    "Укажите либо from и to, либо from_round и to_round",
                    "Give either from and to, or from_round and to_round",
                );
                Err(Error::invalid(vec![FieldProblem::new("from", "one_pair_required", words)]))
            }
        }
    }
}

/// How something differs (вид изменения).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RouteContentChangeKind {
    /// The item is new.
    Added,
    /// The item is gone; the pointer leads into the earlier content.
    Removed,
    /// The field has another value.
    Changed,
    /// The item stands elsewhere in its list.
    Moved,
}

/// One difference between two contents of a route (изменение).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RouteContentChange {
    /// How it differs.
    pub kind: RouteContentChangeKind,
    /// JSON pointer into the later content; for what was removed, into the earlier one.
    #[schema(max_length = 200, example = "/activities/2/data/hours")]
    pub pointer: String,
    /// The item of a list that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item_id: Option<Uuid>,
    /// What was there before: a text as it was, anything else as JSON.
    #[schema(max_length = 40000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// What is there after.
    #[schema(max_length = 40000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

/// Every difference between two contents.
pub fn changes(before: RouteContent, after: RouteContent) -> Result<Vec<RouteContentChange>> {
    let value = |content: RouteContent| -> Result<Value> {
        serde_json::to_value(RouteContentBody::from(content)).map_err(Error::internal)
    };
    Ok(diff(&value(before)?, &value(after)?))
}

/// What differs between two versions of a route (сравнение редакций).
#[derive(Debug, Serialize, ToSchema)]
pub struct RouteDiff {
    /// The earlier version.
    pub from: RouteVersionItem,
    /// The later version.
    pub to: RouteVersionItem,
    /// Every difference.
    #[schema(max_items = 20000)]
    pub changes: Vec<RouteContentChange>,
}
