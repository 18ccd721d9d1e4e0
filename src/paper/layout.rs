//! Where everything stands: words wrapped to lines, tables broken over pages with their heads repeated. Pure.

use super::font::Cut;
use super::{Block, Column, Document, Section, Sheet, Signature, Table};

/// The short and the long side of A4 in points.
const A4: (f32, f32) = (595.28, 841.89);
const LEFT: f32 = 56.7;
const RIGHT: f32 = 42.5;
const TOP: f32 = 48.0;
const BOTTOM: f32 = 56.7;
/// Size of the running text.
const TEXT: f32 = 10.0;
/// Size of what stands in tables.
const CELL: f32 = 8.5;
/// Height of a line compared with the size of its letters.
const LEADING: f32 = 1.3;
/// Room between a cell's edge and its words.
const PADDING: f32 = 3.5;

/// Something to be drawn; `y` grows downwards.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Ink {
    /// Words on one line, by their base line.
    Words { x: f32, y: f32, size: f32, cut: Cut, grey: bool, text: String },
    /// A filled rectangle: lines and grounds.
    Area { x: f32, y: f32, width: f32, height: f32, shade: u8 },
}

/// A page.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Page {
    pub(super) inks: Vec<Ink>,
}

/// The pages of a document, and their size.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Pages {
    pub(super) size: (f32, f32),
    pub(super) pages: Vec<Page>,
}

/// Lays a document out.
pub(super) fn pages(document: &Document) -> Pages {
    let size = match document.sheet {
        Sheet::Portrait => A4,
        Sheet::Landscape => (A4.1, A4.0),
    };
    let mut desk = Desk { size, done: Vec::new(), page: Page::default(), y: TOP };
    desk.centred(&document.title, 15.0, Cut::Bold);
    if let Some(subtitle) = &document.subtitle {
        desk.centred(subtitle, 11.0, Cut::Plain);
    }
    desk.space(6.0);
    for section in &document.sections {
        desk.section(section);
    }
    if !document.signatures.is_empty() {
        desk.signatures(&document.signatures);
    }
    desk.done.push(desk.page);
    let mut pages = Pages { size, pages: desk.done };
    number(&mut pages, document);
    pages
}

/// The foot of each page.
fn number(pages: &mut Pages, document: &Document) {
    let all = pages.pages.len();
    let (width, height) = pages.size;
    for (page, number) in pages.pages.iter_mut().zip(1..) {
        let y = height - BOTTOM + 26.0;
        page.inks.push(Ink::Area {
            x: LEFT,
            y: y - 11.0,
            width: width - LEFT - RIGHT,
            height: 0.4,
            shade: 160,
        });
        let numbering = format!("{} {number} {} {all}", document.page_word, document.of_word);
        let x = width - RIGHT - Cut::Plain.width(&numbering, 8.0);
        let room = x - LEFT - 12.0;
        let footer = wrapped(Cut::Plain, &document.footer, 8.0, room).into_iter().next().unwrap_or_default();
        page.inks.push(words(LEFT, y, 8.0, Cut::Plain, true, footer));
        page.inks.push(words(x, y, 8.0, Cut::Plain, true, numbering));
    }
}

fn words(x: f32, y: f32, size: f32, cut: Cut, grey: bool, text: String) -> Ink {
    Ink::Words { x, y, size, cut, grey, text }
}

/// The page being written.
struct Desk {
    size: (f32, f32),
    done: Vec<Page>,
    page: Page,
    y: f32,
}

impl Desk {
    const fn width(&self) -> f32 {
        self.size.0 - LEFT - RIGHT
    }

    const fn floor(&self) -> f32 {
        self.size.1 - BOTTOM
    }

    fn is_fresh(&self) -> bool {
        self.page.inks.is_empty()
    }

    fn turn(&mut self) {
        self.done.push(std::mem::take(&mut self.page));
        self.y = TOP;
    }

    /// A new page when there is not so much room left on this one.
    fn need(&mut self, height: f32) {
        if self.y + height > self.floor() && !self.is_fresh() {
            self.turn();
        }
    }

    fn space(&mut self, height: f32) {
        if !self.is_fresh() {
            self.y += height;
        }
    }

    fn put(&mut self, x: f32, size: f32, cut: Cut, grey: bool, text: String) {
        let base = self.y + size;
        self.page.inks.push(words(x, base, size, cut, grey, text));
    }

    fn centred(&mut self, text: &str, size: f32, cut: Cut) {
        for line in wrapped(cut, text, size, self.width()) {
            self.need(size * LEADING);
            let x = LEFT + (self.width() - cut.width(&line, size)) / 2.0;
            self.put(x, size, cut, false, line);
            self.y += size * LEADING;
        }
        self.space(2.0);
    }

    fn lines(&mut self, text: &str, x: f32, cut: Cut, grey: bool) {
        for line in wrapped(cut, text, TEXT, self.size.0 - RIGHT - x) {
            self.need(TEXT * LEADING);
            self.put(x, TEXT, cut, grey, line);
            self.y += TEXT * LEADING;
        }
    }

