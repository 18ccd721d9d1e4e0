//! Queries on jobs and their people.

mod work;

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::dsl::count_star;
use diesel::prelude::*;
use diesel::sql_types::{Date, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use serde_json::Value;
use uuid::Uuid;

use super::model::{Circle, Counts, Job, JobPerson};
use super::vocabulary::{RouteProposalJobPersonState, RouteProposalJobState};
use crate::authz::{Permit, Scope};
use crate::db::schema::{route_proposal_job_people as people, route_proposal_jobs as jobs};
use crate::db::{Conn, Ctx, unit_filter};
use crate::error::{Error, Result};

pub(super) use work::{end, has_live_route, hold_person, settle, take, through};

#[derive(Queryable, Selectable)]
#[diesel(table_name = jobs)]
struct JobRow {
    id: Uuid,
    region_id: Uuid,
    municipality_id: Option<Uuid>,
    organization_id: Uuid,
    asked: Value,
    create_drafts: bool,
    people: i32,
    state: String,
    requested_by: Uuid,
    finished_at: Option<DateTime<Utc>>,
    version: i64,
    created_at: DateTime<Utc>,
}

impl JobRow {
    fn job(self, counts: &HashMap<Uuid, Counts>) -> Result<Job<Value>> {
        Ok(Job {
            counts: counts.get(&self.id).copied().unwrap_or_default(),
            id: self.id,
            region_id: self.region_id,
            municipality_id: self.municipality_id,
            organization_id: self.organization_id,
            asked: self.asked,
            create_drafts: self.create_drafts,
            people: self.people,
            state: RouteProposalJobState::parse(&self.state).ok_or_else(|| unknown("state of a job"))?,
            requested_by: self.requested_by,
            created_at: self.created_at,
            finished_at: self.finished_at,
            version: self.version,
        })
    }
}

fn unknown(what: &str) -> Error {
    Error::internal(format!("unknown {what} in the database"))
}

fn person_state(name: &str) -> Result<RouteProposalJobPersonState> {
    RouteProposalJobPersonState::parse(name).ok_or_else(|| unknown("state of a person of a job"))
}

/// How many people of each job stand where: one statement, however many jobs they are.
async fn with_counts(conn: &Conn, rows: Vec<JobRow>) -> Result<Vec<Job<Value>>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let found: Vec<(Uuid, String, i64)> = people::table
        .filter(people::job_id.eq_any(ids))
        .group_by((people::job_id, people::state))
        .select((people::job_id, people::state, count_star()))
        .load(&mut &*conn)
        .await?;
    let mut counts: HashMap<Uuid, Counts> = HashMap::new();
    for (job_id, state, number) in found {
        counts.entry(job_id).or_default().add(person_state(&state)?, number);
    }
    rows.into_iter().map(|row| row.job(&counts)).collect()
}

async fn one(conn: &Conn, row: Option<JobRow>) -> Result<Job<Value>> {
    with_counts(conn, row.into_iter().collect()).await?.pop().ok_or(Error::not_found())
}

pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<Job<Value>> {
    let row = jobs::table.find(id).select(JobRow::as_select()).first(&mut &*conn).await.optional()?;
    one(conn, row).await
}

pub(super) async fn lock(conn: &Conn, id: Uuid) -> Result<Job<Value>> {
    let held = jobs::table.find(id).select(JobRow::as_select()).for_no_key_update();
    let row = held.first(&mut &*conn).await.optional()?;
    one(conn, row).await
}

/// One page of jobs, newest first.
pub(super) async fn list(
    conn: &Conn,
    scope: &Scope,
    organization_id: Option<Uuid>,
    state: Option<RouteProposalJobState>,
    fetch: i64,
    after: Option<(DateTime<Utc>, Uuid)>,
) -> Result<Vec<Job<Value>>> {
    let mut query = jobs::table
        .filter(unit_filter!(jobs, scope))
        .order((jobs::created_at.desc(), jobs::id.desc()))
        .select(JobRow::as_select())
        .limit(fetch)
        .into_boxed();
    if let Some(id) = organization_id {
        query = query.filter(jobs::organization_id.eq(id));
    }
    if let Some(state) = state {
        query = query.filter(jobs::state.eq(state.as_str()));
    }
    if let Some((moment, id)) = after {
        let same = jobs::created_at.eq(moment).and(jobs::id.lt(id));
        query = query.filter(jobs::created_at.lt(moment).or(same));
    }
    with_counts(conn, query.load(&mut &*conn).await?).await
}

