//! `rost verify`.

use super::args::Verify;
use super::database::{self, Access, Database};
use super::failure::Failure;
use super::output;
use super::progress::Progress;
use crate::authz::Actor;
use crate::clock::Clock;
use crate::config::Config;
use crate::db::Db;
use crate::directory::regions::service::region_ids;
use crate::error::Result;
use crate::hours::standings::{Checked, repair, verify};

/// Where the work is told apart in the log.
const WORK: &str = "verify";

/// Computes what is kept for speed again; fails when something is not what the ledger says and was not mended.
pub(super) fn run(config: &Config, what: &Verify, progress: Progress) -> std::result::Result<(), Failure> {
    let database = database::open(config, Access::Join, progress)?;
    let outcome = check(config, what, &database, progress);
    let closed = database.close(progress);
    outcome.and(closed)
}

fn check(
    config: &Config,
    what: &Verify,
    database: &Database,
    progress: Progress,
) -> std::result::Result<(), Failure> {
    database.make_ready(progress)?;
    let mut found = database.work(config, all_regions)?;
    tell(&found);
    if what.repair && !found.is_clean() {
        database.work(config, async |db| mend(db).await)?;
        found = database.work(config, all_regions)?;
        output::line(if found.is_clean() { "mended" } else { "not everything could be mended" });
    }
    match found.is_clean() {
        true => Ok(()),
        false => {
            Err(Failure::new("what is kept differs from the ledger; rost verify --repair computes it anew"))
        }
    }
}

fn tell(found: &Checked) {
    for (person, organization) in &found.standings {
        output::line(&format!(
            "standing of person {person} at organization {organization} differs from the ledger"
        ));
    }
    for organization in &found.totals {
        output::line(&format!("totals of organization {organization} differ from its standings"));
    }
    for credential in &found.credentials {
        output::line(&format!("ledger of credential {credential} is not what its state asks for"));
    }
    let wrong = found.standings.len() + found.totals.len() + found.credentials.len();
    output::line(&format!("{} standings compared with the ledger, {wrong} differences", found.compared));
}

async fn regions(db: &Db) -> Result<Vec<uuid::Uuid>> {
    let nobody = Actor::nobody();
    db.snapshot(&nobody, Clock::System.now(), WORK, async |ctx| region_ids(ctx).await).await
}

async fn all_regions(db: &Db) -> Result<Checked> {
    let nobody = Actor::nobody();
    let mut all = Checked::default();
    for region in regions(db).await? {
        let found =
            db.snapshot(&nobody, Clock::System.now(), WORK, async |ctx| verify(ctx, region).await).await?;
        all.compared += found.compared;
        all.standings.extend(found.standings);
        all.totals.extend(found.totals);
        all.credentials.extend(found.credentials);
    }
    Ok(all)
}

async fn mend(db: &Db) -> Result<()> {
    let nobody = Actor::nobody();
    for region in regions(db).await? {
        let mending = async |ctx: &crate::db::Ctx<'_>| {
            let found = verify(ctx, region).await?;
            repair(ctx, region, &found).await
        };
        db.write(&nobody, Clock::System.now(), WORK, mending).await?;
    }
    Ok(())
}
