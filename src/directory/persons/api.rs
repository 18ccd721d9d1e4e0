//! Endpoints of persons.

use actix_web::{get, post, put, web};
use uuid::Uuid;

use super::dto::{FormerNamePage, PersonCreate, PersonPage, PersonQuery, PersonUpdate, PersonView};
use super::model::PersonSheet;
use super::service;
use super::service::Filter;
use crate::authz::Actor;
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};
use crate::personal_data::api::{record, said_purpose};
use crate::personal_data::service::{purpose, required_purpose};

/// Adds a person
///
/// Together with the first employment, or, by roles of the region, without one. A СНИЛС that the region knows already
/// is 409, without a word about whose it is. Somebody of the same full name (a former one counts) and date of birth is 409
/// `conflict.possible_duplicate`, unless `distinct_from` names that person as another one: `match_persons` tells who it is.
#[utoipa::path(
    tag = "directory", operation_id = "create_person", request_body = PersonCreate,
    responses((status = 201, description = "The new person", body = PersonView))
)]
#[post("/persons")]
pub async fn create_person(call: Call, body: Body<PersonCreate>) -> Result<Reply> {
    let new = body.to_model()?;
    call.write_once(async |ctx| {
        let sheet = service::create_person(ctx, new.clone()).await?;
        let (location, version) = (format!("/api/v1/persons/{}", sheet.person.id), sheet.person.version);
        Reply::created(location, version, &view(ctx.actor, sheet))
    })
    .await
}

/// Lists persons
///
/// The people the caller may see, by last name, first name and id: of the region, the municipality, the organization,
/// the association, or himself alone. Work that has ended does not count.
#[utoipa::path(
    tag = "directory", operation_id = "list_persons", params(PersonQuery),
    responses((status = 200, description = "One page", body = PersonPage))
)]
#[get("/persons")]
pub async fn list_persons(call: Call, query: Query<PersonQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(String, String, Uuid)>(&query.0)?;
    let filter = Filter {
        organization_id: query.organization_id,
        municipality_id: query.municipality_id,
        position: query.position.clone(),
        name: query.q.clone(),
    };
    let found =
        call.read(async |ctx| service::list_persons(ctx, &filter, &page, after.clone()).await).await?;
    let key = |last: &super::model::PersonLine| {
        (last.name.last().to_owned(), last.name.first().to_owned(), last.id)
    };
    let (items, next_cursor) = page.cut(found, &query.0, key)?;
    Reply::ok(&PersonPage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}

/// Reads a person
///
/// Name and posts; СНИЛС, birth date and address only for the person and for roles that need them. That somebody else was
/// shown those is journaled with the purpose (`X-Purpose`); another system that names none is not shown them.
#[utoipa::path(
    tag = "directory", operation_id = "get_person", extensions(("x-purpose" = json!(true))),
    params(("id" = Uuid, Path, description = "The person's id")),
    responses((status = 200, description = "The person", body = PersonView))
)]
#[get("/persons/{id}")]
pub async fn get_person(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let said = said_purpose(&call)?;
    let sheet = call.read(async |ctx| service::get_person(ctx, *id).await).await?;
    let actions = service::allowed_actions(&call.actor, &sheet);
    let (version, whose) = (sheet.person.version, (sheet.person.region_id, sheet.person.id));
    let Some(permit) = service::personal_data(&call.actor, &sheet) else {
        return Reply::item(version, &PersonView::new(sheet, false, actions));
    };
    match purpose(&permit, said) {
        Some(purpose) => {
            record(&call, &permit, whose, purpose).await?;
            Reply::item(version, &PersonView::new(sheet, true, actions))
        }
        // The same caller sees more of the same version when he says what for.
        None => Reply::derived(version, &PersonView::new(sheet, false, actions)),
    }
}

/// Changes a person
///
/// Replaces what is said of the person. A changed name leaves the former one in the history.
#[utoipa::path(
    tag = "directory", operation_id = "update_person", request_body = PersonUpdate,
    params(("id" = Uuid, Path, description = "The person's id")),
    responses((status = 200, description = "The person as it is now", body = PersonView))
)]
#[put("/persons/{id}")]
pub async fn update_person(call: Call, id: web::Path<Uuid>, body: Body<PersonUpdate>) -> Result<Reply> {
    let if_match = call.if_match()?;
    let data = body.data.to_model()?;
    let sheet = call
        .write(async |ctx| {
            service::update_person(ctx, *id, if_match, data.clone(), body.name_changed_on).await
        })
        .await?;
    Reply::item(sheet.person.version, &view(&call.actor, sheet))
}

/// Lists former names of a person
///
/// Newest first; documents issued under a former name still belong to the person. Journaled with the purpose
/// (`X-Purpose`), which another system has to name.
#[utoipa::path(
    tag = "directory", operation_id = "list_person_names",
    extensions(("x-whole-list" = json!(true)), ("x-purpose" = json!(true))),
    params(("id" = Uuid, Path, description = "The person's id")),
    responses((status = 200, description = "The history of names", body = FormerNamePage))
)]
#[get("/persons/{id}/names")]
pub async fn list_person_names(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let said = said_purpose(&call)?;
    let (names, permit, whose) = call.read(async |ctx| service::list_person_names(ctx, *id).await).await?;
    let purpose = required_purpose(&permit, said)?;
    record(&call, &permit, whose, purpose).await?;
    Reply::ok(&FormerNamePage { items: names.into_iter().map(Into::into).collect(), next_cursor: None })
}

fn view(actor: &Actor, sheet: PersonSheet) -> PersonView {
    let private = service::sees_personal_data(actor, &sheet);
    let actions = service::allowed_actions(actor, &sheet);
    PersonView::new(sheet, private, actions)
}
