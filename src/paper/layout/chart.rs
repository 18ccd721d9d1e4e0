//! Charts: bars one below the other, lines over days.

use super::super::font::Cut;
use super::super::wrap::wrapped;
use super::super::{Bar, Curve, Curves};
use super::{CELL, Desk, Ink, LEADING, LEFT, RIGHT, height_of, with_left, words};

/// Height of the field of lines.
const FIELD: f32 = 96.0;
/// Room above the field, for the number of a point at its top.
const ABOVE: f32 = 14.0;
/// Room below the field, for the days.
const BELOW: f32 = 16.0;
/// Room at the left, for the ticks.
const TICKS: f32 = 62.0;
/// Room at the right, for half of the last number.
const MARGIN: f32 = 34.0;
/// Height of a line of the legend.
const LEGEND: f32 = CELL * LEADING + 2.0;
/// Size of the numbers in charts.
const SMALL: f32 = 7.5;
/// Room between a bar and its words.
const GAP: f32 = 6.0;

/// How lines are told apart in black and white: shade and dashes.
const STYLES: [(u8, &[f32]); 8] = [
    (30, &[]),
    (30, &[5.0, 2.5]),
    (30, &[1.2, 2.0]),
    (130, &[]),
    (130, &[5.0, 2.5]),
    (130, &[1.2, 2.0]),
    (80, &[9.0, 2.0, 1.2, 2.0]),
    (160, &[9.0, 2.0, 1.2, 2.0]),
];

/// How high the chart is.
pub(super) fn height(curves: &Curves) -> f32 {
    let legend = curves.lines.iter().filter(|curve| !curve.name.is_empty()).count();
    ABOVE + FIELD + BELOW + height_of(legend) * LEGEND
}

impl Desk {
    /// Bars, with so much room kept below the last.
    pub(super) fn bars(&mut self, bars: &[Bar], keep: f32) {
        let width = self.width();
        let (names, values) = (width * 0.36, width * 0.28);
        let room = width - names - values - GAP * 2.0;
        for (bar, left) in with_left(bars) {
            let cut = if bar.strong { Cut::Bold } else { Cut::Plain };
            let name = wrapped(cut, &bar.name, CELL, names);
            let value = wrapped(cut, &bar.value, CELL, values);
            let line = CELL * LEADING;
            let height = height_of(name.len().max(value.len()).max(1)) * line + 3.0;
            self.need(height + if left == 1 { keep } else { 0.0 });
            let x = LEFT + names + GAP;
            let (top, thick) = (self.y + 1.5, CELL);
            self.page.inks.push(Ink::Area { x, y: top, width: room, height: thick, shade: 238 });
            if let Some(length) = bar.length.filter(|length| *length > 0) {
                let width = room * f32::from(length.min(1_000)) / 1_000.0;
                let shade = if bar.strong { 70 } else { 130 };
                self.page.inks.push(Ink::Area { x, y: top, width, height: thick, shade });
            }
            for (column, lines) in [(LEFT, name), (x + room + GAP, value)] {
                for (text, number) in lines.into_iter().zip(0_u16..) {
                    let base = self.y + CELL + f32::from(number) * line;
                    self.page.inks.push(words(column, base, CELL, cut, false, text));
                }
            }
            self.y += height;
        }
        self.y += 2.0;
    }

    /// Lines over days with what they are called, with so much room kept below.
    pub(super) fn curves(&mut self, curves: &Curves, keep: f32) {
        self.need(height(curves) + keep);
        let (left, right) = (LEFT + TICKS, self.size.0 - RIGHT - MARGIN);
        let top = self.y + ABOVE;
        let floor = top + FIELD;
        let steps = height_of(curves.ticks.len().saturating_sub(1).max(1));
        for (tick, step) in curves.ticks.iter().zip(0_u16..) {
            let y = floor - FIELD * f32::from(step) / steps;
            let shade = if step == 0 { 110 } else { 215 };
            self.page.inks.push(Ink::Area { x: left, y, width: right - left, height: 0.5, shade });
            let x = left - GAP - Cut::Plain.width(tick, SMALL);
            self.page.inks.push(words(x, y + SMALL * 0.35, SMALL, Cut::Plain, true, tick.clone()));
        }
        let places = height_of(curves.days.len().saturating_sub(1).max(1));
        let across = |place: u16| left + (right - left) * f32::from(place) / places;
        for (day, place) in curves.days.iter().zip(0_u16..) {
            let x = across(place) - Cut::Plain.width(day, SMALL) / 2.0;
            self.page.inks.push(words(x, floor + SMALL + 4.0, SMALL, Cut::Plain, true, day.clone()));
        }
        let alone = curves.lines.len() == 1;
        self.y = floor + BELOW;
        for (curve, style) in curves.lines.iter().zip(STYLES.iter().cycle()) {
            self.curve(curve, *style, alone, |place, height| {
                (across(place), floor - FIELD * f32::from(height.min(1_000)) / 1_000.0)
            });
            if !curve.name.is_empty() {
                self.legend(&curve.name, *style);
            }
        }
    }

    /// One line with its points; alone in its chart, with their numbers.
    fn curve(
        &mut self,
        curve: &Curve,
        (shade, dashes): (u8, &'static [f32]),
        alone: bool,
        at: impl Fn(u16, u16) -> (f32, f32),
    ) {
        let mut run = Vec::new();
        let mut runs = Vec::new();
        for (point, place) in curve.points.iter().zip(0_u16..) {
            let Some((height, value)) = point else {
                runs.push(std::mem::take(&mut run));
                continue;
            };
            let (x, y) = at(place, *height);
            run.push((x, y));
            self.page.inks.push(Ink::Area { x: x - 1.8, y: y - 1.8, width: 3.6, height: 3.6, shade });
            if alone {
                // The first number stands clear of the scale.
                let x = if place == 0 { x + 3.0 } else { x - Cut::Plain.width(value, SMALL) / 2.0 };
                self.page.inks.push(words(x, y - 5.0, SMALL, Cut::Plain, false, value.clone()));
            }
        }
        runs.push(run);
        let lines = runs.into_iter().filter(|run| run.len() > 1);
        self.page.inks.extend(lines.map(|points| Ink::Line { points, width: 1.2, shade, dashes }));
    }

    fn legend(&mut self, name: &str, (shade, dashes): (u8, &'static [f32])) {
        let (x, y) = (LEFT + TICKS, self.y + CELL * 0.65);
        self.page.inks.push(Ink::Line { points: vec![(x, y), (x + 30.0, y)], width: 1.2, shade, dashes });
        self.page.inks.push(Ink::Area { x: x + 13.2, y: y - 1.8, width: 3.6, height: 3.6, shade });
        let (x, room) = (x + 30.0 + GAP, self.size.0 - RIGHT - x - 30.0 - GAP);
        let line = wrapped(Cut::Plain, name, CELL, room).into_iter().next().unwrap_or_default();
        self.page.inks.push(words(x, self.y + CELL, CELL, Cut::Plain, false, line));
        self.y += LEGEND;
    }
}
