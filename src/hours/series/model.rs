//! The days of a series.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::error::{FieldProblem, Text};
use crate::hours::model::{FrequencyStatus, LocalStatus};
use crate::values::Hours;
use crate::values::period::add_months;

/// Points at most: twenty years of months.
pub const MOST_POINTS: usize = 240;

/// How far a series goes back by default, in months.
const USUAL_MONTHS: i32 = 36;

/// The distance of two points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Step {
    /// A calendar month.
    #[default]
    Month,
    /// Three calendar months.
    Quarter,
}

impl Step {
    const fn months(self) -> i32 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
        }
    }
}

/// What is asked of a series.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    /// Of whom.
    pub person_id: Uuid,
    /// The first day; 36 months before the last one when absent.
    pub from: Option<NaiveDate>,
    /// The last day; today when absent.
    pub until: Option<NaiveDate>,
    /// The distance of two points.
    pub step: Step,
}

/// One point: the two checks of a day and the sum behind the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// The day.
    pub on: NaiveDate,
    /// The main employer of the day.
    pub organization_id: Option<Uuid>,
    /// The sum of the counted hours.
    pub counted: Hours,
    /// The norm.
    pub required: Option<Hours>,
    /// The regulation's check.
    pub local_hours: LocalStatus,
    /// The law's check.
    pub federal_frequency: FrequencyStatus,
}

/// The days of the points: the first, one after each step, and the last.
pub fn days(asked: &Asked, today: NaiveDate) -> Result<Vec<NaiveDate>, FieldProblem> {
    let until = asked.until.unwrap_or(today);
    let from = asked.from.unwrap_or_else(|| add_months(until, -USUAL_MONTHS));
    if until < from {
        let words = Text::new("Последний день раньше первого", "The last day lies before the first");
        return Err(FieldProblem::new("until", "dates_out_of_order", words));
    }
    // Each from the first, so that a month that is too short does not shorten those after it.
    let steps = (0_i32..).map(|step| add_months(from, step.saturating_mul(asked.step.months())));
    let mut days: Vec<NaiveDate> = steps.take_while(|day| *day < until).take(MOST_POINTS).collect();
    days.push(until);
    if days.len() > MOST_POINTS {
        let words = Text::new(
            "Больше 240 точек: возьмите шаг больше или период короче",
            "More than 240 points: take a longer step or a shorter period",
        );
        return Err(FieldProblem::new("from", "too_many_points", words));
    }
    Ok(days)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn asked(from: Option<&str>, until: Option<&str>, step: Step) -> Result<Vec<NaiveDate>, String> {
        let asked = Asked { person_id: Uuid::nil(), from: from.map(day), until: until.map(day), step };
        days(&asked, day("2026-03-02")).map_err(|problem| problem.code.into_owned())
    }

    #[test]
    fn both_ends_are_points_and_short_months_shorten_nothing() {
        let found = asked(Some("2025-01-31"), Some("2025-05-15"), Step::Month).unwrap();
        let expected = ["2025-01-31", "2025-02-28", "2025-03-31", "2025-04-30", "2025-05-15"].map(day);
        assert_eq!(found, expected);
        let found = asked(Some("2025-01-31"), Some("2025-07-31"), Step::Quarter).unwrap();
        assert_eq!(found, ["2025-01-31", "2025-04-30", "2025-07-31"].map(day));
        assert_eq!(asked(Some("2025-01-31"), Some("2025-01-31"), Step::Month).unwrap().len(), 1);
    }

    #[test]
    fn three_years_until_today_are_usual_and_twenty_are_the_most() {
        let found = asked(None, None, Step::Month).unwrap();
        assert_eq!((found.len(), found[0], found[36]), (37, day("2023-03-02"), day("2026-03-02")));
        let most = asked(Some("2006-04-02"), None, Step::Month).unwrap();
        assert_eq!(most.len(), MOST_POINTS);
        assert_eq!(asked(Some("2006-03-02"), None, Step::Month), Err("too_many_points".to_owned()));
        assert_eq!(asked(Some("2026-03-03"), None, Step::Month), Err("dates_out_of_order".to_owned()));
    }
}
