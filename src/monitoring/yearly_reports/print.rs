//! A yearly report as it is printed: tables and charts of measures. Pure.

mod charts;
mod numbers;

use chrono::NaiveDate;

use self::charts::{bars_of_keys, bars_of_places, curves};
use self::numbers::{amount, cell, share};
use super::service::YearlyReport;
use crate::diagnostics::analytics::model::{Place, SMALLEST};
use crate::error::Text;
use crate::learning_routes::documents::day;
use crate::learning_routes::documents::words::Words;
use crate::monitoring::measures::model::{Definition, Measure, Unit, key_title};
use crate::monitoring::measures::service::NamedLine;
use crate::paper::{Block, Column, Document, Section, Sheet, Signature, Table};

/// How many keys stand side by side in one table.
const ABREAST: usize = 5;

/// The report to be printed.
pub fn yearly_report(report: &YearlyReport, words: Words) -> Document {
    let title = words.of(&Text::owned(
        format!("Годовой отчёт о профессиональном развитии педагогов за {} год", report.days.year()),
        format!("Yearly report on the professional development of teachers, {}", report.days.year()),
    ));
    let told: Vec<Told<'_>> = Measure::ALL.into_iter().map(|measure| Told::of(report, measure)).collect();
    let mut sections = vec![about(report, words), summary(&told, words)];
    sections
        .extend(told.iter().filter(|told| !told.lines.is_empty()).map(|told| section(report, told, words)));
    let unknown: Vec<String> = told
        .iter()
        .filter(|told| told.lines.is_empty() && told.definition.measure != Measure::AssignmentOrdered)
        .map(|told| words.of(&told.definition.title))
        .collect();
    if !unknown.is_empty() {
        let heading = Some(words.say("Нет данных", "Nothing is known"));
        sections.push(Section { heading, blocks: vec![Block::List(unknown)] });
    }
    Document {
        stamp: None,
        title,
        subtitle: Some(report.measured.name.clone()),
        sheet: Sheet::Portrait,
        sections,
        signatures: vec![Signature { role: words.say("Руководитель", "Head"), name: None }],
        footer: format!(
            "{} · {} · {}",
            words.say("Годовой отчёт", "Yearly report"),
            report.measured.name,
            report.days.year()
        ),
        page_word: words.say("Стр.", "Page"),
        of_word: words.say("из", "of"),
        dated_on: report.days.as_of,
        language: words.code(),
    }
}

/// A measure with its values.
struct Told<'a> {
    definition: Definition,
    lines: Vec<&'a NamedLine>,
    place: Place,
}

impl<'a> Told<'a> {
    fn of(report: &'a YearlyReport, measure: Measure) -> Self {
        let lines = report.measured.lines.iter().filter(|line| line.line.measure == measure);
        Self { definition: measure.definition(), lines: lines.collect(), place: report.measured.place }
    }

    /// Those of the unit itself, by key.
    fn own(&self) -> impl Iterator<Item = &'a NamedLine> {
        self.lines.iter().copied().filter(|line| line.line.place == self.place)
    }

    const fn unit(&self) -> Unit {
        self.definition.unit
    }

    const fn is_by_key(&self) -> bool {
        self.definition.key.is_some()
    }

    /// The name of the key of a line.
    fn key(&self, line: &NamedLine, words: Words) -> String {
        key_name(self.definition.measure, &line.line.key, line.line.label.as_deref(), words)
    }
}

/// The name of a key: of the data, of the product, or the key itself.
fn key_name(measure: Measure, key: &str, label: Option<&str>, words: Words) -> String {
    let known = key_title(measure, key).map(|title| words.of(&title));
    known.or_else(|| label.map(str::to_owned)).unwrap_or_else(|| key.to_owned())
}

fn about(report: &YearlyReport, words: Words) -> Section {
    let level = match report.measured.place {
        Place::School(_) => words.say("организация", "organization"),
        Place::Municipality(_) => words.say("муниципалитет", "municipality"),
        Place::Region(_) => words.say("регион", "region"),
    };
    let last = NaiveDate::from_ymd_opt(report.days.year(), 12, 31).unwrap_or(report.days.as_of);
    let facts = vec![
        (words.say("О ком", "Of"), report.measured.name.clone()),
        (words.say("Уровень", "Level"), level),
        (words.say("Период", "Period"), format!("{} – {}", day(report.days.starts_on), day(last))),
        (words.say("По состоянию на", "As of"), day(report.days.as_of)),
    ];
    let note = words.of(&Text::owned(
        format!(
            "Показатели считаются одинаково на всех уровнях. Если за числом меньше {SMALLEST} человек или по нему можно \
             узнать такое число рядом, оно скрыто."
        ),
        format!(
            "Measures are counted in one way at every level. A number that fewer than {SMALLEST} people stand behind is \
             hidden, and so is one that would tell of such a number beside it."
        ),
    ));
    Section { heading: None, blocks: vec![Block::Facts(facts), Block::Text(note)] }
}

