//! Endpoints of organizations.

use actix_web::{get, post, put, web};
use uuid::Uuid;

use super::dto::{
    OrganizationBody, OrganizationCreate, OrganizationPage, OrganizationQuery, OrganizationRelocation,
    OrganizationView,
};
use super::service::{self, NewOrganization};
use super::store::Filter;
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

/// Adds an organization
///
/// The place in the tree decides who governs it: a ministry is the root of its region, a municipal authority stands
/// under the ministry, a municipal centre under its authority, everything else under either.
#[utoipa::path(
    tag = "directory", operation_id = "create_organization", request_body = OrganizationCreate,
    responses((status = 201, description = "The new organization", body = OrganizationView))
)]
#[post("/organizations")]
pub async fn create_organization(call: Call, body: Body<OrganizationCreate>) -> Result<Reply> {
    call.write_once(async |ctx| {
        let new = NewOrganization {
            region_id: body.region_id,
            parent_id: body.parent_id,
            kind: body.kind.into(),
            data: body.data.clone().into(),
        };
        let organization = service::create_organization(ctx, new).await?;
        let (location, version) =
            (format!("/api/v1/organizations/{}", organization.id), organization.version);
        let actions = service::allowed_actions(ctx.actor, &organization);
        Reply::created(location, version, &OrganizationView::new(organization, actions))
    })
    .await
}

/// Lists organizations
///
/// Organizations of the caller's region, ordered by name.
#[utoipa::path(
    tag = "directory", operation_id = "list_organizations", params(OrganizationQuery),
    responses((status = 200, description = "One page", body = OrganizationPage))
)]
#[get("/organizations")]
pub async fn list_organizations(call: Call, query: Query<OrganizationQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(String, Uuid)>(&query.0)?;
    let filter = Filter {
        kind: query.kind.map(Into::into),
        municipality_id: query.municipality_id,
        name: query.q.clone(),
    };
    let found =
        call.read(async |ctx| service::list_organizations(ctx, &filter, &page, after.clone()).await).await?;
    let (items, next_cursor) = page.cut(found, &query.0, |last| (last.data.name.clone(), last.id))?;
    Reply::ok(&OrganizationPage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}

/// Reads an organization
///
/// Any organization of the caller's region; the `ETag` is needed to change it.
#[utoipa::path(
    tag = "directory", operation_id = "get_organization",
    params(("id" = Uuid, Path, description = "The organization's id")),
    responses((status = 200, description = "The organization", body = OrganizationView))
)]
#[get("/organizations/{id}")]
pub async fn get_organization(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let organization = call.read(async |ctx| service::get_organization(ctx, *id).await).await?;
    let actions = service::allowed_actions(&call.actor, &organization);
    Reply::item(organization.version, &OrganizationView::new(organization, actions))
}

/// Changes an organization
///
/// Replaces what is said of it; its kind and its place in the tree stay.
#[utoipa::path(
    tag = "directory", operation_id = "update_organization", request_body = OrganizationBody,
    params(("id" = Uuid, Path, description = "The organization's id")),
    responses((status = 200, description = "The organization as it is now", body = OrganizationView))
)]
#[put("/organizations/{id}")]
pub async fn update_organization(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<OrganizationBody>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    let organization = call
        .write(async |ctx| service::update_organization(ctx, *id, if_match, body.0.clone().into()).await)
        .await?;
    let actions = service::allowed_actions(&call.actor, &organization);
    Reply::item(organization.version, &OrganizationView::new(organization, actions))
}

/// Puts an organization under another municipality
///
/// A school, a provider or a municipal centre comes under another municipal authority of the region, or under the
/// ministry. Its people and whatever belongs to them are of the new municipality at once. Requests for approval that are
/// on their way keep the regulation and the deciders they were handed in with; what is handed in afterwards passes the
/// chain of the new place. Logs say where something happened and stay.
#[utoipa::path(
    tag = "directory", operation_id = "relocate_organization", request_body = OrganizationRelocation,
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The organization's id")),
    responses((status = 200, description = "The organization as it is now", body = OrganizationView))
)]
#[post("/organizations/{id}/relocation")]
pub async fn relocate_organization(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<OrganizationRelocation>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        let organization = service::relocate_organization(ctx, *id, if_match, body.parent_id).await?;
        let actions = service::allowed_actions(ctx.actor, &organization);
        Reply::item(organization.version, &OrganizationView::new(organization, actions))
    })
    .await
}
