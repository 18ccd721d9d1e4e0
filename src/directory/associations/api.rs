//! Endpoints of associations.

pub mod members;

use actix_web::{get, post, put, web};
use uuid::Uuid;

use super::dto::{AssociationBody, AssociationCreate, AssociationPage, AssociationQuery, AssociationView};
use super::model::{Association, Filter};
use super::service;
use crate::authz::Actor;
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

/// Adds an association
///
/// To a school or another organization, with its head if there is one.
#[utoipa::path(
    tag = "directory", operation_id = "create_association", request_body = AssociationCreate,
    responses((status = 201, description = "The new association", body = AssociationView))
)]
#[post("/associations")]
pub async fn create_association(call: Call, body: Body<AssociationCreate>) -> Result<Reply> {
    call.write_once(async |ctx| {
        let association =
            service::create_association(ctx, body.organization_id, body.data.clone().into()).await?;
        let (location, version) = (format!("/api/v1/associations/{}", association.id), association.version);
        Reply::created(location, version, &view(ctx.actor, association))
    })
    .await
}

/// Lists associations
///
/// Those the caller may see, ordered by name.
#[utoipa::path(
    tag = "directory", operation_id = "list_associations", params(AssociationQuery),
    responses((status = 200, description = "One page", body = AssociationPage))
)]
#[get("/associations")]
pub async fn list_associations(call: Call, query: Query<AssociationQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(String, Uuid)>(&query.0)?;
    let filter = Filter { organization_id: query.organization_id };
    let found =
        call.read(async |ctx| service::list_associations(ctx, &filter, &page, after.clone()).await).await?;
    let (items, next_cursor) = page.cut(found, &query.0, |last| (last.data.name.clone(), last.id))?;
    let items = items.into_iter().map(|association| view(&call.actor, association)).collect();
    Reply::ok(&AssociationPage { items, next_cursor })
}

/// Reads an association
///
/// The `ETag` is needed to change it or its members.
#[utoipa::path(
    tag = "directory", operation_id = "get_association",
    params(("id" = Uuid, Path, description = "The association's id")),
    responses((status = 200, description = "The association", body = AssociationView))
)]
#[get("/associations/{id}")]
pub async fn get_association(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let association = call.read(async |ctx| service::get_association(ctx, *id).await).await?;
    Reply::item(association.version, &view(&call.actor, association))
}

/// Changes an association
///
/// Name, subject and head. The right to act as its head comes from the role `association_head`.
#[utoipa::path(
    tag = "directory", operation_id = "update_association", request_body = AssociationBody,
    params(("id" = Uuid, Path, description = "The association's id")),
    responses((status = 200, description = "The association as it is now", body = AssociationView))
)]
#[put("/associations/{id}")]
pub async fn update_association(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<AssociationBody>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    let association = call
        .write(async |ctx| service::update_association(ctx, *id, if_match, body.0.clone().into()).await)
        .await?;
    Reply::item(association.version, &view(&call.actor, association))
}

pub(super) fn view(actor: &Actor, association: Association) -> AssociationView {
    let actions = service::allowed_actions(actor, &association);
    AssociationView::new(association, actions)
}
