//! A CSV file as rows with named cells: UTF-8 with or without BOM, `;` or `,`, Russian or English headers.

use std::collections::HashMap;

use super::model::RowProblem;
use crate::error::{Code, Error, FieldProblem, Result, Text};
use crate::values::text;

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

/// The rows of a file.
pub(super) struct Table {
    headers: HashMap<&'static str, Header>,
    rows: Vec<(i32, csv::StringRecord)>,
}

struct Header {
    index: usize,
    as_written: String,
}

/// One row with its line.
pub(super) struct Row<'a> {
    /// Line of the file; the header is line 1.
    pub(super) line: i32,
    headers: &'a HashMap<&'static str, Header>,
    record: &'a csv::StringRecord,
}

/// Rows of one file at most.
const MAX_ROWS: usize = 200_000;
/// Characters of one cell at most.
const MAX_CELL: usize = 5_000;

impl Table {
    /// Reads the file; refuses it as a whole when it is not such a table.
    pub(super) fn read(bytes: &[u8], columns: &'static [Column]) -> Result<Self> {
        let text = std::str::from_utf8(bytes)
            .map_err(|error| unreadable("Файл не в кодировке UTF-8", "The file is not UTF-8").cause(error))?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if text.contains('\0') {
            return Err(unreadable("В файле есть символ с кодом 0", "The file contains the NUL character"));
        }
        let first = text.lines().next().unwrap_or_default();
        let delimiter = if first.contains(';') { b';' } else { b',' };
        let mut reader =
            csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
        let headers = headers(reader.headers().map_err(broken)?, columns)?;
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(broken)?;
            let line = record.position().map_or(0, csv::Position::line);
            if record.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            if rows.len() == MAX_ROWS {
                return Err(unreadable(
                    "В файле больше 200 000 строк",
                    "The file has more than 200,000 rows",
                ));
            }
            rows.push((i32::try_from(line).unwrap_or(i32::MAX), record));
        }
        Ok(Self { headers, rows })
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|(line, record)| Row { line: *line, headers: &self.headers, record })
    }
}

impl Row<'_> {
    /// The cell of a column, trimmed; none when it is empty or the column is absent.
    pub(super) fn cell(&self, name: &str) -> Option<&str> {
        let header = self.headers.get(name)?;
        self.record.get(header.index).map(str::trim).filter(|cell| !cell.is_empty())
    }

    /// A problem of this row at a column, named as the file names it.
    pub(super) fn problem(&self, name: &str, code: &str, message: Text) -> RowProblem {
        let column =
            self.headers.get(name).map_or_else(|| name.to_owned(), |header| header.as_written.clone());
        RowProblem { column, code: code.to_owned(), message }
    }

    /// What is wrong with the row before anybody looks at its meaning.
    pub(super) fn shape_problems(&self) -> Vec<RowProblem> {
        let too_long = Text::new("Значение длиннее 5000 знаков", "The value is longer than 5,000 characters");
        let forbidden = Text::new(
            "Управляющие символы и переводы строк недопустимы",
            "Control characters and line breaks are not allowed",
        );
        let mut problems = Vec::new();
        for (name, header) in self.headers {
            // White space around a value is no part of it.
            let cell = self.record.get(header.index).unwrap_or_default().trim();
            if cell.chars().count() > MAX_CELL {
                problems.push(self.problem(name, "too_long", too_long.clone()));
            }
            if text::forbidden(cell, false).is_some() {
                problems.push(self.problem(name, "forbidden_character", forbidden.clone()));
            }
        }
        problems
    }
}

fn headers(record: &csv::StringRecord, columns: &'static [Column]) -> Result<HashMap<&'static str, Header>> {
    let mut found: HashMap<&'static str, Header> = HashMap::new();
    let mut problems = Vec::new();
    for (index, cell) in record.iter().enumerate() {
        let as_written = cell.trim().to_owned();
        let wanted = as_written.to_lowercase();
        let column =
            columns.iter().find(|column| column.name == wanted || column.russian.to_lowercase() == wanted);
        match column {
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

fn unreadable(ru: &str, en: &str) -> Error {
    Error::new(Code::Unreadable).detail(ru, en)
}

fn broken(error: csv::Error) -> Error {
    unreadable("Файл не читается как CSV", "The file cannot be read as CSV").cause(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: &[Column] = &[column("name", "Имя", true), column("hours", "Часы", false)];

    #[test]
    fn russian_headers_a_bom_and_semicolons_are_understood() {
        let table = Table::read("\u{feff}Имя;Часы\nАнна; 36 \n\n;;\n".as_bytes(), COLUMNS).unwrap();
        let rows: Vec<_> = table.rows().map(|row| (row.line, row.cell("hours").map(str::to_owned))).collect();
        assert_eq!(rows, [(2, Some("36".to_owned()))]);
    }

    #[test]
    fn every_problem_of_the_header_is_named_at_once() {
        let error = Table::read(b"hours,hours,age\n", COLUMNS).err().unwrap();
        let codes: Vec<_> = error.fields.iter().map(|field| field.code.as_ref()).collect();
        assert_eq!(codes, ["duplicate_column", "unknown_column", "missing_column"]);
    }

    #[test]
    fn a_quoted_line_break_keeps_the_line_numbers_right() {
        let table = Table::read(b"name\n\"a\nb\"\nc\n", COLUMNS).unwrap();
        assert_eq!(table.rows().map(|row| row.line).collect::<Vec<_>>(), [2, 4]);
    }
}
