//! What an offering refers to: organizations, the leader, the edition of the program.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::db::Conn;
use crate::db::schema::{organizations, persons, programs};
use crate::error::Result;

/// Those of the organizations that are of the region, with their municipality.
pub(in crate::training::offerings) async fn organizations_of(
    conn: &Conn,
    region_id: Uuid,
    ids: &[Uuid],
) -> Result<Vec<(Uuid, Option<Uuid>)>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(organizations::table
        .filter(organizations::region_id.eq(region_id))
        .filter(organizations::id.eq_any(ids.to_vec()))
        .select((organizations::id, organizations::municipality_id))
        .load(&mut &*conn)
        .await?)
}

/// Whether the person is of the region.
pub(in crate::training::offerings) async fn is_person_of(
    conn: &Conn,
    region_id: Uuid,
    person_id: Option<Uuid>,
) -> Result<bool> {
    let Some(person_id) = person_id else { return Ok(false) };
    let found = persons::table.find(person_id).filter(persons::region_id.eq(region_id)).select(persons::id);
    Ok(found.first::<Uuid>(&mut &*conn).await.optional()?.is_some())
}

/// The edition of a program: what an offering and its enrollments begin with.
pub(in crate::training::offerings) async fn edition(
    conn: &Conn,
    program_id: Option<Uuid>,
) -> Result<Option<i32>> {
    let Some(program_id) = program_id else { return Ok(None) };
    let found = programs::table.find(program_id).select(programs::edition).first(&mut &*conn);
    Ok(found.await.optional()?)
}
