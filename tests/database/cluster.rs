//! The private cluster of a server.

use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::Path;

use rost::cluster::{Cluster, ClusterError, ClusterOptions, Durability};
use tokio_postgres::Client;

use crate::support::TestFolder;
use crate::support::database::connect;
use crate::support::folder::kill_postgres;

fn start(folder: &Path) -> Cluster {
    Cluster::start(folder, Durability::Durable, &ClusterOptions::default()).unwrap()
}

async fn owner(cluster: &Cluster) -> Client {
    connect(&cluster.owner_url("postgres")).await.unwrap()
}

async fn ask(client: &Client, sql: &str) -> String {
    client.query_one(sql, &[]).await.unwrap().get(0)
}

async fn process(client: &Client) -> String {
    ask(client, "select (regexp_split_to_array(pg_read_file('postmaster.pid'), '\\n'))[1]").await
}

fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|found| found.uid() == 0)
}

#[tokio::test]
async fn starts_as_this_user_in_utf8_with_durable_settings() {
    let folder = TestFolder::new("start");
    let cluster = start(&folder.join("db"));
    let client = owner(&cluster).await;

    assert_eq!(ask(&client, "show server_encoding").await, "UTF8");
    assert_eq!(ask(&client, "select upper('щёкот')").await, "ЩЁКОТ");
    assert_eq!(ask(&client, "show listen_addresses").await, "");
    assert_eq!(ask(&client, "show timezone").await, "UTC");
    for name in ["fsync", "synchronous_commit", "full_page_writes", "data_checksums"] {
        assert_eq!(ask(&client, &format!("show {name}")).await, "on", "{name}");
    }
    let mode = std::fs::metadata(folder.join("db")).unwrap().mode() & 0o777;
    assert_eq!(mode, 0o700, "others must not reach the socket, where everybody is trusted");
}

#[tokio::test]
async fn root_hands_it_to_another_account() {
    if !is_root() {
        return;
    }
    let folder = TestFolder::new("root");
    let cluster = start(&folder.join("db"));
    let pid = process(&owner(&cluster).await).await;
    assert_ne!(std::fs::metadata(format!("/proc/{pid}")).unwrap().uid(), 0);
}

#[tokio::test]
async fn under_a_closed_folder_of_root_the_data_is_kept_elsewhere_and_found_again() {
    if !is_root() {
        return;
    }
    let folder = TestFolder::new("closed");
    let closed = folder.join("home");
    std::fs::DirBuilder::new().mode(0o700).create(&closed).unwrap();
    let throwaway = || {
        let options = ClusterOptions::default();
        Cluster::start(&closed.join("db"), Durability::Throwaway, &options).unwrap()
    };

    let cluster = throwaway();
    cluster.ensure_database("rost").unwrap();
    cluster.stop().unwrap();
    let kept = std::fs::read_to_string(closed.join("db/kept-elsewhere")).unwrap();
    let cluster = throwaway();
    let client = owner(&cluster).await;
    let found = "select count(*)::text from pg_database where datname = 'rost'";
    assert_eq!(ask(&client, found).await, "1");
    cluster.stop().unwrap();
    std::fs::remove_dir_all(kept).unwrap();
}

#[test]
fn a_second_server_on_the_folder_is_refused() {
    let folder = TestFolder::new("second");
    let first = start(&folder.join("db"));
    let second = Cluster::start(&folder.join("db"), Durability::Durable, &ClusterOptions::default());
    let refusal = second.unwrap_err();
    assert!(matches!(refusal, ClusterError::Busy { .. }), "{refusal}");
    assert!(refusal.to_string().contains("another server is using"), "{refusal}");
    first.stop().unwrap();
}

#[test]
fn a_folder_with_other_files_is_refused_untouched() {
    let folder = TestFolder::new("other");
    std::fs::write(folder.join("letter.txt"), "dear").unwrap();
    let before = std::fs::metadata(folder.path()).unwrap().mode();
    let refusal = Cluster::start(folder.path(), Durability::Durable, &ClusterOptions::default()).unwrap_err();
    assert!(matches!(refusal, ClusterError::NotOurs { .. }), "{refusal}");
    assert_eq!(std::fs::metadata(folder.path()).unwrap().mode(), before);
}

