//! Documents from what is recorded. Pure.

mod dossier;

use super::dto::{
    RouteCardDocument, RouteCardSection, RouteDocumentDecision, RouteDocumentFact, RouteDocumentHead,
    RoutePlanDocument, RoutePlanLesson, RoutePlanLine, RoutePlanMoney, RoutePlanStage,
};
use super::model::{Paper, Sources};
use super::words::Words;
use crate::learning_routes::model::{Activity, ActivityState, Note, progress};
use crate::regulations::profile::{DossierGroup, RouteCardBlock};
use crate::values::Hours;

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
        Some(rule) => words.of(&crate::error::Text::owned(rule.title_ru.clone(), rule.title_en.clone())),
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
    form.extend(data.work_mode.map(|mode| words.mode(mode)));
    form.extend(data.group_title.clone());
    form.extend(data.participation.clone());
    let difficulties = sources.difficulties.iter().filter(|it| data.deficit_ids.contains(&it.id));
    let mut answers: Vec<String> = difficulties.map(|it| it.title.clone()).collect();
    answers.extend(data.need_ids.iter().filter_map(|id| sources.needs.get(id).cloned()));
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
        cancelled: activity.state == ActivityState::Cancelled,
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

/// The blocks of a card where the regulation does not name any.
const USUAL_BLOCKS: &[RouteCardBlock] = &[
    RouteCardBlock::Learner,
    RouteCardBlock::Topic,
    RouteCardBlock::Dates,
    RouteCardBlock::Activities,
    RouteCardBlock::Hours,
    RouteCardBlock::Results,
    RouteCardBlock::Updates,
    RouteCardBlock::Approval,
];

/// The card of a route, block by block as its regulation says.
pub fn card(sources: &Sources, words: Words) -> RouteCardDocument {
    let rule = sources.regulation.profile.route.content.card.as_ref();
    let blocks = rule.map_or(USUAL_BLOCKS, |rule| rule.blocks.as_slice());
    RouteCardDocument {
        head: head(sources, words),
        blocks: blocks.iter().map(|block| section(sources, words, *block)).collect(),
    }
}

fn section(sources: &Sources, words: Words, block: RouteCardBlock) -> RouteCardSection {
    let (route, text) = (&sources.draft.route, &sources.draft.note);
    let head = head(sources, words);
    let say = |ru, en| words.say(ru, en);
    let facts: Vec<Option<RouteDocumentFact>> = match block {
        RouteCardBlock::Learner => vec![
            fact(say("Фамилия, имя, отчество", "Name"), Some(head.learner_name)),
            fact(say("Должность", "Post"), head.position),
            fact(say("Организация", "Organization"), Some(head.organization_name)),
        ],
        RouteCardBlock::Topic => vec![
            fact(say("Тема", "Topic"), Some(route.title.clone())),
            fact(say("Цель", "Goal"), text.goal.clone()),
            fact(say("Направления", "Directions"), text.directions.clone()),
        ],
        RouteCardBlock::Dates => {
            vec![fact(
                say("Срок", "Term"),
                Some(format!("{} – {}", day(route.starts_on), day(route.ends_on))),
            )]
        }
        RouteCardBlock::Hours => {
            let progress = progress(&sources.draft.activities);
            vec![
                fact(say("Всего, ч", "Planned, hours"), hours_of(Some(progress.planned_hours))),
                fact(say("Пройдено, ч", "Completed, hours"), hours_of(Some(progress.completed_hours))),
            ]
        }
        RouteCardBlock::Product => vec![fact(say("Продукт", "Product"), text.expected_product.clone())],
        RouteCardBlock::Results => {
            let mut facts =
                vec![fact(say("Ожидаемый результат", "Expected result"), text.expected_result.clone())];
            facts.extend(sources.papers.iter().map(|paper| fact(paper_name(paper), Some(paper_day(paper)))));
            facts
        }
        RouteCardBlock::Updates => sources
            .versions
            .iter()
            .map(|version| fact(day(version.on), Some(version_words(version, words))))
            .collect(),
        RouteCardBlock::Activities | RouteCardBlock::Approval => Vec::new(),
    };
    RouteCardSection {
        block,
        heading: words.block(block),
        facts: facts.into_iter().flatten().collect(),
        lines: if block == RouteCardBlock::Activities { lines(sources, words) } else { Vec::new() },
        decisions: if block == RouteCardBlock::Approval { decisions(sources, words) } else { Vec::new() },
    }
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

fn version_words(version: &super::model::Version, words: Words) -> String {
    let cause = match version.cause.as_str() {
        "submission" => words.say("подан на согласование", "handed in"),
        "revision_submission" => words.say("изменения поданы на согласование", "changes handed in"),
        "revision" => words.say("изменения внесены", "changed"),
        "periodic_update" => words.say("ежегодное обновление", "yearly update"),
        other => other.to_owned(),
    };
    let number = words.say("версия", "version");
    match &version.note {
        Some(note) => format!("{number} {}: {cause}. {note}", version.number),
        None => format!("{number} {}: {cause}", version.number),
    }
}

fn control_words(control: &super::model::Control, words: Words) -> String {
    let kind = match control.kind.as_str() {
        "preliminary" => words.say("Предварительный контроль", "Preliminary control"),
        "final" => words.say("Итоговый контроль", "Final control"),
        _ => words.say("Текущий контроль", "Ongoing control"),
    };
    let object = match control.object.as_str() {
        "development" => words.say("разработка программы", "development of the program"),
        "quality" => words.say("качество обучения", "quality of the training"),
        "schedule" => words.say("соблюдение графика", "keeping to the schedule"),
        "money_use" => words.say("использование средств", "use of money"),
        _ => words.say("качество системы", "quality of the system"),
    };
    match (&control.finding, control.done_on) {
        (Some(finding), Some(on)) => {
            format!("{kind}: {object}. {} {}: {finding}", words.say("Проведён", "Done"), day(on))
        }
        _ => format!("{kind}: {object}"),
    }
}

/// A day as people of the country write it.
pub fn day(day: chrono::NaiveDate) -> String {
    day.format("%d.%m.%Y").to_string()
}

/// Every group, whatever the regulation demands.
const GROUPS: [DossierGroup; 6] = [
    DossierGroup::Acts,
    DossierGroup::Diagnosis,
    DossierGroup::Route,
    DossierGroup::ControlPlan,
    DossierGroup::Reports,
    DossierGroup::Portfolio,
];
