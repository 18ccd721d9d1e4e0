//! Files that are loaded beside the requests: taken in, worked off, called off, taken up again, swept away.

use rost::importing::work_once;
use rost::sweep::sweep;
use serde_json::{Value, json};

use crate::support::app::on_runtime;
use crate::support::build_imports::{
    STAFF, XLSX, counts, csv, load, member, name_school, ndjson, receipts, run, school_with_inn, snils_of,
    windows_1251, work_off, workbook,
};
use crate::support::held::{SOMEBODY_WAITS, hold, until};
use crate::support::{Answer, Client, TestApp};

const LOADED: &str = "select count(*) from persons where last_name = 'Ларина'";

fn people(count: u32) -> Vec<Vec<String>> {
    (1..=count).map(|number| member(number, "Анна")).collect()
}

fn file(count: u32) -> String {
    csv(&STAFF, &people(count), ";")
}

/// Asks for a run of its own, however short the file is.
fn ask(client: &Client, path: &str, file: &str) -> Answer {
    load(&client.header("prefer", "respond-async"), path, "text/csv", file)
}

/// design §8: a large file is a run of its own, with the receipts that it would have had at once.
#[test]
fn a_large_file_is_taken_in_and_loaded_by_a_run_of_its_own() {
    let app = school_with_inn();
    let director = app.persona("director");
    let mut rows = people(1_100);
    rows[3][2] = "900-300-005 00".to_owned();
    rows[1_099] = rows[0].clone();
    let text = csv(&STAFF, &rows, ";");
    let taken = load(&director, "staff", "text/csv", text.clone()).expect(202);
    let id = taken.id();
    assert_eq!(taken.header("location"), Some(format!("/api/v1/import-runs/{id}").as_str()));
    let queued = run(&director, &id);
    assert_eq!((queued.header("retry-after"), &queued.json()["state"]), (Some("2"), &json!("queued")));
    assert_eq!(queued.json()["allowed_actions"], json!(["cancel_import"]));
    assert_eq!(app.db_text(LOADED), "0");
    assert_eq!(
        load(&director, "staff", "text/csv", text.clone()).expect(202).id(),
        id,
        "it is under way already"
    );
    assert_eq!(work_off(&app), 1);
    let done = run(&director, &id);
    let whole = done.json();
    assert_eq!(counts(&whole), [1_098, 0, 1, 1], "{whole}");
    assert_eq!((&whole["state"], &whole["rows_in_file"]), (&json!("succeeded"), &json!(1_100)));
    assert_eq!((done.header("retry-after"), &whole["allowed_actions"]), (None, &json!([])));
    assert_eq!(receipts(&director, &id)[3].0, 5, "receipts are by line");
    assert_eq!(app.db_text(LOADED), "1098");
    let left = "select (select count(*) from import_files) + (select count(*) from import_records)";
    assert_eq!(app.db_text(left), "0");
    let again = load(&director, "staff", "text/csv", text).expect(202).id();
    assert_ne!(again, id);
    work_off(&app);
    assert_eq!(counts(&run(&director, &again).json()), [0, 0, 1_099, 1]);
    assert_eq!(app.db_text(LOADED), "1098");
}

/// The form of a file makes no difference to a run of its own either; nor does its length where it is parted.
#[test]
fn every_form_of_a_large_file_is_loaded() {
    let app = school_with_inn();
    let director = app.persona("director");
    let rows = people(1_050);
    // Longer than what is read at a time: the header comes first, the rest piece by piece.
    let filler = " ".repeat(1_000);
    let long = csv(&STAFF, &rows, ";").replace(";Анна;", &format!(";Анна{filler};"));
    assert!(long.len() > 1_048_576, "{}", long.len());
    let forms: [(&str, Vec<u8>); 4] = [
        ("text/csv", long.clone().into_bytes()),
        ("text/csv", windows_1251(&long)),
        ("application/x-ndjson", ndjson(&STAFF, &rows).into_bytes()),
        (XLSX, workbook(&STAFF, &rows)),
    ];
    for (number, (media, bytes)) in forms.into_iter().enumerate() {
        let id = load(&director, "staff", media, bytes).expect(202).id();
        assert_eq!(work_off(&app), 1);
        let done = run(&director, &id).json();
        let expected = if number == 0 { [1_050, 0, 0, 0] } else { [0, 0, 1_050, 0] };
        assert_eq!((counts(&done), &done["state"]), (expected, &json!("succeeded")), "{media}: {done}");
    }
    // The header is looked at before the rest comes in, and what is no text is told with its line.
    load(&director, "staff", "text/csv", long.replace("СНИЛС", "Возраст")).refused(422, "unknown_column");
    let mut broken = long.into_bytes();
    broken.extend([0xd0, b'\n']);
    load(&director, "staff", "text/csv", broken).refused(400, "request.unreadable");
    assert_eq!(work_off(&app), 0);
}

