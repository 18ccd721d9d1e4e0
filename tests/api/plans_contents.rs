//! What stands in plans of a school, over HTTP, at a school that lives under P0: sections, difficulties, candidates.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_plans::{agreed, approved, compose, difficulty, lines, methodical, tell};
use crate::support::build_routes::chel_program;
use crate::support::build_training::{listed, with};

fn competence() -> Value {
    json!({"kind": "competence_development", "title": "План повышения компетентности", "ends_on": "2026-12-31"})
}

/// P0-10: every line is base or variative. A base line stands for a line of the school's plan of methodical work, a
/// variative one for what the route of a teacher says.
#[test]
fn base_lines_lead_to_the_plan_of_methodical_work() {
    let app = TestApp::start();
    let route = agreed(&app, "chel_teacher", &chel_program(&app));
    let (_, seminar) = methodical(&app);
    let id = compose(&app, "chel_deputy", competence()).expect(201).id();
    let found = lines(&app, &id, "");
    let sections: Vec<&Value> = found.iter().map(|line| &line["section"]).collect();
    assert_eq!(sections, ["variative", "base"]);
    assert_eq!((&found[0]["route_id"], &found[0]["title"]), (&json!(route.id), &json!("Чтение")));
    assert_eq!((&found[1]["school_line_id"], &found[1]["title"]), (&json!(seminar), &json!("Семинар")));
    assert_eq!(lines(&app, &id, "?section=base").len(), 1);
    assert_eq!(lines(&app, &id, &format!("?person_id={}", app.person("chel_teacher"))).len(), 1);

    let add = |body: Value| tell(&app, "chel_deputy", &id, "lines", body);
    add(json!({"section": "base"})).refused(422, "required");
    add(json!({"section": "base", "school_line_id": found[0]["id"]})).refused(422, "unknown");
    add(json!({"section": "base", "school_line_id": seminar, "title": "Иначе"})).refused(422, "not_expected");
    add(json!({"section": "base", "school_line_id": seminar})).refused(409, "conflict.already_exists");
    add(json!({"section": "variative", "activity_id": found[0]["activity_id"]}))
        .refused(409, "conflict.already_exists");
    let elsewhere = json!({"section": "variative", "activity_id": rost::ids::new_id()});
    add(elsewhere).refused(422, "unknown");
}

/// P0-10: a plan of methodical work is written line by line and has a base section alone; where plans are composed of
/// routes nothing is typed.
#[test]
fn what_is_composed_is_never_typed() {
    let app = TestApp::start();
    let fields = json!({"kind": "methodical_work", "ends_on": "2026-12-31"});
    let methodical = compose(&app, "chel_deputy", fields).expect(201).id();
    let add = |id: &str, body: Value| tell(&app, "chel_deputy", id, "lines", body);
    let council =
        json!({"section": "base", "title": "Педсовет", "starts_on": "2026-05-12", "ends_on": "2026-05-12"});
    add(&methodical, with(council.clone(), json!({"section": "variative"}))).refused(422, "section_unknown");
    add(&methodical, with(council.clone(), json!({"ends_on": "2027-01-01"})))
        .refused(422, "date_out_of_range");
    add(&methodical, json!({"section": "base"})).refused(422, "required");
    add(&methodical, council).expect(201);

    let three_years = compose(&app, "chel_deputy", json!({})).expect(201).id();
    let typed = json!({"section": "variative", "title": "Курс", "kind": "program", "starts_on": "2026-05-12",
        "ends_on": "2026-05-14", "person_id": app.person("chel_teacher"), "justification": "Приоритет школы"});
    add(&three_years, typed).refused(422, "not_expected");
}

/// P0-22: the deputy edits both sections; what no line answers is listed until a line does.
#[test]
fn deficits_that_no_line_covers_are_listed() {
    let app = TestApp::start();
    let (light, grave) = (difficulty(&app, "chel_teacher", 1), difficulty(&app, "chel_teacher_2", 3));
    let (_, seminar) = methodical(&app);
    let id = compose(&app, "chel_deputy", competence()).expect(201).id();
    let uncovered = |persona: &str, query: &str| {
        let path = format!("/api/v1/plans/{id}/uncovered-deficits{query}");
        listed(&app.persona(persona).get(&path).expect(200), "deficit_id")
    };
    assert_eq!(uncovered("chel_deputy", ""), [json!(grave), json!(light)]);
    assert_eq!(uncovered("chel_director", "?limit=1"), [json!(grave)]);
    let line = json!({"section": "variative", "kind": "event", "title": "Мастер-класс", "starts_on": "2026-04-20",
        "ends_on": "2026-04-20", "person_id": app.person("chel_teacher_2"), "deficit_ids": [grave]});
    tell(&app, "chel_deputy", &id, "lines", line).expect(201);
    assert_eq!(uncovered("chel_deputy", ""), [json!(light)]);
    let base = lines(&app, &id, "?section=base")[0]["id"].as_str().unwrap().to_owned();
    let deputy = app.persona("chel_deputy");
    let etag = deputy.get(&format!("/api/v1/plans/{id}")).expect(200).etag();
    deputy.delete(&format!("/api/v1/plans/{id}/lines/{base}"), &etag).expect(200);
    tell(&app, "chel_deputy", &id, "lines", json!({"section": "base", "school_line_id": seminar}))
        .expect(201);
    let path = format!("/api/v1/plans/{id}/uncovered-deficits");
    app.persona("chel_teacher").get(&path).refused(403, "auth.forbidden");
}

