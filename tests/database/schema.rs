//! What is promised of the schema: comments, indexes, names of constraints, logs, and that `schema.rs` tells the truth.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use tokio_postgres::Client;

use crate::support::TestDatabase;
use crate::support::app::{clone_world, on_runtime};
use crate::support::database::connect;

/// Runs `check` with a connection of the owner to a migrated database.
fn with_schema<T>(check: impl AsyncFn(&Client, &TestDatabase) -> T) -> T {
    let database = clone_world();
    on_runtime(async {
        let client = connect(&database.owner_url()).await.unwrap();
        check(&client, &database).await
    })
}

/// The first column of every row.
async fn column(client: &Client, sql: &str) -> Vec<String> {
    client.query(sql, &[]).await.unwrap().iter().map(|row| row.get(0)).collect()
}

const TABLES: &str = "pg_class c join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public' \
                      and c.relkind in ('r', 'p') and c.relname <> '__diesel_schema_migrations'";

/// Finds nothing, or fails with what was found.
#[track_caller]
fn finds_nothing(what: &str, sql: &str) {
    let found = with_schema(async |client, _| column(client, sql).await);
    assert!(found.is_empty(), "{what}:\n{}", found.join("\n"));
}

#[test]
fn every_table_and_column_has_a_comment() {
    finds_nothing(
        "without a comment",
        &format!(
            "select c.relname || coalesce('.' || a.attname, '') from {TABLES}
             left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
             where obj_description(c.oid, 'pg_class') is null or col_description(c.oid, a.attnum) is null order by 1"
        ),
    );
}

#[test]
fn every_reference_has_an_index() {
    finds_nothing(
        "references without an index that begins with their columns",
        &format!(
            "select f.conrelid::regclass || ': ' || f.conname from pg_constraint f join {TABLES} on c.oid = f.conrelid
             where f.contype = 'f' and not exists (
                 select from pg_index i where i.indrelid = f.conrelid
                 and (i.indkey::int2[])[0:cardinality(f.conkey) - 1] @> f.conkey) order by 1"
        ),
    );
}

#[test]
fn every_moment_has_a_time_zone() {
    finds_nothing(
        "moments without a time zone, or types that hide limits",
        "select table_name || '.' || column_name || ' ' || data_type from information_schema.columns
         where table_schema = 'public' and table_name <> '__diesel_schema_migrations'
         and data_type in ('timestamp without time zone', 'time without time zone', 'money', 'character', 'character varying',
                           'real', 'double precision', 'json')",
    );
}

/// A violated constraint is either something a caller can be told, or a defect of ours: never unknown.
#[test]
fn every_constraint_has_a_meaning() {
    let names = with_schema(async |client, _| {
        column(
            client,
            &format!(
                "select x.conname::text from pg_constraint x join {TABLES} on c.oid = x.conrelid where x.contype not in ('n', 't')
                 union select i.indexrelid::regclass::text from pg_index i join {TABLES} on c.oid = i.indrelid where i.indisunique"
            ),
        )
        .await
    });
    let told: BTreeSet<&str> = rost::db::CONSTRAINTS.iter().map(|(name, _)| *name).collect();
    let is_internal = |name: &str| rost::db::INTERNAL.iter().any(|ending| name.ends_with(ending));
    let unknown: Vec<&String> =
        names.iter().filter(|name| !told.contains(name.as_str()) && !is_internal(name)).collect();
    assert!(unknown.is_empty(), "neither in CONSTRAINTS nor internal: {unknown:?}");
}

/// Every name in `CONSTRAINTS` is one of the database: of a constraint, an index or a guard.
#[test]
fn every_meaning_has_a_constraint() {
    let (names, guards) = with_schema(async |client, _| {
        let names = column(
            client,
            "select conname::text from pg_constraint union select relname::text from pg_class where relkind = 'i'",
        )
        .await;
        (
            names,
            column(client, "select prosrc from pg_proc where pronamespace = 'public'::regnamespace")
                .await
                .join("\n"),
        )
    });
    for (name, _) in rost::db::CONSTRAINTS {
        assert!(names.iter().any(|known| known == name) || guards.contains(name), "{name} does not exist");
    }
}

/// What belongs to an organization lies in its municipality, also when the organization moves while it is written.
#[test]
fn every_row_of_an_organization_is_told_its_place() {
    finds_nothing(
        "without the trigger `place` (see the migration `places`)",
        "select target::text from rost_places()
         where not exists (select from pg_trigger where tgrelid = target and tgname = 'place') order by 1",
    );
}

/// Tables that are logs; a table leaves this list only on purpose.
const LOGS: [&str; 26] = [
    "approval_decisions",
    "approval_steps",
    "audit_events",
    "consultation_deficits",
    "credential_duplicates",
    "credential_receipts",
    "credit_book_entries",
    "diagnostic_levels",
    "diagnostic_reminders",
    "diagnostic_results",
    "diagnostic_scores",
    "frdo_package_rows",
    "learning_outside_routes",
    "ledger_entries",
    "person_erasures",
    "person_names",
    "personal_data_reads",
    "product_checks",
    "product_defences",
    "program_review_scores",
    "registry_revision_changes",
    "registry_revisions",
    "route_comments",
    "route_hearings",
    "route_support_records",
    "route_versions",
];

