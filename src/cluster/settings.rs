//! The server's configuration, written anew at every start.

use std::fs;
use std::path::Path;

/// How much a cluster's data is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// Every committed transaction survives a loss of power.
    Durable,
    /// As fast as it goes, for tests: the data may be lost with the machine, and is made anew when damaged.
    Throwaway,
}

/// The port gives the socket its name; nothing listens on the network.
pub(super) const PORT: u16 = 5432;

const MEGABYTE: u64 = 1 << 20;

/// The text of the configuration file.
pub(super) fn text(durability: Durability, socket: &str) -> String {
    let memory = memory();
    let socket = format!("\"{}\"", socket.replace('"', "\"\""));
    let mut lines = vec![
        "# Written at every start. Put settings of your own at the end of postgresql.conf.".to_owned(),
        "listen_addresses = ''".to_owned(),
        format!("unix_socket_directories = '{}'", socket.replace('\'', "''")),
        "unix_socket_permissions = 0700".to_owned(),
        format!("port = {PORT}"),
        "max_connections = 200".to_owned(),
        "timezone = 'UTC'".to_owned(),
        "log_timezone = 'UTC'".to_owned(),
        "log_checkpoints = off".to_owned(),
        "jit = off".to_owned(),
        "random_page_cost = 1.1".to_owned(),
        format!("effective_cache_size = {}MB", cache_size(memory)),
    ];
    match durability {
        Durability::Durable => lines.extend([
            format!("shared_buffers = {}MB", buffers(memory)),
            "fsync = on".to_owned(),
            "synchronous_commit = on".to_owned(),
            "full_page_writes = on".to_owned(),
            "# Personal data stays out of the log: no statements, no key values.".to_owned(),
            "log_error_verbosity = terse".to_owned(),
            "log_min_error_statement = panic".to_owned(),
        ]),
        Durability::Throwaway => lines.extend([
            "shared_buffers = 128MB".to_owned(),
            "fsync = off".to_owned(),
            "synchronous_commit = off".to_owned(),
            "full_page_writes = off".to_owned(),
        ]),
    }
    lines.push(String::new());
    lines.join("\n")
}

/// A sixteenth of the memory, between 128 and 512 MB: modest, because the service shares the machine.
fn buffers(memory: Option<u64>) -> u64 {
    (memory.unwrap_or(0) / 16 / MEGABYTE).clamp(128, 512)
}

/// Half of the memory, which the system's file cache may be expected to reach.
fn cache_size(memory: Option<u64>) -> u64 {
    (memory.unwrap_or(0) / 2 / MEGABYTE).max(512)
}

/// The memory of the machine, or of the container when that is less, in bytes.
fn memory() -> Option<u64> {
    let machine = fs::read_to_string(Path::new("/proc/meminfo")).ok().and_then(|text| total_memory(&text));
    let container =
        fs::read_to_string("/sys/fs/cgroup/memory.max").ok().and_then(|text| text.trim().parse().ok());
    [machine, container].into_iter().flatten().min()
}

fn total_memory(meminfo: &str) -> Option<u64> {
    let line = meminfo.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buffers_follow_the_memory_within_limits() {
        assert_eq!(buffers(None), 128);
        assert_eq!(buffers(Some(1024 * MEGABYTE)), 128);
        assert_eq!(buffers(Some(4096 * MEGABYTE)), 256);
        assert_eq!(buffers(Some(65536 * MEGABYTE)), 512);
    }

    #[test]
    fn the_memory_is_read_from_meminfo() {
        assert_eq!(total_memory("MemTotal:        2048 kB\nMemFree: 1 kB\n"), Some(2048 * 1024));
        assert_eq!(total_memory("nothing"), None);
    }

    #[test]
    fn durable_settings_are_on_and_throwaway_ones_off() {
        let durable = text(Durability::Durable, "/s");
        let throwaway = text(Durability::Throwaway, "/s");
        for name in ["fsync", "synchronous_commit", "full_page_writes"] {
            assert!(durable.contains(&format!("\n{name} = on\n")), "{name}");
            assert!(throwaway.contains(&format!("\n{name} = off\n")), "{name}");
        }
    }

    #[test]
    fn a_socket_folder_with_quotes_and_commas_stays_one_folder() {
        let text = text(Durability::Durable, "/it's, \"odd\"");
        assert!(text.contains(r#"unix_socket_directories = '"/it''s, ""odd"""'"#), "{text}");
    }
}
