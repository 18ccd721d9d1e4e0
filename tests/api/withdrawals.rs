//! Who takes back a need or a recommendation: whoever gave it, and those above.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_guidance::ids;

const NEEDS: &str = "/api/v1/needs";
const RECOMMENDATIONS: &str = "/api/v1/recommendations";

fn actions(app: &TestApp, persona: &str, path: &str) -> Value {
    app.persona(persona).get(path).expect(200).json()["allowed_actions"].clone()
}

/// P0-35: what the regulation lets the deputy recommend is taken back by the school's leaders, not by those whom the
/// regulation does not let recommend, and what a reader may do is what he is told.
#[test]
fn a_recommendation_is_taken_back_by_those_who_recommend() {
    let app = TestApp::start();
    let person = app.person("chel_teacher");
    let need = json!({"person_id": person, "ground": "new_post", "topic": "Управление классом"});
    let need = app.persona("chel_director").post(NEEDS, need).expect(201).id();
    let body =
        json!({"person_id": person, "topic": "Формирующее оценивание", "basis": "need", "need_id": need});
    app.persona("chel_association_head").post(RECOMMENDATIONS, body.clone()).refused(403, "auth.forbidden");
    app.persona("chel_ministry").post(RECOMMENDATIONS, body.clone()).refused(403, "auth.forbidden");
    let given = app.persona("chel_deputy").post(RECOMMENDATIONS, body).expect(201);
    let path = format!("{RECOMMENDATIONS}/{}", given.id());
    let mine = json!(["withdraw_recommendation"]);
    for (persona, expected) in [
        ("chel_association_head", json!([])),
        ("chel_ministry", json!([])),
        ("chel_teacher", json!([])),
        ("chel_director", mine.clone()),
        ("chel_deputy", mine),
    ] {
        assert_eq!(actions(&app, persona, &path), expected, "{persona}");
    }
    let listed = app.persona("chel_association_head").get(RECOMMENDATIONS).expect(200);
    assert_eq!((ids(&listed).len(), &listed.json()["items"][0]["allowed_actions"]), (1, &json!([])));
    let withdrawal = format!("{path}/withdrawal");
    let reason = json!({"reason": "Программа больше не проводится"});
    for persona in ["chel_association_head", "chel_ministry", "chel_teacher"] {
        app.persona(persona).post_if(&withdrawal, "\"1\"", reason.clone()).refused(403, "auth.forbidden");
    }
    app.persona("chel_director")
        .post_if(&withdrawal, "\"1\"", json!({"reason": "   "}))
        .refused(422, "blank");
    let gone = app.persona("chel_director").post_if(&withdrawal, "\"1\"", reason.clone()).expect(200).json();
    assert_eq!(gone["withdrawal_reason"], reason["reason"]);
    let read = app.persona("chel_teacher").get(&path).expect(200).json();
    assert_eq!((&read["state"], &read["withdrawal_reason"]), (&json!("withdrawn"), &reason["reason"]));
}

/// P2-13: a need that the ministry has found is not taken back by the teacher, his head or his school; one of his own is,
/// by himself and by those who work with him.
#[test]
fn a_need_is_taken_back_at_the_level_that_recorded_it() {
    let app = TestApp::start();
    let body =
        json!({"person_id": app.person("teacher"), "ground": "new_post", "topic": "Управление классом"});
    let made = |persona: &str| {
        format!("{NEEDS}/{}", app.persona(persona).post(NEEDS, body.clone()).expect(201).id())
    };
    let may = |path: &str| -> Vec<&str> {
        let all = ["teacher", "association_head", "director", "municipal_officer", "ministry"];
        all.into_iter().filter(|persona| actions(&app, persona, path) == json!(["withdraw_need"])).collect()
    };
    let of_ministry = made("ministry");
    assert_eq!(may(&of_ministry), ["ministry"]);
    assert_eq!(may(&made("municipal_officer")), ["municipal_officer", "ministry"]);
    assert_eq!(may(&made("director")), ["director", "municipal_officer", "ministry"]);
    let of_head = made("association_head");
    assert_eq!(may(&of_head), ["association_head", "director", "municipal_officer", "ministry"]);
    assert_eq!(may(&made("teacher")).len(), 5);
    let reason = json!({"reason": "Уже не нужно"});
    let withdrawal = format!("{of_ministry}/withdrawal");
    app.persona("teacher").post_if(&withdrawal, "\"1\"", reason.clone()).refused(403, "auth.forbidden");
    app.persona("teacher_2").post_if(&withdrawal, "\"1\"", reason.clone()).refused(404, "request.not_found");
    let gone = app.persona("ministry").post_if(&withdrawal, "\"1\"", reason.clone()).expect(200).json();
    assert_eq!(gone["withdrawal_reason"], reason["reason"]);
}
