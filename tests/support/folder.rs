//! A folder that a test has to itself.

use std::hash::{BuildHasher, RandomState};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A fresh folder that is removed at the end.
pub struct TestFolder {
    path: PathBuf,
}

impl TestFolder {
    /// Makes a folder in /tmp, where every account may enter.
    pub fn new(purpose: &str) -> TestFolder {
        let random = RandomState::new().hash_one(purpose);
        let path = PathBuf::from(format!("/tmp/rost-test-{purpose}-{random:016x}"));
        std::fs::create_dir(&path).unwrap();
        TestFolder { path }
    }

    /// A path inside; nothing is made there.
    pub fn join(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for TestFolder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.path);
    }
}

/// Kills the database of a cluster's folder as hard as can be, and returns when it is dead.
pub fn kill_postgres(cluster: &Path) {
    let file = std::fs::read_to_string(cluster.join("data/postmaster.pid")).unwrap();
    let number = file.lines().next().unwrap();
    assert!(Command::new("kill").args(["-KILL", number]).status().unwrap().success());
    // The signal is delivered in its own time; the dying process may still answer.
    while UnixStream::connect(cluster.join("socket/.s.PGSQL.5432")).is_ok() {
        std::thread::yield_now();
    }
}
