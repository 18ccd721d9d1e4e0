//! Accounts, sessions and tokens: how a caller becomes an [`Actor`](crate::authz::Actor).
//!
//! Access tokens are short-lived JWTs signed with Ed25519; refresh tokens rotate, and the use of a used one revokes
//! its whole family. What a token may do is in its `grants`, taken from role assignments when it is issued; where
//! the granted organizations lie comes from the directory whenever the token is used.

mod claims;
mod identity;
mod keys;
mod store;

pub use claims::{Claims, GrantClaim};
pub use identity::Identity;
pub use keys::KeyRing;
