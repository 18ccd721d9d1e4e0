//! Use cases of jobs.

mod work;

use chrono::{DateTime, Utc};
use serde_json::Value;
use uuid::Uuid;

use super::model::{Circle, Counts, Job, JobPerson, Term};
use super::vocabulary::{RouteProposalJobPersonState, RouteProposalJobState};
use super::{policy, store};
use crate::authz::{Actor, Target, authorize, authorize_seen, may, scope};
use crate::db::{Change, Ctx, Subject};
use crate::diagnostics::service::may_know_deficits;
use crate::directory::organizations::model::{Organization, OrganizationKind};
use crate::directory::organizations::service::{authorize_at, organization_at, target as target_of};
use crate::directory::persons::service::person_facts;
use crate::directory::regions::service::today;
use crate::error::{Code, Error, FieldProblem, Result, Text};
use crate::http::PageQuery;
use crate::ids::new_id;
use crate::learning_routes::proposals::Wishes;
use crate::learning_routes::proposals::service::{term_problems, unknown_wishes};
use crate::learning_routes::service::{authorize_among, drafters, starters};
use crate::regulations::profile::RouteProfile;
use crate::regulations::service::binding_regulation;

pub use work::{finish_jobs, take_one};

/// A job with what the actor may do with it now.
pub type JobWhole = (Job<Value>, Vec<String>);

/// A job as asked for.
#[derive(Debug, Clone)]
pub struct NewJob {
    /// Whose people: a school, a municipal authority or a ministry.
    pub organization_id: Uuid,
    /// The term.
    pub term: Term,
    /// Whether drafts are created.
    pub create_drafts: bool,
    /// Wishes.
    pub wishes: Wishes,
    /// Term and wishes as they are kept.
    pub asked: Value,
}

/// Names the people whom routes are to be proposed for.
pub async fn create_route_proposal_job(ctx: &Ctx<'_>, new: NewJob) -> Result<JobWhole> {
    let place = organization_at(ctx, new.organization_id, "/organization_id").await?;
    let rule = &policy::CREATE_ROUTE_PROPOSAL_JOB;
    authorize_at(ctx.actor, rule, &place)?;
    let today = today(ctx, place.region_id).await?;
    let regulation = binding_regulation(ctx, place.id, today).await?.ok_or_else(no_regulation)?;
    let demands = &regulation.profile.route;
    let allowed = if new.create_drafts { drafters(demands) } else { starters(demands) };
    let permit = authorize_among(ctx.actor, rule, &target_of(&place), &allowed)?;
    let mut problems = term_problems(new.term.starts_on, new.term.ends_on, today);
    problems.extend(not_in_bulk(demands).filter(|_| new.create_drafts));
    problems.extend(unknown_wishes(ctx, place.region_id, &new.wishes).await?);
    if !problems.is_empty() {
        return Err(Error::invalid(problems));
    }
    let mut job = Job {
        id: new_id(),
        region_id: place.region_id,
        municipality_id: place.municipality_id,
        organization_id: place.id,
        asked: new.asked,
        create_drafts: new.create_drafts,
        people: 0,
        state: RouteProposalJobState::Running,
        requested_by: ctx.actor.account_id,
        created_at: ctx.now,
        finished_at: None,
        counts: Counts::default(),
        version: 1,
    };
    job.people = store::insert(ctx, &permit, &job, circle(&place), today).await?;
    job.counts.waiting = i64::from(job.people);
    let change = Change::none().field("people", (), job.people);
    ctx.audit(&permit, Subject { kind: "route_proposal_job", id: job.id }, change).await?;
    let actions = allowed_actions(ctx.actor, &job);
    Ok((job, actions))
}

/// One page of the jobs the actor may know, newest first.
pub async fn list_route_proposal_jobs(
    ctx: &Ctx<'_>,
    organization_id: Option<Uuid>,
    state: Option<RouteProposalJobState>,
    page: &PageQuery<'_>,
    after: Option<(DateTime<Utc>, Uuid)>,
) -> Result<Vec<JobWhole>> {
    let scope = scope(ctx.actor, &policy::LIST_ROUTE_PROPOSAL_JOBS)?;
    let found = store::list(ctx.conn, &scope, organization_id, state, page.fetch(), after).await?;
    let whole = |job: Job<Value>| {
        let actions = allowed_actions(ctx.actor, &job);
        (job, actions)
    };
    Ok(found.into_iter().map(whole).collect())
}

