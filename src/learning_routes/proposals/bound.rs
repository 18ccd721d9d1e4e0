//! What no choice can be better than, and which candidates cannot be in a choice that is as good as a known one.
//!
//! Each row gets a price for every unit of it. A choice that keeps the rows is worth at least what they are worth at these
//! prices, and a candidate whose own cost exceeds what it gives to the rows makes it dearer by the difference. That holds
//! for any prices that are not negative; the solver only finds prices that make much of it, so nothing depends on its
//! being right.

use microlp::{ComparisonOp, OptimizationDirection, Problem};

use super::model::{Candidate, Criterion};
use super::table::{Share, Table};

/// By what part of themselves sums of such numbers may be wrong.
const INEXACT: f64 = 1e-6;

/// What is known of all choices.
pub(super) struct Bound {
    /// No choice costs less.
    pub(super) least: f64,
    /// What each candidate costs beyond what it gives to the rows; less than nothing when the prices are too high for it.
    beyond: Vec<f64>,
}

impl Bound {
    /// Weighs all candidates by a table of some of them: of those at the places `pool`.
    pub(super) fn of(
        table: &Table,
        criterion: Criterion,
        candidates: &[Candidate],
        pool: &[usize],
    ) -> Option<Self> {
        let prices = prices(table)?;
        let mut columns: Vec<f64> = table.columns.iter().map(|column| f64::from(column.cost)).collect();
        let mut least = 0.0;
        for (row, price) in table.rows.iter().zip(&prices) {
            least += f64::from(row.least) * price;
            for (column, share) in &row.entries {
                *columns.get_mut(*column)? -= f64::from(*share) * price;
            }
        }
        // Rows about single days and programs know nothing of the others: those are judged without them.
        let priced: Vec<(Share, f64)> = table
            .rows
            .iter()
            .zip(&prices)
            .filter(|(row, price)| row.share != Share::Nothing && **price > 0.0)
            .map(|(row, price)| (row.share, *price))
            .collect();
        let beyond = |it: &Candidate| {
            let given: f64 = priced.iter().map(|(share, price)| f64::from(share.of(it)) * price).sum();
            f64::from(criterion.share(it)) - given
        };
        let mut beyond: Vec<f64> = candidates.iter().map(beyond).collect();
        for (place, column) in pool.iter().zip(&columns) {
            *beyond.get_mut(*place)? = *column;
        }
        least += beyond.iter().map(|cost| cost.min(0.0)).sum::<f64>();
        let others = table.columns.iter().zip(&columns).skip(pool.len());
        least += others.map(|(column, cost)| cost.min(0.0) * f64::from(column.most)).sum::<f64>();
        Some(Self { least, beyond })
    }

    /// Whether a choice with the candidate at that place may cost no more than that.
    pub(super) fn allows(&self, place: usize, cost: i32) -> bool {
        let beyond = self.beyond.get(place).map_or(0.0, |beyond| beyond.max(0.0));
        self.least + beyond <= f64::from(cost) + INEXACT * (1.0 + self.least.abs())
    }

    /// For which candidates the prices are too high, the most wronged first.
    pub(super) fn wronged(&self) -> Vec<usize> {
        let mut wronged: Vec<(usize, f64)> =
            self.beyond.iter().copied().enumerate().filter(|(_, beyond)| *beyond < -INEXACT).collect();
        wronged.sort_by(|(place, one), (other_place, other)| {
            one.total_cmp(other).then_with(|| place.cmp(other_place))
        });
        wronged.into_iter().map(|(place, _)| place).collect()
    }
}

/// The prices of the rows: the problem turned round, as if parts of things could be taken. None when the solver fails.
fn prices(table: &Table) -> Option<Vec<f64>> {
    let mut problem = Problem::new(OptimizationDirection::Maximize);
    let mut price = |worth: f64| problem.add_var(worth, (0.0, f64::INFINITY));
    let rows: Vec<_> = table.rows.iter().map(|row| price(f64::from(row.least))).collect();
    let most: Vec<_> = table.columns.iter().map(|column| price(-f64::from(column.most))).collect();
    let mut given: Vec<Vec<_>> = most.into_iter().map(|most| vec![(most, -1.0)]).collect();
    for (row, price) in table.rows.iter().zip(&rows) {
        for (column, share) in &row.entries {
            given.get_mut(*column)?.push((*price, f64::from(*share)));
        }
    }
    for (given, column) in given.into_iter().zip(&table.columns) {
        problem.add_constraint(given, ComparisonOp::Le, f64::from(column.cost));
    }
    let solution = problem.solve().ok()?.into_solution().ok()?;
    Some(rows.iter().map(|row| solution.var_value(*row).max(0.0)).collect())
}
