//! The demo data: what a newcomer meets after `make run`. It is loaded through the services of the product, so
//! everything in it could have come over HTTP.

use chrono::{DateTime, Utc};

use crate::accounts::{SecretText, service};
use crate::db::Db;
use crate::error::Result;

/// The password of every demo account. It is public, which is why the demo is served on loopback only.
pub const PASSWORD: &str = "demo-demo-demo";
/// The login of the demo's administrator of the platform; whether it is taken tells whether the demo is loaded.
const ADMINISTRATOR: &str = "demo-admin";

/// An account a newcomer can sign in with; its password is [`PASSWORD`].
#[derive(Debug)]
pub struct DemoAccount {
    /// The login.
    pub login: String,
    /// Whose it is, in a few words.
    pub who: String,
}

/// What there is to try.
#[derive(Debug)]
pub struct Demo {
    /// Whether this call loaded it; false when it had been loaded before.
    pub loaded: bool,
    /// Ready-made accounts, most useful first.
    pub accounts: Vec<DemoAccount>,
}

/// Loads the demo data unless it is there already. `tell` is called with each step that takes a while.
pub async fn load(db: &Db, now: DateTime<Utc>, tell: &dyn Fn(&str)) -> Result<Demo> {
    tell("Loading the demo data");
    let password = SecretText::new(PASSWORD.to_owned());
    let loaded =
        service::create_administrator(db, now, ADMINISTRATOR, "Demo administrator", password).await?;
    let administrator =
        DemoAccount { login: ADMINISTRATOR.to_owned(), who: "administrator of the platform".to_owned() };
    Ok(Demo { loaded, accounts: vec![administrator] })
}
