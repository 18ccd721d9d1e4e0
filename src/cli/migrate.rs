//! `rost migrate`.

use super::database::{self, Access};
use super::failure::Failure;
use super::output;
use super::progress::Progress;
use crate::config::Config;

/// Brings the database to the newest schema.
pub(super) fn run(config: &Config, progress: Progress) -> Result<(), Failure> {
    let database = database::open(config, Access::Hold, progress)?;
    let applied = database.migrate(progress)?;
    for version in &applied {
        output::line(&format!("applied {version}"));
    }
    if applied.is_empty() {
        output::line("the schema is the newest already");
    }
    database.close(progress)
}
