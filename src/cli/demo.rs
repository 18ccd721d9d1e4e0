//! `rost demo`, and what `rost serve --demo` prints.

use std::net::SocketAddr;

use super::database::{self, Access, Database};
use super::failure::Failure;
use super::output;
use super::progress::Progress;
use crate::clock::Clock;
use crate::config::Config;
use crate::demo::{self, Demo};

/// Loads the demo data; a server may be running on the same database.
pub(super) fn run(config: &Config, progress: Progress) -> Result<(), Failure> {
    let database = database::open(config, Access::Join, progress)?;
    let demo = database.make_ready(progress).and_then(|()| load(config, &database, progress));
    let closed = database.close(progress);
    output::line(&guide(&demo?, config.addr));
    closed
}

/// Loads the demo data into an open database.
pub(super) fn load(config: &Config, database: &Database, progress: Progress) -> Result<Demo, Failure> {
    let now = Clock::System.now();
    let demo = database.work(config, async |db| demo::load(db, now, &|step| progress.say(step)).await)?;
    let words = if demo.loaded { "The demo data is loaded" } else { "The demo data was there already" };
    progress.done(words);
    Ok(demo)
}

/// Ready-made accounts, the first requests and the walks.
pub(super) fn guide(demo: &Demo, address: SocketAddr) -> String {
    let mut lines =
        vec![format!("Demo accounts (password `{}`; all of them are in demo/accounts.csv):", demo::PASSWORD)];
    lines.extend(demo.accounts.iter().map(|account| format!("  {:<24} {}", account.login, account.who)));
    let first = demo.accounts.first().map_or("", |account| account.login.as_str());
    let (api, password) = (format!("http://{address}/api/v1"), demo::PASSWORD);
    lines.push("First requests:".to_owned());
    lines.push(format!(
        "  TOKEN=$(curl -s {api}/auth/token -d grant_type=password -d login={first} -d password={password} | \
         sed 's/.*\"access_token\":\"\\([^\"]*\\)\".*/\\1/')"
    ));
    lines.push(format!("  curl -s {api}/me -H \"Authorization: Bearer $TOKEN\""));
    lines.push(format!("  curl -s {api}/deficits -H \"Authorization: Bearer $TOKEN\""));
    lines.push("The main paths, step by step, from another terminal:".to_owned());
    lines.push(format!("  ROST_URL=http://{address} demo/walk.sh"));
    lines.push(format!("  ROST_URL=http://{address} demo/walk-registry.sh"));
    lines.join("\n")
}
