//! Where everything stands on the pages: sections with their blocks, what stays together, the foot of each page. Pure.

mod chart;
mod closing;
mod code;
mod table;

use super::font::Cut;
use super::wrap::wrapped;
use super::{Block, Document, Section, Sheet};

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
/// Height of a line of running text.
const LINE: f32 = TEXT * LEADING;
/// Room below a block.
const BETWEEN: f32 = 4.0;
/// Room between a cell's edge and its words.
const PADDING: f32 = 3.5;

/// Something to be drawn; `y` grows downwards.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Ink {
    /// Words on one line, by their base line.
    Words { x: f32, y: f32, size: f32, cut: Cut, grey: bool, text: String },
    /// A filled rectangle: lines and grounds.
    Area { x: f32, y: f32, width: f32, height: f32, shade: u8 },
    /// A line through points; whole without dashes.
    Line { points: Vec<(f32, f32)>, width: f32, shade: u8, dashes: &'static [f32] },
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
    let mut desk = Desk::new(size);
    if let Some(stamp) = &document.stamp {
        desk.stamp(stamp);
    }
    desk.centred(&document.title, 15.0, Cut::Bold);
    if let Some(subtitle) = &document.subtitle {
        desk.centred(subtitle, 11.0, Cut::Plain);
    }
    desk.space(6.0);
    if let Some((last, before)) = document.sections.split_last() {
        for section in before {
            desk.section(section, 0.0);
        }
        desk.end(last, &document.signatures);
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

    const fn new(size: (f32, f32)) -> Self {
        Self { size, done: Vec::new(), page: Page { inks: Vec::new() }, y: TOP }
    }

    /// How high something is, below other things on one page without end.
    fn measured(&self, write: impl FnOnce(&mut Self)) -> f32 {
        let mut scratch = Self::new((self.size.0, f32::INFINITY));
        scratch.put(LEFT, TEXT, Cut::Plain, false, String::new());
        write(&mut scratch);
        scratch.y - TOP
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

    /// A paragraph, with so much room kept below its last line. Its last two lines are not parted.
    fn lines(&mut self, text: &str, x: f32, keep: f32) {
        let lines = wrapped(Cut::Plain, text, TEXT, self.size.0 - RIGHT - x);
        for (line, left) in with_left(lines) {
            self.need(last_lines(left, keep));
            self.put(x, TEXT, Cut::Plain, false, line);
            self.y += LINE;
        }
    }

    /// A section, with so much room kept below it.
    fn section(&mut self, section: &Section, keep: f32) {
        if let Some(heading) = &section.heading {
            self.space(9.0);
            let lines = wrapped(Cut::Bold, heading, 11.5, self.width());
            // A heading never stands alone at the foot of a page.
            let follows = section.blocks.first().map_or(0.0, |block| self.opening(block));
            self.need(height_of(lines.len()) * 11.5 * LEADING + 2.0 + follows);
            for line in lines {
                self.put(LEFT, 11.5, Cut::Bold, false, line);
                self.y += 11.5 * LEADING;
            }
            self.y += 2.0;
        }
        for (block, left) in with_left(&section.blocks) {
            let keep = if left == 1 { keep } else { 0.0 };
            match block {
                Block::Text(text) => self.lines(text, LEFT, keep),
                Block::Missing(text) => self.missing(text, keep),
                Block::Facts(facts) => self.facts(facts, keep),
                Block::List(items) => self.list(items, keep),
                Block::Table(table) => self.table(table, keep),
                Block::Code { text, caption } => self.code(text, caption, keep),
                Block::Bars(bars) => self.bars(bars, keep),
                Block::Curves(curves) => self.curves(curves, keep),
            }
            self.space(BETWEEN);
        }
    }

    /// How much of a block stays with the heading above it.
    fn opening(&self, block: &Block) -> f32 {
        match block {
            Block::Table(table) => self.head_and_first_row(table),
            Block::Code { .. } => code::HEIGHT,
            Block::Curves(curves) => chart::height(curves),
            Block::Text(_) | Block::Missing(_) | Block::Facts(_) | Block::List(_) | Block::Bars(_) => {
                LINE * 2.0
            }
        }
    }

    fn list(&mut self, items: &[String], keep: f32) {
        for (item, left) in with_left(items) {
            let keep = if left == 1 { keep } else { 0.0 };
            let lines = wrapped(Cut::Plain, item, TEXT, self.width() - 16.0);
            self.need(last_lines(lines.len(), keep).min(LINE * 2.0 + keep));
            self.put(LEFT + 4.0, TEXT, Cut::Plain, false, "•".to_owned());
            self.lines(item, LEFT + 16.0, keep);
        }
    }

    fn missing(&mut self, text: &str, keep: f32) {
        for (line, left) in with_left(wrapped(Cut::Plain, text, TEXT, self.width() - 12.0)) {
            self.need(last_lines(left, keep));
            self.page.inks.push(Ink::Area { x: LEFT, y: self.y, width: 2.5, height: LINE, shade: 120 });
            self.put(LEFT + 10.0, TEXT, Cut::Plain, true, line);
            self.y += LINE;
        }
    }

    /// Names at the left, what they are at the right.
    fn facts(&mut self, facts: &[(String, String)], keep: f32) {
        let names = (self.width() * 0.34).min(210.0);
        for ((name, value), left) in with_left(facts) {
            let keep = if left == 1 { keep } else { 0.0 };
            let name = wrapped(Cut::Plain, name, TEXT, names - 8.0);
            let value = wrapped(Cut::Plain, value, TEXT, self.width() - names);
            let number = name.len().max(value.len());
            let (mut name, mut value) = (name.into_iter(), value.into_iter());
            // A long value goes over to the next page line by line; its name stays with its first lines.
            self.need(last_lines(number, keep).min(LINE * 2.0 + keep));
            for left in (1..=number).rev() {
                self.need(last_lines(left, keep));
                if let Some(line) = name.next() {
                    self.put(LEFT, TEXT, Cut::Plain, true, line);
                }
                if let Some(line) = value.next() {
                    self.put(LEFT + names, TEXT, Cut::Plain, false, line);
                }
                self.y += LINE;
            }
            self.y += 1.5;
        }
    }
}

/// Each thing with how many are left, itself included.
fn with_left<I>(things: I) -> impl Iterator<Item = (I::Item, usize)>
where
    I: IntoIterator<IntoIter: ExactSizeIterator>,
{
    let things = things.into_iter();
    let all = things.len();
    things.zip((1..=all).rev())
}

/// Room for the next of so many lines: the last two go together, with what must follow them.
fn last_lines(left: usize, keep: f32) -> f32 {
    if left <= 2 { height_of(left) * LINE + keep } else { LINE }
}

fn height_of(lines: usize) -> f32 {
    f32::from(u16::try_from(lines).unwrap_or(u16::MAX))
}
