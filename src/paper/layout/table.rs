//! Tables: broken over pages, with their heads repeated.

use super::super::font::Cut;
use super::super::wrap::wrapped;
use super::super::{Column, Table};
use super::{CELL, Desk, Ink, LEADING, LEFT, PADDING, TOP, height_of, words};

impl Desk {
    /// A table, with so much room kept below its last row.
    pub(super) fn table(&mut self, table: &Table, keep: f32) {
        let widths = widths(&table.columns, self.width());
        let heads: Vec<String> = table.columns.iter().map(|column| column.heading.clone()).collect();
        let heads = row(&heads, &table.columns, &widths, Cut::Bold);
        let alone = table.rows.len() <= 1;
        self.need(self.head_and_first_row(table) + if alone { keep } else { 0.0 });
        self.row(&heads, &widths, true);
        for (cells, place) in table.rows.iter().zip(1..) {
            let mut rest = row(cells, &table.columns, &widths, Cut::Plain);
            let mut keep = if place == table.rows.len() { keep } else { 0.0 };
            loop {
                let room = self.floor() - self.y - keep;
                if rest.height() <= room {
                    self.row(&rest, &widths, false);
                    break;
                }
                // What fits on a page of its own is not torn apart.
                let whole_page = self.floor() - TOP - heads.height();
                let torn = (rest.height() > whole_page).then(|| rest.split(self.floor() - self.y)).flatten();
                if let Some((first, later)) = torn {
                    self.row(&first, &widths, false);
                    rest = later;
                }
                self.turn();
                self.row(&heads, &widths, true);
                // On a page of its own there is nothing more to be gained.
                keep = 0.0;
                if self.floor() - self.y < CELL * LEADING * 2.0 + PADDING * 2.0 {
                    // Heads that fill the page: better a page too full than one after another.
                    self.row(&rest, &widths, false);
                    break;
                }
            }
        }
        self.y += 4.0;
    }

    /// How much of a table stays together at its beginning: its heads and its first row, or two lines of a long one.
    pub(super) fn head_and_first_row(&self, table: &Table) -> f32 {
        let widths = widths(&table.columns, self.width());
        let heads: Vec<String> = table.columns.iter().map(|column| column.heading.clone()).collect();
        let heads = row(&heads, &table.columns, &widths, Cut::Bold).height();
        let first = table.rows.first().map(|cells| row(cells, &table.columns, &widths, Cut::Plain).height());
        let two_lines = CELL * LEADING * 2.0 + PADDING * 2.0;
        let whole = first.filter(|first| heads + first <= self.floor() - TOP);
        heads + whole.unwrap_or(two_lines)
    }

    fn row(&mut self, row: &Row, widths: &[f32], head: bool) {
        let (top, height) = (self.y, row.height());
        let width: f32 = widths.iter().sum();
        if head {
            self.page.inks.push(Ink::Area { x: LEFT, y: top, width, height, shade: 232 });
            self.page.inks.push(Ink::Area { x: LEFT, y: top, width, height: 0.5, shade: 110 });
        }
        let mut x = LEFT;
        for (cell, width) in row.cells.iter().zip(widths) {
            self.page.inks.push(Ink::Area { x, y: top, width: 0.5, height, shade: 110 });
            for (line, number) in cell.lines.iter().zip(0_u16..) {
                let base = top + PADDING + CELL + f32::from(number) * CELL * LEADING;
                let words_x =
                    if cell.numbers { x + width - PADDING - row.cut.width(line, CELL) } else { x + PADDING };
                self.page.inks.push(words(words_x, base, CELL, row.cut, false, line.clone()));
            }
            x += width;
        }
        self.page.inks.push(Ink::Area { x, y: top, width: 0.5, height, shade: 110 });
        self.page.inks.push(Ink::Area {
            x: LEFT,
            y: top + height,
            width: width + 0.5,
            height: 0.5,
            shade: 110,
        });
        self.y += height;
    }
}

/// A row with its words wrapped.
struct Row {
    cut: Cut,
    cells: Vec<Cell>,
}

struct Cell {
    lines: Vec<String>,
    numbers: bool,
}

impl Row {
    fn height(&self) -> f32 {
        let lines = self.cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(0).max(1);
        height_of(lines) * CELL * LEADING + PADDING * 2.0
    }

    /// As many lines as there is room for, and the rest; none when there is no room for two.
    fn split(&self, room: f32) -> Option<(Self, Self)> {
        let mut first = Self { cut: self.cut, cells: Vec::new() };
        let mut later = Self { cut: self.cut, cells: Vec::new() };
        let fits =
            (0_u16..400).take_while(|lines| f32::from(*lines) * CELL * LEADING + PADDING * 2.0 <= room);
        let number = usize::from(fits.last().unwrap_or(0));
        if number < 2 {
            return None;
        }
        for cell in &self.cells {
            let (top, rest) = cell.lines.split_at(number.min(cell.lines.len()));
            first.cells.push(Cell { lines: top.to_vec(), numbers: cell.numbers });
            later.cells.push(Cell { lines: rest.to_vec(), numbers: cell.numbers });
        }
        Some((first, later))
    }
}

fn row(cells: &[String], columns: &[Column], widths: &[f32], cut: Cut) -> Row {
    let empty = String::new();
    let cells = columns.iter().zip(widths).enumerate().map(|(place, (column, width))| Cell {
        lines: wrapped(cut, cells.get(place).unwrap_or(&empty), CELL, width - PADDING * 2.0),
        numbers: column.numbers,
    });
    Row { cut, cells: cells.collect() }
}

fn widths(columns: &[Column], all: f32) -> Vec<f32> {
    let shares: f32 = columns.iter().map(|column| f32::from(column.share.max(1))).sum();
    columns.iter().map(|column| all * f32::from(column.share.max(1)) / shares).collect()
}
