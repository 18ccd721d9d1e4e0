//! The ledger against raw SQL: every guard of the database is attacked (design §6.1).

use tokio_postgres::error::SqlState;

use crate::support::TestApp;
use crate::support::build_hours::{confirmed, paper};

/// A server whose ledger holds two entries of two people.
fn ledger() -> TestApp {
    let app = TestApp::start();
    confirmed(&app, "provider", "director", paper(&app, "teacher", "1", "2025-04-10"));
    confirmed(&app, "provider", "director", paper(&app, "teacher_2", "2", "2025-04-10"));
    app
}

/// Asserts that the database refuses these statements, and why.
#[track_caller]
fn refused(app: &TestApp, sql: &str, state: &SqlState, constraint: Option<&str>) {
    let before =
        app.db_text("select md5(string_agg(ledger_entries::text, '|' order by id)) from ledger_entries");
    let failure = app.db_execute(sql).expect_err(sql);
    let refusal = failure.as_db_error().unwrap();
    assert_eq!(refusal.code(), state, "{sql}: {refusal}");
    if constraint.is_some() {
        assert_eq!(refusal.constraint(), constraint, "{sql}: {refusal}");
    }
    let after =
        app.db_text("select md5(string_agg(ledger_entries::text, '|' order by id)) from ledger_entries");
    assert_eq!(before, after, "{sql}");
}

const ATTACKS: [&str; 4] = [
    "update ledger_entries set hours = hours * 2",
    "delete from ledger_entries",
    "truncate ledger_entries",
    "truncate ledger_entries cascade",
];

/// Copies the entry of paper `number` with other values for some columns.
fn copy(number: &str, columns: &[(&str, &str)]) -> String {
    let all = [
        "id",
        "region_id",
        "person_id",
        "credential_id",
        "kind",
        "hours",
        "document_kind",
        "identity",
        "issuer_id",
        "issuer_name",
        "program_id",
        "program_kind",
        "title",
        "credited",
        "started_on",
        "completed_on",
        "issued_on",
        "reverses_id",
        "reason",
        "recorded_by",
        "recorded_at",
    ];
    let value = |name: &str| match columns.iter().find(|(column, _)| *column == name) {
        Some((_, value)) => (*value).to_owned(),
        None if name == "id" => "gen_random_uuid()".to_owned(),
        None => format!("e.{name}"),
    };
    let values: Vec<String> = all.iter().map(|name| value(name)).collect();
    format!(
        "insert into ledger_entries ({}) select {} from ledger_entries e join credentials c on c.id = e.credential_id
         where c.number = '{number}' and e.kind = 'credit';",
        all.join(", "),
        values.join(", "),
    )
}

/// The reversal of the entry of paper `number`, with what the attack changes.
fn reversal(number: &str, changed: &[(&str, &str)]) -> String {
    let mut columns = changed.to_vec();
    columns.extend([
        ("kind", "'reversal'"),
        ("hours", "-e.hours"),
        ("reverses_id", "e.id"),
        ("reason", "'test'"),
    ]);
    copy(number, &columns)
}

#[test]
fn the_runtime_role_may_not_change_entries() {
    let app = ledger();
    for attack in ATTACKS {
        refused(&app, &format!("set role rost_runtime; {attack}"), &SqlState::INSUFFICIENT_PRIVILEGE, None);
    }
}

#[test]
fn not_even_the_owner_may_change_entries() {
    let app = ledger();
    for attack in ATTACKS {
        refused(&app, attack, &SqlState::RESTRICT_VIOLATION, Some("ledger_entries_append_only"));
    }
}

#[test]
fn the_runtime_role_may_not_disarm_the_guards() {
    let app = ledger();
    for attack in [
        "drop trigger refuse_change on ledger_entries",
        "alter table ledger_entries disable trigger all",
        "drop table ledger_entries",
        "create or replace function rost_refuse_change() returns trigger language plpgsql as 'begin return new; end'",
        "set session_replication_role = replica",
        "grant update on ledger_entries to rost_runtime",
    ] {
        let failure = app.db_execute(&format!("set role rost_runtime; {attack}"));
        match failure {
            Err(failure) => assert_eq!(failure.code(), Some(&SqlState::INSUFFICIENT_PRIVILEGE), "{attack}"),
            // A grant that the role has no right to give is a warning that changes nothing.
            Ok(()) => assert!(attack.starts_with("grant"), "{attack}"),
        }
    }
    refused(
        &app,
        "set role rost_runtime; delete from ledger_entries",
        &SqlState::INSUFFICIENT_PRIVILEGE,
        None,
    );
}

#[test]
fn a_reversal_negates_its_credit_exactly() {
    let app = ledger();
    let teacher_2 = format!("'{}'", app.person("teacher_2"));
    for changed in [
        ("hours", "-e.hours + 1"),
        ("hours", "-e.hours - 0.5"),
        ("person_id", teacher_2.as_str()),
        ("identity", "'another paper'"),
        ("credential_id", "(select id from credentials where number = '2')"),
    ] {
        let attack = reversal("1", &[changed]);
        refused(&app, &attack, &SqlState::CHECK_VIOLATION, Some("ledger_entries_negation"));
    }
    app.db_execute(&reversal("1", &[])).unwrap();
}

#[test]
fn signs_and_kinds_go_together() {
    let app = ledger();
    for attack in [
        copy("1", &[("hours", "-e.hours"), ("identity", "'new'")]),
        copy("1", &[("kind", "'reversal'"), ("reverses_id", "e.id"), ("reason", "'test'")]),
        reversal("1", &[("reason", "null")]),
        reversal("1", &[("reverses_id", "null")]),
    ] {
        refused(&app, &attack, &SqlState::CHECK_VIOLATION, Some("ledger_entries_sign_check"));
    }
}

#[test]
fn a_thing_is_reversed_once_and_a_reversal_never() {
    let app = ledger();
    app.db_execute(&reversal("1", &[])).unwrap();
    refused(&app, &reversal("1", &[]), &SqlState::UNIQUE_VIOLATION, Some("ledger_entries_reverses_key"));
    let of_reversal = "(select id from ledger_entries where kind = 'reversal')";
    let attack = reversal("1", &[("reverses_id", of_reversal)]);
    refused(&app, &attack, &SqlState::CHECK_VIOLATION, Some("ledger_entries_negation"));
}

/// Design §6.4
#[test]
fn a_paper_counts_once() {
    let app = ledger();
    let attack = copy("1", &[]);
    refused(&app, &attack, &SqlState::UNIQUE_VIOLATION, Some("ledger_entries_identity_once"));
    app.db_execute(&reversal("1", &[])).unwrap();
    app.db_execute(&attack).unwrap();
    refused(&app, &attack, &SqlState::UNIQUE_VIOLATION, Some("ledger_entries_identity_once"));
}
