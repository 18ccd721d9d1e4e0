//! Documents as they are printed. Pure.

use super::assemble::day;
use super::dto::{
    RouteCardDocument, RouteDocumentDecision, RouteDocumentFact, RouteDocumentHead, RouteDossierDocument,
    RoutePlanDocument, RoutePlanLine,
};
use super::words::Words;
use crate::authz::Role;
use crate::paper::{Block, Column, Document, Section, Sheet, Signature, Stamp, Table};

fn sheet(head: &RouteDocumentHead, words: Words, title: String, sheet: Sheet) -> Document {
    Document {
        stamp: None,
        title,
        subtitle: Some(match &head.position {
            Some(position) => format!("{}, {position}", head.learner_name),
            None => head.learner_name.clone(),
        }),
        sheet,
        sections: Vec::new(),
        signatures: Vec::new(),
        footer: format!("{} · {}", head.title, head.learner_name),
        page_word: words.say("Стр.", "Page"),
        of_word: words.say("из", "of"),
        dated_on: head.assembled_on,
        language: words.code(),
    }
}

fn about(head: &RouteDocumentHead, words: Words) -> Section {
    let facts = vec![
        (words.say("Организация", "Organization"), head.organization_name.clone()),
        (words.say("Положение", "Regulation"), head.regulation_title.clone()),
        (words.say("Тема", "Topic"), head.title.clone()),
        (words.say("Срок", "Term"), format!("{} – {}", day(head.starts_on), day(head.ends_on))),
        (words.say("Состояние", "State"), head.state.clone()),
        (words.say("Составлено", "Assembled"), day(head.assembled_on)),
    ];
    Section { heading: None, blocks: vec![Block::Facts(facts)] }
}

fn facts(facts: &[RouteDocumentFact]) -> Block {
    Block::Facts(facts.iter().map(|fact| (fact.name.clone(), fact.value.clone())).collect())
}

fn section(heading: String, blocks: Vec<Block>) -> Section {
    Section { heading: Some(heading), blocks }
}

fn measures(lines: &[RoutePlanLine], words: Words) -> Block {
    let columns = vec![
        Column::numbers("№", 1),
        Column::words(words.say("Мероприятие", "Measure"), 8),
        Column::words(words.say("Вид и форма", "Kind and form"), 5),
        Column::words(words.say("Уровень", "Level"), 4).optional(),
        Column::words(words.say("Сроки", "Dates"), 4),
        Column::numbers(words.say("Часы", "Hours"), 2),
        Column::words(words.say("Организатор, место", "Organizer, place"), 5).optional(),
        Column::words(words.say("Основание", "Basis"), 6),
        Column::words(words.say("Отметка", "Mark"), 4),
    ];
    let row = |line: &RoutePlanLine| {
        let place = [&line.provider_name, &line.place].into_iter().flatten().cloned().collect::<Vec<_>>();
        let done = |on| format!("{} {}", words.say("выполнено", "done"), day(on));
        let mark = line.completed_on.map(done).unwrap_or_default();
        let basis = words.basis(line.basis);
        vec![
            line.position.to_string(),
            line.title.clone(),
            match line.part {
                Some(part) => format!("{}: {}", words.part(part), line.form),
                None => line.form.clone(),
            },
            line.level.clone().unwrap_or_default(),
            format!("{} – {}", day(line.starts_on), day(line.ends_on)),
            line.hours.map(|hours| hours.to_string()).unwrap_or_default(),
            place.join("\n"),
            if line.answers.is_empty() { basis } else { format!("{basis}: {}", line.answers.join("; ")) },
            mark,
        ]
    };
    Block::Table(Table { columns, rows: lines.iter().map(row).collect() }.without_empty_columns())
}

fn decided(decisions: &[RouteDocumentDecision], words: Words) -> Block {
    if decisions.is_empty() {
        return Block::Missing(words.say("Решений ещё нет", "Nothing was decided yet"));
    }
    let columns = vec![
        Column::words(words.say("Решение", "Decision"), 3),
        Column::words(words.say("Кто", "Who"), 6),
        Column::words(words.say("Дата", "Date"), 2),
        Column::words(words.say("Приказ", "Order"), 3).optional(),
    ];
    let row = |it: &RouteDocumentDecision| {
        let who = [&it.role, &it.name].into_iter().flatten().cloned().collect::<Vec<_>>();
        let act = it.act_number.as_ref().map(|number| match it.act_date {
            Some(on) => format!("№ {number}, {}", day(on)),
            None => format!("№ {number}"),
        });
        vec![it.decision.clone(), who.join(", "), day(it.decided_on), act.unwrap_or_default()]
    };
    Block::Table(Table { columns, rows: decisions.iter().map(row).collect() }.without_empty_columns())
}

