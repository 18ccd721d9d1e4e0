//! What a paper refers to: its issuer, the program and module learnt, the activity it completes.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::super::model::{CredentialData, NewCredential};
use crate::db::schema::{organizations, program_modules, programs, route_activities, routes};
use crate::db::{Conn, Ctx};
use crate::directory::organizations::model::{Organization, OrganizationKind};
use crate::error::{Error, Result};
use crate::values::ProgramKind;

/// The issuer as the directory knows it.
#[derive(Debug, Clone)]
pub(in crate::hours::credentials) struct Issuer {
    pub(in crate::hours::credentials) id: Uuid,
    pub(in crate::hours::credentials) name: String,
    pub(in crate::hours::credentials) kind: OrganizationKind,
}

/// What was found; nothing where the paper refers to nothing, or to something that is not of this region.
#[derive(Debug)]
pub(in crate::hours::credentials) struct References {
    pub(in crate::hours::credentials) issuer: Option<Issuer>,
    pub(in crate::hours::credentials) program_kind: Option<ProgramKind>,
    pub(in crate::hours::credentials) module: bool,
    pub(in crate::hours::credentials) activity: bool,
}

impl From<&Organization> for Issuer {
    fn from(found: &Organization) -> Self {
        Self { id: found.id, name: found.data.name.clone(), kind: found.kind }
    }
}

/// Looks all of them up at once, but for an issuer that is known already.
pub(in crate::hours::credentials) async fn find(
    ctx: &Ctx<'_>,
    region_id: Uuid,
    new: &NewCredential,
    known: Option<&Organization>,
) -> Result<References> {
    let data = &new.data;
    let (issuer, program_kind, module, activity) = tokio::try_join!(
        issuer(ctx.conn, region_id, data, known),
        program(ctx.conn, region_id, data.program_id),
        module(ctx.conn, region_id, data.program_id, data.module_id),
        activity(ctx.conn, new.person_id, data.activity_id),
    )?;
    Ok(References { issuer, program_kind, module, activity })
}

/// By id; else by its exact name, when one organization of the region alone bears it.
async fn issuer(
    conn: &Conn,
    region_id: Uuid,
    data: &CredentialData,
    known: Option<&Organization>,
) -> Result<Option<Issuer>> {
    if let Some(known) = known {
        return Ok(Some(known.into()));
    }
    let of_region = organizations::table
        .filter(organizations::region_id.eq(region_id))
        .select((organizations::id, organizations::name, organizations::kind))
        .limit(2);
    let found: Vec<(Uuid, String, String)> = match data.issuer_id {
        Some(id) => of_region.filter(organizations::id.eq(id)).load(&mut &*conn).await?,
        None if data.issuer_name.is_empty() => return Ok(None),
        None => {
            let name = data.issuer_name.as_str();
            let bears = organizations::name.eq(name).or(organizations::short_name
                .is_not_null()
                .and(organizations::short_name.assume_not_null().eq(name)));
            of_region.filter(bears).load(&mut &*conn).await?
        }
    };
    let Ok([(id, name, kind)]) = <[_; 1]>::try_from(found) else { return Ok(None) };
    let kind =
        OrganizationKind::parse(&kind).ok_or_else(|| Error::internal("unknown kind of organization"))?;
    Ok(Some(Issuer { id, name, kind }))
}

async fn program(conn: &Conn, region_id: Uuid, id: Option<Uuid>) -> Result<Option<ProgramKind>> {
    let Some(id) = id else { return Ok(None) };
    let kind: Option<String> = programs::table
        .find(id)
        .filter(programs::region_id.eq(region_id))
        .select(programs::kind)
        .first(&mut &*conn)
        .await
        .optional()?;
    kind.map(|name| ProgramKind::parse(&name).ok_or_else(|| Error::internal("unknown program kind")))
        .transpose()
}

async fn module(conn: &Conn, region_id: Uuid, program_id: Option<Uuid>, id: Option<Uuid>) -> Result<bool> {
    let (Some(program_id), Some(id)) = (program_id, id) else { return Ok(id.is_none()) };
    let found = program_modules::table
        .inner_join(programs::table)
        .filter(program_modules::id.eq(id))
        .filter(programs::id.eq(program_id))
        .filter(programs::region_id.eq(region_id));
    Ok(found.select(program_modules::id).first::<Uuid>(&mut &*conn).await.optional()?.is_some())
}

async fn activity(conn: &Conn, person_id: Uuid, id: Option<Uuid>) -> Result<bool> {
    let Some(id) = id else { return Ok(true) };
    let found = route_activities::table.inner_join(routes::table).filter(route_activities::id.eq(id));
    let owner = found.select(routes::person_id).first::<Uuid>(&mut &*conn).await.optional()?;
    Ok(owner == Some(person_id))
}
