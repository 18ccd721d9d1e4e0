//! What a regulation says of itself: who approved it, who controls it, what it rests on.

use serde_json::json;

use crate::support::TestApp;

/// P2-1: act number and date, approving body and controller. P2-6: the legal basis, each act with what is known of it.
#[test]
fn the_act_its_controller_and_its_legal_basis_are_kept() {
    let app = TestApp::start();
    let ministry = app.persona("ministry");
    let body = json!({"owner_id": app.organization("altai_ministry"), "preset_code": "p2-kostroma-oblast"});
    let draft = ministry.post("/api/v1/regulations", body).expect(201);
    let path = format!("/api/v1/regulations/{}", draft.id());
    ministry
        .post_if(&format!("{path}/publication"), &draft.etag(), json!({"effective_from": "2026-03-02"}))
        .expect(200);
    let read = app.persona("teacher").get(&path).expect(200).json();
    let document = &read["document"];
    assert_eq!((&document["act_number"], &document["act_date"]), (&json!("481"), &json!("2020-03-10")));
    assert_eq!(document["issuing_body"], "Департамент образования и науки Костромской области");
    assert_eq!(document["controlled_by"], "Директор департамента образования и науки Костромской области");
    let basis = document["legal_basis"].as_array().unwrap();
    assert_eq!(basis.len(), 6);
    let order = basis.iter().find(|act| act["number"] == "499").unwrap();
    assert_eq!((&order["date"], &order["paragraph"]), (&json!("2013-07-01"), &json!("3")));
    let labour = basis.iter().find(|act| act["number"] == "197-ФЗ").unwrap();
    assert_eq!(labour["date"], "2001-12-30");
    assert!(basis.iter().any(|act| act["number"].is_null()), "professional standards have no number");
    assert!(basis.iter().all(|act| act.get("ends_on").is_none()), "no act of this basis has an end");
}