#[tokio::test]
async fn after_a_crash_of_the_server_the_running_database_is_adopted() {
    let folder = TestFolder::new("adopt");
    let cluster = start(&folder.join("db"));
    let before = process(&owner(&cluster).await).await;
    // What the operating system leaves of a killed server: no lock, and PostgreSQL still there.
    cluster.detach();

    let cluster = start(&folder.join("db"));
    assert_eq!(process(&owner(&cluster).await).await, before);
    cluster.stop().unwrap();
}

#[tokio::test]
async fn a_throwaway_database_is_not_adopted_as_a_durable_one() {
    let folder = TestFolder::new("promote");
    Cluster::start(&folder.join("db"), Durability::Throwaway, &ClusterOptions::default()).unwrap().detach();
    let cluster = start(&folder.join("db"));
    assert_eq!(ask(&owner(&cluster).await, "show fsync").await, "on");
}

#[tokio::test]
async fn after_a_crash_of_the_database_too_it_starts_with_its_data() {
    let folder = TestFolder::new("crash");
    let cluster = start(&folder.join("db"));
    let client = owner(&cluster).await;
    client.batch_execute("create table kept as select 7 as number").await.unwrap();
    let pid = process(&client).await;
    kill_postgres(&folder.join("db"));
    cluster.detach();
    // Its number now belongs to a process that is alive and has nothing to do with it.
    let file = folder.join("db/data/postmaster.pid");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replacen(&pid, &std::process::id().to_string(), 1)).unwrap();

    let cluster = start(&folder.join("db"));
    assert_eq!(ask(&owner(&cluster).await, "select number::text from kept").await, "7");
}

#[tokio::test]
async fn data_survives_a_stop_and_a_start() {
    let folder = TestFolder::new("keep");
    let cluster = start(&folder.join("db"));
    cluster.ensure_database("rost").unwrap();
    cluster.ensure_database("rost").unwrap();
    let client = connect(&cluster.owner_url("rost")).await.unwrap();
    client.batch_execute("create table kept as select 'рост' as word").await.unwrap();
    cluster.stop().unwrap();
    assert!(!folder.join("db/data/postmaster.pid").exists(), "the server is gone");

    let cluster = start(&folder.join("db"));
    let client = connect(&cluster.owner_url("rost")).await.unwrap();
    assert_eq!(ask(&client, "select word from kept").await, "рост");
}

#[tokio::test]
async fn a_folder_with_spaces_quotes_and_a_long_path_works() {
    let folder = TestFolder::new("odd");
    let deep = folder.join(&format!("мой \"дом\", $HOME `x` it's/{}", "d".repeat(90)));
    std::fs::create_dir_all(&deep).unwrap();
    let cluster = start(&deep.join("db"));
    assert_eq!(ask(&owner(&cluster).await, "show port").await, "5432");
    cluster.stop().unwrap();
    start(&deep.join("db")).stop().unwrap();
    let socket = std::fs::read_to_string(deep.join("db/socket-elsewhere")).unwrap();
    std::fs::remove_dir(socket).unwrap();

    let near = folder.join("a b, \"c\" it's");
    let cluster = start(&near);
    assert_eq!(ask(&owner(&cluster).await, "show port").await, "5432");
}

#[tokio::test]
async fn it_runs_in_a_session_of_its_own_which_ctrl_c_does_not_reach() {
    let session = |pid: &str| -> String {
        let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
        let after_name = stat.rsplit_once(')').unwrap().1.to_owned();
        after_name.split_whitespace().nth(3).unwrap().to_owned()
    };
    if !Path::new("/proc/self/stat").exists() {
        return;
    }
    let folder = TestFolder::new("session");
    let cluster = start(&folder.join("db"));
    let pid = process(&owner(&cluster).await).await;
    assert_ne!(session(&pid), session("self"));
}

#[test]
fn a_name_that_needs_quotes_is_refused() {
    let folder = TestFolder::new("name");
    let cluster = start(&folder.join("db"));
    let refusal = cluster.ensure_database("a'; drop database postgres").unwrap_err();
    assert!(matches!(refusal, ClusterError::DatabaseName(_)), "{refusal}");
}
