//! `rost config`.

use super::failure::Failure;
use super::output;
use crate::config::{Config, SETTINGS};

/// Prints the effective settings in the form of `.env`, secrets hidden.
pub(super) fn run(config: &Config) -> Result<(), Failure> {
    let shown = config.shown();
    for setting in SETTINGS {
        output::line(&format!("{}={}", setting.name, shown.get(setting.name).map_or("", String::as_str)));
    }
    Ok(())
}
