//! Cells as values. Every cell of a row is read before the row is refused, so that all problems are told at once.

use std::borrow::Cow;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::super::table::Row;
use crate::error::{Error, FieldProblem, Result, Text};
use crate::values::{CodeError, DayError, Hours, Snils, parse_day};

/// Reads the cells of a row and collects what is wrong with them.
pub(super) struct Cells<'a> {
    row: &'a Row<'a>,
    problems: Vec<FieldProblem>,
}

impl<'a> Cells<'a> {
    pub(super) const fn new(row: &'a Row<'a>) -> Self {
        Self { row, problems: Vec::new() }
    }

    /// The values, unless a cell was wrong.
    pub(super) fn finish<T>(self, values: Option<T>) -> Result<T> {
        if !self.problems.is_empty() {
            return Err(Error::invalid(self.problems));
        }
        values.ok_or_else(|| Error::internal("a row without problems and without values"))
    }

    pub(super) fn problem(&mut self, name: &str, code: &'static str, ru: &str, en: &str) {
        self.problems.push(FieldProblem::new(format!("/{name}"), code, Text::owned(ru, en)));
    }

    pub(super) fn text(&self, name: &str) -> Option<String> {
        self.row.cell(name).map(str::to_owned)
    }

    pub(super) fn required(&mut self, name: &str) -> Option<String> {
        let found = self.text(name);
        if found.is_none() {
            self.problem(name, "required", "Обязательное поле", "The field is required");
        }
        found
    }

    /// A list parted by `|`.
    pub(super) fn list(&self, name: &str) -> Vec<String> {
        let cell = self.row.cell(name).unwrap_or_default();
        cell.split('|').map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned).collect()
    }

    /// A word of a closed vocabulary.
    pub(super) fn word<T>(&mut self, name: &str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        let word = self.row.cell(name)?;
        let parsed = parse(word);
        if parsed.is_none() {
            self.problem(name, "unknown_value", "Недопустимое значение", "This value is not allowed");
        }
        parsed
    }

    /// `2026-03-02`, or `02.03.2026` as spreadsheets write it.
    pub(super) fn date(&mut self, name: &str) -> Option<NaiveDate> {
        let cell = self.row.cell(name)?;
        let in_order = match cell.split('.').collect::<Vec<_>>().as_slice() {
            [day, month, year] => Cow::Owned(format!("{year}-{month}-{day}")),
            _ => Cow::Borrowed(cell),
        };
        match parse_day(&in_order) {
            Ok(day) => Some(day),
            Err(DayError::OutOfRange) => {
                let problem = FieldProblem::new(
                    format!("/{name}"),
                    DayError::OutOfRange.code(),
                    DayError::OutOfRange.words(),
                );
                self.problems.push(problem);
                None
            }
            Err(DayError::Malformed) => {
                self.problem(
                    name,
                    "invalid_date",
                    "Ожидается дата ГГГГ-ММ-ДД или ДД.ММ.ГГГГ",
                    "Expected YYYY-MM-DD or DD.MM.YYYY",
                );
                None
            }
        }
    }

    pub(super) fn required_date(&mut self, name: &str) -> Option<NaiveDate> {
        self.required(name)?;
        self.date(name)
    }

    /// A number of hours with a point or a comma.
    pub(super) fn hours(&mut self, name: &str) -> Option<Hours> {
        let cell = self.required(name)?;
        let number = cell.replace(',', ".").parse::<Decimal>().ok();
        let hours =
            number.and_then(|number| Hours::try_from(number).ok()).filter(|hours| hours.is_positive());
        if hours.is_none() {
            self.problem(
                name,
                "invalid_hours",
                "Часы — положительное число, кратное 0,5",
                "Hours are positive, in steps of 0.5",
            );
        }
        hours
    }

    pub(super) fn snils(&mut self, name: &str) -> Option<Snils> {
        let cell = self.required(name)?;
        match Snils::parse(&cell) {
            Ok(snils) => Some(snils),
            Err(error) => {
                self.code_problem(name, &error);
                None
            }
        }
    }

    pub(super) fn code_problem(&mut self, name: &str, error: &CodeError) {
        self.problem(name, error.code(), "Номер неверен: проверьте цифры", &error.to_string());
    }
}