    fn section(&mut self, section: &Section) {
        if let Some(heading) = &section.heading {
            self.space(9.0);
            // A heading never stands alone at the foot of a page.
            self.need(12.0 * LEADING + 44.0);
            for line in wrapped(Cut::Bold, heading, 11.5, self.width()) {
                self.put(LEFT, 11.5, Cut::Bold, false, line);
                self.y += 11.5 * LEADING;
            }
            self.y += 2.0;
        }
        for block in &section.blocks {
            match block {
                Block::Text(text) => self.lines(text, LEFT, Cut::Plain, false),
                Block::Missing(text) => self.missing(text),
                Block::Facts(facts) => self.facts(facts),
                Block::List(items) => {
                    for item in items {
                        self.need(TEXT * LEADING);
                        self.put(LEFT + 4.0, TEXT, Cut::Plain, false, "•".to_owned());
                        self.lines(item, LEFT + 16.0, Cut::Plain, false);
                    }
                }
                Block::Table(table) => self.table(table),
            }
            self.space(4.0);
        }
    }

    fn missing(&mut self, text: &str) {
        let lines = wrapped(Cut::Plain, text, TEXT, self.width() - 12.0);
        for line in lines {
            self.need(TEXT * LEADING);
            let (y, height) = (self.y, TEXT * LEADING);
            self.page.inks.push(Ink::Area { x: LEFT, y, width: 2.5, height, shade: 120 });
            self.put(LEFT + 10.0, TEXT, Cut::Plain, true, line);
            self.y += height;
        }
    }

    /// Names at the left, what they are at the right.
    fn facts(&mut self, facts: &[(String, String)]) {
        let names = (self.width() * 0.34).min(210.0);
        for (name, value) in facts {
            let left = wrapped(Cut::Plain, name, TEXT, names - 8.0);
            let right = wrapped(Cut::Plain, value, TEXT, self.width() - names);
            let number = left.len().max(right.len());
            // A long value goes over to the next page line by line; its name stays with its first line.
            self.need(TEXT * LEADING * 2.0_f32.min(height_of(number)));
            let (mut left, mut right) = (left.into_iter(), right.into_iter());
            for _ in 0..number {
                self.need(TEXT * LEADING);
                if let Some(line) = left.next() {
                    self.put(LEFT, TEXT, Cut::Plain, true, line);
                }
                if let Some(line) = right.next() {
                    self.put(LEFT + names, TEXT, Cut::Plain, false, line);
                }
                self.y += TEXT * LEADING;
            }
            self.y += 1.5;
        }
    }

    fn table(&mut self, table: &Table) {
        let widths = widths(&table.columns, self.width());
        let heads: Vec<String> = table.columns.iter().map(|column| column.heading.clone()).collect();
        let heads = row(&heads, &table.columns, &widths, Cut::Bold);
        self.need(heads.height() + CELL * LEADING * 2.0 + PADDING * 2.0);
        self.row(&heads, &widths, true);
        for cells in &table.rows {
            let mut rest = row(cells, &table.columns, &widths, Cut::Plain);
            loop {
                let room = self.floor() - self.y;
                if rest.height() <= room {
                    self.row(&rest, &widths, false);
                    break;
                }
                // What fits on a page of its own is not torn apart.
                let whole_page = self.floor() - TOP - heads.height();
                let torn = (rest.height() > whole_page).then(|| rest.split(room)).flatten();
                if let Some((first, later)) = torn {
                    self.row(&first, &widths, false);
                    rest = later;
                }
                self.turn();
                self.row(&heads, &widths, true);
                if self.floor() - self.y < CELL * LEADING * 2.0 + PADDING * 2.0 {
                    // Heads that fill the page: better a page too full than one after another.
                    self.row(&rest, &widths, false);
                    break;
                }
            }
        }
        self.y += 4.0;
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

    fn signatures(&mut self, signatures: &[Signature]) {
        self.space(16.0);
        for signature in signatures {
            let room = self.width() * 0.42;
            let lines = wrapped(Cut::Plain, &signature.role, TEXT, room - 10.0);
            self.need(height_of(lines.len()) * TEXT * LEADING + 18.0);
            let first = self.y;
            for line in lines {
                self.put(LEFT, TEXT, Cut::Plain, false, line);
                self.y += TEXT * LEADING;
            }
            let base = first + TEXT + 1.5;
            let (x, width) = (LEFT + room, self.width() * 0.24);
            self.page.inks.push(Ink::Area { x, y: base, width, height: 0.5, shade: 90 });
            let x = x + width + 10.0;
            let width = self.size.0 - RIGHT - x;
            match &signature.name {
                Some(name) => {
                    let line = wrapped(Cut::Plain, name, TEXT, width).into_iter().next().unwrap_or_default();
                    self.page.inks.push(words(x, first + TEXT, TEXT, Cut::Plain, false, line));
                }
                None => self.page.inks.push(Ink::Area { x, y: base, width, height: 0.5, shade: 90 }),
            }
            self.y += 12.0;
        }
    }
}

fn height_of(lines: usize) -> f32 {
    f32::from(u16::try_from(lines).unwrap_or(u16::MAX))
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

/// The words as lines no wider than that. A word that is wider by itself is broken where it must be.
pub(super) fn wrapped(cut: Cut, text: &str, size: f32, room: f32) -> Vec<String> {
    let text = cut.printable(text);
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if cut.width(&longer, size) <= room {
                line = longer;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            for sign in word.chars() {
                let mut longer = line.clone();
                longer.push(sign);
                if !line.is_empty() && cut.width(&longer, size) > room {
                    lines.push(std::mem::take(&mut line));
                    line.push(sign);
                } else {
                    line = longer;
                }
            }
        }
        lines.push(line);
    }
    lines
}
