//! The database of a command: the private cluster, a visit to a running one, or a server that is given.

use std::path::PathBuf;

use super::failure::Failure;
use super::progress::Progress;
use crate::cluster::{Cluster, ClusterError, ClusterOptions, Durability};
use crate::config::{Config, Secret};
use crate::db::{Db, DbSettings, migrations};
use crate::error::Result;

/// Name of the database in the private cluster.
const NAME: &str = "rost";

/// What a command wants of the private cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// To be the one that holds the folder.
    Hold,
    /// To work in it, beside a running server if there is one.
    Join,
}

/// Where the tables are, and who stops the server.
pub(super) struct Database {
    cluster: Option<Cluster>,
    /// Whether the schema is this command's to change without being asked.
    private: bool,
    url: String,
    owner_url: String,
    read_url: String,
}

/// Opens the database. Blocking, so it belongs before any runtime.
pub(super) fn open(
    config: &Config,
    access: Access,
    progress: Progress,
) -> std::result::Result<Database, Failure> {
    if let Some(url) = &config.database_url {
        let text = |secret: &Option<Secret>| secret.as_ref().unwrap_or(url).reveal().to_owned();
        return Ok(Database {
            cluster: None,
            private: false,
            url: url.reveal().to_owned(),
            owner_url: text(&config.owner_database_url),
            read_url: text(&config.replica_url),
        });
    }
    std::fs::create_dir_all(&config.data)
        .map_err(|error| Failure::new(format!("{}: {error}", config.data.display())))?;
    let folder = config.data.join("postgres");
    let options = ClusterOptions { bin_dir: config.postgres_bin.clone() };
    let started = progress.step("Starting the private PostgreSQL", || {
        match Cluster::start(&folder, Durability::Durable, &options) {
            Err(ClusterError::Busy { .. }) if access == Access::Join => Ok(None),
            outcome => outcome.map(Some),
        }
    })?;
    match started {
        Some(cluster) => {
            cluster.ensure_database(NAME)?;
            let url = cluster.owner_url(NAME);
            Ok(Database { cluster: Some(cluster), ..Database::private(url) })
        }
        None => visit(folder),
    }
}

fn visit(folder: PathBuf) -> std::result::Result<Database, Failure> {
    let busy = || {
        let words = "another rost is starting or stopping its database";
        Failure::new(format!("{words} in {}: try again in a moment", folder.display()))
    };
    let visited = Cluster::visit(&folder).ok_or_else(busy)?;
    Ok(Database { private: false, ..Database::private(visited.owner_url(NAME)) })
}

impl Database {
    fn private(url: String) -> Self {
        Self { cluster: None, private: true, owner_url: url.clone(), read_url: url.clone(), url }
    }

    /// Runs the pending migrations as the owner of the tables; returns their versions. Blocking.
    pub(super) fn migrate(&self, progress: Progress) -> Result<Vec<String>> {
        progress.step("Bringing the schema up to date", || migrations::run_pending(&self.owner_url))
    }

    /// A private database is migrated; that of somebody else has to be at the newest schema already, because
    /// several servers may share it. Blocking.
    pub(super) fn make_ready(&self, progress: Progress) -> std::result::Result<(), Failure> {
        if self.private {
            self.migrate(progress)?;
            return Ok(());
        }
        match migrations::pending(&self.url)?.as_slice() {
            [] => Ok(()),
            [first, ..] => Err(Failure::new(format!(
                "the schema of the database is older than this program ({first} is missing): run `rost migrate` first"
            ))),
        }
    }

    /// Where to and with how many connections each worker works.
    pub(super) fn settings(&self, config: &Config) -> DbSettings {
        DbSettings {
            url: self.url.clone(),
            read_url: self.read_url.clone(),
            write_connections: config.write_connections,
            snapshot_connections: config.snapshot_connections,
            read_pipes: config.read_pipes,
        }
    }

    /// Does some work in the database on a runtime of its own.
    pub(super) fn work<T>(
        &self,
        config: &Config,
        work: impl AsyncFnOnce(&Db) -> Result<T>,
    ) -> std::result::Result<T, Failure> {
        let db = Db::new(&self.settings(config))?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        Ok(tokio::task::LocalSet::new().block_on(&runtime, work(&db))?)
    }

    /// Stops the cluster, if this process started it.
    pub(super) fn close(self, progress: Progress) -> std::result::Result<(), Failure> {
        match self.cluster {
            Some(cluster) => Ok(progress.step("Stopping the private PostgreSQL", || cluster.stop())?),
            None => Ok(()),
        }
    }
}
