//! Every change that a test makes over HTTP leaves its trace in the audit log: looked up when the test's server stops.

use std::collections::{HashMap, HashSet};
use std::sync::{LazyLock, Mutex};

/// A change that worked.
struct Change {
    what: String,
    /// Of the request that made it and of its repeats, which get the stored answer: nobody knows who of twins was first.
    request_ids: Vec<String>,
}

/// What has worked at a server, by the idempotency key, or by the id of the only request.
type Worked = HashMap<String, Change>;

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
    let change = here
        .entry(key.unwrap_or(request_id).to_owned())
        .or_insert_with(|| Change { what: format!("{method} {path}"), request_ids: Vec::new() });
    change.request_ids.push(request_id.to_owned());
}

/// What was changed at that address without a row whose request id is among these.
pub fn untraced(address: &str, traced: &HashSet<String>) -> Vec<String> {
    let worked = WORKED.lock().unwrap().remove(address).unwrap_or_default();
    let is_traced = |change: &Change| change.request_ids.iter().any(|id| traced.contains(id));
    worked.into_values().filter(|change| !is_traced(change)).map(|change| change.what).collect()
}
