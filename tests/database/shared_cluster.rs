//! The throw-away cluster that many test processes share.

use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};

use rost::cluster::{ClusterOptions, SharedCluster};

use crate::support::TestFolder;
use crate::support::database::{connect, shared_folder};
use crate::support::folder::kill_postgres;

const FOLDER: &str = "ROST_SHARED_CLUSTER_FOLDER";
const STARTED: &str = "select pg_postmaster_start_time()::text";

/// A folder whose server does not outlive the test, even a failing one.
struct Shared {
    folder: TestFolder,
}

impl Shared {
    fn new(purpose: &str) -> Shared {
        Shared { folder: TestFolder::new(purpose) }
    }

    fn path(&self) -> PathBuf {
        self.folder.join("cluster")
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        let _ = SharedCluster::stop(&self.path(), &ClusterOptions::default());
    }
}

async fn started(folder: &std::path::Path) -> String {
    let cluster = SharedCluster::join(folder, &ClusterOptions::default()).unwrap();
    let client = connect(&cluster.owner_url("postgres")).await.unwrap();
    client.query_one(STARTED, &[]).await.unwrap().get(0)
}

/// Runs this very test program once more, for the one test below.
fn another_process(folder: &std::path::Path) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "shared_cluster::one_process_of_many", "--ignored", "--nocapture"]);
    command.env(FOLDER, folder).stdout(Stdio::piped()).spawn().unwrap()
}

#[tokio::test]
#[ignore = "run by the test below, in many processes"]
async fn one_process_of_many() {
    let Some(folder) = std::env::var_os(FOLDER) else {
        return;
    };
    println!("\nstarted={}", started(folder.as_ref()).await);
}

fn starts_seen_by_eight_processes(folder: &std::path::Path) -> Vec<String> {
    let children: Vec<Child> = (0..8).map(|_| another_process(folder)).collect();
    let outputs: Vec<Output> = children.into_iter().map(|child| child.wait_with_output().unwrap()).collect();
    let mut seen: Vec<String> = outputs
        .into_iter()
        .map(|output| {
            let text = String::from_utf8(output.stdout).unwrap();
            let line = text.lines().find_map(|line| line.strip_prefix("started="));
            line.unwrap_or_else(|| panic!("a process failed: {text}")).to_owned()
        })
        .collect();
    seen.dedup();
    seen
}

#[tokio::test]
async fn eight_processes_at_once_share_one_server_and_leave_it_running() {
    let folder = Shared::new("eight");
    let shared = folder.path();

    let seen = starts_seen_by_eight_processes(&shared);
    assert_eq!(seen.len(), 1, "one server for all: {seen:?}");
    assert_eq!(started(&shared).await, seen[0], "it stays when they are gone");

    // A run that was killed hard, with its server: all that is left is files.
    kill_postgres(&shared);
    let again = starts_seen_by_eight_processes(&shared);
    assert_eq!(again.len(), 1, "one server for all: {again:?}");
    assert_ne!(again, seen);

    let options = ClusterOptions::default();
    assert!(SharedCluster::stop(&shared, &options).unwrap(), "one was running");
    assert!(!SharedCluster::stop(&shared, &options).unwrap(), "none is left");
}

#[tokio::test]
async fn damaged_throwaway_data_is_made_anew() {
    let folder = Shared::new("damaged");
    let shared = folder.path();
    let first = started(&shared).await;
    SharedCluster::stop(&shared, &ClusterOptions::default()).unwrap();
    std::fs::write(shared.join("data/global/pg_control"), "damaged").unwrap();

    assert_ne!(started(&shared).await, first);
}

#[test]
#[ignore = "run by make when the tests are over"]
fn stop_the_shared_cluster() {
    let folder = shared_folder();
    SharedCluster::stop(&folder, &ClusterOptions::default()).unwrap();
    // It may lie in memory, which is given back.
    if folder.exists() {
        std::fs::remove_dir_all(folder).unwrap();
    }
}