/// Every measure of the unit itself in one table.
fn summary(told: &[Told<'_>], words: Words) -> Section {
    let columns = vec![
        Column::words(words.say("Показатель", "Measure"), 8),
        Column::words(words.say("Разрез", "Of"), 6),
        Column::numbers(words.say("Значение", "Value"), 5),
        Column::numbers(words.say("Сосчитано", "Counted"), 4),
        Column::numbers(words.say("Из", "Out of"), 3),
    ];
    let row = |told: &Told<'_>, line: &NamedLine| {
        let key = if told.is_by_key() { told.key(line, words) } else { String::new() };
        let title = words.of(&told.definition.title);
        let (value, numerator, denominator) = match (line.line.shown, told.unit()) {
            (None, _) => (numbers::hidden(words), String::new(), String::new()),
            (Some(shown), Unit::Percent) => {
                (share(shown), shown.numerator.to_string(), shown.denominator.to_string())
            }
            (Some(shown), Unit::Kopecks) => (amount(shown.numerator, words), String::new(), String::new()),
        };
        vec![title, key, value, numerator, denominator]
    };
    let rows = told.iter().flat_map(|told| told.own().map(|line| row(told, line)).collect::<Vec<_>>());
    let table = Table { columns, rows: rows.collect() }.without_empty_columns();
    let block = if table.rows.is_empty() {
        Block::Missing(words.say("Данных нет", "Nothing is known"))
    } else {
        Block::Table(table)
    };
    Section { heading: Some(words.say("Показатели", "Measures")), blocks: vec![block] }
}

/// A measure: what it means, bars, how it went, and the units side by side.
fn section(report: &YearlyReport, told: &Told<'_>, words: Words) -> Section {
    let mut blocks = vec![Block::Text(meaning(&told.definition, words))];
    if told.is_by_key() {
        blocks.push(Block::Bars(bars_of_keys(told, words)));
        blocks.extend(side_by_side(told, words).into_iter().map(Block::Table));
    } else {
        blocks.push(Block::Bars(bars_of_places(told, words)));
    }
    let series = report.measured.series.get(&told.definition.measure).map_or(&[][..], Vec::as_slice);
    blocks.extend(curves(&report.days.days, series, &told.definition, words).map(Block::Curves));
    Section { heading: Some(words.of(&told.definition.title)), blocks }
}

fn meaning(definition: &Definition, words: Words) -> String {
    let numerator = words.of(&definition.numerator);
    let source = format!("{}: {}.", words.say("Источник", "Source"), words.of(&definition.source));
    match &definition.denominator {
        Some(denominator) => format!("{}. {numerator}. {source}", words.of(denominator)),
        None => format!("{numerator}. {source}"),
    }
}

/// The units directly under the place by key, so many keys in one table.
fn side_by_side(told: &Told<'_>, words: Words) -> Vec<Table> {
    let keys: Vec<&NamedLine> = told.own().collect();
    let mut places: Vec<(Place, &str)> = Vec::new();
    for line in told.lines.iter().filter(|line| line.line.place != told.place) {
        if places.iter().all(|(place, _)| *place != line.line.place) {
            places.push((line.line.place, line.name.as_str()));
        }
    }
    if places.len() < 2 {
        return Vec::new();
    }
    let table = |keys: &[&NamedLine]| {
        let mut columns = vec![Column::words(words.say("Подразделение", "Unit"), 5)];
        columns.extend(keys.iter().map(|key| Column::numbers(told.key(key, words), 3)));
        let row = |(place, name): &(Place, &str)| {
            let of_key = |key: &&NamedLine| {
                let found =
                    told.lines.iter().find(|it| it.line.place == *place && it.line.key == key.line.key);
                found.map_or_else(String::new, |line| cell(line.line.shown, told.unit(), words))
            };
            let mut cells = vec![(*name).to_owned()];
            cells.extend(keys.iter().map(of_key));
            cells
        };
        Table { columns, rows: places.iter().map(row).collect() }
    };
    keys.chunks(ABREAST).map(table).collect()
}