/// Writes a job and its people; how many they are.
pub(super) async fn insert(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    job: &Job<Value>,
    circle: Circle,
    today: NaiveDate,
) -> Result<i32> {
    diesel::insert_into(jobs::table)
        .values((
            jobs::id.eq(job.id),
            jobs::region_id.eq(job.region_id),
            jobs::municipality_id.eq(job.municipality_id),
            jobs::organization_id.eq(job.organization_id),
            jobs::asked.eq(&job.asked),
            jobs::create_drafts.eq(job.create_drafts),
            jobs::people.eq(0),
            jobs::state.eq(RouteProposalJobState::Running.as_str()),
            jobs::requested_by.eq(job.requested_by),
            jobs::created_at.eq(ctx.now),
            jobs::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    let (place, id) = match circle {
        Circle::Organization(id) => ("organization_id", id),
        Circle::Municipality(id) => ("municipality_id", id),
        Circle::Region(id) => ("region_id", id),
    };
    let found = diesel::sql_query(PEOPLE.replace("{place}", place))
        .bind::<SqlUuid, _>(job.id)
        .bind::<SqlUuid, _>(id)
        .bind::<Date, _>(today)
        .bind::<Text, _>(RouteProposalJobPersonState::Waiting.as_str())
        .execute(&mut &*ctx.conn)
        .await?;
    let number = i32::try_from(found).map_err(Error::internal)?;
    diesel::update(jobs::table.find(job.id)).set(jobs::people.eq(number)).execute(&mut &*ctx.conn).await?;
    Ok(number)
}

/// Everybody who works there, has an open deficit and no route under way: once, at his or her main place of work.
const PEOPLE: &str = "\
    insert into route_proposal_job_people (job_id, person_id, organization_id, position, state) \
    select $1, person_id, organization_id, row_number() over (order by organization_id, person_id), $4 \
    from ( \
        select distinct on (e.person_id) e.person_id, e.organization_id \
        from employments e \
        where e.{place} = $2 and e.started_on <= $3 and (e.ended_on is null or e.ended_on >= $3) \
          and exists (select from deficits d where d.person_id = e.person_id and d.state = 'open') \
          and not exists (select from routes r where r.person_id = e.person_id \
                          and r.state not in ('completed', 'closed_incomplete', 'rejected', 'withdrawn')) \
        order by e.person_id, e.kind = 'staff' desc, e.started_on, e.organization_id \
    ) found";

/// A person of a job without the proposal, which may be long.
type PersonRow = (Uuid, Uuid, i32, String, Option<Uuid>, Value, Option<DateTime<Utc>>);

const PERSON: (
    people::person_id,
    people::organization_id,
    people::position,
    people::state,
    people::route_id,
    people::problems,
    people::done_at,
) = (
    people::person_id,
    people::organization_id,
    people::position,
    people::state,
    people::route_id,
    people::problems,
    people::done_at,
);

fn person(row: PersonRow, proposal: Option<Value>) -> Result<JobPerson<Value>> {
    let (person_id, organization_id, position, state, route_id, problems, done_at) = row;
    let state = person_state(&state)?;
    Ok(JobPerson { person_id, organization_id, position, state, route_id, proposal, problems, done_at })
}

/// One page of the people of a job, in the order in which they are taken.
pub(super) async fn list_people(
    conn: &Conn,
    job_id: Uuid,
    state: Option<RouteProposalJobPersonState>,
    fetch: i64,
    after: Option<i32>,
) -> Result<Vec<JobPerson<Value>>> {
    let mut query = people::table
        .filter(people::job_id.eq(job_id))
        .order(people::position)
        .select(PERSON)
        .limit(fetch)
        .into_boxed();
    if let Some(state) = state {
        query = query.filter(people::state.eq(state.as_str()));
    }
    if let Some(position) = after {
        query = query.filter(people::position.gt(position));
    }
    let rows: Vec<PersonRow> = query.load(&mut &*conn).await?;
    rows.into_iter().map(|row| person(row, None)).collect()
}

/// One of the people of a job, with what was proposed.
pub(super) async fn find_person(conn: &Conn, job_id: Uuid, person_id: Uuid) -> Result<JobPerson<Value>> {
    let (row, proposal): (PersonRow, Option<Value>) =
        people::table.find((job_id, person_id)).select((PERSON, people::proposal)).first(&mut &*conn).await?;
    person(row, proposal)
}
