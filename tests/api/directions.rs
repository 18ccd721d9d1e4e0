//! Priority directions over HTTP.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_diagnostics::{coordinator_instrument, load_results, snils, staff};
use crate::support::build_directory::column;
use crate::support::build_guidance::{
    approve, approved_directions, finding, ids, list_id, live_under, propose,
};
use crate::support::build_registry::{accepted, draft, program};

const LISTS: &str = "/api/v1/direction-lists";
const DIRECTIONS: &str = "/api/v1/priority-directions";

/// P2-19: only the ministry approves, and one list for a calendar year.
#[test]
fn only_the_ministry_approves_and_one_list_for_a_year() {
    let app = TestApp::start();
    let (first, second) = (
        propose(&app, "operator", 2026, &["Грамотность", "Инклюзия"]).expect(201),
        propose(&app, "coordinator", 2026, &["Другое"]).expect(201),
    );
    assert_eq!(first.json()["allowed_actions"], json!(["update_direction_list"]));
    let (one, other) = (list_id(&first), list_id(&second));
    approve(&app, "operator", &one).refused(403, "auth.forbidden");
    approve(&app, "municipal_officer", &one).refused(403, "auth.forbidden");
    approve(&app, "chel_ministry", &one).refused(404, "request.not_found");
    let path = format!("{LISTS}/{one}/approval");
    app.persona("ministry").post(&path, json!({})).refused(428, "request.precondition_required");
    let approved = approve(&app, "ministry", &one).expect(200).json();
    assert_eq!(
        (&approved["list"]["state"], &approved["list"]["approved_on"]),
        (&json!("approved"), &json!("2026-03-02"))
    );
    assert_eq!(approved["list"]["act_number"], "17");
    assert_eq!(approved["allowed_actions"], json!([]));
    approve(&app, "ministry", &other).refused(409, "conflict.already_exists");
    propose(&app, "operator", 2026, &["Поздно"]).refused(409, "conflict.already_exists");
    app.persona("ministry").post_if(&path, "\"2\"", json!({})).refused(409, "conflict.state");
    propose(&app, "operator", 2027, &["Следующий год"]).expect(201);
}

/// P2-18: the directions of a calendar year are drafted by the operator where the regulation says so, and rest on
/// findings; what is proposed is known to those who work on it.
#[test]
fn the_regulation_says_who_proposes() {
    let app = TestApp::start();
    live_under(&app, "ministry", "altai_ministry", "p2-kostroma-oblast", "2026-03-02");
    propose(&app, "coordinator", 2027, &["Чужое"]).refused(403, "auth.forbidden");
    propose(&app, "teacher", 2027, &["Чужое"]).refused(403, "auth.forbidden");
    let finding = finding(&app, None);
    let body = json!({"year": 2027, "data": {"note": "По итогам ВПР", "directions": [
        {"title": "Математика", "justification": "Зоны низкого качества", "finding_ids": [finding]}]}});
    let made = app.persona("operator").post(LISTS, body).expect(201);
    assert_eq!(made.json()["directions"][0]["data"]["finding_ids"], json!([finding]));
    let path = format!("{LISTS}/{}", list_id(&made));
    app.persona("teacher").get(&path).refused(404, "request.not_found");
    assert_eq!(ids(&app.persona("teacher").get(LISTS).expect(200)), Vec::<String>::new());
    assert_eq!(ids(&app.persona("ministry").get(LISTS).expect(200)).len(), 1);
    let changed = json!({"data": {"directions": [{"title": "Математика"}, {"title": "Физика"}]}});
    app.persona("coordinator").put(&path, "\"1\"", changed.clone()).refused(403, "auth.forbidden");
    let now = app.persona("operator").put(&path, "\"1\"", changed.clone()).expect(200).json();
    assert_eq!(now["directions"].as_array().unwrap().len(), 2);
    app.persona("operator").put(&path, "\"1\"", changed.clone()).refused(412, "request.precondition_failed");
    app.persona("ministry").post_if(&format!("{path}/approval"), "\"2\"", json!({})).expect(200);
    app.persona("operator").put(&path, "\"3\"", changed).refused(409, "conflict.state");
    assert_eq!(
        app.persona("teacher").get(&path).expect(200).json()["directions"][1]["data"]["title"],
        "Физика"
    );
    let nowhere = json!({"year": 2028, "data": {"directions": [
        {"title": "Первое", "finding_ids": [rost::ids::new_id(), finding]}, {"title": "Второе", "finding_ids": [rost::ids::new_id()]}]}});
    let refused = app.persona("operator").post(LISTS, nowhere).refused(422, "unknown").json();
    let pointers: Vec<&Value> =
        refused["errors"].as_array().unwrap().iter().map(|error| &error["pointer"]).collect();
    assert_eq!(pointers, ["/data/directions/0/finding_ids/0", "/data/directions/1/finding_ids/0"]);
}

