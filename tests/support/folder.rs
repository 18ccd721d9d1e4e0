//! A folder that a test has to itself.

use std::hash::{BuildHasher, RandomState};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// Where Linux keeps files in memory.
pub const MEMORY: &str = "/dev/shm";
/// Kilobytes for the databases of the tests that run at once, and the log of changes.
const MEMORY_NEEDED: u64 = 2 << 20;

/// A fresh folder that is removed at the end.
pub struct TestFolder {
    path: PathBuf,
}

impl TestFolder {
    /// Makes a folder where every account may enter.
    pub fn new(purpose: &str) -> TestFolder {
        let random = RandomState::new().hash_one(purpose);
        let place = if memory_has_room() { MEMORY } else { "/tmp" };
        let path = PathBuf::from(format!("{place}/rost-test-{purpose}-{random:016x}"));
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

/// Whether files may be kept in memory, so that tests need not wait for a disk.
pub fn memory_has_room() -> bool {
    static ANSWER: OnceLock<bool> = OnceLock::new();
    *ANSWER.get_or_init(|| room(MEMORY) >= MEMORY_NEEDED)
}

/// The free kilobytes of a file system; none if there is no such.
fn room(path: &str) -> u64 {
    let report = Command::new("df").args(["-P", "-k", path]).output();
    let text = report.map(|report| String::from_utf8_lossy(&report.stdout).into_owned()).unwrap_or_default();
    let free = text.lines().nth(1).and_then(|line| line.split_whitespace().nth(3));
    free.and_then(|number| number.parse().ok()).unwrap_or_default()
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
