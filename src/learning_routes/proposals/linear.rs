//! The choice as a problem of whole numbers, criterion by criterion, for the solver.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use microlp::{
    ComparisonOp, Error, OptimizationDirection, Problem, SolveOptions, TerminationReason, Variable,
};
use uuid::Uuid;

use super::model::{Candidate, Criterion, Demand, Topics, Worth};
use super::solve::{Failure, Found, floor};
use super::verify::worth;

/// How long the solver may search: steps, never time, so that the same question has the same answer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    nodes: u64,
}

impl Limits {
    /// For a handful of candidates.
    pub(super) const FEW: Self = Self { nodes: 500 };

    /// For so many candidates: a step takes the longer the more there are.
    pub(super) fn of(candidates: usize) -> Self {
        let steps = 200_000_u64 / u64::try_from(candidates.max(1)).unwrap_or(u64::MAX);
        Self { nodes: steps.clamp(50, 500) }
    }
}

/// The best choice of these candidates; what is known to be best by the weightier criteria is not looked for again.
pub(super) fn climb(
    demand: &Demand,
    candidates: &[Candidate],
    known: Option<(Found, Criterion)>,
    coverage: i32,
    limits: Limits,
) -> Result<Found, Failure> {
    let rows = Rows::of(demand, candidates);
    let (mut best, from) = match known {
        Some((found, criterion)) => (Some(Found { unproven: None, ..found }), criterion),
        None => (None, Criterion::Coverage),
    };
    for criterion in Criterion::ALL.into_iter().filter(|criterion| *criterion >= from) {
        let reached = best.as_ref().is_some_and(|found| {
            found.worth.by(criterion) == floor(demand, coverage, &found.worth, criterion)
        });
        if reached {
            continue;
        }
        let step = Step { demand, candidates, rows: &rows, criterion, best: best.as_ref(), limits };
        let found = step.solve(coverage)?;
        let unproven = best.as_ref().and_then(|found| found.unproven).or(found.unproven);
        best = Some(Found { unproven, ..found });
    }
    best.ok_or_else(|| Failure::Solver("nothing was solved".to_owned()))
}

/// What excludes what, by places in the list of candidates.
struct Rows {
    /// At most one of each.
    programs: Vec<BTreeSet<usize>>,
    /// At most as many of each as may go on at a time.
    days: Vec<BTreeSet<usize>>,
}

impl Rows {
    fn of(demand: &Demand, candidates: &[Candidate]) -> Self {
        let mut programs: BTreeMap<Uuid, BTreeMap<Option<Uuid>, BTreeSet<usize>>> = BTreeMap::new();
        for (index, it) in candidates.iter().enumerate() {
            programs.entry(it.program_id).or_default().entry(it.module_id).or_default().insert(index);
        }
        let mut exclusive = Vec::new();
        for mut places in programs.into_values() {
            let whole = places.remove(&None).unwrap_or_default();
            if places.is_empty() {
                exclusive.push(whole);
            } else {
                exclusive.extend(places.into_values().map(|module| &module | &whole));
            }
        }
        exclusive.retain(|row| row.len() > 1);
        let first_days: BTreeSet<NaiveDate> =
            candidates.iter().filter_map(|it| it.days).map(|(first, _)| first).collect();
        let mut days: Vec<BTreeSet<usize>> = Vec::new();
        for day in first_days {
            let running = candidates.iter().enumerate().filter(|(_, it)| it.runs_on(day));
            let row: BTreeSet<usize> = running.map(|(index, _)| index).collect();
            if row.len() <= demand.max_parallel {
                continue;
            }
            // Whoever goes on the day before and today as well need not be counted twice.
            if days.last().is_some_and(|last| last.is_subset(&row)) {
                days.pop();
            }
            days.push(row);
        }
        Self { programs: exclusive, days }
    }
}

/// One criterion after the weightier ones.
struct Step<'a> {
    demand: &'a Demand,
    candidates: &'a [Candidate],
    rows: &'a Rows,
    criterion: Criterion,
    best: Option<&'a Found>,
    limits: Limits,
}

