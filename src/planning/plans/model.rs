//! What a plan is, how long it lasts and how its life goes.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use uuid::Uuid;

pub use super::model_lines::*;
use super::vocabulary::PlanState;
use crate::effects::ApprovalOutcome;
use crate::planning::standing::model::Rework;
use crate::regulations::profile::{CalendarProfile, PlanKind};
use crate::values::period::{add_months, previous_day};

/// What is said of a plan when it is begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPlan {
    /// Its kind.
    pub kind: PlanKind,
    /// Title.
    pub title: String,
    /// First day of its period.
    pub starts_on: NaiveDate,
    /// Last day of its period.
    pub ends_on: NaiveDate,
    /// How many people are sent to courses (P0-36).
    pub headcount: Option<i32>,
    /// Whose routes it is composed of; everybody's when there are none.
    pub person_ids: Vec<Uuid>,
}

/// A plan without its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// The municipality of the school, if it lies in one.
    pub municipality_id: Option<Uuid>,
    /// The school.
    pub organization_id: Uuid,
    /// The regulation it was composed under.
    pub regulation_id: Uuid,
    /// Its kind.
    pub kind: PlanKind,
    /// Title.
    pub title: String,
    /// First day of its period.
    pub starts_on: NaiveDate,
    /// Last day of its period.
    pub ends_on: NaiveDate,
    /// How many people are sent to courses.
    pub headcount: Option<i32>,
    /// Where it stands.
    pub state: PlanState,
    /// Only in rework.
    pub rework: Option<Rework>,
    /// Why it was refused.
    pub reason: Option<String>,
    /// When it was approved or refused.
    pub decided_at: Option<DateTime<Utc>>,
    /// Who approved or refused it.
    pub decided_by: Option<Uuid>,
    /// Row version.
    pub version: i64,
    /// When it was begun.
    pub created_at: DateTime<Utc>,
}

impl Plan {
    /// Whether it and its lines may be changed, and whether it may be handed in.
    pub const fn is_editable(&self) -> bool {
        matches!(self.state, PlanState::Draft | PlanState::Rework)
    }

    /// Whether it may be taken back.
    pub const fn is_open(&self) -> bool {
        matches!(self.state, PlanState::Draft | PlanState::InReview | PlanState::Rework)
    }

    /// Whether a request for its approval is open.
    pub const fn is_asked(&self) -> bool {
        matches!(self.state, PlanState::InReview | PlanState::Rework)
    }

    /// The same in another state, with nothing said of it, as the next version.
    #[must_use]
    pub fn moved(self, state: PlanState) -> Self {
        Self {
            state,
            rework: None,
            reason: None,
            decided_at: None,
            decided_by: None,
            version: self.version + 1,
            ..self
        }
    }

    /// Approved by that person.
    #[must_use]
    pub fn approved(self, by: Option<Uuid>, now: DateTime<Utc>) -> Self {
        Self { decided_at: Some(now), decided_by: by, ..self.moved(PlanState::Approved) }
    }

    /// How it stands after its approval, or a round of it, has ended; none where that cannot be. What was taken back
    /// only from its deciders is a draft again: nothing that was composed is lost.
    pub fn after(self, outcome: &ApprovalOutcome, by: Option<Uuid>, now: DateTime<Utc>) -> Option<Self> {
        let reviewed = self.state == PlanState::InReview;
        match outcome {
            ApprovalOutcome::Approved { .. } => reviewed.then(|| self.approved(by, now)),
            ApprovalOutcome::Rejected { reason } => reviewed.then(|| Self {
                reason: Some(reason.clone()),
                decided_at: Some(now),
                decided_by: by,
                ..self.moved(PlanState::Rejected)
            }),
            ApprovalOutcome::Returned { reason, due_on } => reviewed.then(|| Self {
                rework: Some(Rework { reason: reason.clone(), due_on: *due_on }),
                ..self.moved(PlanState::Rework)
            }),
            ApprovalOutcome::Withdrawn | ApprovalOutcome::Lapsed => {
                self.is_asked().then(|| self.moved(PlanState::Draft))
            }
        }
    }
}

