//! Endpoints of employments.

use actix_web::{get, post, put, web};
use uuid::Uuid;

use super::dto::{EmploymentBody, EmploymentCreate, EmploymentPage, EmploymentView, PersonHire};
use super::model::Employment;
use super::service;
use crate::authz::Actor;
use crate::error::Result;
use crate::http::{Body, Call, Reply};

/// Adds an employment of a person
///
/// The person must be visible to the caller and belong to the region of the organization.
#[utoipa::path(
    tag = "directory", operation_id = "create_employment", request_body = EmploymentCreate,
    params(("id" = Uuid, Path, description = "The person's id")),
    responses((status = 201, description = "The new employment", body = EmploymentView))
)]
#[post("/persons/{id}/employments")]
pub async fn create_employment(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<EmploymentCreate>,
) -> Result<Reply> {
    let new = body.to_model("")?;
    call.write_once(async |ctx| {
        let employment = service::create_employment(ctx, *id, new.clone()).await?;
        let (location, version) = (format!("/api/v1/employments/{}", employment.id), employment.version);
        Reply::created(location, version, &view(ctx.actor, employment))
    })
    .await
}

/// Employs somebody who works elsewhere
///
/// A part-timer (совместитель), or whoever changes the place of work, is known to the region already, but not to the
/// new employer: `create_person` answers 409. The exact СНИЛС and the last name, which the person shows when he is
/// employed, find him; a former last name does as well. Nothing is told of people who are not found.
#[utoipa::path(
    tag = "directory", operation_id = "hire_person", request_body = PersonHire,
    responses((status = 201, description = "The new employment", body = EmploymentView))
)]
#[post("/employments")]
pub async fn hire_person(call: Call, body: Body<PersonHire>) -> Result<Reply> {
    let (who, new) = body.to_model()?;
    call.write_once(async |ctx| {
        let employment = service::hire_person(ctx, &who, new.clone()).await?;
        let (location, version) = (format!("/api/v1/employments/{}", employment.id), employment.version);
        Reply::created(location, version, &view(ctx.actor, employment))
    })
    .await
}

/// Lists the work of a person
///
/// Present and past, newest first.
#[utoipa::path(
    tag = "directory", operation_id = "list_employments",
    extensions(("x-whole-list" = json!(true))),
    params(("id" = Uuid, Path, description = "The person's id")),
    responses((status = 200, description = "All work of the person", body = EmploymentPage))
)]
#[get("/persons/{id}/employments")]
pub async fn list_employments(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let found = call.read(async |ctx| service::list_employments(ctx, *id).await).await?;
    let items = found.into_iter().map(|employment| view(&call.actor, employment)).collect();
    Reply::ok(&EmploymentPage { items, next_cursor: None })
}

/// Reads an employment
///
/// The `ETag` is needed to change it.
#[utoipa::path(
    tag = "directory", operation_id = "get_employment",
    params(("id" = Uuid, Path, description = "The employment's id")),
    responses((status = 200, description = "The employment", body = EmploymentView))
)]
#[get("/employments/{id}")]
pub async fn get_employment(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let employment = call.read(async |ctx| service::get_employment(ctx, *id).await).await?;
    Reply::item(employment.version, &view(&call.actor, employment))
}

/// Changes or ends an employment
///
/// With `ended_on` the employment ends: the roles the person holds at the organization and the memberships in its
/// associations end the same day, unless other work of the person there goes on.
#[utoipa::path(
    tag = "directory", operation_id = "update_employment", request_body = EmploymentBody,
    params(("id" = Uuid, Path, description = "The employment's id")),
    responses((status = 200, description = "The employment as it is now", body = EmploymentView))
)]
#[put("/employments/{id}")]
pub async fn update_employment(call: Call, id: web::Path<Uuid>, body: Body<EmploymentBody>) -> Result<Reply> {
    let if_match = call.if_match()?;
    let data = body.to_model("")?;
    let employment =
        call.write(async |ctx| service::update_employment(ctx, *id, if_match, data.clone()).await).await?;
    Reply::item(employment.version, &view(&call.actor, employment))
}

fn view(actor: &Actor, employment: Employment) -> EmploymentView {
    let actions = service::allowed_actions(actor, &employment);
    EmploymentView::new(employment, actions)
}
