//! The best choice: first over a handful of promising candidates; only when that does not reach the best imaginable,
//! over all that can matter. Every answer is counted anew without the solver.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::dominance::thinned;
use super::linear::{Limits, climb};
use super::model::{Candidate, Criterion, Demand, Topics, Worth};
use super::verify::worth;

/// How many candidates of each topic are promising.
const PROMISING: usize = 30;
/// How many of them with the same hours and breadth.
const ALIKE: usize = 2;

/// The best choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is chosen, in the order of [`Candidate::place`].
    pub chosen: Vec<Candidate>,
    /// What it is worth.
    pub worth: Worth,
    /// The first criterion by which a better one may exist: the search ended before that was excluded.
    pub unproven: Option<Criterion>,
    /// How many candidates were looked at.
    pub considered: usize,
}

/// Why there is no choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The programs asked for do not fit together into what is asked.
    Asked,
    /// The solver failed or answered something wrong.
    Solver(String),
}

/// A choice on the way to the best one.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// What is chosen.
    pub(super) chosen: Vec<Candidate>,
    /// What it is worth.
    pub(super) worth: Worth,
    /// See [`Choice::unproven`].
    pub(super) unproven: Option<Criterion>,
}

/// The best choice of these candidates.
///
/// # Errors
/// When nothing keeps what is asked, or the solver fails.
pub fn choose(demand: &Demand, candidates: &[Candidate]) -> Result<Choice, Failure> {
    let mut usable: Vec<Candidate> =
        candidates.iter().filter(|it| is_usable(demand, it)).cloned().map(|it| capped(demand, it)).collect();
    usable.sort_by_cached_key(Candidate::place);
    let considered = usable.len();
    let best = demand.weights.iter().enumerate();
    let all = usable.iter().fold(Topics::default(), |all, it| all.and(it.topics));
    let coverage: i32 =
        best.filter(|(topic, _)| all.hold(Topics::only(*topic))).map(|(_, weight)| weight).sum();
    let first = climb(demand, &promising(demand, &usable), None, coverage, Limits::FEW)?;
    let open =
        first.unproven.into_iter().chain(Criterion::ALL.into_iter().find(|criterion| {
            first.worth.by(*criterion) > floor(demand, coverage, &first.worth, *criterion)
        }));
    let found = match open.min() {
        None => first,
        Some(criterion) => {
            let rest: Vec<Candidate> = usable
                .into_iter()
                .filter(|it| first.chosen.contains(it) || can_better(&first.worth, criterion, it))
                .collect();
            let mut rest = thinned(demand, rest);
            rest.extend(first.chosen.iter().filter(|it| !rest.contains(it)).cloned().collect::<Vec<_>>());
            rest.sort_by_cached_key(Candidate::place);
            let limits = Limits::of(rest.len());
            climb(demand, &rest, Some((first, criterion)), coverage, limits)?
        }
    };
    let chosen: Vec<&Candidate> = found.chosen.iter().collect();
    if worth(demand, &chosen) != Some(found.worth) {
        return Err(Failure::Solver("a choice that breaks what is asked".to_owned()));
    }
    if found.unproven == Some(Criterion::Coverage) {
        return Err(Failure::Solver("the search for the best coverage did not end".to_owned()));
    }
    Ok(Choice { chosen: found.chosen, worth: found.worth, unproven: found.unproven, considered })
}

/// The best imaginable by a criterion, when the weightier ones have these values.
pub(super) fn floor(demand: &Demand, coverage: i32, worth: &Worth, criterion: Criterion) -> i32 {
    match criterion {
        Criterion::Coverage => -coverage,
        Criterion::Norm | Criterion::Wishes | Criterion::Price => 0,
        Criterion::Hours => ((demand.missing - worth.short + 1) / 2).max(0),
    }
}

/// Whether it can be part of any choice at all.
fn is_usable(demand: &Demand, candidate: &Candidate) -> bool {
    let useful = !candidate.topics.is_empty()
        || (demand.missing > 0 && candidate.counted > 0)
        || demand.asked.contains(&candidate.program_id);
    useful
        && demand.max_hours.is_none_or(|most| candidate.hours <= most)
        && demand.max_price.is_none_or(|most| candidate.price <= most)
}

/// Hours count as far as the norm lacks them.
fn capped(demand: &Demand, candidate: Candidate) -> Candidate {
    Candidate { counted: candidate.counted.min(demand.missing), ..candidate }
}

/// Whether it can be in a choice that is better than a known one by that criterion or a lesser one, and as good by the
/// weightier ones.
fn can_better(known: &Worth, criterion: Criterion, candidate: &Candidate) -> bool {
    [Criterion::Wishes, Criterion::Price, Criterion::Hours]
        .into_iter()
        .filter(|it| *it <= criterion)
        .all(|it| it.share(candidate) <= known.by(it))
}

/// The cheapest and shortest of each topic, those that fill the norm, and everything asked for.
fn promising(demand: &Demand, candidates: &[Candidate]) -> Vec<Candidate> {
    let mut order: Vec<&Candidate> = candidates.iter().collect();
    order.sort_by_cached_key(|it| {
        let length = it.days.map_or(-1, |(first, last)| (last - first).num_days());
        (it.penalty, it.price, length, it.hours, it.place())
    });
    let key = |it: &Candidate| (it.program_id, it.module_id, it.offering_id);
    let mut kept: BTreeSet<(Uuid, Option<Uuid>, Option<Uuid>)> =
        candidates.iter().filter(|it| demand.asked.contains(&it.program_id)).map(key).collect();
    let topics = (0..demand.weights.len()).map(|topic| Some(Topics::only(topic)));
    for topic in topics.chain([None]) {
        let mut alike: BTreeMap<(i32, u32), usize> = BTreeMap::new();
        let mut taken = 0;
        for candidate in &order {
            let (fits, breadth) = match topic {
                Some(topic) => (candidate.topics.hold(topic), candidate.topics.count()),
                None => (candidate.counted > 0, 0),
            };
            if !fits {
                continue;
            }
            let same = alike.entry((candidate.hours, breadth)).or_default();
            if *same < ALIKE {
                *same += 1;
                taken += 1;
                kept.insert(key(candidate));
            }
            if taken == PROMISING {
                break;
            }
        }
    }
    candidates.iter().filter(|it| kept.contains(&key(it))).cloned().collect()
}
