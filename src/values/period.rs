//! Month arithmetic, the sliding window of hours, and school years.

use chrono::{Days, Months, NaiveDate};

/// `date` moved by `months`, forward or back; a day the month does not have becomes its last day. Dates beyond
/// the calendar stop at its ends, so the function is total.
pub fn add_months(date: NaiveDate, months: i32) -> NaiveDate {
    let distance = Months::new(months.unsigned_abs());
    if months < 0 {
        date.checked_sub_months(distance).unwrap_or(NaiveDate::MIN)
    } else {
        date.checked_add_months(distance).unwrap_or(NaiveDate::MAX)
    }
}

/// The day after, stopping at the end of the calendar.
pub fn next_day(date: NaiveDate) -> NaiveDate {
    date.checked_add_days(Days::new(1)).unwrap_or(NaiveDate::MAX)
}

/// The day before, stopping at the beginning of the calendar.
pub fn previous_day(date: NaiveDate) -> NaiveDate {
    date.checked_sub_days(Days::new(1)).unwrap_or(NaiveDate::MIN)
}

/// A window that slides with the day of the question: a date is inside while `date > as_of − months`
/// (requirements, ambiguity 2). Dates after the day of the question are the caller's business.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SlidingWindow {
    months: u16,
}

impl SlidingWindow {
    /// A window of so many months.
    pub const fn months(months: u16) -> Self {
        Self { months }
    }

    /// The last date that is already outside on `as_of`.
    pub fn opens_after(self, as_of: NaiveDate) -> NaiveDate {
        add_months(as_of, -i32::from(self.months))
    }

    /// `true` when `date` has not left the window on `as_of`.
    pub fn holds(self, date: NaiveDate, as_of: NaiveDate) -> bool {
        date > self.opens_after(as_of)
    }

    /// The first day on which `date` is outside the window.
    pub fn leaves_on(self, date: NaiveDate) -> NaiveDate {
        let candidate = add_months(date, i32::from(self.months));
        // A clamped end of month comes a day early: 29 February is still inside on 28 February.
        if self.holds(date, candidate) { next_day(candidate) } else { candidate }
    }
}

/// The day a school year begins on. Another day than 1 September is a setting of the regulation (B3.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SchoolYearStart {
    month: u32,
    day: u32,
}

impl SchoolYearStart {
    /// The usual 1 September.
    pub const FIRST_OF_SEPTEMBER: Self = Self { month: 9, day: 1 };

    /// A start on that day of every year; `None` when not every year has it.
    pub fn new(month: u32, day: u32) -> Option<Self> {
        // 2023 is no leap year, so 29 February is refused.
        NaiveDate::from_ymd_opt(2023, month, day).map(|_| Self { month, day })
    }

    /// The school year that begins in calendar year `year`.
    pub fn year(self, year: i32) -> Option<SchoolYear> {
        let first = NaiveDate::from_ymd_opt(year, self.month, self.day)?;
        Some(SchoolYear { first, last: previous_day(add_months(first, 12)) })
    }

    /// The school year that `date` belongs to.
    pub fn year_of(self, date: NaiveDate) -> Option<SchoolYear> {
        use chrono::Datelike;
        let this = self.year(date.year())?;
        if date < this.first { self.year(date.year() - 1) } else { Some(this) }
    }
}

/// One school year, both days included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SchoolYear {
    /// The first day.
    pub first: NaiveDate,
    /// The last day.
    pub last: NaiveDate,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn months_end_where_the_month_ends() {
        assert_eq!(add_months(day("2024-01-31"), 1), day("2024-02-29"));
        assert_eq!(add_months(day("2024-02-29"), 36), day("2027-02-28"));
        assert_eq!(add_months(day("2024-03-31"), -13), day("2023-02-28"));
        assert_eq!(add_months(NaiveDate::MAX, i32::MAX), NaiveDate::MAX);
    }

    /// P0-18: 3 years and 1 day ago is outside, 2 years and 364 days ago is inside.
    #[test]
    fn the_window_is_three_years() {
        let window = SlidingWindow::months(36);
        let as_of = day("2026-06-15");
        assert!(!window.holds(day("2023-06-14"), as_of));
        assert!(!window.holds(day("2023-06-15"), as_of));
        assert!(window.holds(day("2023-06-16"), as_of));
    }

    #[test]
    fn the_leap_day_leaves_on_the_first_of_march() {
        let window = SlidingWindow::months(36);
        assert!(window.holds(day("2024-02-29"), day("2027-02-28")));
        assert_eq!(window.leaves_on(day("2024-02-29")), day("2027-03-01"));
        assert_eq!(window.leaves_on(day("2024-02-28")), day("2027-02-28"));
    }

    /// B3.6
    #[test]
    fn a_school_year_runs_from_september_to_august() {
        let start = SchoolYearStart::FIRST_OF_SEPTEMBER;
        let year = start.year_of(day("2026-03-08")).unwrap();
        assert_eq!((year.first, year.last), (day("2025-09-01"), day("2026-08-31")));
        assert_eq!(start.year_of(day("2026-09-01")).unwrap().first, day("2026-09-01"));
        assert_eq!(SchoolYearStart::new(2, 29), None);
    }

    fn any_day() -> impl Strategy<Value = NaiveDate> {
        (0_u64..20_000).prop_map(|days| day("1990-01-01") + Days::new(days))
    }

    proptest! {
        #[test]
        fn a_date_is_inside_exactly_until_it_leaves(date in any_day(), months in 1_u16..80) {
            let window = SlidingWindow::months(months);
            let leaves = window.leaves_on(date);
            prop_assert!(!window.holds(date, leaves));
            prop_assert!(window.holds(date, previous_day(leaves)));
        }

        #[test]
        fn what_has_left_the_window_stays_outside(date in any_day(), one in any_day(), two in any_day()) {
            let window = SlidingWindow::months(36);
            let (early, late) = (one.min(two), one.max(two));
            prop_assert!(window.holds(date, early) || !window.holds(date, late));
        }
    }
}
