//! What falls out of the window, and when the norm stops being met if nothing is added.

use chrono::{Datelike, NaiveDate};
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

/// What leaves the window within one calendar month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthOfExpiry {
    /// The first day of the month.
    pub month: NaiveDate,
    /// The hours that leave.
    pub hours: Hours,
    /// The sum left after the last of them.
    pub left: Hours,
    /// How many entries leave.
    pub entries: u32,
}

/// What leaves, month by month; `expiring` in the order it leaves. Months in which nothing leaves are left out.
pub fn by_month(expiring: &[Expiry]) -> Vec<MonthOfExpiry> {
    let mut months: Vec<MonthOfExpiry> = Vec::new();
    for Expiry { hours, leaves_on, left, .. } in expiring {
        let month = leaves_on.with_day(1).unwrap_or(*leaves_on);
        match months.last_mut().filter(|last| last.month == month) {
            Some(last) => {
                last.hours = last.hours + *hours;
                last.left = *left;
                last.entries += 1;
            }
            None => months.push(MonthOfExpiry { month, hours: *hours, left: *left, entries: 1 }),
        }
    }
    months
}
