//! Endpoints that decide what an account may still do.

use std::cell::RefCell;

use actix_web::{post, web};
use uuid::Uuid;

use crate::accounts::dto::{AccountCreated, AccountView};
use crate::accounts::model::Account;
use crate::accounts::{SecretText, hashed, secret, service};
use crate::authz::Actor;
use crate::error::Result;
use crate::http::{Call, Reply};

/// Disables an account
///
/// It cannot sign in from now on, and its tokens are worth nothing (after at most 15 seconds in other processes).
#[utoipa::path(
    tag = "accounts", operation_id = "disable_account", extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The account's id")),
    responses((status = 200, description = "The account as it is now", body = AccountView))
)]
#[post("/accounts/{id}/disable")]
pub async fn disable_account(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let if_match = call.if_match()?;
    let reply = call
        .write_once(async |ctx| item(ctx.actor, service::disable_account(ctx, *id, if_match).await?))
        .await;
    call.app.identity.forget(*id);
    reply
}

/// Enables an account
///
/// It may sign in again; its old tokens stay worth nothing.
#[utoipa::path(
    tag = "accounts", operation_id = "enable_account", extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The account's id")),
    responses((status = 200, description = "The account as it is now", body = AccountView))
)]
#[post("/accounts/{id}/enable")]
pub async fn enable_account(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| item(ctx.actor, service::enable_account(ctx, *id, if_match).await?)).await
}

/// Gives an account a new secret
///
/// For a forgotten password or a client secret that has leaked. The new one is shown once; all sessions end.
#[utoipa::path(
    tag = "accounts", operation_id = "reset_account_secret", extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The account's id")),
    responses((status = 200, description = "The account and its new secret", body = AccountCreated))
)]
#[post("/accounts/{id}/reset-secret")]
pub async fn reset_account_secret(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let if_match = call.if_match()?;
    let secret = secret::random();
    let hash = hashed(secret.clone()).await?;
    let shown = RefCell::new(None);
    let stored = call
        .write_once(async |ctx| {
            let account = service::reset_secret(ctx, *id, if_match, &hash).await?;
            shown.replace(Some(renewed(ctx.actor, account.clone(), Some(secret.clone()))?));
            renewed(ctx.actor, account, None)
        })
        .await?;
    call.app.identity.forget(*id);
    Ok(shown.into_inner().unwrap_or(stored).no_store())
}

/// Ends all sessions of an account
///
/// Administrators those of any account, everybody else his own.
#[utoipa::path(
    tag = "accounts", operation_id = "revoke_account_tokens",
    params(("id" = Uuid, Path, description = "The account's id")),
    responses((status = 204, description = "All sessions are over"))
)]
#[post("/accounts/{id}/revocation")]
pub async fn revoke_account_tokens(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let reply = call
        .write_once(async |ctx| {
            service::revoke_account_tokens(ctx, *id).await?;
            Ok(Reply::no_content())
        })
        .await;
    call.app.identity.forget(*id);
    reply
}

fn item(actor: &Actor, account: Account) -> Result<Reply> {
    let actions = service::allowed_actions(actor, &account);
    Reply::item(account.version, &AccountView::new(account, actions))
}

fn renewed(actor: &Actor, account: Account, secret: Option<SecretText>) -> Result<Reply> {
    let (id, version) = (account.id, account.version);
    let actions = service::allowed_actions(actor, &account);
    Reply::item(version, &AccountCreated { id, account: AccountView::new(account, actions), secret })
}
