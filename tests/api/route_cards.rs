//! Cards of routes: their approval by the head of the school, apart from that of the route.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_cards::{CardUnderTest, active_p3, cards, complete_p3, hand_in};
use crate::support::build_revisions::RevisionUnderTest;
use crate::support::build_routes::RouteUnderTest;

/// What the block of approval on the card of the route says was decided.
fn decided(app: &TestApp, route: &RouteUnderTest<'_>) -> Vec<Value> {
    let card = app.persona("teacher").get(&route.path("/card")).expect(200).json();
    let blocks = card["blocks"].as_array().unwrap();
    let block = blocks.iter().find(|block| block["block"] == "approval").unwrap();
    let decisions = block["decisions"].as_array().unwrap();
    decisions.iter().map(|decision| decision["decision"].clone()).collect()
}

fn offers(route: &RouteUnderTest<'_>, persona: &str) -> bool {
    let read = route.read(persona).expect(200).json();
    read["allowed_actions"].as_array().unwrap().contains(&json!("submit_route_card"))
}

/// Changes the title of the first line, which is free under P3.
#[track_caller]
fn correct(app: &TestApp, route: &RouteUnderTest<'_>, title: &str) {
    let revision = RevisionUnderTest::retitle(app, route, "teacher", title);
    assert_eq!(revision.submit("teacher").expect(200).json()["revision"]["state"], "applied");
}

/// P3-22: the head of the school approves the card of a route; that the route is agreed is another approval.
#[test]
fn the_head_of_the_school_approves_the_card() {
    let app = TestApp::start();
    let route = complete_p3(&app);
    assert!(!offers(&route, "teacher"));
    hand_in(&route, "teacher").refused(409, "conflict.state");
    route.submit("teacher").expect(200);
    hand_in(&route, "teacher").refused(409, "conflict.state");
    route.decide("director", "endorse").expect(200);
    assert_eq!(route.state(), "active");
    assert_eq!(
        cards(&app, &route, "teacher"),
        Vec::<Value>::new(),
        "the card is not approved with the route"
    );
    assert_eq!(decided(&app, &route), ["согласовано"]);
    assert!(offers(&route, "teacher"));

    let handed_in = hand_in(&route, "teacher").expect(200);
    let card = CardUnderTest::of(&app, &handed_in);
    let shown = handed_in.json();
    assert_eq!((&shown["card"]["state"], &shown["card"]["number"]), (&json!("in_review"), &json!(1)));
    assert_eq!(shown["card"]["author_person_id"], json!(app.person("teacher")));
    assert_eq!(shown["content"]["activities"][0]["data"]["title"], "Чтение");
    assert_eq!(shown["allowed_actions"], json!(["withdraw_route_card"]));
    assert_eq!(card.request("director").json()["subject_kind"], "route_card");
    hand_in(&route, "teacher").refused(409, "conflict.state");
    for other in ["teacher", "deputy"] {
        assert_eq!(card.request(other).json()["allowed_decisions"], json!([]));
        card.decide(other, "approve").expect(403);
    }
    assert_eq!((card.state(), decided(&app, &route).len()), ("in_review".to_owned(), 1));

    card.decide("director", "approve").expect(200);
    let approved = card.read("teacher").expect(200).json();
    assert_eq!(
        (&approved["card"]["state"], &approved["card"]["outdated"]),
        (&json!("approved"), &json!(false))
    );
    assert!(approved["card"]["approved_at"].is_string(), "{approved}");
    assert_eq!(approved["allowed_actions"], json!([]));
    assert_eq!(decided(&app, &route), ["согласовано", "утверждено"]);
    assert_eq!(route.state(), "active", "the route is what it was");
    hand_in(&route, "teacher").refused(409, "conflict.state");
    card.withdraw("teacher").refused(409, "conflict.state");
}

