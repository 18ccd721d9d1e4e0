//! What a receipt says, and when it may be said.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::error::{FieldProblem, Text};
use crate::hours::model::credential::State;

/// That a school has a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CredentialReceipt {
    /// The school.
    pub organization_id: Uuid,
    /// Day it was handed in.
    pub received_on: NaiveDate,
    /// Remark of whoever received it.
    pub note: Option<String>,
}

/// A receipt about to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewReceipt {
    /// Day it was handed in; today when none is said.
    pub received_on: Option<NaiveDate>,
    /// Remark.
    pub note: Option<String>,
}

/// Whether a paper that stands there may be received: one that is out is no document any more.
pub const fn may_be_received(state: State) -> bool {
    !matches!(state, State::Refused | State::Annulled)
}

/// What is wrong with the day: a paper is handed in after it was issued, and not tomorrow.
pub fn problems(received_on: NaiveDate, issued_on: NaiveDate, today: NaiveDate) -> Vec<FieldProblem> {
    let mut problems = Vec::new();
    if received_on > today {
        let words = Text::new("День ещё не наступил", "The day has not come yet");
        problems.push(FieldProblem::new("/received_on", "date_in_future", words));
    }
    if received_on < issued_on {
        let words = Text::new("Документ тогда ещё не был выдан", "The paper was not issued by then");
        problems.push(FieldProblem::new("/received_on", "dates_out_of_order", words));
    }
    problems
}
