//! Versions of programs as they travel.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::{ProgramBody, ProgramDecisionView, ProgramModuleView, ProgramStateDto};
use crate::http::page_view;
use crate::registry::programs::model::{FieldChange, ProgramVersion};

/// The next version of an accepted program, on its way (новая редакция).
#[derive(Debug, Serialize, ToSchema)]
pub struct NextProgramVersion {
    /// Its number.
    #[schema(minimum = 2, maximum = 10_000)]
    pub edition: i32,
    /// State of its life cycle.
    pub state: ProgramStateDto,
    /// What is new in it, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    pub note: Option<String>,
    /// The last decision on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision: Option<ProgramDecisionView>,
}

impl From<ProgramVersion> for NextProgramVersion {
    fn from(version: ProgramVersion) -> Self {
        Self {
            edition: version.snapshot.edition,
            state: version.state.into(),
            note: version.note,
            decision: version.decision.map(Into::into),
        }
    }
}

/// A version in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProgramVersionItem {
    /// Its number, from 1.
    #[schema(minimum = 1, maximum = 10_000)]
    pub edition: i32,
    /// Accepted; or the state of the next version, for those who write it or decide on it.
    pub state: ProgramStateDto,
    /// Title of the program in it.
    #[schema(max_length = 500)]
    pub title: String,
    /// What is new in it, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    pub note: Option<String>,
    /// Day it was accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accepted_on: Option<NaiveDate>,
    /// When it was first written down.
    pub created_at: DateTime<Utc>,
}

impl From<ProgramVersion> for ProgramVersionItem {
    fn from(version: ProgramVersion) -> Self {
        Self {
            edition: version.snapshot.edition,
            state: version.state.into(),
            title: version.snapshot.data.title,
            note: version.note,
            accepted_on: version.accepted_on,
            created_at: version.created_at,
        }
    }
}

page_view! {
    /// One page of the versions of a program, newest first.
    ProgramVersionPage of ProgramVersionItem
}

/// Which page of the versions.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ProgramVersionQuery {
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

/// A version of a program as it says (редакция программы).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ProgramVersion)]
pub struct ProgramVersionView {
    /// The program.
    pub program_id: Uuid,
    /// Number of the version, from 1.
    #[schema(minimum = 1, maximum = 10_000)]
    pub edition: i32,
    /// Accepted; or the state of the next version, for those who write it or decide on it.
    pub state: ProgramStateDto,
    /// What is new in it, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    pub note: Option<String>,
    /// Day it was accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accepted_on: Option<NaiveDate>,
    /// The provider's name at that time.
    #[schema(max_length = 500)]
    pub provider_name: String,
    /// What it says of the program.
    pub data: ProgramBody,
    /// Its modules in their order.
    #[schema(max_items = 60)]
    pub modules: Vec<ProgramModuleView>,
}

impl From<ProgramVersion> for ProgramVersionView {
    fn from(version: ProgramVersion) -> Self {
        let snapshot = version.snapshot;
        Self {
            program_id: snapshot.program_id,
            edition: snapshot.edition,
            state: version.state.into(),
            note: version.note,
            accepted_on: version.accepted_on,
            provider_name: snapshot.provider_name,
            data: snapshot.data.into(),
            modules: snapshot.modules.into_iter().map(Into::into).collect(),
        }
    }
}

/// Which versions to compare.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ProgramDifferenceQuery {
    /// Number of the older version.
    #[validate(range(min = 1, max = 10_000))]
    #[param(minimum = 1, maximum = 10_000)]
    pub from: i32,
    /// Number of the newer version.
    #[validate(range(min = 1, max = 10_000))]
    #[param(minimum = 1, maximum = 10_000)]
    pub to: i32,
}

/// A field that differs.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProgramFieldChange {
    /// Name of the field as it stands in the program; `modules` once for every module that differs.
    #[schema(max_length = 60, example = "hours")]
    pub field: String,
    /// What it said; absent where there was nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 20_000, example = "36")]
    pub before: Option<String>,
    /// What it says; absent where there is nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 20_000, example = "72")]
    pub after: Option<String>,
}

impl From<FieldChange> for ProgramFieldChange {
    fn from(change: FieldChange) -> Self {
        Self { field: change.field.to_owned(), before: change.before, after: change.after }
    }
}

/// What differs between two versions of a program.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProgramDifference {
    /// Number of the older version.
    #[schema(minimum = 1, maximum = 10_000)]
    pub from: i32,
    /// Number of the newer version.
    #[schema(minimum = 1, maximum = 10_000)]
    pub to: i32,
    /// The fields that differ.
    #[schema(max_items = 200)]
    pub changes: Vec<ProgramFieldChange>,
}
