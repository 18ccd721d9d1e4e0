//! The forms a file may have (формы файла): CSV as spreadsheets write it, NDJSON, XLSX. Whatever the form, out come the
//! header and then the rows, one after the other: nobody here holds a whole file but the workbook, whose parts lie in
//! no order.

mod charset;
mod csv_text;
mod ndjson;
mod workbook;

pub(super) use charset::{Examined, charset_of};
pub(super) use workbook::MEDIA as WORKBOOK;

use super::headers::{Column, Headers};
use crate::error::{Code, Error, Result};
pub use charset::Charset;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Lines of cells parted by `;` or `,`.
    Csv,
    /// Lines that are JSON objects.
    Ndjson,
    /// A workbook, of which the first sheet counts.
    Xlsx,
}

impl Form {
    /// Every form.
    pub const ALL: [Self; 3] = [Self::Csv, Self::Ndjson, Self::Xlsx];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Ndjson => "ndjson",
            Self::Xlsx => "xlsx",
        }
    }

    /// The form of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.as_str() == name)
    }

    /// The media type.
    pub const fn media(self) -> &'static str {
        match self {
            Self::Csv => "text/csv",
            Self::Ndjson => "application/x-ndjson",
            Self::Xlsx => WORKBOOK,
        }
    }

    /// The form of that media type.
    pub fn of_media(media: &str) -> Option<Self> {
        match media {
            "application/ndjson" | "application/jsonl" => Some(Self::Ndjson),
            media => Self::ALL.into_iter().find(|form| form.media() == media),
        }
    }

    /// Bytes of a file of this form at most, where so many are allowed: the parts of a workbook are read in no order, so
    /// it is held as a whole.
    pub fn longest(self, allowed: usize) -> usize {
        if self == Self::Xlsx { allowed.min(workbook::LONGEST) } else { allowed }
    }
}

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// What it is.
    pub form: Form,
    /// How its text is written.
    pub charset: Charset,
}

/// A row of a file with the line on which it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Line of the file, from 1.
    pub(super) line: i32,
    /// The cells as far as they could be read.
    pub(super) cells: Vec<String>,
    /// The cell that could not be read.
    pub(super) fault: Option<Fault>,
}

/// Which cell cannot be read, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// Column, from 0.
    pub(super) column: usize,
    /// Why.
    pub(super) kind: FaultKind,
}

/// Why a cell cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// The quote that opens the cell is never closed.
    NeverClosed,
    /// After the closing quote comes neither a delimiter nor the end of the line.
    TextAfterQuote,
    /// The line is no JSON object.
    NoObject,
    /// The object has a key that is no column; the cell is the key.
    UnknownKey,
    /// The value is neither one value nor a list of such.
    NestedValue,
    /// Two keys of the object mean the same column.
    RepeatedKey,
}

impl FaultKind {
    /// Every kind.
    pub(super) const ALL: [Self; 6] = [
        Self::NeverClosed,
        Self::TextAfterQuote,
        Self::NoObject,
        Self::UnknownKey,
        Self::NestedValue,
        Self::RepeatedKey,
    ];

    /// The stable name.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::NeverClosed => "never_closed",
            Self::TextAfterQuote => "text_after_quote",
            Self::NoObject => "no_object",
            Self::UnknownKey => "unknown_key",
            Self::NestedValue => "nested_value",
            Self::RepeatedKey => "repeated_key",
        }
    }

    /// The kind of that name.
    pub(super) fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// What comes out of a file, in this order.
pub(super) enum Part {
    /// The header, once.
    Header(Headers),
    /// A row.
    Row(Record),
}

/// Takes what comes out; `false` when that is enough.
pub(super) type Sink<'a> = &'a mut dyn FnMut(Part) -> Result<bool>;

/// Gives the next piece of the bytes, none at their end.
pub(super) type Pieces<'a> = &'a mut dyn FnMut() -> Result<Option<Vec<u8>>>;

