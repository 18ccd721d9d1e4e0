//! Transactions of others that stay open while a test looks at who waits for them.

use std::sync::mpsc::{Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::app::{on_runtime, pause};
use super::{TestApp, database};

/// What some SQL has locked, until it is dropped.
pub struct Held {
    release: Option<Sender<()>>,
    holder: Option<JoinHandle<()>>,
}

/// Runs SQL in a transaction that stays open.
pub fn hold(app: &TestApp, lock: &str) -> Held {
    let (url, sql) = (app.database.owner_url(), format!("set application_name to held; begin; {lock}"));
    let (held, is_held) = channel();
    let (release, is_released) = channel::<()>();
    let holder = std::thread::spawn(move || {
        on_runtime(async {
            let client = database::connect(&url).await.unwrap();
            client.batch_execute(&sql).await.unwrap();
            held.send(()).unwrap();
            // An error is the release: the sender is dropped.
            let _ = is_released.recv();
            client.batch_execute("commit").await.unwrap();
        });
    });
    is_held.recv().unwrap();
    Held { release: Some(release), holder: Some(holder) }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.release.take();
        if let Some(holder) = self.holder.take() {
            let _ = holder.join();
        }
    }
}

/// Asks the database until it says yes; what never comes true fails.
pub fn until(app: &TestApp, question: &str) {
    let begun = Instant::now();
    while app.db_text(question) != "true" {
        assert!(begun.elapsed() < Duration::from_secs(60), "still not: {question}");
    }
}

/// Waits until no request is under way, of whoever has left.
pub fn until_idle(app: &TestApp) {
    let begun = Instant::now();
    while app.state().in_flight.available_permits() < app.state().config.max_in_flight {
        assert!(begun.elapsed() < Duration::from_secs(60), "a request is still under way");
        pause(Duration::from_millis(5));
    }
}

/// Whether some transaction waits for what is held here, and not for one of its own kind.
pub const SOMEBODY_WAITS: &str = "select exists (
    select from pg_stat_activity waits join pg_stat_activity holds on holds.pid = any(pg_blocking_pids(waits.pid))
    where waits.datname = current_database() and waits.wait_event_type = 'Lock' and holds.application_name = 'held')";
