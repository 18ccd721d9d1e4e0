//! XLSX: the first sheet of a workbook, cell by cell. A workbook is a ZIP archive: before anybody reads it, every part of
//! it has been inflated once into nothing, so that no small file becomes a large one in memory.

use std::io::{Cursor, Read, sink};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Reader as _, Xlsx};
use zip::ZipArchive;

use super::{MAX_CELLS, Record, Rows, unreadable};
use crate::error::{Code, Error, Result};

/// The media type.
pub(in crate::imports) const MEDIA: &str =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// Bytes of a workbook at most.
pub(super) const LONGEST: usize = 16 * 1024 * 1024;
/// Parts of a workbook at most.
const MAX_PARTS: usize = 200;
/// Bytes of all sheets, which are read bit by bit.
const SHEETS: u64 = 192 * 1024 * 1024;
/// Bytes of everything else, which is held in memory.
const HELD: u64 = 48 * 1024 * 1024;

/// Reads the first sheet. The library stumbles over places that no sheet has (`A99999999999`): such a file is broken, and
/// not the server.
pub(super) fn read(bytes: &[u8], rows: &mut Rows<'_>) -> Result<()> {
    guard(bytes)?;
    catch_unwind(AssertUnwindSafe(|| cells(bytes, rows))).unwrap_or_else(|_panic| Err(no_workbook("a panic")))
}

fn cells(bytes: &[u8], rows: &mut Rows<'_>) -> Result<()> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(no_workbook)?;
    let sheet = workbook.sheet_names().into_iter().next().ok_or_else(|| no_workbook("no sheet"))?;
    let mut cells = workbook.worksheet_cells_reader(&sheet).map_err(no_workbook)?;
    let mut record = Record { line: 0, cells: Vec::new(), fault: None };
    while let Some(cell) = cells.next_cell().map_err(no_workbook)? {
        let (row, column) = cell.get_position();
        let line = i32::try_from(row.saturating_add(1)).map_err(no_workbook)?;
        if line < record.line {
            return Err(no_workbook("rows out of order"));
        }
        if line > record.line {
            let whole = std::mem::replace(&mut record, Record { line, cells: Vec::new(), fault: None });
            if !take(whole, rows)? {
                return Ok(());
            }
        }
        let column = usize::try_from(column).map_err(no_workbook)?;
        let text = text(cell.get_value());
        if column < MAX_CELLS && !text.is_empty() {
            if record.cells.len() <= column {
                record.cells.resize(column + 1, String::new());
            }
            if let Some(cell) = record.cells.get_mut(column) {
                *cell = text;
            }
        }
    }
    if take(record, rows)? && rows.width.is_none() {
        rows.header_cells(&[], None)?;
    }
    Ok(())
}

/// Takes a whole row; the first one that says anything is the header.
fn take(mut record: Record, rows: &mut Rows<'_>) -> Result<bool> {
    let said = record.cells.iter().rposition(|cell| !cell.trim().is_empty()).map_or(0, |last| last + 1);
    record.cells.truncate(said);
    match rows.width {
        None if said == 0 => Ok(true),
        None => rows.header_cells(&record.cells, None),
        Some(width) => {
            // A sheet has no end of a line: what is not there is empty.
            record.cells.resize(said.max(width), String::new());
            rows.row(record)
        }
    }
}

fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number_text(*number),
        DataRef::String(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(value) => value.to_string(),
        DataRef::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
            let date = format!("{year:04}-{month:02}-{day:02}");
            if (hour, minute, second) == (0, 0, 0) {
                date
            } else {
                format!("{date} {hour:02}:{minute:02}:{second:02}")
            }
        }
        DataRef::DateTime(duration) => number_text(duration.as_f64()),
        DataRef::DateTimeIso(moment) => moment.trim_end_matches("T00:00:00").to_owned(),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

/// A number as a person would type it: what is whole has no point.
fn number_text(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e15 { format!("{number:.0}") } else { number.to_string() }
}

/// Refuses a file that would become too large: what it says of its own size is not believed.
fn guard(bytes: &[u8]) -> Result<()> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(no_workbook)?;
    if archive.len() > MAX_PARTS {
        return Err(too_large());
    }
    let (mut sheets, mut held) = (SHEETS, HELD);
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(no_workbook)?;
        let is_sheet = part.name().map_err(no_workbook)?.starts_with("xl/worksheets/");
        let left = if is_sheet { &mut sheets } else { &mut held };
        let size = std::io::copy(&mut part.take(*left + 1), &mut sink()).map_err(no_workbook)?;
        *left = left.checked_sub(size).ok_or_else(too_large)?;
    }
    Ok(())
}

fn too_large() -> Error {
    Error::new(Code::TooLarge)
        .detail("Книга слишком велика в развёрнутом виде", "The workbook is too large when it is unpacked")
}

fn no_workbook(cause: impl ToString) -> Error {
    unreadable("Файл не читается как книга XLSX", "The file cannot be read as an XLSX workbook").cause(cause)
}
