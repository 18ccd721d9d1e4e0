//! `rost token`.

use super::args::Token;
use super::database::{self, Access};
use super::failure::Failure;
use super::output;
use super::progress::Progress;
use crate::accounts::service::{Issuer, mint_for_login};
use crate::accounts::{KeyRing, service};
use crate::clock::Clock;
use crate::config::Config;

/// Mints an access token and prints it, nothing else, to standard output.
pub(super) fn run(config: &Config, what: &Token, progress: Progress) -> Result<(), Failure> {
    let database = database::open(config, Access::Join, progress)?;
    let keys = KeyRing::open(&config.data.join("keys"), &config.issuer, &config.audience)?;
    let issuer =
        Issuer { keys: &keys, token_seconds: config.token_seconds, refresh_days: config.refresh_days };
    let session = database.make_ready(progress).and_then(|()| {
        let (actor, now) = (service::installation(), Clock::System.now());
        database.work(config, async |db| {
            db.write(&actor, now, "rost-token", async |ctx| mint_for_login(ctx, issuer, &what.login).await)
                .await
        })
    });
    let closed = database.close(progress);
    output::line(session?.access_token.reveal());
    closed
}
