//! What the worker of large files asks for: the oldest job that waits, its next portion, and what concerns each row.

use std::sync::PoisonError;

use diesel::connection::set_default_instrumentation;

use super::{SENT, explained, filled, listener};
use crate::support::TestApp;
use crate::support::build_imports::{STAFF, csv, load, member, name_school, school_with_inn, work_off};

/// 4,000 files that were loaded long ago, 20,000 rows of another one, and a file that waits.
fn waiting() -> TestApp {
    set_default_instrumentation(listener).unwrap();
    let app = school_with_inn();
    let director = app.persona("director").header("prefer", "respond-async");
    load(&director, "staff", "text/csv", csv(&STAFF, &[member(1, "Анна")], ";")).expect(202);
    app.db_execute(
        "insert into imports (id, region_id, organization_id, kind, mode, state, dry_run, digest, requested_by,
                              created_at, heard_at, is_job)
         select md5('import' || n)::uuid, region_id, organization_id, kind, mode, 'succeeded', dry_run, digest,
                requested_by, created_at - n * interval '1 minute', heard_at, true
         from imports, generate_series(1, 4000) n;
         insert into import_records (import_id, position, line, portion, place, cells)
         select md5('import1')::uuid, n, n, n / 200, n % 200, '[]' from generate_series(1, 20000) n",
    )
    .unwrap();
    app.db_execute("vacuum analyze").unwrap();
    app
}

#[test]
fn the_worker_finds_its_job_and_its_portion_by_index() {
    let app = waiting();
    SENT.lock().unwrap_or_else(PoisonError::into_inner).clear();
    assert_eq!(work_off(&app), 1);
    let sent = SENT.lock().unwrap_or_else(PoisonError::into_inner).clone();
    for (part, table, index) in [
        ("update imports set state = 'running'", "imports", "imports_waiting_idx"),
        ("\"import_records\".\"portion\" = $", "import_records", "import_records_portion_idx"),
    ] {
        let statements: Vec<&String> = sent.iter().filter(|sql| sql.contains(part)).collect();
        assert!(!statements.is_empty(), "{part}: {sent:#?}");
        for sql in statements {
            let plan = explained(&app, sql);
            assert!(plan.contains(index) && !plan.contains(&format!("Seq Scan on {table}")), "{plan}");
        }
    }
}

#[test]
fn a_row_of_staff_reads_what_concerns_its_person_alone() {
    let app = filled();
    name_school(&app);
    let director = app.persona("director");
    SENT.lock().unwrap_or_else(PoisonError::into_inner).clear();
    load(&director, "staff", "text/csv", csv(&STAFF, &[member(1, "Анна")], ";")).expect(200);
    let sent = SENT.lock().unwrap_or_else(PoisonError::into_inner).clone();
    for (part, table, index) in [
        ("insert into diagnostic_participants", "employments", "employments_person_idx"),
        ("FROM \"persons\"", "persons", "persons_snils_key"),
    ] {
        let statement = sent.iter().find(|sql| sql.contains(part)).unwrap();
        let plan = explained(&app, statement);
        assert!(plan.contains(index) && !plan.contains(&format!("Seq Scan on {table}")), "{plan}");
    }
}
