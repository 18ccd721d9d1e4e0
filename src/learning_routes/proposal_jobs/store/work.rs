//! Queries of the work on jobs: whose turn it is, what became of it, which jobs are through.

use diesel::prelude::*;
use diesel::sql_types::{Bool, Jsonb, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::authz::Permit;
use crate::db::schema::{persons, route_proposal_job_people as people, route_proposal_jobs as jobs, routes};
use crate::db::{Conn, Ctx};
use crate::error::Result;
use crate::learning_routes::model::RouteState;
use crate::learning_routes::proposal_jobs::model::{Outcome, Problem, Turn};
use crate::learning_routes::proposal_jobs::vocabulary::RouteProposalJobState;

#[derive(QueryableByName)]
struct TurnRow {
    #[diesel(sql_type = SqlUuid)]
    job_id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    region_id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    requested_by: Uuid,
    #[diesel(sql_type = Jsonb)]
    asked: Value,
    #[diesel(sql_type = Bool)]
    create_drafts: bool,
    #[diesel(sql_type = SqlUuid)]
    person_id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    organization_id: Uuid,
}

/// Whoever is next in the oldest job under way, held until the end of the transaction; those whom another process holds
/// are passed over.
const NEXT: &str = "\
    select p.job_id, j.region_id, j.requested_by, j.asked, j.create_drafts, p.person_id, p.organization_id \
    from route_proposal_jobs j join route_proposal_job_people p on p.job_id = j.id \
    where j.state = 'running' and p.state = 'waiting' \
    order by j.created_at, j.id, p.position \
    limit 1 for update of p skip locked";

pub(in super::super) async fn take(conn: &Conn) -> Result<Option<Turn<Value>>> {
    let row: Option<TurnRow> = diesel::sql_query(NEXT).get_result(&mut &*conn).await.optional()?;
    Ok(row.map(|row| Turn {
        job_id: row.job_id,
        region_id: row.region_id,
        requested_by: row.requested_by,
        asked: row.asked,
        create_drafts: row.create_drafts,
        person_id: row.person_id,
        organization_id: row.organization_id,
    }))
}

/// Holds a person: two jobs do not start two routes for the same one.
pub(in super::super) async fn hold_person(conn: &Conn, id: Uuid) -> Result<()> {
    persons::table.find(id).select(persons::id).for_no_key_update().first::<Uuid>(&mut &*conn).await?;
    Ok(())
}

/// Whether a route of the person is under way.
pub(in super::super) async fn has_live_route(conn: &Conn, person_id: Uuid) -> Result<bool> {
    let ended: Vec<&str> =
        RouteState::ALL.into_iter().filter(|state| state.is_final()).map(RouteState::as_str).collect();
    let live = routes::table.filter(routes::person_id.eq(person_id)).filter(routes::state.ne_all(ended));
    Ok(diesel::select(diesel::dsl::exists(live)).get_result(&mut &*conn).await?)
}

/// Writes what became of somebody.
pub(in super::super) async fn settle(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    turn: &Turn<Value>,
    outcome: &Outcome<Value>,
) -> Result<()> {
    diesel::update(people::table.find((turn.job_id, turn.person_id)))
        .set((
            people::state.eq(outcome.state.as_str()),
            people::route_id.eq(outcome.route_id),
            people::proposal.eq(&outcome.proposal),
            people::problems.eq(Value::Array(outcome.problems.iter().map(stored).collect())),
            people::done_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

fn stored(problem: &Problem) -> Value {
    let (ru, en) = problem.words();
    json!({"pointer": problem.pointer, "code": problem.code, "ru": ru, "en": en})
}

/// Jobs under way in which nobody waits, held.
pub(in super::super) async fn through(conn: &Conn) -> Result<Vec<(Uuid, Uuid)>> {
    let waiting = people::table.filter(people::job_id.eq(jobs::id)).filter(people::state.eq("waiting"));
    let through = jobs::table
        .filter(jobs::state.eq("running"))
        .filter(diesel::dsl::not(diesel::dsl::exists(waiting)))
        .order((jobs::created_at, jobs::id))
        .select((jobs::id, jobs::region_id))
        .limit(100)
        .for_no_key_update()
        .skip_locked();
    Ok(through.load(&mut &*conn).await?)
}

/// Ends a job.
pub(in super::super) async fn end(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    id: Uuid,
    state: RouteProposalJobState,
) -> Result<()> {
    diesel::update(jobs::table.find(id))
        .set((
            jobs::state.eq(state.as_str()),
            jobs::finished_at.eq(ctx.now),
            jobs::version.eq(jobs::version + 1),
            jobs::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}
