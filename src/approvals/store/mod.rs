//! Queries on approval requests, their frozen steps and their decisions.

mod inbox;
mod load;
mod rows;
mod seats;
mod write;

pub use inbox::{InboxFilter, InboxKey, Waiting};
pub(super) use inbox::{count_waiting, waiting};
pub use load::{Filter, ListKey};
pub(super) use load::{find, list, lock, lock_open, newest_of, subject_of};
pub(super) use seats::{Holder, heads_at_work, holders, natural_places, seats_of};
pub(super) use write::{append, insert};
