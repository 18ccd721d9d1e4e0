//! A cluster that another process runs, used without taking it over.

use std::path::{Path, PathBuf};

use super::place::home_of;
use super::postmaster::Postmaster;
use super::{Cluster, url};

/// The running PostgreSQL of another process. It goes on running when this value is dropped.
#[derive(Debug, Clone)]
pub struct VisitedCluster {
    socket: PathBuf,
}

impl Cluster {
    /// The server that runs in the folder right now, whoever holds it; none when none takes queries.
    pub fn visit(folder: &Path) -> Option<VisitedCluster> {
        let folder = folder.canonicalize().ok()?;
        let running = Postmaster::read(&home_of(&folder).join("data")).filter(Postmaster::is_ready)?;
        Some(VisitedCluster { socket: running.socket })
    }
}

impl VisitedCluster {
    /// The address of a database for the owner of everything.
    pub fn owner_url(&self, database: &str) -> String {
        url::url(&self.socket, url::OWNER, database)
    }
}
