//! Who holds a token: asked when it is used, so it is one round trip.

use chrono::{DateTime, Utc};
use diesel::dsl::exists;
use diesel::prelude::*;
use diesel::sql_types::{Array, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::accounts::Claims;
use crate::db::schema::{accounts, organizations, persons, refresh_tokens, revoked_tokens};
use crate::db::{Conn, whole_person, written};
use crate::error::Result;

/// All cards of the person behind an account, the kept one first: whichever of them it was made for, it is his.
const CARDS: &str = "array(select c.id from persons c join persons p on p.kept_id = c.kept_id \
                     where p.id = accounts.person_id order by c.id <> c.kept_id, c.id)";

/// The cards of a person, the kept one first.
pub(in crate::accounts) async fn cards(conn: &Conn, person_id: Uuid) -> Result<Vec<Uuid>> {
    Ok(persons::table
        .filter(whole_person("persons.id", person_id))
        .order((persons::id.ne(persons::kept_id), persons::id))
        .select(persons::id)
        .load(&mut &*conn)
        .await?)
}

/// Who holds a token, and where the organizations of its grants lie.
pub(in crate::accounts) struct Holder {
    /// The cards of the person, the kept one first.
    pub(in crate::accounts) cards: Vec<Uuid>,
    pub(in crate::accounts) region_id: Option<Uuid>,
    pub(in crate::accounts) disabled: bool,
    pub(in crate::accounts) revoked: bool,
    pub(in crate::accounts) revoked_before: Option<DateTime<Utc>>,
    pub(in crate::accounts) places: Vec<Place>,
}

/// Where an organization lies.
#[derive(Queryable)]
pub(in crate::accounts) struct Place {
    pub(in crate::accounts) id: Uuid,
    pub(in crate::accounts) region_id: Uuid,
    pub(in crate::accounts) municipality_id: Option<Uuid>,
}

type HolderRow = (Vec<Uuid>, Option<Uuid>, Option<DateTime<Utc>>, Option<DateTime<Utc>>, bool, bool);

/// The holder of a token; none when the account is gone.
pub(in crate::accounts) async fn holder(
    conn: &Conn,
    claims: &Claims,
    organization_ids: &[Uuid],
) -> Result<Option<Holder>> {
    let session = refresh_tokens::table
        .filter(refresh_tokens::family_id.eq(claims.sid.unwrap_or_default()))
        .filter(refresh_tokens::revoked_at.is_not_null());
    let mut one = conn;
    let mut other = conn;
    // Both statements travel together.
    let (row, places) = tokio::try_join!(
        accounts::table
            .find(claims.sub)
            .select((
                written::<Array<SqlUuid>>(CARDS),
                accounts::region_id,
                accounts::disabled_at,
                accounts::revoked_before,
                exists(revoked_tokens::table.find(claims.jti)),
                exists(session),
            ))
            .first::<HolderRow>(&mut one),
        organizations::table
            .filter(organizations::id.eq_any(organization_ids))
            .select((organizations::id, organizations::region_id, organizations::municipality_id))
            .load::<Place>(&mut other),
    )
    .map(|(row, places)| (Some(row), places))
    .or_else(|error| if error == diesel::NotFound { Ok((None, Vec::new())) } else { Err(error) })?;
    Ok(row.map(|(cards, region_id, disabled_at, revoked_before, token_revoked, session_revoked)| Holder {
        cards,
        region_id,
        disabled: disabled_at.is_some(),
        revoked: token_revoked || session_revoked,
        revoked_before,
        places,
    }))
}
