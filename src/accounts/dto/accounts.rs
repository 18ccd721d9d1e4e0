//! Accounts as they travel.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::accounts::SecretText;
use crate::accounts::model::{Account, AccountKind, check_login};
use crate::accounts::service::NewAccount;
use crate::error::{Error, Result};
use crate::http::page_view;

/// Who stands behind an account.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = AccountKind)]
pub enum AccountKindDto {
    /// A person with a password (человек).
    Person,
    /// Another system with a client secret (сервис).
    Service,
}

crate::values::mirror!(AccountKindDto => AccountKind { Person, Service });

/// An account to be made. Its secret is made by the server and returned once.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"kind": "person", "login": "ivanova", "name": "Иванова А. П.", "person_id": "019aa0c5-7d2b-7cc1-8a4e-4c8f7f6f9b11"}))]
pub struct AccountCreate {
    /// Who stands behind it.
    pub kind: AccountKindDto,
    /// Login of a person or client id of a service; unique in the installation.
    #[schema(min_length = 3, max_length = 100, pattern = "^[a-z0-9._@-]{3,100}$", example = "ivanova")]
    pub login: String,
    /// Name shown to administrators.
    #[validate(length(min = 2, max = 200))]
    #[schema(min_length = 2, max_length = 200, example = "Иванова А. П.")]
    pub name: String,
    /// The person it belongs to. A person's account without one belongs to an administrator of the platform.
    pub person_id: Option<Uuid>,
    /// The region of a service.
    pub region_id: Option<Uuid>,
}

impl AccountCreate {
    /// The account as the use case wants it.
    pub fn to_new(&self) -> Result<NewAccount> {
        if let Some(problem) = check_login("/login", &self.login) {
            return Err(Error::invalid(vec![problem]));
        }
        Ok(NewAccount {
            kind: self.kind.into(),
            person_id: self.person_id,
            region_id: self.region_id,
            login: self.login.clone(),
            name: self.name.clone(),
        })
    }
}

/// An account (учётная запись).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Account)]
pub struct AccountView {
    /// The account's id.
    pub id: Uuid,
    /// Who stands behind it.
    pub kind: AccountKindDto,
    /// Login of a person or client id of a service.
    #[schema(max_length = 100)]
    pub login: String,
    /// Name shown to administrators.
    #[schema(max_length = 200)]
    pub name: String,
    /// The person it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person_id: Option<Uuid>,
    /// The region; absent for administrators of the platform.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region_id: Option<Uuid>,
    /// Since when it may not sign in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disabled_at: Option<DateTime<Utc>>,
    /// No sign-in before this moment, after too many wrong passwords.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locked_until: Option<DateTime<Utc>>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// What the caller may do with it now: operationIds.
    #[schema(max_items = 20)]
    pub allowed_actions: Vec<String>,
}

impl AccountView {
    /// The representation for a caller who may do `allowed_actions`.
    pub fn new(account: Account, allowed_actions: Vec<String>) -> Self {
        Self {
            id: account.id,
            kind: account.kind.into(),
            login: account.login,
            name: account.name,
            person_id: account.person_id,
            region_id: account.region_id,
            disabled_at: account.disabled_at,
            locked_until: account.locked_until,
            created_at: account.created_at,
            allowed_actions,
        }
    }
}

/// An account with its new secret.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccountCreated {
    /// The account's id.
    pub id: Uuid,
    /// The account.
    pub account: AccountView,
    /// First password of a person or client secret of a service. It is shown this once: a repeat with the same
    /// Idempotency-Key does not have it.
    #[schema(value_type = Option<String>, max_length = 100)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret: Option<SecretText>,
}

/// An account in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccountItem {
    /// The account's id.
    pub id: Uuid,
    /// Who stands behind it.
    pub kind: AccountKindDto,
    /// Login of a person or client id of a service.
    #[schema(max_length = 100)]
    pub login: String,
    /// Name shown to administrators.
    #[schema(max_length = 200)]
    pub name: String,
    /// The person it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person_id: Option<Uuid>,
    /// The region; absent for administrators of the platform.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region_id: Option<Uuid>,
    /// Since when it may not sign in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disabled_at: Option<DateTime<Utc>>,
}

impl From<Account> for AccountItem {
    fn from(account: Account) -> Self {
        Self {
            id: account.id,
            kind: account.kind.into(),
            login: account.login,
            name: account.name,
            person_id: account.person_id,
            region_id: account.region_id,
            disabled_at: account.disabled_at,
        }
    }
}

page_view! {
    /// One page of accounts, by login.
    AccountPage of AccountItem
}

/// Which accounts to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AccountQuery {
    /// Only of this region.
    pub region_id: Option<Uuid>,
    /// Only of this person.
    pub person_id: Option<Uuid>,
    /// Only of this kind.
    pub kind: Option<AccountKindDto>,
    /// How many at most; 50 when absent.
    #[validate(range(min = 1, max = 200))]
    #[param(minimum = 1, maximum = 200)]
    #[serde(skip_serializing)]
    pub limit: Option<i64>,
    /// `next_cursor` of the page before.
    #[validate(length(max = 3000))]
    #[param(max_length = 3000)]
    #[serde(skip_serializing)]
    pub cursor: Option<String>,
}
