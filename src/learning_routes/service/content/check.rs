//! What in the content of a route leads nowhere; every problem at once.

use uuid::Uuid;

use super::super::case::Case;
use super::super::choice::{self, Surroundings, wrong};
use super::super::create::dates_problem;
use super::super::references::References;
use crate::db::Ctx;
use crate::error::{Error, FieldProblem, Result};
use crate::learning_routes::model::{EvidenceRecord, RouteContent};

/// The content with what follows from its programs and modules; 422 with everything that leads nowhere.
pub(in crate::learning_routes) async fn checked(
    ctx: &Ctx<'_>,
    case: &Case,
    known: &RouteContent,
    mut content: RouteContent,
) -> Result<RouteContent> {
    let mut problems: Vec<FieldProblem> =
        dates_problem(content.starts_on, content.ends_on).into_iter().collect();
    let lines: Vec<_> = content.activities.iter().map(|activity| activity.data.clone()).collect();
    let references = References::of(ctx, case, &lines, Some(&content)).await?.and_named_in(&known.activities);
    for (index, activity) in content.activities.iter_mut().enumerate() {
        let before = known.activities.iter().find(|before| before.id == activity.id);
        let stage_stays =
            activity.data.stage_id.is_none_or(|id| content.stages.iter().any(|stage| stage.id == id));
        let problem_stays = |id: &Uuid| content.problems.iter().any(|problem| problem.id == *id);
        // A line that nobody changed is not judged again: its program may have been withdrawn since.
        if before.is_some_and(|before| before.data == activity.data)
            && stage_stays
            && activity.data.problem_ids.iter().all(problem_stays)
        {
            continue;
        }
        let surroundings = Surroundings {
            case,
            references: &references,
            stages: &content.stages,
            problems: &content.problems,
            named_offering: before.and_then(|before| before.data.offering_id),
        };
        let found = choice::check(&surroundings, &mut activity.data);
        problems.extend(found.into_iter().map(|problem| at(&format!("/activities/{index}/data"), problem)));
    }
    for (index, stage) in content.stages.iter().enumerate() {
        let found = dates_problem(stage.starts_on, stage.ends_on);
        problems.extend(found.map(|problem| at(&format!("/stages/{index}"), problem)));
    }
    problems.extend(unknown_grounds(&content, known, &references));
    for (index, row) in content.study_plan.iter().enumerate() {
        if row.activity_id.is_some_and(|id| !content.activities.iter().any(|activity| activity.id == id)) {
            let problem = wrong(
                "/activity_id",
                "unknown",
                "Такого мероприятия у маршрута нет",
                "The route has no such activity",
            );
            problems.push(at(&format!("/study_plan/{index}"), problem));
        }
    }
    for (index, line) in content.budget.iter().enumerate() {
        if line.stage_id.is_some_and(|id| !content.stages.iter().any(|stage| stage.id == id)) {
            let problem =
                wrong("/stage_id", "unknown", "Такого этапа у маршрута нет", "The route has no such stage");
            problems.push(at(&format!("/budget/{index}"), problem));
        }
    }
    if problems.is_empty() { Ok(content) } else { Err(Error::invalid(problems)) }
}

/// Difficulties behind problems, and records behind evidence.
fn unknown_grounds(
    content: &RouteContent,
    known: &RouteContent,
    references: &References,
) -> Vec<FieldProblem> {
    let no_deficit = |pointer: &str| {
        wrong(
            pointer,
            "unknown",
            "У педагога нет такого открытого дефицита",
            "The learner has no such open deficit",
        )
    };
    let mut problems = Vec::new();
    for (index, problem) in content.problems.iter().enumerate() {
        let named = known.problems.iter().any(|before| before.deficit_id == problem.deficit_id);
        if problem.deficit_id.is_some_and(|id| !references.deficits.contains(&id)) && !named {
            problems.push(at(&format!("/problems/{index}"), no_deficit("/deficit_id")));
        }
    }
    for (index, item) in content.evidence.iter().enumerate() {
        if known.evidence.iter().any(|before| before.record == item.record) {
            continue;
        }
        let missing = match item.record {
            Some(EvidenceRecord::Deficit(id)) if !references.deficits.contains(&id) => {
                no_deficit("/record/id")
            }
            Some(EvidenceRecord::Finding(id)) if !references.findings.contains(&id) => {
                wrong("/record/id", "unknown", "Такого вывода нет", "There is no such finding")
            }
            Some(EvidenceRecord::Result(id)) if !references.results.contains(&id) => wrong(
                "/record/id",
                "unknown",
                "У педагога нет такого результата диагностики",
                "The learner has no such result of diagnostics",
            ),
            _ => continue,
        };
        problems.push(at(&format!("/evidence/{index}"), missing));
    }
    problems
}

/// Items of one list that have one id.
pub(in crate::learning_routes) fn duplicates(content: &RouteContent) -> Vec<FieldProblem> {
    let lists: [(&str, Vec<Uuid>); 6] = [
        ("problems", content.problems.iter().map(|it| it.id).collect()),
        ("evidence", content.evidence.iter().map(|it| it.id).collect()),
        ("stages", content.stages.iter().map(|it| it.id).collect()),
        ("activities", content.activities.iter().map(|it| it.id).collect()),
        ("study_plan", content.study_plan.iter().map(|it| it.id).collect()),
        ("budget", content.budget.iter().map(|it| it.id).collect()),
    ];
    let mut problems = Vec::new();
    for (list, ids) in lists {
        for (index, id) in ids.iter().enumerate() {
            if ids.iter().take(index).any(|earlier| earlier == id) {
                let problem = wrong(
                    "/id",
                    "duplicate",
                    "Этот идентификатор уже есть в списке",
                    "The id is in the list already",
                );
                problems.push(at(&format!("/{list}/{index}"), problem));
            }
        }
    }
    problems
}

fn at(place: &str, problem: FieldProblem) -> FieldProblem {
    FieldProblem { pointer: format!("{place}{}", problem.pointer), ..problem }
}
