//! From a secret to tokens, and back.

use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

use crate::accounts::model::{Account, AccountKind, Attempts};
use crate::accounts::store::RefreshToken;
use crate::accounts::{Claims, GrantClaim, KeyRing, SecretText, policy, secret, store};
use crate::authz::authorize_oneself;
use crate::db::{Change, Ctx, Subject};
use crate::directory::{regions, role_assignments};
use crate::error::{Code, Error, Result};
use crate::ids::new_id;

/// What tokens are made with.
#[derive(Clone, Copy)]
pub struct Issuer<'a> {
    /// The signing keys.
    pub keys: &'a KeyRing,
    /// Life of an access token in seconds.
    pub token_seconds: u64,
    /// Life of a refresh token in days.
    pub refresh_days: u64,
}

/// The tokens of a session.
#[derive(Debug)]
pub struct Session {
    /// The access token.
    pub access_token: SecretText,
    /// Its life in seconds.
    pub expires_in: u64,
    /// The refresh token; services have none, they sign in again.
    pub refresh_token: Option<SecretText>,
    /// What the access token may be used as.
    pub grants: Vec<GrantClaim>,
}

/// A sign-in whose secret has not been looked at yet.
#[derive(Debug)]
pub struct SignIn {
    account_id: Option<Uuid>,
    hash: Option<String>,
}

impl SignIn {
    /// Checks the secret; takes as long when there is no such account. Returns the account and the hash that matched.
    pub async fn check(self, given: SecretText) -> Result<(Uuid, String)> {
        let right = secret::matches(given, self.hash.clone()).await?;
        match (right, self.account_id, self.hash) {
            (true, Some(account_id), Some(hash)) => Ok((account_id, hash)),
            _ => Err(Error::new(Code::CredentialsInvalid)),
        }
    }
}

/// Finds the account and counts the attempt. A secret of a service is random and cannot be guessed, so attempts
/// are not counted for it: nobody shall lock a service out who only knows its id.
pub async fn begin_sign_in(ctx: &Ctx<'_>, kind: AccountKind, login: &str) -> Result<SignIn> {
    let found = store::by_login(ctx.conn, &login.to_lowercase()).await?;
    let Some((account, attempts, hash)) = found.filter(|(account, ..)| account.kind == kind) else {
        return Ok(SignIn { account_id: None, hash: None });
    };
    if kind == AccountKind::Person {
        let taken =
            attempts.take(ctx.now).map_err(|seconds| Error::new(Code::AccountLocked).retry_after(seconds))?;
        store::set_attempts(ctx.conn, account.id, taken).await?;
    }
    Ok(SignIn { account_id: Some(account.id), hash: Some(hash) })
}

/// Opens a session for an account whose secret was checked against that hash.
pub async fn open_session(
    ctx: &Ctx<'_>,
    issuer: Issuer<'_>,
    account_id: Uuid,
    checked_hash: &str,
) -> Result<Session> {
    let refused = || Error::new(Code::CredentialsInvalid);
    let account = store::lock(ctx.conn, account_id).await?.ok_or_else(refused)?;
    if account.disabled_at.is_some() || store::secret_hash(ctx.conn, account_id).await? != checked_hash {
        return Err(refused());
    }
    store::set_attempts(ctx.conn, account_id, Attempts { failed: 0, locked_until: None }).await?;
    match account.kind {
        AccountKind::Person => with_refresh_token(ctx, issuer, &account, new_id()).await,
        AccountKind::Service => access_only(ctx, issuer, &account, None).await,
    }
}

/// What became of a refresh token.
#[derive(Debug)]
pub enum Refreshed {
    /// It was exchanged.
    Session(Session),
    /// It was used before: somebody holds a stolen copy, so the whole family of this account is worth nothing now.
    Reused(Uuid),
}

/// Exchanges a refresh token for a new pair. A reuse is told as a value, because its revocation has to be committed.
pub async fn refresh(ctx: &Ctx<'_>, issuer: Issuer<'_>, token: &SecretText) -> Result<Refreshed> {
    let refused = |cause: &str| Error::new(Code::TokenInvalid).cause(cause);
    let found = store::lock_refresh(ctx.conn, &secret::digest(token.reveal())).await?;
    let old = found.ok_or_else(|| refused("unknown refresh token"))?;
    if old.revoked_at.is_some() {
        return Err(refused("revoked refresh token"));
    }
    if old.used_at.is_some() {
        store::revoke_family(ctx, old.account_id, old.family_id).await?;
        log::warn!(target: "rost::accounts", account:% = old.account_id; "a used refresh token came again: its family is revoked");
        return Ok(Refreshed::Reused(old.account_id));
    }
    let account = store::find(ctx.conn, old.account_id).await?.ok_or_else(|| refused("no such account"))?;
    let over = old.expires_at <= ctx.now || account.disabled_at.is_some();
    if over || account.revoked_before.is_some_and(|moment| old.issued_at < moment) {
        return Err(refused("the session is over"));
    }
    store::mark_used(ctx, old.id).await?;
    with_refresh_token(ctx, issuer, &account, old.family_id).await.map(Refreshed::Session)
}

