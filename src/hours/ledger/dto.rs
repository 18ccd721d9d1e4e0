//! What travels about the ledger.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{EntryKind, ListedEntry};
use crate::http::page_view;
use crate::values::{DocumentKind, Hours};

/// What a line of the ledger is (вид записи).
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = LedgerEntryKind)]
pub enum LedgerEntryKindDto {
    /// Hours earned.
    Credit,
    /// Hours taken back (сторно).
    Reversal,
}

crate::values::mirror!(LedgerEntryKindDto => EntryKind { Credit, Reversal });

/// A line of the ledger (запись накопительного учёта).
#[derive(Debug, Serialize, ToSchema)]
pub struct LedgerEntryItem {
    /// The line's id.
    pub id: Uuid,
    /// The credential it rests on.
    pub credential_id: Uuid,
    /// Earned or taken back.
    pub kind: LedgerEntryKindDto,
    /// Academic hours; negative when taken back.
    #[schema(value_type = f64, minimum = -10000, maximum = 10000, multiple_of = 0.5)]
    pub hours: Hours,
    /// Kind of paper.
    pub document_kind: DocumentKind,
    /// The provider, if it is known to the system.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider_id: Option<Uuid>,
    /// The provider as the paper names it.
    #[schema(max_length = 500)]
    pub provider_name: String,
    /// The program learnt, if it is known to the system.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub program_id: Option<Uuid>,
    /// Its title in the registry.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 500)]
    pub program_title: Option<String>,
    /// Title of the program or topic as the paper names it.
    #[schema(max_length = 500)]
    pub title: String,
    /// `true` when it credits what was learnt elsewhere.
    pub credited: bool,
    /// `true` when it was learnt outside the route: by an approved request of the person, or by an approved offer to the school.
    pub outside_route: bool,
    /// First day of learning.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub started_on: Option<NaiveDate>,
    /// Last day of learning.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub completed_on: Option<NaiveDate>,
    /// Day of issue.
    pub issued_on: NaiveDate,
    /// The line that this one takes back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reverses_id: Option<Uuid>,
    /// Why it was taken back.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    pub reason: Option<String>,
    /// When the system learnt of it.
    pub recorded_at: DateTime<Utc>,
}

impl From<ListedEntry> for LedgerEntryItem {
    fn from(entry: ListedEntry) -> Self {
        Self {
            id: entry.id,
            credential_id: entry.credential_id,
            kind: entry.kind.into(),
            hours: entry.hours,
            document_kind: entry.document_kind,
            provider_id: entry.issuer_id,
            provider_name: entry.issuer_name,
            program_id: entry.program_id,
            program_title: entry.program_title,
            title: entry.title,
            credited: entry.credited,
            outside_route: entry.outside_route,
            started_on: entry.started_on,
            completed_on: entry.completed_on,
            issued_on: entry.issued_on,
            reverses_id: entry.reverses_id,
            reason: entry.reason,
            recorded_at: entry.recorded_at,
        }
    }
}

page_view! {
    /// One page of the ledger, the newest papers first.
    LedgerEntryPage of LedgerEntryItem
}

/// Which page of a ledger.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct LedgerEntryQuery {
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
