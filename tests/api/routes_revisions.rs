//! Revisions of routes in force, petitions for them, versions and what differs between them.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_diagnostics::deficits;
use crate::support::build_revisions::{RevisionUnderTest, causes, draft, petition};
use crate::support::build_routes::{RouteUnderTest, activity};
use crate::support::regulated_training::barnaul_under_p3;

fn first_title(route: &RouteUnderTest<'_>, persona: &str) -> Value {
    route.read(persona).expect(200).json()["activities"][0]["data"]["title"].clone()
}

fn in_force_p0(app: &TestApp) -> RouteUnderTest<'_> {
    let route = RouteUnderTest::complete_p0(app);
    route.approve_p0();
    route
}

/// P0-16: a change of a route in force is a revision that waits; the route says the same until the deputy agrees.
#[test]
fn a_route_in_force_changes_when_the_deputy_agrees() {
    let app = TestApp::start();
    let route = in_force_p0(&app);
    let before = route.read("chel_teacher").expect(200).json();
    route.put("chel_teacher", "/contents", route.written("chel_teacher")).refused(409, "conflict.state");
    let revision = RevisionUnderTest::retitle(&app, &route, "chel_teacher", "Чтение вдвоём");
    let drafted = revision.read("chel_teacher").expect(200).json();
    assert_eq!(drafted["changes"].as_array().unwrap().len(), 1);
    assert_eq!(drafted["changes"][0]["pointer"], "/activities/0/data/title");
    assert_eq!(drafted["changes"][0]["after"], "Чтение вдвоём");
    revision.submit("chel_teacher").expect(200);
    assert_eq!(revision.state(), "in_review");
    assert_eq!(route.read("chel_teacher").expect(200).json()["activities"], before["activities"]);
    let steps = revision.request("chel_deputy").json()["steps"].clone();
    assert_eq!(steps[0]["state"], "decided", "the teacher who hands it in agrees");
    revision.decide("chel_deputy", "endorse").expect(200);
    assert_eq!(revision.state(), "applied");
    let after = route.read("chel_teacher").expect(200).json();
    assert_eq!(after["activities"][0]["data"]["title"], "Чтение вдвоём");
    assert_eq!(after["activities"][0]["id"], before["activities"][0]["id"]);
    assert_eq!(after["state"], "active");
    assert_eq!(causes(&app, &route, "chel_teacher"), ["submission", "revision_submission", "revision"]);
    let read = revision.read("chel_director").expect(200).json();
    assert_eq!(read["revision"]["applied_on"], "2026-03-02");
    assert_eq!(read["changes"], json!([]));
}

/// P0-43: a revision that was sent back passes the deputy again.
#[test]
fn a_reworked_revision_passes_the_deputy_again() {
    let app = TestApp::start();
    let route = in_force_p0(&app);
    let revision = RevisionUnderTest::retitle(&app, &route, "chel_teacher", "Первый вариант");
    revision.submit("chel_teacher").expect(200);
    let back = json!({"note": "Уточните тему", "due_on": "2026-03-20"});
    revision.decide_with("chel_deputy", "return", back).expect(200);
    let read = revision.read("chel_teacher").expect(200).json();
    assert_eq!(
        (&read["revision"]["state"], &read["revision"]["rework"]["due_on"]),
        (&json!("rework"), &json!("2026-03-20"))
    );
    let mut content = route.written("chel_teacher");
    content["activities"][0]["data"]["title"] = json!("Второй вариант");
    revision.update("chel_teacher", &content).expect(200);
    revision.submit("chel_teacher").expect(200);
    assert_eq!(revision.state(), "in_review");
    let diff = format!("/version-diff?from_round=1&to_round=2&revision_id={}", revision.id);
    let diff = app.persona("chel_deputy").get(&route.path(&diff)).expect(200).json();
    assert_eq!(diff["changes"][0]["before"], "Первый вариант");
    assert_eq!(diff["changes"][0]["after"], "Второй вариант");
    revision.decide("chel_deputy", "endorse").expect(200);
    assert_eq!(first_title(&route, "chel_teacher"), "Второй вариант");
}

