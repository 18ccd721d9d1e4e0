//! The header of a file: Russian or English, in any order.

use std::collections::HashMap;

use super::forms::Form;
use crate::error::{Error, FieldProblem, Result, Text};

/// A column a kind of import knows.
#[derive(Debug)]
pub(super) struct Column {
    /// The name in English, as in the API.
    pub(super) name: &'static str,
    /// The name in Russian.
    pub(super) russian: &'static str,
    /// Whether the file must have it.
    pub(super) required: bool,
}

pub(super) const fn column(name: &'static str, russian: &'static str, required: bool) -> Column {
    Column { name, russian, required }
}

/// The column that is meant by a name in a file.
pub(super) fn meant(columns: &'static [Column], written: &str) -> Option<&'static Column> {
    let wanted = written.trim().to_lowercase();
    columns.iter().find(|column| column.name == wanted || column.russian.to_lowercase() == wanted)
}

/// What receipts in the form of the file add to its columns. A mended file may still have them; they say nothing.
pub(super) const OF_RECEIPT: [&str; 4] =
    ["receipt_line", "receipt_outcome", "receipt_code", "receipt_message"];

/// Whether a name in a file is such a column.
pub(super) fn is_of_receipt(written: &str) -> bool {
    OF_RECEIPT.contains(&written.trim().to_lowercase().as_str())
}

/// The header of a file.
#[derive(Debug, Clone)]
pub struct Headers {
    by_name: HashMap<&'static str, Header>,
    names: Vec<String>,
    delimiter: Option<char>,
    /// Whether each row names its cells itself, and leaves out those of which it says nothing.
    in_rows: bool,
}

/// A column of a file.
#[derive(Debug, Clone)]
pub(super) struct Header {
    /// Its place, from 0.
    pub(super) index: usize,
    /// Its name as the file writes it.
    pub(super) as_written: String,
}

impl Headers {
    /// The header as the file writes it; refused as a whole, with everything that is wrong with it.
    pub(super) fn of(cells: &[String], columns: &'static [Column]) -> Result<Self> {
        let by_name = headers(cells, columns)?;
        Ok(Self {
            by_name,
            names: cells.iter().map(|cell| cell.trim().to_owned()).collect(),
            delimiter: None,
            in_rows: false,
        })
    }

    /// The header of a file of that form, by the names that were kept of it.
    pub(super) fn kept(names: &[String], columns: &'static [Column], form: Form) -> Result<Self> {
        Ok(Self { in_rows: form == Form::Ndjson, ..Self::of(names, columns)? })
    }

    /// Every column, as a file has them whose rows name their cells.
    pub(super) fn all(columns: &'static [Column], russian: bool) -> Self {
        let name = |column: &Column| if russian { column.russian } else { column.name }.to_owned();
        let header = |(index, column): (usize, &'static Column)| {
            (column.name, Header { index, as_written: name(column) })
        };
        let by_name = columns.iter().enumerate().map(header).collect();
        Self { by_name, names: columns.iter().map(name).collect(), delimiter: None, in_rows: true }
    }

    /// With what parts the cells.
    pub(super) fn parted_by(mut self, delimiter: Option<char>) -> Self {
        self.delimiter = delimiter;
        self
    }

    /// The columns by their names in English.
    pub(super) const fn by_name(&self) -> &HashMap<&'static str, Header> {
        &self.by_name
    }

    /// The names as the file writes them.
    pub(super) fn names(&self) -> &[String] {
        &self.names
    }

    /// What parts the cells, where something does.
    pub(super) const fn delimiter(&self) -> Option<char> {
        self.delimiter
    }

    /// Whether each row names its cells itself.
    pub(super) const fn in_rows(&self) -> bool {
        self.in_rows
    }

    pub(super) const fn width(&self) -> usize {
        self.names.len()
    }
}

fn headers(record: &[String], columns: &'static [Column]) -> Result<HashMap<&'static str, Header>> {
    let mut found: HashMap<&'static str, Header> = HashMap::new();
    let mut problems = Vec::new();
    for (index, cell) in record.iter().enumerate().filter(|(_, cell)| !is_of_receipt(cell)) {
        let as_written = cell.trim().to_owned();
        match meant(columns, cell) {
            None => problems.push(FieldProblem::new(
                as_written,
                "unknown_column",
                Text::new("Такого столбца нет", "There is no such column"),
            )),
            Some(column) if found.contains_key(column.name) => problems.push(FieldProblem::new(
                as_written,
                "duplicate_column",
                Text::new("Столбец повторяется", "The column occurs twice"),
            )),
            Some(column) => {
                found.insert(column.name, Header { index, as_written });
            }
        }
    }
    let missing = columns.iter().filter(|column| column.required && !found.contains_key(column.name));
    problems.extend(missing.map(|column| {
        FieldProblem::new(
            column.name,
            "missing_column",
            Text::owned(
                format!("Нет столбца «{}»", column.russian),
                format!("The column `{}` is missing", column.name),
            ),
        )
    }));
    if problems.is_empty() { Ok(found) } else { Err(Error::invalid(problems)) }
}