type Row = Vec<(Variable, f64)>;

impl Step<'_> {
    fn solve(&self, coverage: i32) -> Result<Found, Failure> {
        let mut problem = Problem::new(OptimizationDirection::Minimize);
        let taken: Vec<Variable> = self
            .candidates
            .iter()
            .map(|it| problem.add_binary_var(f64::from(self.criterion.share(it))))
            .collect();
        self.forbid(&mut problem, &taken);
        let answered = self.answer(&mut problem, &taken, coverage);
        let short = self.fill(&mut problem, &taken);
        self.keep(&mut problem, &taken);
        let options = self.options(&taken, &answered, short);
        let outcome = match problem.solve_with(options) {
            Ok(outcome) => outcome,
            Err(Error::Infeasible) if self.best.is_none() => return Err(Failure::Asked),
            Err(error) => return Err(Failure::Solver(error.to_string())),
        };
        let proven = matches!(
            outcome.termination_reason(),
            TerminationReason::ProvenOptimal | TerminationReason::MipGap
        );
        let unproven = (!proven).then_some(self.criterion);
        let solution = match (outcome.into_solution(), self.best) {
            (Ok(solution), _) => solution,
            (Err(_), Some(best)) => return Ok(Found { unproven, ..best.clone() }),
            (Err(_), None) => return Err(Failure::Solver("the search ended without a choice".to_owned())),
        };
        let both = self.candidates.iter().zip(&taken);
        let chosen: Vec<&Candidate> =
            both.filter(|(_, taken)| solution.var_value(**taken) > 0.5).map(|(it, _)| it).collect();
        let wrong = |why: &str| Failure::Solver(format!("{}: {why}", self.criterion.as_str()));
        let worth = worth(self.demand, &chosen).ok_or_else(|| wrong("breaks what is asked"))?;
        if let Some(best) = self.best {
            if !self.holds(&best.worth, &worth) {
                return Err(wrong("is worse by a weightier criterion"));
            }
            if worth.by(self.criterion) > best.worth.by(self.criterion) {
                return Ok(Found { unproven, ..best.clone() });
            }
        }
        Ok(Found { chosen: chosen.into_iter().cloned().collect(), worth, unproven })
    }

    /// Whether nothing was lost by the weightier criteria.
    fn holds(&self, before: &Worth, after: &Worth) -> bool {
        let weightier = Criterion::ALL.into_iter().filter(|it| *it < self.criterion);
        weightier.into_iter().all(|it| after.by(it) <= before.by(it))
    }

    /// What excludes each other, and what is asked.
    fn forbid(&self, problem: &mut Problem, taken: &[Variable]) {
        let row = |places: &BTreeSet<usize>| -> Row {
            places.iter().filter_map(|place| Some((*taken.get(*place)?, 1.0))).collect()
        };
        for places in &self.rows.programs {
            problem.add_constraint(row(places), ComparisonOp::Le, 1.0);
        }
        let parallel = f64::from(i32::try_from(self.demand.max_parallel).unwrap_or(i32::MAX));
        for places in &self.rows.days {
            problem.add_constraint(row(places), ComparisonOp::Le, parallel);
        }
        if let Some(most) = self.demand.max_hours {
            problem.add_constraint(self.sum(taken, |it| it.hours), ComparisonOp::Le, f64::from(most));
        }
        if let Some(most) = self.demand.max_price {
            problem.add_constraint(self.sum(taken, |it| it.price), ComparisonOp::Le, f64::from(most));
        }
        for program in &self.demand.asked {
            let of_program = self.sum(taken, |it| i32::from(it.program_id == *program));
            problem.add_constraint(of_program, ComparisonOp::Ge, 1.0);
        }
    }

    /// Topics that are answered: each a variable of its own, unless all that can be answered must be.
    fn answer(&self, problem: &mut Problem, taken: &[Variable], coverage: i32) -> Vec<(Variable, Topics)> {
        let all = self.best.is_some_and(|best| best.worth.coverage == coverage);
        let mut answered = Vec::new();
        let mut weighed: Row = Vec::new();
        for (topic, weight) in self.demand.weights.iter().enumerate() {
            let topic = Topics::only(topic);
            let mut row = self.sum(taken, |it| i32::from(it.topics.hold(topic)));
            if row.is_empty() {
                continue;
            }
            if all {
                problem.add_constraint(row, ComparisonOp::Ge, 1.0);
                continue;
            }
            let gain = if self.criterion == Criterion::Coverage { -f64::from(*weight) } else { 0.0 };
            let variable = problem.add_binary_var(gain);
            row.push((variable, -1.0));
            problem.add_constraint(row, ComparisonOp::Ge, 0.0);
            weighed.push((variable, f64::from(*weight)));
            answered.push((variable, topic));
        }
        if let Some(best) = self.best.filter(|_| !all && self.criterion > Criterion::Coverage) {
            problem.add_constraint(weighed, ComparisonOp::Ge, f64::from(best.worth.coverage));
        }
        answered
    }

    /// The hours of the norm: what is short is a variable until it is settled.
    fn fill(&self, problem: &mut Problem, taken: &[Variable]) -> Option<Variable> {
        if self.demand.missing == 0 || self.criterion == Criterion::Coverage {
            return None;
        }
        let mut row = self.sum(taken, |it| it.counted);
        if self.criterion > Criterion::Norm {
            let short = self.best.map_or(0, |best| best.worth.short);
            problem.add_constraint(row, ComparisonOp::Ge, f64::from(self.demand.missing - short));
            return None;
        }
        let missing = f64::from(self.demand.missing);
        let short = problem.add_var(1.0, (0.0, missing));
        row.push((short, 1.0));
        problem.add_constraint(row, ComparisonOp::Ge, missing);
        Some(short)
    }

    /// Nothing is lost by the weightier criteria.
    fn keep(&self, problem: &mut Problem, taken: &[Variable]) {
        let Some(best) = self.best else { return };
        for criterion in [Criterion::Wishes, Criterion::Price, Criterion::Hours] {
            if criterion < self.criterion {
                let row = self.sum(taken, |it| criterion.share(it));
                problem.add_constraint(row, ComparisonOp::Le, f64::from(best.worth.by(criterion)));
            }
        }
    }

    /// Where to begin and when to end. All values are whole, so that a choice is the best one as soon as nothing can be
    /// better by a whole step.
    fn options(
        &self,
        taken: &[Variable],
        answered: &[(Variable, Topics)],
        short: Option<Variable>,
    ) -> SolveOptions {
        let mut options = SolveOptions::default();
        options.node_limit = Some(self.limits.nodes);
        let Some(best) = self.best else { return options };
        let topics = best.chosen.iter().fold(Topics::default(), |all, it| all.and(it.topics));
        let yes = |is: bool| if is { 1.0 } else { 0.0 };
        let both = self.candidates.iter().zip(taken);
        let mut start: Row = both.map(|(it, variable)| (*variable, yes(best.chosen.contains(it)))).collect();
        start.extend(answered.iter().map(|(variable, topic)| (*variable, yes(topics.hold(*topic)))));
        start.extend(short.map(|variable| (variable, f64::from(best.worth.short))));
        options.warm_start = Some(start);
        if self.criterion > Criterion::Coverage {
            options.mip_gap = 0.9 / f64::from(best.worth.by(self.criterion).saturating_add(1));
        }
        options
    }

    fn sum(&self, taken: &[Variable], share: impl Fn(&Candidate) -> i32) -> Row {
        let both = self.candidates.iter().zip(taken);
        both.map(|(it, variable)| (*variable, share(it)))
            .filter(|(_, share)| *share != 0)
            .map(|(variable, share)| (variable, f64::from(share)))
            .collect()
    }
}
