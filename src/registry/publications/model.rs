//! What a publication is, when it is in time, and what a revision changes.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use uuid::Uuid;

use crate::error::{FieldProblem, Text};
use crate::registry::programs::model::{FieldChange, Snapshot, changed_fields, names};
use crate::regulations::profile::MonthDay;

names! {
    /// What a revision says of a program.
    pub enum PublishedChange {
        /// New in the registry.
        Added = "added",
        /// Published before, otherwise.
        Changed = "changed",
        /// No longer in the registry.
        Removed = "removed",
    }

    /// Whether the registry of a year was published in time (P4-15).
    pub enum PublicationStatus {
        /// Published by the day the regulation sets, or under a regulation that sets none.
        OnTime = "on_time",
        /// Published after that day, or not published although it has passed.
        Overdue = "overdue",
        /// Not published, and the day has not passed.
        Pending = "pending",
    }
}

/// The registry of a year, published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// The year.
    pub year: i32,
    /// The newest revision.
    pub revision: i32,
    /// When it was first published.
    pub published_at: DateTime<Utc>,
    /// The same as a day of the region.
    pub published_on: NaiveDate,
    /// The day it was due.
    pub due_on: Option<NaiveDate>,
    /// Row version.
    pub version: i64,
}

/// A year of the registry, published or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegistryYear {
    /// The year.
    pub year: i32,
    /// The day the publication is due.
    pub due_on: Option<NaiveDate>,
    /// The publication, if there is one.
    pub publication: Option<Publication>,
}

impl RegistryYear {
    /// A year that was published.
    pub fn published(publication: Publication) -> Self {
        Self { year: publication.year, due_on: publication.due_on, publication: Some(publication) }
    }

    /// Whether it is in time, seen from a day.
    pub fn status(&self, today: NaiveDate) -> PublicationStatus {
        let published_on = self.publication.as_ref().map(|publication| publication.published_on);
        match (published_on, self.due_on) {
            (Some(published), Some(due)) if published > due => PublicationStatus::Overdue,
            (Some(_), _) => PublicationStatus::OnTime,
            (None, Some(due)) if today > due => PublicationStatus::Overdue,
            (None, _) => PublicationStatus::Pending,
        }
    }
}

/// Why the registry of that year is not published today: what is published is the registry of now, which was never that
/// of a year that has passed, and is not yet that of a distant one (P4-15).
pub fn year_problem(year: i32, today: NaiveDate) -> Option<FieldProblem> {
    let (code, words) = if year > today.year() + 1 {
        ("too_early", Text::new("Этот год ещё не наступил", "That year is too far ahead"))
    } else if year < today.year() {
        ("too_late", Text::new("Этот год прошёл", "That year has passed"))
    } else {
        return None;
    };
    Some(FieldProblem::new("/year", code, words))
}

/// The day of that year.
pub fn due_day(day: MonthDay, year: i32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, u32::from(day.month), u32::from(day.day))
}

/// One numbered revision.
#[derive(Debug, Clone)]
pub struct Revision {
    /// Number, from 1.
    pub revision: i32,
    /// When.
    pub published_at: DateTime<Utc>,
    /// What changed, in words.
    pub note: Option<String>,
    /// Programs in force in it.
    pub programs_count: i32,
    /// Programs that are new in it.
    pub added: i64,
    /// Programs that changed.
    pub changed: i64,
    /// Programs that left.
    pub removed: i64,
}

/// A program in a revision, and what the last revision that named it said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedProgram {
    /// The revision that last named it.
    pub revision: i32,
    /// What that revision said.
    pub change: PublishedChange,
    /// The program.
    pub snapshot: Snapshot,
}

/// Only what changed between two states of the registry, in the order of the programs' ids; a removed program
/// carries its last published form.
pub fn changes(published: Vec<Snapshot>, now: Vec<Snapshot>) -> Vec<(PublishedChange, Snapshot)> {
    let mut before: BTreeMap<Uuid, Snapshot> =
        published.into_iter().map(|snapshot| (snapshot.program_id, snapshot)).collect();
    let mut changes = Vec::new();
    for snapshot in now {
        match before.remove(&snapshot.program_id) {
            None => changes.push((PublishedChange::Added, snapshot)),
            Some(old) if old != snapshot => changes.push((PublishedChange::Changed, snapshot)),
            Some(_) => {}
        }
    }
    changes.extend(before.into_values().map(|old| (PublishedChange::Removed, old)));
    changes.sort_by_key(|(_, snapshot)| snapshot.program_id);
    changes
}

/// What differs of a program between two revisions.
#[derive(Debug, Clone)]
pub struct RevisionChange {
    /// It came, changed or left.
    pub change: PublishedChange,
    /// The program as it is in the later revision; of one that left, as it was.
    pub snapshot: Snapshot,
    /// The fields that differ, when it changed.
    pub fields: Vec<FieldChange>,
}

/// What differs between two states of a program, if anything does.
pub fn difference(before: Option<Snapshot>, after: Option<Snapshot>) -> Option<RevisionChange> {
    match (before, after) {
        (None, None) => None,
        (None, Some(snapshot)) => {
            Some(RevisionChange { change: PublishedChange::Added, snapshot, fields: Vec::new() })
        }
        (Some(snapshot), None) => {
            Some(RevisionChange { change: PublishedChange::Removed, snapshot, fields: Vec::new() })
        }
        (Some(old), Some(snapshot)) => {
            let fields = changed_fields(&old, &snapshot);
            (!fields.is_empty()).then_some(RevisionChange {
                change: PublishedChange::Changed,
                snapshot,
                fields,
            })
        }
    }
}

#[cfg(test)]
mod tests;
