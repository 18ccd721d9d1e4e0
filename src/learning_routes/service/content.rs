//! Replacing what is written in a draft: as a whole, or one list of it.

mod check;

use uuid::Uuid;

use super::super::model::{
    Activity, BudgetLine, Event, Evidence, Problem, RouteContent, RouteDraft, StudyPlanRow,
};
use super::super::{policy, store};
use super::RouteWhole;
use super::activities::editors_of_part;
use super::case::{Case, drafters};
use crate::authz::{Permit, Role, Rule};
use crate::db::{Change, Ctx, Subject};
use crate::error::{Error, Result};

pub(in crate::learning_routes) use check::{checked, duplicates};

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
    permit: Permit,
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
        let same = |other: &&Activity| other.id == activity.id && other.data == activity.data;
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
