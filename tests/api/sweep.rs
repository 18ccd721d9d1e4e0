//! What is worth nothing any more is swept away, and nothing else.

use std::fs::{self, File};
use std::path::Path;
use std::time::{Duration, SystemTime};

use rost::sweep::{Swept, sweep, sweep_files};
use serde_json::json;

use crate::support::app::on_runtime;
use crate::support::build_account::{new_secret, refresh, sign_in, text};
use crate::support::build_hours::{paper, record};
use crate::support::{TestApp, TestFolder};

fn swept(app: &TestApp) -> Swept {
    on_runtime(async {
        let db = app.state().own_connection().unwrap();
        sweep(&db, app.now()).await.unwrap()
    })
}

/// The documentation promises 24 hours: younger answers stay, older ones go.
#[test]
fn answers_to_repeats_are_kept_for_a_day() {
    let app = TestApp::start();
    let body = json!({"code": "kostroma", "name": "Костромская область", "time_zone": "Europe/Moscow"});
    let client = app.persona("admin").header("idempotency-key", "only-once");
    let post = || {
        app.persona("admin").header("idempotency-key", "only-once").send_json(
            "POST",
            "/api/v1/regions",
            &body,
        )
    };
    let first = client.send_json("POST", "/api/v1/regions", &body).expect(201).id();
    assert_eq!(swept(&app), Swept::default());
    assert_eq!(post().expect(201).id(), first);
    app.days_pass(2);
    assert_eq!(swept(&app).idempotency_keys, 1);
    post().refused(409, "conflict.already_exists");
}

/// A used refresh token is kept until its end, so that a copy of it is noticed; then it goes, and so do revocations.
#[test]
fn tokens_go_when_they_have_ended() {
    let app = TestApp::start();
    let password = new_secret(&app, "teacher");
    let session = sign_in(&app, "teacher", &password).expect(200);
    let used = text(&session, "refresh_token");
    let renewed = refresh(&app, &used).expect(200);
    let client = app.with_token(&text(&renewed, "access_token"));
    client.post("/api/v1/auth/revoke", json!({})).expect(204);
    assert_eq!((swept(&app).refresh_tokens, swept(&app).revoked_tokens), (0, 0));
    app.days_pass(1);
    let after_a_day = swept(&app);
    assert_eq!((after_a_day.refresh_tokens, after_a_day.revoked_tokens), (0, 1));
    refresh(&app, &used).refused(401, "auth.token_invalid");
    app.days_pass(400);
    assert_eq!(swept(&app).refresh_tokens, 2);
    assert_eq!(app.db_text("select count(*) from refresh_tokens"), "0");
}

/// Every file under the folder.
fn files_of(folder: &Path) -> Vec<std::path::PathBuf> {
    let folders = fs::read_dir(folder).unwrap().map(|within| within.unwrap().path());
    folders.flat_map(|within| fs::read_dir(within).unwrap().map(|file| file.unwrap().path())).collect()
}

/// A file without a row is what a failed write or a newer scan left: it goes after a day, those of rows stay however old.
#[test]
fn files_that_nothing_names_go_after_a_day() {
    let folder = TestFolder::new("sweep");
    let place = folder.join("files").to_str().unwrap().to_owned();
    let app = TestApp::with(|name| (name == "ROST_FILES").then(|| place.clone()));
    let id = record(&app, "provider", paper(&app, "teacher", "100", "2025-04-10")).expect(201).id();
    let path = format!("/api/v1/credentials/{id}");
    let etag = app.persona("provider").get(&path).expect(200).etag();
    let client = app.persona("provider").header("content-type", "application/pdf").header("if-match", &etag);
    client.send("PUT", &format!("{path}/file"), Some(b"%PDF-1.7 scan".to_vec())).expect(200);
    let [named] = files_of(Path::new(&place)).try_into().unwrap();
    // As the store spreads its files: by the last byte of the name.
    let nameless = || {
        let name = rost::ids::new_id();
        let within = Path::new(&place).join(format!("{:02x}", name.as_bytes()[15]));
        fs::create_dir_all(&within).unwrap();
        within.join(name.to_string())
    };
    let (orphan, young, unfinished) = (nameless(), nameless(), nameless().with_extension("part"));
    for file in [&orphan, &young, &unfinished] {
        fs::write(file, b"%PDF-1.7").unwrap();
    }
    for file in [&named, &orphan, &unfinished] {
        let yesterday = SystemTime::now() - Duration::from_secs(25 * 3600);
        File::options().write(true).open(file).unwrap().set_modified(yesterday).unwrap();
    }
    let swept = || {
        on_runtime(async {
            let db = app.state().own_connection().unwrap();
            sweep_files(&db, app.now(), &app.state().files).await.unwrap()
        })
    };
    assert_eq!(swept(), 2);
    assert!(named.exists() && young.exists() && !orphan.exists() && !unfinished.exists());
    assert_eq!(swept(), 0);
    let scan = app.persona("teacher").get(&format!("{path}/file")).expect(200);
    assert_eq!(scan.text, "%PDF-1.7 scan");
}
