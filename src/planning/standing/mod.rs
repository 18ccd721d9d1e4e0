//! What an application of a teacher and an offer to a school have in common: handed in once, decided through the chain of
//! the regulation, sent back or taken back.

pub mod dto;
pub mod model;

use crate::error::{Code, Error, Result};

/// Refuses a change of another version than the one the caller saw, then one that the state does not allow.
pub(super) fn refuse_unless(allowed: bool, version: i64, if_match: i64) -> Result<()> {
    if version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    if allowed {
        return Ok(());
    }
    Err(Error::new(Code::StateConflict)
        .detail("Это уже не ждёт решения", "It waits for no decision any more"))
}
