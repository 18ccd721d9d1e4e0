//! Queries on organizations.

use std::collections::HashMap;

use diesel::dsl::exists;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{FounderType, Organization, OrganizationData, OrganizationFunction, OrganizationKind};
use crate::authz::{Permit, Scope, ScopePart};
use crate::db::schema::organizations::{self, table};
use crate::db::{Conn, Ctx};
use crate::directory::checks::contains;
use crate::directory::persons::model::ExternalId;
use crate::error::{Error, Result};

#[derive(Queryable, Selectable)]
#[diesel(table_name = organizations)]
struct OrganizationRow {
    id: Uuid,
    region_id: Uuid,
    municipality_id: Option<Uuid>,
    parent_id: Option<Uuid>,
    kind: String,
    name: String,
    short_name: Option<String>,
    inn: Option<String>,
    ogrn: Option<String>,
    oktmo: Option<String>,
    founder_type: Option<String>,
    closed_on: Option<chrono::NaiveDate>,
    version: i64,
    functions: Vec<Option<String>>,
}

impl TryFrom<OrganizationRow> for Organization {
    type Error = Error;

    fn try_from(row: OrganizationRow) -> Result<Self> {
        let unknown = |what: &str| Error::internal(format!("unknown {what} in the database"));
        Ok(Self {
            id: row.id,
            region_id: row.region_id,
            municipality_id: row.municipality_id,
            parent_id: row.parent_id,
            kind: OrganizationKind::parse(&row.kind).ok_or_else(|| unknown("kind"))?,
            data: OrganizationData {
                name: row.name,
                short_name: row.short_name,
                inn: row.inn,
                ogrn: row.ogrn,
                oktmo: row.oktmo,
                founder_type: row
                    .founder_type
                    .map(|name| FounderType::parse(&name).ok_or_else(|| unknown("founder type")))
                    .transpose()?,
                closed_on: row.closed_on,
                functions: row
                    .functions
                    .into_iter()
                    .flatten()
                    .map(|name| OrganizationFunction::parse(&name).ok_or_else(|| unknown("function")))
                    .collect::<Result<_>>()?,
            },
            version: row.version,
        })
    }
}

/// Which organizations a list holds.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only this kind.
    pub kind: Option<OrganizationKind>,
    /// Only this municipality.
    pub municipality_id: Option<Uuid>,
    /// Only with this in the full or short name.
    pub name: Option<String>,
}

pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<Option<Organization>> {
    let row = table.find(id).select(OrganizationRow::as_select()).first(&mut &*conn).await.optional()?;
    row.map(Organization::try_from).transpose()
}

pub(super) async fn many(conn: &Conn, ids: &[Uuid]) -> Result<Vec<Organization>> {
    let rows: Vec<OrganizationRow> = table
        .filter(organizations::id.eq_any(ids))
        .select(OrganizationRow::as_select())
        .load(&mut &*conn)
        .await?;
    rows.into_iter().map(Organization::try_from).collect()
}

pub(super) async fn named(conn: &Conn, region_id: Uuid, names: &[String]) -> Result<Vec<Organization>> {
    let ids: Vec<Uuid> = names.iter().filter_map(|name| name.parse().ok()).collect();
    let rows: Vec<OrganizationRow> = table
        .filter(organizations::region_id.eq(region_id))
        .filter(organizations::id.eq_any(ids).or(organizations::inn.assume_not_null().eq_any(names)))
        .select(OrganizationRow::as_select())
        .load(&mut &*conn)
        .await?;
    rows.into_iter().map(Organization::try_from).collect()
}

pub(super) async fn find_by_inn(conn: &Conn, region_id: Uuid, inn: &str) -> Result<Option<Uuid>> {
    let found = table
        .filter(organizations::region_id.eq(region_id))
        .filter(organizations::inn.assume_not_null().eq(inn))
        .select(organizations::id)
        .order(organizations::id)
        .first(&mut &*conn)
        .await
        .optional()?;
    Ok(found)
}

