//! Why something was chosen, and why a deficit is left uncovered. Pure.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::gather::{Gathered, LeftOut};
use super::model::{Candidate, Demand, Topics};

/// Why a deficit is left uncovered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Uncovered {
    /// No program on offer develops the competency.
    NoProgram,
    /// Those that do are not in the active registry.
    NotInRegistry,
    /// Their providers may not teach teachers then.
    ProviderNotEligible,
    /// They have no dates within the term.
    NoDatesInTerm,
    /// They cost more than there is left.
    OverBudget,
    /// They take more hours than there are left.
    OverHours,
    /// They overlap with what is chosen.
    DatesOverlap,
    /// Whoever asks does not want them.
    Excluded,
    /// There are more deficits than one proposal takes.
    TooMany,
}

impl From<LeftOut> for Uncovered {
    fn from(why: LeftOut) -> Self {
        match why {
            LeftOut::Excluded => Self::Excluded,
            LeftOut::NotInRegistry => Self::NotInRegistry,
            LeftOut::ProviderNotEligible => Self::ProviderNotEligible,
            LeftOut::NoDatesInTerm => Self::NoDatesInTerm,
        }
    }
}

/// Why the topic is left uncovered by the choice, and the program that is nearest to covering it.
pub fn uncovered(
    demand: &Demand,
    gathered: &Gathered,
    chosen: &[Candidate],
    topic: Topics,
) -> (Uncovered, Option<Uuid>) {
    let nearest = gathered
        .candidates
        .iter()
        .filter(|it| it.topics.hold(topic))
        .map(|it| (hindrance(demand, chosen, it), it))
        .min_by_key(|((_, number), it)| (*number, it.price, it.hours, it.place()));
    if let Some(((why, _), candidate)) = nearest {
        return (why, Some(candidate.program_id));
    }
    let left_out = gathered.omitted.iter().filter(|it| it.topics.hold(topic));
    // What the reader can do something about is named first.
    match left_out.min_by_key(|it| (order(it.why), it.program_id)) {
        Some(omitted) => (omitted.why.into(), Some(omitted.program_id)),
        None => (Uncovered::NoProgram, None),
    }
}

const fn order(why: LeftOut) -> u8 {
    match why {
        LeftOut::Excluded => 0,
        LeftOut::NoDatesInTerm => 1,
        LeftOut::NotInRegistry => 2,
        LeftOut::ProviderNotEligible => 3,
    }
}

/// What keeps it from being added to the choice, and how many things do.
fn hindrance(demand: &Demand, chosen: &[Candidate], candidate: &Candidate) -> (Uncovered, u8) {
    let price: i32 = chosen.iter().map(|it| it.price).sum();
    let hours: i32 = chosen.iter().map(|it| it.hours).sum();
    let budget = demand.max_price.is_some_and(|most| price + candidate.price > most);
    let time = demand.max_hours.is_some_and(|most| hours + candidate.hours > most);
    let dates = overlaps(demand, chosen, candidate);
    let why = if budget && !dates {
        Uncovered::OverBudget
    } else if time && !dates {
        Uncovered::OverHours
    } else {
        Uncovered::DatesOverlap
    };
    (why, u8::from(budget) + u8::from(time) + u8::from(dates))
}

fn overlaps(demand: &Demand, chosen: &[Candidate], candidate: &Candidate) -> bool {
    let all: Vec<&Candidate> = chosen.iter().chain([candidate]).collect();
    let mut days = all.iter().filter_map(|it| it.days).map(|(first, _)| first);
    days.any(|day| all.iter().filter(|it| it.runs_on(day)).count() > demand.max_parallel)
}

/// How many other programs answer all that the candidate answers.
pub fn alternatives(gathered: &Gathered, candidate: &Candidate) -> usize {
    let programs: BTreeSet<Uuid> =
        gathered
            .candidates
            .iter()
            .filter(|it| it.program_id != candidate.program_id)
            .filter(|it| {
                if candidate.topics.is_empty() { it.counted > 0 } else { it.topics.hold(candidate.topics) }
            })
            .map(|it| it.program_id)
            .collect();
    programs.len()
}
