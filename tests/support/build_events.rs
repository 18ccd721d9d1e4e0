//! The feed of changes, read as another system reads it.

use std::time::{Duration, Instant};

use serde_json::Value;

use super::app::pause;
use super::held::until;
use super::{Client, TestApp};

pub const FEED: &str = "/api/v1/changes";

/// Transactions of other tests on the same server hold a change back for a moment.
const PATIENCE: Duration = Duration::from_secs(30);

fn wait() {
    pause(Duration::from_millis(50));
}

/// One portion behind that place.
pub fn portion(client: &Client, after: Option<&str>, query: &str) -> Value {
    let after = after.map(|after| format!("&after={after}")).unwrap_or_default();
    client.get(&format!("{FEED}?limit=200{after}{query}")).expect(200).json()
}

/// The end of the feed.
pub fn end(client: &Client) -> String {
    portion(client, None, "")["after"].as_str().unwrap().to_owned()
}

/// What is told of this subject behind that place, as soon as something is.
pub fn told_of(client: &Client, after: &str, id: &str) -> Vec<Value> {
    let began = Instant::now();
    loop {
        let told = portion(client, Some(after), "");
        let about = |change: &&Value| change["subject_id"] == id;
        let found: Vec<Value> = told["changes"].as_array().unwrap().iter().filter(about).cloned().collect();
        if !found.is_empty() {
            return found;
        }
        assert!(began.elapsed() < PATIENCE, "nothing is told of {id}: {told}");
        wait();
    }
}

/// Waits until no transaction holds back what was written until now.
pub fn settled(app: &TestApp) {
    let written = app.db_text("select coalesce(max(xid), 0) from audit_events");
    until(app, &format!("select rost_change_horizon() > {written}"));
}
