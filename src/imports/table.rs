//! Rows with named cells, whatever form the file has: headers are Russian or English.

use std::collections::HashMap;

use super::forms::{FaultKind, Part, Record, Written, read};
use super::headers::{Header, Headers};
use super::model::RowProblem;
use crate::error::{Error, Result, Text};
use crate::values::text;

pub(super) use super::headers::{Column, column};

/// The rows of a file.
pub(super) struct Table {
    headers: Headers,
    rows: Vec<Record>,
}

/// One row with its line.
pub(super) struct Row<'a> {
    /// Line of the file; the header is line 1.
    pub(super) line: i32,
    headers: &'a HashMap<&'static str, Header>,
    width: usize,
    in_rows: bool,
    record: &'a Record,
}

/// Characters of one cell at most.
const MAX_CELL: usize = 5_000;

impl Headers {
    /// A record under this header.
    pub(super) const fn row<'a>(&'a self, record: &'a Record) -> Row<'a> {
        Row {
            line: record.line,
            headers: self.by_name(),
            width: self.width(),
            in_rows: self.in_rows(),
            record,
        }
    }
}

impl Table {
    /// Reads a file as long as it has no more rows than these; refuses it as a whole when it is not such a table.
    pub(super) fn read(
        written: Written,
        bytes: &[u8],
        columns: &'static [Column],
        most: usize,
    ) -> Result<Option<Self>> {
        let (mut piece, mut headers, mut rows) = (Some(bytes.to_vec()), None, Vec::new());
        let mut fits = true;
        read(written, columns, &mut || Ok(piece.take()), &mut |part| {
            match part {
                Part::Header(found) => headers = Some(found),
                Part::Row(_) if rows.len() == most => fits = false,
                Part::Row(record) => rows.push(record),
            }
            Ok(fits)
        })?;
        let headers = headers.ok_or_else(|| Error::internal("a table without a header"))?;
        Ok(fits.then_some(Self { headers, rows }))
    }

    /// Rows under that header.
    pub(super) const fn of(headers: Headers, rows: Vec<Record>) -> Self {
        Self { headers, rows }
    }

    pub(super) const fn len(&self) -> usize {
        self.rows.len()
    }

    pub(super) const fn headers(&self) -> &Headers {
        &self.headers
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|record| self.headers.row(record))
    }

    /// The row of that index.
    pub(super) fn row(&self, index: usize) -> Option<Row<'_>> {
        self.rows.get(index).map(|record| self.headers.row(record))
    }
}