/// P0-25: the head of the association and the teacher petition in words; only the deputy makes a revision of it, which
/// names the petition and waits for the teacher's consent alone.
#[test]
fn the_deputy_enters_changes_on_petition() {
    let app = TestApp::start();
    let route = in_force_p0(&app);
    let by_head = petition(&app, &route, "chel_association_head").expect(201).json();
    assert_eq!((&by_head["state"], &by_head["author_role"]), (&json!("open"), &json!("association_head")));
    let by_teacher = petition(&app, &route, "chel_teacher").expect(201).json();
    petition(&app, &route, "chel_director").refused(403, "auth.forbidden");
    petition(&app, &route, "director").expect(404);

    let mut content = route.written("chel_deputy");
    content["activities"][2]["data"]["title"] = json!("Методический день");
    let body = json!({"cause": "petition", "petition_id": by_head["id"], "reason": "По ходатайству", "content": content});
    app.persona("chel_teacher").post(&route.path("/revisions"), body.clone()).refused(403, "auth.forbidden");
    let without = json!({"cause": "petition", "reason": "По ходатайству", "content": content});
    app.persona("chel_deputy").post(&route.path("/revisions"), without).refused(422, "petition_required");
    let drafted = app.persona("chel_deputy").post(&route.path("/revisions"), body).expect(201);
    let revision = RevisionUnderTest::of(&app, &drafted);
    let path = format!("/api/v1/route-petitions/{}", by_head["id"].as_str().unwrap());
    let read = app.persona("chel_deputy").get(&path).expect(200).json();
    assert_eq!(read["revision_id"], json!(revision.id));
    app.persona("chel_deputy")
        .post_if(&format!("{path}/decline"), "\"1\"", json!({"note": "Нет"}))
        .refused(409, "conflict.state");
    revision.submit("chel_deputy").expect(200);
    let steps = revision.request("chel_teacher").json()["steps"].clone();
    assert_eq!((&steps[0]["state"], &steps[1]["state"]), (&json!("open"), &json!("decided")));
    revision.decide("chel_teacher", "consent").expect(200);
    let applied = app.persona("chel_association_head").get(&path).expect(200).json();
    assert_eq!((&applied["state"], &applied["revision_id"]), (&json!("applied"), &json!(revision.id)));
    assert_eq!(applied["decided_by_person_id"], json!(app.person("chel_deputy")));
    let lines = route.read("chel_teacher").expect(200).json()["activities"].clone();
    assert_eq!(lines[2]["data"]["title"], "Методический день");

    // The other petition is declined with words, never by its author; or taken back by its author alone.
    let path = format!("/api/v1/route-petitions/{}", by_teacher["id"].as_str().unwrap());
    let decline = format!("{path}/decline");
    app.persona("chel_deputy").post_if(&decline, "\"1\"", json!({})).expect(422);
    app.persona("chel_teacher")
        .post_if(&decline, "\"1\"", json!({"note": "Нет"}))
        .refused(403, "auth.forbidden");
    app.persona("chel_deputy").post_if(&format!("{path}/withdrawal"), "\"1\"", json!({})).expect(403);
    app.persona("chel_deputy").post_if(&decline, "\"9\"", json!({"note": "Нет"})).expect(412);
    let declined = app.persona("chel_deputy").post_if(&decline, "\"1\"", json!({"note": "Курс уже оплачен"}));
    assert_eq!(declined.expect(200).json()["decision_note"], "Курс уже оплачен");
    app.persona("chel_teacher").post_if(&format!("{path}/withdrawal"), "\"2\"", json!({})).expect(409);
    let third = petition(&app, &route, "chel_teacher").expect(201).json();
    let path = format!("/api/v1/route-petitions/{}/withdrawal", third["id"].as_str().unwrap());
    let withdrawn = app.persona("chel_teacher").post_if(&path, "\"1\"", json!({})).expect(200).json();
    assert_eq!(withdrawn["state"], "withdrawn");
    let page = app.persona("chel_director").get(&route.path("/petitions")).expect(200).json();
    assert_eq!(page["items"].as_array().unwrap().len(), 3);
}

