//! What is written in a route, replaced as a whole or list by list.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_diagnostics::deficit;
use crate::support::build_grozny::{complete, content};
use crate::support::build_routes::{RouteUnderTest, activity, chel_program, written};
use crate::support::build_training::{course, move_to, open, plan, program_x, seminar};

/// The items of a document refer to each other by names of its own; each gets an id, and what is sent back keeps it.
#[test]
fn a_content_is_read_changed_and_sent_back() {
    let app = TestApp::start();
    let (route, deficit) = complete(&app);
    let read = route.read("teacher").expect(200).json();
    assert_eq!(read["activities"][0]["data"]["stage_id"], read["stages"][0]["id"]);
    assert_eq!(read["activities"][0]["data"]["problem_ids"][0], read["problems"][0]["id"]);
    assert_eq!(read["study_plan"][0]["activity_id"], read["activities"][0]["id"]);
    assert_eq!(read["budget"]["lines"][0]["stage_id"], read["stages"][0]["id"]);
    assert_ne!(read["problems"][0]["id"], content(&deficit)["problems"][0]["id"]);
    assert_eq!(read["activities"][0]["author_person_id"], json!(app.person("curator")));

    let mut change = written(&read);
    change["activities"].as_array_mut().unwrap().swap(0, 2);
    change["activities"][1]["data"]["title"] = json!("Семинар-практикум");
    change["evidence"].as_array_mut().unwrap().clear();
    let after = route.put("curator", "/contents", change.clone()).expect(200).json();
    let ids = |route: &Value| -> Vec<Value> {
        route["activities"].as_array().unwrap().iter().map(|line| line["id"].clone()).collect()
    };
    assert_eq!(ids(&after), [ids(&read)[2].clone(), ids(&read)[1].clone(), ids(&read)[0].clone()]);
    assert_eq!(after["activities"][1]["data"]["title"], "Семинар-практикум");
    assert_eq!(after["activities"][2]["data"]["problem_ids"], read["activities"][0]["data"]["problem_ids"]);
    assert_eq!(after["evidence"], json!([]));
    assert_eq!(written(&after), change);
}

/// What a document calls an id is a name within it: nothing of another route is touched by it.
#[test]
fn a_document_takes_nothing_from_another_route() {
    let app = TestApp::start();
    let (route, _) = complete(&app);
    let read = route.read("curator").expect(200).json();
    let other = RouteUnderTest::start(&app, "curator", "teacher");
    let copied = other.put("curator", "/contents", written(&read)).expect(200).json();
    assert_eq!(copied["activities"].as_array().unwrap().len(), 3);
    for list in ["stages", "activities", "problems", "study_plan", "evidence"] {
        assert_ne!(copied[list][0]["id"], read[list][0]["id"], "{list}");
    }
    assert_eq!(route.read("curator").expect(200).json()["activities"], read["activities"]);
}