/// A dry run says what would be done, all or nothing does both, each beside the requests too.
#[test]
fn a_run_of_its_own_predicts_and_takes_back() {
    let app = school_with_inn();
    let director = app.persona("director");
    let mut rows = people(30);
    let clean = csv(&STAFF, &rows, ";");
    rows[29][2] = "900-300-005 00".to_owned();
    let spoilt = csv(&STAFF, &rows, ";");
    let done = |path: &str, file: &str| {
        let id = ask(&director, path, file).expect(202).id();
        assert_eq!(work_off(&app), 1);
        let done = run(&director, &id).json();
        (counts(&done), app.db_text(LOADED))
    };
    assert_eq!(done("staff?dry_run=true", &spoilt), ([29, 0, 0, 1], "0".to_owned()));
    assert_eq!(done("staff?mode=atomic", &spoilt), ([29, 0, 0, 1], "0".to_owned()));
    assert_eq!(done("staff?mode=atomic", &clean), ([30, 0, 0, 0], "30".to_owned()));
    let made = "select count(*) from import_rows r join persons p on p.id = r.subject_id where r.outcome = 'created'";
    assert_eq!(app.db_text(made), "30", "what was tried has no id, what was made has");
}

/// A run that waits is called off; one that has ended is not.
#[test]
fn whoever_loads_calls_the_run_off() {
    let app = school_with_inn();
    let director = app.persona("director");
    let asked = ask(&director, "staff", &file(5)).expect(202);
    let (id, path) = (asked.id(), format!("/api/v1/import-runs/{}/cancellation", asked.id()));
    director.post(&path, json!(null)).refused(428, "request.precondition_required");
    director.post_if(&path, "\"99\"", json!(null)).refused(412, "request.precondition_failed");
    app.persona("school_2_director").post_if(&path, "\"2\"", json!(null)).refused(404, "request.not_found");
    let etag = run(&director, &id).etag();
    let cancelled = director.post_if(&path, &etag, json!(null)).expect(200);
    assert_eq!(cancelled.json()["state"], "cancelled");
    director.post_if(&path, &cancelled.etag(), json!(null)).refused(409, "conflict.state");
    assert_eq!((work_off(&app), app.db_text(LOADED)), (0, "0".to_owned()));
    let at_once = load(&director, "staff", "text/csv", file(1)).expect(200).id();
    let etag = run(&director, &at_once).etag();
    let path = format!("/api/v1/import-runs/{at_once}/cancellation");
    director.post_if(&path, &etag, json!(null)).refused(409, "conflict.state");
}

/// Between two portions a run is called off: what has a receipt stands, the portion at hand is taken back.
#[test]
fn a_run_under_way_is_called_off_between_its_portions() {
    let app = school_with_inn();
    let director = app.persona("director");
    load(&director, "staff", "text/csv", csv(&STAFF, &[member(900, "Анна")], ";")).expect(200);
    let id = load(&director, "staff", "text/csv", file(1_200).replace(";Анна;", ";Мария;")).expect(202).id();
    let held = hold(&app, &format!("select id from persons where snils = '{}' for update", snils_of(900)));
    std::thread::scope(|scope| {
        let work = scope.spawn(|| work_off(&app));
        until(&app, SOMEBODY_WAITS);
        let under_way = run(&director, &id);
        assert_eq!(under_way.json()["state"], "running");
        let path = format!("/api/v1/import-runs/{id}/cancellation");
        director.post_if(&path, &under_way.etag(), json!(null)).expect(200);
        drop(held);
        work.join().unwrap();
    });
    let after = run(&director, &id).json();
    assert_eq!((&after["state"], &after["rows_total"]), (&json!("cancelled"), &json!(800)), "{after}");
    assert_eq!(app.db_text(LOADED), "801");
}