pub(super) async fn is_named(conn: &Conn, region_id: Uuid, name: &str) -> Result<bool> {
    let bears = organizations::name.eq(name).or(organizations::short_name
        .is_not_null()
        .and(organizations::short_name.assume_not_null().eq(name)));
    let found = table.filter(organizations::region_id.eq(region_id)).filter(bears);
    Ok(diesel::select(exists(found)).get_result(&mut &*conn).await?)
}

pub(super) async fn find_by_inn_and_kind(
    conn: &Conn,
    region_id: Uuid,
    inn: &str,
    kind: OrganizationKind,
) -> Result<Option<Uuid>> {
    let found = table
        .filter(organizations::region_id.eq(region_id))
        .filter(organizations::inn.assume_not_null().eq(inn))
        .filter(organizations::kind.eq(kind.as_str()))
        .select(organizations::id)
        .first(&mut &*conn)
        .await
        .optional()?;
    Ok(found)
}

/// The organizations of a region by their tax numbers; of several with one number the first.
pub(super) async fn by_inns(conn: &Conn, region_id: Uuid, inns: &[String]) -> Result<HashMap<String, Uuid>> {
    let rows: Vec<(String, Uuid)> = table
        .filter(organizations::region_id.eq(region_id))
        .filter(organizations::inn.assume_not_null().eq_any(inns))
        .select((organizations::inn.assume_not_null(), organizations::id))
        .order(organizations::id.desc())
        .load(&mut &*conn)
        .await?;
    Ok(rows.into_iter().collect())
}

pub(super) async fn find_by_external(
    conn: &Conn,
    region_id: Uuid,
    external: &ExternalId,
) -> Result<Option<Uuid>> {
    let found = table
        .filter(organizations::region_id.eq(region_id))
        .filter(organizations::source.assume_not_null().eq(&external.source))
        .filter(organizations::external_id.assume_not_null().eq(&external.id))
        .select(organizations::id)
        .first(&mut &*conn)
        .await
        .optional()?;
    Ok(found)
}

/// Writes what the organization is called elsewhere, unless it is called something already; says whether it was written.
pub(super) async fn name_external(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    id: Uuid,
    external: &ExternalId,
) -> Result<bool> {
    let unnamed = table.filter(organizations::id.eq(id)).filter(organizations::source.is_null());
    let written = diesel::update(unnamed)
        .set((organizations::source.eq(&external.source), organizations::external_id.eq(&external.id)))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(written > 0)
}

/// The founder types of a region's organizations, where they are known.
pub(super) async fn founder_types(conn: &Conn, region_id: Uuid) -> Result<Vec<(Uuid, FounderType)>> {
    let rows: Vec<(Uuid, String)> = table
        .filter(organizations::region_id.eq(region_id))
        .filter(organizations::founder_type.is_not_null())
        .select((organizations::id, organizations::founder_type.assume_not_null()))
        .load(&mut &*conn)
        .await?;
    let known = |(id, name): (Uuid, String)| {
        let founder = FounderType::parse(&name).ok_or_else(|| Error::internal("unknown founder type"))?;
        Ok((id, founder))
    };
    rows.into_iter().map(known).collect()
}

pub(super) async fn lock(conn: &Conn, id: Uuid) -> Result<Option<Organization>> {
    let row = table
        .find(id)
        .select(OrganizationRow::as_select())
        .for_update()
        .first(&mut &*conn)
        .await
        .optional()?;
    row.map(Organization::try_from).transpose()
}

pub(super) async fn list(
    conn: &Conn,
    scope: &Scope,
    filter: &Filter,
    fetch: i64,
    after: Option<(String, Uuid)>,
) -> Result<Vec<Organization>> {
    let mut query = table
        .select(OrganizationRow::as_select())
        .order((organizations::name, organizations::id))
        .limit(fetch)
        .into_boxed();
    if !scope.parts().contains(&ScopePart::Everything) {
        query = query.filter(organizations::region_id.eq_any(regions(scope)));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(organizations::kind.eq(kind.as_str()));
    }
    if let Some(municipality_id) = filter.municipality_id {
        query = query.filter(organizations::municipality_id.assume_not_null().eq(municipality_id));
    }
    if let Some(part) = &filter.name {
        let pattern = contains(part);
        query = query.filter(
            organizations::name.ilike(pattern.clone()).or(organizations::short_name
                .is_not_null()
                .and(organizations::short_name.assume_not_null().ilike(pattern))),
        );
    }
    if let Some((name, id)) = after {
        query = query.filter(
            organizations::name
                .gt(name.clone())
                .or(organizations::name.eq(name).and(organizations::id.gt(id))),
        );
    }
    let rows = query.load(&mut &*conn).await?;
    rows.into_iter().map(Organization::try_from).collect()
}

