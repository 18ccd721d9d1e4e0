//! Accounts, sessions and tokens: how a caller becomes an [`Actor`](crate::authz::Actor).
//!
//! Access tokens are short-lived JWTs signed with Ed25519; refresh tokens rotate, and the use of a used one revokes
//! its whole family. What a token may do is in its `grants`, taken from role assignments when it is issued; where
//! the granted organizations lie comes from the directory whenever the token is used.
//!
//! Tokens of an external OpenID Connect issuer are accepted beside them when the configuration names one: `openid`.
//!
//! Invariants: no secret is kept, only what it can be checked with; a wrong secret and an unknown login are answered
//! alike and as slowly; an account without a region is an administrator of the platform.

pub mod api;
mod claims;
pub mod dto;
mod identity;
mod keys;
pub mod model;
mod openid;
pub mod policy;
mod seal;
mod secret;
pub mod service;
mod store;

use crate::http::Endpoints;
pub use claims::{Claims, GrantClaim};
pub use identity::Identity;
pub use keys::KeyRing;
pub use openid::ExternalIssuer;
pub use secret::{SecretText, hashed};
pub use store::AccountFilter;

/// Mounts the endpoints.
pub fn configure(config: &mut Endpoints<'_>) {
    config
        .service(api::sessions::create_token)
        .service(api::sessions::revoke_token)
        .service(api::me::get_me)
        .service(api::me::change_password)
        .service(api::accounts::create_account)
        .service(api::accounts::list_accounts)
        .service(api::accounts::get_account)
        .service(api::actions::disable_account)
        .service(api::actions::enable_account)
        .service(api::actions::reset_account_secret)
        .service(api::actions::revoke_account_tokens)
        .service(api::keys::rotate_signing_key);
}

/// Mounts what has its place outside of the API's path.
pub fn configure_well_known(config: &mut Endpoints<'_>) {
    config.service(api::keys::list_signing_keys);
}
