//! The throw-away cluster that many test processes share.

use std::process::{Child, Command, Stdio};

use rost::cluster::{ClusterOptions, SharedCluster};

use crate::support::TestFolder;
use crate::support::database::{connect, shared_folder};

const FOLDER: &str = "ROST_SHARED_CLUSTER_FOLDER";
const STARTED: &str = "select pg_postmaster_start_time()::text";

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
    let mut seen: Vec<String> = children
        .into_iter()
        .map(|child| {
            let output = child.wait_with_output().unwrap();
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
    let folder = TestFolder::new("eight");
    let shared = folder.join("cluster");

    let seen = starts_seen_by_eight_processes(&shared);
    assert_eq!(seen.len(), 1, "one server for all: {seen:?}");
    assert_eq!(started(&shared).await, seen[0], "it stays when they are gone");

    // A run that was killed hard, with its server: all that is left is files.
    let pid = std::fs::read_to_string(shared.join("data/postmaster.pid")).unwrap();
    let pid = pid.lines().next().unwrap();
    assert!(Command::new("kill").args(["-KILL", pid]).status().unwrap().success());
    let again = starts_seen_by_eight_processes(&shared);
    assert_eq!(again.len(), 1, "one server for all: {again:?}");
    assert_ne!(again, seen);

    let options = ClusterOptions::default();
    assert!(SharedCluster::stop(&shared, &options).unwrap(), "one was running");
    assert!(!SharedCluster::stop(&shared, &options).unwrap(), "none is left");
}

#[tokio::test]
async fn damaged_throwaway_data_is_made_anew() {
    let folder = TestFolder::new("damaged");
    let shared = folder.join("cluster");
    let first = started(&shared).await;
    SharedCluster::stop(&shared, &ClusterOptions::default()).unwrap();
    std::fs::write(shared.join("data/global/pg_control"), "damaged").unwrap();

    assert_ne!(started(&shared).await, first);
    SharedCluster::stop(&shared, &ClusterOptions::default()).unwrap();
}

#[test]
#[ignore = "run by make when the tests are over"]
fn stop_the_shared_cluster() {
    SharedCluster::stop(&shared_folder(), &ClusterOptions::default()).unwrap();
}
