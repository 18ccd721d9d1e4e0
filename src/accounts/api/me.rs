//! Endpoints about the caller himself.

use actix_web::{get, put};

use crate::accounts::dto::{MeView, PasswordChange};
use crate::accounts::model::AccountKind;
use crate::accounts::{hashed, service};
use crate::error::Result;
use crate::http::{Body, Call, Reply};

/// Reads who the caller is
///
/// The account, the person behind it, the roles the token may be used as, and how much waits for the caller. The
/// `ETag` is the version of the account alone.
#[utoipa::path(
    tag = "accounts", operation_id = "get_me",
    responses((status = 200, description = "The caller", body = MeView))
)]
#[get("/me")]
pub async fn get_me(call: Call) -> Result<Reply> {
    let me = call.read(async |ctx| service::me(ctx).await).await?;
    Reply::item(me.account.version, &MeView::new(me, &call.actor))
}

/// Changes one's own password
///
/// Ends all sessions of the account, this one too: sign in again. The `ETag` of `get_me` is the version to change.
/// A wrong current password counts like a wrong sign-in.
#[utoipa::path(
    tag = "accounts", operation_id = "change_password", request_body = PasswordChange,
    responses((status = 204, description = "The password is changed"))
)]
#[put("/me/password")]
pub async fn change_password(call: Call, body: Body<PasswordChange>) -> Result<Reply> {
    let if_match = call.if_match()?;
    body.check()?;
    let login = call.read(async |ctx| service::own_login(ctx).await).await?;
    let attempt =
        call.write(async |ctx| service::begin_sign_in(ctx, AccountKind::Person, &login).await).await?;
    let (_, old_hash) = attempt.check(body.0.current_password).await?;
    let new_hash = hashed(body.0.new_password).await?;
    call.write(async |ctx| service::change_password(ctx, if_match, &old_hash, &new_hash).await).await?;
    call.app.identity.forget(call.actor.account_id);
    Ok(Reply::no_content())
}
