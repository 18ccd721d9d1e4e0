//! Endpoints of accounts.

use std::cell::RefCell;

use actix_web::{get, post, web};
use uuid::Uuid;

use crate::accounts::dto::{AccountCreate, AccountCreated, AccountPage, AccountQuery, AccountView};
use crate::accounts::model::Account;
use crate::accounts::service;
use crate::accounts::store::AccountFilter;
use crate::accounts::{SecretText, hashed, secret};
use crate::authz::Actor;
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

/// Makes an account
///
/// For a person or a service of another system. The server makes the password or client secret and shows it once.
/// What the account may do comes from role assignments.
#[utoipa::path(
    tag = "accounts", operation_id = "create_account", request_body = AccountCreate,
    responses((status = 201, description = "The new account and its secret", body = AccountCreated))
)]
#[post("/accounts")]
pub async fn create_account(call: Call, body: Body<AccountCreate>) -> Result<Reply> {
    let new = body.to_new()?;
    let secret = secret::random();
    let hash = hashed(secret.clone()).await?;
    let shown = RefCell::new(None);
    let stored = call
        .write_once(async |ctx| {
            let account = service::create_account(ctx, new.clone(), &hash).await?;
            shown.replace(Some(created(ctx.actor, account.clone(), Some(secret.clone()))?));
            created(ctx.actor, account, None)
        })
        .await?;
    // The answer that is kept for a repeat has no secret in it.
    Ok(shown.into_inner().unwrap_or(stored).no_store())
}

fn created(actor: &Actor, account: Account, secret: Option<SecretText>) -> Result<Reply> {
    let (id, version) = (account.id, account.version);
    let actions = service::allowed_actions(actor, &account);
    let view = AccountCreated { id, account: AccountView::new(account, actions), secret };
    Reply::created(format!("/api/v1/accounts/{id}"), version, &view)
}

/// Lists accounts
///
/// All accounts of the installation, ordered by login.
#[utoipa::path(
    tag = "accounts", operation_id = "list_accounts", params(AccountQuery),
    responses((status = 200, description = "One page", body = AccountPage))
)]
#[get("/accounts")]
pub async fn list_accounts(call: Call, query: Query<AccountQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<String>(&query.0)?;
    let filter = AccountFilter {
        region_id: query.region_id,
        person_id: query.person_id,
        kind: query.kind.map(Into::into),
    };
    let found =
        call.read(async |ctx| service::list_accounts(ctx, filter, &page, after.clone()).await).await?;
    let (items, next_cursor) = page.cut(found, &query.0, |last| last.login.clone())?;
    Reply::ok(&AccountPage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}

/// Reads an account
///
/// Administrators any, everybody else his own.
#[utoipa::path(
    tag = "accounts", operation_id = "get_account",
    params(("id" = Uuid, Path, description = "The account's id")),
    responses((status = 200, description = "The account", body = AccountView))
)]
#[get("/accounts/{id}")]
pub async fn get_account(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let account = call.read(async |ctx| service::get_account(ctx, *id).await).await?;
    let actions = service::allowed_actions(&call.actor, &account);
    Reply::item(account.version, &AccountView::new(account, actions))
}
