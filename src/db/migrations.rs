//! The migrations, embedded in the binary and run by the owner of the tables.

use diesel::migration::{Migration, MigrationSource};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};
use diesel_async::async_connection_wrapper::AsyncConnectionWrapper;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::Conn;
use crate::error::{Error, Result};

/// Every migration of the product.
pub const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");

/// Brings the database to the newest schema; returns the versions applied. Blocking: call it off the runtime.
pub fn run_pending(owner_url: &str) -> Result<Vec<String>> {
    let mut conn = connect(owner_url)?;
    let applied = conn.run_pending_migrations(MIGRATIONS).map_err(Error::internal)?;
    let applied: Vec<String> = applied.iter().map(ToString::to_string).collect();
    // Where a copy of the database has come to another server, the feed of changes goes on behind what came along.
    let counting = diesel::sql_query("select rost_begin_change_epoch()");
    diesel::RunQueryDsl::execute(counting, &mut conn)?;
    Ok(applied)
}

/// Names of the migrations that the database has not seen yet. It only reads, so the runtime role may ask; diesel's own
/// question makes its table first, which only an owner may. Blocking: call it off the runtime.
pub fn pending(url: &str) -> Result<Vec<String>> {
    let mut conn = connect(url)?;
    let table = "select to_regclass('__diesel_schema_migrations')::text as version";
    let table: Newest = diesel::RunQueryDsl::get_result(diesel::sql_query(table), &mut conn)?;
    let applied: Vec<Newest> = match table.version {
        Some(_) => {
            let versions =
                diesel::sql_query("select version::text as version from __diesel_schema_migrations");
            diesel::RunQueryDsl::load(versions, &mut conn)?
        }
        None => Vec::new(),
    };
    let known: Vec<String> = applied.into_iter().filter_map(|row| row.version).collect();
    let migrations: Vec<Box<dyn Migration<Pg>>> = MIGRATIONS.migrations().map_err(Error::internal)?;
    let names = migrations.iter().map(|migration| migration.name());
    let mut missing: Vec<String> =
        names.filter(|name| !known.contains(&name.version().to_string())).map(ToString::to_string).collect();
    missing.sort();
    Ok(missing)
}

/// Takes every migration back; for tests and for starting over. Blocking.
pub fn revert_all(owner_url: &str) -> Result<()> {
    let mut conn = connect(owner_url)?;
    conn.revert_all_migrations(MIGRATIONS).map_err(Error::internal)?;
    Ok(())
}

fn connect(owner_url: &str) -> Result<AsyncConnectionWrapper<AsyncPgConnection>> {
    // The wrapper brings a runtime of its own, so this must not run on a worker of the server.
    diesel::Connection::establish(owner_url).map_err(Error::internal)
}

/// The version the binary expects.
pub(super) fn newest_embedded() -> String {
    let migrations: Vec<Box<dyn Migration<Pg>>> = MIGRATIONS.migrations().unwrap_or_default();
    migrations.iter().map(|migration| migration.name().version().to_string()).max().unwrap_or_default()
}

/// One answer about versions.
#[derive(QueryableByName)]
struct Newest {
    #[diesel(sql_type = Nullable<Text>)]
    version: Option<String>,
}

/// The version the database stands at.
pub(super) async fn newest_applied(conn: &Conn) -> Result<String> {
    let newest: Newest = diesel::sql_query("select max(version) as version from __diesel_schema_migrations")
        .get_result(&mut &*conn)
        .await?;
    Ok(newest.version.unwrap_or_default())
}
