//! One's own password.

use super::accounts::{check_version, lock, subject};
use crate::accounts::model::{Account, AccountKind};
use crate::accounts::{policy, store};
use crate::authz::authorize_oneself;
use crate::db::{Change, Ctx};
use crate::error::{Code, Error, Result};

/// The login of the actor, if it is one with a password of its own.
pub async fn own_login(ctx: &Ctx<'_>) -> Result<String> {
    let account = store::find(ctx.conn, ctx.actor.account_id).await?.ok_or(Error::not_found())?;
    match account.kind {
        AccountKind::Person => Ok(account.login),
        AccountKind::Service => Err(Error::new(Code::Forbidden).detail(
            "Секрет сервиса меняет администратор",
            "A service's secret is changed by an administrator",
        )),
    }
}

/// Replaces the password if it is still the one that was checked; ends all sessions.
pub async fn change_password(
    ctx: &Ctx<'_>,
    if_match: i64,
    checked_hash: &str,
    new_hash: &str,
) -> Result<Account> {
    let account = lock(ctx, ctx.actor.account_id).await?;
    let permit = authorize_oneself(ctx.actor, &policy::CHANGE_PASSWORD)?;
    check_version(&account, if_match)?;
    if store::secret_hash(ctx.conn, account.id).await? != checked_hash {
        return Err(Error::new(Code::PreconditionFailed));
    }
    store::set_secret(ctx, &permit, account.id, new_hash).await?;
    store::set_revoked(ctx, &permit, account.id).await?;
    store::revoke_all(ctx, account.id).await?;
    ctx.audit(&permit, subject(&account), Change::none()).await?;
    lock(ctx, account.id).await
}
