//! From programs on offer to candidates of a choice, and what is left out on the way. Pure.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::{Candidate, Topics};
use crate::hours::model::{Eligibility, HoursRule};
use crate::registry::programs::model::{
    OfferedModule, OfferedProgram, OfferedStart, ProgramDelivery, StudyForm,
};
use crate::registry::recommendations::model::RecommendedProgram;
use crate::values::ProgramKind;

/// What the learner or whoever asks for him wishes.
#[derive(Debug, Clone, Default)]
pub struct Wishes {
    /// Forms of study; empty: any.
    pub study_forms: Vec<StudyForm>,
    /// Ways of delivery; empty: any.
    pub delivery: Vec<ProgramDelivery>,
    /// Providers; empty: any.
    pub provider_ids: Vec<Uuid>,
    /// Programs that must not be taken.
    pub excluded_program_ids: Vec<Uuid>,
    /// Programs of which something must be taken.
    pub must_program_ids: Vec<Uuid>,
}

/// What bounds the candidates.
pub struct Bounds<'a> {
    /// First day on which something may begin.
    pub from: NaiveDate,
    /// Last day of the term.
    pub until: NaiveDate,
    /// Whether single modules may be taken (P0-5).
    pub single_modules: bool,
    /// Only programs of the active registry (P4-14); others must be asked for.
    pub only_registry: bool,
    /// Not even when they are asked for.
    pub strictly: bool,
    /// How hours count.
    pub hours: &'a HoursRule,
    /// What is wished.
    pub wishes: &'a Wishes,
    /// The place of each competency among the topics.
    pub topics: &'a HashMap<Uuid, usize>,
    /// What is recommended to the learner.
    pub recommended: &'a HashSet<RecommendedProgram>,
}

/// Why something that answers a deficit is no candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftOut {
    /// Whoever asks does not want it.
    Excluded,
    /// It is not in the active registry.
    NotInRegistry,
    /// Its provider may not teach teachers then (B1.8, B1.9).
    ProviderNotEligible,
    /// It has dates, but none within the term.
    NoDatesInTerm,
}

/// What answers deficits and is no candidate.
#[derive(Debug, Clone)]
pub struct Omitted {
    /// The program.
    pub program_id: Uuid,
    /// What it answers.
    pub topics: Topics,
    /// Why.
    pub why: LeftOut,
}

/// The candidates and what was left out.
#[derive(Debug, Default)]
pub struct Gathered {
    /// The candidates.
    pub candidates: Vec<Candidate>,
    /// What was left out.
    pub omitted: Vec<Omitted>,
}

/// Everything that could be chosen of these programs; `eligible` judges a provider for training on those days.
pub fn gather(
    bounds: &Bounds<'_>,
    programs: &[OfferedProgram],
    eligible: impl Fn(Uuid, NaiveDate, NaiveDate) -> Eligibility,
) -> Gathered {
    let mut gathered = Gathered::default();
    for program in programs {
        let whole = Part { program, module: None };
        add(bounds, &whole, &eligible, &mut gathered);
        if bounds.single_modules {
            for module in &program.modules {
                add(bounds, &Part { program, module: Some(module) }, &eligible, &mut gathered);
            }
        }
    }
    pass_over_recommended(bounds, &mut gathered.candidates);
    gathered
}

/// A whole program, or one module of it.
struct Part<'a> {
    program: &'a OfferedProgram,
    module: Option<&'a OfferedModule>,
}

impl Part<'_> {
    fn topics(&self, places: &HashMap<Uuid, usize>) -> Topics {
        let modules = self.program.modules.iter();
        let taken = modules.filter(|module| self.module.is_none_or(|only| only.id == module.id));
        taken
            .flat_map(|module| &module.competency_ids)
            .filter_map(|competency| places.get(competency))
            .fold(Topics::default(), |all, place| all.and(Topics::only(*place)))
    }

    fn halves(&self) -> i32 {
        self.module.map_or(self.program.hours, |module| module.hours).halves()
    }

    /// A single module costs as much of the price as it has of the hours.
    fn price(&self) -> i32 {
        let (price, all) = (i64::from(self.program.price), i64::from(self.program.hours.halves().max(1)));
        let part = i64::from(self.halves()).min(all);
        i32::try_from((price * part + all - 1) / all).unwrap_or(self.program.price)
    }

    fn provider(&self) -> Uuid {
        self.module.map_or(self.program.provider_id, |module| module.provider_id)
    }

    /// Its dates. A module without offerings of its own is learnt when the program is; the offering is the program's
    /// then, and none of the module's.
    fn starts(&self) -> (Vec<&OfferedStart>, bool) {
        let of = |module: Option<Uuid>| -> Vec<&OfferedStart> {
            self.program.starts.iter().filter(|start| start.module_id == module).collect()
        };
        let own = of(self.module.map(|module| module.id));
        if own.is_empty() && self.module.is_some() { (of(None), false) } else { (own, true) }
    }
}

