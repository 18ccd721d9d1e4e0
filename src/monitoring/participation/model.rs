//! What is known of a school that takes part. Pure.

use chrono::{Datelike, NaiveDate};
use uuid::Uuid;

use crate::diagnostics::analytics::model::{Facts, Place, SchoolFacts, Tally, View};
use crate::diagnostics::deficits::model::DeficitCounts;
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
    /// People with a route in force on the last day; none when it is hidden.
    pub with_route: Option<i64>,
    /// People enrolled in training within the days; none when it is hidden.
    pub enrolled: Option<i64>,
    /// People who completed training within the days; none when it is hidden.
    pub completed: Option<i64>,
    /// What was submitted into stages of cycles within the days.
    pub submissions: i64,
}

impl Participation {
    /// Without what would tell of a small group.
    #[must_use]
    pub fn seen(self, crowds: &View) -> Self {
        let place = Place::School(self.organization_id);
        let is_staff_shown = crowds.report(place).place.shown.is_some();
        let are_endings_shown = crowds.shown(place, ENDINGS).is_some();
        Self {
            with_route: self.with_route.filter(|_| is_staff_shown),
            enrolled: self.enrolled.filter(|_| is_staff_shown),
            completed: self.completed.filter(|_| are_endings_shown),
            ..self
        }
    }
}

/// How many people stand behind the numbers of a school.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Crowd {
    /// The school.
    pub organization_id: Uuid,
    /// Its municipality.
    pub municipality_id: Option<Uuid>,
    /// People employed on the last day.
    pub staff: i64,
    /// People whose training ended within the days.
    pub ended: i64,
}

/// The group of those whose training ended.
const ENDINGS: Uuid = Uuid::nil();

/// What may be shown of the schools to somebody who reads up to the top: of the same people as measures, so that nothing hidden
/// there can be taken from here.
pub fn crowds(crowds: &[Crowd], top: Place) -> View {
    let school = |crowd: &Crowd| {
        let endings = Tally { people: crowd.ended, deficits: DeficitCounts::default() };
        let facts = SchoolFacts {
            municipality_id: crowd.municipality_id,
            staff: crowd.staff,
            tested: crowd.staff,
            tallies: [(ENDINGS, endings)].into_iter().collect(),
        };
        (crowd.organization_id, facts)
    };
    View::new(&crowds.iter().map(school).collect::<Facts>(), top)
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

    /// Three people of one school are hidden with the next larger school of the municipality, and so are three whose training
    /// ended where more work.
    #[test]
    fn small_groups_take_no_visible_part() {
        let id = Uuid::from_u128;
        let school = |number, staff, ended| {
            let crowd = Crowd { organization_id: id(number), municipality_id: Some(id(50)), staff, ended };
            let taking_part = Participation {
                organization_id: id(number),
                name: String::new(),
                municipality_id: Some(id(50)),
                staff,
                with_route: Some(1),
                enrolled: Some(2),
                completed: Some(ended),
                submissions: 0,
            };
            (crowd, taking_part)
        };
        let (all, parts): (Vec<Crowd>, Vec<Participation>) =
            [school(1, 3, 0), school(2, 6, 6), school(3, 20, 9), school(4, 30, 2), school(5, 30, 9)]
                .into_iter()
                .unzip();
        let view = crowds(&all, Place::Municipality(id(50)));
        let seen = parts.into_iter().map(|part| part.seen(&view));
        let seen: Vec<(Option<i64>, Option<i64>)> =
            seen.map(|part| (part.with_route, part.completed)).collect();
        assert_eq!(
            seen,
            [(None, None), (None, None), (Some(1), Some(9)), (Some(1), None), (Some(1), Some(9))]
        );
    }

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
