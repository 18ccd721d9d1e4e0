//! Queries on priority directions.

mod figures;
mod links;
mod lists;

pub(super) use figures::figures_of_list;
pub use links::{DirectionFilter, Within};
pub(super) use links::{directions, find_direction, lock_direction, loose_programs, set_programs};
pub(super) use lists::{approve, find, has_approved, insert, list, lock, replace};
