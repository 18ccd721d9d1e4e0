//! What travels about accounts, sessions and keys.

mod accounts;
mod keys;
mod me;
mod tokens;

pub use accounts::{
    AccountCreate, AccountCreated, AccountItem, AccountKindDto, AccountPage, AccountQuery, AccountView,
};
pub use keys::{JwkSetView, JwkView, SigningKeyView};
pub use me::{MeGrant, MeOrganization, MePerson, MeView, PasswordChange};
pub use tokens::{GrantType, TokenCreate, TokenRequest, TokenRevoke, TokenView};
