//! What a credit book and its entries are, and whom the regulation lets open and write them.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashSet};

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use uuid::Uuid;

use crate::authz::Role;
use crate::error::{FieldProblem, Text};
use crate::regulations::profile::{CreditBookOpening, CreditBookWriterRule, CreditBooksRule, RecordScope};
use crate::values::{Hours, PersonName};

/// A credit book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreditBook {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// The municipality of the school.
    pub municipality_id: Option<Uuid>,
    /// The school of the person when it was opened.
    pub organization_id: Uuid,
    /// Whose it is.
    pub person_id: Uuid,
    /// Who issued it; none when the person opened it.
    pub issued_by_id: Option<Uuid>,
    /// The regulation it is kept under.
    pub regulation_id: Uuid,
    /// Day it was opened.
    pub opened_on: NaiveDate,
    /// Day it was closed.
    pub closed_on: Option<NaiveDate>,
    /// Row version.
    pub version: i64,
}

impl CreditBook {
    /// Whether it is still written in.
    pub const fn is_open(&self) -> bool {
        self.closed_on.is_none()
    }
}

/// A book in a list.
#[derive(Debug, Clone)]
pub struct BookLine {
    /// The book.
    pub book: CreditBook,
    /// Whose it is.
    pub name: PersonName,
}

/// In what the person took part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Source {
    /// An offering.
    Offering(Uuid),
    /// A session of an association.
    Association(Uuid),
}

impl Source {
    /// The offering, if it is one.
    pub const fn offering_id(self) -> Option<Uuid> {
        match self {
            Self::Offering(id) => Some(id),
            Self::Association(_) => None,
        }
    }

    /// The association, if it is one.
    pub const fn association_id(self) -> Option<Uuid> {
        match self {
            Self::Association(id) => Some(id),
            Self::Offering(_) => None,
        }
    }
}

/// What an entry says (P3-15).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryData {
    /// Topic.
    pub topic: String,
    /// First day.
    pub started_on: NaiveDate,
    /// Last day.
    pub ended_on: NaiveDate,
    /// Academic hours.
    pub hours: Hours,
}

/// What a writer says of an entry; the rest follows from the offering, or from the entry that is corrected.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EntrySaid {
    /// Topic.
    pub topic: Option<String>,
    /// First day.
    pub started_on: Option<NaiveDate>,
    /// Last day.
    pub ended_on: Option<NaiveDate>,
    /// Academic hours.
    pub hours: Option<Hours>,
}

/// Why and how an entry is corrected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// Why.
    pub reason: String,
    /// Nothing replaces it.
    pub withdrawn: bool,
    /// What is said otherwise.
    pub said: EntrySaid,
}

/// Within what an entry stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// First and last day of the offering.
    pub days: Option<(NaiveDate, NaiveDate)>,
    /// Its volume.
    pub hours: Option<Hours>,
    /// Nothing that is still to come is entered.
    pub today: NaiveDate,
}

/// An entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// The book.
    pub book_id: Uuid,
    /// Whose book it is.
    pub person_id: Uuid,
    /// The organiser.
    pub organization_id: Uuid,
    /// In what the person took part.
    pub source: Source,
    /// The completed enrollment.
    pub enrollment_id: Option<Uuid>,
    /// The credential issued for the same enrollment.
    pub credential_id: Option<Uuid>,
    /// What it says.
    pub data: EntryData,
    /// The entry it replaces.
    pub corrects_id: Option<Uuid>,
    /// It replaces that entry by nothing.
    pub withdrawn: bool,
    /// Why it was corrected.
    pub reason: Option<String>,
    /// Who wrote it.
    pub writer_id: Option<Uuid>,
    /// The role whose right was used.
    pub written_as: Role,
    /// When.
    pub created_at: DateTime<Utc>,
}

impl EntrySaid {
    /// That entry with everything that is said otherwise.
    #[must_use]
    pub fn complete_with(&self, known: &EntryData) -> EntryData {
        EntryData {
            topic: self.topic.clone().unwrap_or_else(|| known.topic.clone()),
            started_on: self.started_on.unwrap_or(known.started_on),
            ended_on: self.ended_on.unwrap_or(known.ended_on),
            hours: self.hours.unwrap_or(known.hours),
        }
    }