impl Row<'_> {
    /// The cell of a column, trimmed; none when it is empty or the column is absent.
    pub(super) fn cell(&self, name: &str) -> Option<&str> {
        let header = self.headers.get(name)?;
        self.record.cells.get(header.index).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
    }

    /// Whether the file speaks of that at all: it has the column, or the row itself names the cell. An empty cell of a
    /// column says that there is nothing.
    pub(super) fn speaks_of(&self, name: &str) -> bool {
        if self.in_rows { self.cell(name).is_some() } else { self.headers.contains_key(name) }
    }

    /// A problem of this row at a column, named as the file names it.
    pub(super) fn problem(&self, name: &str, code: &str, message: Text) -> RowProblem {
        let column =
            self.headers.get(name).map_or_else(|| name.to_owned(), |header| header.as_written.clone());
        RowProblem { column, code: code.to_owned(), message }
    }

    /// What is wrong with the row before anybody looks at its meaning.
    pub(super) fn shape_problems(&self) -> Vec<RowProblem> {
        if let Some(problem) = self.fault() {
            return vec![problem];
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

    fn fault(&self) -> Option<RowProblem> {
        let fault = self.record.fault?;
        let (code, words) = match fault.kind {
            FaultKind::NeverClosed => (
                "unbalanced_quotes",
                Text::new("Кавычка не закрыта", "The quote that opens the cell is never closed"),
            ),
            FaultKind::TextAfterQuote => (
                "unbalanced_quotes",
                Text::new(
                    "После закрывающей кавычки должен идти разделитель",
                    "After the closing quote there must be a delimiter",
                ),
            ),
            FaultKind::NoObject => {
                let words =
                    Text::new("Строка не является объектом JSON", "The line is not a JSON object by itself");
                let code = "unreadable_line".to_owned();
                return Some(RowProblem { column: String::new(), code, message: words });
            }
            FaultKind::UnknownKey => {
                let column = self.record.cells.get(fault.column).cloned().unwrap_or_default();
                let words = Text::new("Такого столбца нет", "There is no such column");
                let column = column.chars().filter(|symbol| !symbol.is_control()).take(100).collect();
                return Some(RowProblem { column, code: "unknown_column".to_owned(), message: words });
            }
            FaultKind::RepeatedKey => (
                "duplicate_column",
                Text::new(
                    "Два ключа строки означают один столбец",
                    "Two keys of the line mean the same column",
                ),
            ),
            FaultKind::NestedValue => (
                "nested_value",
                Text::new(
                    "Ожидается одно значение или список значений",
                    "One value or a list of values is expected",
                ),
            ),
        };
        Some(self.at(fault.column, code, words))
    }

    /// The cells as they stand in the file.
    pub(super) fn as_written(&self) -> &[String] {
        self.record.cells.get(..self.width).unwrap_or(&self.record.cells)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::imports::forms::{Charset, Form};

    fn table(form: Form, text: &str) -> Result<Table> {
        let written = Written { form, charset: Charset::Utf8 };
        Ok(Table::read(written, text.as_bytes(), COLUMNS, 10)?.unwrap())
    }

    const COLUMNS: &[Column] = &[column("name", "Имя", true), column("hours", "Часы", false)];

    #[test]
    fn russian_headers_a_bom_and_semicolons_are_understood() {
        let table = table(Form::Csv, "\u{feff}Имя;Часы\nАнна; 36 \n\n;;\n").unwrap();
        let rows: Vec<_> = table.rows().map(|row| (row.line, row.cell("hours").map(str::to_owned))).collect();
        assert_eq!(rows, [(2, Some("36".to_owned()))]);
    }

    #[test]
    fn every_problem_of_the_header_is_named_at_once() {
        let error = table(Form::Csv, "hours,hours,age\n").err().unwrap();
        let codes: Vec<_> = error.fields.iter().map(|field| field.code.as_ref()).collect();
        assert_eq!(codes, ["duplicate_column", "unknown_column", "missing_column"]);
    }

    #[test]
    fn a_quoted_line_break_keeps_the_line_numbers_right() {
        let table = table(Form::Csv, "name\n\"a\nb\"\nc\n").unwrap();
        assert_eq!(table.rows().map(|row| row.line).collect::<Vec<_>>(), [2, 4]);
    }

    #[test]
    fn lines_of_objects_name_their_cells() {
        let text = "{\"Имя\": \"Анна\", \"часы\": 36.5}\n\n[1]\n{\"name\": [\"a\", 1], \"age\": 2}\n{\"name\": {}}\n";
        let table = table(Form::Ndjson, text).unwrap();
        let rows: Vec<_> = table.rows().collect();
        assert_eq!(
            (rows[0].line, rows[0].cell("name"), rows[0].cell("hours")),
            (1, Some("Анна"), Some("36.5"))
        );
        assert_eq!(rows[2].cell("name"), Some("a|1"));
        let problems: Vec<_> =
            rows.iter().flat_map(Row::shape_problems).map(|found| (found.column, found.code)).collect();
        let expected = [("", "unreadable_line"), ("age", "unknown_column"), ("Имя", "nested_value")];
        assert_eq!(problems, expected.map(|(column, code)| (column.to_owned(), code.to_owned())));
    }

    #[test]
    fn it_makes_no_difference_where_a_file_is_parted() {
        let text = "name;hours\r\n\"А\"\"\nб\";1\r\rc;2\r\n\"lost;3\r\nd;4";
        let whole = table(Form::Csv, text).unwrap();
        for size in 1..8 {
            let mut pieces = text.as_bytes().chunks(size).map(<[u8]>::to_vec);
            let written = Written { form: Form::Csv, charset: Charset::Utf8 };
            let mut found = Vec::new();
            read(written, COLUMNS, &mut || Ok(pieces.next()), &mut |part| {
                if let Part::Row(record) = part {
                    found.push(record);
                }
                Ok(true)
            })
            .unwrap();
            assert_eq!(found, whole.rows, "{size}");
        }
        assert_eq!(whole.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 5, 6, 7]);
    }
}
