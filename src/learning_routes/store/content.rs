//! Everything in a route, read and replaced as a whole.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::activities::{insert_activities, rewrite_activity};
use super::{activities, grounds, links, notes, participants, plan, stages};
use crate::db::schema::route_activities;
use crate::db::{Conn, Ctx, Doing};
use crate::error::Result;
use crate::learning_routes::model::{Activity, Route, RouteContent, RouteDraft};

/// Everything in a route: statements that travel together, behind one type, since nearly every use case asks for it.
pub(in super::super) fn contents(conn: &Conn, route: Route) -> Doing<'_, Result<RouteDraft>> {
    Box::pin(read(conn, route))
}

async fn read(conn: &Conn, route: Route) -> Result<RouteDraft> {
    let id: Uuid = route.id;
    let (note, problems, evidence, stages, activities, study_plan, budget, participants) = tokio::try_join!(
        notes::note(conn, id),
        grounds::problems(conn, id),
        grounds::evidence(conn, id),
        stages::stages(conn, id),
        activities::activities(conn, id),
        plan::study_plan(conn, id),
        plan::budget(conn, id),
        participants::participants(conn, id),
    )?;
    Ok(RouteDraft { route, note, problems, evidence, stages, activities, study_plan, budget, participants })
}

/// Makes the content of the route another one. Items that stay keep their rows: trainings, papers and reports point at
/// them. Title and term stand in the route itself.
///
/// No permit: the end of an approval takes a revision over, by a right used elsewhere.
pub(in super::super) async fn replace_content(
    ctx: &Ctx<'_>,
    route_id: Uuid,
    before: &RouteContent,
    after: &RouteContent,
) -> Result<()> {
    if before.note != after.note {
        notes::write_note(ctx, route_id, after.note.clone()).await?;
    }
    if before.stages != after.stages {
        stages::write_stages(ctx, route_id, &after.stages).await?;
    }
    let problems_change = before.problems != after.problems;
    if problems_change {
        grounds::replace_problems(ctx, route_id, &after.problems).await?;
    }
    if before.evidence != after.evidence {
        grounds::replace_evidence(ctx, route_id, &after.evidence).await?;
    }
    replace_activities(ctx, route_id, before, after, problems_change).await?;
    if before.study_plan != after.study_plan {
        plan::replace_study_plan(ctx, route_id, &after.study_plan).await?;
    }
    if before.budget != after.budget {
        plan::replace_budget(ctx, route_id, &after.budget).await?;
    }
    Ok(())
}

/// `relinked`: the problems were written anew, and the links to them went with the old rows.
async fn replace_activities(
    ctx: &Ctx<'_>,
    route_id: Uuid,
    before: &RouteContent,
    after: &RouteContent,
    relinked: bool,
) -> Result<()> {
    let old = |id: Uuid| before.activities.iter().find(|activity| activity.id == id);
    let gone: Vec<Uuid> = before
        .activities
        .iter()
        .map(|activity| activity.id)
        .filter(|id| !after.activities.iter().any(|activity| activity.id == *id))
        .collect();
    if !gone.is_empty() {
        let rows = route_activities::table.filter(route_activities::id.eq_any(gone));
        diesel::delete(rows).execute(&mut &*ctx.conn).await?;
    }
    let stays = |activity: &&Activity| old(activity.id).is_some();
    let changed: Vec<&Activity> = after
        .activities
        .iter()
        .filter(stays)
        .filter(|activity| {
            old(activity.id) != Some(*activity) || relinked && !activity.data.problem_ids.is_empty()
        })
        .collect();
    for activity in &changed {
        rewrite_activity(ctx, route_id, activity).await?;
    }
    if !changed.is_empty() {
        let ids: Vec<Uuid> = changed.iter().map(|activity| activity.id).collect();
        links::delete(ctx, &ids).await?;
        links::insert(ctx, &changed).await?;
    }
    let new: Vec<&Activity> = after.activities.iter().filter(|activity| !stays(activity)).collect();
    insert_activities(ctx, route_id, &new).await
}
