//! Every change that a test makes over HTTP leaves its trace in the audit log: looked up when the test's server stops.

use std::collections::{HashMap, HashSet};
use std::sync::{LazyLock, Mutex};

/// What has worked at a server.
#[derive(Default)]
struct Worked {
    keys: HashSet<String>,
    changes: Vec<(String, String)>,
}

/// By the address of the server.
static WORKED: LazyLock<Mutex<HashMap<String, Worked>>> = LazyLock::new(Mutex::default);

/// Remembers a change that worked: its request id, and what it was.
pub fn record(address: &str, method: &str, path: &str, key: Option<&str>, request_id: Option<&str>) {
    // Tokens have a table of their own, a dry run and a question with a body change nothing.
    let changes = !matches!(method, "GET" | "HEAD" | "OPTIONS")
        && !path.starts_with("/api/v1/auth/")
        && !path.ends_with("/hours-balance-forecast")
        && !path.contains("dry_run=true");
    let Some(request_id) = request_id.filter(|_| changes) else { return };
    let mut worked = WORKED.lock().unwrap();
    let here = worked.entry(address.to_owned()).or_default();
    // A repeat gets the stored answer and does nothing.
    if key.is_none_or(|key| here.keys.insert(key.to_owned())) {
        here.changes.push((request_id.to_owned(), format!("{method} {path}")));
    }
}

/// What was changed at that address without a row whose request id is among these.
pub fn untraced(address: &str, traced: &HashSet<String>) -> Vec<String> {
    let worked = WORKED.lock().unwrap().remove(address).unwrap_or_default();
    worked.changes.into_iter().filter(|(id, _)| !traced.contains(id)).map(|(_, change)| change).collect()
}
