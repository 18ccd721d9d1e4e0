//! Queries on approval requests, their frozen steps and their decisions.

mod inbox;
mod load;
mod outbox;
mod rows;
mod seats;
mod sweep;
mod values;
mod write;

pub use inbox::{InboxFilter, InboxKey, Waiting, WaitingCounts};
pub(super) use inbox::{count_waiting, waiting};
pub use load::{Filter, ListKey};
pub(super) use load::{find, is_asked_about, list, lock, lock_open, newest_of, subject_of};
pub use outbox::{OutboxOf, SubmittedCounts};
pub(super) use outbox::{count_submitted, outbox};
pub(super) use seats::{
    Holder, heads_at_work, holders, holders_of, learner_has_left, natural_places, region_of_association,
    seats_of, works_at,
};
pub(super) use sweep::{abandoned, late};
pub(super) use write::{append, insert};
