//! What a product is, and the way it goes.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::vocabulary::{DefenceResult, ProductState};
use crate::error::{FieldProblem, Text};
use crate::regulations::profile::ProductKind;

/// What is said of a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductData {
    /// What it is.
    pub kind: ProductKind,
    /// Title.
    pub title: String,
    /// What it is and for whom.
    pub summary: String,
}

/// Where and when a product was introduced (P3-48).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Introduction {
    /// Day.
    pub introduced_on: NaiveDate,
    /// The class.
    pub class: Option<String>,
    /// The subject.
    pub subject: Option<String>,
}

/// A product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// The municipality of the school, if it lies in one.
    pub municipality_id: Option<Uuid>,
    /// The school of the author.
    pub organization_id: Uuid,
    /// The author.
    pub person_id: Uuid,
    /// The regulation it was begun under.
    pub regulation_id: Uuid,
    /// The training that yielded it (P3-4).
    pub enrollment_id: Option<Uuid>,
    /// What is said of it.
    pub data: ProductData,
    /// Where it stands.
    pub state: ProductState,
    /// Where and when it was introduced.
    pub introduction: Option<Introduction>,
    /// Row version.
    pub version: i64,
    /// When it was begun.
    pub created_at: DateTime<Utc>,
}

/// A defence before a commission (P3-33).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Defence {
    /// The id.
    pub id: Uuid,
    /// Day.
    pub held_on: NaiveDate,
    /// Members of the commission.
    pub commission: Vec<String>,
    /// How it ended.
    pub result: DefenceResult,
    /// What the commission said.
    pub remarks: Option<String>,
}

/// A check of the introduction by the administration (P3-42).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// The id.
    pub id: Uuid,
    /// Day.
    pub checked_on: NaiveDate,
    /// What was found.
    pub conclusion: String,
}

/// What happens to a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProductEvent {
    /// Its description is written anew.
    Change,
    /// It is defended.
    Defend(DefenceResult),
    /// It is introduced.
    Introduce,
    /// Its introduction is checked.
    Check,
}

/// The state after the event; none where the event cannot happen.
pub const fn step(state: ProductState, event: ProductEvent, defence_required: bool) -> Option<ProductState> {
    use ProductState::{Defended, Draft, Introduced};
    match (state, event) {
        (Draft, ProductEvent::Change | ProductEvent::Defend(DefenceResult::NotPassed)) => Some(Draft),
        (Draft, ProductEvent::Defend(DefenceResult::Passed)) => Some(Defended),
        (Draft, ProductEvent::Introduce) if !defence_required => Some(Introduced),
        (Defended, ProductEvent::Introduce) | (Introduced, ProductEvent::Check) => Some(Introduced),
        _ => None,
    }
}

/// A day that has come, and not before what it follows.
pub fn day_problem(
    pointer: &'static str,
    day: NaiveDate,
    not_before: Option<NaiveDate>,
    today: NaiveDate,
) -> Option<FieldProblem> {
    if day <= today && not_before.is_none_or(|first| first <= day) {
        return None;
    }
    let words = match not_before {
        Some(first) => Text::owned(
            format!("Нужен день с {first} по {today}"),
            format!("A day from {first} to {today} is needed"),
        ),
        None => Text::owned(format!("Нужен день не позже {today}"), format!("A day until {today} is needed")),
    };
    Some(FieldProblem::new(pointer, "date_out_of_range", words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_introduced_past_a_defence_that_is_required() {
        use ProductState::{Defended, Draft, Introduced};
        assert_eq!(step(Draft, ProductEvent::Introduce, true), None);
        assert_eq!(step(Draft, ProductEvent::Introduce, false), Some(Introduced));
        assert_eq!(step(Draft, ProductEvent::Defend(DefenceResult::NotPassed), true), Some(Draft));
        assert_eq!(step(Draft, ProductEvent::Defend(DefenceResult::Passed), true), Some(Defended));
        assert_eq!(step(Defended, ProductEvent::Introduce, true), Some(Introduced));
        assert_eq!(step(Introduced, ProductEvent::Introduce, false), None);
        assert_eq!(step(Defended, ProductEvent::Check, true), None);
        assert_eq!(step(Introduced, ProductEvent::Change, true), None);
    }

    #[test]
    fn days_have_come_and_follow_each_other() {
        let today = DateTime::<Utc>::UNIX_EPOCH.date_naive();
        let tomorrow = today.succ_opt().unwrap();
        assert_eq!(day_problem("/held_on", today, None, today), None);
        assert!(day_problem("/held_on", tomorrow, None, today).is_some());
        assert!(day_problem("/held_on", today, Some(tomorrow), tomorrow).is_some());
    }
}
