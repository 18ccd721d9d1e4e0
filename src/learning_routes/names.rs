//! Names of people and organizations, for lists, reports and documents that know their ids.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::db::Conn;
use crate::db::schema::{organizations, persons};
use crate::error::{Error, Result};
use crate::values::PersonName;

/// Names of people.
pub(super) async fn people(conn: &Conn, ids: &[Uuid]) -> Result<HashMap<Uuid, PersonName>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(Uuid, String, String, Option<String>)> = persons::table
        .filter(persons::id.eq_any(ids))
        .select((persons::id, persons::last_name, persons::first_name, persons::middle_name))
        .load(&mut &*conn)
        .await?;
    let name = |(id, last, first, middle): (Uuid, String, String, Option<String>)| {
        Ok((id, PersonName::new(&last, &first, middle.as_deref()).map_err(Error::internal)?))
    };
    rows.into_iter().map(name).collect()
}

/// Names of organizations.
pub(super) async fn places(conn: &Conn, ids: &[Uuid]) -> Result<HashMap<Uuid, String>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(Uuid, String)> = organizations::table
        .filter(organizations::id.eq_any(ids))
        .select((organizations::id, organizations::name))
        .load(&mut &*conn)
        .await?;
    Ok(rows.into_iter().collect())
}
