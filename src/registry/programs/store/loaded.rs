//! Programs as files know them.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::authz::Permit;
use crate::db::schema::programs;
use crate::db::{Conn, Ctx};
use crate::directory::persons::model::ExternalId;
use crate::error::Result;
use crate::values::ProgramKind;

diesel::postfix_operator!(IsRejected, " = 'rejected'");

pub(in crate::registry::programs) async fn find_by_external(
    conn: &Conn,
    region_id: Uuid,
    external: &ExternalId,
) -> Result<Option<Uuid>> {
    let found = programs::table
        .filter(programs::region_id.eq(region_id))
        .filter(programs::source.assume_not_null().eq(&external.source))
        .filter(programs::external_id.assume_not_null().eq(&external.id))
        .select(programs::id)
        .first(&mut &*conn)
        .await
        .optional()?;
    Ok(found)
}

/// The program of a provider by kind and title; one that was rejected only when there is no other.
pub(in crate::registry::programs) async fn find_by_title(
    conn: &Conn,
    provider_id: Uuid,
    kind: ProgramKind,
    title: &str,
) -> Result<Option<Uuid>> {
    let found = programs::table
        .filter(programs::provider_id.eq(provider_id))
        .filter(programs::kind.eq(kind.as_str()))
        .filter(programs::title.eq(title))
        .select(programs::id)
        .order((IsRejected::new(programs::state), programs::id))
        .first(&mut &*conn)
        .await
        .optional()?;
    Ok(found)
}

/// Writes what the program is called elsewhere, unless it is called something already; says whether it was written.
pub(in crate::registry::programs) async fn name_external(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    id: Uuid,
    external: &ExternalId,
) -> Result<bool> {
    let unnamed = programs::table.filter(programs::id.eq(id)).filter(programs::source.is_null());
    let written = diesel::update(unnamed)
        .set((programs::source.eq(&external.source), programs::external_id.eq(&external.id)))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(written > 0)
}
