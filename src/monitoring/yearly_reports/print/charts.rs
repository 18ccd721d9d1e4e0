//! Measures as charts: how long bars are, how high points stand. Pure.

use chrono::NaiveDate;

use super::numbers::{amount, cell, share};
use super::{Told, key_name};
use crate::learning_routes::documents::day;
use crate::learning_routes::documents::words::Words;
use crate::monitoring::measures::model::{Definition, Numbers, Unit};
use crate::monitoring::measures::service::{NamedLine, SeriesLine};
use crate::paper::{Bar, Curve, Curves};

/// How many lines one chart holds.
const LINES: usize = 8;
/// Into how many parts the ticks divide a chart.
const PARTS: i64 = 4;

/// The unit itself and those directly under it.
pub(super) fn bars_of_places(told: &Told<'_>, words: Words) -> Vec<Bar> {
    let scale = Scale::of(told.unit(), told.lines.iter().map(|line| line.line.shown));
    let bar = |line: &&NamedLine| Bar {
        name: line.name.clone(),
        length: line.line.shown.and_then(|numbers| scale.height(numbers)),
        value: cell(line.line.shown, told.unit(), words),
        strong: line.line.place == told.place,
    };
    told.lines.iter().map(bar).collect()
}

/// The keys of the unit itself.
pub(super) fn bars_of_keys(told: &Told<'_>, words: Words) -> Vec<Bar> {
    let scale = Scale::of(told.unit(), told.own().map(|line| line.line.shown));
    let bar = |line: &NamedLine| Bar {
        name: told.key(line, words),
        length: line.line.shown.and_then(|numbers| scale.height(numbers)),
        value: cell(line.line.shown, told.unit(), words),
        strong: false,
    };
    told.own().map(bar).collect()
}

/// How a measure went; none where there are fewer than two days to join.
pub(super) fn curves(
    days: &[NaiveDate],
    series: &[SeriesLine],
    definition: &Definition,
    words: Words,
) -> Option<Curves> {
    let unit = definition.unit;
    let scale = Scale::of(unit, series.iter().flat_map(|line| line.points.iter().map(|point| point.shown)));
    let point = |shown: Option<Numbers>| {
        let numbers = shown?;
        let says = match unit {
            Unit::Percent => share(numbers),
            Unit::Kopecks => amount(numbers.numerator, words),
        };
        Some((scale.height(numbers)?, says))
    };
    let mut lines: Vec<Curve> = series
        .iter()
        .map(|line| Curve {
            name: match &definition.key {
                Some(_) => key_name(definition.measure, &line.key, line.label.as_deref(), words),
                None => String::new(),
            },
            points: line.points.iter().map(|it| point(it.shown)).collect(),
        })
        .filter(|curve| curve.points.iter().flatten().count() > 1)
        .collect();
    if lines.len() > 1 {
        // A line along the floor says what its bar says.
        lines.retain(|curve| curve.points.iter().flatten().any(|(height, _)| *height > 0));
    }
    lines.sort_by_key(|curve| {
        std::cmp::Reverse(curve.points.last().and_then(Option::as_ref).map(|(height, _)| *height))
    });
    lines.truncate(LINES);
    let ticks = (0..=PARTS).map(|part| {
        let value = scale.top * part / PARTS;
        match unit {
            Unit::Percent => format!("{value} %"),
            Unit::Kopecks => amount(value, words),
        }
    });
    let days = days.iter().map(|it| day(*it)).collect();
    (!lines.is_empty()).then(|| Curves { days, ticks: ticks.collect(), lines })
}

/// What the whole height of a chart is.
struct Scale {
    unit: Unit,
    top: i64,
}

impl Scale {
    /// One that all the numbers fit into: a hundred per cent, or a round number above all.
    fn of(unit: Unit, shown: impl Iterator<Item = Option<Numbers>>) -> Self {
        let values = shown.flatten().filter_map(|numbers| value(unit, numbers));
        let most = values.max().unwrap_or_default();
        let top = match unit {
            Unit::Percent if most <= 100 => 100,
            _ => round_above(most),
        };
        Self { unit, top }
    }

    /// How high a number stands, in thousandths.
    fn height(&self, numbers: Numbers) -> Option<u16> {
        let height = (i128::from(value(self.unit, numbers)?) * 1_000).checked_div(i128::from(self.top))?;
        u16::try_from(height.clamp(0, 1_000)).ok()
    }
}

fn value(unit: Unit, numbers: Numbers) -> Option<i64> {
    match unit {
        Unit::Percent => numbers.percent(),
        Unit::Kopecks => Some(numbers.numerator),
    }
}

/// The least of 4, 8, 20, 40, 80, 200 … that is not less: a quarter of it is a whole number.
fn round_above(most: i64) -> i64 {
    let powers = std::iter::successors(Some(4_i64), |power| power.checked_mul(10));
    let steps = powers.flat_map(|power| [Some(power), power.checked_mul(2), power.checked_mul(5)]);
    steps.flatten().find(|step| *step >= most).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_is_round_and_holds_every_number() {
        let money = |kopecks| Some(Numbers { numerator: kopecks, denominator: 0, people: 0 });
        let scale = Scale::of(Unit::Kopecks, [money(1_234_567), None, money(7)].into_iter());
        assert_eq!(scale.top, 2_000_000);
        assert_eq!(scale.height(money(1_000_000).unwrap()), Some(500));
        let part = |numerator, denominator| Some(Numbers { numerator, denominator, people: 0 });
        assert_eq!(Scale::of(Unit::Percent, [part(1, 3)].into_iter()).top, 100);
        assert_eq!(Scale::of(Unit::Percent, [part(3, 2)].into_iter()).top, 200);
        assert_eq!(Scale::of(Unit::Percent, std::iter::empty()).height(part(0, 0).unwrap()), None);
        assert_eq!(round_above(0), 4);
        assert_eq!(round_above(400), 400);
    }
}
