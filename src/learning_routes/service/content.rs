//! Replacing what is written in a draft: as a whole, or one list of it.

use uuid::Uuid;

use super::super::model::{
    BudgetLine, Event, Evidence, EvidenceRecord, Problem, RouteContent, RouteDraft, StudyPlanRow,
};
use super::super::{policy, store};
use super::RouteWhole;
use super::activities::editors_of_part;
use super::case::{Case, drafters};
use super::choice::{self, Surroundings, wrong};
use super::create::dates_problem;
use super::references::References;
use crate::authz::{Role, Rule};
use crate::db::{Change, Ctx, Subject};
use crate::error::{Error, FieldProblem, Result};

/// Makes this the content of a draft. Lines of a part are changed by the editors of that part, everything else by the
/// drafters: whoever asks must be allowed every change there is.
pub async fn replace_route_contents(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    asked: RouteContent,
) -> Result<RouteWhole> {
    let case = Case::lock(ctx, id).await?;
    let before = case.contents(ctx).await?;
    let duplicates = duplicates(&asked);
    let after = settle(ctx, &before.content(), asked);
    let allowed = allowed(&case, &before.content(), &after);
    let permit = case.permit_of(ctx.actor, &policy::REPLACE_ROUTE_CONTENTS, &allowed, if_match)?;
    if !duplicates.is_empty() {
        return Err(Error::invalid(duplicates));
    }
    write(ctx, case, permit, before, after).await
}

/// Replaces the problems that the route answers (P1-14, P1-24); activities lose their links to those taken out.
pub async fn replace_route_problems(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    problems: Vec<Problem>,
) -> Result<RouteWhole> {
    replace(ctx, id, if_match, &policy::REPLACE_ROUTE_PROBLEMS, |content| {
        for activity in &mut content.activities {
            activity.data.problem_ids.retain(|id| problems.iter().any(|problem| problem.id == *id));
        }
        content.problems = problems;
    })
    .await
}

/// Replaces the evidence that the route rests on (P1-23).
pub async fn replace_route_evidence(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    evidence: Vec<Evidence>,
) -> Result<RouteWhole> {
    replace(ctx, id, if_match, &policy::REPLACE_ROUTE_EVIDENCE, |content| content.evidence = evidence).await
}

/// Replaces the thematic study plan (P1-41).
pub async fn replace_route_study_plan(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    plan: Vec<StudyPlanRow>,
) -> Result<RouteWhole> {
    replace(ctx, id, if_match, &policy::REPLACE_ROUTE_STUDY_PLAN, |content| content.study_plan = plan).await
}

/// Replaces the budget (P1-27).
pub async fn replace_route_budget(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    budget: Vec<BudgetLine>,
) -> Result<RouteWhole> {
    replace(ctx, id, if_match, &policy::REPLACE_ROUTE_BUDGET, |content| content.budget = budget).await
}

async fn replace(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    rule: &'static Rule,
    change: impl FnOnce(&mut RouteContent),
) -> Result<RouteWhole> {
    let case = Case::lock(ctx, id).await?;
    let permit = case.permit_of(ctx.actor, rule, &drafters(case.rules()), if_match)?;
    let before = case.contents(ctx).await?;
    let mut asked = before.content();
    change(&mut asked);
    let duplicates = duplicates(&asked);
    if !duplicates.is_empty() {
        return Err(Error::invalid(duplicates));
    }
    let after = settle(ctx, &before.content(), asked);
    write(ctx, case, permit, before, after).await
}

/// Writes the new content of a draft, when everything in it leads somewhere.
async fn write(
    ctx: &Ctx<'_>,
    mut case: Case,
    permit: crate::authz::Permit,
    before: RouteDraft,
    after: RouteContent,
) -> Result<RouteWhole> {
    case.happen(Event::Edit)?;
    let before = before.content();
    let after = checked(ctx, &case, &before, after).await?;
    put(ctx, &mut case, &before, &after).await?;
    case.save(ctx).await?;
    let change = Change::none()
        .field("starts_on", before.starts_on.to_string(), after.starts_on.to_string())
        .field("ends_on", before.ends_on.to_string(), after.ends_on.to_string())
        .field("activities", before.activities.len(), after.activities.len());
    ctx.audit(&permit, Subject { kind: "route", id: case.route.id }, change).await?;
    super::read::whole(ctx, case).await
}

/// Writes the content; the caller counts the version up and saves the route.
pub(in crate::learning_routes) async fn put(
    ctx: &Ctx<'_>,
    case: &mut Case,
    before: &RouteContent,
    after: &RouteContent,
) -> Result<()> {
    case.route.title.clone_from(&after.title);
    case.route.starts_on = after.starts_on;
    case.route.ends_on = after.ends_on;
    store::replace_content(ctx, case.route.id, before, after).await
}

/// Ids for what is new, and its author.
pub(in crate::learning_routes) fn settle(
    ctx: &Ctx<'_>,
    known: &RouteContent,
    asked: RouteContent,
) -> RouteContent {
    let mut settled = asked.settled(known);
    for activity in &mut settled.activities {
        if !known.activities.iter().any(|before| before.id == activity.id) {
            activity.author = ctx.actor.person_id;
        }
    }
    settled
}

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

/// Whoever may make every change between the two contents.
pub(in crate::learning_routes) fn allowed(
    case: &Case,
    before: &RouteContent,
    after: &RouteContent,
) -> Vec<Role> {
    let rules = case.rules();
    let mut allowed: Vec<Role> = Role::ALL.to_vec();
    let rest = |content: &RouteContent| RouteContent { activities: Vec::new(), ..content.clone() };
    let mut changed = rest(before) != rest(after);
    let mut parts = Vec::new();
    for activity in before.activities.iter().chain(&after.activities) {
        let same =
            |other: &&super::super::model::Activity| other.id == activity.id && other.data == activity.data;
        if !(before.activities.iter().any(|other| same(&other))
            && after.activities.iter().any(|other| same(&other)))
        {
            parts.push(activity.data.part);
        }
    }
    // The order of the lines is nobody's part.
    let order = |content: &RouteContent| -> Vec<Uuid> {
        content.activities.iter().map(|activity| activity.id).collect()
    };
    changed |= parts.is_empty() && order(before) != order(after);
    for part in &parts {
        let editors = editors_of_part(rules, *part);
        allowed.retain(|role| editors.contains(role));
    }
    if changed || parts.is_empty() {
        let drafters = drafters(rules);
        allowed.retain(|role| drafters.contains(role));
    }
    allowed
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
