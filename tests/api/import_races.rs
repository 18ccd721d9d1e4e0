//! Files and sheets that meet the same people at the same time, and runs that the server could not finish.

use std::sync::Barrier;
use std::thread;

use serde_json::{Value, json};

use crate::support::build_diagnostics::{
    campaign, coordinator_instrument, framework, instrument, load_results, snils, staff,
};
use crate::support::build_hours::{paper, with};
use crate::support::build_imports::{STAFF, csv, load, member, name_school};
use crate::support::{Answer, Client, TestApp};

/// Loads the files at the same moment.
fn at_once(app: &TestApp, files: &[Vec<String>]) -> Vec<Answer> {
    let barrier = Barrier::new(files.len());
    let barrier = &barrier;
    thread::scope(|scope| {
        let mut running = Vec::new();
        for file in files {
            running.push(scope.spawn(move || {
                barrier.wait();
                load_results(app, "coordinator", "", file)
            }));
        }
        running.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}

/// P2-17: two files with the same people in another order are both loaded: neither waits for the other in a ring.
#[test]
fn two_files_in_another_order_are_both_loaded() {
    let app = TestApp::start();
    coordinator_instrument(&app);
    staff(&app, "school_1", 1, 60);
    let file = |day: &str, score: u32| -> Vec<String> {
        (1..=60).map(|n| format!("{};d-coordinator;;{day};онлайн;B.1:test={score}", snils(n))).collect()
    };
    load_results(&app, "coordinator", "", &file("2026-01-10", 20)).expect(200);
    let mut backwards = file("2026-01-12", 50);
    backwards.reverse();
    for answer in at_once(&app, &[file("2026-01-11", 90), backwards]) {
        let run = answer.expect(200).json();
        assert_eq!((&run["rows_created"], &run["rows_refused"]), (&json!(60), &json!(0)), "{run}");
    }
    assert_eq!(app.db_text("select count(*) from imports where state <> 'succeeded'"), "0");
}

/// P2-17: a repeat changes nothing, at the same moment too.
#[test]
fn the_same_file_twice_at_once_is_loaded_once() {
    let app = TestApp::start();
    coordinator_instrument(&app);
    staff(&app, "school_1", 1, 30);
    let file: Vec<String> =
        (1..=30).map(|n| format!("{};d-coordinator;;2026-01-10;онлайн;B.1:test=20", snils(n))).collect();
    let runs: Vec<Value> =
        at_once(&app, &[file.clone(), file]).into_iter().map(|answer| answer.expect(200).json()).collect();
    let sum = |name: &str| -> i64 { runs.iter().map(|run| run[name].as_i64().unwrap()).sum() };
    assert_eq!([sum("rows_created"), sum("rows_unchanged"), sum("rows_refused")], [30, 30, 0]);
}

/// P4-22: everybody is marked once on a sheet, and whoever has a result has come.
#[test]
fn a_sheet_of_attendance_does_not_contradict_itself() {
    let app = TestApp::start();
    let framework = framework(&app, "coordinator", "coordinator");
    let instrument = instrument(&app, "coordinator", "coordinator", &framework);
    let id = campaign(&app, "coordinator", "coordinator", &instrument, "by_rule");
    let snils = snils(900);
    app.db_execute(&format!("update persons set snils = '{snils}' where id = '{}'", app.person("deputy")))
        .unwrap();
    let row = format!("{snils};d-coordinator;spring;2026-02-10;онлайн;B.1:test=20");
    load_results(&app, "coordinator", "", &[row]).expect(200);
    let path = format!("/api/v1/diagnostic-campaigns/{id}/attendance");
    let mark = |person: &str, mark: &str| json!({"person_id": app.person(person), "attendance": mark});
    let sheet = |marks: Value| json!({"organization_id": app.organization("school_1"), "marks": marks});
    let director = app.persona("director");
    let marks = json!([mark("teacher", "attended"), mark("teacher", "absent"), mark("deputy", "absent")]);
    let refused = director.post(&path, sheet(marks)).refused(422, "duplicate").json();
    let problems: Vec<(&str, &str)> = refused["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| (error["pointer"].as_str().unwrap(), error["code"].as_str().unwrap()))
        .collect();
    assert_eq!(problems, [("/marks/1/person_id", "duplicate"), ("/marks/2/attendance", "has_result")]);
    let marks = json!([mark("teacher", "absent"), mark("deputy", "attended")]);
    director.post(&path, sheet(marks)).expect(200);
}

/// design §8: a run that a stopped server has left behind says so within a minute, one that goes on does not.
#[test]
fn a_run_that_nobody_hears_of_has_failed() {
    let app = TestApp::start();
    coordinator_instrument(&app);
    let run = load_results(&app, "coordinator", "", &[]).expect(200).id();
    let read = || {
        let path = format!("/api/v1/import-runs/{run}");
        app.persona("coordinator").get(&path).expect(200).json()["state"].clone()
    };
    let now = app.now();
    let heard = |seconds: i64| {
        let at = now - chrono::Duration::seconds(seconds);
        app.db_execute(&format!(
            "update imports set state = 'running', finished_at = null, heard_at = '{}', created_at = '2026-03-01T00:00Z'",
            at.to_rfc3339()
        ))
        .unwrap();
    };
    heard(59);
    assert_eq!(read(), "running", "it began long ago and goes on");
    heard(61);
    assert_eq!(read(), "failed");
}

/// B1.9, design §6.4: one certificate, brought at the same moment by who issued it, who earned it and who loads a file,
/// each in another spelling, is one certificate.
#[test]
fn one_certificate_brought_three_times_at_once_stands_once() {
    let app = TestApp::start();
    let snils = snils(901);
    let (teacher, provider) = (app.person("teacher"), app.organization("provider_x"));
    app.db_execute(&format!(
        "update persons set snils = '{snils}' where id = '{teacher}';
         update organizations set inn = '0099000021' where id = '{provider}'"
    ))
    .unwrap();
    let spelt = |series: &str, number: &str| {
        with(
            paper(&app, "teacher", number, "2025-04-10"),
            json!({"series": series, "issuer_id": app.organization("provider_x")}),
        )
    };
    // Latin, Cyrillic, and as people type.
    let (issued, reported) = (spelt("ABC", "000123"), spelt("АВС", "№ 000 123"));
    let header = "snils;kind;issuer_inn;series;number;title;program_kind;hours;completed_on;issued_on";
    let row = format!(
        "{snils};удостоверение;0099000021;авс;000-123;Функциональная грамотность;ПК;36;10.04.2025;10.04.2025"
    );
    let file = format!("{header}\n{row}\n");
    let barrier = &Barrier::new(3);
    let (issuer, earner, loader) = (
        app.persona("provider"),
        app.persona("teacher"),
        app.persona("director").header("content-type", "text/csv"),
    );
    let (issued, reported, loaded) = thread::scope(|scope| {
        let post = |client: Client, body: Value| {
            scope.spawn(move || {
                barrier.wait();
                client.post("/api/v1/credentials", body).status
            })
        };
        let (issued, reported) = (post(issuer, issued), post(earner, reported));
        let loaded = scope.spawn(move || {
            barrier.wait();
            loader.send("POST", "/api/v1/imports/credentials", Some(file.into())).expect(200).json()
        });
        (issued.join().unwrap(), reported.join().unwrap(), loaded.join().unwrap())
    });
    let made = [issued == 201, reported == 201, loaded["rows_created"] == 1];
    assert_eq!(made.iter().filter(|made| **made).count(), 1, "{issued} {reported} {loaded}");
    assert_eq!(loaded["rows_refused"], 0, "{loaded}");
    assert_eq!(app.db_text("select count(*) from credentials"), "1");
}

/// design §8: two files of staff that overlap, at the same moment: what one has made, the other one meets.
#[test]
fn people_of_two_files_at_once_are_made_once() {
    let app = TestApp::start();
    name_school(&app);
    let people: Vec<Vec<String>> = (1..=120).map(|number| member(number, "Анна")).collect();
    let barrier = &Barrier::new(2);
    let director = &app.persona("director");
    let runs: Vec<Value> = thread::scope(|scope| {
        let load = |rows: Vec<Vec<String>>| {
            scope.spawn(move || {
                barrier.wait();
                load(director, "staff", "text/csv", csv(&STAFF, &rows, ";")).expect(200).json()
            })
        };
        let (one, other) = (load(people[..80].to_vec()), load(people[40..].iter().rev().cloned().collect()));
        vec![one.join().unwrap(), other.join().unwrap()]
    });
    let sum = |name: &str| -> i64 { runs.iter().map(|run| run[name].as_i64().unwrap()).sum() };
    assert_eq!([sum("rows_created"), sum("rows_unchanged"), sum("rows_refused")], [120, 40, 0], "{runs:?}");
}
