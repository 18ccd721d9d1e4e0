//! Where people stand, and how long what was computed holds.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::directory::organizations::model::{Organization, OrganizationKind};
use crate::hours::model::federal::FREQUENCY_WINDOW;
use crate::hours::model::{
    Balance, FrequencyStatus, History, HoursRule, LedgerEntry, LocalStatus, NotCounted, Reason,
};
use crate::values::period::next_day;
use crate::values::{EducationLevel, Hours, PersonName};

/// Nothing of the ledger explains what is missing: there is none.
pub const NOTHING_RECORDED: &str = "nothing_recorded";
/// Everything counts, and it is too little.
pub const TOO_FEW_HOURS: &str = "too_few_hours";

/// Whose people are asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Everybody who works at one organization.
    Organization(Uuid),
    /// Everybody whose main employer lies in a municipality.
    Municipality(Uuid),
    /// Everybody whose main employer lies in a region.
    Region(Uuid),
}

impl Part {
    /// The people behind an organization: of a ministry the whole region's, of an authority the municipality's.
    pub const fn of(place: &Organization) -> Self {
        match place.kind {
            OrganizationKind::Ministry => Self::Region(place.region_id),
            OrganizationKind::MunicipalAuthority => Self::Municipality(place.id),
            OrganizationKind::MunicipalCenter
            | OrganizationKind::School
            | OrganizationKind::Provider
            | OrganizationKind::RegionalOperator
            | OrganizationKind::RegionalCoordinator
            | OrganizationKind::QualityCenter => Self::Organization(place.id),
        }
    }

    /// Whether people count by their main employer alone, so that several together count everybody once.
    pub const fn counts_once(self) -> bool {
        !matches!(self, Self::Organization(_))
    }
}

/// A person at an employer.
pub type Pair = (Uuid, Uuid);

/// Where somebody stands on a day: a balance without its papers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The answer of the local check.
    pub local_hours: LocalStatus,
    /// The norm.
    pub required: Option<Hours>,
    /// The sum of the counted hours.
    pub counted: Hours,
    /// What is missing to the norm.
    pub missing: Hours,
    /// The first day the norm stops being met if nothing is added.
    pub norm_breaks_on: Option<NaiveDate>,
    /// The answer of the federal check.
    pub federal_frequency: FrequencyStatus,
    /// The last day by which new training leaves no gap by law; of somebody whose training nobody knows none is kept,
    /// because it is due at once, whatever the day.
    pub next_training_due_on: Option<NaiveDate>,
    /// The code of what most of the missing hours fail by; empty when nothing is missing.
    pub reason: String,
}

impl Standing {
    /// What a balance says in short.
    pub fn of(balance: &Balance) -> Self {
        let never = balance.federal_frequency.status == FrequencyStatus::NeverTrained;
        Self {
            local_hours: balance.local_hours.status,
            required: balance.local_hours.required,
            counted: balance.local_hours.counted,
            missing: balance.local_hours.missing,
            norm_breaks_on: balance.norm_breaks_on,
            federal_frequency: balance.federal_frequency.status,
            next_training_due_on: balance.next_training_due_on.filter(|_| !never),
            reason: reason(balance).to_owned(),
        }
    }

    /// The last day by which new training leaves no gap by law, on the day of the question.
    pub fn training_due_on(&self, as_of: NaiveDate) -> Option<NaiveDate> {
        match self.federal_frequency {
            FrequencyStatus::NeverTrained => Some(as_of),
            FrequencyStatus::Met | FrequencyStatus::Overdue => self.next_training_due_on,
        }
    }

    /// When something is due, whichever comes first; of those never trained the first day of all.
    pub fn due_on(&self) -> Option<NaiveDate> {
        match self.federal_frequency {
            FrequencyStatus::NeverTrained => NaiveDate::from_ymd_opt(1, 1, 1),
            FrequencyStatus::Met | FrequencyStatus::Overdue => {
                self.norm_breaks_on.into_iter().chain(self.next_training_due_on).min()
            }
        }
    }
}

/// By what most of the missing hours fail.
fn reason(balance: &Balance) -> &'static str {
    if balance.local_hours.status != LocalStatus::NotMet {
        return "";
    }
    let mut failing: BTreeMap<&'static str, Hours> = BTreeMap::new();
    let explains =
        |it: &&NotCounted| !matches!(it.reason, Reason::Duplicate { .. } | Reason::CreditedNotSummed);
    for it in balance.not_counted.iter().filter(explains) {
        let sum = failing.entry(it.reason.code()).or_insert(Hours::ZERO);
        *sum = [*sum, it.hours].into_iter().sum();
    }
    let most = failing.into_iter().max_by_key(|(_, hours)| *hours).map(|(code, _)| code);
    match most {
        Some(code) => code,
        None if balance.counted.is_empty() => NOTHING_RECORDED,
        None => TOO_FEW_HOURS,
    }
}

/// The first day after `as_of` on which the same ledger under the same rules may say something else: a paper begins to
/// count or leaves a window. `None` when none is known.
pub fn holds_until(history: &History, rule: &HoursRule, as_of: NaiveDate) -> Option<NaiveDate> {
    let days = history.entries.iter().flat_map(|entry| match entry {
        LedgerEntry::Reversal(_) => [None; 6],
        LedgerEntry::Credit(credit) => {
            let counts = rule.date_rule.date_of(credit);
            let (completed, issued) = (credit.completed_on, credit.issued_on);
            let leaves = |date: Option<NaiveDate>| date.map(|it| FREQUENCY_WINDOW.leaves_on(it));
            let out = counts.map(|date| rule.window().leaves_on(date));
            [counts, out, completed, issued, leaves(completed), leaves(issued)]
        }
    });
    days.flatten().filter(|day| *day > as_of).min()
}

