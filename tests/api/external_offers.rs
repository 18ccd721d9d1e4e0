//! Offers of legal entities to teach people of a school, over HTTP, at a school that lives under P0.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_hours::{confirmed, record};
use crate::support::build_regulations::amended;
use crate::support::build_requests::{decide, marks, offer, paper, read, send, take_in};
use crate::support::build_training::{listed, with};

const OFFERS: &str = "external-offers";

/// P0-44: an offer says its source, who pays and the terms; the director alone decides, and always in words.
#[test]
fn an_offer_says_who_pays_and_the_director_decides_in_words() {
    let app = TestApp::start();
    let deputy = app.persona("chel_deputy");
    for field in ["source", "payer", "terms"] {
        let mut offer = offer();
        offer.as_object_mut().unwrap().remove(field);
        deputy.post("/api/v1/external-offers", json!({"offer": offer})).expect(422);
    }
    take_in(&app, "chel_deputy", json!({"source": "own"})).refused(422, "paid_by_employee");
    let mut wrong = with(
        offer(),
        json!({"source": "other", "starts_on": "2026-04-02", "ends_on": "2026-04-01",
            "program_id": rost::ids::new_id()}),
    );
    wrong.as_object_mut().unwrap().remove("source_note");
    let refused = deputy.post("/api/v1/external-offers", json!({"offer": wrong})).expect(422);
    assert_eq!(refused.codes(), ["request.invalid", "required", "dates_out_of_order", "unknown"]);

    let recorded = take_in(&app, "chel_deputy", json!({})).expect(201);
    let (id, shown) = (recorded.id(), recorded.json());
    assert_eq!((&shown["state"], &shown["source"]), (&json!("in_review"), &json!("grant")));
    decide(&app, "chel_deputy", &id, "approve", json!({"note": "Полезно"})).refused(403, "not_your_step");
    decide(&app, "chel_director", &id, "approve", json!({})).refused(422, "text_required");
    let words = "Равный доступ: по одному человеку от объединения";
    decide(&app, "chel_director", &id, "approve", json!({"note": words})).expect(200);
    let shown = read(&app, "chel_teacher", OFFERS, &id).expect(200).json();
    assert_eq!(shown["state"], "approved");
    let request = format!("/api/v1/approval-requests/{}", shown["request_id"].as_str().unwrap());
    let request = app.persona("chel_director").get(&request).expect(200).json();
    let last = request["decisions"].as_array().unwrap().last().unwrap();
    assert_eq!((&last["decision"], &last["note"]), (&json!("approve"), &json!(words)));

    let refused = take_in(&app, "chel_deputy", json!({"source": "state_assignment"})).expect(201).id();
    decide(&app, "chel_director", &refused, "reject", json!({})).refused(422, "reason_required");
    decide(&app, "chel_director", &refused, "reject", json!({"note": "Не по профилю"})).expect(200);
    let shown = read(&app, "chel_deputy", OFFERS, &refused).expect(200).json();
    assert_eq!((&shown["state"], &shown["reason"]), (&json!("rejected"), &json!("Не по профилю")));
}

/// P0-44: nobody decides on an offer that he handed in himself, so the director leaves that to others.
#[test]
fn the_director_hands_no_offer_in_alone() {
    let app = TestApp::start();
    take_in(&app, "chel_director", json!({})).refused(422, "only_submitter_could_decide");
    take_in(&app, "chel_teacher", json!({})).refused(403, "auth.forbidden");
}

