//! Cells as values. Every cell of a row is read before the row is refused, so that all problems are told at once.

use std::borrow::Cow;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use validator::ValidateEmail;

use super::super::table::{Column, Row, column};
use super::vocabulary::Vocabulary;
use crate::directory::persons::model::ExternalId;
use crate::error::{Error, FieldProblem, Result, Text};
use crate::values::text::collapse;
use crate::values::{CodeError, DayError, Hours, Inn, Snils, parse_day};

/// The system a row comes from.
pub(super) const SOURCE: Column = column("source", "Источник", false);
/// What the row is called there.
pub(super) const EXTERNAL_ID: Column = column("external_id", "Внешний идентификатор", false);

/// A refusal of a use case in the columns of a file: what the body calls by the first name is the column of the second.
pub(super) fn in_columns(mut refusal: Error, names: &[(&str, &str)]) -> Error {
    for field in &mut refusal.fields {
        if let Some((_, column)) = names.iter().find(|(pointer, _)| field.pointer.starts_with(pointer)) {
            field.pointer = format!("/{column}");
        }
    }
    refusal
}

/// What the file calls by an ИНН that nobody has.
pub(super) fn unknown_inn(column: &str) -> Error {
    Error::field(
        format!("/{column}"),
        "unknown",
        "Организации с таким ИНН нет",
        "There is no organization with this INN",
    )
}

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
        self.refuse_absent(name).then(|| self.text(name))?
    }

    /// A required text of so many characters at most, cleaned of stray spaces.
    pub(super) fn required_text(&mut self, name: &str, most: usize) -> Option<String> {
        self.refuse_absent(name).then(|| self.text_of(name, 1, most))?
    }

    /// Whether the cell says something.
    fn refuse_absent(&mut self, name: &str) -> bool {
        let is_there = self.row.cell(name).is_some();
        if !is_there {
            self.problem(name, "required", "Обязательное поле", "The field is required");
        }
        is_there
    }

    /// A list parted by `|`.
    pub(super) fn list(&self, name: &str) -> Vec<String> {
        let cell = self.row.cell(name).unwrap_or_default();
        cell.split('|').map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned).collect()
    }

    /// A list of at most so many texts of at most 200 characters, as the endpoints bound them.
    pub(super) fn short_texts(&mut self, name: &str, most: usize) -> Vec<String> {
        const LONGEST: usize = 200;
        let texts: Vec<String> = self.list(name).iter().map(|text| collapse(text)).collect();
        if texts.len() > most {
            let (ru, en) = (format!("Не больше {most}"), format!("At most {most}"));
            self.problem(name, "length", &ru, &en);
        }
        if texts.iter().any(|text| text.chars().count() > LONGEST) {
            let (ru, en) = (
                format!("Каждое значение — не длиннее {LONGEST} знаков"),
                format!("Each value has {LONGEST} characters at most"),
            );
            self.problem(name, "length", &ru, &en);
        }
        texts
    }

    /// An e-mail address, as the endpoints write it.
    pub(super) fn email(&mut self, name: &str) -> Option<String> {
        let address = self.text_of(name, 1, 254)?.to_lowercase();
        let is_address = address.validate_email();
        if !is_address {
            self.problem(name, "email", "Это не адрес электронной почты", "This is no e-mail address");
        }
        is_address.then_some(address)
    }

    /// A word of a closed vocabulary.
    pub(super) fn word<T: Copy>(&mut self, name: &str, vocabulary: &Vocabulary<T>) -> Option<T> {
        let value = vocabulary.value(self.row.cell(name)?);
        if value.is_none() {
            self.unknown_word(name, vocabulary);
        }
        value
    }

    /// The same of a cell that must say something.
    pub(super) fn required_word<T: Copy>(&mut self, name: &str, vocabulary: &Vocabulary<T>) -> Option<T> {
        self.refuse_absent(name).then(|| self.word(name, vocabulary))?
    }

    fn unknown_word<T: Copy>(&mut self, name: &str, vocabulary: &Vocabulary<T>) {
        let (words, names) = vocabulary.told();
        let (ru, en) = (
            format!("Недопустимое значение; допустимы: {words}"),
            format!("The value is not allowed; these are: {names}"),
        );
        self.problem(name, "unknown_value", &ru, &en);
    }

    /// What is written in a way of its own, which a refusal tells in Russian and English.
    pub(super) fn written<T>(
        &mut self,
        name: &str,
        (ru, en): (&str, &str),
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let value = parse(self.row.cell(name)?);
        if value.is_none() {
            self.problem(name, "wrong_type", ru, en);
        }
        value
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

    /// An ИНН with its control digits, as the directory keeps it.
    pub(super) fn inn(&mut self, name: &str) -> Option<String> {
        match Inn::parse(&self.text(name)?) {
            Ok(inn) => Some(inn.as_str().to_owned()),
            Err(error) => {
                self.code_problem(name, &error);
                None
            }
        }
    }

    /// Words of a closed vocabulary, parted by `|`; none when one of them is unknown.
    pub(super) fn words<T: Copy>(&mut self, name: &str, vocabulary: &Vocabulary<T>) -> Option<Vec<T>> {
        let values: Option<Vec<T>> = self.list(name).iter().map(|word| vocabulary.value(word)).collect();
        if values.is_none() {
            self.unknown_word(name, vocabulary);
        }
        values
    }

    /// The same of a cell that must hold at least one.
    pub(super) fn some_words<T: Copy>(&mut self, name: &str, vocabulary: &Vocabulary<T>) -> Option<Vec<T>> {
        if self.list(name).is_empty() {
            self.problem(name, "required", "Обязательное поле", "The field is required");
            return None;
        }
        self.words(name, vocabulary)
    }

    /// A text of so many characters, cleaned of stray spaces.
    pub(super) fn text_of(&mut self, name: &str, least: usize, most: usize) -> Option<String> {
        let written = collapse(self.row.cell(name)?);
        if (least..=most).contains(&written.chars().count()) {
            return Some(written);
        }
        let (ru, en) =
            (format!("Допустимая длина: {least}–{most}"), format!("Allowed length: {least}–{most}"));
        self.problem(name, "length", &ru, &en);
        None
    }

    /// `да` or `нет`.
    pub(super) fn flag(&mut self, name: &str) -> Option<bool> {
        self.written(
            name,
            ("Ожидается «да» или «нет»", "Expected true or false"),
            |word| match word.to_lowercase().as_str() {
                "да" | "true" | "1" => Some(true),
                "нет" | "false" | "0" => Some(false),
                _ => None,
            },
        )
    }

    /// What the row is called in the system it comes from: both columns or none.
    pub(super) fn external(&mut self) -> Option<ExternalId> {
        let (source, id) = (self.text_of("source", 1, 50), self.text_of("external_id", 1, 100));
        for (name, alone) in [("source", source.is_none()), ("external_id", id.is_none())] {
            let other = if name == "source" { "external_id" } else { "source" };
            if alone && self.row.cell(name).is_none() && self.row.cell(other).is_some() {
                self.problem(
                    name,
                    "required",
                    "Источник и внешний идентификатор указывают вместе",
                    "source and external_id are given together",
                );
            }
        }
        source.zip(id).map(|(source, id)| ExternalId { source, id })
    }

    /// A number with check digits; none of those digits is another kind of number than is asked for.
    pub(super) fn code(
        &mut self,
        name: &str,
        parse: impl Fn(&str) -> std::result::Result<Option<String>, CodeError>,
    ) -> Option<String> {
        let cell = self.row.cell(name)?;
        match parse(cell) {
            Ok(Some(code)) => Some(code),
            Ok(None) => {
                self.problem(
                    name,
                    "length",
                    "Это номер не организации",
                    "This is no number of an organization",
                );
                None
            }
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