/// design §8: a process that ends in the middle loses nothing and does nothing twice; another one goes on.
#[test]
fn a_run_goes_on_where_its_process_ended() {
    let app = school_with_inn();
    let director = app.persona("director");
    load(&director, "staff", "text/csv", csv(&STAFF, &[member(900, "Анна")], ";")).expect(200);
    let id = load(&director, "staff", "text/csv", file(1_200).replace(";Анна;", ";Мария;")).expect(202).id();
    let held = hold(&app, &format!("select id from persons where snils = '{}' for update", snils_of(900)));
    dies_when(&app, SOMEBODY_WAITS);
    drop(held);
    assert_eq!(run(&director, &id).json()["rows_total"], 800, "the portions before it stand");
    assert_eq!(work_off(&app), 0, "it may still be alive");
    app.days_pass(1);
    assert_eq!(work_off(&app), 1);
    let done = run(&app.persona("director"), &id).json();
    assert_eq!((counts(&done), &done["state"]), ([1_199, 1, 0, 0], &json!("succeeded")));
    assert_eq!(app.db_text("select count(*) from import_rows where outcome = 'created'"), "1200");
    assert_eq!(app.db_text(LOADED), "1200");
}

/// Takes the job, and ends as soon as that holds.
fn dies_when(app: &TestApp, question: &str) {
    std::thread::scope(|scope| {
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let state = app.state().clone();
        let work = scope.spawn(move || {
            on_runtime(async {
                tokio::select! {
                    worked = work_once(&state) => panic!("it should have waited: {worked:?}"),
                    _ = stopped => {}
                }
            });
        });
        until(app, question);
        stop.send(()).unwrap();
        work.join().unwrap();
    });
}

/// A job that ends every process which takes it is given up, and does not stand before the others for ever.
#[test]
fn a_run_that_ends_its_process_again_and_again_is_given_up() {
    let app = school_with_inn();
    let director = app.persona("director");
    load(&director, "staff", "text/csv", csv(&STAFF, &[member(900, "Анна")], ";")).expect(200);
    let id = load(&director, "staff", "text/csv", file(1_200).replace(";Анна;", ";Мария;")).expect(202).id();
    let held = hold(&app, &format!("select id from persons where snils = '{}' for update", snils_of(900)));
    dies_when(&app, SOMEBODY_WAITS);
    let taken = app.db_text("select attempts from imports where is_job");
    assert_eq!(taken, "0", "two portions were loaded since it was taken");
    for attempts in 1..=5 {
        app.days_pass(1);
        dies_when(&app, &format!("select attempts = {attempts} from imports where is_job"));
    }
    drop(held);
    app.days_pass(1);
    assert_eq!(work_off(&app), 1);
    let given_up = run(&app.persona("director"), &id).json();
    assert_eq!((&given_up["state"], &given_up["rows_total"]), (&json!("failed"), &json!(800)), "{given_up}");
    let said = given_up["failure"]["message"].as_str().unwrap();
    assert!(said.contains("разделите файл"), "{said}");
    assert_eq!(work_off(&app), 0, "nobody takes it again");
}

/// Two processes never load one file: the second one finds nothing to do.
#[test]
fn two_processes_share_the_files_that_wait() {
    let app = school_with_inn();
    let director = app.persona("director");
    let first = ask(&director, "staff", &file(20)).expect(202).id();
    let second = ask(&director, "staff", &file(40)).expect(202).id();
    let worked = on_runtime(async {
        let (one, other) = tokio::join!(work_once(app.state()), work_once(app.state()));
        (one.unwrap(), other.unwrap())
    });
    assert_eq!(worked, (true, true));
    let created = |id: &str| counts(&run(&director, id).json())[0];
    assert_eq!(created(&first) + created(&second), 40, "both have met the same people");
    assert_eq!(app.db_text(LOADED), "40");
}

