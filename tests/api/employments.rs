//! Employments over HTTP.

use serde_json::json;

use crate::support::TestApp;
use crate::support::build_directory::{column, employment, end_employment, hire, only_employment};

/// P1-16: the kind of an employment tells staff from part-time and contract.
#[test]
fn a_person_may_work_at_two_schools() {
    let app = TestApp::start();
    let id = hire(&app, "director", "Соколова", "school_1");
    let path = format!("/api/v1/persons/{id}/employments");
    let mut second = employment(app.organization("school_2"));
    second["data"]["kind"] = json!("external_part_time");
    let officer = app.persona("municipal_officer");
    let created = officer.post(&path, second.clone()).expect(201);
    assert_eq!(created.json()["data"]["kind"], json!("external_part_time"));
    assert_eq!(created.json()["allowed_actions"], json!(["update_employment"]));
    officer.post(&path, second).refused(409, "conflict.already_exists");
    // Now both directors see the person, and each changes his own employment only.
    let work = app.persona("school_2_director").get(&path).expect(200);
    assert_eq!(column(&work, "organization_id").len(), 2);
    let first = format!("/api/v1/employments/{}", column(&work, "id")[1]);
    let body = work.json()["items"][1]["data"].clone();
    app.persona("school_2_director").put(&first, "\"1\"", body.clone()).refused(403, "auth.forbidden");
    app.persona("director").put(&first, "\"1\"", body).expect(200);
}

#[test]
fn a_director_hires_neither_for_another_school_nor_whom_he_cannot_see() {
    let app = TestApp::start();
    let own = format!("/api/v1/persons/{}/employments", app.person("teacher"));
    let other = employment(app.organization("school_2"));
    app.persona("director").post(&own, other.clone()).refused(403, "auth.forbidden");
    app.persona("school_2_director").post(&own, other).refused(404, "request.not_found");
    let elsewhere = employment(app.organization("chel_school"));
    app.persona("ministry").post(&own, elsewhere).refused(422, "unknown");
    app.persona("chel_ministry").get(&own).refused(404, "request.not_found");
}

#[test]
fn wrong_employments_are_refused_with_all_problems() {
    let app = TestApp::start();
    let path = format!("/api/v1/persons/{}/employments", app.person("teacher"));
    let mut body = employment(app.organization("school_1"));
    body["data"]["position"] = json!("п".repeat(201));
    body["data"]["subjects"] = json!([""]);
    let refusal = app.persona("director").post(&path, body.clone()).refused(422, "length");
    assert_eq!(refusal.json()["errors"].as_array().unwrap().len(), 2);
    body = employment(app.organization("school_1"));
    body["data"]["education_levels"] = json!(["kindergarten"]);
    app.persona("director").post(&path, body).refused(422, "unknown_value");
}

/// Design §2: a grant ends with its employment.
#[test]
fn roles_and_memberships_end_with_the_employment() {
    let app = TestApp::start();
    let director = app.persona("director");
    let id = app.person("association_head").to_string();
    let work = only_employment(&director, &id);
    end_employment(&director, &work, "2026-02-20").expect(200);
    let roles = format!(
        "select string_agg(distinct valid_until::text, ',') from role_assignments where person_id = '{id}'"
    );
    assert_eq!(app.db_text(&roles), "2026-02-20");
    let heads = format!("select count(*) from associations where head_person_id = '{id}'");
    assert_eq!(app.db_text(&heads), "0", "a head who has left heads nothing");
    // Who has left is out of the school's sight, but not his record there.
    director.get(&format!("/api/v1/persons/{id}")).refused(404, "request.not_found");
    director.get(&format!("/api/v1/employments/{}", work["id"].as_str().unwrap())).expect(200);
    app.persona("ministry").get(&format!("/api/v1/persons/{id}")).expect(200);

    let member = app.person("teacher").to_string();
    end_employment(&director, &only_employment(&director, &member), "2026-03-02").expect(200);
    let until = format!("select until::text from association_members where person_id = '{member}'");
    assert_eq!(app.db_text(&until), "2026-03-02");
}

#[test]
fn roles_stay_while_other_work_there_goes_on() {
    let app = TestApp::start();
    let director = app.persona("director");
    let id = app.person("deputy").to_string();
    let first = only_employment(&director, &id);
    let mut second = employment(app.organization("school_1"));
    second["data"]["kind"] = json!("internal_part_time");
    director.post(&format!("/api/v1/persons/{id}/employments"), second).expect(201);
    end_employment(&director, &first, "2026-02-20").expect(200);
    let open =
        format!("select count(*) from role_assignments where person_id = '{id}' and valid_until is null");
    assert_eq!(app.db_text(&open), "2");
}

