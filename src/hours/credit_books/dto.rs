//! Credit books as they travel.

mod batch;
mod entry;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{BookLine, totals};
use super::service::ShownBook;
use crate::http::page_view;
use crate::values::Hours;

pub use batch::{CreditBookOutcome, CreditBookOutcomeKind, CreditBooksOpen, CreditBooksOpened};
pub use entry::{
    CreditBookEntryCorrect, CreditBookEntryCreate, CreditBookEntryItem, CreditBookEntryView, source,
};

/// A credit book to be opened (зачётная книжка).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreditBookOpen {
    /// Whose book; the caller's own person opens it on his or her own wish.
    pub person_id: Uuid,
}

/// A credit book (зачётная книжка).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CreditBook)]
pub struct CreditBookView {
    /// The book's id.
    pub id: Uuid,
    /// Whose it is.
    pub person_id: Uuid,
    /// The person's name in full (фамилия, имя, отчество).
    #[schema(max_length = 310)]
    pub full_name: String,
    /// The school of the person when it was opened.
    pub organization_id: Uuid,
    /// The organization that issued it; absent when the person opened it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issued_by_id: Option<Uuid>,
    /// The regulation it is kept under.
    pub regulation_id: Uuid,
    /// Day it was opened.
    pub opened_on: NaiveDate,
    /// Day it was closed; absent while it is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed_on: Option<NaiveDate>,
    /// The entries that stand, by date; corrected ones are read by `corrects_id`.
    #[schema(max_items = 10_000)]
    pub entries: Vec<CreditBookEntryItem>,
    /// Academic hours of all entries. They are no hours of the norm: those come from documents that are confirmed.
    #[schema(value_type = f64, minimum = 0, maximum = 1_000_000, multiple_of = 0.5)]
    pub hours: Hours,
    /// The same by the calendar year of the last day, in order.
    #[schema(max_items = 300)]
    pub by_year: Vec<CreditBookYear>,
    /// What the caller may do with it now: operationIds.
    #[schema(max_items = 5)]
    pub allowed_actions: Vec<String>,
}

/// A credit book to be printed: PDF, A4, with its fonts (зачётная книжка для печати).
#[derive(Debug, Serialize, ToSchema)]
#[schema(max_length = 20_000_000, format = Binary, example = "%PDF-1.7")]
pub struct CreditBookPaper(pub String);

/// Hours of a year in a credit book.
#[derive(Debug, Serialize, ToSchema)]
pub struct CreditBookYear {
    /// The calendar year.
    #[schema(minimum = 1900, maximum = 2199)]
    pub year: i32,
    /// Academic hours.
    #[schema(value_type = f64, minimum = 0, maximum = 1_000_000, multiple_of = 0.5)]
    pub hours: Hours,
}

impl From<ShownBook> for CreditBookView {
    fn from(shown: ShownBook) -> Self {
        let totals = totals(&shown.entries);
        let by_year = totals.by_year.into_iter().map(|(year, hours)| CreditBookYear { year, hours });
        let book = shown.book;
        Self {
            id: book.id,
            person_id: book.person_id,
            full_name: shown.name.to_string(),
            organization_id: book.organization_id,
            issued_by_id: book.issued_by_id,
            regulation_id: book.regulation_id,
            opened_on: book.opened_on,
            closed_on: book.closed_on,
            entries: shown.entries.into_iter().map(Into::into).collect(),
            hours: totals.hours,
            by_year: by_year.collect(),
            allowed_actions: shown.allowed_actions,
        }
    }
}

/// A credit book in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct CreditBookItem {
    /// The book's id.
    pub id: Uuid,
    /// Whose it is.
    pub person_id: Uuid,
    /// The person's name in full (фамилия, имя, отчество).
    #[schema(max_length = 310)]
    pub full_name: String,
    /// The school of the person when it was opened.
    pub organization_id: Uuid,
    /// The organization that issued it; absent when the person opened it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issued_by_id: Option<Uuid>,
    /// Day it was opened.
    pub opened_on: NaiveDate,
    /// Day it was closed; absent while it is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed_on: Option<NaiveDate>,
}

impl From<BookLine> for CreditBookItem {
    fn from(line: BookLine) -> Self {
        let book = line.book;
        Self {
            id: book.id,
            person_id: book.person_id,
            full_name: line.name.to_string(),
            organization_id: book.organization_id,
            issued_by_id: book.issued_by_id,
            opened_on: book.opened_on,
            closed_on: book.closed_on,
        }
    }
}

page_view! {
    /// One page of credit books, those opened last first.
    CreditBookPage of CreditBookItem
}

/// Which credit books to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CreditBookQuery {
    /// Only opened at this school.
    pub organization_id: Option<Uuid>,
    /// Only of this person.
    pub person_id: Option<Uuid>,
    /// `true`: only open ones; `false`: only closed ones.
    pub open: Option<bool>,
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
