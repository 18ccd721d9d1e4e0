//! Endpoints of signing keys.

use actix_web::{get, post};

use crate::accounts::dto::{JwkSetView, SigningKeyView};
use crate::accounts::service;
use crate::error::Result;
use crate::http::{Call, Reply};

/// Lists the public keys
///
/// With them anybody can check the signature of an access token. The newest key signs; keys that were rotated out
/// stay, so nobody is logged out by a rotation.
#[utoipa::path(
    tag = "accounts", operation_id = "list_signing_keys",
    responses((status = 200, description = "The keys as a JWK set", body = JwkSetView))
)]
#[get("/.well-known/jwks.json")]
pub async fn list_signing_keys(call: Call) -> Result<Reply> {
    Reply::ok(&call.app.identity.keys().jwks()?)
}

/// Rotates the signing key
///
/// Makes a new key that signs from now on. Tokens signed with the older keys stay good until they end.
#[utoipa::path(
    tag = "accounts", operation_id = "rotate_signing_key",
    responses((status = 201, description = "The new key", body = SigningKeyView))
)]
#[post("/signing-keys")]
pub async fn rotate_signing_key(call: Call) -> Result<Reply> {
    call.write_once(async |ctx| {
        let kid = service::rotate_signing_key(ctx, call.app.identity.keys()).await?;
        Reply::created("/.well-known/jwks.json", 1, &SigningKeyView { kid })
    })
    .await
}
