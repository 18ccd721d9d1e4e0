//! What the command line may say.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::{Parser, Subcommand};

use super::failure::Failure;

const SETTINGS_HELP: &str = "Settings: flags win over environment variables, those over the file .env of this folder. \
    `rost config` shows what holds; .env.example explains every setting.";

/// REST API backend for the personalised professional development of teachers
#[derive(Debug, Parser)]
#[command(name = "rost", version, about, after_help = SETTINGS_HELP, propagate_version = true)]
pub(super) struct Args {
    #[command(flatten)]
    pub(super) settings: SettingFlags,
    #[command(subcommand)]
    pub(super) command: Command,
}

/// Settings as flags.
#[derive(Debug, clap::Args)]
pub(super) struct SettingFlags {
    /// Address the API listens on; port 0 takes a free one [setting: ROST_ADDR]
    #[arg(long, global = true, value_name = "ADDRESS:PORT", help_heading = "Settings")]
    addr: Option<String>,
    /// Folder of the server's own: private PostgreSQL, signing keys [setting: ROST_DATA]
    #[arg(long, global = true, value_name = "FOLDER", help_heading = "Settings")]
    data: Option<String>,
    /// PostgreSQL 15 or newer to use instead of a private one; other users of this machine can see flags, so
    /// passwords belong in the environment [setting: DATABASE_URL]
    #[arg(long, global = true, value_name = "URL", help_heading = "Settings")]
    database_url: Option<String>,
    /// Any setting by its name; may be repeated
    #[arg(long = "set", global = true, value_name = "NAME=VALUE", help_heading = "Settings")]
    set: Vec<String>,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Start the server; Ctrl-C or SIGTERM ends it when open requests are answered
    Serve(Serve),
    /// Bring the database to the newest schema
    Migrate,
    /// Write the OpenAPI document, or check that it is what the code says
    Openapi(Openapi),
    /// Load the demo data; the server may be running
    Demo,
    /// Mint an access token for an account and print it; the server may be running
    Token(Token),
    /// Compute what is kept for speed again and compare it with the ledger; the server may be running
    Verify(Verify),
    /// Print the effective settings, secrets hidden
    Config,
}

#[derive(Debug, clap::Args)]
pub(super) struct Serve {
    /// Load the demo data once and print how to use it; only on a loopback address
    #[arg(long)]
    pub(super) demo: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct Openapi {
    /// Change nothing; fail when the file is not what the code says
    #[arg(long)]
    pub(super) check: bool,
    /// The file
    #[arg(long, value_name = "FILE", default_value = "openapi/v1.json")]
    pub(super) file: PathBuf,
}

#[derive(Debug, clap::Args)]
pub(super) struct Token {
    /// Login of a person, or client id of a service
    pub(super) login: String,
}

#[derive(Debug, clap::Args)]
pub(super) struct Verify {
    /// Write what differs anew
    #[arg(long)]
    pub(super) repair: bool,
}

impl SettingFlags {
    /// The flags under the names of their settings.
    pub(super) fn named(self) -> Result<BTreeMap<String, String>, Failure> {
        let mut named = BTreeMap::new();
        for pair in self.set {
            // The value may be a secret, so it is not repeated.
            let (name, value) =
                pair.split_once('=').ok_or_else(|| Failure::usage("--set expects NAME=VALUE"))?;
            named.insert(name.to_owned(), value.to_owned());
        }
        for (name, value) in
            [("ROST_ADDR", self.addr), ("ROST_DATA", self.data), ("DATABASE_URL", self.database_url)]
        {
            if let Some(value) = value {
                named.insert(name.to_owned(), value);
            }
        }
        Ok(named)
    }
}