/// Every reference of a document that leads nowhere is reported at once, each at its place.
#[test]
fn every_wrong_reference_of_a_document_is_reported_at_once() {
    let app = TestApp::start();
    let (route, deficit) = complete(&app);
    let before = route.read("curator").expect(200).json();
    let nowhere = "00000000-0000-4000-8000-00000000ffff";
    let mut wrong = content(&deficit);
    wrong["problems"][0]["deficit_id"] = json!(nowhere);
    wrong["evidence"][0]["record"] = json!({"kind": "diagnostic_result", "id": nowhere});
    wrong["stages"][1]["ends_on"] = json!("2026-12-31");
    wrong["activities"][0]["data"]["stage_id"] = json!(nowhere);
    wrong["activities"][0]["data"]["offering_id"] = json!(nowhere);
    wrong["activities"][1]["data"]["event_form"] = json!("other");
    wrong["activities"][1]["data"]["finding_ids"] = json!([nowhere]);
    wrong["activities"][2]["data"]["recommendation_ids"] = json!([nowhere]);
    wrong["activities"][2]["data"]["problem_ids"] = json!([nowhere]);
    wrong["study_plan"][0]["activity_id"] = json!(nowhere);
    wrong["budget"][0]["stage_id"] = json!(nowhere);
    let refused = route.put("curator", "/contents", wrong).refused(422, "request.invalid").json();
    let mut pointers: Vec<&str> = refused["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["pointer"].as_str().unwrap())
        .collect();
    pointers.sort_unstable();
    assert_eq!(
        pointers,
        [
            "/activities/0/data/offering_id",
            "/activities/0/data/stage_id",
            "/activities/1/data/finding_ids/0",
            "/activities/1/data/form_note",
            "/activities/2/data/problem_ids/0",
            "/activities/2/data/recommendation_ids/0",
            "/budget/0/stage_id",
            "/evidence/0/record/id",
            "/problems/0/deficit_id",
            "/stages/1/ends_on",
            "/study_plan/0/activity_id",
        ]
    );
    let mut twice = written(&before);
    let first = twice["stages"][0].clone();
    twice["stages"].as_array_mut().unwrap().push(first);
    let refused = route.put("curator", "/contents", twice).refused(422, "duplicate").json();
    assert_eq!(refused["errors"][0]["pointer"], "/stages/2/id");
    assert_eq!(route.read("curator").expect(200).json(), before);
}

/// P0-14: whoever edits only one part changes the lines of that part and nothing else, in a document too.
#[test]
fn a_document_changes_what_its_sender_may_change() {
    let app = TestApp::start();
    let route = RouteUnderTest::complete_p0(&app);
    let read = route.read("chel_teacher").expect(200).json();
    let mut own = written(&read);
    own["activities"][0]["data"]["title"] = json!("Чтение и практика");
    route.put("chel_teacher", "/contents", own.clone()).expect(200);
    own["activities"][2]["data"]["title"] = json!("Методическая работа по-своему");
    route.put("chel_teacher", "/contents", own.clone()).refused(403, "auth.forbidden");
    route.put("chel_deputy", "/contents", own.clone()).expect(200);
    // Whoever reads the route and drafts nothing is told so; another school's people do not know of it.
    own["title"] = json!("Другой маршрут");
    route.put("chel_director", "/contents", own.clone()).refused(403, "auth.forbidden");
    route.put("director", "/contents", own.clone()).expect(404);
    let client = app.persona("chel_teacher");
    client.put(&route.path("/contents"), "\"1\"", own.clone()).expect(412);
    route.submit("chel_teacher").expect(200);
    route.put("chel_teacher", "/contents", own).refused(409, "conflict.state");
}

/// Problems, evidence, study plan and budget are replaced one list at a time; the rest stays as it was.
#[test]
fn each_list_is_replaced_by_itself() {
    let app = TestApp::start();
    let (route, deficit) = complete(&app);
    let read = route.read("curator").expect(200).json();
    let problems = json!({"problems": [{"text": "Не хватает практики", "deficit_id": deficit}]});
    let after = route.put("curator", "/problems", problems).expect(200).json();
    assert_eq!(after["problems"][0]["text"], "Не хватает практики");
    assert_eq!(after["activities"][0]["data"]["problem_ids"], json!([]));
    assert_eq!(after["activities"][1], read["activities"][1]);
    let evidence = json!({"evidence": [{"kind": "monitoring", "text": "Мониторинг",
        "record": {"kind": "deficit", "id": deficit}}]});
    let after = route.put("curator", "/evidence", evidence).expect(200).json();
    assert_eq!(after["evidence"][0]["record"]["kind"], "deficit");
    let line = read["activities"][2]["id"].clone();
    let plan = json!({"study_plan": [{"activity_id": line, "topic": "Тема", "hours": 2.5, "on_date": "2026-10-05",
        "form": "чтение"}]});
    let after = route.put("curator", "/study-plan", plan).expect(200).json();
    assert_eq!(after["study_plan"][0]["hours"], 2.5);
    let after = route.put("curator", "/budget", json!({"budget": []})).expect(200).json();
    assert_eq!(after["budget"], json!({"lines": [], "total_kopecks": 0, "by_source": [], "by_stage": []}));
    assert_eq!(after["stages"], read["stages"]);
    route.put("curator", "/study-plan", json!({"study_plan": [{"topic": "", "hours": 0.3}]})).expect(422);
    route.put("teacher_2", "/budget", json!({"budget": []})).expect(404);
    route.put("director", "/budget", json!({"budget": []})).refused(403, "auth.forbidden");
}

/// P3-20: a line names a topic of the listener's own or an announced offering; the program follows from it.
#[test]
fn a_line_names_an_offering_and_its_program_follows() {
    let app = TestApp::start();
    deficit(&app, "teacher");
    let program = program_x(&app);
    let offering = open(&app, &course(&program, 5));
    let secret = plan(&app, "provider", "provider_x", &course(&program, 5)).expect(201).id();
    let other = open(&app, &seminar(5));
    let route = RouteUnderTest::start(&app, "teacher", "teacher");
    let line = |offering: &str| {
        let mut line = activity(None);
        line["kind"] = json!("program");
        line["offering_id"] = json!(offering);
        line
    };
    let added = route.add("teacher", line(&offering)).expect(201).json();
    assert_eq!(added["data"]["program_id"], program["id"]);
    assert_eq!(added["data"]["offering_id"], json!(offering));
    route.add("teacher", line(&secret)).refused(422, "unknown");
    let mut mixed = line(&other);
    mixed["program_id"] = program["id"].clone();
    route.add("teacher", mixed).refused(422, "offering_of_other_program");
    // An offering that is over is not chosen any more, but a line that names it stays.
    move_to(&app, "provider", &offering, "cancelled").expect(422);
    let cancel = json!({"state": "cancelled", "reason": "Мало заявок"});
    crate::support::build_training::move_with(&app, "provider", &offering, cancel).expect(200);
    route.add("teacher", line(&offering)).refused(422, "offering_is_over");
    let mut kept = line(&offering);
    kept["title"] = json!("Курс");
    let path = format!("/activities/{}", added["id"].as_str().unwrap());
    route.put("teacher", &path, kept).expect(200);
}

/// P0-37: a program of retraining is not taken for fewer than 250 hours, nor one of advanced training for fewer than 16.
#[test]
fn a_program_is_taken_whole() {
    let app = TestApp::start();
    let program = chel_program(&app);
    let route = RouteUnderTest::complete_p0(&app);
    let line = json!({"kind": "program", "part": "prospective_plan", "title": "Программа", "program_id": program["id"],
        "hours": 15.5, "starts_on": "2026-04-01", "ends_on": "2026-12-31", "reason": "interest"});
    let added = route.add("chel_teacher", line.clone()).expect(201).json();
    let refused = route.submit("chel_teacher").refused(422, "program_hours_too_few").json();
    assert_eq!(refused["errors"][0]["requirement"], "P0-37");
    let mut enough = line;
    enough["hours"] = json!(16);
    let path = format!("/activities/{}", added["id"].as_str().unwrap());
    route.put("chel_teacher", &path, enough).expect(200);
    route.submit("chel_teacher").expect(200);
}