/// P3-22: a card that is returned is reworked and handed in again, for the next round of the same request.
#[test]
fn a_returned_card_goes_on_with_the_next_round() {
    let app = TestApp::start();
    let route = active_p3(&app);
    let card = CardUnderTest::of_route(&app, &route, "teacher");
    let words = json!({"note": "Уточните тему", "due_on": "2026-03-20"});
    card.decide_with("director", "return", words).expect(200);
    let returned = card.read("teacher").expect(200).json();
    assert_eq!(returned["card"]["state"], "rework");
    assert_eq!(returned["card"]["rework"], json!({"reason": "Уточните тему", "due_on": "2026-03-20"}));
    assert_eq!(returned["allowed_actions"], json!(["submit_route_card", "withdraw_route_card"]));
    assert_eq!(route.state(), "active");

    correct(&app, &route, "Чтение об оценивании");
    let kept = card.read("teacher").expect(200).json();
    assert_eq!(kept["content"]["activities"][0]["data"]["title"], "Чтение", "it says what was handed in");
    hand_in(&route, "deputy").refused(403, "auth.forbidden");
    let again = hand_in(&route, "teacher").expect(200).json();
    assert_eq!((&again["card"]["id"], &again["card"]["number"]), (&json!(card.id), &json!(1)));
    assert_eq!(again["card"]["state"], "in_review");
    assert!(again["card"].get("rework").is_none(), "{again}");
    assert_eq!(again["content"]["activities"][0]["data"]["title"], "Чтение об оценивании");
    assert_eq!(card.request("director").json()["round"], 2);
    card.decide("director", "approve").expect(200);
    let listed = cards(&app, &route, "director");
    assert_eq!((listed.len(), &listed[0]["state"]), (1, &json!("approved")));
    assert_eq!(listed[0]["outdated"], false);
}

/// P3-22: what is corrected or looked through after the approval is approved anew, and the earlier card is kept.
#[test]
fn a_corrected_route_has_its_card_approved_anew() {
    let app = TestApp::start();
    let route = active_p3(&app);
    let first = CardUnderTest::of_route(&app, &route, "teacher");
    first.decide("director", "approve").expect(200);
    RevisionUnderTest::retitle(&app, &route, "teacher", "Черновик").withdraw("teacher").expect(200);
    assert_eq!(cards(&app, &route, "teacher")[0]["outdated"], false, "a draft changes nothing");
    correct(&app, &route, "Чтение вдвоём");
    let outdated = first.read("teacher").expect(200);
    assert_eq!(outdated.json()["card"]["outdated"], true);
    assert_eq!(outdated.json()["card"]["state"], "approved");
    assert_eq!(outdated.json()["allowed_actions"], json!(["submit_route_card"]));
    assert_eq!(decided(&app, &route), ["согласовано"], "nobody has approved what the card says now");

    let second = CardUnderTest::of_route(&app, &route, "deputy");
    assert_ne!(second.id, first.id);
    second.decide("director", "approve").expect(200);
    let listed = cards(&app, &route, "teacher");
    let of = |place: usize| (listed[place]["number"].clone(), listed[place]["outdated"].clone());
    assert_eq!((of(0), of(1)), ((json!(2), json!(false)), (json!(1), json!(true))));
    assert_eq!(decided(&app, &route), ["согласовано", "утверждено"]);
    let page = app.persona("teacher").get(&route.path("/cards?limit=1")).expect(200).json();
    let next = format!("/cards?limit=1&cursor={}", page["next_cursor"].as_str().unwrap());
    let rest = app.persona("teacher").get(&route.path(&next)).expect(200).json();
    assert_eq!(rest["items"][0]["id"], json!(first.id));

    route.post("deputy", "/periodic-update", json!({"note": "Просмотрено"})).expect(200);
    assert_eq!(cards(&app, &route, "teacher")[0]["outdated"], true);
    let kept = first.read("director").expect(200).json();
    assert_eq!(kept["content"]["activities"][0]["data"]["title"], "Чтение");
}

