//! A folder that a test has to itself.

use std::hash::{BuildHasher, RandomState};
use std::path::{Path, PathBuf};

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