#[test]
fn logs_refuse_every_change() {
    with_schema(async |client, _| {
        let guarded = column(
            client,
            "select tgrelid::regclass::text from pg_trigger where tgname in ('refuse_change', 'refuse_truncate')
             group by 1 having count(*) = 2 order by 1",
        )
        .await;
        for log in LOGS {
            assert!(guarded.iter().any(|table| table == log), "{log} is not guarded");
            for right in ["update", "delete", "truncate"] {
                let allowed = column(
                    client,
                    &format!("select has_table_privilege('rost_runtime', '{log}', '{right}')::text"),
                )
                .await;
                assert_eq!(allowed, ["false"], "{right} on {log}");
            }
            let refused = client.batch_execute(&format!("truncate {log} cascade")).await.unwrap_err();
            assert!(refused.as_db_error().unwrap().message().contains("append-only"), "{refused}");
        }
        assert_eq!(guarded, LOGS, "a new log belongs into the list");
    });
}

/// Not even the owner changes a row of a log, and the constraint that is reported says why.
#[test]
fn a_row_of_a_log_stays_as_it_was_written() {
    with_schema(async |client, _| {
        client
            .batch_execute(
                "insert into audit_events (id, at, operation, subject_kind, request_id)
                 values ('019aa0c5-7d2b-7cc1-8a4e-4c8f7f6f9b11', now(), 'test', 'test', 'test')",
            )
            .await
            .unwrap();
        for change in ["update audit_events set role = 'x'", "delete from audit_events"] {
            let refused = client.batch_execute(change).await.unwrap_err();
            assert_eq!(refused.as_db_error().unwrap().constraint(), Some("audit_events_append_only"));
        }
    });
}

/// The runtime role owns nothing and cannot change the schema.
#[test]
fn the_runtime_role_owns_nothing() {
    with_schema(async |client, _| {
        let owned = column(
            client,
            &format!("select c.relname from {TABLES} where pg_get_userbyid(c.relowner) = 'rost_runtime'"),
        )
        .await;
        assert!(owned.is_empty(), "{owned:?}");
        client.batch_execute("set role rost_runtime").await.unwrap();
        client.batch_execute("create table sneaked_in (id int)").await.unwrap_err();
        client.batch_execute("drop table regions cascade").await.unwrap_err();
        client.batch_execute("alter table audit_events disable trigger all").await.unwrap_err();
    });
}

/// Columns of a table: name, and type with nullability as diesel writes them.
type Tables = BTreeMap<String, BTreeMap<String, String>>;

/// `src/db/schema.rs` says exactly what the migrations make.
#[test]
fn the_generated_schema_is_that_of_the_database() {
    let written =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/db/schema.rs")).unwrap();
    let rows = with_schema(async |client, _| {
        client
            .query(
                "select table_name::text, column_name::text, udt_name::text, is_nullable = 'YES' from information_schema.columns
                 where table_schema = 'public' and table_name <> '__diesel_schema_migrations'",
                &[],
            )
            .await
            .unwrap()
    });
    let mut real = Tables::new();
    for row in &rows {
        let (table, name, kind, nullable): (String, String, String, bool) =
            (row.get(0), row.get(1), row.get(2), row.get(3));
        let kind = match kind.strip_prefix('_') {
            Some(element) => format!("Array<{}>", diesel_type(element)),
            None => diesel_type(&kind).to_owned(),
        };
        let kind = if nullable { format!("Nullable<{kind}>") } else { kind };
        real.entry(table).or_default().insert(name, kind);
    }
    let described = parse_schema(&written);
    for (table, columns) in &real {
        let known = described.get(table).unwrap_or_else(|| panic!("{table} is not in schema.rs"));
        for (name, kind) in columns {
            // Elements of arrays are told to diesel to be present.
            let found = known.get(name).map(|text| match text.strip_prefix("Array<Nullable<") {
                Some(rest) => format!("Array<{}", rest.replacen(">>", ">", 1)),
                None => text.clone(),
            });
            assert_eq!(found.as_ref(), Some(kind), "{table}.{name}");
        }
        assert_eq!(known.len(), columns.len(), "{table} has other columns in schema.rs");
    }
    assert_eq!(described.keys().collect::<Vec<_>>(), real.keys().collect::<Vec<_>>());
}

fn diesel_type(name: &str) -> &str {
    match name {
        "uuid" => "Uuid",
        "text" => "Text",
        "bool" => "Bool",
        "int2" => "SmallInt",
        "int4" => "Integer",
        "int8" => "BigInt",
        "date" => "Date",
        "timestamptz" => "Timestamptz",
        "numeric" => "Numeric",
        "jsonb" => "Jsonb",
        "bytea" => "Bytea",
        "tsvector" => "Tsvector",
        "inet" => "Inet",
        other => other,
    }
}

fn parse_schema(text: &str) -> Tables {
    let mut tables = Tables::new();
    let mut current = String::new();
    for line in text.lines().map(str::trim) {
        if let Some((name, _)) = line.strip_suffix('{').and_then(|head| head.trim().split_once(" (")) {
            current = name.to_owned();
            tables.insert(current.clone(), BTreeMap::new());
        } else if let Some((name, kind)) = line.strip_suffix(',').and_then(|head| head.split_once(" -> ")) {
            let name = name.trim_matches('"').trim_end_matches('_').to_owned();
            let kind = kind.replace("Int4", "Integer").replace("Int8", "BigInt").replace("Int2", "SmallInt");
            tables.get_mut(&current).unwrap().insert(name, kind.replace("Varchar", "Text"));
        }
    }
    tables
}