/// P3-23: under Georgievsk corrections are free: the route takes them over at once, and its history is kept.
#[test]
fn free_corrections_keep_their_history() {
    let app = TestApp::start();
    barnaul_under_p3(&app);
    let route = RouteUnderTest::start(&app, "teacher", "teacher");
    let mut line = activity(None);
    line["reason"] = json!("need");
    route.add("teacher", line).expect(201);
    route.submit("teacher").expect(200);
    route.decide("director", "endorse").expect(200);
    petition(&app, &route, "teacher").refused(422, "petitions_not_used");
    for title in ["Раз", "Два"] {
        let revision = RevisionUnderTest::retitle(&app, &route, "teacher", title);
        assert_eq!(revision.submit("teacher").expect(200).json()["revision"]["state"], "applied");
        assert_eq!(first_title(&route, "teacher"), title);
    }
    assert_eq!(
        causes(&app, &route, "teacher"),
        ["submission", "revision_submission", "revision", "revision_submission", "revision"]
    );
    let version = |number: u32| {
        let path = route.path(&format!("/versions/{number}"));
        app.persona("director").get(&path).expect(200).json()["content"]["activities"][0]["data"]["title"]
            .clone()
    };
    assert_eq!((version(1), version(3), version(5)), (json!("Чтение"), json!("Раз"), json!("Два")));
    let diff = app.persona("director").get(&route.path("/version-diff?from=1&to=5")).expect(200).json();
    assert_eq!(diff["changes"].as_array().unwrap().len(), 1);
    assert_eq!(
        (&diff["changes"][0]["before"], &diff["changes"][0]["after"]),
        (&json!("Чтение"), &json!("Два"))
    );
}

/// P3-41: a route that was in force before the school year began is due for its update until somebody looks it through or
/// revises it in that year.
#[test]
fn a_route_is_updated_every_school_year() {
    let app = TestApp::start();
    barnaul_under_p3(&app);
    let route = RouteUnderTest::start(&app, "teacher", "teacher");
    let mut line = activity(None);
    line["reason"] = json!("need");
    line["ends_on"] = json!("2028-01-31");
    route.add("teacher", line).expect(201);
    route.submit("teacher").expect(200);
    route.decide("director", "endorse").expect(200);
    let due = || route.read("director").expect(200).json()["update_due"].clone();
    assert_eq!(due(), false);
    app.days_pass(182);
    assert_eq!((app.today().to_string(), due()), ("2026-08-31".to_owned(), json!(false)));
    app.days_pass(1);
    assert_eq!((app.today().to_string(), due()), ("2026-09-01".to_owned(), json!(true)));
    let note = json!({"note": "Просмотрено на методическом совете"});
    route.post("teacher", "/periodic-update", note.clone()).refused(403, "auth.forbidden");
    route.post("deputy", "/periodic-update", note).expect(200);
    assert_eq!(due(), false);
    assert_eq!(causes(&app, &route, "teacher"), ["submission", "periodic_update"]);
    app.days_pass(365);
    assert_eq!(due(), true);
    let revision = RevisionUnderTest::retitle(&app, &route, "teacher", "Чтение и практика");
    revision.submit("teacher").expect(200);
    assert_eq!(due(), false);
}

/// P3-41: the update of a school year is recorded once, by a look or by a revision, and a revision that changes nothing is
/// none; a regulation that wants no updates has none.
#[test]
fn a_route_is_updated_once_in_a_school_year() {
    let app = TestApp::start();
    let (other, _) = RouteUnderTest::complete_p4(&app);
    other.approve_p4();
    let renewal = |route: &RouteUnderTest<'_>, persona: &str, content: Value| {
        let body = json!({"cause": "periodic_update", "reason": "Обновление", "content": content});
        app.persona(persona).post(&route.path("/revisions"), body)
    };
    let refused = renewal(&other, "teacher", other.written("teacher"));
    assert_eq!(refused.refused(422, "periodic_update_not_used").json()["errors"][0]["pointer"], "/cause");
    other.post("coordinator", "/closure", json!({"reason": "Новый маршрут"})).expect(200);

    barnaul_under_p3(&app);
    let route = RouteUnderTest::start(&app, "teacher", "teacher");
    let mut line = activity(None);
    line["reason"] = json!("need");
    line["ends_on"] = json!("2028-01-31");
    route.add("teacher", line).expect(201);
    route.submit("teacher").expect(200);
    route.decide("director", "endorse").expect(200);
    app.days_pass(183);
    let look = || route.post("deputy", "/periodic-update", json!({}));
    let offers = |operation: &str| {
        let read = route.read("deputy").expect(200).json();
        read["allowed_actions"].as_array().unwrap().contains(&json!(operation))
    };
    assert!(offers("update_route_periodically"));
    look().expect(200);
    assert!(!offers("update_route_periodically"));
    let again = look().refused(409, "conflict.already_exists");
    assert!(
        again.json()["detail"].as_str().unwrap().ends_with(" 2"),
        "the version that says so: {}",
        again.text
    );
    renewal(&route, "deputy", route.written("deputy")).refused(409, "conflict.already_exists");

    app.days_pass(365);
    let mut content = route.written("deputy");
    let revision = RevisionUnderTest::of(&app, &renewal(&route, "deputy", content.clone()).expect(201));
    revision.submit("deputy").refused(422, "nothing_changed");
    let under_way = look().refused(409, "conflict.already_exists");
    assert!(under_way.json()["detail"].as_str().unwrap().contains(&revision.id), "{}", under_way.text);
    content["activities"][0]["data"]["title"] = json!("Чтение и практика");
    revision.update("deputy", &content).expect(200);
    assert_eq!(revision.submit("deputy").expect(200).json()["revision"]["state"], "applied");
    look().refused(409, "conflict.already_exists");
}

