//! Who holds a token: asked when it is used, so it is one round trip.

use chrono::{DateTime, Utc};
use diesel::dsl::exists;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::accounts::Claims;
use crate::db::Conn;
use crate::db::schema::{accounts, organizations, refresh_tokens, revoked_tokens};
use crate::error::Result;

/// Who holds a token, and where the organizations of its grants lie.
pub(in crate::accounts) struct Holder {
    pub(in crate::accounts) person_id: Option<Uuid>,
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

type HolderRow = (Option<Uuid>, Option<Uuid>, Option<DateTime<Utc>>, Option<DateTime<Utc>>, bool, bool);

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
                accounts::person_id,
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
    Ok(row.map(|(person_id, region_id, disabled_at, revoked_before, token_revoked, session_revoked)| {
        Holder {
            person_id,
            region_id,
            disabled: disabled_at.is_some(),
            revoked: token_revoked || session_revoked,
            revoked_before,
            places,
        }
    }))
}
