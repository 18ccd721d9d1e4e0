//! Which cards are owed for which years, and how a card lives.

use chrono::{Datelike, NaiveDate};
use uuid::Uuid;

use super::content::{CardActivity, CardContent};
use super::vocabulary::GrowthCardState;
use crate::error::{FieldProblem, Text};
use crate::learning_routes::model::Resolution;
use crate::regulations::profile::{
    ActivityKind, CalendarProfile, GrowthCardRule, MonthDay, PeriodKind, YearlyDutyKind, YearlyDutyMoment,
};
use crate::values::period::SchoolYearStart;

/// The period of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CardPeriod {
    /// The calendar year in which it begins: how it is named.
    pub year: i32,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// Last day on which its card is in time.
    pub due_on: NaiveDate,
}

/// The period that begins in that calendar year; none for years that no calendar has.
pub fn period_of_year(rule: &GrowthCardRule, calendar: &CalendarProfile, year: i32) -> Option<CardPeriod> {
    let (starts_on, ends_on, usual) = match rule.period {
        PeriodKind::CalendarYear => {
            let last = NaiveDate::from_ymd_opt(year, 12, 31)?;
            (NaiveDate::from_ymd_opt(year, 1, 1)?, last, MonthDay { month: 12, day: 31 })
        }
        PeriodKind::SchoolYear => {
            let first = calendar.school_year_start();
            let found = SchoolYearStart::new(u32::from(first.month), u32::from(first.day))?.year(year)?;
            (found.first, found.last, calendar.school_year_end())
        }
    };
    let duty = calendar.duties.iter().find(|duty| duty.duty == YearlyDutyKind::GrowthCardAndCredentials);
    let fixed = duty.filter(|duty| duty.due == YearlyDutyMoment::FixedDay).and_then(|duty| duty.due_on);
    let due = fixed.unwrap_or(usual);
    let on = |year| NaiveDate::from_ymd_opt(year, u32::from(due.month), u32::from(due.day));
    let due_on = [on(year), on(year + 1)].into_iter().flatten().find(|day| *day >= starts_on)?;
    Some(CardPeriod { year, starts_on, ends_on, due_on })
}

/// The period that holds that day.
pub fn period_of_day(
    rule: &GrowthCardRule,
    calendar: &CalendarProfile,
    day: NaiveDate,
) -> Option<CardPeriod> {
    let this = period_of_year(rule, calendar, day.year())?;
    if day < this.starts_on { period_of_year(rule, calendar, day.year() - 1) } else { Some(this) }
}

impl CardPeriod {
    /// Whether a route that was in force from the one day to the other (or still is) owes a card of this period. One that
    /// came into force after the card's day owes none: nobody is late on the first day.
    pub fn is_owed(&self, from: Option<NaiveDate>, until: Option<NaiveDate>, today: NaiveDate) -> bool {
        let begun = from.is_some_and(|from| from <= self.due_on) && self.starts_on <= today;
        begun && until.is_none_or(|until| until >= self.starts_on)
    }

    /// Whether something that lasts from the one day to the other meets the period.
    pub fn meets(&self, from: NaiveDate, until: NaiveDate) -> bool {
        from <= self.ends_on && until >= self.starts_on
    }

    /// Whether the day lies in it.
    pub fn holds(&self, day: NaiveDate) -> bool {
        self.meets(day, day)
    }
}

/// A growth card; version 0 is one that nobody has touched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrowthCard {
    /// The id.
    pub id: Uuid,
    /// The route.
    pub route_id: Uuid,
    /// Its period.
    pub period: CardPeriod,
    /// What the learner says of the year.
    pub reflection: Option<String>,
    /// Documents handed in with it.
    pub credential_ids: Vec<Uuid>,
    /// Where it stands.
    pub state: GrowthCardState,
    /// What it said when it was handed in.
    pub content: Option<CardContent>,
    /// Day it was handed in last.
    pub submitted_on: Option<NaiveDate>,
    /// What was said of it last.
    pub resolution: Option<Resolution>,
    /// Row version.
    pub version: i64,
}

impl GrowthCard {
    /// What stands for a card that nobody has touched: it has no row and no id yet.
    pub const fn untouched(route_id: Uuid, period: CardPeriod) -> Self {
        Self {
            id: Uuid::nil(),
            route_id,
            period,
            reflection: None,
            credential_ids: Vec::new(),
            state: GrowthCardState::Assembled,
            content: None,
            submitted_on: None,
            resolution: None,
            version: 0,
        }
    }

    /// Whether it is not handed in although its day is past (P0-32); a returned one has the day of its return too.
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        let again = self.resolution.as_ref().and_then(|said| said.due_on);
        match self.state {
            GrowthCardState::Submitted | GrowthCardState::Accepted => false,
            GrowthCardState::Assembled => self.period.due_on < today,
            GrowthCardState::Returned => again.unwrap_or(self.period.due_on).max(self.period.due_on) < today,
        }
    }
}

/// What happens to a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CardEvent {
    /// Reflection and documents are written.
    Write,
    /// Handed in.
    Submit,
    /// Accepted.
    Accept,
    /// Sent back.
    Return,
}

impl CardEvent {
    /// Every event.
    pub const ALL: [Self; 4] = [Self::Write, Self::Submit, Self::Accept, Self::Return];
}

/// What becomes of a card in `state` when `event` happens.
///
/// # Errors
/// The state, when it does not allow that.
pub const fn step(state: GrowthCardState, event: CardEvent) -> Result<GrowthCardState, GrowthCardState> {
    use GrowthCardState::{Accepted, Assembled, Returned, Submitted};
    match (state, event) {
        (Assembled | Returned, CardEvent::Write) => Ok(state),
        (Assembled | Returned, CardEvent::Submit) => Ok(Submitted),
        (Submitted, CardEvent::Accept) => Ok(Accepted),
        (Submitted, CardEvent::Return) => Ok(Returned),
        (Submitted | Accepted, CardEvent::Write | CardEvent::Submit)
        | (Assembled | Accepted | Returned, CardEvent::Accept | CardEvent::Return) => Err(state),
    }
}

