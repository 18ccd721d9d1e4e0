//! Rows of accounts.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::accounts::model::{Account, AccountKind, Attempts};
use crate::authz::{Level, Permit, Role, Scope, ScopePart};
use crate::db::schema::accounts::{self, table};
use crate::db::schema::role_assignments;
use crate::db::{Conn, Ctx};
use crate::error::{Error, Result};
use crate::ids::new_id;

#[derive(Queryable, Selectable)]
#[diesel(table_name = accounts)]
struct AccountRow {
    id: Uuid,
    region_id: Option<Uuid>,
    person_id: Option<Uuid>,
    kind: String,
    login: String,
    name: String,
    locked_until: Option<DateTime<Utc>>,
    disabled_at: Option<DateTime<Utc>>,
    revoked_before: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    version: i64,
}

impl TryFrom<AccountRow> for Account {
    type Error = Error;

    fn try_from(row: AccountRow) -> Result<Self> {
        Ok(Self {
            id: row.id,
            region_id: row.region_id,
            person_id: row.person_id,
            kind: AccountKind::parse(&row.kind)
                .ok_or_else(|| Error::internal("unknown kind in the database"))?,
            login: row.login,
            name: row.name,
            locked_until: row.locked_until,
            disabled_at: row.disabled_at,
            revoked_before: row.revoked_before,
            created_at: row.created_at,
            version: row.version,
        })
    }
}

/// Which accounts a list holds.
#[derive(Debug, Clone, Copy, Default)]
pub struct AccountFilter {
    /// Only of this region.
    pub region_id: Option<Uuid>,
    /// Only of this person.
    pub person_id: Option<Uuid>,
    /// Only of this kind.
    pub kind: Option<AccountKind>,
}

/// Whether there is any account at all.
pub(in crate::accounts) async fn any(conn: &Conn) -> Result<bool> {
    Ok(diesel::select(diesel::dsl::exists(table.select(accounts::id))).get_result(&mut &*conn).await?)
}

pub(in crate::accounts) async fn find(conn: &Conn, id: Uuid) -> Result<Option<Account>> {
    let row = table.find(id).select(AccountRow::as_select()).first(&mut &*conn).await.optional()?;
    row.map(Account::try_from).transpose()
}

pub(in crate::accounts) async fn lock(conn: &Conn, id: Uuid) -> Result<Option<Account>> {
    let row =
        table.find(id).select(AccountRow::as_select()).for_update().first(&mut &*conn).await.optional()?;
    row.map(Account::try_from).transpose()
}

/// The account of that login.
pub(in crate::accounts) async fn named(conn: &Conn, login: &str) -> Result<Option<Account>> {
    let found = table.filter(accounts::login.eq(login)).select(AccountRow::as_select());
    found.first(&mut &*conn).await.optional()?.map(Account::try_from).transpose()
}

/// The account of that login with its wrong passwords in a row and its hash, locked.
pub(in crate::accounts) async fn by_login(
    conn: &Conn,
    login: &str,
) -> Result<Option<(Account, Attempts, String)>> {
    let row: Option<(AccountRow, i32, String)> = table
        .filter(accounts::login.eq(login))
        .select((AccountRow::as_select(), accounts::failed_attempts, accounts::secret_hash))
        .for_update()
        .first(&mut &*conn)
        .await
        .optional()?;
    row.map(|(row, failed, hash)| {
        let attempts = Attempts { failed, locked_until: row.locked_until };
        Ok((Account::try_from(row)?, attempts, hash))
    })
    .transpose()
}

pub(in crate::accounts) async fn secret_hash(conn: &Conn, id: Uuid) -> Result<String> {
    Ok(table.find(id).select(accounts::secret_hash).first(&mut &*conn).await?)
}

pub(in crate::accounts) async fn list(
    conn: &Conn,
    scope: &Scope,
    filter: AccountFilter,
    fetch: i64,
    after: Option<String>,
) -> Result<Vec<Account>> {
    // The rule of the list reaches everything or nothing.
    if !scope.parts().contains(&ScopePart::Everything) {
        return Ok(Vec::new());
    }
    let mut query = table.select(AccountRow::as_select()).order(accounts::login).limit(fetch).into_boxed();
    if let Some(region_id) = filter.region_id {
        query = query.filter(accounts::region_id.eq(region_id));
    }
    if let Some(person_id) = filter.person_id {
        query = query.filter(accounts::person_id.eq(person_id));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(accounts::kind.eq(kind.as_str()));
    }
    if let Some(login) = after {
        query = query.filter(accounts::login.gt(login));
    }
    query.load(&mut &*conn).await?.into_iter().map(Account::try_from).collect()
}

pub(in crate::accounts) async fn insert(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    account: &Account,
    secret_hash: &str,
) -> Result<()> {
    diesel::insert_into(table)
        .values((
            accounts::id.eq(account.id),
            accounts::region_id.eq(account.region_id),
            accounts::person_id.eq(account.person_id),
            accounts::kind.eq(account.kind.as_str()),
            accounts::login.eq(&account.login),
            accounts::name.eq(&account.name),
            accounts::secret_hash.eq(secret_hash),
            accounts::created_at.eq(ctx.now),
            accounts::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Gives an account without a region its one role.
pub(in crate::accounts) async fn make_administrator(ctx: &Ctx<'_>, _permit: &Permit, id: Uuid) -> Result<()> {
    let level = serde_json::to_value(Level::Platform).map_err(Error::internal)?;
    diesel::insert_into(role_assignments::table)
        .values((
            role_assignments::id.eq(new_id()),
            role_assignments::account_id.eq(id),
            role_assignments::role.eq(Role::PlatformAdmin.as_str()),
            role_assignments::level.eq(level.as_str().unwrap_or_default().to_owned()),
            role_assignments::valid_from.eq(ctx.today(chrono_tz::UTC)),
            role_assignments::created_at.eq(ctx.now),
            role_assignments::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Counts wrong passwords: no change of the account that anybody waits for, so its version stays.
pub(in crate::accounts) async fn set_attempts(conn: &Conn, id: Uuid, attempts: Attempts) -> Result<()> {
    diesel::update(table.find(id))
        .set((
            accounts::failed_attempts.eq(attempts.failed),
            accounts::locked_until.eq(attempts.locked_until),
        ))
        .execute(&mut &*conn)
        .await?;
    Ok(())
}

pub(in crate::accounts) async fn set_disabled(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    id: Uuid,
    disabled_at: Option<DateTime<Utc>>,
) -> Result<()> {
    diesel::update(table.find(id))
        .set((
            accounts::disabled_at.eq(disabled_at),
            accounts::version.eq(accounts::version + 1),
            accounts::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

pub(in crate::accounts) async fn set_secret(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    id: Uuid,
    hash: &str,
) -> Result<()> {
    diesel::update(table.find(id))
        .set((
            accounts::secret_hash.eq(hash),
            accounts::failed_attempts.eq(0),
            accounts::locked_until.eq(None::<DateTime<Utc>>),
            accounts::version.eq(accounts::version + 1),
            accounts::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Makes every access token issued so far worth nothing.
pub(in crate::accounts) async fn set_revoked(ctx: &Ctx<'_>, _permit: &Permit, id: Uuid) -> Result<()> {
    diesel::update(table.find(id)).set(accounts::revoked_before.eq(ctx.now)).execute(&mut &*ctx.conn).await?;
    Ok(())
}