/// P2-21: programs are linked to directions; directions without a program and programs without a direction are listed.
#[test]
fn directions_without_programs_and_programs_without_directions() {
    let app = TestApp::start();
    let directions = approved_directions(&app, 2026, &["Грамотность", "Инклюзия"]);
    let [one, two] = ["Абв", "Где"]
        .map(|title| accepted(&app, "provider", "ministry", &program(&app, "provider_x", title)));
    let unfinished = draft(&app, "provider", &program(&app, "provider_x", "Черновик"));
    let path = format!("{DIRECTIONS}/{}/programs", directions[0]);
    let operator = app.persona("operator");
    let refused =
        operator.put(&path, "\"1\"", json!({"program_ids": [one, unfinished]})).refused(422, "unknown");
    assert_eq!(refused.json()["errors"][0]["pointer"], "/program_ids/1");
    app.persona("provider").put(&path, "\"1\"", json!({"program_ids": [one]})).refused(403, "auth.forbidden");
    let linked = operator.put(&path, "\"1\"", json!({"program_ids": [one, one]})).expect(200);
    assert_eq!(linked.json()["program_ids"], json!([one]));
    operator.put(&path, "\"1\"", json!({"program_ids": []})).refused(412, "request.precondition_failed");

    let without = operator.get(&format!("{DIRECTIONS}?year=2026&without_programs=true")).expect(200);
    assert_eq!(ids(&without), [directions[1].clone()]);
    let of_program = operator.get(&format!("{DIRECTIONS}?program_id={one}")).expect(200);
    assert_eq!(ids(&of_program), [directions[0].clone()]);
    let loose = |query: &str| {
        column(&operator.get(&format!("/api/v1/programs-without-direction{query}")).expect(200), "id")
    };
    assert_eq!(loose(""), [two.as_str()]);
    assert_eq!(loose("?year=2027").len(), 2);
    let page = operator.get("/api/v1/programs-without-direction?year=2027&limit=1").expect(200).json();
    let next = page["next_cursor"].as_str().unwrap();
    assert_eq!(loose(&format!("?year=2027&limit=1&cursor={next}")), [two]);
    app.persona("teacher").get("/api/v1/programs-without-direction").refused(403, "auth.forbidden");
    operator.put(&path, "\"2\"", json!({"program_ids": []})).expect(200);
    let read = app.persona("teacher").get(&format!("{DIRECTIONS}/{}", directions[0])).expect(200).json();
    assert_eq!((&read["direction"]["programs"], &read["program_ids"]), (&json!(0), &json!([])));
    app.persona("chel_teacher")
        .get(&format!("{DIRECTIONS}/{}", directions[0]))
        .refused(404, "request.not_found");
}

/// P2-21: only an approved direction is served.
#[test]
fn a_proposed_direction_gets_no_programs() {
    let app = TestApp::start();
    let proposed = propose(&app, "operator", 2026, &["Грамотность"]).expect(201).json();
    let id = proposed["directions"][0]["id"].as_str().unwrap();
    let path = format!("{DIRECTIONS}/{id}");
    app.persona("operator")
        .put(&format!("{path}/programs"), "\"1\"", json!({"program_ids": []}))
        .refused(409, "conflict.state");
    app.persona("teacher").get(&path).refused(404, "request.not_found");
    app.persona("ministry").get(&path).expect(200);
}

const DRAFTS: &str = "/api/v1/direction-list-drafts";

