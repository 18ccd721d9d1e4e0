//! Flags in credit books as they travel.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{Flag, FlagKind, FlagState};
use super::service::{Answer, AnsweredEntry, NewFlag, ShownFlag};
use crate::error::Result;
use crate::hours::credit_books::dto::source;
use crate::hours::credit_books::model::EntrySaid;
use crate::http::page_view;
use crate::values::{Hours, day, mirror};

/// What the teacher says (вид отметки).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CreditBookFlagKind {
    /// An entry is wrong.
    Wrong,
    /// An entry is missing.
    Missing,
}

mirror!(CreditBookFlagKind => FlagKind { Wrong, Missing });

/// Where a flag stands (состояние отметки). New values may come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CreditBookFlagState {
    /// It waits for an answer.
    Open,
    /// The entry was corrected or written.
    Resolved,
    /// Refused, with a reason.
    Refused,
    /// Taken back by the teacher.
    Withdrawn,
}

mirror!(CreditBookFlagState => FlagState { Open, Resolved, Refused, Withdrawn });

/// What is answered (решение по отметке).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CreditBookFlagDecision {
    /// The entry is right now.
    Resolve,
    /// Everything stays as it is.
    Refuse,
}

/// A flag to be raised in one's own credit book (отметка о неверной или пропущенной записи).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreditBookFlagCreate {
    /// What is said.
    pub kind: CreditBookFlagKind,
    /// The entry that is wrong; needed for `wrong`.
    pub entry_id: Option<Uuid>,
    /// The offering without an entry; for `missing` this or `association_id`.
    pub offering_id: Option<Uuid>,
    /// The association without an entry about its session; for `missing` this or `offering_id`.
    pub association_id: Option<Uuid>,
    /// What is wrong or missing.
    #[validate(length(min = 3, max = 2000))]
    #[schema(min_length = 3, max_length = 2000, example = "Указано 4 часа, занятия были 6 часов")]
    pub text: String,
}

impl CreditBookFlagCreate {
    /// The flag asked for.
    ///
    /// # Errors
    /// 422 when it names an offering and an association.
    pub fn to_model(&self) -> Result<NewFlag> {
        let named = self.offering_id.is_some() || self.association_id.is_some();
        let source = named.then(|| source(self.offering_id, self.association_id)).transpose()?;
        Ok(NewFlag { kind: self.kind.into(), entry_id: self.entry_id, source, text: self.text.clone() })
    }
}

/// The entry that resolves a flag: the correction of the wrong one, or the missing one.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreditBookFlagEntry {
    /// `true`: the wrong entry should not have been there, nothing replaces it.
    #[serde(default)]
    pub withdrawn: bool,
    /// Topic (тема); as it was, or that of the offering, by default.
    #[validate(length(min = 1, max = 500))]
    #[schema(min_length = 1, max_length = 500)]
    pub topic: Option<String>,
    /// First day; as it was, or that of the offering, by default.
    #[serde(default, deserialize_with = "day")]
    pub started_on: Option<NaiveDate>,
    /// Last day; as it was, or that of the offering, by default.
    #[serde(default, deserialize_with = "day")]
    pub ended_on: Option<NaiveDate>,
    /// Academic hours in steps of 0.5; as they were, or those of the enrollment, by default.
    #[validate(range(min = 0.5, max = 10_000.0))]
    #[schema(value_type = Option<f64>, minimum = 0.5, maximum = 10000, multiple_of = 0.5, example = 6)]
    pub hours: Option<Hours>,
}

/// The answer to a flag.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreditBookFlagAnswer {
    /// What is answered.
    pub decision: CreditBookFlagDecision,
    /// Why; needed for `refuse`.
    #[validate(length(min = 3, max = 2000))]
    #[schema(min_length = 3, max_length = 2000, example = "12 марта вы на занятии не были")]
    pub reason: Option<String>,
    /// For `resolve`: the entry, unless it was written or corrected already.
    #[validate(nested)]
    pub record: Option<CreditBookFlagEntry>,
}