fn add(
    bounds: &Bounds<'_>,
    part: &Part<'_>,
    eligible: &impl Fn(Uuid, NaiveDate, NaiveDate) -> Eligibility,
    gathered: &mut Gathered,
) {
    let (program, topics) = (part.program, part.topics(bounds.topics));
    let asked = bounds.wishes.must_program_ids.contains(&program.id);
    let mut omit = |why| gathered.omitted.push(Omitted { program_id: program.id, topics, why });
    if bounds.wishes.excluded_program_ids.contains(&program.id) {
        return omit(LeftOut::Excluded);
    }
    if bounds.only_registry && !program.in_active_registry && (bounds.strictly || !asked) {
        return omit(LeftOut::NotInRegistry);
    }
    let within = |start: &&OfferedStart| start.starts_on >= bounds.from && start.ends_on <= bounds.until;
    let (starts, own) = part.starts();
    let dates: Vec<Option<&OfferedStart>> =
        if starts.is_empty() { vec![None] } else { starts.into_iter().filter(within).map(Some).collect() };
    if dates.is_empty() {
        return omit(LeftOut::NoDatesInTerm);
    }
    let mut candidates = Vec::new();
    for start in dates {
        let (first, last) =
            start.map_or((bounds.from, bounds.from), |start| (start.starts_on, start.ends_on));
        let verdict = eligible(part.provider(), first, last);
        let known = matches!(verdict, Eligibility::Eligible | Eligibility::NotRestricted);
        if !known && verdict != Eligibility::Unknown {
            continue;
        }
        let sums_up = program.kind == ProgramKind::AdvancedTraining || bounds.hours.retraining_counts;
        let ended_on = start.map_or(bounds.until, |start| start.ends_on);
        let counts = known && sums_up && bounds.hours.window().holds(ended_on, bounds.until);
        candidates.push(Candidate {
            program_id: program.id,
            module_id: part.module.map(|module| module.id),
            offering_id: start.filter(|_| own).map(|start| start.offering_id),
            topics,
            hours: part.halves(),
            counted: if counts { part.halves() } else { 0 },
            price: part.price(),
            penalty: unmet(bounds.wishes, part, start) + i32::from(!known),
            days: start.map(|start| (start.starts_on, start.ends_on)),
        });
    }
    if candidates.is_empty() {
        return omit(LeftOut::ProviderNotEligible);
    }
    gathered.candidates.extend(candidates);
}

/// How many wishes it does not meet.
fn unmet(wishes: &Wishes, part: &Part<'_>, start: Option<&OfferedStart>) -> i32 {
    let form = start.map_or(part.program.study_form, |start| start.study_form);
    let delivery = start.map_or_else(
        || part.module.map_or(&part.program.delivery, |module| &module.delivery),
        |start| &start.delivery,
    );
    let other_form = !wishes.study_forms.is_empty() && !wishes.study_forms.contains(&form);
    let other_way = !wishes.delivery.is_empty() && !delivery.iter().any(|way| wishes.delivery.contains(way));
    let other_provider = !wishes.provider_ids.is_empty() && !wishes.provider_ids.contains(&part.provider());
    i32::from(other_form) + i32::from(other_way) + i32::from(other_provider)
}

/// Whatever answers a deficit that a recommended one answers too meets one wish less.
fn pass_over_recommended(bounds: &Bounds<'_>, candidates: &mut [Candidate]) {
    let answered = candidates
        .iter()
        .filter(|it| is_recommended(bounds.recommended, it))
        .fold(Topics::default(), |all, it| all.and(it.topics));
    for candidate in candidates.iter_mut() {
        if !is_recommended(bounds.recommended, candidate) && candidate.topics.meets(answered) {
            candidate.penalty += 1;
        }
    }
}

/// Whether it is recommended to the learner.
pub fn is_recommended(recommended: &HashSet<RecommendedProgram>, candidate: &Candidate) -> bool {
    recommended.contains(&match candidate.module_id {
        Some(id) => RecommendedProgram::Module(id),
        None => RecommendedProgram::Whole(candidate.program_id),
    })
}
