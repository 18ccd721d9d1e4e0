//! Queries on registry entries.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{EntryState, RegistryEntry};
use crate::authz::{Permit, Scope, ScopePart};
use crate::db::schema::{organizations, programs, registry_entries};
use crate::db::{Conn, Ctx, DbHours};
use crate::error::{Error, Result};
use crate::registry::programs::model::ProgramAudience;
use crate::values::ProgramKind;

type Row = (
    (Uuid, Uuid, Uuid, String, NaiveDate, Option<String>, i64),
    (String, String, DbHours, Vec<Option<String>>, Uuid),
    String,
);

/// An entry with its program and the program's provider.
macro_rules! entries {
    () => {
        registry_entries::table.inner_join(programs::table.inner_join(organizations::table)).select((
            (
                registry_entries::id,
                registry_entries::region_id,
                registry_entries::program_id,
                registry_entries::state,
                registry_entries::entered_on,
                registry_entries::reason,
                registry_entries::version,
            ),
            (programs::title, programs::kind, programs::hours, programs::audience, programs::provider_id),
            organizations::name,
        ))
    };
}

fn entry(row: Row) -> Result<RegistryEntry> {
    let ((id, region_id, program_id, state, entered_on, reason, version), program, provider_name) = row;
    let (title, kind, hours, audience, provider_id) = program;
    let unknown = || Error::internal("unknown name in the database");
    Ok(RegistryEntry {
        id,
        region_id,
        program_id,
        title,
        kind: ProgramKind::parse(&kind).ok_or_else(unknown)?,
        hours: hours.0,
        audience: audience
            .into_iter()
            .flatten()
            .map(|name| ProgramAudience::parse(&name).ok_or_else(unknown))
            .collect::<Result<_>>()?,
        provider_id,
        provider_name,
        state: EntryState::parse(&state).ok_or_else(unknown)?,
        entered_on,
        reason,
        version,
    })
}

/// Which entries a list holds.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only in this state.
    pub state: Option<EntryState>,
    /// Only of this provider.
    pub provider_id: Option<Uuid>,
}

pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<Option<RegistryEntry>> {
    let row = entries!().filter(registry_entries::id.eq(id)).first::<Row>(&mut &*conn).await.optional()?;
    row.map(entry).transpose()
}

pub(super) async fn lock(conn: &Conn, id: Uuid) -> Result<RegistryEntry> {
    registry_entries::table
        .find(id)
        .select(registry_entries::id)
        .for_update()
        .first::<Uuid>(&mut &*conn)
        .await?;
    find(conn, id).await?.ok_or(Error::not_found())
}

pub(super) async fn list(
    conn: &Conn,
    scope: &Scope,
    filter: &Filter,
    fetch: i64,
    after: Option<(String, Uuid)>,
) -> Result<Vec<RegistryEntry>> {
    let mut query = entries!()
        .filter(programs::region_id.eq(region(scope)))
        .order((programs::title, programs::id))
        .limit(fetch)
        .into_boxed();
    if let Some(state) = filter.state {
        query = query.filter(registry_entries::state.eq(state.as_str()));
    }
    if let Some(provider_id) = filter.provider_id {
        query = query.filter(programs::provider_id.eq(provider_id));
    }
    if let Some((title, id)) = after {
        let later =
            programs::title.gt(title.clone()).or(programs::title.eq(title.clone()).and(programs::id.gt(id)));
        query = query.filter(programs::title.ge(title).and(later));
    }
    let rows = query.load::<Row>(&mut &*conn).await?;
    rows.into_iter().map(entry).collect()
}

/// The registry is visible in its whole region.
fn region(scope: &Scope) -> Uuid {
    let found = scope.parts().iter().find_map(|part| match part {
        ScopePart::Above { region_id, .. } | ScopePart::Region(region_id) => Some(*region_id),
        _ => None,
    });
    // A scope without a region holds nothing.
    found.unwrap_or_default()
}

/// The programs of all active entries of a region.
pub(super) async fn active_programs(conn: &Conn, region_id: Uuid) -> Result<Vec<Uuid>> {
    Ok(registry_entries::table
        .filter(registry_entries::region_id.eq(region_id))
        .filter(registry_entries::state.eq(EntryState::Active.as_str()))
        .select(registry_entries::program_id)
        .load(&mut &*conn)
        .await?)
}

pub(super) async fn insert(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    id: Uuid,
    (region_id, program_id): (Uuid, Uuid),
    entered_on: NaiveDate,
) -> Result<()> {
    diesel::insert_into(registry_entries::table)
        .values((
            registry_entries::id.eq(id),
            registry_entries::region_id.eq(region_id),
            registry_entries::program_id.eq(program_id),
            registry_entries::state.eq(EntryState::Active.as_str()),
            registry_entries::entered_on.eq(entered_on),
            registry_entries::created_at.eq(ctx.now),
            registry_entries::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

pub(super) async fn update(ctx: &Ctx<'_>, _permit: &Permit, entry: &RegistryEntry) -> Result<()> {
    diesel::update(registry_entries::table.find(entry.id))
        .set((
            registry_entries::state.eq(entry.state.as_str()),
            registry_entries::reason.eq(&entry.reason),
            registry_entries::version.eq(entry.version),
            registry_entries::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}
