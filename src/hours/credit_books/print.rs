//! A credit book as it is printed. Pure.

use std::collections::BTreeMap;

use chrono::Datelike;
use uuid::Uuid;

use super::model::{Entry, totals};
use super::service::PrintedBook;
use crate::learning_routes::documents::day;
use crate::learning_routes::documents::words::Words;
use crate::paper::{Block, Column, Document, Section, Sheet, Signature, Table};
use crate::values::Hours;

/// The credit book: an entry a line, year by year.
pub fn credit_book(printed: &PrintedBook, words: Words) -> Document {
    let shown = &printed.shown;
    let mut sections = vec![Section { heading: None, blocks: vec![Block::Facts(about(printed, words))] }];
    if shown.entries.is_empty() {
        let none = words.say("Записей нет", "There are no entries");
        sections.push(Section { heading: None, blocks: vec![Block::Missing(none)] });
    }
    let hours = totals(&shown.entries);
    for (year, entries) in by_year(&shown.entries) {
        let sum = hours.by_year.get(&year).copied().unwrap_or_default();
        let blocks =
            vec![table(printed, &entries, words), total(words.say("За год, ч", "Of the year, h"), sum)];
        sections.push(Section { heading: Some(year.to_string()), blocks });
    }
    let all = total(words.say("Всего, ч", "In all, h"), hours.hours);
    let note = Block::Text(words.say(
        "Часы книжки в норму не входят: их подтверждают документы об обучении.",
        "These are no hours of the norm: those are proven by documents about training.",
    ));
    sections.push(Section { heading: None, blocks: vec![all, note] });
    let name = shown.name.to_string();
    Document {
        stamp: None,
        title: words.say("Зачётная книжка", "Credit book"),
        subtitle: Some(name.clone()),
        sheet: Sheet::Landscape,
        sections,
        signatures: vec![
            Signature { role: words.say("Педагог", "Teacher"), name: Some(name.clone()) },
            Signature {
                role: words.say("Руководитель организации", "Head of the organization"), name: None
            },
        ],
        footer: format!("{} · {name}", words.say("Зачётная книжка", "Credit book")),
        page_word: words.say("Стр.", "Page"),
        of_word: words.say("из", "of"),
        dated_on: printed.today,
        language: words.code(),
    }
}

fn about(printed: &PrintedBook, words: Words) -> Vec<(String, String)> {
    let book = &printed.shown.book;
    let mut facts = vec![(words.say("Организация", "Organization"), named(printed, book.organization_id))];
    facts.extend(book.issued_by_id.map(|id| (words.say("Выдана", "Issued by"), named(printed, id))));
    facts.push((words.say("Положение", "Regulation"), printed.regulation_title.clone()));
    facts.push((words.say("Открыта", "Opened on"), day(book.opened_on)));
    facts.extend(book.closed_on.map(|on| (words.say("Закрыта", "Closed on"), day(on))));
    facts
}

fn named(printed: &PrintedBook, id: Uuid) -> String {
    printed.organizations.get(&id).cloned().unwrap_or_default()
}

/// The entries by the calendar year of their last day, as their hours are summed.
fn by_year(entries: &[Entry]) -> BTreeMap<i32, Vec<&Entry>> {
    let mut years: BTreeMap<i32, Vec<&Entry>> = BTreeMap::new();
    for entry in entries {
        years.entry(entry.data.ended_on.year()).or_default().push(entry);
    }
    years
}

fn table(printed: &PrintedBook, entries: &[&Entry], words: Words) -> Block {
    let columns = vec![
        Column::numbers("№", 1),
        Column::words(words.say("Тема", "Topic"), 9),
        Column::words(words.say("Организатор", "Organiser"), 6),
        Column::words(words.say("Сроки", "Dates"), 5),
        Column::numbers(words.say("Часы", "Hours"), 2),
        Column::words(words.say("Запись внёс", "Written by"), 6),
    ];
    let row = |(number, entry): (u32, &&Entry)| {
        let data = &entry.data;
        vec![
            number.to_string(),
            data.topic.clone(),
            named(printed, entry.organization_id),
            format!("{} – {}", day(data.started_on), day(data.ended_on)),
            data.hours.to_string(),
            writer(printed, entry, words),
        ]
    };
    Block::Table(Table { columns, rows: (1..).zip(entries).map(row).collect() })
}

