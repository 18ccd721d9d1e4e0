//! The same work on the bare database: pgbench with prepared statements, in the same run.

use std::path::Path;
use std::process::Command;

/// What pgbench reports for a script.
pub struct Bare {
    pub per_second: f64,
}

/// Runs a script for `seconds` over `connections`.
pub fn measure(pgbench: &Path, url: &str, script: &str, connections: usize, seconds: u64) -> Bare {
    let file = std::env::temp_dir().join(format!("rost-bench-{}.sql", std::process::id()));
    std::fs::write(&file, script).expect("a temporary file");
    let output = Command::new(pgbench)
        .args([
            "-n",
            "-M",
            "prepared",
            "-j",
            "1",
            "-c",
            &connections.to_string(),
            "-T",
            &seconds.to_string(),
            "-f",
        ])
        .arg(&file)
        .arg(url)
        .output()
        .expect("pgbench runs");
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "pgbench: {}", String::from_utf8_lossy(&output.stderr));
    let number = |label: &str| -> f64 {
        let line = text.lines().find_map(|line| line.strip_prefix(label)).expect("a line of the report");
        line.trim_start_matches([' ', '='])
            .split_whitespace()
            .next()
            .expect("a number")
            .parse()
            .expect("a number")
    };
    Bare { per_second: number("tps") }
}
