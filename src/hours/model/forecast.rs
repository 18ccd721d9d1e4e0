//! What falls out of the window, and when the norm stops being met if nothing is added.

use chrono::NaiveDate;
use uuid::Uuid;

use super::sorting::Counted;
use crate::values::Hours;

/// One counted entry leaving the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expiry {
    /// The entry.
    pub entry: Uuid,
    /// Its hours.
    pub hours: Hours,
    /// The first day it is outside.
    pub leaves_on: NaiveDate,
    /// The sum left on that day, everything gone that leaves with it.
    pub left: Hours,
}

/// The counted entries in the order they leave.
pub(super) fn expiring(counted: &[Counted]) -> Vec<Expiry> {
    let left_on = |day: NaiveDate| {
        counted.iter().filter(|entry| entry.leaves_on > day).map(|entry| entry.hours).sum::<Hours>()
    };
    let mut expiring: Vec<_> = counted
        .iter()
        .map(|entry| Expiry {
            entry: entry.entry,
            hours: entry.hours,
            leaves_on: entry.leaves_on,
            left: left_on(entry.leaves_on),
        })
        .collect();
    expiring.sort_by_key(|expiry| (expiry.leaves_on, expiry.entry));
    expiring
}

/// The first day the sum is below what is required; `None` when nothing that leaves matters.
pub(super) fn breaks_on(expiring: &[Expiry], required: Hours) -> Option<NaiveDate> {
    expiring.iter().find(|expiry| expiry.left < required).map(|expiry| expiry.leaves_on)
}
