//! Endpoints of sessions.

use actix_web::http::header::AUTHORIZATION;
use actix_web::post;
use uuid::Uuid;

use crate::accounts::dto::{TokenCreate, TokenRequest, TokenRevoke, TokenView};
use crate::accounts::model::AccountKind;
use crate::accounts::service::{self, Issuer, Refreshed, Session};
use crate::accounts::{Claims, SecretText};
use crate::error::{Code, Error, Result};
use crate::http::{Body, Call, FormOrJson, ProblemView, Reply};

/// Gets tokens
///
/// Sign in with login and password, exchange a refresh token, or sign in as a service. The body may be JSON or a form,
/// as OAuth 2 clients send it. Ten wrong passwords in a row lock the account for 15 minutes. A refresh token can be
/// used once: if it comes again, somebody has a copy, and the whole session is ended.
#[utoipa::path(
    tag = "accounts", operation_id = "create_token",
    request_body(content((TokenCreate = "application/json"), (TokenCreate = "application/x-www-form-urlencoded"))),
    responses(
        (status = 200, description = "Tokens", body = TokenView),
        (status = 401, description = "Wrong login or secret, or a refresh token that is worth nothing",
         body = ProblemView, content_type = "application/problem+json"),
    )
)]
#[post("/auth/token")]
pub async fn create_token(call: Call, body: FormOrJson<TokenCreate>) -> Result<Reply> {
    let session = match body.0.request()? {
        TokenRequest::Password(login, password) => {
            sign_in(&call, AccountKind::Person, &login, password).await?
        }
        TokenRequest::Client(id, secret) => sign_in(&call, AccountKind::Service, &id, secret).await?,
        TokenRequest::Refresh(token) => refresh(&call, &token).await?,
    };
    Ok(Reply::ok(&TokenView::from(session))?.no_store())
}

/// Ends a session
///
/// Signs out: the access token of the request and the refresh tokens of its session are worth nothing from now on
/// (after at most 15 seconds in other processes of the server). With `refresh_token`, ends that session instead.
#[utoipa::path(
    tag = "accounts", operation_id = "revoke_token", request_body = TokenRevoke,
    responses((status = 204, description = "The session is over"))
)]
#[post("/auth/revoke")]
pub async fn revoke_token(call: Call, body: Body<TokenRevoke>) -> Result<Reply> {
    let claims = claims(&call)?;
    let reply = call
        .write_once(async |ctx| {
            service::revoke_token(ctx, &claims, body.refresh_token.as_ref()).await?;
            Ok(Reply::no_content())
        })
        .await;
    call.app.identity.forget(call.actor.account_id);
    reply
}

/// Secret first counted, then checked, then trusted: three steps, because the check takes long and holds no lock.
async fn sign_in(call: &Call, kind: AccountKind, login: &str, secret: SecretText) -> Result<Session> {
    let attempt = call.write(async |ctx| service::begin_sign_in(ctx, kind, login).await).await?;
    let (account_id, hash): (Uuid, String) = attempt.check(secret).await?;
    call.write(async |ctx| service::open_session(ctx, issuer(call), account_id, &hash).await).await
}

async fn refresh(call: &Call, token: &SecretText) -> Result<Session> {
    match call.write(async |ctx| service::refresh(ctx, issuer(call), token).await).await? {
        Refreshed::Session(session) => Ok(session),
        Refreshed::Reused(account_id) => {
            call.app.identity.forget(account_id);
            Err(Error::new(Code::TokenInvalid).cause("a used refresh token"))
        }
    }
}

fn issuer(call: &Call) -> Issuer<'_> {
    let config = &call.app.config;
    Issuer {
        keys: call.app.identity.keys(),
        token_seconds: config.token_seconds,
        refresh_days: config.refresh_days,
    }
}

/// What the token of the request says; the gate has verified it before.
fn claims(call: &Call) -> Result<Claims> {
    let header = call.request().headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = header.and_then(|text| text.split_once(' ')).map(|(_, token)| token.trim());
    call.app.identity.keys().verify(token.ok_or(Error::new(Code::Unauthenticated))?)
}
