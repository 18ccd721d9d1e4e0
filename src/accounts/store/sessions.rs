//! Rows of refresh tokens and of revoked access tokens.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::accounts::Claims;
use crate::db::schema::refresh_tokens::{self, table};
use crate::db::schema::revoked_tokens;
use crate::db::{Conn, Ctx};
use crate::error::{Error, Result};

/// A refresh token as it is kept.
#[derive(Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = refresh_tokens, treat_none_as_default_value = false)]
pub(in crate::accounts) struct RefreshToken {
    pub(in crate::accounts) id: Uuid,
    pub(in crate::accounts) family_id: Uuid,
    pub(in crate::accounts) account_id: Uuid,
    pub(in crate::accounts) digest: Vec<u8>,
    pub(in crate::accounts) issued_at: DateTime<Utc>,
    pub(in crate::accounts) expires_at: DateTime<Utc>,
    pub(in crate::accounts) used_at: Option<DateTime<Utc>>,
    pub(in crate::accounts) revoked_at: Option<DateTime<Utc>>,
}

pub(in crate::accounts) async fn insert_refresh(conn: &Conn, token: &RefreshToken) -> Result<()> {
    diesel::insert_into(table).values(token).execute(&mut &*conn).await?;
    Ok(())
}

/// Two exchanges of one token meet here: the second sees that the first has used it.
pub(in crate::accounts) async fn lock_refresh(conn: &Conn, digest: &[u8]) -> Result<Option<RefreshToken>> {
    let found =
        table.filter(refresh_tokens::digest.eq(digest)).select(RefreshToken::as_select()).for_update();
    Ok(found.first(&mut &*conn).await.optional()?)
}

pub(in crate::accounts) async fn mark_used(ctx: &Ctx<'_>, id: Uuid) -> Result<()> {
    diesel::update(table.find(id)).set(refresh_tokens::used_at.eq(ctx.now)).execute(&mut &*ctx.conn).await?;
    Ok(())
}

pub(in crate::accounts) async fn revoke_family(
    ctx: &Ctx<'_>,
    account_id: Uuid,
    family_id: Uuid,
) -> Result<()> {
    let family = table
        .filter(refresh_tokens::family_id.eq(family_id))
        .filter(refresh_tokens::account_id.eq(account_id))
        .filter(refresh_tokens::revoked_at.is_null());
    diesel::update(family).set(refresh_tokens::revoked_at.eq(ctx.now)).execute(&mut &*ctx.conn).await?;
    Ok(())
}

pub(in crate::accounts) async fn revoke_all(ctx: &Ctx<'_>, account_id: Uuid) -> Result<()> {
    let all =
        table.filter(refresh_tokens::account_id.eq(account_id)).filter(refresh_tokens::revoked_at.is_null());
    diesel::update(all).set(refresh_tokens::revoked_at.eq(ctx.now)).execute(&mut &*ctx.conn).await?;
    Ok(())
}

pub(in crate::accounts) async fn revoke_access(ctx: &Ctx<'_>, claims: &Claims) -> Result<()> {
    let expires_at = DateTime::from_timestamp(claims.exp, 0)
        .ok_or_else(|| Error::internal("a token with an impossible term"))?;
    diesel::insert_into(revoked_tokens::table)
        .values((
            revoked_tokens::jti.eq(claims.jti),
            revoked_tokens::account_id.eq(claims.sub),
            revoked_tokens::revoked_at.eq(ctx.now),
            revoked_tokens::expires_at.eq(expires_at),
        ))
        .on_conflict_do_nothing()
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Deletes at most that many refresh tokens that have ended; how many there were. Until its end a used one is kept: if
/// it comes again, somebody has a copy.
pub(in crate::accounts) async fn sweep_refresh(ctx: &Ctx<'_>, limit: i64) -> Result<usize> {
    let ended = table
        .filter(refresh_tokens::expires_at.lt(ctx.now))
        .order(refresh_tokens::expires_at)
        .limit(limit)
        .select(refresh_tokens::id)
        .for_update()
        .skip_locked()
        .load::<Uuid>(&mut &*ctx.conn)
        .await?;
    let swept = diesel::delete(table.filter(refresh_tokens::id.eq_any(ended)));
    Ok(swept.execute(&mut &*ctx.conn).await?)
}

/// Deletes at most that many revocations of access tokens that have ended; how many there were.
pub(in crate::accounts) async fn sweep_revoked(ctx: &Ctx<'_>, limit: i64) -> Result<usize> {
    let ended = revoked_tokens::table
        .filter(revoked_tokens::expires_at.lt(ctx.now))
        .order(revoked_tokens::expires_at)
        .limit(limit)
        .select(revoked_tokens::jti)
        .for_update()
        .skip_locked()
        .load::<Uuid>(&mut &*ctx.conn)
        .await?;
    let swept = diesel::delete(revoked_tokens::table.filter(revoked_tokens::jti.eq_any(ended)));
    Ok(swept.execute(&mut &*ctx.conn).await?)
}
