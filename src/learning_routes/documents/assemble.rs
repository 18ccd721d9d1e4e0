//! Documents from what is recorded. Pure.

mod card;
mod dossier;

use super::dto::{
    RouteDocumentDecision, RouteDocumentFact, RouteDocumentHead, RoutePlanDocument, RoutePlanLesson,
    RoutePlanLine, RoutePlanMoney, RoutePlanStage,
};
use super::model::{Paper, Sources, Version};
use super::words::Words;
use crate::error::Text;
use crate::learning_routes::model::{Activity, Note, progress};
use crate::values::Hours;

pub use card::card;
pub use dossier::dossier;

/// A name and what it is, when there is something.
fn fact(name: String, value: Option<String>) -> Option<RouteDocumentFact> {
    value.map(|value| RouteDocumentFact { name, value })
}

fn head(sources: &Sources, words: Words) -> RouteDocumentHead {
    let route = &sources.draft.route;
    let kinds = &sources.regulation.profile.route.kinds;
    let kind = kinds.iter().find(|rule| rule.kind == route.kind);
    let kind_title = match kind {
        Some(rule) => words.of(&Text::owned(rule.title_ru.clone(), rule.title_en.clone())),
        None => words.say("Индивидуальный образовательный маршрут", "Individual learning route"),
    };
    RouteDocumentHead {
        route_id: route.id,
        route_version: route.version,
        assembled_on: sources.today,
        kind_title,
        title: route.title.clone(),
        state: words.state(route.state),
        person_id: route.person_id,
        learner_name: sources.people.get(&route.person_id).cloned().unwrap_or_default(),
        position: sources.position.clone(),
        organization_name: sources.places.get(&route.organization_id).cloned().unwrap_or_default(),
        regulation_title: sources.regulation.title.clone(),
        starts_on: route.starts_on,
        ends_on: route.ends_on,
    }
}

fn decisions(sources: &Sources, words: Words) -> Vec<RouteDocumentDecision> {
    let decision = |decided: &super::model::Decided| RouteDocumentDecision {
        decision: words.decision(decided.kind),
        role: decided.role.map(|role| words.role(role)),
        name: decided.person_id.and_then(|id| sources.people.get(&id).cloned()),
        decided_on: decided.on,
        act_number: decided.act.as_ref().map(|act| act.number.clone()),
        act_date: decided.act.as_ref().map(|act| act.date),
    };
    sources.decided.iter().map(decision).collect()
}

fn lines(sources: &Sources, words: Words) -> Vec<RoutePlanLine> {
    sources.draft.activities.iter().map(|activity| line(sources, words, activity)).collect()
}

fn line(sources: &Sources, words: Words, activity: &Activity) -> RoutePlanLine {
    let data = &activity.data;
    let level = data.event_level.map(|level| words.level(level));
    let mut form = vec![words.kind(data.kind)];
    form.extend(data.form_note.clone());
    form.extend(data.study_form.clone());
    let group = data.group_title.as_ref().map(|title| quoted(title, words));
    let together = [data.work_mode.map(|mode| words.mode(mode)), group];
    let together: Vec<String> = together.into_iter().flatten().collect();
    form.extend((!together.is_empty()).then(|| together.join(" ")));
    form.extend(data.participation.clone());
    let difficulties = sources.difficulties.iter().filter(|it| data.deficit_ids.contains(&it.id));
    let mut answers: Vec<String> = difficulties.map(|it| it.title.clone()).collect();
    let needs = sources.needs.iter().filter(|it| data.need_ids.contains(&it.id));
    answers.extend(needs.map(|it| it.title.clone()));
    let problems = sources.draft.problems.iter().filter(|it| data.problem_ids.contains(&it.id));
    answers.extend(problems.map(|it| it.text.clone()));
    if answers.is_empty() {
        answers.extend(data.justification.clone());
    }
    RoutePlanLine {
        activity_id: activity.id,
        position: activity.position,
        title: data.title.clone(),
        kind: data.kind,
        form: form.join(", "),
        level,
        part: data.part,
        starts_on: data.starts_on,
        ends_on: data.ends_on,
        hours: data.hours,
        provider_name: data.provider_id.and_then(|id| sources.places.get(&id).cloned()),
        place: data.place.clone(),
        basis: data.reason,
        answers,
        completed_on: activity.state.completed_on(),
    }
}

