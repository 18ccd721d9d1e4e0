//! `rost verify` computes what is kept for speed again.

use std::process::Output;

use rost::standing::until_all_hold;
use serde_json::json;

use super::running::{run, stderr, stdout};
use crate::support::app::on_runtime;
use crate::support::build_hours::{confirmed, paper, with};
use crate::support::{TestApp, TestFolder};

fn verify(app: &TestApp, folder: &TestFolder, more: &[&str]) -> Output {
    let url = app.database.owner_url();
    run(folder, &[&["verify", "--database-url", url.as_str()], more].concat())
}

fn code(output: &Output) -> Option<i32> {
    output.status.code()
}

/// What differs from the ledger is named, and computed anew when asked for.
#[test]
fn what_is_kept_is_compared_with_the_ledger() {
    let app = TestApp::start();
    let folder = TestFolder::new("cli-verify");
    let body = with(paper(&app, "chel_teacher", "1", "2025-04-10"), json!({"hours": 72}));
    confirmed(&app, "chel_provider", "chel_director", body);
    on_runtime(async {
        let db = app.state().own_connection().unwrap();
        until_all_hold(&db, app.now()).await.unwrap();
    });
    let clean = verify(&app, &folder, &[]);
    assert_eq!(code(&clean), Some(0), "{} {}", stdout(&clean), stderr(&clean));
    assert!(!stdout(&clean).starts_with("0 standings"), "{}", stdout(&clean));

    let (teacher, school) = (app.person("chel_teacher"), app.organization("chel_school"));
    let corruptions = [
        (format!("update hours_standings set counted = counted + 36 where person_id = '{teacher}'"), teacher),
        (format!("update hours_totals set people = people + 1 where organization_id = '{school}'"), school),
        (format!("delete from hours_totals where organization_id = '{school}'"), school),
    ];
    for (corruption, named) in corruptions {
        app.db_execute(&corruption).unwrap();
        let found = verify(&app, &folder, &[]);
        assert_eq!(code(&found), Some(1), "{corruption}: {}", stdout(&found));
        assert!(stdout(&found).contains(&named.to_string()), "{corruption}: {}", stdout(&found));
        let mended = verify(&app, &folder, &["--repair"]);
        assert_eq!(code(&mended), Some(0), "{corruption}: {} {}", stdout(&mended), stderr(&mended));
        let again = verify(&app, &folder, &[]);
        assert_eq!(code(&again), Some(0), "{corruption}: {} {}", stdout(&again), stderr(&again));
    }
}
