//! Who counts where on a day, and how the days of a forecast add up.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use uuid::Uuid;

use crate::directory::organizations::model::{Organization, OrganizationKind};
use crate::hours::model::{Answers, FrequencyStatus, LocalStatus};
use crate::values::EducationLevel;
use crate::values::period::add_months;

/// How far a forecast looks, in months: in that time all that counts now leaves a window of three years.
const MONTHS: i32 = 36;

/// The days of a forecast: the first one, and the first day of each of the next 36 months.
pub fn days(first: NaiveDate) -> Vec<NaiveDate> {
    let month = first.with_day(1).unwrap_or(first);
    std::iter::once(first).chain((1..=MONTHS).map(|number| add_months(month, number))).collect()
}

/// Whose people are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Circle {
    /// Everybody who works at the organization.
    Organization(Uuid),
    /// Everybody whose main employer lies in the municipality.
    Municipality(Uuid),
    /// Everybody who works in the region, once.
    Region(Uuid),
}

impl Circle {
    /// The people for whom the organization answers: a ministry for the region, a municipal authority for its municipality,
    /// any other for its own.
    pub const fn of(organization: &Organization) -> Self {
        match organization.kind {
            OrganizationKind::Ministry => Self::Region(organization.region_id),
            OrganizationKind::MunicipalAuthority => Self::Municipality(organization.id),
            _ => Self::Organization(organization.id),
        }
    }
}

/// Work of somebody.
#[derive(Debug, Clone)]
pub struct Job {
    /// Whose.
    pub person_id: Uuid,
    /// Where.
    pub organization_id: Uuid,
    /// In which municipality.
    pub municipality_id: Option<Uuid>,
    /// Staff work, not part-time.
    pub is_staff: bool,
    /// The levels taught.
    pub levels: Vec<EducationLevel>,
    /// The first day.
    pub started_on: NaiveDate,
    /// The last day, if it is known.
    pub ended_on: Option<NaiveDate>,
}

impl Job {
    fn lasts_on(&self, day: NaiveDate) -> bool {
        self.started_on <= day && self.ended_on.is_none_or(|end| day <= end)
    }
}

/// The employer for whom somebody counts on a day, and the levels taught there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// The employer.
    pub organization_id: Uuid,
    /// Its municipality.
    pub municipality_id: Option<Uuid>,
    /// The levels, in order.
    pub levels: Vec<EducationLevel>,
}

/// Where somebody with these jobs, the newest first, counts in the circle on the day; nowhere when he does not.
///
/// A municipality and a region count each person once, at the main employer: the newest staff work, else the newest.
pub fn post(jobs: &[Job], circle: Circle, day: NaiveDate) -> Option<Post> {
    let work = || jobs.iter().filter(|job| job.lasts_on(day));
    let main = work().find(|job| job.is_staff).or_else(|| work().next());
    let at = match circle {
        Circle::Organization(id) => work().find(|job| job.organization_id == id),
        Circle::Municipality(id) => main.filter(|job| job.municipality_id == Some(id)),
        Circle::Region(_) => main,
    }?;
    let there = work().filter(|job| job.organization_id == at.organization_id);
    let levels: BTreeSet<_> = there.flat_map(|job| job.levels.iter().copied()).collect();
    Some(Post {
        organization_id: at.organization_id,
        municipality_id: at.municipality_id,
        levels: levels.into_iter().collect(),
    })
}

/// How many people stand where on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// The norm is met.
    pub met: u32,
    /// The norm is not met.
    pub not_met: u32,
    /// There is no norm.
    pub no_norm: u32,
    /// Trained within three years.
    pub trained: u32,
    /// Trained longer ago.
    pub overdue: u32,
    /// Never trained.
    pub never_trained: u32,
}

impl Tally {
    /// Counts one more.
    pub const fn add(&mut self, answers: Answers) {
        *match answers.local_hours {
            LocalStatus::Met => &mut self.met,
            LocalStatus::NotMet => &mut self.not_met,
            LocalStatus::NoNorm => &mut self.no_norm,
        } += 1;
        *match answers.federal_frequency {
            FrequencyStatus::Met => &mut self.trained,
            FrequencyStatus::Overdue => &mut self.overdue,
            FrequencyStatus::NeverTrained => &mut self.never_trained,
        } += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_forecast_begins_on_its_day_and_goes_on_by_months() {
        let found = days(day("2026-01-31"));
        assert_eq!(found.len(), 37);
        assert_eq!(found[..3], ["2026-01-31", "2026-02-01", "2026-03-01"].map(day));
        assert_eq!(found.last(), Some(&day("2029-01-01")));
    }

    /// A municipality and a region count each person once, a school counts everybody who works there.
    #[test]
    fn a_person_counts_at_the_main_employer() {
        let id = Uuid::from_u128;
        let job = |organization, municipality, is_staff, level, from, until: Option<&str>| Job {
            person_id: id(1),
            organization_id: id(organization),
            municipality_id: Some(id(municipality)),
            is_staff,
            levels: vec![level],
            started_on: day(from),
            ended_on: until.map(day),
        };
        let jobs = [
            job(12, 2, false, EducationLevel::Basic, "2025-09-01", None),
            job(11, 1, false, EducationLevel::Secondary, "2024-09-01", None),
            job(11, 1, true, EducationLevel::Primary, "2020-09-01", Some("2026-08-31")),
        ];
        let at = |circle, on| post(&jobs, circle, day(on)).map(|post| (post.organization_id, post.levels));
        let mut both = vec![EducationLevel::Primary, EducationLevel::Secondary];
        both.sort();
        for circle in [Circle::Region(id(9)), Circle::Municipality(id(1)), Circle::Organization(id(11))] {
            let (organization, mut levels) = at(circle, "2026-08-31").unwrap();
            levels.sort();
            let mut expected = both.clone();
            expected.sort();
            assert_eq!((organization, levels), (id(11), expected), "{circle:?}");
        }
        assert_eq!(at(Circle::Municipality(id(2)), "2026-08-31"), None);
        let part_time = Some((id(12), vec![EducationLevel::Basic]));
        assert_eq!(at(Circle::Organization(id(12)), "2026-08-31"), part_time);
        assert_eq!(at(Circle::Municipality(id(2)), "2026-09-01"), part_time);
        assert_eq!(at(Circle::Municipality(id(1)), "2026-09-01"), None);
        assert_eq!(at(Circle::Region(id(9)), "2020-08-31"), None);
    }
}