/// Six people of school 1 with a deficit in `B.1`, three of school 2 with one in `B.2`: the latter are too few.
fn diagnosed(app: &TestApp) {
    coordinator_instrument(app);
    staff(app, "school_1", 100, 6);
    staff(app, "school_2", 200, 3);
    let row = |number: u32, code: &str| {
        format!("{};d-coordinator;;2026-02-10;online;{code}:test=20", snils(number))
    };
    let mut rows: Vec<String> = (100..106).map(|number| row(number, "B.1")).collect();
    rows.extend((200..203).map(|number| row(number, "B.2")));
    let run = load_results(app, "coordinator", "?mode=atomic", &rows).expect(200).json();
    assert_eq!(run["rows_refused"], 0, "{run}");
}

/// P2-18: the operator drafts the directions of a calendar year from the region's report; each remembers the competency
/// and the figures it was made from, and small groups stay hidden.
#[test]
fn directions_are_drafted_from_the_report_with_its_figures() {
    let app = TestApp::start();
    diagnosed(&app);
    live_under(&app, "ministry", "altai_ministry", "p2-kostroma-oblast", "2026-03-02");
    app.persona("coordinator").post(DRAFTS, json!({"year": 2027})).refused(403, "auth.forbidden");
    app.persona("teacher").post(DRAFTS, json!({"year": 2027})).refused(403, "auth.forbidden");
    app.persona("operator").post(DRAFTS, json!({"year": 1999, "at_most": 0})).refused(422, "range");
    let made = app.persona("operator").post(DRAFTS, json!({"year": 2027})).expect(201);
    let list = made.json();
    assert_eq!((&list["list"]["state"], &list["list"]["year"]), (&json!("proposed"), &json!(2027)));
    let directions = list["directions"].as_array().unwrap();
    assert_eq!(directions.len(), 1, "three people make no direction: {list}");
    let figures = &directions[0]["figures"][0];
    assert_eq!(directions[0]["data"]["title"], "Оценивание результатов");
    assert_eq!(directions[0]["data"]["competency_ids"], json!([figures["competency_id"]]));
    let numbers =
        ["people", "open", "addressed", "closed", "active_programs"].map(|name| figures[name].clone());
    assert_eq!(numbers, [6, 6, 0, 0, 0].map(|number| json!(number)));
    assert_eq!((&figures["as_of"], &figures["competency_code"]), (&json!("2026-03-02"), &json!("B.1")));

    // What the report says later does not change what the draft was made from, not even when it is written anew.
    app.db_execute("delete from deficit_events where state = 'open' and person_id::text like '%000105'")
        .unwrap();
    let path = format!("{LISTS}/{}", list_id(&made));
    let hidden = app.db_text("select id from competencies where code = 'B.2'");
    let kept = |more: &str| {
        json!({"data": {"directions": [{"title": "Оценивание на уроке",
            "competency_ids": [figures["competency_id"], more]}]}})
    };
    let operator = app.persona("operator");
    for unseen in [hidden.as_str(), &rost::ids::new_id().to_string()] {
        let refused = operator.put(&path, "\"1\"", kept(unseen)).refused(422, "unknown").json();
        assert_eq!(refused["errors"][0]["pointer"], "/data/directions/0/competency_ids/1");
        assert_eq!(refused["errors"].as_array().unwrap().len(), 1);
    }
    let known = figures["competency_id"].as_str().unwrap();
    let now = operator.put(&path, "\"1\"", kept(known)).expect(200).json();
    assert_eq!(now["directions"][0]["figures"][0], *figures);
    let by_hand =
        json!({"year": 2028, "data": {"directions": [{"title": "Оценивание", "competency_ids": [known]}]}});
    let by_hand = operator.post(LISTS, by_hand).expect(201).json();
    assert_eq!(by_hand["directions"][0]["figures"][0]["open"], 5);
    app.persona("ministry").post_if(&format!("{path}/approval"), "\"2\"", json!({})).expect(200);
    let read = app.persona("teacher").get(&path).expect(200).json();
    assert_eq!(read["directions"][0]["figures"][0]["people"], 6);
    operator.post(DRAFTS, json!({"year": 2027})).refused(409, "conflict.already_exists");
    operator.post(DRAFTS, json!({"year": 2029, "as_of": "2026-01-01"})).refused(409, "conflict.state");
    operator.post(DRAFTS, json!({"year": 2029, "as_of": "2027-01-01"})).refused(422, "in_future");
}
