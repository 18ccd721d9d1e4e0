//! Queries on approval requests, their frozen steps and their decisions.

mod inbox;
mod load;
mod rows;
mod seats;
mod sweep;
mod values;
mod write;

pub use inbox::{InboxFilter, InboxKey, Waiting};
pub(super) use inbox::{count_waiting, waiting};
pub use load::{Filter, ListKey};
pub(super) use load::{find, list, lock, lock_open, newest_of, subject_of};
pub(super) use seats::{
    Holder, association_head, heads_at_work, holders, holders_at, learner_has_left, natural_places, seats_of,
    works_at,
};
pub(super) use sweep::{abandoned, late};
pub(super) use write::{append, insert};
