//! What the state of a paper says, as the indexes say it: in words of the statement, not in parameters, so that the
//! database sees that an index answers and does not plan the statement anew each time.

use crate::db::schema::credentials;

diesel::postfix_operator!(Stands, " NOT IN ('refused', 'annulled')");
diesel::postfix_operator!(Waits, " NOT IN ('confirmed', 'annulled')");

/// The paper is neither refused nor annulled.
pub(super) fn stands() -> Stands<credentials::state> {
    Stands::new(credentials::state)
}

/// The paper is known, but not in the ledger, nor was it taken out of it.
pub(super) fn waits() -> Waits<credentials::state> {
    Waits::new(credentials::state)
}