/// Who wrote it and by which right; other systems have no name.
fn writer(printed: &PrintedBook, entry: &Entry, words: Words) -> String {
    let role = words.role(entry.written_as);
    match entry.writer_id.and_then(|id| printed.writers.get(&id)) {
        Some(name) => format!("{}, {role}", name.short()),
        None => role,
    }
}

fn total(words: String, hours: Hours) -> Block {
    Block::Text(format!("{words}: {hours}"))
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use chrono::{DateTime, NaiveDate};

    use super::*;
    use crate::authz::Role;
    use crate::error::Language;
    use crate::hours::credit_books::model::{CreditBook, EntryData, Source};
    use crate::hours::credit_books::service::ShownBook;
    use crate::values::PersonName;

    fn day_of(year: i32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, 3, 10).unwrap()
    }

    fn entry(year: i32, writer_id: Option<Uuid>) -> Entry {
        let (nobody, on) = (Uuid::nil(), day_of(year));
        Entry {
            id: nobody,
            region_id: nobody,
            book_id: nobody,
            person_id: nobody,
            organization_id: nobody,
            source: Source::Association(nobody),
            enrollment_id: None,
            credential_id: None,
            data: EntryData {
                topic: format!("Тема {year}"),
                started_on: on,
                ended_on: on,
                hours: Hours::whole(6),
            },
            corrects_id: None,
            withdrawn: false,
            reason: None,
            writer_id,
            written_as: Role::OfferingLeader,
            created_at: DateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn a_book_is_printed_by_years_with_who_wrote_each_entry() {
        let (nobody, leader) = (Uuid::nil(), Uuid::from_u128(7));
        let book = CreditBook {
            id: nobody,
            region_id: nobody,
            municipality_id: None,
            organization_id: nobody,
            person_id: nobody,
            issued_by_id: None,
            regulation_id: nobody,
            opened_on: day_of(2025),
            closed_on: None,
            version: 1,
        };
        let name = |last: &str| PersonName::new(last, "Anna", None).unwrap();
        let entries = vec![entry(2025, Some(leader)), entry(2026, None), entry(2026, Some(leader))];
        let printed = PrintedBook {
            shown: ShownBook { book, name: name("Testova"), entries, allowed_actions: Vec::new() },
            organizations: HashMap::from([(nobody, "Центр".to_owned())]),
            writers: HashMap::from([(leader, name("Petrova"))]),
            regulation_title: "Положение".to_owned(),
            today: day_of(2026),
        };
        let document = credit_book(&printed, Words(Language::Ru));
        let headings: Vec<&str> =
            document.sections.iter().filter_map(|section| section.heading.as_deref()).collect();
        assert_eq!(headings, ["2025", "2026"]);
        let lines: Vec<(String, String)> = document
            .sections
            .iter()
            .flat_map(|section| &section.blocks)
            .filter_map(|block| match block {
                Block::Table(table) => Some(&table.rows),
                _ => None,
            })
            .flatten()
            .map(|row| (row[1].clone(), row[5].clone()))
            .collect();
        let said = |topic: &str, writer: &str| (topic.to_owned(), writer.to_owned());
        assert_eq!(
            lines,
            [
                said("Тема 2025", "Petrova A., руководитель обучения"),
                said("Тема 2026", "руководитель обучения"),
                said("Тема 2026", "Petrova A., руководитель обучения"),
            ]
        );
        let texts: Vec<&str> = document
            .sections
            .iter()
            .flat_map(|section| &section.blocks)
            .filter_map(|block| match block {
                Block::Text(text) => Some(text.as_str()),
                _ => None,
            })
            .collect();
        assert_eq!(texts[..3], ["За год, ч: 6", "За год, ч: 12", "Всего, ч: 18"]);
    }
}
