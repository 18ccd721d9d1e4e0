//! A private PostgreSQL in a folder of its own, from the programs that are installed on this machine.
//!
//! [`Cluster`] is the server's: one process holds the folder for as long as it lives, and the database stops
//! with it. If that process is killed, PostgreSQL stays and the next one adopts it; while it lives, a small command
//! beside it pays the running database a visit ([`Cluster::visit`]). [`SharedCluster`] is for
//! tests: many processes share one throw-away server that outlives them.
//!
//! Nothing listens on the network. Whoever can enter the folder is trusted, and only the account that runs
//! PostgreSQL (and root) can. Root hands PostgreSQL to another account, since it refuses to run as root.
//!
//! The folder holds `data`, `socket`, `log` and `lock`, or a note that says where they are. The server runs
//! in a session of its own, so `Ctrl-C` in a terminal reaches this process only, which stops the database
//! when its own work is drained.
//!
//! Everything here waits for programs to finish, so none of it belongs on a thread that serves requests: start
//! before the runtime does its work, stop after.

mod account;
mod binaries;
mod command;
mod error;
mod place;
mod postmaster;
mod server;
mod settings;
mod shared;
mod url;
mod visit;

use std::path::{Path, PathBuf};

pub use self::error::ClusterError;
pub use self::settings::Durability;
pub use self::shared::SharedCluster;
pub use self::visit::VisitedCluster;

use self::binaries::Search;
use self::place::{Claim, Place};
use self::server::{Server, Stop};

/// What the configuration may say about a cluster.
#[derive(Debug, Clone, Default)]
pub struct ClusterOptions {
    /// The folder with PostgreSQL's programs; without it they are looked for.
    pub bin_dir: Option<PathBuf>,
}

/// A running PostgreSQL and the folder it lives in. Dropping it stops the server.
#[derive(Debug)]
pub struct Cluster {
    server: Server,
    durability: Durability,
    leave_running: bool,
}

impl Cluster {
    /// Makes the cluster if the folder has none, then starts it, or adopts the one that a killed process left
    /// running there.
    ///
    /// # Errors
    /// When no PostgreSQL 15 or newer is installed, another process holds the folder, the folder cannot be
    /// used, or PostgreSQL does not start; every message says what to do.
    pub fn start(
        folder: &Path,
        durability: Durability,
        options: &ClusterOptions,
    ) -> Result<Cluster, ClusterError> {
        let place = Place::open(folder, durability, Claim::Refuse)?;
        Cluster::launch(place, durability, options)
    }

    /// The address of a database for the owner of everything, as libpq and tokio-postgres read it.
    pub fn owner_url(&self, database: &str) -> String {
        self.url(url::OWNER, database)
    }

    /// The address of a database for any role that may log in; no password is asked.
    pub fn url(&self, role: &str, database: &str) -> String {
        url::url(&self.server.socket, role, database)
    }

    /// Makes the database unless it exists.
    ///
    /// # Errors
    /// When the name is not a plain one, or the server refuses.
    pub fn ensure_database(&self, name: &str) -> Result<(), ClusterError> {
        if !is_plain(name) {
            return Err(ClusterError::DatabaseName(name.to_owned()));
        }
        let exists = || -> Result<bool, ClusterError> {
            let sql = format!("select count(*) from pg_database where datname = '{name}'");
            Ok(self.server.query(&sql)? == "1")
        };
        if exists()? {
            return Ok(());
        }
        match self.server.create_database(name) {
            // Another process may have been quicker.
            Err(refusal) if !exists()? => Err(refusal),
            _ => Ok(()),
        }
    }

    /// Stops the server and lets go of the folder.
    ///
    /// # Errors
    /// When the server does not stop in time.
    pub fn stop(mut self) -> Result<(), ClusterError> {
        self.leave_running = true;
        self.server.stop(Stop::for_data(self.durability))
    }

    /// Lets go of the folder and leaves the server running, for the next process to adopt.
    pub fn detach(mut self) {
        self.leave_running = true;
    }

    fn launch(
        place: Place,
        durability: Durability,
        options: &ClusterOptions,
    ) -> Result<Cluster, ClusterError> {
        let search = Search::new(options.bin_dir.as_deref());
        let made_by = Server::made_by(&place);
        match durability {
            Durability::Durable => {
                let binaries = search.choose(&place.data(), made_by)?;
                let server = Server::new(place, binaries)?;
                server.initialize(durability)?;
                server.start(durability)?;
                Ok(Cluster { server, durability, leave_running: false })
            }
            Durability::Throwaway => {
                let binaries = search.choose(&place.data(), None)?;
                let outdated = made_by.is_some_and(|major| major != binaries.major);
                let server = Server::new(place, binaries)?;
                Cluster::launch_throwaway(server, outdated)
            }
        }
    }

    /// Data that is damaged (the machine lost power) or of another version is made anew.
    fn launch_throwaway(server: Server, outdated: bool) -> Result<Cluster, ClusterError> {
        let durability = Durability::Throwaway;
        let attempt = |server: &Server| server.initialize(durability).and_then(|()| server.start(durability));
        if outdated {
            server.stop(Stop::Immediate)?;
            server.wipe()?;
        }
        match attempt(&server) {
            Err(ClusterError::NotStarted { tail, .. }) => {
                log::warn!("the throw-away database did not start and is made anew: {tail}");
                server.wipe()?;
                attempt(&server)?;
            }
            outcome => outcome?,
        }
        Ok(Cluster { server, durability, leave_running: false })
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if self.leave_running {
            return;
        }
        if let Err(failure) = self.server.stop(Stop::for_data(self.durability)) {
            log::error!("the private PostgreSQL was left running: {failure}");
        }
    }
}

/// A name that needs no quotes anywhere.
fn is_plain(name: &str) -> bool {
    name.len() <= 63
        && name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.chars().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '_')
}

#[cfg(test)]
mod tests {
    use super::is_plain;

    #[test]
    fn only_names_that_need_no_quotes_are_taken() {
        assert!(is_plain("rost") && is_plain("t_1"));
        for name in ["", "1a", "a-b", "A", "a'b", "рост", &"a".repeat(64)] {
            assert!(!is_plain(name), "{name}");
        }
    }
}