    /// The whole of an entry; what is not said is as usual. Everything that is missing or wrong, at once.
    ///
    /// # Errors
    /// The wrong fields.
    pub fn complete(
        &self,
        usual: Option<&EntryData>,
        bounds: &Bounds,
    ) -> Result<EntryData, Vec<FieldProblem>> {
        let topic = self.topic.clone().or_else(|| usual.map(|data| data.topic.clone()));
        let started_on = self.started_on.or_else(|| usual.map(|data| data.started_on));
        let ended_on = self.ended_on.or_else(|| usual.map(|data| data.ended_on));
        let hours = self.hours.or_else(|| usual.map(|data| data.hours));
        let mut problems = Vec::new();
        for (pointer, missing) in [
            ("/topic", topic.is_none()),
            ("/started_on", started_on.is_none()),
            ("/ended_on", ended_on.is_none()),
            ("/hours", hours.is_none()),
        ] {
            if missing {
                let words = Text::new(
                    "В записи указывают тему, сроки и часы",
                    "An entry says the topic, the dates and the hours",
                );
                problems.push(FieldProblem::new(pointer, "required", words).because("P3-15", None));
            }
        }
        problems.extend(bounds.of_days(started_on, ended_on));
        problems.extend(bounds.of_hours(hours));
        match (topic, started_on, ended_on, hours) {
            (Some(topic), Some(started_on), Some(ended_on), Some(hours)) if problems.is_empty() => {
                Ok(EntryData { topic, started_on, ended_on, hours })
            }
            _ => Err(problems),
        }
    }
}

impl Bounds {
    fn of_days(&self, started_on: Option<NaiveDate>, ended_on: Option<NaiveDate>) -> Vec<FieldProblem> {
        let mut problems = Vec::new();
        if started_on.zip(ended_on).is_some_and(|(first, last)| last < first) {
            let words = Text::new("Кончается раньше, чем начинается", "It ends before it begins");
            problems.push(FieldProblem::new("/ended_on", "dates_reversed", words));
        }
        let outside = |day: NaiveDate| self.days.is_some_and(|(first, last)| day < first || day > last);
        for (pointer, day) in [("/started_on", started_on), ("/ended_on", ended_on)] {
            if day.is_some_and(outside) {
                let words = Text::new("Вне сроков обучения", "Outside the days of the offering");
                problems.push(FieldProblem::new(pointer, "outside_of_offering", words));
            } else if day.is_some_and(|day| day > self.today) {
                let words = Text::new("Этот день ещё не наступил", "This day is still to come");
                problems.push(FieldProblem::new(pointer, "in_future", words));
            }
        }
        problems
    }

    fn of_hours(&self, hours: Option<Hours>) -> Option<FieldProblem> {
        let hours = hours?;
        let too_many = self.hours.is_some_and(|most| hours > most);
        let words = match self.hours {
            Some(most) if too_many => {
                Text::owned(format!("Объём обучения — {most} ч"), format!("The offering has {most} h"))
            }
            _ => Text::new("Часов должно быть больше нуля", "There must be more than no hours"),
        };
        (too_many || !hours.is_positive()).then(|| FieldProblem::new("/hours", "hours_out_of_range", words))
    }
}

/// The entries that stand: those that no other replaces and that do not withdraw another; by date.
pub fn current(entries: Vec<Entry>) -> Vec<Entry> {
    let corrected: HashSet<Uuid> = entries.iter().filter_map(|entry| entry.corrects_id).collect();
    let mut standing: Vec<Entry> =
        entries.into_iter().filter(|entry| !entry.withdrawn && !corrected.contains(&entry.id)).collect();
    standing.sort_by_key(|entry| (entry.data.started_on, entry.data.ended_on, entry.id));
    standing
}

/// Hours of a book.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Totals {
    /// In all.
    pub hours: Hours,
    /// By the calendar year of the last day.
    pub by_year: BTreeMap<i32, Hours>,
}

/// The hours of the entries that stand.
pub fn totals(standing: &[Entry]) -> Totals {
    let mut totals = Totals::default();
    for entry in standing {
        let year = totals.by_year.entry(entry.data.ended_on.year()).or_default();
        *year = *year + entry.data.hours;
        totals.hours = totals.hours + entry.data.hours;
    }
    totals
}

/// Who opens and closes books by that rule; the teacher only his or her own, as the policy says.
pub fn openers(rule: &CreditBooksRule) -> Vec<Role> {
    let mut roles = rule.issued_by.clone();
    if rule.opening == CreditBookOpening::OnRequest {
        roles.push(Role::Teacher);
    }
    roles
}

/// Who writes entries of that scope.
pub fn writers(rules: &[CreditBookWriterRule], scope: RecordScope) -> Vec<Role> {
    rules.iter().filter(|rule| rule.scope == scope).map(|rule| rule.role).collect()
}