/// P0-39: the plan of competence is made of difficulties that were found: a line names one, or says why it is there without.
#[test]
fn lines_of_the_plan_of_competence_answer_difficulties() {
    let app = TestApp::start();
    let own = difficulty(&app, "chel_teacher", 1);
    let foreign = difficulty(&app, "chel_teacher_2", 1);
    let id = compose(&app, "chel_deputy", competence()).expect(201).id();
    let line = |fields: Value| {
        let line = json!({"section": "variative", "kind": "event", "title": "Мастер-класс", "starts_on": "2026-04-20",
            "ends_on": "2026-04-20", "person_id": app.person("chel_teacher")});
        tell(&app, "chel_deputy", &id, "lines", with(line, fields))
    };
    line(json!({})).refused(422, "deficit_link_required");
    line(json!({"deficit_ids": [foreign]})).refused(422, "unknown");
    line(json!({"person_id": app.person("teacher"), "justification": "Гость"})).refused(422, "unknown");
    let added = line(json!({"deficit_ids": [own]})).expect(201).json();
    assert_eq!(added["deficit_ids"], json!([own]));
    line(json!({"justification": "Приоритет школы"})).expect(201);
}

/// P0-12: claimants of a category, likely participants of contests, the management reserve and those who changed the type
/// of organization come first, and their codes are told.
#[test]
fn candidates_of_priority_categories_come_first() {
    let app = TestApp::start();
    let record = |teacher: &str, code: &str| {
        let path = format!("/api/v1/persons/{}/priority-categories", app.person(teacher));
        app.persona("chel_deputy").post(&path, json!({"code": code, "since": "2026-02-01"})).expect(201);
    };
    let id = compose(&app, "chel_deputy", json!({})).expect(201).id();
    record("chel_teacher_2", "changed_organization_type");
    record("chel_association_head", "management_reserve");
    record("chel_teacher", "contest_participant");
    record("chel_deputy", "category_claimant");
    record("chel_deputy", "changed_organization_type");
    let path = format!("/api/v1/plans/{id}/candidates");
    let page = app.persona("chel_deputy").get(&format!("{path}?sort=priority")).expect(200).json();
    let found = page["items"].as_array().unwrap();
    let first: Vec<(&Value, &Value)> =
        found.iter().take(4).map(|one| (&one["person_id"], &one["categories"])).collect();
    let expected = [
        (json!(app.person("chel_deputy")), json!(["category_claimant", "changed_organization_type"])),
        (json!(app.person("chel_teacher")), json!(["contest_participant"])),
        (json!(app.person("chel_association_head")), json!(["management_reserve"])),
        (json!(app.person("chel_teacher_2")), json!(["changed_organization_type"])),
    ];
    let expected: Vec<(&Value, &Value)> = expected.iter().map(|(person, codes)| (person, codes)).collect();
    assert_eq!(first, expected);
    assert!(found[4..].iter().all(|one| one["categories"] == json!([])), "{page}");

    let mut paged = Vec::new();
    let mut next = Some(format!("{path}?limit=2"));
    while let Some(path_of_page) = next {
        let page = app.persona("chel_director").get(&path_of_page).expect(200).json();
        paged.extend(page["items"].as_array().unwrap().iter().map(|one| one["person_id"].clone()));
        let cursor = page["next_cursor"].as_str();
        next = cursor.map(|cursor| format!("{path}?limit=2&cursor={cursor}"));
    }
    let all: Vec<Value> = found.iter().map(|one| one["person_id"].clone()).collect();
    assert_eq!(paged, all);
    let by_name = app.persona("chel_deputy").get(&format!("{path}?sort=name")).expect(200).json();
    let names: Vec<&str> =
        by_name["items"].as_array().unwrap().iter().map(|one| one["person_name"].as_str().unwrap()).collect();
    assert!(names.is_sorted(), "{names:?}");
    app.persona("chel_teacher").get(&path).refused(403, "auth.forbidden");
}

/// A candidate whose line the plan holds is marked.
#[test]
fn planned_candidates_are_marked() {
    let app = TestApp::start();
    agreed(&app, "chel_teacher", &chel_program(&app));
    let id = approved(&app, json!({"headcount": 1}));
    let page = app.persona("chel_deputy").get(&format!("/api/v1/plans/{id}/candidates")).expect(200).json();
    let items = page["items"].as_array().unwrap().iter();
    let planned: Vec<&Value> =
        items.filter(|one| one["planned"] == true).map(|one| &one["person_id"]).collect();
    assert_eq!(planned, [&json!(app.person("chel_teacher"))]);
}