/// How many cards of routes at one school and of one curator stand where.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CardCounts {
    /// Owed for the period.
    pub owed: i64,
    /// Never handed in.
    pub missing: i64,
    /// Late.
    pub overdue: i64,
    /// Handed in, waiting for somebody.
    pub submitted: i64,
    /// Accepted.
    pub accepted: i64,
}

impl CardCounts {
    /// Both together.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self {
            owed: self.owed + other.owed,
            missing: self.missing + other.missing,
            overdue: self.overdue + other.overdue,
            submitted: self.submitted + other.submitted,
            accepted: self.accepted + other.accepted,
        }
    }
}

/// What an attached document is about.
#[derive(Debug, Clone, Copy)]
pub struct PaperFacts {
    /// The activity it answers.
    pub activity_id: Option<Uuid>,
    /// The program learnt.
    pub program_id: Option<Uuid>,
}

/// Everything that is missing before a card is handed in: the reflection, and a document for each training completed in
/// the year where the regulation asks for documents. `program_of` tells the program of an activity.
pub fn submission_problems(
    rule: &GrowthCardRule,
    reflection: Option<&str>,
    activities: &[CardActivity],
    papers: &[PaperFacts],
    program_of: impl Fn(Uuid) -> Option<Uuid>,
) -> Vec<FieldProblem> {
    let paragraph = rule.paragraph.as_deref();
    let mut problems = Vec::new();
    if reflection.is_none_or(|words| words.trim().is_empty()) {
        let words = Text::new("Напишите, чему научил год", "Say what the year has taught");
        let problem = FieldProblem::new("/reflection", "reflection_required", words);
        problems.push(problem.because("P0-26", paragraph));
    }
    for (place, activity) in activities.iter().enumerate().filter(|_| rule.with_credentials) {
        let training = matches!(activity.kind, ActivityKind::Program | ActivityKind::Module);
        let proven = |paper: &PaperFacts| {
            paper.activity_id == Some(activity.id)
                || paper.program_id.is_some() && paper.program_id == program_of(activity.id)
        };
        let missing =
            activity.completed_on.is_some() && activity.credential_id.is_none() && !papers.iter().any(proven);
        if training && missing {
            let words =
                Text::new("Нет документа об этом обучении", "There is no document about this training");
            let problem =
                FieldProblem::new(format!("/content/activities/{place}"), "credentials_missing", words);
            problems.push(problem.because("P0-32", paragraph));
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::regulations::presets::Preset;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// P0-26, P0-32: the school year of the regulation, due on the day it names.
    #[test]
    fn the_period_is_the_school_year_of_the_regulation() {
        let regulation = Preset::find("p0-chelyabinsk-school").unwrap().load().unwrap();
        let profile = regulation.profile();
        let rule = profile.route.life.growth_card.clone().unwrap();
        let period = period_of_day(&rule, &profile.calendar, day("2026-03-02")).unwrap();
        assert_eq!(
            (period.year, period.starts_on, period.ends_on),
            (2025, day("2025-09-01"), day("2026-08-31"))
        );
        assert_eq!(period.due_on, day("2026-05-31"));
        let next = period_of_day(&rule, &profile.calendar, day("2026-09-01")).unwrap();
        assert_eq!((next.year, next.due_on), (2026, day("2027-05-31")));
        let calendar = GrowthCardRule { period: PeriodKind::CalendarYear, ..rule };
        let year = period_of_day(&calendar, &profile.calendar, day("2026-03-02")).unwrap();
        assert_eq!((year.year, year.ends_on, year.due_on), (2026, day("2026-12-31"), day("2026-12-31")));
    }

    #[test]
    fn a_card_is_owed_for_every_year_the_route_was_in_force() {
        let regulation = Preset::find("p0-chelyabinsk-school").unwrap().load().unwrap();
        let profile = regulation.profile();
        let rule = profile.route.life.growth_card.clone().unwrap();
        let year = period_of_year(&rule, &profile.calendar, 2026).unwrap();
        let owed = |from: Option<&str>, until: Option<&str>, today: &str| {
            year.is_owed(from.map(day), until.map(day), day(today))
        };
        assert!(owed(Some("2026-03-02"), None, "2026-09-01"));
        assert!(!owed(Some("2026-03-02"), None, "2026-08-31"), "it has not begun");
        assert!(!owed(None, None, "2026-09-01"));
        assert!(!owed(Some("2026-03-02"), Some("2026-08-31"), "2026-09-01"));
        assert!(owed(Some("2026-03-02"), Some("2026-09-01"), "2027-09-01"));
        assert!(!owed(Some("2027-09-01"), None, "2027-09-01"));
        assert!(owed(Some("2027-05-31"), None, "2027-06-01"));
        assert!(!owed(Some("2027-06-01"), None, "2027-06-01"), "its day was past when the route began");
    }

    /// The whole table: what is not listed is refused.
    #[test]
    fn every_state_answers_every_event() {
        let allowed = |state| CardEvent::ALL.map(|event| step(state, event).is_ok());
        assert_eq!(allowed(GrowthCardState::Assembled), [true, true, false, false]);
        assert_eq!(allowed(GrowthCardState::Submitted), [false, false, true, true]);
        assert_eq!(allowed(GrowthCardState::Accepted), [false; 4]);
        assert_eq!(allowed(GrowthCardState::Returned), [true, true, false, false]);
    }
}
