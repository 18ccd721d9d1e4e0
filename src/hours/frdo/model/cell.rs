//! The cells of a row: each as the register takes it, with what was changed and what it would be rejected for.

use chrono::{Datelike, NaiveDate};

use super::classifier::{ADVANCED, CERTIFICATE, DIPLOMA, DUPLICATE, NO, RETRAINING, RUSSIA, YES};
use super::field::{CONFIRMED, Content, Field, Need, Record};
use super::layout::{Column, Layout};
use super::normal;
use super::step::Action;
use crate::error::Text;
use crate::hours::model::federal::minimum_hours;
use crate::values::text::is_blank;
use crate::values::{Hours, ProgramKind};

/// Why the register would not take a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellProblem {
    /// A stable code.
    pub code: &'static str,
    /// In words.
    pub words: Text,
}

impl CellProblem {
    pub(super) const fn new(code: &'static str, words: Text) -> Self {
        Self { code, words }
    }
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Its column.
    pub column: Column,
    /// What stands in it; what was written, when the register would not take it.
    pub value: String,
    /// What was written, when that is something else.
    pub changed_from: Option<String>,
    /// Why it would be rejected.
    pub problem: Option<CellProblem>,
}

impl Cell {
    fn reject(&mut self, code: &'static str, ru: &'static str, en: &'static str) {
        // One cell, one reason: the first is the one to mend.
        if self.problem.is_none() {
            self.problem = Some(CellProblem::new(code, Text::new(ru, en)));
        }
    }
}

/// The cells of a record that is sent as that, in the order of the layout.
pub fn cells(layout: Layout, action: Action, record: &Record) -> Vec<Cell> {
    let is_citizen = citizenship(record) == RUSSIA;
    let mut cells: Vec<Cell> =
        layout.columns().iter().map(|column| cell(*column, action, is_citizen, record)).collect();
    compare(&mut cells);
    cells
}

fn cell(column: Column, action: Action, is_citizen: bool, record: &Record) -> Cell {
    let (content, need) = column.field.asked();
    // A change of a duplicate has the original beside it as well.
    let is_copy = record.get(Field::DocumentStatus) == DUPLICATE;
    let needed = match need {
        Need::Always => true,
        Need::OfCitizens => is_citizen,
        Need::InDuplicates => is_copy,
        Need::InCorrections => matches!(action, Action::Change | Action::Annulment),
        Need::Optional | Need::OptionalInDuplicates => false,
    };
    let out_of_place = match need {
        Need::InDuplicates | Need::OptionalInDuplicates => !is_copy,
        Need::InCorrections => !needed,
        Need::Always | Need::Optional | Need::OfCitizens => false,
    };
    let written = if out_of_place { String::new() } else { written(column.field, record) };
    if is_blank(&written) {
        let value = when_empty(content).to_owned();
        let problem = (needed && value.is_empty()).then(missing);
        return Cell { column, value, changed_from: None, problem };
    }
    match normal(content, &written) {
        Ok(value) => {
            let changed_from = (value != written).then_some(written);
            Cell { column, value, changed_from, problem: None }
        }
        Err(problem) => Cell { column, value: written, changed_from: None, problem: Some(problem) },
    }
}

/// What is written in the field; the one confirmation of V-38 is any of the three.
fn written(field: Field, record: &Record) -> String {
    const THREE: [Field; 3] = [Field::LossConfirmed, Field::ExchangeConfirmed, Field::DestructionConfirmed];
    if field != Field::Confirmation {
        return record.get(field).to_owned();
    }
    let said = |field: &Field| normal::words(record.get(*field), CONFIRMED).is_ok_and(|word| word == YES);
    if THREE.iter().any(said) { YES.to_owned() } else { NO.to_owned() }
}

const fn when_empty(content: Content) -> &'static str {
    match content {
        Content::TextOrNone(_) => "нет",
        Content::Confirmation => NO,
        Content::Country => RUSSIA,
        _ => "",
    }
}

fn normal(content: Content, written: &str) -> Result<String, CellProblem> {
    match content {
        Content::Text(most) | Content::TextOrNone(most) => normal::text(written, most),
        Content::Name => normal::name(written),
        Content::Words(words) => normal::words(written, words),
        Content::Confirmation => normal::words(written, CONFIRMED),
        Content::Day => normal::day(written).map(|day| day.format("%d.%m.%Y").to_string()),
        Content::Year => normal::year(written),
        Content::Hours => normal::hours(written),
        Content::Snils => normal::snils(written),
        Content::Country => normal::country(written),
    }
}

fn citizenship(record: &Record) -> String {
    let written = record.get(Field::Citizenship);
    if is_blank(written) { RUSSIA.to_owned() } else { normal::country(written).unwrap_or_default() }
}

const fn missing() -> CellProblem {
    CellProblem::new("required", Text::new("Не заполнено", "It is empty"))
}

/// What two cells say together. A cell that is wrong by itself is compared with nothing.
fn compare(cells: &mut [Cell]) {
    let value = |field: Field| {
        let cell = cells.iter().find(|cell| cell.column.field == field && cell.problem.is_none());
        cell.map(|cell| cell.value.clone())
    };
    let year = |field| value(field).and_then(|text| text.parse::<i32>().ok());
    let day = |field| value(field).and_then(|text| NaiveDate::parse_from_str(&text, "%d.%m.%Y").ok());
    let (start, end) = (year(Field::StudyStartYear), year(Field::StudyEndYear));
    let (issued, born) = (day(Field::IssuedOn), day(Field::BirthDate));
    let (kind, program) = (value(Field::DocumentKind), value(Field::ProgramKind));
    let hours = value(Field::Hours).and_then(|text| text.parse::<i32>().ok());
    let program_kind = match program.as_deref() {
        Some(ADVANCED) => Some(ProgramKind::AdvancedTraining),
        Some(RETRAINING) => Some(ProgramKind::Retraining),
        _ => None,
    };
    let other_kind = match (kind.as_deref(), program_kind) {
        (Some(CERTIFICATE), Some(kind)) => kind != ProgramKind::AdvancedTraining,
        (Some(DIPLOMA), Some(kind)) => kind != ProgramKind::Retraining,
        _ => false,
    };
    let short =
        program_kind.zip(hours).is_some_and(|(kind, hours)| Hours::whole(hours) < minimum_hours(kind));
    let years_cross = start.zip(end).is_some_and(|(start, end)| start > end)
        || end.zip(issued).is_some_and(|(end, issued)| end > issued.year());
    let unborn = issued.zip(born).is_some_and(|(issued, born)| born >= issued);
    for cell in cells {
        match cell.column.field {
            Field::StudyEndYear if years_cross => cell.reject(
                "years_out_of_order",
                "Обучение кончилось раньше, чем началось, или позже выдачи документа",
                "Learning ended before it began, or after the document was issued",
            ),
            Field::BirthDate if unborn => cell.reject(
                "dates_out_of_order",
                "Документ выдан раньше рождения получателя",
                "The document was issued before its holder was born",
            ),
            // B1.4, B1.7: a certificate closes advanced training, a diploma retraining.
            Field::ProgramKind if other_kind => cell.reject(
                "other_kind",
                "Вид программы не тот, что у документа",
                "The kind of program is not that of the document",
            ),
            // B1.5: order № 266, p. 18.
            Field::Hours if short => cell.reject(
                "hours_below_minimum",
                "Меньше наименьшего объёма: 16 ч для ПК, 250 ч для ПП",
                "Below the smallest volume: 16 h of advanced training, 250 h of retraining",
            ),
            _ => {}
        }
    }
}