/// Names of organizations are visible in the whole region.
fn regions(scope: &Scope) -> Vec<Uuid> {
    let region = |part: &ScopePart| match part {
        ScopePart::Above { region_id, .. } | ScopePart::Region(region_id) => Some(*region_id),
        _ => None,
    };
    scope.parts().iter().filter_map(region).collect()
}

fn functions(data: &OrganizationData) -> Vec<Option<&'static str>> {
    data.functions.iter().map(|function| Some(function.as_str())).collect()
}

/// Those of the organizations that are of the region, with their municipality.
pub(super) async fn places_of(
    conn: &Conn,
    region_id: Uuid,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, Option<Uuid>>> {
    let found: Vec<(Uuid, Option<Uuid>)> = table
        .filter(organizations::region_id.eq(region_id))
        .filter(organizations::id.eq_any(ids))
        .select((organizations::id, organizations::municipality_id))
        .load(&mut &*conn)
        .await?;
    Ok(found.into_iter().collect())
}

pub(super) async fn insert(ctx: &Ctx<'_>, _permit: &Permit, organization: &Organization) -> Result<()> {
    let data = &organization.data;
    diesel::insert_into(table)
        .values((
            organizations::id.eq(organization.id),
            organizations::region_id.eq(organization.region_id),
            organizations::municipality_id.eq(organization.municipality_id),
            organizations::parent_id.eq(organization.parent_id),
            organizations::kind.eq(organization.kind.as_str()),
            organizations::name.eq(&data.name),
            organizations::short_name.eq(&data.short_name),
            organizations::inn.eq(&data.inn),
            organizations::ogrn.eq(&data.ogrn),
            organizations::oktmo.eq(&data.oktmo),
            organizations::founder_type.eq(data.founder_type.map(FounderType::as_str)),
            organizations::closed_on.eq(data.closed_on),
            organizations::functions.eq(functions(data)),
            organizations::created_at.eq(ctx.now),
            organizations::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

pub(super) async fn update(ctx: &Ctx<'_>, _permit: &Permit, organization: &Organization) -> Result<()> {
    let data = &organization.data;
    diesel::update(table.find(organization.id))
        .set((
            organizations::name.eq(&data.name),
            organizations::short_name.eq(&data.short_name),
            organizations::inn.eq(&data.inn),
            organizations::ogrn.eq(&data.ogrn),
            organizations::oktmo.eq(&data.oktmo),
            organizations::founder_type.eq(data.founder_type.map(FounderType::as_str)),
            organizations::closed_on.eq(data.closed_on),
            organizations::functions.eq(functions(data)),
            organizations::version.eq(organization.version),
            organizations::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Writes another place in the tree; everything that belongs to the organization goes with it, by a trigger.
pub(super) async fn relocate(ctx: &Ctx<'_>, _permit: &Permit, organization: &Organization) -> Result<()> {
    diesel::update(table.find(organization.id))
        .set((
            organizations::parent_id.eq(organization.parent_id),
            organizations::municipality_id.eq(organization.municipality_id),
            organizations::version.eq(organization.version),
            organizations::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Names of organizations by their ids.
pub(super) async fn names(conn: &Conn, ids: &[Uuid]) -> Result<HashMap<Uuid, String>> {
    let named = organizations::table.filter(organizations::id.eq_any(ids));
    let rows: Vec<(Uuid, String)> =
        named.select((organizations::id, organizations::name)).load(&mut &*conn).await?;
    Ok(rows.into_iter().collect())
}
