//! A growth card as it is printed. Pure.

use chrono::Datelike;

use super::content::{CardActivity, CardContent};
use super::model::CardPeriod;
use super::service::PrintedCard;
use crate::error::Text;
use crate::learning_routes::documents::day;
use crate::learning_routes::documents::words::Words;
use crate::paper::{Block, Column, Document, Section, Sheet, Signature, Table};
use crate::values::Hours;

/// The growth card.
pub fn growth_card(card: &PrintedCard, words: Words) -> Document {
    let content = &card.shown.content;
    let mut sections = vec![about(card, words)];
    sections.push(section(words.say("Мероприятия", "Activities"), activities(content, words)));
    sections.push(section(words.say("Завершённые этапы", "Closed stages"), vec![stages(content, words)]));
    sections.push(section(
        words.say("Документы об обучении", "Documents about training"),
        vec![credentials(content, words)],
    ));
    let deficits = vec![
        (words.say("Маршрут отвечает на", "The route answers"), content.deficits.answered.to_string()),
        (words.say("Из них закрыто", "Closed of them"), content.deficits.closed.to_string()),
    ];
    sections.push(section(words.say("Затруднения", "Difficulties"), vec![Block::Facts(deficits)]));
    let reflection = match &card.shown.card.reflection {
        Some(text) => Block::Text(text.clone()),
        None => Block::Missing(words.say("Ещё не написана", "Not written yet")),
    };
    sections.push(section(words.say("Рефлексия", "Reflection"), vec![reflection]));
    sections.extend(decision(card, words));
    Document {
        stamp: None,
        title: title(card.shown.card.period, words),
        subtitle: Some(match &card.position {
            Some(position) => format!("{}, {position}", card.learner_name),
            None => card.learner_name.clone(),
        }),
        sheet: Sheet::Landscape,
        sections,
        signatures: vec![
            Signature { role: words.say("Педагог", "Learner"), name: Some(card.learner_name.clone()) },
            Signature {
                role: words.say("Руководитель организации", "Head of the organization"), name: None
            },
        ],
        footer: format!("{} · {}", card.route_title, card.learner_name),
        page_word: words.say("Стр.", "Page"),
        of_word: words.say("из", "of"),
        dated_on: card.shown.card.submitted_on.unwrap_or(card.today),
        language: words.code(),
    }
}

/// What it is, and of which year: a school year has two numbers.
fn title(period: CardPeriod, words: Words) -> String {
    let (first, last) = (period.starts_on.year(), period.ends_on.year());
    let text = if first == last {
        Text::owned(format!("Карта роста за {first} год"), format!("Growth card of {first}"))
    } else {
        Text::owned(
            format!("Карта роста за {first}/{last} учебный год"),
            format!("Growth card of the school year {first}/{last}"),
        )
    };
    words.of(&text)
}

fn section(heading: String, blocks: Vec<Block>) -> Section {
    Section { heading: Some(heading), blocks }
}

fn none(words: Words) -> Block {
    Block::Missing(words.say("Записей нет", "There are no records"))
}

fn about(card: &PrintedCard, words: Words) -> Section {
    let (shown, period) = (&card.shown, card.shown.card.period);
    let state = words.growth_card_state(shown.card.state);
    let mut facts = vec![
        (words.say("Организация", "Organization"), card.organization_name.clone()),
        (words.say("Положение", "Regulation"), card.regulation_title.clone()),
        (words.say("Маршрут", "Route"), card.route_title.clone()),
        (words.say("Период", "Period"), format!("{} – {}", day(period.starts_on), day(period.ends_on))),
        (words.say("Сдать до", "Due"), day(period.due_on)),
        (
            words.say("Состояние", "State"),
            if shown.overdue {
                format!("{state}, {}", words.say("просрочена", "overdue"))
            } else {
                state
            },
        ),
    ];
    facts.extend(shown.card.submitted_on.map(|on| (words.say("Дата сдачи", "Handed in on"), day(on))));
    Section { heading: None, blocks: vec![Block::Facts(facts)] }
}

fn activities(content: &CardContent, words: Words) -> Vec<Block> {
    if content.activities.is_empty() {
        return vec![none(words)];
    }
    let columns = vec![
        Column::numbers("№", 1),
        Column::words(words.say("Мероприятие", "Activity"), 9),
        Column::words(words.say("Вид", "Kind"), 4),
        Column::words(words.say("Часть", "Part"), 4).optional(),
        Column::words(words.say("Сроки", "Dates"), 5),
        Column::numbers(words.say("Часы", "Hours"), 2),
        Column::words(words.say("Выполнено", "Done"), 3),
    ];
    let row = |(number, activity): (u32, &CardActivity)| {
        vec![
            number.to_string(),
            activity.title.clone(),
            words.kind(activity.kind),
            activity.part.map(|part| words.part(part)).unwrap_or_default(),
            format!("{} – {}", day(activity.starts_on), day(activity.ends_on)),
            activity.hours.map(|hours| hours.to_string()).unwrap_or_default(),
            activity.completed_on.map(day).unwrap_or_default(),
        ]
    };
    let rows = (1..).zip(&content.activities).map(row).collect();
    let planned: Hours = content.activities.iter().filter_map(|activity| activity.hours).sum();
    let done = content.activities.iter().filter(|activity| activity.completed_on.is_some());
    let done: Hours = done.filter_map(|activity| activity.hours).sum();
    let total = format!(
        "{}: {planned}; {}: {done}",
        words.say("Всего часов", "Hours together"),
        words.say("выполнено", "completed")
    );
    vec![Block::Table(Table { columns, rows }.without_empty_columns()), Block::Text(total)]
}

fn stages(content: &CardContent, words: Words) -> Block {
    if content.stages.is_empty() {
        return none(words);
    }
    Block::List(
        content.stages.iter().map(|stage| format!("{}, {}", stage.title, day(stage.closed_on))).collect(),
    )
}

fn credentials(content: &CardContent, words: Words) -> Block {
    if content.credentials.is_empty() {
        return none(words);
    }
    let columns = vec![
        Column::words(words.say("Документ", "Document"), 6),
        Column::words(words.say("Программа или тема", "Program or topic"), 8),
        Column::words(words.say("Кем выдан", "Issued by"), 6),
        Column::numbers(words.say("Часы", "Hours"), 2),
        Column::words(words.say("Дата выдачи", "Issued on"), 3),
    ];
    let rows = content.credentials.iter().map(|paper| {
        vec![
            words.document(paper.kind),
            paper.title.clone(),
            paper.issuer_name.clone(),
            paper.hours.to_string(),
            day(paper.issued_on),
        ]
    });
    Block::Table(Table { columns, rows: rows.collect() })
}

/// Who looked it through, where somebody has.
fn decision(card: &PrintedCard, words: Words) -> Option<Section> {
    let decision = card.shown.card.resolution.as_ref()?;
    let facts = [
        card.decider_name.clone().map(|name| (words.say("Кто", "Who"), name)),
        Some((words.say("Дата", "Date"), day(decision.on))),
        decision.note.clone().map(|note| (words.say("Отметка", "Note"), note)),
        decision.due_on.map(|due_on| (words.say("Сдать снова до", "To be handed in again by"), day(due_on))),
    ];
    let facts = Block::Facts(facts.into_iter().flatten().collect());
    Some(section(words.say("Решение", "Decision"), vec![facts]))
}
