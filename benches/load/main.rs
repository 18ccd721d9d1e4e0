//! Throughput and latency of the hot endpoints next to the bare database doing the same work, in one run.
//!
//! `make bench` builds a deterministic region once (`ROST_BENCH_SIZE=small|x1|x10`), keeps it in `target/tmp/bench-cluster`, and
//! prints requests a second, latencies and the ratio to pgbench for each case (`ROST_BENCH_CASES=abcdefghilmnopqrs`), by rate and by
//! the CPU time of one request, client included. Quote the ratios: absolute figures belong to the machine. The ratio by
//! CPU time is the one to trust while the machine has other work.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::as_conversions,
    clippy::disallowed_methods,
    reason = "a benchmark ends at the first surprise and is configured by its environment"
)]

mod above;
mod bare;
mod cases;
mod cpu;
mod http;
mod papers;
mod region;
mod routes;

use std::path::Path;

use self::cpu::Used;
use rost::cluster::{Cluster, ClusterOptions, Durability};

/// As in the server.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    log_to_nowhere();
    let setting = |name: &str, default: &str| std::env::var(name).unwrap_or_else(|_| default.to_owned());
    let size = setting("ROST_BENCH_SIZE", "x1");
    let seconds: u64 = setting("ROST_BENCH_SECONDS", "5").parse().expect("a number of seconds");
    let connections: usize =
        setting("ROST_BENCH_CONNECTIONS", "16").parse().expect("a number of connections");

    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench-cluster");
    let cluster =
        Cluster::start(&folder, Durability::Durable, &ClusterOptions::default()).expect("a private cluster");
    let database = format!("bench_{size}");
    cluster.ensure_database(&database).expect("a database");
    let url = cluster.owner_url(&database);
    region::prepare(&url, &size);
    let server = region::serve(&url);
    let pgbench = region::pgbench();

    println!(
        "size {size}, {connections} connections, {seconds} s a case; API with rights, audit and token checks\n"
    );
    println!(
        "{:<34}{:>10}{:>10}{:>10}{:>12}{:>8}{:>10}{:>10}{:>8}",
        "case", "API/s", "p50 ms", "p99 ms", "database/s", "ratio", "CPU µs", "bare µs", "ratio"
    );
    let wanted = setting("ROST_BENCH_CASES", "abcdefghilmnopqrs");
    for case in cases::all(&server, &url)
        .into_iter()
        .filter(|case| case.name.starts_with(|letter| wanted.contains(letter)))
    {
        let cpu = || Used::now(&folder);
        let before = cpu();
        let bare = bare::measure(&pgbench, &url, case.bare, connections, seconds);
        let bare_cpu = cpu().since(before, bare.transactions);
        // The first answers fill caches and prepare statements.
        http::measure(&server.address, connections, 1, |n| (case.request)(usize::MAX / 2 + n));
        let before = cpu();
        let api = http::measure(&server.address, connections, seconds, |n| (case.request)(n));
        let api_cpu = cpu().since(before, api.requests);
        let milliseconds = |duration: std::time::Duration| duration.as_secs_f64() * 1000.0;
        println!(
            "{:<34}{:>10.0}{:>10.2}{:>10.2}{:>12.0}{:>8.2}{:>10.0}{:>10.0}{:>8.2}",
            case.name,
            api.per_second,
            milliseconds(api.p50),
            milliseconds(api.p99),
            bare.per_second,
            api.per_second / bare.per_second,
            api_cpu,
            bare_cpu,
            bare_cpu / api_cpu,
        );
        if api.failures > 0 {
            println!("    {} answers were refusals", api.failures);
        }
    }
    server.stop();
    cluster.stop().expect("the cluster stops");
}

/// Every access line is written as the server writes it, and thrown away.
fn log_to_nowhere() {
    let nowhere = std::fs::OpenOptions::new().write(true).open("/dev/null").expect("/dev/null");
    env_logger::Builder::new()
        .filter_level(log::LevelFilter::Info)
        .target(env_logger::Target::Pipe(Box::new(nowhere)))
        .init();
}