/// Ends the session of the token that was used for the request, or only the session of the refresh token.
pub async fn revoke_token(ctx: &Ctx<'_>, claims: &Claims, refresh_token: Option<&SecretText>) -> Result<()> {
    let permit = authorize_oneself(ctx.actor, &policy::REVOKE_TOKEN)?;
    let subject = Subject { kind: "account", id: claims.sub };
    if let Some(token) = refresh_token {
        // An unknown token is as good as a revoked one (RFC 7009).
        let found = store::lock_refresh(ctx.conn, &secret::digest(token.reveal())).await?;
        if let Some(found) = found.filter(|found| found.account_id == claims.sub) {
            store::revoke_family(ctx, claims.sub, found.family_id).await?;
        }
    } else {
        store::revoke_access(ctx, claims).await?;
        if let Some(family_id) = claims.sid {
            store::revoke_family(ctx, claims.sub, family_id).await?;
        }
    }
    ctx.audit(&permit, subject, Change::none()).await
}

/// Deletes at most that many refresh tokens that have ended.
pub async fn sweep_refresh_tokens(ctx: &Ctx<'_>, limit: i64) -> Result<usize> {
    store::sweep_refresh(ctx, limit).await
}

/// Deletes at most that many revocations of access tokens that have ended.
pub async fn sweep_revoked_tokens(ctx: &Ctx<'_>, limit: i64) -> Result<usize> {
    store::sweep_revoked(ctx, limit).await
}

/// An access token for whoever runs the server: no secret is asked, none is counted.
pub async fn mint_for_login(ctx: &Ctx<'_>, issuer: Issuer<'_>, login: &str) -> Result<Session> {
    let found = store::by_login(ctx.conn, &login.to_lowercase()).await?;
    let unknown =
        || Error::new(Code::NotFound).detail("Такой учётной записи нет", "there is no such account");
    let (account, ..) = found.ok_or_else(unknown)?;
    if account.disabled_at.is_some() {
        return Err(
            Error::new(Code::StateConflict).detail("Учётная запись отключена", "the account is disabled")
        );
    }
    access_only(ctx, issuer, &account, None).await
}

async fn with_refresh_token(
    ctx: &Ctx<'_>,
    issuer: Issuer<'_>,
    account: &Account,
    family_id: Uuid,
) -> Result<Session> {
    let token = secret::random();
    let days = i64::try_from(issuer.refresh_days).map_err(Error::internal)?;
    let row = RefreshToken {
        id: new_id(),
        family_id,
        account_id: account.id,
        digest: secret::digest(token.reveal()),
        issued_at: ctx.now,
        expires_at: ctx.now + Duration::days(days),
        used_at: None,
        revoked_at: None,
    };
    store::insert_refresh(ctx.conn, &row).await?;
    let session = access_only(ctx, issuer, account, Some(family_id)).await?;
    Ok(Session { refresh_token: Some(token), ..session })
}

async fn access_only(
    ctx: &Ctx<'_>,
    issuer: Issuer<'_>,
    account: &Account,
    sid: Option<Uuid>,
) -> Result<Session> {
    let zone = match account.region_id {
        Some(id) => regions::service::region(ctx, id).await?.time_zone,
        None => chrono_tz::UTC,
    };
    let held =
        role_assignments::service::grants_of(ctx, account.id, account.person_id, ctx.today(zone)).await?;
    let grants: Vec<GrantClaim> = held
        .into_iter()
        .map(|(role, level, organization)| GrantClaim { role, level, organization })
        .collect();
    let iat = issue_second(ctx.now, account.revoked_before);
    let seconds = i64::try_from(issuer.token_seconds).map_err(Error::internal)?;
    let claims = Claims {
        sub: account.id,
        iss: issuer.keys.issuer().to_owned(),
        aud: issuer.keys.audience().to_owned(),
        iat,
        exp: iat + seconds,
        jti: new_id(),
        sid,
        grants,
    };
    let access_token = SecretText::new(issuer.keys.sign(&claims)?);
    Ok(Session { access_token, expires_in: issuer.token_seconds, refresh_token: None, grants: claims.grants })
}

/// Tokens count in whole seconds: one that is issued in the second of a revocation belongs to the next.
fn issue_second(now: DateTime<Utc>, revoked_before: Option<DateTime<Utc>>) -> i64 {
    revoked_before.map_or(now.timestamp(), |moment| now.timestamp().max(moment.timestamp() + 1))
}
