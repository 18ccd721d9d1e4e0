//! The best choice, criterion by criterion: first over a handful of promising candidates; where that does not reach the
//! best imaginable, over all that a bound does not exclude. What cannot be in a choice as good as the best one is never
//! looked at again. Every answer is counted anew without the solver.

use std::collections::HashSet;

use super::bound::Bound;
use super::dominance::thinned;
use super::linear::{self, Limits};
use super::model::{Candidate, Criterion, Demand, Topics, Worth};
use super::promising::promising;
use super::table::Table;
use super::verify::worth;

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
    let found = Search { demand, coverage, pool: promising(demand, &usable), usable }.climb()?;
    let chosen: Vec<&Candidate> = found.chosen.iter().collect();
    if worth(demand, &chosen) != Some(found.worth) {
        return Err(Failure::Solver("a choice that breaks what is asked".to_owned()));
    }
    if found.unproven == Some(Criterion::Coverage) {
        return Err(Failure::Solver("the search for the best coverage did not end".to_owned()));
    }
    Ok(Choice { chosen: found.chosen, worth: found.worth, unproven: found.unproven, considered })
}

/// How often the pool is widened for a better bound, and by how many at a time.
const WIDENINGS: usize = 20;
const WIDER: usize = 40;
/// So many candidates are all looked at.
const FEW: usize = 200;

/// The search for the best choice.
struct Search<'a> {
    demand: &'a Demand,
    /// The weight of all topics that can be answered.
    coverage: i32,
    /// What is left to choose from, in the order of [`Candidate::place`].
    usable: Vec<Candidate>,
    /// The places of those that are looked at first.
    pool: Vec<usize>,
}

impl Search<'_> {
    fn climb(mut self) -> Result<Found, Failure> {
        let mut found = self.first()?;
        for criterion in Criterion::ALL {
            if !self.is_reached(&found.worth, criterion) && criterion > Criterion::Coverage {
                let unproven = found.unproven;
                let pool = self.pooled();
                found = Found { unproven, ..self.solve(&pool, criterion, Some(&found), Limits::FEW)? };
            }
            if self.is_reached(&found.worth, criterion) {
                let worth = found.worth;
                self.leave(&found, |_, it| can_be_in(&worth, criterion, it));
                continue;
            }
            let bound = self.widen(criterion, &found);
            let allowed = |place: usize, cost: i32| bound.as_ref().is_none_or(|it| it.allows(place, cost));
            let better = found.worth.by(criterion) - 1;
            let rest = self.usable.iter().enumerate().filter(|(place, _)| allowed(*place, better));
            let rest: Vec<Candidate> = rest.map(|(_, it)| it.clone()).collect();
            if !rest.is_empty() {
                let rest = together(thinned(self.demand, rest), &found.chosen);
                let next = self.solve(&rest, criterion, Some(&found), Limits::of(rest.len()))?;
                found = Found { unproven: found.unproven.or(next.unproven), ..next };
            }
            let reached = found.worth.by(criterion);
            self.leave(&found, |place, _| allowed(place, reached));
        }
        Ok(found)
    }

    /// The best coverage of the pool; whatever is asked for is in it.
    fn first(&self) -> Result<Found, Failure> {
        let found = self.solve(&self.pooled(), Criterion::Coverage, None, Limits::FEW)?;
        Ok(Found { unproven: None, ..found })
    }

    fn solve(
        &self,
        candidates: &[Candidate],
        criterion: Criterion,
        best: Option<&Found>,
        limits: Limits,
    ) -> Result<Found, Failure> {
        linear::solve(self.demand, candidates, criterion, best, self.coverage, limits)
    }

    fn pooled(&self) -> Vec<Candidate> {
        self.pool.iter().filter_map(|place| self.usable.get(*place)).cloned().collect()
    }

    /// Whether nothing can be better by that criterion.
    fn is_reached(&self, worth: &Worth, criterion: Criterion) -> bool {
        worth.by(criterion) == floor(self.demand, self.coverage, worth, criterion)
    }

    /// The best bound, once everything that could make a better one is in the pool.
    fn widen(&mut self, criterion: Criterion, found: &Found) -> Option<Bound> {
        let mut best: Option<Bound> = None;
        for _ in 0..WIDENINGS {
            let table = Table::of(self.demand, &self.pooled(), criterion, Some(found), self.coverage);
            let Some(bound) = Bound::of(&table, criterion, &self.usable, &self.pool) else { break };
            let wanting: Vec<usize> =
                bound.wronged().into_iter().filter(|place| self.pool.binary_search(place).is_err()).collect();
            if best.as_ref().is_none_or(|best| best.least < bound.least) {
                best = Some(bound);
            }
            if wanting.is_empty() {
                break;
            }
            self.pool.extend(wanting.into_iter().take(WIDER));
            self.pool.sort_unstable();
        }
        best
    }

    /// Keeps those and what is chosen.
    fn leave(&mut self, found: &Found, stays: impl Fn(usize, &Candidate) -> bool) {
        let pool: HashSet<usize> = self.pool.iter().copied().collect();
        let kept = std::mem::take(&mut self.usable).into_iter().enumerate();
        let kept: Vec<(bool, Candidate)> = kept
            .map(|(place, it)| (place, found.chosen.contains(&it), it))
            .filter(|(place, chosen, it)| *chosen || stays(*place, it))
            .map(|(place, chosen, it)| (chosen || pool.contains(&place), it))
            .collect();
        let few = kept.len() <= FEW;
        let looked_at = kept.iter().enumerate().filter(|(_, (pooled, _))| few || *pooled);
        self.pool = looked_at.map(|(place, _)| place).collect();
        self.usable = kept.into_iter().map(|(_, it)| it).collect();
    }
}

/// These and those, in the order of [`Candidate::place`].
fn together(mut these: Vec<Candidate>, those: &[Candidate]) -> Vec<Candidate> {
    let more: Vec<Candidate> = those.iter().filter(|it| !these.contains(it)).cloned().collect();
    these.extend(more);
    these.sort_by_cached_key(Candidate::place);
    these
}

/// The best imaginable by a criterion, when the weightier ones have these values.
fn floor(demand: &Demand, coverage: i32, worth: &Worth, criterion: Criterion) -> i32 {
    match criterion {
        Criterion::Coverage => -coverage,
        // No more hours count than there may be.
        Criterion::Norm => demand.max_hours.map_or(0, |most| (demand.missing - most).max(0)),
        Criterion::Wishes | Criterion::Price => 0,
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

/// Whether it can be in a choice that is as good as a known one by that criterion and the weightier ones.
fn can_be_in(known: &Worth, criterion: Criterion, candidate: &Candidate) -> bool {
    [Criterion::Wishes, Criterion::Price, Criterion::Hours]
        .into_iter()
        .filter(|it| *it <= criterion)
        .all(|it| it.share(candidate) <= known.by(it))
}
