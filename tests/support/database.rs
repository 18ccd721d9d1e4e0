//! A database of its own for each test: a clone of a migrated template on the shared throw-away cluster.
//!
//! `TEST_DATABASE_URL` names another server to use (its role must be a superuser there); `KEEP_DB=1` keeps
//! the database of every test and prints its address, which a failing test does in any case.

use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher, RandomState};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use rost::cluster::{ClusterOptions, SharedCluster};
use tokio_postgres::error::SqlState;
use tokio_postgres::{Client, NoTls};

use super::folder::{MEMORY, memory_has_room};

/// Any failure while a database is made.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Only one process at a time makes templates.
const LOCK: i64 = 0x726f_7374;
const HOUR: u64 = 3600;
const DAY: u64 = 24 * HOUR;

/// The server that test databases live on.
#[derive(Clone)]
enum Server {
    Shared(SharedCluster),
    /// The address before and after the name of the database.
    Given(String, String),
}

/// A database that is dropped with this value.
pub struct TestDatabase {
    server: Server,
    name: String,
}

impl TestDatabase {
    /// Clones the template with this digest. If there is none, `migrate` is called with the owner's address of
    /// an empty database and makes it; it must have closed its connections when it returns.
    pub async fn create(
        template_digest: &str,
        migrate: impl AsyncFnOnce(&str) -> Result<(), Failure>,
    ) -> Result<TestDatabase, Failure> {
        let server = Server::find()?;
        let client = connect(&server.url("postgres", "postgres")).await?;
        let template = format!("tpl_{template_digest}");
        let name = unique("t");
        match clone(&client, &template, &name).await {
            Err(refusal) if refusal.code() == Some(&SqlState::INVALID_CATALOG_NAME) => {
                client.execute("select pg_advisory_lock($1)", &[&LOCK]).await?;
                if !exists(&client, &template).await? {
                    sweep(&client).await?;
                    build(&client, &server, &template, migrate).await?;
                }
                // Still under the lock: nobody can sweep the template away before it is cloned.
                clone(&client, &template, &name).await?;
                client.execute("select pg_advisory_unlock($1)", &[&LOCK]).await?;
            }
            outcome => outcome?,
        }
        Ok(TestDatabase { server, name })
    }

    /// The name of the database.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its address for the owner of everything.
    pub fn owner_url(&self) -> String {
        self.url("postgres")
    }

    /// Its address for a role; on the shared cluster no password is asked.
    pub fn url(&self, role: &str) -> String {
        self.server.url(role, &self.name)
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        if std::thread::panicking() || keeps_databases() {
            eprintln!("the database of this test is kept: {}", self.owner_url());
            return;
        }
        let (url, name) = (self.server.url("postgres", "postgres"), self.name.clone());
        // The test's own runtime cannot wait here, so another thread brings its own.
        let dropped = std::thread::spawn(move || -> Result<(), Failure> {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(async {
                let client = connect(&url).await?;
                drop_database(&client, &name).await
            })
        });
        if let Ok(Err(failure)) = dropped.join() {
            eprintln!("the database {} of this test was left behind: {failure}", self.name);
        }
    }
}

impl Server {
    fn find() -> Result<Server, Failure> {
        let Some(url) = variable("TEST_DATABASE_URL") else {
            let folder = shared_folder();
            return Ok(Server::Shared(SharedCluster::join(&folder, &ClusterOptions::default())?));
        };
        let (address, parameters) = url.split_once('?').unwrap_or((&url, ""));
        let (scheme, rest) =
            address.split_once("//").ok_or("TEST_DATABASE_URL must be like postgresql://…")?;
        let host = rest.split('/').next().unwrap_or_default();
        Ok(Server::Given(format!("{scheme}//{host}"), parameters.to_owned()))
    }

