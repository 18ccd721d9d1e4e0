//! What a duplicate says.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::error::{FieldProblem, Text};
use crate::hours::credentials::model::CredentialData;
use crate::hours::credentials::numbering::{Numbers, Ranges};
use crate::hours::model::{Document, DocumentIdentity};

/// Why another form was needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// The form was lost.
    Loss,
    /// The form was given back for another one.
    Exchange,
    /// The form was destroyed.
    Destruction,
}

impl Ground {
    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Loss => "loss",
            Self::Exchange => "exchange",
            Self::Destruction => "destruction",
        }
    }

    /// The ground of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Loss, Self::Exchange, Self::Destruction].into_iter().find(|ground| ground.as_str() == name)
    }
}

/// A duplicate about to be issued.
#[derive(Debug, Clone)]
pub struct NewDuplicate {
    /// Why.
    pub ground: Ground,
    /// Its numbers, as far as they are said.
    pub numbers: Numbers,
    /// From where the others are taken.
    pub ranges: Ranges,
    /// Day of issue.
    pub issued_on: NaiveDate,
}

/// A duplicate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duplicate {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// The paper.
    pub credential_id: Uuid,
    /// Whose it is.
    pub person_id: Uuid,
    /// Why it was issued.
    pub ground: Ground,
    /// Its numbers.
    pub numbers: Numbers,
    /// Day of issue.
    pub issued_on: NaiveDate,
    /// The code by which it is checked.
    pub code: String,
    /// When it was recorded.
    pub created_at: DateTime<Utc>,
}

impl Duplicate {
    /// What the duplicate of that paper says: the same but for its numbers and its day.
    pub fn form(&self, original: &CredentialData) -> CredentialData {
        let Numbers { series, number, registration_number } = self.numbers.clone();
        CredentialData { series, number, registration_number, issued_on: self.issued_on, ..original.clone() }
    }
}

/// Everything wrong with a form issued on that day after the one before.
pub fn problems(form: &CredentialData, before: NaiveDate, today: NaiveDate) -> Vec<FieldProblem> {
    let mut problems = Vec::new();
    let mut add = |wrong: bool, pointer: &str, code: &'static str, ru, en| {
        if wrong {
            problems.push(FieldProblem::new(pointer, code, Text::new(ru, en)));
        }
    };
    add(
        form.issued_on > today,
        "/issued_on",
        "date_in_future",
        "День ещё не наступил",
        "The day has not come yet",
    );
    add(
        form.issued_on < before,
        "/issued_on",
        "dates_out_of_order",
        "Прежний документ тогда ещё не был выдан",
        "The form before was not issued by then",
    );
    let numbered = form.number.is_some() || form.registration_number.is_some();
    // A paper without a number is told by its title; a duplicate has a number.
    let bare = Document { title: None, ..form.document() };
    let readable = DocumentIdentity::of(&bare, Some(form.issued_on)).key().is_some();
    add(
        !numbered,
        "/number",
        "number_missing",
        "Нужен номер бланка или регистрационный номер",
        "The number of the form or the registration number is needed",
    );
    add(
        numbered && !readable,
        "/number",
        "number_unreadable",
        "В номере нет ни букв, ни цифр",
        "The number has neither letters nor digits",
    );
    problems
}
