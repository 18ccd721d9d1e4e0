//! CSV as people really write it, record by record (RFC 4180 with `;` as well). A record that cannot be read is told
//! with its line and column, and reading goes on at the next line: a lost quote never swallows what follows it.

use std::iter::Peekable;
use std::str::Chars;

/// A record with the line on which it begins.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Record {
    /// Line of the file, from 1.
    pub(super) line: i32,
    /// The cells as far as they could be read.
    pub(super) cells: Vec<String>,
    /// The cell that could not be read.
    pub(super) fault: Option<Fault>,
}

/// Which cell cannot be read, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fault {
    /// Column, from 0.
    pub(super) column: usize,
    /// Why.
    pub(super) kind: FaultKind,
}

/// Why a cell cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FaultKind {
    /// The quote that opens the cell is never closed.
    NeverClosed,
    /// After the closing quote comes neither a delimiter nor the end of the line.
    TextAfterQuote,
}

/// The records of a text, empty lines left out.
pub(super) struct Records<'a> {
    rest: Peekable<Chars<'a>>,
    delimiter: char,
    line: i32,
}

impl<'a> Records<'a> {
    pub(super) fn of(text: &'a str, delimiter: char) -> Self {
        Self { rest: text.chars().peekable(), delimiter, line: 1 }
    }

    /// The next character; the end of a line is `\n` however it is written.
    fn next_char(&mut self) -> Option<char> {
        let found = self.rest.next()?;
        if found == '\r' && self.rest.peek() == Some(&'\n') {
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
        if self.rest.peek() == Some(&'"') {
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
                Some(found) => cell.push(found),
            }
        }
    }

    /// Goes back to where a cell began and reads past the end of that line.
    fn resume_after_line(&mut self, (rest, line): (Peekable<Chars<'a>>, i32)) {
        (self.rest, self.line) = (rest, line);
        while !matches!(self.next_char(), None | Some('\n')) {}
    }
}

impl Iterator for Records<'_> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        while matches!(self.rest.peek(), Some('\n' | '\r')) {
            self.next_char();
        }
        self.rest.peek()?;
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
