//! What is known of a person is known where he works now, through whichever door it is asked for.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_diagnostics::{
    campaign, coordinator_instrument, framework, instrument, load_results, result, snils, staff,
};
use crate::support::build_directory::{employment, end_employment, only_employment};
use crate::support::build_guidance::ids;

/// The teacher leaves school 1 and works at school 2 from the next day on.
fn moved(app: &TestApp) {
    let person = app.person("teacher").to_string();
    let work = only_employment(&app.persona("director"), &person);
    end_employment(&app.persona("director"), &work, "2026-03-02").expect(200);
    let mut body = employment(app.organization("school_2"));
    body["data"]["started_on"] = json!("2026-03-03");
    let path = format!("/api/v1/persons/{person}/employments");
    app.persona("municipal_officer").post(&path, body).expect(201);
    app.days_pass(1);
}

fn count(app: &TestApp, persona: &str, path: &str) -> usize {
    let path = format!("{path}?person_id={}", app.person("teacher"));
    ids(&app.persona(persona).get(&path).expect(200)).len()
}

/// P4-12: deficits are personal data; the school that the teacher has left knows none of them any more, the new one all,
/// in lists, one by one, and in numbers.
#[test]
fn deficits_follow_the_person_to_the_new_school() {
    let app = TestApp::start();
    let instrument = coordinator_instrument(&app);
    let recorded =
        result(&app, "coordinator", "teacher", &instrument, "2026-02-01", &[("B.1", 20.0), ("B.2", 20.0)]);
    let deficits = ids(&app.persona("director").get("/api/v1/deficits").expect(200));
    moved(&app);
    assert_eq!(
        (count(&app, "director", "/api/v1/deficits"), count(&app, "school_2_director", "/api/v1/deficits")),
        (0, 2)
    );
    for path in [
        format!("deficits/{}", deficits[0]),
        format!("deficits/{}/events", deficits[0]),
        format!("diagnostic-results/{}", recorded.id()),
    ] {
        let path = format!("/api/v1/{path}");
        app.persona("director").get(&path).refused(404, "request.not_found");
        app.persona("school_2_director").get(&path).expect(200);
    }
    let total = |persona: &str, query: String| -> Value {
        app.persona(persona).get(&format!("/api/v1/deficit-closure{query}")).expect(200).json()["total"]
            .clone()
    };
    let of = |school: &str| format!("?organization_id={}", app.organization(school));
    assert_eq!(total("school_2_director", format!("?person_id={}", app.person("teacher"))), 2);
    assert_eq!((total("director", String::new()), total("ministry", of("school_1"))), (json!(0), json!(0)));
    assert_eq!((total("ministry", of("school_2")), total("ministry", String::new())), (json!(2), json!(2)));
    let listed = format!("/api/v1/deficits{}", of("school_2"));
    assert_eq!(ids(&app.persona("ministry").get(&listed).expect(200)).len(), 2);
}

/// P2-18: a report counts the people who work at the school on its day, each at his school; never more than all.
#[test]
fn a_report_counts_those_who_work_there() {
    let app = TestApp::start();
    let instrument = coordinator_instrument(&app);
    result(&app, "coordinator", "teacher", &instrument, "2026-02-01", &[("B.1", 20.0)]);
    staff(&app, "school_1", 100, 6);
    staff(&app, "school_2", 200, 6);
    let row = |number: u32| format!("{};d-coordinator;;2026-02-01;онлайн;B.1:test=20", snils(number));
    let rows: Vec<String> = (100..106).chain(200..206).map(row).collect();
    load_results(&app, "coordinator", "", &rows).expect(200);
    moved(&app);
    let of = |school: &str, day: &str| -> Value {
        let query = format!("organization_id={}&as_of={day}", app.organization(school));
        app.persona("coordinator").get(&format!("/api/v1/diagnostic-report?{query}")).expect(200).json()["place"].clone()
    };
    assert_eq!(of("school_1", "2026-03-02")["tested"], 7);
    let after = of("school_1", "2026-03-03");
    assert_eq!((&after["tested"], &after["deficits"]["open"]), (&json!(6), &json!(6)), "{after}");
    assert_eq!(of("school_2", "2026-03-03")["tested"], 7);
    let whole = app.persona("coordinator").get("/api/v1/diagnostic-report").expect(200).json();
    assert_eq!(whole["place"]["tested"], 13, "whoever moves is counted once: {whole}");
}

/// P2-13: needs are known, and taken back, where the person works.
#[test]
fn needs_and_recommendations_follow_the_person() {
    let app = TestApp::start();
    let body =
        json!({"person_id": app.person("teacher"), "ground": "new_post", "topic": "Управление классом"});
    let need = app.persona("director").post("/api/v1/needs", body).expect(201);
    assert_eq!(need.json()["allowed_actions"], json!(["withdraw_need"]));
    moved(&app);
    let path = format!("/api/v1/needs/{}", need.id());
    assert_eq!(
        (count(&app, "director", "/api/v1/needs"), count(&app, "school_2_director", "/api/v1/needs")),
        (0, 1)
    );
    app.persona("director").get(&path).refused(404, "request.not_found");
    let reason = json!({"reason": "Записано дважды"});
    app.persona("director")
        .post_if(&format!("{path}/withdrawal"), "\"1\"", reason.clone())
        .refused(404, "request.not_found");
    let read = app.persona("school_2_director").get(&path).expect(200).json();
    assert_eq!(read["allowed_actions"], json!(["withdraw_need"]));
    let list = app.persona("school_2_director").get("/api/v1/needs").expect(200).json();
    assert_eq!(list["items"][0]["allowed_actions"], json!(["withdraw_need"]));
    app.persona("school_2_director").post_if(&format!("{path}/withdrawal"), "\"1\"", reason).expect(200);
}

/// P4-22: a reminder concerns those who work with the person now.
#[test]
fn reminders_follow_the_person() {
    let app = TestApp::start();
    let framework = framework(&app, "coordinator", "coordinator");
    let instrument = instrument(&app, "coordinator", "coordinator", &framework);
    let campaign = campaign(&app, "coordinator", "coordinator", &instrument, "by_rule");
    let body = json!({"organization_id": app.organization("school_1"), "text": "Диагностика до пятницы"});
    app.persona("director")
        .post(&format!("/api/v1/diagnostic-campaigns/{campaign}/reminders"), body)
        .expect(200);
    assert_eq!(count(&app, "director", "/api/v1/diagnostic-reminders"), 1);
    moved(&app);
    assert_eq!(count(&app, "director", "/api/v1/diagnostic-reminders"), 0);
    assert_eq!(count(&app, "school_2_director", "/api/v1/diagnostic-reminders"), 1);
}
