//! One throw-away cluster that many test processes share.

use std::path::{Path, PathBuf};

use super::place::{Claim, Place, home_of};
use super::postmaster::{Postmaster, State};
use super::server::{Server, Stop};
use super::{Cluster, ClusterError, ClusterOptions, Durability, Search, url};

/// A throw-away PostgreSQL that stays when its users are gone.
///
/// Tests run as processes of their own, several at once. The first to come starts the server while the others
/// wait; the last to go leaves it running; whatever a killed run left behind is adopted or repaired.
#[derive(Debug, Clone)]
pub struct SharedCluster {
    socket: PathBuf,
}

impl SharedCluster {
    /// Joins the server of the folder, starting it if it does not run.
    ///
    /// # Errors
    /// As [`Cluster::start`], except that a folder in use is waited for.
    pub fn join(folder: &Path, options: &ClusterOptions) -> Result<SharedCluster, ClusterError> {
        // Hundreds of tests come this way, so the usual case runs no program and takes no lock.
        let running = Postmaster::read(&home_of(folder).join("data"));
        if let Some(postmaster) = running.filter(Postmaster::is_ready) {
            return Ok(SharedCluster { socket: postmaster.socket });
        }
        let place = Place::open(folder, Durability::Throwaway, Claim::Wait)?;
        let cluster = Cluster::launch(place, Durability::Throwaway, options)?;
        let socket = cluster.server.socket.clone();
        cluster.detach();
        Ok(SharedCluster { socket })
    }

    /// The address of a database for the owner of everything.
    pub fn owner_url(&self, database: &str) -> String {
        self.url(url::OWNER, database)
    }

    /// The address of a database for any role that may log in; no password is asked.
    pub fn url(&self, role: &str, database: &str) -> String {
        url::url(&self.socket, role, database)
    }

    /// Stops the server of the folder, whoever started it. Says whether one was running.
    ///
    /// # Errors
    /// When the folder cannot be used or the server does not stop.
    pub fn stop(folder: &Path, options: &ClusterOptions) -> Result<bool, ClusterError> {
        if !folder.join("lock").exists() {
            return Ok(false);
        }
        let place = Place::open(folder, Durability::Throwaway, Claim::Wait)?;
        let made_by = Server::made_by(&place);
        let binaries = Search::new(options.bin_dir.as_deref()).choose(&place.data(), made_by)?;
        let server = Server::new(place, binaries)?;
        match server.state() {
            State::Absent | State::Stale => Ok(false),
            State::Busy | State::Listening => server.stop(Stop::Immediate).map(|()| true),
        }
    }
}