/// A card that waits for its approval ends with its route, and the director is not asked about it any more.
#[test]
fn a_card_ends_with_its_route() {
    let app = TestApp::start();
    let route = active_p3(&app);
    let card = CardUnderTest::of_route(&app, &route, "teacher");
    route.post("deputy", "/closure", json!({"reason": "Перевод в другую школу"})).expect(200);
    let ended = card.read("teacher").expect(200).json();
    assert_eq!((&ended["card"]["state"], &ended["allowed_actions"]), (&json!("withdrawn"), &json!([])));
    assert!(ended["card"]["close_reason"].as_str().unwrap().contains("Маршрут закрыт"), "{ended}");
    let request = card.request("director").json();
    assert_eq!((&request["state"], &request["allowed_decisions"]), (&json!("lapsed"), &json!([])));
}

/// A card is taken back by whoever handed it in, on its own or with its request, and another one may follow.
#[test]
fn a_card_is_taken_back_by_its_author() {
    let app = TestApp::start();
    let route = active_p3(&app);
    let path = route.path("/card/submission");
    app.persona("teacher").post(&path, json!({})).refused(428, "request.precondition_required");
    app.persona("teacher").post_if(&path, "\"99\"", json!({})).refused(412, "request.precondition_failed");
    let card = CardUnderTest::of_route(&app, &route, "teacher");
    for other in ["deputy", "director"] {
        card.withdraw(other).refused(403, "auth.forbidden");
    }
    app.persona("teacher")
        .post_if(&card.path("/withdrawal"), "\"99\"", json!({}))
        .refused(412, "request.precondition_failed");
    let gone = card.withdraw("teacher").expect(200).json();
    assert_eq!((&gone["card"]["state"], &gone["allowed_actions"]), (&json!("withdrawn"), &json!([])));
    card.withdraw("teacher").refused(409, "conflict.state");

    let second = CardUnderTest::of_route(&app, &route, "teacher");
    let request = second.request("teacher");
    let path = format!("/api/v1/approval-requests/{}/withdrawal", request.id());
    app.persona("teacher").post_if(&path, &request.etag(), json!({})).expect(200);
    assert_eq!(second.state(), "withdrawn");
    let third = CardUnderTest::of_route(&app, &route, "teacher");
    third.decide_with("director", "reject", json!({"note": "Тема не нужна школе"})).expect(200);
    let rejected = third.read("teacher").expect(200).json();
    assert_eq!((&rejected["card"]["number"], &rejected["card"]["state"]), (&json!(3), &json!("rejected")));
    assert_eq!(rejected["card"]["close_reason"], "Тема не нужна школе");
}

/// Whoever may not read a route knows nothing of its cards.
#[test]
fn cards_are_for_those_who_may_read_the_route() {
    let app = TestApp::start();
    let route = active_p3(&app);
    let card = CardUnderTest::of_route(&app, &route, "teacher");
    for reader in ["teacher", "deputy", "director", "municipal_officer", "ministry"] {
        card.read(reader).expect(200);
        assert_eq!(cards(&app, &route, reader).len(), 1, "{reader}");
    }
    for stranger in ["teacher_2", "school_2_director", "chel_director"] {
        card.read(stranger).refused(404, "request.not_found");
        card.withdraw(stranger).refused(404, "request.not_found");
        app.persona(stranger).get(&route.path("/cards")).refused(404, "request.not_found");
        hand_in(&route, stranger).refused(404, "request.not_found");
    }
    card.withdraw("municipal_officer").refused(403, "auth.forbidden");
}

/// Where the regulation has no approval of cards, none is handed in.
#[test]
fn no_approval_of_cards_without_a_chain() {
    let app = TestApp::start();
    let route = RouteUnderTest::complete_p0(&app);
    route.approve_p0();
    for persona in ["chel_teacher", "chel_deputy"] {
        hand_in(&route, persona).refused(422, "card_approval_not_used");
        assert!(!offers(&route, persona));
    }
    hand_in(&route, "teacher").refused(404, "request.not_found");
    assert_eq!(cards(&app, &route, "chel_teacher"), Vec::<Value>::new());
}
