//! CPU time as Linux accounts it: unlike rates it hardly depends on what else the machine is doing.

use std::path::Path;

/// CPU time used so far, in microseconds.
#[derive(Clone, Copy, Default)]
pub struct Used {
    /// By this process: API and load generator.
    pub own: u64,
    /// By its children that have ended: pgbench.
    pub children: u64,
    /// By the database.
    pub database: u64,
}

impl Used {
    /// What has been used by now; zeros where the system does not tell.
    pub fn now(cluster: &Path) -> Self {
        let own = times("self").unwrap_or_default();
        Self { own: own.0, children: own.1, database: database(cluster).unwrap_or_default() }
    }

    /// Microseconds of everybody since then, for each of `count` requests.
    pub fn since(self, before: Self, count: usize) -> f64 {
        let spent = |now: u64, then: u64| now.saturating_sub(then) as f64;
        let total = spent(self.own, before.own)
            + spent(self.children, before.children)
            + spent(self.database, before.database);
        total / count.max(1) as f64
    }
}

/// The postmaster, its children that have ended, and those that live.
fn database(cluster: &Path) -> Option<u64> {
    let file = std::fs::read_to_string(cluster.join("data/postmaster.pid")).ok()?;
    let postmaster = file.lines().next()?.trim().to_owned();
    let (own, ended) = times(&postmaster)?;
    let living: u64 = std::fs::read_dir("/proc")
        .ok()?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| fields(name).is_some_and(|fields| fields.get(1) == Some(&postmaster)))
        .filter_map(|pid| times(&pid))
        .map(|(own, _)| own)
        .sum();
    Some(own + ended + living)
}

/// User and system time of a process, and of its children that have ended.
fn times(pid: &str) -> Option<(u64, u64)> {
    let fields = fields(pid)?;
    let ticks = |index: usize| fields.get(index)?.parse::<u64>().ok();
    // The kernel counts in hundredths of a second.
    let microseconds = |ticks: u64| ticks * 10_000;
    Some((microseconds(ticks(11)? + ticks(12)?), microseconds(ticks(13)? + ticks(14)?)))
}

/// The fields of `/proc/<pid>/stat` from the state on: the name before them may hold anything.
fn fields(pid: &str) -> Option<Vec<String>> {
    let text = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let (_, rest) = text.rsplit_once(')')?;
    Some(rest.split_whitespace().map(str::to_owned).collect())
}