#[test]
fn a_stale_or_missing_etag_changes_nothing() {
    let app = TestApp::start();
    let director = app.persona("director");
    let work = only_employment(&director, &app.person("teacher").to_string());
    let path = format!("/api/v1/employments/{}", work["id"].as_str().unwrap());
    director.put(&path, "\"7\"", work["data"].clone()).refused(412, "request.precondition_failed");
    director.send_json("PUT", &path, &work["data"]).refused(428, "request.precondition_required");
    let mut backwards = work["data"].clone();
    backwards["ended_on"] = json!("2019-01-01");
    director.put(&path, "\"1\"", backwards).refused(422, "dates_out_of_order");
    app.persona("association_head").put(&path, "\"1\"", work["data"].clone()).refused(403, "auth.forbidden");
    app.persona("teacher_2").get(&path).refused(404, "request.not_found");
}

/// Design §2: a person may have several employments. Whoever is known elsewhere in the region is found by СНИЛС and last
/// name together, and by nothing less.
#[test]
fn a_director_hires_a_part_timer_whom_he_does_not_see() {
    let app = TestApp::start();
    let director = app.persona("school_2_director");
    let id = app.person("teacher");
    app.db_execute(&format!(
        "update persons set snils = '90000000182', last_name = 'Каренина' where id = '{id}'"
    ))
    .unwrap();
    let mut work = employment(app.organization("school_2"));
    work["data"]["kind"] = json!("external_part_time");
    let hire = |snils: &str, name: &str| {
        let body = json!({"snils": snils, "last_name": name, "employment": work.clone()});
        director.post("/api/v1/employments", body)
    };
    let path = format!("/api/v1/persons/{id}");
    director.get(&path).refused(404, "request.not_found");
    let told = |answer: crate::support::Answer| answer.refused(422, "unknown").json()["errors"].clone();
    assert_eq!(told(hire("900-000-001 82", "Обломова")), told(hire("900-000-002 83", "Каренина")));
    hire("900-000-001 83", "Каренина").refused(422, "checksum");

    let hired = hire("900-000-001 82", "каренина").expect(201);
    assert_eq!(hired.json()["person_id"], json!(id));
    assert_eq!(hired.json()["data"]["kind"], "external_part_time");
    director.get(&path).expect(200);
    assert_eq!(
        app.db_text(
            "select count(*) from audit_events where operation = 'hire_person' and role = 'director'"
        ),
        "1"
    );
    hire("900-000-001 82", "Каренина").refused(409, "conflict.already_exists");

    let body = |place: &str| json!({"snils": "900-000-001 82", "last_name": "Каренина", "employment": employment(app.organization(place))});
    let post = |persona: &str, place: &str| app.persona(persona).post("/api/v1/employments", body(place));
    post("director", "school_2").refused(403, "auth.forbidden");
    post("teacher", "school_1").refused(403, "auth.forbidden");
    post("chel_director", "chel_school").refused(422, "unknown");
    post("director", "chel_school").refused(422, "unknown");
}

/// A file of the school's staff names part-timers as well; their records are kept elsewhere.
#[test]
fn a_staff_file_employs_part_timers() {
    let app = TestApp::start();
    let (id, school) = (app.person("teacher"), app.organization("school_2"));
    app.db_execute(&format!(
        "update persons set snils = '90000000182', last_name = 'Каренина' where id = '{id}';
         update organizations set inn = '0099000014' where id = '{school}'"
    ))
    .unwrap();
    let load = |name: &str| {
        let header = "Фамилия;Имя;СНИЛС;ИНН организации;Должность;Вид занятости;Дата приёма\n";
        let file = format!("{header}{name};Мария;90000000182;0099000014;учитель;совместитель;01.02.2026\n");
        let client = app.persona("school_2_director").header("content-type", "text/csv");
        client.send("POST", "/api/v1/imports/staff", Some(file.into())).expect(200).json()
    };
    assert_eq!(load("Обломова")["rows_refused"], 1);
    assert_eq!(load("Каренина")["rows_updated"], 1);
    assert_eq!(
        app.db_text(&format!("select first_name from persons where id = '{id}'")),
        "Anna",
        "kept elsewhere"
    );
}
