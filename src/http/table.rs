//! Tables that other programs open: text with separators, workbooks, lines of JSON.

use rust_xlsxwriter::{Format as CellFormat, Workbook, Worksheet};

use crate::error::{Error, Language, Result};

/// The media type of a page.
pub const JSON: &str = "application/json";
/// The media type of a text table.
pub const CSV: &str = "text/csv";
/// The media type of a workbook.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// The media type of lines of JSON.
pub const NDJSON: &str = "application/x-ndjson";

/// What a cell of a workbook holds at most.
const LONGEST_CELL: usize = 32_767;

/// A cell: a number is one in a workbook too.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A number.
    Number(f64),
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl Cell {
    /// As a text table has it. What a spreadsheet would take for a formula is made text.
    fn in_text(self, language: Language) -> String {
        match self {
            Self::Text(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => format!("'{text}"),
            Self::Text(text) => text,
            // A decimal comma is what a spreadsheet in Russian takes for a number.
            Self::Number(number) if language == Language::Ru => number.to_string().replace('.', ","),
            Self::Number(number) => number.to_string(),
        }
    }
}

/// The first line of a text table: UTF-8 with BOM and `;`, as a spreadsheet in Russian opens it.
pub fn csv_heading(names: &[String], language: Language) -> Result<Vec<u8>> {
    let heading = names.iter().cloned().map(Cell::Text).collect();
    Ok(["\u{feff}".as_bytes().to_vec(), csv_lines([heading], language)?].concat())
}

/// Lines of a text table.
pub fn csv_lines(rows: impl IntoIterator<Item = Vec<Cell>>, language: Language) -> Result<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
    for row in rows {
        let cells = row.into_iter().map(|cell| cell.in_text(language));
        writer.write_record(cells).map_err(Error::internal)?;
    }
    writer.into_inner().map_err(|error| Error::internal(error.to_string()))
}

/// A workbook of one sheet with a frozen heading.
pub struct Sheet {
    sheet: Worksheet,
    lines: u32,
}

impl Sheet {
    /// A sheet with those headings.
    pub fn new(names: &[String]) -> Result<Self> {
        let mut sheet = Worksheet::new();
        let bold = CellFormat::new().set_bold();
        for (column, name) in (0_u16..).zip(names) {
            sheet.write_with_format(0, column, name, &bold).map_err(Error::internal)?;
        }
        sheet.set_freeze_panes(1, 0).map_err(Error::internal)?;
        Ok(Self { sheet, lines: 0 })
    }

    /// Adds a line. A text is a text here, whatever it begins with.
    pub fn add(&mut self, row: Vec<Cell>) -> Result<()> {
        self.lines += 1;
        for (column, cell) in (0_u16..).zip(row) {
            match cell {
                Cell::Text(text) if text.is_empty() => continue,
                Cell::Text(text) => self.sheet.write_string(self.lines, column, shortened(text)),
                Cell::Number(number) => self.sheet.write_number(self.lines, column, number),
            }
            .map_err(Error::internal)?;
        }
        Ok(())
    }

    /// How many lines there are below the heading.
    pub const fn lines(&self) -> u32 {
        self.lines
    }

    /// The file.
    pub fn finish(self) -> Result<Vec<u8>> {
        let mut workbook = Workbook::new();
        workbook.push_worksheet(self.sheet);
        workbook.save_to_buffer().map_err(Error::internal)
    }
}

/// A cell takes no more; that something is missing is shown.
fn shortened(text: String) -> String {
    if text.chars().count() <= LONGEST_CELL {
        return text;
    }
    text.chars().take(LONGEST_CELL - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_be_a_formula_is_text() {
        let row = ["=1+1", "+7", "-1", "@SUM(A1)", "\t=1", "\r=1", "Иванова; \"А\""]
            .map(|text| text.to_owned().into());
        let lines = csv_lines([row.to_vec()], Language::Ru).unwrap();
        let text = String::from_utf8(lines).unwrap();
        assert_eq!(text, "'=1+1;'+7;'-1;'@SUM(A1);'\t=1;\"'\r=1\";\"Иванова; \"\"А\"\"\"\n");
    }

    #[test]
    fn a_number_is_one_in_the_language_of_the_table() {
        let row = || vec![Cell::Number(-1.5), Cell::Number(72.0)];
        assert_eq!(csv_lines([row()], Language::Ru).unwrap(), b"-1,5;72\n");
        assert_eq!(csv_lines([row()], Language::En).unwrap(), b"-1.5;72\n");
    }

    #[test]
    fn a_cell_is_never_longer_than_a_workbook_takes() {
        assert_eq!(shortened("ж".repeat(40_000)).chars().count(), LONGEST_CELL);
        assert_eq!(shortened("=1".to_owned()), "=1");
    }
}
