//! Queries on accounts, tokens and role assignments.

use chrono::{DateTime, Utc};
use diesel::dsl::exists;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::db::Conn;
use crate::db::schema::{accounts, organizations, revoked_tokens};
use crate::error::Result;

/// Who holds a token, and where the organizations of its grants lie.
pub(super) struct Holder {
    pub(super) person_id: Option<Uuid>,
    pub(super) region_id: Option<Uuid>,
    pub(super) disabled: bool,
    pub(super) revoked: bool,
    pub(super) revoked_before: Option<DateTime<Utc>>,
    pub(super) places: Vec<Place>,
}

/// Where an organization lies.
#[derive(Queryable)]
pub(super) struct Place {
    pub(super) id: Uuid,
    pub(super) region_id: Uuid,
    pub(super) municipality_id: Option<Uuid>,
}

type HolderRow = (Option<Uuid>, Option<Uuid>, Option<DateTime<Utc>>, Option<DateTime<Utc>>, bool);

/// The holder of a token; none when the account is gone.
pub(super) async fn holder(
    conn: &Conn,
    account_id: Uuid,
    jti: Uuid,
    organization_ids: &[Uuid],
) -> Result<Option<Holder>> {
    let mut one = conn;
    let mut other = conn;
    // Both statements travel together.
    let (row, places) = tokio::try_join!(
        accounts::table
            .find(account_id)
            .select((
                accounts::person_id,
                accounts::region_id,
                accounts::disabled_at,
                accounts::revoked_before,
                exists(revoked_tokens::table.find(jti)),
            ))
            .first::<HolderRow>(&mut one),
        organizations::table
            .filter(organizations::id.eq_any(organization_ids))
            .select((organizations::id, organizations::region_id, organizations::municipality_id))
            .load::<Place>(&mut other),
    )
    .map(|(row, places)| (Some(row), places))
    .or_else(|error| if error == diesel::NotFound { Ok((None, Vec::new())) } else { Err(error) })?;
    Ok(row.map(|(person_id, region_id, disabled_at, revoked_before, revoked)| Holder {
        person_id,
        region_id,
        disabled: disabled_at.is_some(),
        revoked,
        revoked_before,
        places,
    }))
}
