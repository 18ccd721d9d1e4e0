//! Books for many people at once.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use crate::error::{Error, Result};
use crate::hours::credit_books::service::{Opened, Outcome, Whom};

/// Credit books to be opened: for everybody who works at a school, or for these people.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreditBooksOpen {
    /// The school; this or `person_ids`.
    pub organization_id: Option<Uuid>,
    /// The people; this or `organization_id`.
    #[validate(length(min = 1, max = 1000))]
    #[schema(min_items = 1, max_items = 1000)]
    pub person_ids: Option<Vec<Uuid>>,
}

impl CreditBooksOpen {
    /// For whom it is.
    ///
    /// # Errors
    /// 422 when it names both or neither.
    pub fn whom(&self) -> Result<Whom> {
        match (self.organization_id, self.person_ids.as_ref()) {
            (Some(id), None) => Ok(Whom::Organization(id)),
            (None, Some(ids)) => Ok(Whom::People(ids.clone())),
            _ => Err(Error::field(
                "/person_ids",
                "organization_or_people",
                "Укажите организацию или людей",
                "Name the organization or the people",
            )),
        }
    }
}

/// What came of one person (итог по человеку). New values may come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CreditBookOutcomeKind {
    /// A book was opened.
    Opened,
    /// There is an open book already.
    Known,
    /// None was opened.
    Refused,
}

/// What came of one person.
#[derive(Debug, Serialize, ToSchema)]
pub struct CreditBookOutcome {
    /// The person.
    pub person_id: Uuid,
    /// What came of it.
    pub outcome: CreditBookOutcomeKind,
    /// The open book.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credit_book_id: Option<Uuid>,
    /// Why none was opened: the code of the refusal or of its first field.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 100, example = "not_used")]
    pub code: Option<String>,
}

/// What came of each person.
#[derive(Debug, Serialize, ToSchema)]
pub struct CreditBooksOpened {
    /// How many books were opened.
    #[schema(minimum = 0, maximum = 1000)]
    pub opened: u32,
    /// Each person once, in the order of the ids.
    #[schema(max_items = 1000)]
    pub items: Vec<CreditBookOutcome>,
}

impl From<Opened> for CreditBooksOpened {
    fn from(done: Opened) -> Self {
        let items: Vec<CreditBookOutcome> = done.outcomes.into_iter().map(CreditBookOutcome::new).collect();
        let opened = items.iter().filter(|item| item.outcome == CreditBookOutcomeKind::Opened).count();
        Self { opened: u32::try_from(opened).unwrap_or(u32::MAX), items }
    }
}

impl CreditBookOutcome {
    fn new((person_id, outcome): (Uuid, Outcome)) -> Self {
        let (outcome, credit_book_id, code) = match outcome {
            Outcome::Opened(id) => (CreditBookOutcomeKind::Opened, Some(id), None),
            Outcome::Known(id) => (CreditBookOutcomeKind::Known, Some(id), None),
            Outcome::Refused(code) => (CreditBookOutcomeKind::Refused, None, Some(code)),
        };
        Self { person_id, outcome, credit_book_id, code }
    }
}
