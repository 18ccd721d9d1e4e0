//! Receipts in the form of the file they are of: its columns, and behind them what became of each row. Whoever has
//! mended the rows sends the file again as it is: the columns of receipts say nothing then.

use rust_xlsxwriter::Workbook;
use serde_json::{Map, Value, json};

use super::forms::Form;
use super::headers::{OF_RECEIPT, is_of_receipt};
use super::model::Receipt;
use super::service::ReceiptFile;
use crate::error::{Code, Error, Language, Result};

/// Rows of one workbook at most: it is written as a whole.
pub(super) const LONGEST_WORKBOOK: i32 = 50_000;

/// Characters of one cell of a workbook at most.
const LONGEST_CELL: usize = 16_000;

/// Writes receipts.
pub(super) struct ReceiptWriter {
    file: ReceiptFile,
    form: Form,
    columns: Vec<usize>,
    language: Language,
}

impl ReceiptWriter {
    /// For the receipts of that file, in its own form unless another one is asked for.
    pub(super) fn new(file: ReceiptFile, form: Option<Form>, language: Language) -> Result<Self> {
        let form = form.unwrap_or(file.written.form);
        if form == Form::Xlsx && file.rows > LONGEST_WORKBOOK {
            return Err(Error::new(Code::Invalid).detail(
                format!("В книге XLSX не больше {LONGEST_WORKBOOK} строк: возьмите form=csv или form=ndjson"),
                format!("A workbook holds at most {LONGEST_WORKBOOK} rows: take form=csv or form=ndjson"),
            ));
        }
        let own = |(column, name): (usize, &String)| (!is_of_receipt(name)).then_some(column);
        let columns = file.names.iter().enumerate().filter_map(own).collect();
        Ok(Self { file, form, columns, language })
    }

    /// The media type of what is written.
    pub(super) const fn media(&self) -> &'static str {
        match self.form {
            Form::Csv => match self.file.written.charset {
                super::forms::Charset::Utf8 => "text/csv; charset=utf-8",
                super::forms::Charset::Windows1251 => "text/csv; charset=windows-1251",
            },
            form => form.media(),
        }
    }

    /// The ending of its name.
    pub(super) const fn ending(&self) -> &'static str {
        self.form.as_str()
    }

    /// Whether it is written row by row.
    pub(super) fn flows(&self) -> bool {
        self.form != Form::Xlsx
    }

    /// What stands before the first row.
    pub(super) fn head(&self) -> Vec<u8> {
        match self.form {
            Form::Csv => {
                let mark =
                    if self.file.written.charset == super::forms::Charset::Utf8 { "\u{feff}" } else { "" };
                self.bytes(&format!("{mark}{}", self.csv_line(&self.names())))
            }
            Form::Ndjson | Form::Xlsx => Vec::new(),
        }
    }

    /// Rows, one after the other.
    pub(super) fn rows(&self, receipts: &[Receipt]) -> Vec<u8> {
        let line = |receipt: &Receipt| match self.form {
            Form::Csv => self.csv_line(&self.cells(receipt).map(|cell| harmless(&cell)).collect::<Vec<_>>()),
            Form::Ndjson | Form::Xlsx => self.object(receipt),
        };
        self.bytes(&receipts.iter().map(line).collect::<String>())
    }

    /// All rows as a workbook.
    pub(super) fn workbook(&self, receipts: &[Receipt]) -> Result<Vec<u8>> {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        for (column, name) in (0_u16..).zip(self.names()) {
            sheet.write_string(0, column, name).map_err(Error::internal)?;
        }
        for (row, receipt) in (1_u32..).zip(receipts) {
            for (column, cell) in (0_u16..).zip(self.cells(receipt)) {
                // A cell of text holds no formula, and no more than this.
                let cell: String = cell.chars().take(LONGEST_CELL).collect();
                sheet.write_string(row, column, cell).map_err(Error::internal)?;
            }
        }
        workbook.save_to_buffer().map_err(Error::internal)
    }

    fn own_names(&self) -> impl Iterator<Item = &String> {
        self.columns.iter().filter_map(|column| self.file.names.get(*column))
    }

    fn names(&self) -> Vec<String> {
        self.own_names().cloned().chain(OF_RECEIPT.map(str::to_owned)).collect()
    }

    fn own_cells<'a>(&'a self, receipt: &'a Receipt) -> impl Iterator<Item = &'a str> {
        let cells = receipt.cells.as_deref().unwrap_or_default();
        self.columns.iter().map(|column| cells.get(*column).map_or("", String::as_str))
    }

    fn cells<'a>(&'a self, receipt: &'a Receipt) -> impl Iterator<Item = String> + 'a {
        self.own_cells(receipt).map(str::to_owned).chain(self.told(receipt))
    }

    /// What became of a row: line, outcome, codes, words.
    fn told(&self, receipt: &Receipt) -> [String; 4] {
        let codes: Vec<&str> = receipt.problems.iter().map(|problem| problem.code.as_str()).collect();
        let words = receipt.problems.iter().map(|problem| {
            let words = problem.message.in_language(self.language);
            if problem.column.is_empty() { words.to_owned() } else { format!("{}: {words}", problem.column) }
        });
        [
            receipt.line.to_string(),
            receipt.outcome.as_str().to_owned(),
            codes.join("|"),
            words.collect::<Vec<_>>().join("; "),
        ]
    }

    fn object(&self, receipt: &Receipt) -> String {
        let mut object: Map<String, Value> = self
            .own_names()
            .zip(self.own_cells(receipt))
            .filter(|(_, cell)| !cell.is_empty())
            .map(|(name, cell)| (name.clone(), json!(cell)))
            .collect();
        for (name, told) in OF_RECEIPT.into_iter().zip(self.told(receipt)) {
            object.insert(name.to_owned(), json!(told));
        }
        format!("{}\n", Value::Object(object))
    }

    fn csv_line(&self, cells: &[String]) -> String {
        let delimiter = self.file.delimiter;
        let quoted = |cell: &String| {
            if cell.contains([delimiter, '"', '\n', '\r']) {
                format!("\"{}\"", cell.replace('"', "\"\""))
            } else {
                cell.clone()
            }
        };
        format!("{}\r\n", cells.iter().map(quoted).collect::<Vec<_>>().join(&delimiter.to_string()))
    }

    fn bytes(&self, text: &str) -> Vec<u8> {
        match self.form {
            Form::Csv => self.file.written.charset.bytes(text),
            Form::Ndjson | Form::Xlsx => text.as_bytes().to_vec(),
        }
    }
}

/// What a spreadsheet would take for a formula is text.
fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() }
}