    /// The role `postgres` stands for the owner, which is the given role on a given server.
    fn url(&self, role: &str, database: &str) -> String {
        match self {
            Server::Shared(cluster) => cluster.url(role, database),
            Server::Given(address, parameters) if role == "postgres" => {
                format!("{address}/{database}?{parameters}")
            }
            Server::Given(address, parameters) => {
                let (scheme, rest) = address.split_once("//").unwrap_or(("", address));
                let host = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
                format!("{scheme}//{role}@{host}/{database}?{parameters}")
            }
        }
    }
}

/// Whether every test's database is to be kept.
pub fn keeps_databases() -> bool {
    variable("KEEP_DB").is_some_and(|value| value == "1")
}

/// The folder of the cluster that all tests of this working copy share: in memory where the machine has room for it,
/// since each test makes and deletes the 1,600 files of a database; else `target/test-cluster`.
pub fn shared_folder() -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let target = target.parent().unwrap_or(target);
    let in_memory = Path::new(MEMORY).join(format!("rost-tests-{:016x}", hash(target)));
    if in_memory.exists() || memory_has_room() { in_memory } else { target.join("test-cluster") }
}

/// The same number for the same path, in every process of a run.
fn hash(path: &Path) -> u64 {
    BuildHasherDefault::<DefaultHasher>::default().hash_one(path)
}

/// Opens a connection that lives as long as the runtime of the caller.
pub async fn connect(url: &str) -> Result<Client, tokio_postgres::Error> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
    tokio::spawn(async move {
        let _ = connection.await;
    });
    Ok(client)
}

async fn clone(client: &Client, template: &str, name: &str) -> Result<(), tokio_postgres::Error> {
    client.batch_execute(&format!("create database {name} template {template} strategy file_copy")).await
}

/// Makes the template under another name first, so that a half-made one is never cloned.
async fn build(
    client: &Client,
    server: &Server,
    template: &str,
    migrate: impl AsyncFnOnce(&str) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let draft = unique("draft");
    client.batch_execute(&format!("create database {draft}")).await?;
    migrate(&server.url("postgres", &draft)).await?;
    let cut = "select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = $1";
    client.execute(cut, &[&draft]).await?;
    let comment = format!("comment on database {draft} is '{}'", now());
    client.batch_execute(&comment).await?;
    client.batch_execute(&format!("alter database {draft} allow_connections false")).await?;
    client.batch_execute(&format!("alter database {draft} rename to {template}")).await?;
    Ok(())
}

/// Drops what killed runs and earlier versions of the schema left behind.
async fn sweep(client: &Client) -> Result<(), Failure> {
    let all = "select datname::text, shobj_description(oid, 'pg_database') from pg_database";
    for row in client.query(all, &[]).await? {
        let (name, comment): (String, Option<String>) = (row.get(0), row.get(1));
        let made = |text: &str| text.parse::<u64>().unwrap_or(0);
        let old = if name.starts_with("tpl_") {
            now() > made(comment.as_deref().unwrap_or_default()) + DAY
        } else if name.starts_with("t_") {
            now() > made(name.split('_').nth(1).unwrap_or_default()) + HOUR
        } else {
            // Only the holder of the lock makes drafts, and that is this process.
            name.starts_with("draft_")
        };
        if old {
            drop_database(client, &name).await?;
        }
    }
    Ok(())
}

async fn exists(client: &Client, name: &str) -> Result<bool, Failure> {
    Ok(client.query_opt("select 1 from pg_database where datname = $1", &[&name]).await?.is_some())
}

async fn drop_database(client: &Client, name: &str) -> Result<(), Failure> {
    Ok(client.batch_execute(&format!("drop database if exists \"{name}\" with (force)")).await?)
}

/// `t_<seconds>_<random>`: the time lets a later run know what is old.
fn unique(prefix: &str) -> String {
    format!("{prefix}_{}_{:016x}", now(), RandomState::new().hash_one(std::process::id()))
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

#[expect(clippy::disallowed_methods, reason = "a test run is configured by its environment")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}