/// What is wrong with the period of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PeriodProblem {
    /// It ends before it begins.
    DatesOutOfOrder,
    /// A year of that kind begins on another day: this one.
    BeginsOn(NaiveDate),
    /// It is not as long as the regulation says: it would end on this day.
    EndsOn(NaiveDate),
}

/// How many calendar months a plan of the kind lasts where the regulation does not say; none: as long as one likes.
const fn usual_months(kind: PlanKind) -> Option<u16> {
    match kind {
        PlanKind::Prospective => Some(36),
        PlanKind::SchoolYear | PlanKind::CalendarYear => Some(12),
        PlanKind::CompetenceDevelopment | PlanKind::MethodicalWork => None,
    }
}

/// The last day of so many months from that day on. From a 29th of February the last one is the 28th.
fn last_day(starts_on: NaiveDate, months: u16) -> NaiveDate {
    let same_day = add_months(starts_on, i32::from(months));
    if same_day.day() < starts_on.day() { same_day } else { previous_day(same_day) }
}

/// What is wrong with the period (P0-20, P0-38). A prospective plan lasts three years to the day, years begin when they do.
pub fn period_problem(
    kind: PlanKind,
    length_months: Option<u16>,
    calendar: &CalendarProfile,
    (starts_on, ends_on): (NaiveDate, NaiveDate),
) -> Option<PeriodProblem> {
    use crate::regulations::profile::PeriodKind;
    if ends_on < starts_on {
        return Some(PeriodProblem::DatesOutOfOrder);
    }
    let year = match kind {
        PlanKind::SchoolYear => Some(PeriodKind::SchoolYear),
        PlanKind::CalendarYear => Some(PeriodKind::CalendarYear),
        PlanKind::Prospective | PlanKind::CompetenceDevelopment | PlanKind::MethodicalWork => None,
    };
    let first = year.map(|year| calendar.period_start(year, starts_on));
    if let Some(first) = first.filter(|first| *first != starts_on) {
        return Some(PeriodProblem::BeginsOn(first));
    }
    let last = last_day(starts_on, length_months.or(usual_months(kind))?);
    (last != ends_on).then_some(PeriodProblem::EndsOn(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn problem(kind: PlanKind, from: &str, until: &str) -> Option<PeriodProblem> {
        period_problem(kind, None, &CalendarProfile::default(), (day(from), day(until)))
    }

    /// P0-20: three years, neither a day more nor a day less, also from the end of a February.
    #[test]
    fn three_years_are_three_years_to_the_day() {
        let prospective = PlanKind::Prospective;
        assert_eq!(problem(prospective, "2026-09-01", "2029-08-31"), None);
        let ends = Some(PeriodProblem::EndsOn(day("2029-08-31")));
        assert_eq!(problem(prospective, "2026-09-01", "2029-09-01"), ends);
        assert_eq!(problem(prospective, "2026-09-01", "2029-08-30"), ends);
        assert_eq!(problem(prospective, "2028-02-29", "2031-02-28"), None);
        let order = Some(PeriodProblem::DatesOutOfOrder);
        assert_eq!(problem(prospective, "2026-09-01", "2026-08-31"), order);
    }

    /// P0-38: a school year and a calendar year begin when they begin.
    #[test]
    fn years_begin_when_they_begin() {
        assert_eq!(problem(PlanKind::SchoolYear, "2026-09-01", "2027-08-31"), None);
        assert_eq!(problem(PlanKind::CalendarYear, "2027-01-01", "2027-12-31"), None);
        let begins = Some(PeriodProblem::BeginsOn(day("2026-01-01")));
        assert_eq!(problem(PlanKind::CalendarYear, "2026-09-01", "2027-08-31"), begins);
        assert_eq!(problem(PlanKind::MethodicalWork, "2026-09-05", "2027-05-25"), None);
    }
}