/// What is done is neither changed nor dropped, nothing is handed in that changes nothing, and one change goes at a time.
#[test]
fn a_revision_leaves_what_is_done() {
    let app = TestApp::start();
    let (route, _) = RouteUnderTest::complete_p4(&app);
    route.add("teacher", activity(None)).expect(201);
    route.approve_p4();
    let lines = route.read("teacher").expect(200).json()["activities"].clone();
    app.days_pass(10);
    let done = format!("/activities/{}/completion", lines[0]["id"].as_str().unwrap());
    route.post("coordinator", &done, json!({"completed_on": "2026-03-11"})).expect(200);
    let same = route.written("teacher");
    let drafted = draft(&app, &route, "teacher", same.clone()).expect(201);
    let revision = RevisionUnderTest::of(&app, &drafted);
    let second = draft(&app, &route, "teacher", same.clone()).refused(409, "conflict.already_exists");
    assert!(second.json()["detail"].as_str().unwrap().contains(&revision.id), "{}", second.text);
    revision.submit("teacher").refused(422, "nothing_changed");
    let mut content = same.clone();
    content["activities"][0]["data"]["title"] = json!("Другое");
    content["ends_on"] = json!("2026-03-10");
    revision.update("teacher", &content).expect(200);
    let check = app.persona("teacher").get(&revision.path("/submission-check")).expect(200).json();
    assert_eq!(check["ready"], false);
    let refused = revision.submit("teacher").refused(422, "completed_activity_changed").json();
    let errors = refused["errors"].as_array().unwrap();
    assert!(
        errors.iter().any(|it| it["code"] == "term_shortened_past" && it["pointer"] == "/content/ends_on")
    );
    let mut content = same.clone();
    content["activities"].as_array_mut().unwrap().remove(0);
    revision.update("teacher", &content).expect(200);
    revision.submit("teacher").refused(422, "completed_activity_removed");
    // Somebody else's hand, another school, an old version.
    revision.read("teacher_2").expect(404);
    revision.withdraw("school_2_director").expect(404);
    app.persona("teacher").post_if(&revision.path("/submission"), "\"1\"", json!({})).expect(412);
    revision.withdraw("teacher").expect(200);
    revision.update("teacher", &same).refused(409, "conflict.state");
    draft(&app, &route, "teacher", same).expect(201);
}

