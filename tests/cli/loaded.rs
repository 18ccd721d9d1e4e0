//! The demo data, loaded once for a build of the program: each test takes a copy of what that server left behind.

use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::running::Running;
use crate::support::TestFolder;

/// A server with the demo data in a folder of its own.
pub fn demo(folder: &TestFolder, more: &[&str]) -> Running {
    copy(&loaded(), &folder.join("data"));
    started(folder, more)
}

/// The same, of a server that loads the demo itself.
pub fn started(folder: &TestFolder, more: &[&str]) -> Running {
    symlink(demo_files(), folder.join("demo")).unwrap();
    Running::start(folder, &[&["--demo"], more].concat())
}

/// The data of a server that has loaded the demo and ended. The first who asks makes it, the others wait.
fn loaded() -> PathBuf {
    let all = Path::new(env!("CARGO_TARGET_TMPDIR")).join("demo-loaded");
    fs::create_dir_all(&all).unwrap();
    let lock = File::create(all.join("lock")).unwrap();
    lock.lock().unwrap();
    let known = all.join(digest());
    if !known.exists() {
        for old in fs::read_dir(&all).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir())
        {
            fs::remove_dir_all(old).unwrap();
        }
        let folder = TestFolder::new("cli-demo");
        drop(started(&folder, &[]));
        // Under its name only when it is whole.
        copy(&folder.join("data"), &all.join("draft"));
        fs::rename(all.join("draft"), &known).unwrap();
    }
    known
}

fn demo_files() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("demo")
}

/// Another program and other files of the demo make other data.
fn digest() -> String {
    let mut digest = DefaultHasher::new();
    let mut left = vec![PathBuf::from(env!("CARGO_BIN_EXE_rost")), demo_files()];
    while let Some(path) = left.pop() {
        let metadata = fs::metadata(&path).unwrap();
        if metadata.is_dir() {
            left.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else {
            (&path, metadata.len(), metadata.modified().unwrap()).hash(&mut digest);
        }
    }
    format!("{:016x}", digest.finish())
}

/// With owners and rights: a database is particular about them.
fn copy(from: &Path, to: &Path) {
    assert!(Command::new("cp").arg("-a").args([from, to]).status().unwrap().success());
}
