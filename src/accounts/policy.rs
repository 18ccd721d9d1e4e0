//! Who may do what with accounts, tokens and keys.

use crate::authz::Reach::{Above, Anywhere, Own};
use crate::authz::Role::PlatformAdmin;
use crate::authz::groups::EVERYBODY;
use crate::authz::{Rule, cell};

/// Making an account.
pub static CREATE_ACCOUNT: Rule = Rule::new("create_account", &[cell(&[PlatformAdmin], Anywhere)]);

/// Listing accounts.
pub static LIST_ACCOUNTS: Rule = Rule::new("list_accounts", &[cell(&[PlatformAdmin], Anywhere)]);

/// Reading an account; everybody his own.
pub static GET_ACCOUNT: Rule =
    Rule::new("get_account", &[cell(EVERYBODY, Own), cell(&[PlatformAdmin], Anywhere)]);

/// Ending what an account may do.
pub static DISABLE_ACCOUNT: Rule = Rule::new("disable_account", &[cell(&[PlatformAdmin], Anywhere)])
    .seen_by(&GET_ACCOUNT)
    .condition("never one's own account");

/// Letting a disabled account sign in again.
pub static ENABLE_ACCOUNT: Rule =
    Rule::new("enable_account", &[cell(&[PlatformAdmin], Anywhere)]).seen_by(&GET_ACCOUNT);

/// Giving an account a new password or client secret.
pub static RESET_ACCOUNT_SECRET: Rule =
    Rule::new("reset_account_secret", &[cell(&[PlatformAdmin], Anywhere)]).seen_by(&GET_ACCOUNT);

/// Ending all sessions of an account; everybody his own.
pub static REVOKE_ACCOUNT_TOKENS: Rule =
    Rule::new("revoke_account_tokens", &[cell(EVERYBODY, Own), cell(&[PlatformAdmin], Anywhere)])
        .seen_by(&GET_ACCOUNT);

/// Ending the session the request comes from.
pub static REVOKE_TOKEN: Rule =
    Rule::new("revoke_token", &[cell(EVERYBODY, Above), cell(&[PlatformAdmin], Anywhere)])
        .even_without_roles()
        .condition("only one's own session");

/// Asking who one is.
pub static GET_ME: Rule = Rule::new("get_me", &[cell(EVERYBODY, Above), cell(&[PlatformAdmin], Anywhere)])
    .even_without_roles()
    .condition("only about oneself");

/// Changing one's own password.
pub static CHANGE_PASSWORD: Rule =
    Rule::new("change_password", &[cell(EVERYBODY, Above), cell(&[PlatformAdmin], Anywhere)])
        .even_without_roles()
        .condition("only one's own, and not a service's client secret");

/// Making a new key that signs from now on.
pub static ROTATE_SIGNING_KEY: Rule = Rule::new("rotate_signing_key", &[cell(&[PlatformAdmin], Anywhere)]);

/// The policy table.
pub const RULES: &[&Rule] = &[
    &CREATE_ACCOUNT,
    &LIST_ACCOUNTS,
    &GET_ACCOUNT,
    &DISABLE_ACCOUNT,
    &ENABLE_ACCOUNT,
    &RESET_ACCOUNT_SECRET,
    &REVOKE_ACCOUNT_TOKENS,
    &REVOKE_TOKEN,
    &GET_ME,
    &CHANGE_PASSWORD,
    &ROTATE_SIGNING_KEY,
];

/// Operations that need no token: they are how one comes to a token, or how others check one.
pub const PUBLIC: [&str; 2] = ["create_token", "list_signing_keys"];
