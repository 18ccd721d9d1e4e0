//! The days of a yearly report. Pure.

use chrono::{Datelike, NaiveDate};

use crate::values::period::previous_day;

/// The first year there are reports of.
pub const FIRST_YEAR: i32 = 2000;

/// The days on which the measures of a calendar year are told: the last day of the year before, the ends of its quarters, the
/// last day of it that has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportDays {
    /// First day of the year.
    pub starts_on: NaiveDate,
    /// The day the report is as of: the last of the year, or today.
    pub as_of: NaiveDate,
    /// Every day, the oldest first; the last is the one it is as of.
    pub days: Vec<NaiveDate>,
}

impl ReportDays {
    /// Those of a year; none where it has not begun.
    pub fn of(year: i32, today: NaiveDate) -> Option<Self> {
        let starts_on = NaiveDate::from_ymd_opt(year, 1, 1).filter(|first| *first <= today)?;
        let as_of = NaiveDate::from_ymd_opt(year, 12, 31)?.min(today);
        let quarters = [1, 4, 7, 10].into_iter().filter_map(|month| NaiveDate::from_ymd_opt(year, month, 1));
        let mut days: Vec<NaiveDate> = quarters.map(previous_day).filter(|day| *day < as_of).collect();
        days.push(as_of);
        Some(Self { starts_on, as_of, days })
    }

    /// The calendar year.
    pub fn year(&self) -> i32 {
        self.starts_on.year()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(year: i32, today: &str) -> Option<Vec<String>> {
        let today = today.parse().unwrap();
        ReportDays::of(year, today).map(|found| found.days.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_year_is_told_by_quarters_until_the_day_that_has_come() {
        let whole = ["2024-12-31", "2025-03-31", "2025-06-30", "2025-09-30", "2025-12-31"];
        assert_eq!(days(2025, "2026-03-02").unwrap(), whole);
        assert_eq!(days(2026, "2026-03-02").unwrap(), ["2025-12-31", "2026-03-02"]);
        assert_eq!(days(2026, "2026-03-31").unwrap(), ["2025-12-31", "2026-03-31"]);
        assert_eq!(days(2026, "2026-01-01").unwrap(), ["2025-12-31", "2026-01-01"]);
        assert_eq!(days(2027, "2026-03-02"), None);
    }
}
