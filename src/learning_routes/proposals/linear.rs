//! One criterion as a problem of whole numbers for the solver.

use std::collections::{BTreeMap, BTreeSet};

use microlp::{
    ComparisonOp, Error, OptimizationDirection, Problem, SolveOptions, TerminationReason, Variable,
};

use super::model::{Candidate, Criterion, Demand, Topics, Worth};
use super::solve::{Failure, Found};
use super::table::{Table, What};
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
        let steps = 400_000_u64 / u64::try_from(candidates.max(1)).unwrap_or(u64::MAX);
        Self { nodes: steps.clamp(100, 1_000) }
    }
}

/// The best of these candidates by one criterion, when nothing is lost by the weightier ones.
pub(super) fn solve(
    demand: &Demand,
    candidates: &[Candidate],
    criterion: Criterion,
    best: Option<&Found>,
    coverage: i32,
    limits: Limits,
) -> Result<Found, Failure> {
    let mut table = Table::of(demand, candidates, criterion, best, coverage);
    for group in groups(candidates, criterion).values().filter(|group| group.len() > 1) {
        table.count_together(group);
    }
    Step { demand, candidates, table: &table, criterion, best, limits }.solve()
}

/// Candidates that add the same to what the criterion is about.
fn groups(candidates: &[Candidate], criterion: Criterion) -> BTreeMap<(i32, i32), BTreeSet<usize>> {
    let mut groups: BTreeMap<(i32, i32), BTreeSet<usize>> = BTreeMap::new();
    for (place, it) in candidates.iter().enumerate() {
        let adds = match criterion {
            Criterion::Norm | Criterion::Hours => (it.hours, it.counted),
            Criterion::Coverage | Criterion::Wishes | Criterion::Price => (criterion.share(it), 0),
        };
        if adds != (0, 0) {
            groups.entry(adds).or_default().insert(place);
        }
    }
    groups
}

/// One criterion after the weightier ones.
struct Step<'a> {
    demand: &'a Demand,
    candidates: &'a [Candidate],
    table: &'a Table,
    criterion: Criterion,
    best: Option<&'a Found>,
    limits: Limits,
}

impl Step<'_> {
    fn solve(&self) -> Result<Found, Failure> {
        let mut problem = Problem::new(OptimizationDirection::Minimize);
        let columns: Vec<Variable> = self
            .table
            .columns
            .iter()
            .map(|column| problem.add_integer_var(f64::from(column.cost), (0, column.most)))
            .collect();
        for row in &self.table.rows {
            let entries: Vec<(Variable, f64)> = row
                .entries
                .iter()
                .filter_map(|(column, share)| Some((*columns.get(*column)?, f64::from(*share))))
                .collect();
            problem.add_constraint(entries, ComparisonOp::Ge, f64::from(row.least));
        }
        let outcome = match problem.solve_with(self.options(&columns)) {
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
        let both = self.candidates.iter().zip(&columns);
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

    /// Where to begin and when to end. All values are whole, so that a choice is the best one as soon as nothing can be
    /// better by a whole step.
    fn options(&self, columns: &[Variable]) -> SolveOptions {
        let mut options = SolveOptions::default();
        options.node_limit = Some(self.limits.nodes);
        let Some(best) = self.best else { return options };
        let topics = best.chosen.iter().fold(Topics::default(), |all, it| all.and(it.topics));
        let value = |what: What| match what {
            What::Taken(place) => {
                Some(i32::from(self.candidates.get(place).is_some_and(|it| best.chosen.contains(it))))
            }
            What::Answered(topic) => Some(i32::from(topics.hold(topic))),
            What::Short => Some(best.worth.short),
            What::Number => None,
        };
        let known = self.table.columns.iter().zip(columns);
        let known = known.filter_map(|(column, variable)| Some((*variable, f64::from(value(column.what)?))));
        options.warm_start = Some(known.collect());
        if self.criterion > Criterion::Coverage {
            options.mip_gap = 0.9 / f64::from(best.worth.by(self.criterion).saturating_add(1));
        }
        options
    }
}
