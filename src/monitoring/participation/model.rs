//! What is known of a school that takes part. Pure.

use chrono::{Datelike, NaiveDate};
use uuid::Uuid;

use crate::error::{FieldProblem, Text};

/// How a school takes part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Participation {
    /// The school.
    pub organization_id: Uuid,
    /// Its name.
    pub name: String,
    /// Its municipality; none for a state organization.
    pub municipality_id: Option<Uuid>,
    /// People employed on the last day.
    pub staff: i64,
    /// People with a route in force on the last day.
    pub with_route: i64,
    /// People enrolled in training within the days.
    pub enrolled: i64,
    /// People who completed training within the days.
    pub completed: i64,
    /// What was submitted into stages of cycles within the days.
    pub submissions: i64,
}

/// The days that are asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub until: NaiveDate,
}

impl Days {
    /// The days asked for: until today, from the first day of its calendar year, unless the question says otherwise.
    pub fn asked(
        from: Option<NaiveDate>,
        until: Option<NaiveDate>,
        today: NaiveDate,
    ) -> Result<Self, FieldProblem> {
        let until = until.unwrap_or(today);
        if until > today {
            let words = Text::new("Этот день ещё не наступил", "That day has not come yet");
            return Err(FieldProblem::new("until", "in_future", words));
        }
        let first = NaiveDate::from_ymd_opt(until.year(), 1, 1).unwrap_or(until);
        let from = from.unwrap_or(first);
        if from > until {
            let words = Text::new("Первый день позже последнего", "The first day is after the last one");
            return Err(FieldProblem::new("from", "dates_out_of_order", words));
        }
        Ok(Self { from, until })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_year_until_today_is_meant_when_nothing_is_said() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let today = day("2026-03-02");
        let asked =
            |from: Option<&str>, until: Option<&str>| Days::asked(from.map(day), until.map(day), today);
        assert_eq!(asked(None, None), Ok(Days { from: day("2026-01-01"), until: today }));
        assert_eq!(asked(None, Some("2025-05-05")).unwrap().from, day("2025-01-01"));
        assert_eq!(asked(None, Some("2026-03-03")).unwrap_err().code, "in_future");
        assert_eq!(asked(Some("2026-02-02"), Some("2026-02-01")).unwrap_err().code, "dates_out_of_order");
    }
}
