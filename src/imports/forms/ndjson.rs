//! NDJSON: a JSON object on each line, whose keys are names of columns.

use std::collections::HashSet;

use serde_json::Value;

use super::{Fault, FaultKind, LONGEST_ROW, Record, Rows, too_long};
use crate::error::Result;
use crate::imports::headers::{Column, Headers, is_of_receipt, meant};

/// Takes the rows off a text that comes in pieces.
pub(super) struct Reader {
    columns: &'static [Column],
    line: i32,
}

impl Reader {
    pub(super) const fn new(columns: &'static [Column]) -> Self {
        Self { columns, line: 0 }
    }

    /// Takes every whole line off the front; `false` when nobody wants more.
    pub(super) fn take(&mut self, text: &mut String, is_whole: bool, rows: &mut Rows<'_>) -> Result<bool> {
        let (mut done, mut wanted) = (0, true);
        for line in text.split_inclusive('\n') {
            if line.len() > LONGEST_ROW {
                return Err(too_long(self.line.saturating_add(1)));
            }
            if !wanted || !(is_whole || line.ends_with('\n')) {
                break;
            }
            self.line = self.line.saturating_add(1);
            done += line.len();
            if !line.trim().is_empty() {
                wanted = self.row(line, rows)?;
            }
        }
        text.drain(..done);
        if is_whole && wanted && rows.width.is_none() {
            rows.header(self.headers(false))?;
        }
        Ok(wanted)
    }

    fn row(&self, line: &str, rows: &mut Rows<'_>) -> Result<bool> {
        let object = match serde_json::from_str(line) {
            Ok(Value::Object(object)) => Some(object),
            _ => None,
        };
        if rows.width.is_none() {
            // The receipts name the columns as the first line does.
            let russian = object.iter().flat_map(serde_json::Map::keys).any(|key| {
                let column = meant(self.columns, key);
                column.is_some_and(|column| !column.name.eq_ignore_ascii_case(key.trim()))
            });
            if !rows.header(self.headers(russian))? {
                return Ok(false);
            }
        }
        let mut record =
            Record { line: self.line, cells: vec![String::new(); self.columns.len()], fault: None };
        let Some(object) = object else {
            record.fault = Some(Fault { column: 0, kind: FaultKind::NoObject });
            return rows.row(record);
        };
        let mut met = HashSet::new();
        for (key, value) in object {
            if is_of_receipt(&key) {
                continue;
            }
            let column = meant(self.columns, &key)
                .and_then(|meant| self.columns.iter().position(|column| column.name == meant.name));
            match (column, text(&value)) {
                (None, _) => {
                    record.fault = Some(Fault { column: record.cells.len(), kind: FaultKind::UnknownKey });
                    record.cells.push(key);
                }
                (Some(column), _) if !met.insert(column) => {
                    record.fault.get_or_insert(Fault { column, kind: FaultKind::RepeatedKey });
                }
                (Some(column), None) => {
                    record.fault.get_or_insert(Fault { column, kind: FaultKind::NestedValue });
                }
                (Some(column), Some(text)) => {
                    if let Some(cell) = record.cells.get_mut(column) {
                        *cell = text;
                    }
                }
            }
        }
        rows.row(record)
    }

    fn headers(&self, russian: bool) -> Headers {
        Headers::all(self.columns, russian)
    }
}

/// A value as a cell; lists are parted by `|`.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::Null => Some(String::new()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Number(value) => Some(value.to_string()),
        Value::String(value) => Some(value.clone()),
        Value::Array(values) => {
            let parts: Option<Vec<String>> =
                values.iter().map(|value| if value.is_array() { None } else { text(value) }).collect();
            parts.map(|parts| parts.join("|"))
        }
        Value::Object(_) => None,
    }
}
