//! Use cases of accounts, sessions and keys.

mod accounts;
mod actor;
mod external;
mod first;
mod keys;
mod me;
mod password;
mod sessions;

pub use accounts::{
    NewAccount, allowed_actions, create_account, disable_account, enable_account, get_account, list_accounts,
    login_is_taken, reset_secret, revoke_account_tokens,
};
pub use actor::actor_today;
pub(in crate::accounts) use external::external_actor;
pub use first::{FirstAdministrator, create_administrator, create_first_administrator, installation};
pub use keys::rotate_signing_key;
pub use me::{Me, me};
pub use password::{change_password, own_login};
pub use sessions::{
    Issuer, Refreshed, Session, SignIn, begin_sign_in, mint_for_login, open_session, refresh, revoke_token,
    sweep_refresh_tokens, sweep_revoked_tokens,
};
