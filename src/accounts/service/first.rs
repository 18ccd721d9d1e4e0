//! Administrators that the installation itself makes: when there is nobody yet who could, and for the demo.

use chrono::{DateTime, Utc};

use super::{NewAccount, create_account};
use crate::accounts::model::AccountKind;
use crate::accounts::{SecretText, secret, store};
use crate::authz::{Actor, Level, Role, RoleGrant};
use crate::db::Db;
use crate::error::Result;

const REQUEST: &str = "installation";

/// Who has become the first administrator.
#[derive(Debug)]
pub struct FirstAdministrator {
    /// The login.
    pub login: &'static str,
    /// The password, if it was made here: it is shown once and kept nowhere.
    pub generated_password: Option<SecretText>,
}

/// Makes the account `admin` if there is no account at all. Two servers at once make one administrator: the login
/// is unique.
pub async fn create_first_administrator(
    db: &Db,
    now: DateTime<Utc>,
    password: Option<SecretText>,
) -> Result<Option<FirstAdministrator>> {
    const LOGIN: &str = "admin";
    if db.read(&installation(), now, REQUEST, async |ctx| store::any(ctx.conn).await).await? {
        return Ok(None);
    }
    let (password, generated_password) = match password {
        Some(given) => (given, None),
        None => {
            let made = secret::random();
            (made.clone(), Some(made))
        }
    };
    let made = create_administrator(db, now, LOGIN, "First administrator", password).await?;
    Ok(made.then_some(FirstAdministrator { login: LOGIN, generated_password }))
}

/// Makes an administrator of the platform unless the login is taken; says whether it did.
pub async fn create_administrator(
    db: &Db,
    now: DateTime<Utc>,
    login: &str,
    name: &str,
    password: SecretText,
) -> Result<bool> {
    let hash = secret::hashed(password).await?;
    let new = NewAccount {
        kind: AccountKind::Person,
        person_id: None,
        region_id: None,
        login: login.to_owned(),
        name: name.to_owned(),
    };
    db.write(&installation(), now, REQUEST, async |ctx| {
        if store::by_login(ctx.conn, login).await?.is_some() {
            return Ok(false);
        }
        create_account(ctx, new.clone(), &hash).await.map(|_| true)
    })
    .await
}

/// The installation itself, which acts where nobody is signed in; the audit log shows it as the nil account.
pub fn installation() -> Actor {
    let grant = RoleGrant {
        role: Role::PlatformAdmin,
        level: Level::Platform,
        region_id: None,
        municipality_id: None,
        organization_id: None,
    };
    Actor { grants: vec![grant], ..Actor::nobody() }
}
