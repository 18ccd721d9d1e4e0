//! CSV as people really write it, record by record (RFC 4180 with `;` as well). A record that cannot be read is told
//! with its line and column, and reading goes on at the next line: a lost quote never swallows what follows it.

use std::str::Chars;

use super::{Fault, FaultKind, LONGEST_ROW, Record, Rows, too_long, unreadable};
use crate::error::Result;

/// Characters of a quoted cell at most, in bytes: a quote that is not closed by then is lost.
const LONGEST_QUOTED: usize = 64 * 1024;

/// Takes the records off a text that comes in pieces.
#[derive(Default)]
pub(super) struct Reader {
    begun: Option<(char, i32)>,
}

impl Reader {
    /// Takes every record that is there as a whole off the front; `false` when nobody wants more.
    pub(super) fn take(&mut self, text: &mut String, is_whole: bool, rows: &mut Rows<'_>) -> Result<bool> {
        let (delimiter, line) = match self.begun {
            Some(begun) => begun,
            None => match delimiter(text, is_whole) {
                Some(delimiter) => (delimiter, 1),
                None if text.len() > LONGEST_ROW => return Err(too_long(1)),
                None => return Ok(true),
            },
        };
        let mut records = Records::of(text, delimiter);
        records.line = line;
        let (mut left, mut wanted) = ((text.len(), line), true);
        while wanted {
            let record = records.next();
            if records.met_end && !is_whole {
                // What is behind the end of the text decides.
                break;
            }
            let Some(record) = record else { break };
            let here = records.rest.as_str().len();
            if left.0.saturating_sub(here) > LONGEST_ROW {
                return Err(too_long(left.1));
            }
            left = (here, records.line);
            wanted = if rows.width.is_none() {
                if record.fault.is_some() {
                    return Err(unreadable(
                        "Кавычки в заголовке не закрыты",
                        "The quotes of the header are not closed",
                    ));
                }
                rows.header_cells(&record.cells, Some(delimiter))?
            } else {
                rows.row(record)?
            };
        }
        if left.0 > LONGEST_ROW && wanted && !is_whole {
            return Err(too_long(left.1));
        }
        self.begun = Some((delimiter, left.1));
        text.drain(..text.len().saturating_sub(left.0));
        if is_whole && rows.width.is_none() {
            rows.header_cells(&[], Some(delimiter))?;
        }
        Ok(wanted)
    }
}

/// What parts the cells, as soon as the first line that is not empty is there.
fn delimiter(text: &str, is_whole: bool) -> Option<char> {
    let first = text.trim_start_matches(['\n', '\r']);
    let line = first.split(['\n', '\r']).next().unwrap_or_default();
    (is_whole || line.len() < first.len()).then(|| if line.contains(';') { ';' } else { ',' })
}

/// The records of a text, empty lines left out.
pub(super) struct Records<'a> {
    rest: Chars<'a>,
    delimiter: char,
    line: i32,
    met_end: bool,
}

impl<'a> Records<'a> {
    pub(super) fn of(text: &'a str, delimiter: char) -> Self {
        Self { rest: text.chars(), delimiter, line: 1, met_end: false }
    }

    fn peek(&mut self) -> Option<char> {
        let found = self.rest.clone().next();
        self.met_end |= found.is_none();
        found
    }

    /// The next character; the end of a line is `\n` however it is written.
    fn next_char(&mut self) -> Option<char> {
        let Some(found) = self.rest.next() else {
            self.met_end = true;
            return None;
        };
        if found == '\r' && self.peek() == Some('\n') {
            self.rest.next();
        }
        let found = if found == '\r' { '\n' } else { found };
        if found == '\n' {
            self.line = self.line.saturating_add(1);
        }
        Some(found)
    }

    /// Reads a cell; says whether the record goes on.
    fn cell(&mut self) -> (String, Result<bool, FaultKind>) {
        if self.peek() == Some('"') {
            self.next_char();
            return self.quoted();
        }
        let mut cell = String::new();
        loop {
            match self.next_char() {
                Some(found) if found == self.delimiter => return (cell, Ok(true)),
                None | Some('\n') => return (cell, Ok(false)),
                Some(found) => cell.push(found),
            }
        }
    }

    /// Reads on after the opening quote.
    fn quoted(&mut self) -> (String, Result<bool, FaultKind>) {
        let mut cell = String::new();
        loop {
            match self.next_char() {
                None => return (cell, Err(FaultKind::NeverClosed)),
                Some('"') => match self.next_char() {
                    Some('"') => cell.push('"'),
                    Some(found) if found == self.delimiter => return (cell, Ok(true)),
                    None | Some('\n') => return (cell, Ok(false)),
                    Some(_) => return (cell, Err(FaultKind::TextAfterQuote)),
                },
                Some(_) if cell.len() > LONGEST_QUOTED => return (cell, Err(FaultKind::NeverClosed)),
                Some(found) => cell.push(found),
            }
        }
    }

    /// Goes back to where a cell began and reads past the end of that line.
    fn resume_after_line(&mut self, (rest, line): (Chars<'a>, i32)) {
        (self.rest, self.line) = (rest, line);
        while !matches!(self.next_char(), None | Some('\n')) {}
    }
}

impl Iterator for Records<'_> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        while matches!(self.peek(), Some('\n' | '\r')) {
            self.next_char();
        }
        self.peek()?;
        let mut record = Record { line: self.line, cells: Vec::new(), fault: None };
        loop {
            let here = (self.rest.clone(), self.line);
            let (cell, end) = self.cell();
            match end {
                Ok(more) => {
                    record.cells.push(cell);
                    if !more {
                        return Some(record);
                    }
                }
                Err(kind) => {
                    record.fault = Some(Fault { column: record.cells.len(), kind });
                    self.resume_after_line(here);
                    return Some(record);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(i32, String, Option<Fault>)> {
        Records::of(text, ';').map(|record| (record.line, record.cells.join("|"), record.fault)).collect()
    }

    #[test]
    fn quotes_hold_delimiters_quotes_and_line_ends() {
        let text = "a;\"b;\"\"c\"\"\";\"d\r\ne\"\r\n\nООО \"Ромашка\";2\rlast";
        let expected = [(1, "a|b;\"c\"|d\ne"), (4, "ООО \"Ромашка\"|2"), (5, "last")];
        let expected = expected.map(|(line, cells)| (line, cells.to_owned(), None));
        assert_eq!(read(text), expected);
    }

    #[test]
    fn a_lost_quote_costs_its_own_line_alone() {
        let fault = |column, kind| Some(Fault { column, kind });
        let rows = read("a;\"b\nc;d\n\"e\";f\n");
        assert_eq!(rows[0], (1, "a".to_owned(), fault(1, FaultKind::TextAfterQuote)));
        assert_eq!(rows[1..].iter().map(|row| row.1.as_str()).collect::<Vec<_>>(), ["c|d", "e|f"]);
        let rows = read("\"a;b\nc;d");
        assert_eq!(rows[0], (1, String::new(), fault(0, FaultKind::NeverClosed)));
        assert_eq!(rows[1], (2, "c|d".to_owned(), None));
    }

    #[test]
    fn the_last_cell_may_be_empty() {
        assert_eq!(read("a;\nb;\"\"")[0].1, "a|");
        assert_eq!(read("a;\nb;\"\"")[1].1, "b|");
    }
}