/// The plan with measures.
pub fn plan(plan: &RoutePlanDocument, words: Words, stamp: Stamp) -> Document {
    let mut printed = sheet(&plan.head, words, plan.head.kind_title.clone(), Sheet::Landscape);
    printed.stamp = Some(stamp);
    printed.sections.push(about(&plan.head, words));
    if !plan.note.is_empty() {
        printed
            .sections
            .push(section(words.say("Пояснительная записка", "Explanatory note"), vec![facts(&plan.note)]));
    }
    if !plan.problems.is_empty() {
        let list = Block::List(plan.problems.clone());
        printed.sections.push(section(words.say("Проблемы", "Problems"), vec![list]));
    }
    if !plan.stages.is_empty() {
        let columns = vec![
            Column::words(words.say("Этап", "Stage"), 5),
            Column::words(words.say("Сроки", "Dates"), 3),
            Column::words(words.say("Результат", "Result"), 6),
            Column::words(words.say("Форма отчёта", "Form of the report"), 4),
        ];
        let rows = plan.stages.iter().map(|stage| {
            vec![
                stage.title.clone(),
                format!("{} – {}", day(stage.starts_on), day(stage.ends_on)),
                stage.expected_result.clone().unwrap_or_default(),
                stage.report_form.clone().unwrap_or_default(),
            ]
        });
        let table = Block::Table(Table { columns, rows: rows.collect() });
        printed.sections.push(section(words.say("Этапы", "Stages"), vec![table]));
    }
    let total = format!("{}: {}", words.say("Всего часов", "Hours together"), plan.hours);
    let measured = if plan.lines.is_empty() {
        vec![Block::Missing(words.say("Мероприятий ещё нет", "There are no measures yet"))]
    } else {
        vec![measures(&plan.lines, words), Block::Text(total)]
    };
    printed.sections.push(section(words.say("Перечень мероприятий", "List of measures"), measured));
    if !plan.study_plan.is_empty() {
        let columns = vec![
            Column::words(words.say("Тема", "Topic"), 9),
            Column::numbers(words.say("Часы", "Hours"), 2),
            Column::words(words.say("Дата", "Date"), 3),
            Column::words(words.say("Форма", "Form"), 4),
        ];
        let rows = plan
            .study_plan
            .iter()
            .map(|row| vec![row.topic.clone(), row.hours.to_string(), day(row.on_date), row.form.clone()]);
        let table = Block::Table(Table { columns, rows: rows.collect() });
        printed
            .sections
            .push(section(words.say("Учебно-тематический план", "Thematic study plan"), vec![table]));
    }
    if !plan.budget.is_empty() {
        printed.sections.push(section(words.say("Финансирование", "Funding"), vec![budget(plan, words)]));
    }
    printed.sections.push(section(
        words.say("Согласование и утверждение", "Agreement and approval"),
        vec![decided(&plan.decisions, words)],
    ));
    printed.signatures = signatures(&plan.head, &plan.decisions, words);
    printed
}

fn budget(plan: &RoutePlanDocument, words: Words) -> Block {
    let columns = vec![
        Column::words(words.say("Источник", "Source"), 5),
        Column::words(words.say("Примечание", "Note"), 9),
        Column::numbers(words.say("Сумма, руб.", "Amount, roubles"), 3),
    ];
    let money = |kopecks: i64| format!("{},{:02}", kopecks / 100, kopecks % 100);
    let mut rows: Vec<Vec<String>> = plan
        .budget
        .iter()
        .map(|line| {
            vec![line.source.clone(), line.note.clone().unwrap_or_default(), money(line.amount_kopecks)]
        })
        .collect();
    let all = plan.budget.iter().map(|line| line.amount_kopecks).sum();
    rows.push(vec![words.say("Всего", "Together"), String::new(), money(all)]);
    Block::Table(Table { columns, rows })
}

/// Both sides; the head of the school by name where he or she has decided.
fn signatures(head: &RouteDocumentHead, decisions: &[RouteDocumentDecision], words: Words) -> Vec<Signature> {
    let director = words.role(Role::Director);
    let decided = decisions.iter().rev().find(|it| it.role.as_ref() == Some(&director));
    let director = decided.and_then(|it| it.name.clone());
    vec![
        Signature { role: words.say("Педагог", "Learner"), name: Some(head.learner_name.clone()) },
        Signature {
            role: words.say("Руководитель организации", "Head of the organization"), name: director
        },
    ]
}

/// The card.
pub fn card(card: &RouteCardDocument, words: Words, stamp: Stamp) -> Document {
    let title = words.say("Карта повышения квалификации", "Professional development card");
    let mut printed = sheet(&card.head, words, title, Sheet::Landscape);
    printed.stamp = Some(stamp);
    for block in &card.blocks {
        let mut blocks = Vec::new();
        if !block.facts.is_empty() {
            blocks.push(facts(&block.facts));
        }
        if !block.lines.is_empty() {
            blocks.push(measures(&block.lines, words));
        }
        if !block.decisions.is_empty() {
            blocks.push(decided(&block.decisions, words));
        }
        if blocks.is_empty() {
            blocks.push(Block::Missing(words.say("Записей нет", "There are no records")));
        }
        printed.sections.push(section(block.heading.clone(), blocks));
    }
    let decisions: Vec<RouteDocumentDecision> =
        card.blocks.iter().flat_map(|block| block.decisions.iter().cloned()).collect();
    printed.signatures = signatures(&card.head, &decisions, words);
    printed
}

/// The dossier.
pub fn dossier(dossier: &RouteDossierDocument, words: Words) -> Document {
    let title = words.say("Комплект документов", "Set of documents");
    let mut printed = sheet(&dossier.head, words, title, Sheet::Portrait);
    printed.sections.push(about(&dossier.head, words));
    for (group, number) in dossier.groups.iter().zip(1..) {
        let items = group.items.iter().map(|item| match item.dated_on {
            Some(on) => format!("{}, {}", item.title, day(on)),
            None => item.title.clone(),
        });
        let block = if !group.missing {
            Block::List(items.collect())
        } else if group.required {
            Block::Missing(
                words.say("Отсутствует, а положение требует", "Missing, and the regulation demands it"),
            )
        } else {
            Block::Missing(words.say("Отсутствует", "Missing"))
        };
        printed.sections.push(section(format!("{number}. {}", group.title), vec![block]));
    }
    printed.signatures = vec![Signature {
        role: words.say("Комплект составил", "The set was drawn up by"),
        name: None,
    }];
    printed
}
