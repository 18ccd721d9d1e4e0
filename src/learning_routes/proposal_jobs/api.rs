//! Endpoints of jobs.

use actix_web::{get, post, web};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::dto::{
    RouteProposalJobCreate, RouteProposalJobPage, RouteProposalJobPeopleQuery, RouteProposalJobPersonPage,
    RouteProposalJobPersonView, RouteProposalJobQuery, RouteProposalJobView,
};
use super::service;
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

/// Has routes proposed for many people
///
/// Names everybody who works there, has an open deficit and no route under way, and proposes a route for each, one after
/// the other, in the name of the caller and by the rights that the account has when the person is taken. With
/// `create_drafts` each proposal is put into a draft, where the regulation lets routes be drafted for many people
/// (422 `not_in_bulk`). Ask for the job again to see how far it is.
#[utoipa::path(
    tag = "learning_routes", operation_id = "create_route_proposal_job", request_body = RouteProposalJobCreate,
    responses((status = 201, description = "The new job", body = RouteProposalJobView))
)]
#[post("/route-proposal-jobs")]
pub async fn create_route_proposal_job(call: Call, body: Body<RouteProposalJobCreate>) -> Result<Reply> {
    call.write_once(async |ctx| {
        let whole = service::create_route_proposal_job(ctx, body.to_new()?).await?;
        let (location, version) = (format!("/api/v1/route-proposal-jobs/{}", whole.0.id), whole.0.version);
        Reply::created(location, version, &RouteProposalJobView::new(whole)?)
    })
    .await
}

/// Lists the jobs of proposals
///
/// Those of the places the caller works with, newest first.
#[utoipa::path(
    tag = "learning_routes", operation_id = "list_route_proposal_jobs", params(RouteProposalJobQuery),
    responses((status = 200, description = "One page", body = RouteProposalJobPage))
)]
#[get("/route-proposal-jobs")]
pub async fn list_route_proposal_jobs(call: Call, query: Query<RouteProposalJobQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(DateTime<Utc>, Uuid)>(&query.0)?;
    let (place, state) = (query.organization_id, query.state);
    let found = call
        .read(async |ctx| service::list_route_proposal_jobs(ctx, place, state, &page, after).await)
        .await?;
    let (items, next_cursor) = page.cut(found, &query.0, |(job, _)| (job.created_at, job.id))?;
    let items = items.into_iter().map(RouteProposalJobView::new).collect::<Result<_>>()?;
    Reply::ok(&RouteProposalJobPage { items, next_cursor })
}

/// Reads a job of proposals
///
/// With how many of its people stand where.
#[utoipa::path(
    tag = "learning_routes", operation_id = "get_route_proposal_job",
    params(("id" = Uuid, Path, description = "The job's id")),
    responses((status = 200, description = "The job", body = RouteProposalJobView))
)]
#[get("/route-proposal-jobs/{id}")]
pub async fn get_route_proposal_job(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let whole = call.read(async |ctx| service::get_route_proposal_job(ctx, *id).await).await?;
    Reply::derived(whole.0.version, &RouteProposalJobView::new(whole)?)
}

/// Lists the people of a job of proposals
///
/// In the order in which they are taken, with what became of each and why somebody was refused; the proposals are read
/// one by one.
#[utoipa::path(
    tag = "learning_routes", operation_id = "list_route_proposal_job_people",
    params(("id" = Uuid, Path, description = "The job's id"), RouteProposalJobPeopleQuery),
    responses((status = 200, description = "One page", body = RouteProposalJobPersonPage))
)]
#[get("/route-proposal-jobs/{id}/people")]
pub async fn list_route_proposal_job_people(
    call: Call,
    id: web::Path<Uuid>,
    query: Query<RouteProposalJobPeopleQuery>,
) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let list = (*id, &query.0);
    let after = page.after::<i32>(&list)?;
    let state = query.state;
    let found = call
        .read(async |ctx| service::list_route_proposal_job_people(ctx, *id, state, &page, after).await)
        .await?;
    let (items, next_cursor) = page.cut(found, &list, |person| person.position)?;
    let language = call.language();
    let view = |person| RouteProposalJobPersonView::new(person, language);
    let items = items.into_iter().map(view).collect::<Result<_>>()?;
    Reply::ok(&RouteProposalJobPersonPage { items, next_cursor })
}

/// Reads what was proposed for one of the people of a job
///
/// The proposal as it was computed that day. It tells of the person's deficits: only those who may know them read it.
#[utoipa::path(
    tag = "learning_routes", operation_id = "get_route_proposal_job_person",
    params(
        ("id" = Uuid, Path, description = "The job's id"),
        ("person_id" = Uuid, Path, description = "The person's id")
    ),
    responses((status = 200, description = "The person of the job", body = RouteProposalJobPersonView))
)]
#[get("/route-proposal-jobs/{id}/people/{person_id}")]
pub async fn get_route_proposal_job_person(call: Call, path: web::Path<(Uuid, Uuid)>) -> Result<Reply> {
    let (id, person_id) = *path;
    let found =
        call.read(async |ctx| service::get_route_proposal_job_person(ctx, id, person_id).await).await?;
    Reply::ok(&RouteProposalJobPersonView::new(found, call.language())?)
}

/// Calls a job of proposals off
///
/// Nobody else is taken; what has been proposed and drafted stays.
#[utoipa::path(
    tag = "learning_routes", operation_id = "cancel_route_proposal_job",
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The job's id")),
    responses((status = 200, description = "The job as it is now", body = RouteProposalJobView))
)]
#[post("/route-proposal-jobs/{id}/cancellation")]
pub async fn cancel_route_proposal_job(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        let whole = service::cancel_route_proposal_job(ctx, *id, if_match).await?;
        Reply::item(whole.0.version, &RouteProposalJobView::new(whole)?)
    })
    .await
}
