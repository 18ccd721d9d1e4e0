//! Documents on paper: what a reader shall see, laid out on A4 and written as PDF with fonts of its own.
//!
//! Knows no resource. The same document gives the same bytes, on every machine.

mod font;
mod layout;
mod pdf;
mod wrap;

#[cfg(test)]
mod tests;

use chrono::NaiveDate;

pub use pdf::{PaperError, render};

/// A document to be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The mark of approval above the title.
    pub stamp: Option<Stamp>,
    /// What it is, in large letters.
    pub title: String,
    /// Of whom or what.
    pub subtitle: Option<String>,
    /// How the sheet lies.
    pub sheet: Sheet,
    /// Its sections in order.
    pub sections: Vec<Section>,
    /// Who signs it; lines for pen and ink.
    pub signatures: Vec<Signature>,
    /// What stands at the foot of each page beside its number.
    pub footer: String,
    /// The word before the number of a page, for example "Page".
    pub page_word: String,
    /// The word between that number and how many there are, for example "of".
    pub of_word: String,
    /// The day it shows.
    pub dated_on: NaiveDate,
    /// Language of its words, for readers that read aloud: `ru` or `en`.
    pub language: &'static str,
}

/// How a sheet of A4 lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sheet {
    /// Upright.
    Portrait,
    /// On its side, for wide tables.
    Landscape,
}

/// A part of a document under a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The heading; none: it follows the one before.
    pub heading: Option<String>,
    /// What stands in it.
    pub blocks: Vec<Block>,
}

/// Something in a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A paragraph.
    Text(String),
    /// What is not there, set apart from what is.
    Missing(String),
    /// Names and what they are, one below the other.
    Facts(Vec<(String, String)>),
    /// Items with a mark before each.
    List(Vec<String>),
    /// A table.
    Table(Table),
    /// A square code (QR) with words beside it.
    Code {
        /// What a phone reads.
        text: String,
        /// The words.
        caption: String,
    },
    /// Bars, one below the other.
    Bars(Vec<Bar>),
    /// Lines over the same days.
    Curves(Curves),
}

/// A bar with its name before it and its number behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// What it is of.
    pub name: String,
    /// How long it is, in thousandths of the longest there can be; none: there is no bar.
    pub length: Option<u16>,
    /// What it says.
    pub value: String,
    /// Whether it stands out among the others.
    pub strong: bool,
}

/// A chart of lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Curves {
    /// What stands below, from the first day to the last.
    pub days: Vec<String>,
    /// What stands at the left, from the bottom to the top, evenly.
    pub ticks: Vec<String>,
    /// The lines.
    pub lines: Vec<Curve>,
}

/// A line of a chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Curve {
    /// What it is of; empty where it is the only one.
    pub name: String,
    /// Its points by day: how high, in thousandths, and what they say; none: there is no point, and the line is broken.
    pub points: Vec<Option<(u16, String)>>,
}

/// A table; its heads stand on every page it goes on to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, as many cells each as there are columns.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// The table without those of its optional columns that no row says anything in.
    #[must_use]
    pub fn without_empty_columns(self) -> Self {
        let said = |place: usize| {
            self.rows.iter().any(|row| row.get(place).is_some_and(|cell| !cell.trim().is_empty()))
        };
        let kept: Vec<bool> =
            self.columns.iter().enumerate().map(|(place, column)| !column.optional || said(place)).collect();
        Self {
            columns: those(self.columns, &kept),
            rows: self.rows.into_iter().map(|row| those(row, &kept)).collect(),
        }
    }
}

fn those<T>(things: Vec<T>, kept: &[bool]) -> Vec<T> {
    things.into_iter().zip(kept).filter(|(_, kept)| **kept).map(|(thing, _)| thing).collect()
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its head.
    pub heading: String,
    /// Its share of the width, compared with the others.
    pub share: u16,
    /// Whether its cells are numbers, which stand at the right.
    pub numbers: bool,
    /// Whether the table may do without it where no row says anything in it.
    pub optional: bool,
}

impl Column {
    /// A column of words.
    pub fn words(heading: impl Into<String>, share: u16) -> Self {
        Self { heading: heading.into(), share, numbers: false, optional: false }
    }

    /// A column of numbers.
    pub fn numbers(heading: impl Into<String>, share: u16) -> Self {
        Self { heading: heading.into(), share, numbers: true, optional: false }
    }

    /// The same where the table may do without it.
    #[must_use]
    pub fn optional(self) -> Self {
        Self { optional: true, ..self }
    }
}

/// A mark of approval (гриф утверждения).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// What was decided, or is to be.
    pub heading: String,
    /// By whom, when, by which act; or lines for pen and ink.
    pub lines: Vec<String>,
}

/// A line for a signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// As what the person signs.
    pub role: String,
    /// The person's name; none: to be written by hand.
    pub name: Option<String>,
}