/// P0-44: what was learnt by an approved offer to one's school stands in the ledger as learnt outside the route.
#[test]
fn what_was_learnt_by_an_offer_is_marked_in_the_ledger() {
    let app = TestApp::start();
    let id = take_in(&app, "chel_deputy", json!({})).expect(201).id();
    app.days_pass(30);
    let named = || paper(&app, "17", json!({"external_offer_id": id}));
    record(&app, "chel_teacher", named()).refused(422, "unknown");
    decide(&app, "chel_director", &id, "approve", json!({"note": "Всем желающим"})).expect(200);
    let credential = confirmed(&app, "chel_teacher", "chel_director", named());
    assert_eq!(marks(&app), [(credential.clone(), true)]);
    let shown = read(&app, "chel_deputy", OFFERS, &id).expect(200).json();
    assert_eq!(shown["credential_ids"], json!([credential]));
}

/// Whoever handed an offer in writes a returned one anew and takes it back; a regulation says whether it is returned.
#[test]
fn an_offer_is_returned_handed_in_again_and_taken_back() {
    let app = TestApp::start();
    amended(&app, "chel_director", "chel_school", "p0-chelyabinsk-school", |document| {
        document["profile"]["chains"]["external_offer"]["steps"][0]["may_return"] = json!(true);
    });
    let id = take_in(&app, "chel_deputy", json!({})).expect(201).id();
    let again = || {
        let body = json!({"offer": with(offer(), json!({"places": 7}))});
        send(&app, "chel_deputy", OFFERS, &id, "submission", body)
    };
    again().refused(409, "conflict.state");
    let words = json!({"note": "Сколько мест?", "due_on": "2026-03-20"});
    decide(&app, "chel_director", &id, "return", words).expect(200);
    let returned = read(&app, "chel_deputy", OFFERS, &id).expect(200).json();
    assert_eq!((&returned["state"], &returned["rework"]["due_on"]), (&json!("rework"), &json!("2026-03-20")));
    assert_eq!(returned["allowed_actions"], json!(["submit_external_offer", "withdraw_external_offer"]));
    let handed_in = again().expect(200).json();
    assert_eq!((&handed_in["state"], &handed_in["places"]), (&json!("in_review"), &json!(7)));
    send(&app, "chel_director", OFFERS, &id, "withdrawal", json!({})).refused(403, "auth.forbidden");
    send(&app, "chel_teacher", OFFERS, &id, "withdrawal", json!({})).refused(403, "auth.forbidden");
    let path = format!("/api/v1/{OFFERS}/{id}/withdrawal");
    let deputy = app.persona("chel_deputy");
    deputy.post(&path, json!({})).refused(428, "request.precondition_required");
    deputy.post_if(&path, "\"1\"", json!({})).refused(412, "request.precondition_failed");
    let withdrawn = send(&app, "chel_deputy", OFFERS, &id, "withdrawal", json!({})).expect(200).json();
    assert_eq!((&withdrawn["state"], &withdrawn["allowed_actions"]), (&json!("withdrawn"), &json!([])));
}

/// Offers are known to everybody at the school and to those above it, and nowhere else.
#[test]
fn offers_are_seen_at_the_school_and_above() {
    let app = TestApp::start();
    let first = take_in(&app, "chel_deputy", json!({})).expect(201).id();
    let second = take_in(&app, "chel_deputy", json!({"topic": "Наставничество"})).expect(201).id();
    let ids = |persona: &str, query: &str| {
        listed(&app.persona(persona).get(&format!("/api/v1/{OFFERS}{query}")).expect(200), "id")
    };
    for persona in ["chel_teacher", "chel_director", "chel_ministry"] {
        assert_eq!(ids(persona, ""), [json!(second), json!(first)]);
    }
    let of_school = format!("?organization_id={}&state=in_review&limit=1", app.organization("chel_school"));
    assert_eq!(ids("chel_ministry", &of_school), [json!(second)]);
    assert_eq!(ids("director", ""), Vec::<Value>::new());
    read(&app, "director", OFFERS, &first).refused(404, "request.not_found");
}

/// Where the regulation knows no such offers none is taken in.
#[test]
fn offers_are_not_used_elsewhere() {
    let app = TestApp::start();
    take_in(&app, "deputy", json!({})).refused(422, "not_used");
}
