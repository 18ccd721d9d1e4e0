//! Migrations: there, back, and there again.

use std::path::PathBuf;
use std::process::Command;

use rost::db::migrations;

use crate::support::TestDatabase;
use crate::support::app::on_runtime;
use crate::support::database::connect;

/// Runs what brings a runtime of its own.
fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    std::thread::spawn(work).join().unwrap()
}

fn migrate(database: &TestDatabase) -> Vec<String> {
    let url = database.owner_url();
    apart(move || migrations::run_pending(&url)).unwrap()
}

/// The newest pg_dump there is: it reads servers of its own version and older ones.
fn pg_dump() -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    let mut programs: Vec<(u32, PathBuf)> = versions
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            let version = path.file_name()?.to_str()?.parse().ok()?;
            Some((version, path.join("bin/pg_dump"))).filter(|(_, program)| program.exists())
        })
        .collect();
    programs.sort();
    programs.pop().map_or_else(|| PathBuf::from("pg_dump"), |(_, program)| program)
}

fn dump(database: &TestDatabase) -> String {
    let output =
        Command::new(pg_dump()).args(["--schema-only", "--dbname", &database.owner_url()]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    // pg_dump guards its output with a random word of its own.
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().filter(|line| !line.contains("restrict ")).collect::<Vec<_>>().join("\n")
}

#[test]
fn down_leaves_nothing_and_up_makes_the_same_again() {
    let database = on_runtime(TestDatabase::create("blank", async |_: &str| Ok(()))).unwrap();
    let applied = migrate(&database);
    assert!(applied.len() >= 10, "{applied:?}");
    assert!(migrate(&database).is_empty(), "nothing is applied twice");
    let first = dump(&database);
    let url = database.owner_url();
    apart(move || migrations::revert_all(&url)).unwrap();
    let left = on_runtime(async {
        let client = connect(&database.owner_url()).await.unwrap();
        let sql = "select relname::text from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'v', 'S')
                   union all select proname::text from pg_proc where pronamespace = 'public'::regnamespace
                   union all select extname::text from pg_extension where extname <> 'plpgsql'";
        client.query(sql, &[]).await.unwrap().iter().map(|row| row.get::<_, String>(0)).collect::<Vec<_>>()
    });
    assert_eq!(left, ["__diesel_schema_migrations"]);
    assert_eq!(migrate(&database).len(), applied.len());
    let second = dump(&database);
    let difference = first.lines().zip(second.lines()).find(|(one, other)| one != other);
    assert!(first == second, "the schema differs after down and up: {difference:?}");
}

/// Data of the newest schema does not keep the migrations from going back: `down` drops what it made.
#[test]
fn down_works_with_data() {
    let database = crate::support::app::clone_world();
    let url = database.owner_url();
    apart(move || migrations::revert_all(&url)).unwrap();
}

/// A server works as a role that owns nothing, and still has to learn whether the schema is the newest.
#[test]
fn the_runtime_role_learns_what_is_pending() {
    let database = on_runtime(TestDatabase::create("pending", async |_: &str| Ok(()))).unwrap();
    let pending = |url: String| apart(move || migrations::pending(&url)).unwrap();
    let all = pending(database.owner_url());
    assert!(all.len() >= 10, "nothing is there yet: {all:?}");
    assert_eq!(migrate(&database).len(), all.len(), "asking has made nothing");
    let owner = database.owner_url();
    let more = if owner.contains('?') { '&' } else { '?' };
    assert_eq!(pending(format!("{owner}{more}options=-crole%3Drost_runtime")), Vec::<String>::new());
}
