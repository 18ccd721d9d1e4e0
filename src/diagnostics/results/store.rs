//! Queries on results.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::db::Conn;
use crate::db::schema::diagnostic_results;
use crate::error::Result;

/// Whether the person has a result, taken on that day or later.
pub(super) async fn exists(conn: &Conn, person_id: Uuid, since: Option<NaiveDate>) -> Result<bool> {
    let mut query = diagnostic_results::table.filter(diagnostic_results::person_id.eq(person_id)).into_boxed();
    if let Some(since) = since {
        query = query.filter(diagnostic_results::taken_on.ge(since));
    }
    let found = query.select(diagnostic_results::id).first::<Uuid>(&mut &*conn).await.optional()?;
    Ok(found.is_some())
}
