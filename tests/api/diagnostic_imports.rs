//! Results of diagnostics in bulk.

use serde_json::{Value, json};

use crate::support::build_diagnostics::{campaign, coordinator_instrument, load_results, snils, staff};
use crate::support::build_guidance::live_under;
use crate::support::{Answer, TestApp};

fn counts(answer: &Answer) -> [i64; 4] {
    let run = answer.json();
    ["rows_created", "rows_updated", "rows_unchanged", "rows_refused"]
        .map(|name| run[name].as_i64().unwrap_or(-1))
}

fn problems(app: &TestApp, persona: &str, run: &Answer) -> Vec<(i64, String, String)> {
    let path = format!("/api/v1/import-runs/{}/rows?outcome=refused", run.id());
    let rows = app.persona(persona).get(&path).expect(200).json();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    rows["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            let problem = &row["problems"][0];
            (row["line"].as_i64().unwrap(), text(&problem["column"]), text(&problem["code"]))
        })
        .collect()
}

/// P2-17: the operator loads results in bulk with instrument, date and scores; a dry run predicts exactly, a repeat
/// changes nothing, other scores correct what is known.
#[test]
fn results_are_loaded_in_bulk_with_receipts() {
    let app = TestApp::start();
    coordinator_instrument(&app);
    live_under(&app, "ministry", "altai_ministry", "p2-kostroma-oblast", "2026-03-02");
    staff(&app, "school_1", 1, 3);
    let row =
        |number: u32, scores: &str| format!("{};d-coordinator;;2026-02-10;онлайн;{scores}", snils(number));
    let file = [
        row(1, "B.1:тест=20|B.2:test=90"),
        row(2, "B.1:test=30,5|B.1:observation=55"),
        row(3, "B.1=20"),
        row(3, "B.1:test=120"),
        row(4, "B.1:test=10"),
    ];
    let predicted = load_results(&app, "operator", "?dry_run=true", &file).expect(200);
    assert_eq!(app.db_text("select count(*) from diagnostic_results"), "0");
    let done = load_results(&app, "operator", "", &file).expect(200);
    assert_eq!(counts(&predicted), counts(&done));
    assert_eq!(counts(&done), [2, 0, 0, 3]);
    let expected = [
        (4, "Баллы".to_owned(), "procedure_required".to_owned()),
        (5, "Баллы".to_owned(), "above_max_score".to_owned()),
        (6, "СНИЛС".to_owned(), "unknown".to_owned()),
    ];
    assert_eq!(problems(&app, "operator", &done), expected);
    assert_eq!(problems(&app, "operator", &predicted), expected);
    assert_eq!(counts(&load_results(&app, "operator", "", &file[..2]).expect(200)), [0, 0, 2, 0]);
    let corrected = [row(1, "B.1:test=95|B.2:test=90"), file[1].clone()];
    assert_eq!(
        counts(&load_results(&app, "operator", "?dry_run=true", &corrected).expect(200)),
        [0, 1, 1, 0]
    );
    assert_eq!(counts(&load_results(&app, "operator", "", &corrected).expect(200)), [0, 1, 1, 0]);
    assert_eq!(app.db_text("select count(*) from diagnostic_results where corrects_id is not null"), "1");
    assert_eq!(app.db_text("select string_agg(state, ',' order by state) from deficits"), "closed,open");
}

/// P2-17: every row needs the right to do by hand what it does; the rows of a campaign name it by its code.
#[test]
fn rows_name_their_campaign_and_need_the_rights_of_whoever_loads() {
    let app = TestApp::start();
    let instrument = coordinator_instrument(&app);
    staff(&app, "school_2", 1, 2);
    let id = campaign(&app, "coordinator", "coordinator", &instrument, "by_rule");
    let row = |number: u32, campaign: &str| {
        format!("{};d-coordinator;{campaign};2026-02-10;offline;B.1:test=20", snils(number))
    };
    let strange = load_results(&app, "director", "", &[row(1, "spring")]).expect(200);
    assert_eq!(counts(&strange), [0, 0, 0, 1], "people of another school do not exist");
    let wrong = load_results(&app, "coordinator", "", &[row(1, "winter")]).expect(200);
    assert_eq!(problems(&app, "coordinator", &wrong)[0].2, "unknown");
    let done =
        load_results(&app, "coordinator", "?mode=atomic", &[row(1, "spring"), row(2, "spring")]).expect(200);
    assert_eq!(counts(&done), [2, 0, 0, 0]);
    let path = format!("/api/v1/diagnostic-campaigns/{id}/participation");
    assert_eq!(app.persona("coordinator").get(&path).expect(200).json()["total"]["tested"], 2);
    // Another day without the campaign is another result.
    assert_eq!(counts(&load_results(&app, "coordinator", "", &[row(1, "")]).expect(200)), [1, 0, 0, 0]);
    load_results(&app, "teacher", "", &[row(1, "spring")]).refused(403, "auth.forbidden");
    assert_eq!(json!(app.db_text("select count(*) from diagnostic_results")), json!("3"));
}