/// One job.
pub async fn get_route_proposal_job(ctx: &Ctx<'_>, id: Uuid) -> Result<JobWhole> {
    let job = store::find(ctx.conn, id).await?;
    authorize(ctx.actor, &policy::GET_ROUTE_PROPOSAL_JOB, &target(&job))?;
    let actions = allowed_actions(ctx.actor, &job);
    Ok((job, actions))
}

/// One page of the people of a job, in the order in which they are taken.
pub async fn list_route_proposal_job_people(
    ctx: &Ctx<'_>,
    id: Uuid,
    state: Option<RouteProposalJobPersonState>,
    page: &PageQuery<'_>,
    after: Option<i32>,
) -> Result<Vec<JobPerson<Value>>> {
    let job = store::find(ctx.conn, id).await?;
    authorize(ctx.actor, &policy::LIST_ROUTE_PROPOSAL_JOB_PEOPLE, &target(&job))?;
    store::list_people(ctx.conn, id, state, page.fetch(), after).await
}

/// One of the people of a job, with what was proposed: that tells of deficits.
pub async fn get_route_proposal_job_person(
    ctx: &Ctx<'_>,
    id: Uuid,
    person_id: Uuid,
) -> Result<JobPerson<Value>> {
    let job = store::find(ctx.conn, id).await?;
    authorize(ctx.actor, &policy::GET_ROUTE_PROPOSAL_JOB_PERSON, &target(&job))?;
    let found = store::find_person(ctx.conn, id, person_id).await?;
    let today = today(ctx, job.region_id).await?;
    let person = person_facts(ctx, person_id, today).await?;
    if !may_know_deficits(ctx.actor, &person.target_on(today)) {
        return Err(Error::new(Code::Forbidden));
    }
    Ok(found)
}

/// Calls a job off. Whoever is being taken at this moment still gets a proposal; drafts that were created stay.
pub async fn cancel_route_proposal_job(ctx: &Ctx<'_>, id: Uuid, if_match: i64) -> Result<JobWhole> {
    let job = store::lock(ctx.conn, id).await?;
    let permit = authorize(ctx.actor, &policy::GET_ROUTE_PROPOSAL_JOB, &target(&job))
        .and_then(|_| authorize_seen(ctx.actor, &policy::CANCEL_ROUTE_PROPOSAL_JOB, &target(&job)))?;
    if job.version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    if job.state != RouteProposalJobState::Running {
        return Err(Error::new(Code::StateConflict)
            .detail("Задание уже завершено или отменено", "The job has ended already"));
    }
    let state = RouteProposalJobState::Cancelled;
    store::end(ctx, &permit, id, state).await?;
    let change = Change::none().field("state", job.state.as_str(), state.as_str());
    ctx.audit(&permit, Subject { kind: "route_proposal_job", id }, change).await?;
    let job = Job { state, finished_at: Some(ctx.now), version: job.version + 1, ..job };
    let actions = allowed_actions(ctx.actor, &job);
    Ok((job, actions))
}

/// Whose people are meant by the place.
const fn circle(place: &Organization) -> Circle {
    match place.kind {
        OrganizationKind::Ministry => Circle::Region(place.region_id),
        OrganizationKind::MunicipalAuthority => Circle::Municipality(place.id),
        _ => Circle::Organization(place.id),
    }
}

fn target(job: &Job<Value>) -> Target {
    Target::region(job.region_id).organization(job.organization_id, job.municipality_id)
}

fn allowed_actions(actor: &Actor, job: &Job<Value>) -> Vec<String> {
    let rule = &policy::CANCEL_ROUTE_PROPOSAL_JOB;
    let cancels = job.state == RouteProposalJobState::Running && may(actor, rule, &target(job));
    cancels.then(|| rule.operation.to_owned()).into_iter().collect()
}

/// The regulation lets nobody draft for many people at once (P4-36).
fn not_in_bulk(demands: &RouteProfile) -> Option<FieldProblem> {
    let rule = demands.people.drafters.as_ref();
    if rule.is_some_and(|rule| rule.in_bulk) {
        return None;
    }
    let words = Text::new(
        "Положение не предусматривает формирование маршрутов списком",
        "The regulation does not let routes be drafted for many people at once",
    );
    let paragraph = rule.and_then(|rule| rule.paragraph.as_deref());
    Some(FieldProblem::new("/create_drafts", "not_in_bulk", words).because("P4-36", paragraph))
}

fn no_regulation() -> Error {
    Error::field(
        "/organization_id",
        "no_regulation",
        "У организации нет действующего положения",
        "No regulation binds the organization today",
    )
}
