//! Use cases of organizations.

use std::collections::HashMap;

use uuid::Uuid;

use super::model::{FounderType, Organization, OrganizationData, OrganizationKind, place, place_under};
use super::{policy, store};
use crate::authz::{Actor, Permit, Rule, Target, authorize, authorize_seen, may, scope};
use crate::db::{Change, Conn, Ctx, Subject};
use crate::directory::persons::model::ExternalId;
use crate::error::{Code, Error, Result};
use crate::http::PageQuery;
use crate::ids::new_id;

/// A new organization as asked for.
#[derive(Debug, Clone)]
pub struct NewOrganization {
    /// The region, for a ministry.
    pub region_id: Option<Uuid>,
    /// The organization it is subordinate to.
    pub parent_id: Option<Uuid>,
    /// What it is.
    pub kind: OrganizationKind,
    /// What is said of it.
    pub data: OrganizationData,
}

/// Adds an organization to the tree.
pub async fn create_organization(ctx: &Ctx<'_>, new: NewOrganization) -> Result<Organization> {
    let parent = match new.parent_id {
        Some(id) => Some(store::find(ctx.conn, id).await?.ok_or_else(unknown_parent)?),
        None => None,
    };
    let region_id = parent.as_ref().map(|parent| parent.region_id).or(new.region_id).ok_or_else(|| {
        Error::field(
            "/region_id",
            "required",
            "Укажите регион министерства",
            "Name the region of the ministry",
        )
    })?;
    let id = new_id();
    let pointer = if parent.is_some() { "/parent_id" } else { "/region_id" };
    authorize(ctx.actor, &policy::GET_ORGANIZATION, &Target::region(region_id))
        .map_err(|refusal| refusal.in_body(pointer))?;
    let target = parent.as_ref().map_or(Target::region(region_id), target);
    let permit = authorize_seen(ctx.actor, &policy::CREATE_ORGANIZATION, &target)?;
    let (parent_id, municipality_id) = place(new.kind, id, parent.as_ref())?;
    let organization = Organization {
        id,
        region_id,
        municipality_id,
        parent_id,
        kind: new.kind,
        data: new.data,
        version: 1,
    };
    store::insert(ctx, &permit, &organization).await?;
    let change = Change::none().field("kind", (), new.kind.as_str());
    ctx.audit(&permit, Subject { kind: "organization", id }, change).await?;
    Ok(organization)
}

/// One page of the organizations of the actor's region.
pub async fn list_organizations(
    ctx: &Ctx<'_>,
    filter: &store::Filter,
    page: &PageQuery<'_>,
    after: Option<(String, Uuid)>,
) -> Result<Vec<Organization>> {
    store::list(ctx.conn, &scope(ctx.actor, &policy::LIST_ORGANIZATIONS)?, filter, page.fetch(), after).await
}

/// One organization.
pub async fn get_organization(ctx: &Ctx<'_>, id: Uuid) -> Result<Organization> {
    let organization = organization(ctx, id).await?;
    authorize(ctx.actor, &policy::GET_ORGANIZATION, &Target::region(organization.region_id))?;
    Ok(organization)
}

/// Changes what is said of an organization.
pub async fn update_organization(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    data: OrganizationData,
) -> Result<Organization> {
    let current = store::lock(ctx.conn, id).await?.ok_or(Error::not_found())?;
    let permit = authorize_at(ctx.actor, &policy::UPDATE_ORGANIZATION, &current)?;
    if current.version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    let mut change = Change::none();
    if current.data.name != data.name {
        change = change.field("name", current.data.name.as_str(), data.name.as_str());
    }
    let organization = Organization { data, version: current.version + 1, ..current };
    store::update(ctx, &permit, &organization).await?;
    ctx.audit(&permit, Subject { kind: "organization", id }, change).await?;
    Ok(organization)
}

/// Puts an organization under another municipal authority, or under the ministry. Its people, routes and whatever else
/// belongs to it are of the new municipality from then on; requests that are on their way keep their chain.
pub async fn relocate_organization(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    parent_id: Uuid,
) -> Result<Organization> {
    let current = store::lock(ctx.conn, id).await?.ok_or(Error::not_found())?;
    let permit = authorize_at(ctx.actor, &policy::RELOCATE_ORGANIZATION, &current)?;
    if current.version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    let parent = organization_at(ctx, parent_id, "/parent_id").await?;
    let (parent_id, municipality_id) = place_under(&current, &parent)?;
    let text = |id: Option<Uuid>| id.map(|id| id.to_string());
    let change = Change::none().field("parent_id", text(current.parent_id), text(parent_id)).field(
        "municipality_id",
        text(current.municipality_id),
        text(municipality_id),
    );
    let organization = Organization { parent_id, municipality_id, version: current.version + 1, ..current };
    store::relocate(ctx, &permit, &organization).await?;
    ctx.audit(&permit, Subject { kind: "organization", id }, change).await?;
    Ok(organization)
}

/// An organization by id, without asking who may see it: for the rules of other resources.
pub async fn organization(ctx: &Ctx<'_>, id: Uuid) -> Result<Organization> {
    store::find(ctx.conn, id).await?.ok_or(Error::not_found())
}

/// Those of the organizations that exist, without asking who may see them: for bodies that name many.
pub async fn organizations(ctx: &Ctx<'_>, ids: &[Uuid]) -> Result<Vec<Organization>> {
    if ids.is_empty() { Ok(Vec::new()) } else { store::many(ctx.conn, ids).await }
}

