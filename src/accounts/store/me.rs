//! What a caller is shown of himself beyond his token.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::db::Conn;
use crate::db::schema::{organizations, persons};
use crate::error::Result;

/// Names behind the ids of a token.
#[derive(Debug)]
pub struct Names {
    /// Last, first and middle name of the person, if there is one behind the account.
    pub person: Option<(String, String, Option<String>)>,
    /// Names of the organizations.
    pub organizations: Vec<(Uuid, String)>,
}

/// Both statements travel together.
pub(in crate::accounts) async fn names(
    conn: &Conn,
    person_id: Option<Uuid>,
    places: &[Uuid],
) -> Result<Names> {
    let (mut first, mut second) = (conn, conn);
    let (person, organizations) = tokio::try_join!(
        persons::table
            .filter(persons::id.eq(person_id.unwrap_or_default()))
            .select((persons::last_name, persons::first_name, persons::middle_name))
            .load(&mut first),
        organizations::table
            .filter(organizations::id.eq_any(places))
            .select((organizations::id, organizations::name))
            .load(&mut second),
    )?;
    Ok(Names { person: person.into_iter().next(), organizations })
}
