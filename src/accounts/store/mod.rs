//! Queries on accounts, sessions and tokens.

mod accounts;
mod holder;
mod me;
mod sessions;

pub use accounts::AccountFilter;
pub(super) use accounts::{
    any, by_login, find, insert, list, lock, make_administrator, named, secret_hash, set_attempts,
    set_disabled, set_revoked, set_secret,
};
pub(super) use holder::{cards, holder};
pub(super) use me::names;
pub(super) use sessions::{
    RefreshToken, insert_refresh, lock_refresh, mark_used, revoke_access, revoke_all, revoke_family,
    sweep_refresh, sweep_revoked,
};
