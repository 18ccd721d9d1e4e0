//! Large files and a server that is killed, once and again: the run ends by itself, and no row is lost or made twice.

use std::time::{Duration, Instant};

use serde_json::Value;

use super::faults::{director, inn, staff};
use super::loaded::demo;
use super::running::Running;
use crate::support::app::pause;
use crate::support::{Client, TestFolder};

/// Rows of the large file: 2,500 unless `ROST_TEST_IMPORT_ROWS` says otherwise. Before a release it says 100000, and the
/// program is built with `--release`; unoptimised it loads some hundred rows a second.
#[expect(clippy::disallowed_methods, reason = "a switch for whoever runs the tests")]
fn rows() -> usize {
    let said = std::env::var("ROST_TEST_IMPORT_ROWS").ok();
    said.map_or(2_500, |said| said.parse().expect("ROST_TEST_IMPORT_ROWS is a number"))
}

fn load(client: &Client, query: &str, file: &str) -> String {
    let loader = client.header("content-type", "text/csv").header("prefer", "respond-async");
    loader.send("POST", &format!("/api/v1/imports/staff{query}"), Some(file.into())).expect(202).id()
}

fn run(client: &Client, id: &str) -> Value {
    client.get(&format!("/api/v1/import-runs/{id}")).expect(200).json()
}

fn count(run: &Value, name: &str) -> usize {
    usize::try_from(run[name].as_i64().unwrap()).unwrap()
}

/// Waits until the run is as it should be.
fn until(client: &Client, id: &str, what: &str, good: impl Fn(&Value) -> bool) -> Value {
    let begun = Instant::now();
    loop {
        let now = run(client, id);
        if good(&now) {
            return now;
        }
        let ended = ["succeeded", "failed", "cancelled"].contains(&now["state"].as_str().unwrap());
        assert!(!ended && begun.elapsed() < Duration::from_secs(1_800), "still not {what}: {now}");
        pause(Duration::from_millis(50));
    }
}

fn has_ended(run: &Value) -> bool {
    run["state"] == "succeeded"
}

/// design §8: whatever kills the server, the run goes on with the next one from the last portion that was done.
#[test]
fn a_server_killed_again_and_again_loads_every_row_once() {
    let folder = TestFolder::new("cli-import-faults");
    let rows = rows();
    // The newest last: one that was killed is looked after when those after it have ended.
    let mut servers = vec![demo(&folder, &["--set", "ROST_RATE_PER_SECOND=1000000"])];
    let client = director(&servers[0]);
    let file = staff(&inn(&client), rows);
    let id = load(&client, "", &file);
    let mut done = 0;
    for part in [1, 2] {
        let server = servers.last_mut().unwrap();
        let client = director(server);
        let wanted = rows * part / 4;
        until(&client, &id, "far enough", |run| count(run, "rows_total") > wanted.max(done));
        // Somewhere in the middle of a portion.
        pause(Duration::from_millis(rand::random_range(0..500)));
        server.signal("-KILL");
        server.wait();
        servers.push(Running::start(&folder, &["--set", "ROST_RATE_PER_SECOND=1000000"]));
        let now = run(&director(&servers[part]), &id);
        assert!(count(&now, "rows_total") >= done, "what was receipted stands: {now}");
        done = count(&now, "rows_total");
    }
    let client = director(&servers[2]);
    let ended = until(&client, &id, "at its end", has_ended);
    assert_eq!((count(&ended, "rows_created"), count(&ended, "rows_total")), (rows, rows), "{ended}");
    let again = load(&client, "?dry_run=true", &file);
    let repeated = until(&client, &again, "repeated", has_ended);
    assert_eq!(count(&repeated, "rows_unchanged"), rows, "{repeated}");
    while servers.pop().is_some() {}
}

/// Kilobytes of memory, as the system counts them.
fn memory(server: &Running, name: &str) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.id())).unwrap();
    let line = status.lines().find(|line| line.starts_with(name)).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

/// design §8: memory does not grow with the file. A file of a quarter of its rows goes before, so that what any file of such
/// rows needs is there.
#[test]
fn a_file_larger_than_what_is_held_of_it_is_loaded() {
    let folder = TestFolder::new("cli-import-memory");
    let first = demo(&folder, &[]);
    drop(first);
    // The demo was loaded by another process: what this one needs, it needs for serving.
    let server = Running::start(&folder, &["--set", "ROST_RATE_PER_SECOND=1000000"]);
    let client = director(&server);
    let text = staff(&inn(&client), 400);
    let mut lines = text.lines();
    let header = lines.next().unwrap();
    let filler = " ".repeat(150_000);
    let wide: Vec<String> =
        lines.map(|line| format!("{}\n", line.replace(";Анна;", &format!(";Анна{filler};")))).collect();
    let file = |rows: &[String]| format!("{header}\n{}", rows.concat());
    let whole = file(&wide);
    assert!(whole.len() > 55_000_000, "{}", whole.len());
    tried(&client, &file(&wide[..100]), 100);
    let before = memory(&server, "VmHWM:");
    tried(&client, &whole, 400);
    let after = memory(&server, "VmHWM:");
    // The system counts pages in portions: the peak may read a little lower than before.
    assert!(
        after.saturating_sub(before) < 20_000,
        "from {before} to {after} kB for a file of {} kB",
        whole.len() / 1024
    );
}

/// Loads a file for trial; all its rows would be taken.
fn tried(client: &Client, file: &str, rows: usize) {
    let id = load(client, "?dry_run=true", file);
    let ended = until(client, &id, "at its end", has_ended);
    assert_eq!((count(&ended, "rows_total"), count(&ended, "rows_refused")), (rows, 0), "{ended}");
}

/// Two files that overlap, at the same moment: both end, and every row is made by one of them and met by the other.
#[test]
fn two_files_that_overlap_are_both_loaded() {
    let folder = TestFolder::new("cli-import-overlap");
    let server = demo(&folder, &["--set", "ROST_RATE_PER_SECOND=1000000"]);
    let client = director(&server);
    let file = staff(&inn(&client), 900);
    let mut lines: Vec<&str> = file.lines().collect();
    let header = lines.remove(0);
    lines.reverse();
    let part = |lines: &[&str]| format!("{header}\n{}\n", lines.join("\n"));
    let (first, second) = (part(&lines[..600]), part(&lines[300..]));
    let at_once = client.header("content-type", "text/csv");
    let beside = load(&client, "", &first);
    let within = at_once.send("POST", "/api/v1/imports/staff", Some(second.into())).expect(200).json();
    let beside = until(&client, &beside, "at its end", has_ended);
    let sum = |name: &str| count(&within, name) + count(&beside, name);
    assert_eq!(
        [sum("rows_created"), sum("rows_unchanged"), sum("rows_refused")],
        [900, 300, 0],
        "{within} {beside}"
    );
}
