//! The walk of `demo/walk.sh`, played against the demo data, so that neither can rot.

use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use super::running::Running;
use crate::support::TestFolder;

/// A server with the demo data in a folder of its own.
pub fn demo(folder: &TestFolder, more: &[&str]) -> Running {
    symlink(Path::new(env!("CARGO_MANIFEST_DIR")).join("demo"), folder.join("demo")).unwrap();
    Running::start(folder, &[&["--demo"], more].concat())
}

/// P0-17, P0-42, P4-12: from a deficit to a met norm under P4 and P0, twice: the second time tells what has become of it.
#[test]
fn two_teachers_walk_from_a_deficit_to_a_counted_hour() {
    let folder = TestFolder::new("cli-walk");
    let server = demo(&folder, &[]);
    for _ in 0..2 {
        let output = Command::new("bash")
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("demo/walk.sh"))
            .env("ROST_URL", &server.address)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
        assert!(said.contains("\"status\":\"met\",\"required\":72.0,\"counted\":72.0"), "{said}");
    }
}