/// Rows of one file at most.
const MAX_ROWS: usize = 200_000;
/// Columns of a header at most.
const MAX_COLUMNS: usize = 200;
/// Cells of a row that are looked at: enough to say that there are too many.
const MAX_CELLS: usize = 1_000;
/// Bytes of one row at most: more is no row of a table.
const LONGEST_ROW: usize = 512 * 1024;

/// Reads a file from its beginning until the sink has enough; refuses it as a whole when it is not such a table.
pub(super) fn read(
    written: Written,
    columns: &'static [Column],
    pieces: Pieces<'_>,
    sink: Sink<'_>,
) -> Result<()> {
    let mut rows = Rows { columns, width: None, found: 0, sink };
    match written.form {
        Form::Csv => {
            let mut reader = csv_text::Reader::default();
            text(written.charset, pieces, |text, is_whole| reader.take(text, is_whole, &mut rows))?;
        }
        Form::Ndjson => {
            let mut reader = ndjson::Reader::new(columns);
            text(written.charset, pieces, |text, is_whole| reader.take(text, is_whole, &mut rows))?;
        }
        Form::Xlsx => {
            let mut bytes = Vec::new();
            while let Some(piece) = pieces()? {
                bytes.extend_from_slice(&piece);
            }
            workbook::read(&bytes, &mut rows)?;
        }
    }
    Ok(())
}

/// Hands a text on as it comes in; what is not taken stays and comes again with more behind it.
fn text(
    charset: Charset,
    pieces: Pieces<'_>,
    mut take: impl FnMut(&mut String, bool) -> Result<bool>,
) -> Result<()> {
    let mut decoder = charset.decoder();
    let mut text = String::new();
    loop {
        let piece = pieces()?;
        let is_whole = piece.is_none();
        decoder.push(&piece.unwrap_or_default(), is_whole, &mut text)?;
        if !take(&mut text, is_whole)? || is_whole {
            return Ok(());
        }
    }
}

/// The rows of a table, the header first.
struct Rows<'a> {
    columns: &'static [Column],
    width: Option<usize>,
    found: usize,
    sink: Sink<'a>,
}

impl Rows<'_> {
    /// Takes the header.
    fn header(&mut self, headers: Headers) -> Result<bool> {
        self.width = Some(headers.width());
        (self.sink)(Part::Header(headers))
    }

    /// Takes the header as cells.
    fn header_cells(&mut self, cells: &[String], delimiter: Option<char>) -> Result<bool> {
        if cells.len() > MAX_COLUMNS {
            return Err(unreadable(
                format!("В заголовке больше {MAX_COLUMNS} столбцов"),
                format!("The header has more than {MAX_COLUMNS} columns"),
            ));
        }
        let headers = Headers::of(cells, self.columns)?.parted_by(delimiter);
        self.header(headers)
    }

    /// Takes a row; one without anything in it is passed over.
    fn row(&mut self, mut record: Record) -> Result<bool> {
        if record.fault.is_none() && record.cells.iter().all(|cell| cell.trim().is_empty()) {
            return Ok(true);
        }
        if self.found == MAX_ROWS {
            return Err(unreadable("В файле больше 200 000 строк", "The file has more than 200,000 rows"));
        }
        self.found += 1;
        record.cells.truncate(MAX_CELLS);
        for cell in &mut record.cells {
            // White space around a value is no part of it, however much of it there is.
            if cell.trim().len() < cell.len() {
                *cell = cell.trim().to_owned();
            }
            // An escape may stand for it. No text of ours holds it, and the row is refused for the other one too.
            if cell.contains('\0') {
                *cell = cell.replace('\0', "\u{1}");
            }
        }
        (self.sink)(Part::Row(record))
    }
}

fn too_long(line: i32) -> Error {
    unreadable(
        format!("Строка {line} длиннее 512 КиБ: это не таблица"),
        format!("Line {line} is longer than 512 KiB: this is no table"),
    )
}

/// The file as a whole is not such a table.
fn unreadable(ru: impl Into<String>, en: impl Into<String>) -> Error {
    Error::new(Code::Unreadable).detail(ru, en)
}
