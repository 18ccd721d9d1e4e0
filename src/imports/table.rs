//! A CSV file as rows with named cells: UTF-8 with or without BOM, `;` or `,`, Russian or English headers.

use std::collections::HashMap;

use super::csv_text::{FaultKind, Record, Records};
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
    width: usize,
    rows: Vec<Record>,
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
    width: usize,
    record: &'a Record,
}

/// Rows of one file at most.
const MAX_ROWS: usize = 200_000;
/// Characters of one cell at most.
const MAX_CELL: usize = 5_000;

impl Table {
    /// Reads the file; refuses it as a whole when it is not such a table.
    pub(super) fn read(bytes: &[u8], columns: &'static [Column]) -> Result<Self> {
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let good = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let line = good.iter().filter(|byte| **byte == b'\n').count() + 1;
            unreadable(
                format!("Файл не в кодировке UTF-8: строка {line}"),
                format!("The file is not UTF-8: line {line}"),
            )
            .cause(error)
        })?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if let Some((before, _)) = text.split_once('\0') {
            let line = before.matches('\n').count() + 1;
            return Err(unreadable(
                format!("В файле есть символ с кодом 0: строка {line}"),
                format!("The file contains the NUL character: line {line}"),
            ));
        }
        let first = text.lines().find(|line| !line.is_empty()).unwrap_or_default();
        let delimiter = if first.contains(';') { ';' } else { ',' };
        let mut records = Records::of(text, delimiter);
        let header = records.next().unwrap_or(Record { line: 1, cells: Vec::new(), fault: None });
        if header.fault.is_some() {
            return Err(unreadable(
                "Кавычки в заголовке не закрыты",
                "The quotes of the header are not closed",
            ));
        }
        let headers = headers(&header.cells, columns)?;
        let mut rows = Vec::new();
        for record in records {
            if record.fault.is_none() && record.cells.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            if rows.len() == MAX_ROWS {
                return Err(unreadable(
                    "В файле больше 200 000 строк",
                    "The file has more than 200,000 rows",
                ));
            }
            rows.push(record);
        }
        Ok(Self { headers, width: header.cells.len(), rows })
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|record| self.row_of(record))
    }

    /// The row of that index.
    pub(super) fn row(&self, index: usize) -> Option<Row<'_>> {
        self.rows.get(index).map(|record| self.row_of(record))
    }

    const fn row_of<'a>(&'a self, record: &'a Record) -> Row<'a> {
        Row { line: record.line, headers: &self.headers, width: self.width, record }
    }
}

impl Row<'_> {
    /// The cell of a column, trimmed; none when it is empty or the column is absent.
    pub(super) fn cell(&self, name: &str) -> Option<&str> {
        let header = self.headers.get(name)?;
        self.record.cells.get(header.index).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
    }

    /// A problem of this row at a column, named as the file names it.
    pub(super) fn problem(&self, name: &str, code: &str, message: Text) -> RowProblem {
        let column =
            self.headers.get(name).map_or_else(|| name.to_owned(), |header| header.as_written.clone());
        RowProblem { column, code: code.to_owned(), message }
    }

    /// What is wrong with the row before anybody looks at its meaning.
    pub(super) fn shape_problems(&self) -> Vec<RowProblem> {
        if let Some(fault) = self.record.fault {
            let words = match fault.kind {
                FaultKind::NeverClosed => {
                    Text::new("Кавычка не закрыта", "The quote that opens the cell is never closed")
                }
                FaultKind::TextAfterQuote => Text::new(
                    "После закрывающей кавычки должен идти разделитель",
                    "After the closing quote there must be a delimiter",
                ),
            };
            return vec![self.at(fault.column, "unbalanced_quotes", words)];
        }
        let cells = &self.record.cells;
        if cells.len() < self.width {
            let words = Text::owned(
                format!("В строке столбцов: {}, в заголовке: {}", cells.len(), self.width),
                format!("The row has {} columns, the header {}", cells.len(), self.width),
            );
            return vec![self.at(cells.len(), "too_few_columns", words)];
        }
        // Empty cells at the end lose nothing: spreadsheets write them.
        let surplus = cells.iter().enumerate().skip(self.width).find(|(_, cell)| !cell.trim().is_empty());
        if let Some((index, _)) = surplus {
            let words = Text::owned(
                format!("В строке столбцов: {}, в заголовке: {}", cells.len(), self.width),
                format!("The row has {} columns, the header {}", cells.len(), self.width),
            );
            return vec![self.at(index, "too_many_columns", words)];
        }
        self.cell_problems()
    }

    fn cell_problems(&self) -> Vec<RowProblem> {
        let too_long = Text::new("Значение длиннее 5000 знаков", "The value is longer than 5,000 characters");
        let forbidden = Text::new(
            "Управляющие символы и переводы строк недопустимы",
            "Control characters and line breaks are not allowed",
        );
        let mut problems = Vec::new();
        for (name, header) in self.headers {
            // White space around a value is no part of it.
            let cell = self.record.cells.get(header.index).map(|cell| cell.trim()).unwrap_or_default();
            if cell.chars().count() > MAX_CELL {
                problems.push(self.problem(name, "too_long", too_long.clone()));
            }
            if text::forbidden(cell, false).is_some() {
                problems.push(self.problem(name, "forbidden_character", forbidden.clone()));
            }
        }
        problems
    }

    /// A problem at a column by its place; one that the header does not name goes by its number.
    fn at(&self, index: usize, code: &str, message: Text) -> RowProblem {
        let known = self.headers.values().find(|header| header.index == index);
        let column = known.map_or_else(|| (index + 1).to_string(), |header| header.as_written.clone());
        RowProblem { column, code: code.to_owned(), message }
    }
}

fn headers(record: &[String], columns: &'static [Column]) -> Result<HashMap<&'static str, Header>> {
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

fn unreadable(ru: impl Into<String>, en: impl Into<String>) -> Error {
    Error::new(Code::Unreadable).detail(ru, en)
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