impl From<CreditBookFlagAnswer> for Answer {
    fn from(body: CreditBookFlagAnswer) -> Self {
        let entry = body.record.map(|entry| AnsweredEntry {
            withdrawn: entry.withdrawn,
            said: EntrySaid {
                topic: entry.topic,
                started_on: entry.started_on,
                ended_on: entry.ended_on,
                hours: entry.hours,
            },
        });
        match body.decision {
            CreditBookFlagDecision::Resolve => Self::Resolve { words: body.reason, entry },
            CreditBookFlagDecision::Refuse => Self::Refuse { reason: body.reason },
        }
    }
}

/// A flag in a credit book (отметка о неверной или пропущенной записи).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CreditBookFlag)]
pub struct CreditBookFlagView {
    /// The flag's id.
    pub id: Uuid,
    /// The book.
    pub credit_book_id: Uuid,
    /// Whose book it is.
    pub person_id: Uuid,
    /// What is said.
    pub kind: CreditBookFlagKind,
    /// The entry that is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry_id: Option<Uuid>,
    /// The offering it is about; else an association.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offering_id: Option<Uuid>,
    /// The association it is about; else an offering.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub association_id: Option<Uuid>,
    /// The organiser.
    pub organization_id: Uuid,
    /// To whom it goes; absent when it is for the organiser alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub leader_id: Option<Uuid>,
    /// What is wrong or missing.
    #[schema(max_length = 2000)]
    pub text: String,
    /// Where it stands.
    pub state: CreditBookFlagState,
    /// What was answered; for a refusal why.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    pub reason: Option<String>,
    /// The entry that resolved it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer_entry_id: Option<Uuid>,
    /// Who answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answered_by_id: Option<Uuid>,
    /// When it was answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answered_at: Option<DateTime<Utc>>,
    /// When it was raised.
    pub created_at: DateTime<Utc>,
    /// What the caller may do with it now: operationIds.
    #[schema(max_items = 5)]
    pub allowed_actions: Vec<String>,
}

impl From<ShownFlag> for CreditBookFlagView {
    fn from(shown: ShownFlag) -> Self {
        let flag = shown.flag;
        Self {
            id: flag.id,
            credit_book_id: flag.book_id,
            person_id: flag.person_id,
            kind: flag.kind.into(),
            entry_id: flag.entry_id,
            offering_id: flag.source.offering_id(),
            association_id: flag.source.association_id(),
            organization_id: flag.organization_id,
            leader_id: flag.leader_id,
            text: flag.text,
            state: flag.state.into(),
            reason: flag.answer,
            answer_entry_id: flag.answer_entry_id,
            answered_by_id: flag.answered_by,
            answered_at: flag.answered_at,
            created_at: flag.created_at,
            allowed_actions: shown.allowed_actions,
        }
    }
}

/// A flag in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct CreditBookFlagItem {
    /// The flag's id.
    pub id: Uuid,
    /// The book.
    pub credit_book_id: Uuid,
    /// Whose book it is.
    pub person_id: Uuid,
    /// What is said.
    pub kind: CreditBookFlagKind,
    /// The organiser of what it is about.
    pub organization_id: Uuid,
    /// What is wrong or missing.
    #[schema(max_length = 2000)]
    pub text: String,
    /// Where it stands.
    pub state: CreditBookFlagState,
    /// When it was raised.
    pub created_at: DateTime<Utc>,
}

impl From<Flag> for CreditBookFlagItem {
    fn from(flag: Flag) -> Self {
        Self {
            id: flag.id,
            credit_book_id: flag.book_id,
            person_id: flag.person_id,
            kind: flag.kind.into(),
            organization_id: flag.organization_id,
            text: flag.text,
            state: flag.state.into(),
            created_at: flag.created_at,
        }
    }
}

page_view! {
    /// One page of flags, newest first.
    CreditBookFlagPage of CreditBookFlagItem
}

/// Which flags to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CreditBookFlagQuery {
    /// Only in this state.
    pub state: Option<CreditBookFlagState>,
    /// Only in this book.
    pub credit_book_id: Option<Uuid>,
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