/// The organizations of a region that are named by id or ИНН, without asking who may see them.
pub async fn organizations_named(
    ctx: &Ctx<'_>,
    region_id: Uuid,
    names: &[String],
) -> Result<Vec<Organization>> {
    if names.is_empty() { Ok(Vec::new()) } else { store::named(ctx.conn, region_id, names).await }
}

/// The names of organizations, for lists, reports and documents that know their ids.
pub async fn names_of(conn: &Conn, ids: &[Uuid]) -> Result<HashMap<Uuid, String>> {
    if ids.is_empty() { Ok(HashMap::new()) } else { store::names(conn, ids).await }
}

/// Holds an organization until the end of the transaction: whatever may exist once in it is decided one after the other.
pub async fn hold_organization(ctx: &Ctx<'_>, id: Uuid) -> Result<()> {
    store::lock(ctx.conn, id).await?.map(|_| ()).ok_or(Error::not_found())
}

/// The organization of a region with that tax number: for files, which know no ids.
pub async fn organization_by_inn(ctx: &Ctx<'_>, region_id: Uuid, inn: &str) -> Result<Option<Uuid>> {
    store::find_by_inn(ctx.conn, region_id, inn).await
}

/// Whether an organization of a region bears exactly that name, in full or for short.
pub async fn is_named(ctx: &Ctx<'_>, region_id: Uuid, name: &str) -> Result<bool> {
    store::is_named(ctx.conn, region_id, name).await
}

/// The organizations of a region with those tax numbers: for files.
pub async fn organizations_by_inns(
    ctx: &Ctx<'_>,
    region_id: Uuid,
    inns: &[String],
) -> Result<HashMap<String, Uuid>> {
    if inns.is_empty() { Ok(HashMap::new()) } else { store::by_inns(ctx.conn, region_id, inns).await }
}

/// The organization a loaded row stands for: by what its source calls it, else by tax number and kind.
pub async fn find_loaded(
    ctx: &Ctx<'_>,
    region_id: Uuid,
    external: Option<&ExternalId>,
    (inn, kind): (Option<&str>, OrganizationKind),
) -> Result<Option<Uuid>> {
    if let Some(external) = external
        && let Some(known) = store::find_by_external(ctx.conn, region_id, external).await?
    {
        return Ok(Some(known));
    }
    match inn {
        Some(inn) => store::find_by_inn_and_kind(ctx.conn, region_id, inn, kind).await,
        None => Ok(None),
    }
}

/// Remembers what a loaded organization is called in its source, unless it is called something already; says whether
/// that was new.
pub async fn name_external(ctx: &Ctx<'_>, id: Uuid, external: &ExternalId) -> Result<bool> {
    let current = organization(ctx, id).await?;
    let Ok(permit) = authorize_at(ctx.actor, &policy::UPDATE_ORGANIZATION, &current) else {
        return Ok(false);
    };
    let named = store::name_external(ctx, &permit, id, external).await?;
    if named {
        let change = Change::none().field("external_id", (), external.id.as_str());
        ctx.audit(&permit, Subject { kind: "organization", id }, change).await?;
    }
    Ok(named)
}

/// The founder types of a region's organizations, where they are known: for the rules of hours (B1.8).
pub async fn founder_types(ctx: &Ctx<'_>, region_id: Uuid) -> Result<Vec<(Uuid, FounderType)>> {
    store::founder_types(ctx.conn, region_id).await
}

/// Those of the organizations that are of the region, with their municipality: for bodies that name many.
pub async fn places_of(ctx: &Ctx<'_>, region_id: Uuid, ids: &[Uuid]) -> Result<HashMap<Uuid, Option<Uuid>>> {
    if ids.is_empty() { Ok(HashMap::new()) } else { store::places_of(ctx.conn, region_id, ids).await }
}

/// What the actor may do with the organization.
pub fn allowed_actions(actor: &Actor, organization: &Organization) -> Vec<String> {
    let target = target(organization);
    let moves = organization.kind.may_move().then_some(&policy::RELOCATE_ORGANIZATION);
    std::iter::once(&policy::UPDATE_ORGANIZATION)
        .chain(moves)
        .filter(|rule| may(actor, rule, &target))
        .map(|rule| rule.operation.to_owned())
        .collect()
}

/// The organization as a target of rights.
pub fn target(organization: &Organization) -> Target {
    Target::region(organization.region_id).organization(organization.id, organization.municipality_id)
}

/// Decides about something at an organization. Organizations of one's own region are no secret, so a refusal there
/// is 403; elsewhere it is 404.
pub fn authorize_at(actor: &Actor, rule: &'static Rule, organization: &Organization) -> Result<Permit> {
    authorize(actor, &policy::GET_ORGANIZATION, &Target::region(organization.region_id))?;
    authorize_seen(actor, rule, &target(organization))
}

/// An organization named in a body; one that does not exist for the actor is a wrong field.
pub async fn organization_at(ctx: &Ctx<'_>, id: Uuid, pointer: &str) -> Result<Organization> {
    let visible =
        |found: &Organization| may(ctx.actor, &policy::GET_ORGANIZATION, &Target::region(found.region_id));
    let found = store::find(ctx.conn, id).await?.filter(visible);
    found.ok_or_else(|| {
        Error::field(pointer, "unknown", "Такой организации нет", "There is no such organization")
    })
}

fn unknown_parent() -> Error {
    Error::field("/parent_id", "unknown", "Такой организации нет", "There is no such organization")
}