/// Rows are loaded by the rights that the account has when they are loaded.
#[test]
fn a_right_that_was_lost_ends_the_run() {
    let app = school_with_inn();
    let director = app.persona("director");
    let id = ask(&director, "staff", &file(5)).expect(202).id();
    let account = app.claims("director").sub;
    app.db_execute(&format!("update accounts set disabled_at = now() where id = '{account}'")).unwrap();
    assert_eq!(work_off(&app), 1);
    let failed = run(&app.persona("ministry"), &id).json();
    assert_eq!((&failed["state"], &failed["failure"]["code"]), (&json!("failed"), &json!("auth.forbidden")));
    assert_eq!(app.db_text(LOADED), "0");
}

/// Watching: what has changed is told at once, the end ends the stream.
#[test]
fn a_run_is_watched_to_its_end() {
    let app = school_with_inn();
    let director = app.persona("director");
    let id = ask(&director, "staff", &file(8)).expect(202).id();
    let path = format!("/api/v1/import-runs/{id}/events");
    app.persona("teacher").get(&path).refused(403, "auth.forbidden");
    app.persona("school_2_director").get(&path).refused(404, "request.not_found");
    let told = std::thread::scope(|scope| {
        let working = |_: &str| drop(scope.spawn(|| work_off(&app)));
        director.header("accept-encoding", "gzip").watch(&path, working).expect(200)
    });
    assert_eq!(told.header("content-type"), Some("text/event-stream"));
    let events: Vec<&str> = told.text.split("\n\n").filter(|event| event.starts_with("event:")).collect();
    let read =
        |event: &str| -> Value { serde_json::from_str(event.split_once("\ndata: ").unwrap().1).unwrap() };
    assert!(events[0].starts_with("event: progress"), "{}", told.text);
    assert_eq!(read(events[0])["state"], "queued");
    let last = *events.last().unwrap();
    assert!(last.starts_with("event: end"), "{}", told.text);
    assert_eq!((&read(last)["state"], &read(last)["rows_created"]), (&json!("succeeded"), &json!(8)));
}

/// Retention: runs and receipts go after 30 days, files that never came in as a whole after an hour.
#[test]
fn runs_are_kept_for_thirty_days() {
    let app = TestApp::start();
    name_school(&app);
    let swept = || {
        on_runtime(async {
            let db = app.state().own_connection().unwrap();
            sweep(&db, app.now()).await.unwrap().imports
        })
    };
    let run = load(&app.persona("director"), "staff", "text/csv", file(3)).expect(200);
    let kept = run.json()["kept_until"].as_str().unwrap().to_owned();
    assert!(kept.starts_with("2026-04-01"), "{kept}");
    app.db_execute(&format!(
        "insert into imports (id, region_id, organization_id, kind, mode, state, is_job, dry_run, digest, requested_by, created_at, heard_at)
         select '00000000-0000-7000-8ccc-000000000001', region_id, organization_id, kind, mode, 'receiving', true, false, '',
                requested_by, '{0}'::timestamptz - interval '2 hours', '{0}'::timestamptz - interval '2 hours'
         from imports;
         insert into import_files values ('00000000-0000-7000-8ccc-000000000001', 0, 'x')",
        app.now().to_rfc3339()
    ))
    .unwrap();
    assert_eq!(swept(), 2, "the run that was never received has failed, and its piece is gone");
    assert_eq!(app.db_text("select count(*) from import_files"), "0");
    app.days_pass(29);
    assert_eq!(swept(), 0);
    app.days_pass(2);
    assert_eq!(swept(), 5, "three receipts and two runs");
    app.persona("director")
        .get(&format!("/api/v1/import-runs/{}", run.id()))
        .refused(404, "request.not_found");
}
