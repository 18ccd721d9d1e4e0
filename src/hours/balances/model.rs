//! What is asked of a balance and what a reader needs beside it.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::directory::persons::model::PersonFacts;
use crate::hours::model::{Balance, Credit, HoursRule, LocalHours};
use crate::regulations::model::BindingRegulation;
use crate::regulations::profile::RequiredHours;
use crate::values::{DocumentKind, EducationLevel, Hours, ProgramKind};

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Question {
    /// Of whom.
    pub person_id: Uuid,
    /// On which day; today when absent.
    pub as_of: Option<NaiveDate>,
    /// From what had been recorded by then; now when absent.
    pub known_at: Option<DateTime<Utc>>,
    /// Under the regulation of which employer; the main one when absent.
    pub organization_id: Option<Uuid>,
}

/// Training that somebody thinks of.
#[derive(Debug, Clone)]
pub struct Planned {
    /// Title of the program or topic.
    pub title: String,
    /// Academic hours.
    pub hours: Hours,
    /// The paper it would end with.
    pub kind: DocumentKind,
    /// Kind of program.
    pub program_kind: Option<ProgramKind>,
    /// The first day.
    pub started_on: Option<NaiveDate>,
    /// The last day.
    pub completed_on: NaiveDate,
    /// The provider; one that may train teachers when absent.
    pub provider_id: Option<Uuid>,
    /// Credits what was learnt elsewhere.
    pub credited: bool,
}

/// Planned training as the fold takes it, with what a reader sees of it.
#[derive(Debug, Clone)]
pub struct Claim {
    /// What it would credit; the id is its place among the planned, from 1.
    pub credit: Credit,
    /// The paper in words.
    pub paper: Paper,
}

/// A paper in words.
#[derive(Debug, Clone)]
pub struct Paper {
    /// Its credential; none of planned training.
    pub credential_id: Option<Uuid>,
    /// The place of planned training in the request, from 0.
    pub planned: Option<usize>,
    /// Title of the program or topic.
    pub title: String,
    /// The issuer.
    pub issuer_name: String,
}

/// Where somebody works on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workplace {
    /// The organization.
    pub organization_id: Uuid,
    /// Its municipality.
    pub municipality_id: Option<Uuid>,
    /// The levels taught there, in all the person's jobs there.
    pub levels: Vec<EducationLevel>,
}

/// Every employer of the person on the day: the main one first, that is the newest staff work, else the newest work;
/// then the others, the newest first.
pub fn workplaces(person: &PersonFacts, day: NaiveDate) -> Vec<Workplace> {
    let main = person
        .employed_on(day)
        .find(|work| work.kind == "staff")
        .into_iter()
        .map(|work| (work.organization_id, work.municipality_id));
    let all = person.employed_on(day).map(|work| (work.organization_id, work.municipality_id));
    let mut found: Vec<Workplace> = Vec::new();
    for (organization_id, municipality_id) in main.chain(all) {
        if found.iter().any(|known| known.organization_id == organization_id) {
            continue;
        }
        let there = person.employed_on(day).filter(|work| work.organization_id == organization_id);
        let levels: BTreeSet<_> = there.flat_map(|work| work.education_levels.iter().copied()).collect();
        let levels = levels.into_iter().collect();
        found.push(Workplace { organization_id, municipality_id, levels });
    }
    found
}

/// The local check at one employer.
#[derive(Debug, Clone)]
pub struct AtEmployer {
    /// The employer.
    pub organization_id: Uuid,
    /// The regulation that binds it.
    pub regulation: Option<BindingRegulation>,
    /// The norm with the level it comes from.
    pub norm: Option<RequiredHours>,
    /// The check.
    pub local: LocalHours,
    /// The first day the norm stops being met if nothing is added.
    pub norm_breaks_on: Option<NaiveDate>,
}

/// A balance with what a reader needs beside it.
#[derive(Debug)]
pub struct Explained {
    /// Whose.
    pub person_id: Uuid,
    /// The employer whose regulation applies, if anybody employs the person on that day.
    pub organization_id: Option<Uuid>,
    /// The regulation.
    pub regulation: Option<BindingRegulation>,
    /// The norm with the level it comes from.
    pub norm: Option<RequiredHours>,
    /// The balance.
    pub balance: Balance,
    /// The check at every employer of the day, the main one first.
    pub employers: Vec<AtEmployer>,
    /// The papers by the id of their entry or, outside the ledger, their credential.
    pub papers: HashMap<Uuid, Paper>,
}

/// A balance as it is and as planned training would make it, on the same day.
#[derive(Debug)]
pub struct Preview {
    /// If nothing is added.
    pub without_planned: Explained,
    /// With everything planned, as if it were confirmed.
    pub with_planned: Explained,
}

/// What a person's hours at an employer will be on a day if nothing is added, and how further hours would count.
#[derive(Debug, Clone)]
pub struct NormAhead {
    /// How hours count there.
    pub rule: HoursRule,
    /// The norm; none where the regulation sets none.
    pub required: Option<Hours>,
    /// What lacks on that day.
    pub missing: Hours,
}
