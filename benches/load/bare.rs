//! The same work on the bare database: pgbench with prepared statements, in the same run.

use std::path::Path;
use std::process::Command;

/// What a run of a script gave.
pub struct Measured {
    pub per_second: f64,
    pub transactions: usize,
}

/// Runs a script over `connections`.
pub fn measure(pgbench: &Path, url: &str, script: &str, connections: usize, seconds: u64) -> Measured {
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
    let number = |prefix: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(prefix)).expect("a line of the report");
        line.split(['/', ' ']).next().expect("a number").parse::<f64>().expect("a number")
    };
    Measured {
        per_second: number("tps = "),
        transactions: number("number of transactions actually processed: ") as usize,
    }
}