/// Whether everything of the history had been recorded by then: clocks of servers differ, and what comes from a clock
/// that is ahead counts only later.
pub fn is_known(history: &History, known_at: DateTime<Utc>) -> bool {
    history.entries.iter().all(|entry| entry.recorded_at() <= known_at)
}

/// Somebody's work.
#[derive(Debug, Clone)]
pub struct Job {
    /// Whose.
    pub person_id: Uuid,
    /// Where.
    pub organization_id: Uuid,
    /// Staff or one of the part-time kinds.
    pub kind: String,
    /// The position.
    pub position: String,
    /// Levels taught.
    pub levels: Vec<EducationLevel>,
    /// Subjects taught.
    pub subjects: Vec<String>,
    /// First day.
    pub started_on: NaiveDate,
    /// Last day.
    pub ended_on: Option<NaiveDate>,
}

impl Job {
    /// Whether it lasts on that day.
    pub fn lasts_on(&self, day: NaiveDate) -> bool {
        self.started_on <= day && self.ended_on.is_none_or(|last| day <= last)
    }
}

/// The work of one person at one employer on a day.
#[derive(Debug, Clone, Default)]
pub struct Work {
    /// Whether there is any.
    pub works: bool,
    /// Whether it is the main employer.
    pub main: bool,
    /// Positions there.
    pub positions: BTreeSet<String>,
    /// Levels taught there.
    pub levels: BTreeSet<EducationLevel>,
    /// Subjects taught there.
    pub subjects: BTreeSet<String>,
    /// The first day after on which work of the person begins or has ended.
    pub until: Option<NaiveDate>,
}

/// What the jobs of a person, the newest first, say of one employer on a day. Staff work makes the main employer, else the
/// newest work: as balances choose it.
pub fn work_at(jobs: &[Job], organization_id: Uuid, day: NaiveDate) -> Work {
    let lasting = || jobs.iter().filter(|job| job.lasts_on(day));
    let main = lasting().find(|job| job.kind == "staff").or_else(|| lasting().next());
    let mut work = Work {
        main: main.is_some_and(|job| job.organization_id == organization_id),
        until: jobs
            .iter()
            .flat_map(|job| [Some(job.started_on), job.ended_on.map(next_day)])
            .flatten()
            .filter(|it| *it > day)
            .min(),
        ..Work::default()
    };
    for job in lasting().filter(|job| job.organization_id == organization_id) {
        work.works = true;
        work.positions.insert(job.position.clone());
        work.levels.extend(job.levels.iter().copied());
        work.subjects.extend(job.subjects.iter().cloned());
    }
    work
}

/// Somebody whose ledger was folded.
#[derive(Debug, Clone)]
pub struct Folded {
    /// The person and the employer.
    pub pair: Pair,
    /// The work there.
    pub work: Work,
    /// Where he stands.
    pub standing: Standing,
    /// The first day on which this may be otherwise.
    pub until: Option<NaiveDate>,
    /// Whether it may be kept at all.
    pub lasting: bool,
}

/// A row that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The person and the employer.
    pub pair: Pair,
    /// Whether the row holds on the day it was asked for.
    pub held: bool,
    /// Whether the person works there.
    pub works: bool,
    /// Whether it is the main employer.
    pub main: bool,
    /// What it says; none when it was never folded.
    pub standing: Option<Standing>,
}

/// One person of a list.
#[derive(Debug, Clone)]
pub struct Stands {
    /// The person and the employer.
    pub pair: Pair,
    /// The name.
    pub name: PersonName,
    /// Where he stands.
    pub standing: Standing,
}

/// Which people of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// With this answer of the local check.
    pub local_status: Option<LocalStatus>,
    /// With this answer of the federal check.
    pub federal_status: Option<FrequencyStatus>,
    /// In this position.
    pub position: Option<String>,
    /// Whose hours fail by this.
    pub reason: Option<String>,
}

impl Wanted {
    /// Whether somebody who was folded is wanted.
    pub fn takes(&self, folded: &Folded) -> bool {
        let standing = &folded.standing;
        let in_position = |wanted: &String| {
            let wanted = wanted.to_lowercase();
            folded.work.positions.iter().any(|it| it.to_lowercase() == wanted)
        };
        self.local_status.is_none_or(|it| it == standing.local_hours)
            && self.federal_status.is_none_or(|it| it == standing.federal_frequency)
            && self.reason.as_ref().is_none_or(|it| *it == standing.reason)
            && self.position.as_ref().is_none_or(in_position)
    }
}

/// What people are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Grouping {
    /// The position.
    Position,
    /// The level of education taught.
    EducationLevel,
    /// The subject taught.
    Subject,
    /// What most of the missing hours fail by.
    Reason,
    /// The employer.
    Organization,
}

impl Grouping {
    /// Under which keys somebody counts; several positions, levels and subjects count each.
    pub fn keys(self, folded: &Folded) -> Vec<String> {
        let work = &folded.work;
        match self {
            Self::Position => work.positions.iter().cloned().collect(),
            Self::EducationLevel => work.levels.iter().map(|level| level.as_str().to_owned()).collect(),
            Self::Subject => work.subjects.iter().cloned().collect(),
            Self::Reason => vec![folded.standing.reason.clone()],
            Self::Organization => vec![folded.pair.1.to_string()],
        }
    }
}

/// So many people stand so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// Of the group.
    pub key: String,
    /// The answer of the local check.
    pub local: LocalStatus,
    /// The answer of the federal check.
    pub federal: FrequencyStatus,
    /// How many.
    pub people: i64,
}
