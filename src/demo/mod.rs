//! The demo data: five jurisdictions under five regulations, read from the files of `demo/`. It is loaded through the
//! use cases behind the endpoints, each by whoever may do it, so everything in it could have come over HTTP.

mod cast;
mod diagnostics;
mod files;
mod papers;
mod people;
mod registry;
mod regulations;
mod story;
mod uploads;

use std::path::Path;

use chrono::{DateTime, Utc};

use crate::accounts::service::{installation, login_is_taken};
use crate::accounts::{SecretText, hashed};
use crate::db::{Ctx, Db};
use crate::error::Result;
use cast::Stage;

/// The password of every demo account. It is public, which is why the demo is served on loopback only.
pub const PASSWORD: &str = "demo-demo-demo";
/// The login of the demo's administrator of the platform.
const ADMINISTRATOR: &str = "demo-admin";
/// Where the files are, seen from the folder of the checkout.
const FOLDER: &str = "demo";

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

/// Loads the demo data unless it is there already. All of it or nothing: an interrupted load leaves no trace. `tell` is
/// called with each step that takes a while.
pub async fn load(db: &Db, now: DateTime<Utc>, tell: &dyn Fn(&str)) -> Result<Demo> {
    let folder = Path::new(FOLDER);
    let accounts: Vec<people::AccountRow> = files::csv(folder, "accounts.csv")?;
    // One hash for all: the password is the same and public, and argon2 is slow on purpose.
    let hash = hashed(SecretText::new(PASSWORD.to_owned())).await?;
    let loaded = db
        .write(&installation(), now, "demo", async |ctx| {
            if login_is_taken(ctx, ADMINISTRATOR).await? {
                return Ok(false);
            }
            play(ctx, folder, &accounts, &hash, tell).await.map(|()| true)
        })
        .await?;
    Ok(Demo { loaded, accounts: shown(&accounts) })
}

/// The accounts that are numbered in `demo/accounts.csv`, in that order: one for each role and regulation.
fn shown(accounts: &[people::AccountRow]) -> Vec<DemoAccount> {
    let mut rows: Vec<_> = accounts.iter().filter_map(|row| Some((row.shown?, row))).collect();
    rows.sort_by_key(|(place, _)| *place);
    let account = |(_, row): (u32, &people::AccountRow)| DemoAccount {
        login: row.login.clone(),
        who: row.description.clone(),
    };
    let administrator = DemoAccount {
        login: ADMINISTRATOR.to_owned(),
        who: "администратор платформы".to_owned(),
    };
    rows.into_iter().map(account).chain([administrator]).collect()
}

async fn play(
    ctx: &Ctx<'_>,
    folder: &Path,
    accounts: &[people::AccountRow],
    hash: &str,
    tell: &dyn Fn(&str),
) -> Result<()> {
    let moments = files::Moments::of(folder)?;
    let mut stage = Stage::new(ctx.conn, folder);
    tell("Demo: regions and organizations");
    stage.organizations(moments.founded).await?;
    tell("Demo: people, roles and accounts");
    stage.people(moments.founded, accounts, hash).await?;
    stage.administrator(moments.founded, hash).await?;
    tell("Demo: five regulations");
    stage.regulations(moments.founded).await?;
    tell("Demo: competency frameworks and instruments");
    stage.frameworks(moments.founded).await?;
    tell("Demo: programs and the registry of the year");
    stage.programs(moments.founded, moments.published).await?;
    tell("Demo: campaigns and results of diagnostics");
    stage.results(moments.published, moments.diagnosed).await?;
    stage.deficits(moments.diagnosed).await?;
    tell("Demo: documents of four years");
    stage.papers(moments.confirmed).await?;
    tell("Demo: a year of training and routes, from applications to certificates");
    stage.stories().await
}