/// What is completed while a revision waits stays as it was; deficits follow what the route answers.
#[test]
fn what_was_completed_meanwhile_stays() {
    let app = TestApp::start();
    let (route, deficit) = RouteUnderTest::complete_p4(&app);
    route.add("teacher", activity(None)).expect(201);
    route.approve_p4();
    let state = || deficits(&app, "coordinator", "teacher")[0]["state"].clone();
    assert_eq!(state(), "addressed");
    let before = route.read("teacher").expect(200).json()["activities"].clone();
    let mut content = route.written("teacher");
    content["activities"][0]["data"]["deficit_ids"] = json!([]);
    content["activities"].as_array_mut().unwrap().remove(1);
    let mut new = activity(None);
    new["title"] = json!("Наставничество");
    content["activities"].as_array_mut().unwrap().push(json!({"data": new}));
    let drafted = draft(&app, &route, "teacher", content).expect(201);
    let revision = RevisionUnderTest::of(&app, &drafted);
    let new_id = drafted.json()["content"]["activities"][1]["id"].clone();
    revision.submit("teacher").expect(200);
    app.days_pass(10);
    let done = format!("/activities/{}/completion", before[1]["id"].as_str().unwrap());
    route.post("coordinator", &done, json!({"completed_on": "2026-03-12"})).expect(200);
    revision.decide("director", "endorse").expect(200);
    revision.decide("coordinator", "endorse").expect(200);
    let after = route.read("teacher").expect(200).json()["activities"].clone();
    let ids: Vec<Value> = after.as_array().unwrap().iter().map(|line| line["id"].clone()).collect();
    assert_eq!(ids, [before[0]["id"].clone(), new_id, before[1]["id"].clone()]);
    assert_eq!(after[2]["state"], "completed");
    assert_eq!(state(), "open", "{deficit} is answered no more");
}

/// Submitter and deciders end a revision otherwise too: taken back while it waits, or refused with a reason.
#[test]
fn a_revision_is_taken_back_or_refused() {
    let app = TestApp::start();
    let (route, _) = RouteUnderTest::complete_p4(&app);
    route.approve_p4();
    let revision = RevisionUnderTest::retitle(&app, &route, "teacher", "Иное");
    revision.submit("teacher").expect(200);
    revision.update("teacher", &route.written("teacher")).refused(409, "conflict.state");
    revision.withdraw("director").refused(403, "auth.forbidden");
    revision.withdraw("teacher").expect(200);
    assert_eq!(revision.state(), "withdrawn");
    let revision = RevisionUnderTest::retitle(&app, &route, "teacher", "Иное");
    revision.submit("teacher").expect(200);
    revision.decide_with("director", "reject", json!({"note": "Не нужно школе"})).expect(200);
    let read = revision.read("teacher").expect(200).json();
    assert_eq!(
        (&read["revision"]["state"], &read["revision"]["close_reason"]),
        (&json!("rejected"), &json!("Не нужно школе"))
    );
    assert_eq!(first_title(&route, "teacher"), "Чтение");
    let page = app.persona("teacher").get(&route.path("/revisions?limit=1")).expect(200).json();
    assert_eq!(page["items"][0]["state"], "rejected");
    let cursor = page["next_cursor"].as_str().unwrap();
    let next =
        app.persona("teacher").get(&route.path(&format!("/revisions?limit=1&cursor={cursor}"))).expect(200);
    assert_eq!(next.json()["items"][0]["state"], "withdrawn");
}

/// Rounds of review of the route itself are compared, and what cannot be compared is said.
#[test]
fn rounds_of_review_are_compared() {
    let app = TestApp::start();
    let route = RouteUnderTest::complete_p0(&app);
    route.submit("chel_teacher").expect(200);
    let back = json!({"note": "Мало часов", "due_on": "2026-03-20"});
    route.decide_with("chel_association_head", "return", back).expect(200);
    let offers = |persona: &str| {
        let read = route.read(persona).expect(200).json();
        read["allowed_actions"].as_array().unwrap().contains(&json!("submit_route"))
    };
    assert!(offers("chel_teacher") && !offers("chel_deputy"), "only its submitter hands it in again");
    route.add("chel_teacher", activity(Some("elective"))).expect(201);
    route.submit("chel_teacher").expect(200);
    let client = app.persona("chel_deputy");
    let diff = client.get(&route.path("/version-diff?from_round=1&to_round=2")).expect(200).json();
    assert_eq!((&diff["from"]["number"], &diff["to"]["round"]), (&json!(1), &json!(2)));
    let changes = diff["changes"].as_array().unwrap();
    assert_eq!(changes.len(), 1);
    assert_eq!((&changes[0]["kind"], &changes[0]["pointer"]), (&json!("added"), &json!("/activities/3")));
    client.get(&route.path("/version-diff?from=1")).refused(422, "one_pair_required");
    client.get(&route.path("/version-diff?from=1&to=2&from_round=1&to_round=2")).expect(422);
    client.get(&route.path("/version-diff?from=1&to=9")).expect(404);
    client.get(&route.path("/versions/9")).expect(404);
    app.persona("director").get(&route.path("/versions")).expect(404);
}