/// The explanatory note and the context, filled fields only.
fn note(note: &Note, words: Words) -> Vec<RouteDocumentFact> {
    let fields: [(&'static str, &'static str, &Option<String>); 17] = [
        ("Общая целевая направленность", "General aim", &note.general_aim),
        ("Цель", "Goal", &note.goal),
        ("Затруднения и потребности", "Difficulties and needs", &note.difficulties),
        ("Цели обучения", "Goals of learning", &note.goals),
        ("Учебные задачи", "Tasks", &note.tasks),
        ("Образовательные потребности", "Needs", &note.needs),
        ("Направления, проблемы", "Directions, problems", &note.directions),
        ("Индивидуальные приоритеты", "Priorities", &note.priorities),
        ("Содержание", "Content", &note.content),
        ("Технологии", "Technologies", &note.technologies),
        ("Форма реализации", "Form", &note.study_form),
        ("Темп", "Pace", &note.pace),
        ("Личностные ресурсы", "Personal resources", &note.personal_resources),
        ("Контекст организации", "Context of the school", &note.school_context),
        ("Ожидаемый результат", "Expected result", &note.expected_result),
        ("Ожидаемый продукт", "Expected product", &note.expected_product),
        ("Форма итогового отчёта", "Form of the final report", &note.report_form),
    ];
    let mut facts: Vec<RouteDocumentFact> =
        fields.into_iter().filter_map(|(ru, en, value)| fact(words.say(ru, en), value.clone())).collect();
    facts.extend(fact(words.say("Общее время освоения, ч", "Total time, hours"), hours_of(note.total_hours)));
    facts
}

fn hours_of(hours: Option<Hours>) -> Option<String> {
    hours.map(|hours| hours.to_string())
}

/// The plan of a route with its measures.
pub fn plan(sources: &Sources, words: Words) -> RoutePlanDocument {
    let draft = &sources.draft;
    let stage = |stage: &crate::learning_routes::model::Stage| RoutePlanStage {
        title: stage.title.clone(),
        starts_on: stage.starts_on,
        ends_on: stage.ends_on,
        expected_result: stage.expected_result.clone(),
        report_form: stage.report_form.clone(),
    };
    RoutePlanDocument {
        head: head(sources, words),
        note: note(&draft.note, words),
        problems: draft.problems.iter().map(|problem| problem.text.clone()).collect(),
        stages: draft.stages.iter().map(stage).collect(),
        lines: lines(sources, words),
        hours: progress(&draft.activities).planned_hours,
        study_plan: draft
            .study_plan
            .iter()
            .map(|row| RoutePlanLesson {
                topic: row.topic.clone(),
                hours: row.hours,
                on_date: row.on_date,
                form: row.form.clone(),
            })
            .collect(),
        budget: draft
            .budget
            .iter()
            .map(|line| RoutePlanMoney {
                source: words.source(line.source),
                amount_kopecks: line.amount_kopecks,
                note: line.note.clone(),
            })
            .collect(),
        decisions: decisions(sources, words),
    }
}

/// A title as it stands in a sentence.
fn quoted(title: &str, words: Words) -> String {
    let bare = title.trim_matches(['«', '»', '"']);
    words.of(&Text::owned(format!("«{bare}»"), format!("“{bare}”")))
}

fn paper_name(paper: &Paper) -> String {
    match &paper.number {
        Some(number) => format!("{} № {number}", paper.title),
        None => paper.title.clone(),
    }
}

fn paper_day(paper: &Paper) -> String {
    paper.on.map(day).unwrap_or_else(|| "—".to_owned())
}

fn version_words(version: &Version, words: Words) -> String {
    let told =
        format!("{} {}: {}", words.say("Версия", "Version"), version.number, words.cause(version.cause));
    match &version.note {
        Some(note) => format!("{told}. {note}"),
        None => told,
    }
}

/// A day as people of the country write it.
pub fn day(day: chrono::NaiveDate) -> String {
    day.format("%d.%m.%Y").to_string()
}
