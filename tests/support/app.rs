//! A server of its own for each test: a free port on loopback, a clone of the template database, a fixed clock.

use std::collections::HashSet;
use std::net::TcpListener;
use std::time::UNIX_EPOCH;

use actix_web::dev::ServerHandle;
use chrono::{DateTime, Duration, NaiveDate, Utc};
use rost::accounts::{Claims, GrantClaim};
use rost::app::{AppState, SharedState, share};
use rost::clock::Clock;
use rost::config::Config;
use rost::db::{DbSettings, migrations};
use rost::http::Metrics;
use uuid::Uuid;

use super::client::Client;
use super::database::TestDatabase;
use super::folder::TestFolder;
use super::owner::Owner;
use super::world;

/// The moment at which every test begins, unless it says otherwise.
pub const NOW: &str = "2026-03-02T06:00:00Z";

/// A running server with the small world of [`world`] in its database.
pub struct TestApp {
    address: String,
    state: SharedState,
    handle: ServerHandle,
    thread: Option<std::thread::JoinHandle<()>>,
    pub database: TestDatabase,
    owner: Owner,
    _folder: TestFolder,
}

impl TestApp {
    /// Starts a server.
    pub fn start() -> Self {
        Self::with(|_| None)
    }

    /// Starts a server with these settings.
    pub fn with(settings: impl Fn(&str) -> Option<String>) -> Self {
        let database = clone_world();
        let folder = TestFolder::new("app");
        let data = folder.path().join("data").display().to_string();
        let config = Config::from_lookup(|name| match name {
            "ROST_DATA" => Some(data.clone()),
            "ROST_WORKERS" => Some("1".to_owned()),
            _ => settings(name),
        })
        .unwrap();
        let url = database.owner_url();
        let owner = Owner::new(url.clone());
        let db = DbSettings {
            url: url.clone(),
            read_url: url,
            write_connections: 8,
            snapshot_connections: 2,
            read_pipes: 1,
        };
        let clock = Clock::fixed(NOW.parse().unwrap());
        let state = share(AppState::new(config, clock, db).unwrap());
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let shared = state.clone();
        let (sender, receiver) = std::sync::mpsc::channel();
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let server = rost::server::start(listener, shared, Metrics::new().unwrap()).unwrap();
                sender.send(server.handle()).unwrap();
                server.await.unwrap();
            });
        });
        let handle = receiver.recv().unwrap();
        Self { address, state, handle, thread: Some(thread), database, owner, _folder: folder }
    }

    /// Where the server listens, for what is below HTTP.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// A client without a token.
    pub fn anonymous(&self) -> Client {
        Client::new(&self.address, None)
    }

    /// A client of a person or service of the world, by name.
    pub fn persona(&self, name: &str) -> Client {
        Client::new(&self.address, Some(self.token(name)))
    }

    /// A client with any token.
    pub fn with_token(&self, token: &str) -> Client {
        Client::new(&self.address, Some(token.to_owned()))
    }

    /// A fresh access token of a persona.
    pub fn token(&self, name: &str) -> String {
        self.state.identity.keys().sign(&self.claims(name)).unwrap()
    }

    /// What the token of a persona says.
    pub fn claims(&self, name: &str) -> Claims {
        let persona = world::persona(name);
        let now = self.now().timestamp();
        Claims {
            sub: persona.account_id(),
            iss: "rost".to_owned(),
            aud: "rost-api".to_owned(),
            iat: now,
            exp: now + 900,
            jti: rost::ids::new_id(),
            sid: None,
            grants: persona
                .grants()
                .into_iter()
                .map(|(role, level, organization)| GrantClaim { role, level, organization })
                .collect(),
        }
    }

    /// What the process shares, for what HTTP does not show.
    pub fn state(&self) -> &SharedState {
        &self.state
    }

    /// The moment of the server.
    pub fn now(&self) -> DateTime<Utc> {
        self.state.clock.now()
    }

    /// Today in UTC.
    pub fn today(&self) -> NaiveDate {
        self.now().date_naive()
    }

    /// Lets days pass.
    pub fn days_pass(&self, days: i64) {
        self.state.clock.advance(Duration::days(days));
    }

    /// Lets seconds pass.
    pub fn seconds_pass(&self, seconds: i64) {
        self.state.clock.advance(Duration::seconds(seconds));
    }

    /// The id of an organization of the world.
    pub fn organization(&self, name: &str) -> Uuid {
        world::organization(name)
    }

    /// The id of a person of the world.
    pub fn person(&self, name: &str) -> Uuid {
        world::persona(name).person_id().unwrap()
    }

    /// Runs SQL as the owner of the tables: for guards and for what no endpoint does.
    pub fn db_execute(&self, sql: &str) -> Result<(), tokio_postgres::Error> {
        self.owner.execute(sql)
    }

    /// The first column of the first row as text.
    pub fn db_text(&self, sql: &str) -> String {
        let texts = self.owner.texts(&format!("select ({sql})::text")).unwrap();
        texts.into_iter().next().unwrap()
    }
}

impl TestApp {
    /// Design §9: one transaction audits what it changes. Asked of every test, at its end.
    fn assert_audited(&self) {
        // A test of faults may have taken the database away.
        let traced = self.owner.texts("select distinct request_id from audit_events").ok();
        let traced = traced.map(HashSet::from_iter);
        let untraced = traced.map(|traced| super::changes::untraced(&self.address, &traced));
        assert_eq!(
            untraced.unwrap_or_default(),
            Vec::<String>::new(),
            "changes without a row in the audit log"
        );
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.assert_audited();
        }
        on_runtime(self.handle.stop(true));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// A clone of the migrated database with the small world in it.
pub fn clone_world() -> TestDatabase {
    on_runtime(TestDatabase::create(&binary_digest(), async |owner_url: &str| {
        let url = owner_url.to_owned();
        let migrated = std::thread::spawn(move || migrations::run_pending(&url)).join();
        migrated.unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
        let client = super::database::connect(owner_url).await?;
        client.batch_execute(&world::sql()).await?;
        Ok(())
    }))
    .unwrap()
}

/// Lets another process go on for a while before it is asked again.
pub fn pause(time: std::time::Duration) {
    on_runtime(async { tokio::time::sleep(time).await });
}

/// Runs a future to its end on a runtime of its own.
pub fn on_runtime<T>(future: impl std::future::Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

/// Migrations and world are compiled into the test binary, so a new binary means a new template.
fn binary_digest() -> String {
    let metadata = std::env::current_exe().unwrap().metadata().unwrap();
    let modified = metadata.modified().unwrap().duration_since(UNIX_EPOCH).unwrap();
    format!("{:x}_{:x}", metadata.len(), modified.as_nanos())
}
