//! Discussion of routes: members of associations, and providers about their lines.

use serde_json::{Value, json};

use crate::support::build_following::report;
use crate::support::build_revisions::RevisionUnderTest;
use crate::support::build_routes::{RouteUnderTest, activity, altai_program, chel_program};
use crate::support::{Answer, TestApp};

fn say(app: &TestApp, route: &RouteUnderTest<'_>, by: &str, activity: Option<&str>, text: &str) -> Answer {
    let mut body = json!({"text": text});
    if let Some(id) = activity {
        body["activity_id"] = json!(id);
    }
    app.persona(by).post(&route.path("/comments"), body)
}

fn said(app: &TestApp, route: &RouteUnderTest<'_>, to: &str) -> Vec<Value> {
    let page = app.persona(to).get(&route.path("/comments")).expect(200).json();
    page["items"].as_array().unwrap().clone()
}

/// P0-4: while the route is open for discussion, members of the learner's association read it and comment on it beside the
/// teacher; comments keep their author and moment, and nobody changes them.
#[test]
fn members_of_the_association_discuss_an_open_route() {
    let app = TestApp::start();
    let route = RouteUnderTest::start(&app, "chel_teacher", "chel_teacher");
    let line = route.add("chel_teacher", activity(Some("elective"))).expect(201).id();
    route.read("chel_teacher_2").refused(404, "request.not_found");
    say(&app, &route, "chel_teacher_2", None, "Можно?").refused(404, "request.not_found");
    route.put("chel_association_head", "/discussion", json!({"open": true})).refused(403, "auth.forbidden");
    let open = route.put("chel_teacher", "/discussion", json!({"open": true})).expect(200).json();
    assert_eq!(open["people"]["discussion_open"], true);
    let read = route.read("chel_teacher_2").expect(200).json();
    assert_eq!(read["allowed_actions"], json!(["create_route_comment"]));
    route.put("chel_teacher_2", "/discussion", json!({"open": false})).refused(403, "auth.forbidden");
    let comment = say(&app, &route, "chel_teacher_2", Some(&line), "Лучше весной").expect(201).json();
    assert_eq!(comment["author_id"], json!(app.person("chel_teacher_2")));
    assert_eq!(comment["author_name"], "Testova-dc Anna");
    assert_eq!(
        (&comment["author_role"], &comment["created_at"]),
        (&json!("teacher"), &json!("2026-03-02T06:00:00Z"))
    );
    say(&app, &route, "chel_teacher", None, "Согласна").expect(201);
    say(&app, &route, "chel_deputy", None, "Поддерживаю").expect(201);
    say(&app, &route, "chel_teacher_2", Some(&route.id), "О чём это").refused(422, "unknown");
    let texts: Vec<Value> =
        said(&app, &route, "chel_teacher_2").iter().map(|comment| comment["text"].clone()).collect();
    assert_eq!(texts, ["Лучше весной", "Согласна", "Поддерживаю"]);
    let page = app.persona("chel_teacher").get(&route.path("/comments?limit=2")).expect(200).json();
    let next = route.path(&format!("/comments?limit=2&cursor={}", page["next_cursor"].as_str().unwrap()));
    assert_eq!(app.persona("chel_teacher").get(&next).expect(200).json()["items"][0]["text"], "Поддерживаю");
    for sql in ["update route_comments set text = 'Иначе'", "delete from route_comments"] {
        assert!(app.db_execute(sql).unwrap_err().as_db_error().unwrap().message().contains("append-only"));
    }
    // The line may go, what was said of it stays.
    app.persona("chel_teacher")
        .delete(&route.path(&format!("/activities/{line}")), &route.etag())
        .expect(200);
    assert_eq!(said(&app, &route, "chel_teacher")[0]["activity_id"], json!(line));
    route.put("chel_teacher", "/discussion", json!({"open": false})).expect(200);
    route.read("chel_teacher_2").refused(404, "request.not_found");
    say(&app, &route, "chel_teacher_2", None, "Ещё").refused(404, "request.not_found");
    say(&app, &route, "teacher", None, "Из другого региона").refused(404, "request.not_found");
}

/// A comment about that thing of the route.
fn say_about(app: &TestApp, route: &RouteUnderTest<'_>, by: &str, field: &str, id: &str) -> Answer {
    let mut body = json!({"text": "Хорошо"});
    body[field] = json!(id);
    app.persona(by).post(&route.path("/comments"), body)
}

/// P0-4: the results of a route are discussed as well: teacher and members of the association comment on the report of a
/// stage and on the growth card, and on a revision; each comment keeps author and moment and leads to what it is about.
#[test]
fn reports_of_a_route_are_discussed() {
    let app = TestApp::start();
    let route = RouteUnderTest::complete_p0(&app);
    route.approve_p0();
    let teacher = app.persona("chel_teacher");
    let stage = route.read("chel_teacher").expect(200).json()["stages"][0]["id"].clone();
    let report_path = route.path(&format!("/stages/{}/report", stage.as_str().unwrap()));
    let reported = teacher.post(&report_path, report("Отчёт")).expect(201).id();
    let card_path = route.path("/growth-cards/2025");
    let empty = teacher.get(&card_path).expect(200);
    assert!(empty.json().get("id").is_none(), "nobody has written anything in it");
    let reflection = json!({"reflection": "Оцениваю по критериям", "credential_ids": []});
    let written = teacher.put(&card_path, &empty.etag(), reflection).expect(200).json();
    let card = written["id"].as_str().unwrap().to_owned();
    let revision = RevisionUnderTest::retitle(&app, &route, "chel_teacher", "Чтение вдвоём").id;
    let things = [("stage_report_id", &reported), ("growth_card_id", &card), ("revision_id", &revision)];

    for (field, id) in things {
        say_about(&app, &route, "chel_teacher_2", field, id).refused(404, "request.not_found");
    }
    for path in [&report_path, &card_path] {
        app.persona("chel_teacher_2").get(path).refused(404, "request.not_found");
    }
    route.put("chel_teacher", "/discussion", json!({"open": true})).expect(200);
    for path in [&report_path, &card_path] {
        app.persona("chel_teacher_2").get(path).expect(200);
    }
    app.persona("chel_teacher_2")
        .put(&card_path, "\"1\"", json!({"reflection": "За другого", "credential_ids": []}))
        .refused(403, "auth.forbidden");
    for (field, id) in things {
        let comment = say_about(&app, &route, "chel_teacher_2", field, id).expect(201).json();
        assert_eq!((&comment[field], &comment["author_role"]), (&json!(id), &json!("teacher")));
        assert_eq!(
            (&comment["author_id"], &comment["created_at"]),
            (&json!(app.person("chel_teacher_2")), &json!("2026-03-02T06:00:00Z"))
        );
        let others = things.iter().filter(|(other, _)| *other != field);
        assert!(others.chain(&[("activity_id", id)]).all(|(other, _)| comment.get(other).is_none()));
        say_about(&app, &route, "chel_teacher", field, id).expect(201);
    }
    say(&app, &route, "chel_deputy", None, "В целом").expect(201);
    assert_eq!(said(&app, &route, "chel_teacher").len(), 7);
    for (field, id) in things {
        let path = route.path(&format!("/comments?{field}={id}"));
        let found = teacher.get(&path).expect(200).json()["items"].clone();
        assert_eq!(found.as_array().unwrap().len(), 2, "{field}");
        assert!(found.as_array().unwrap().iter().all(|comment| comment[field] == json!(id)), "{field}");
    }
}

/// A comment is about one thing, and about one of its own route.
#[test]
fn a_comment_is_about_one_thing_of_its_route() {
    let app = TestApp::start();
    let route = RouteUnderTest::complete_p0(&app);
    route.approve_p0();
    let stage = route.read("chel_teacher").expect(200).json()["stages"][0]["id"].clone();
    let report_path = route.path(&format!("/stages/{}/report", stage.as_str().unwrap()));
    let reported = app.persona("chel_teacher").post(&report_path, report("Отчёт")).expect(201).id();
    let card_path = route.path("/growth-cards/2025");
    let reflection = json!({"reflection": "Оцениваю по критериям", "credential_ids": []});
    let etag = app.persona("chel_teacher").get(&card_path).expect(200).etag();
    let card = app.persona("chel_teacher").put(&card_path, &etag, reflection).expect(200).json();
    let card = card["id"].as_str().unwrap().to_owned();
    let revision = RevisionUnderTest::retitle(&app, &route, "chel_teacher", "Чтение вдвоём").id;
    let other = RouteUnderTest::start(&app, "chel_teacher_2", "chel_teacher_2");
    for (field, id) in [
        ("stage_report_id", &reported),
        ("growth_card_id", &card),
        ("revision_id", &revision),
        ("stage_report_id", &route.id),
        ("growth_card_id", &route.id),
        ("revision_id", &route.id),
    ] {
        let refused = say_about(&app, &other, "chel_teacher_2", field, id).refused(422, "unknown").json();
        assert_eq!(refused["errors"][0]["pointer"], format!("/{field}"));
    }
    let both = json!({"text": "О чём это", "stage_report_id": reported, "revision_id": revision});
    app.persona("chel_teacher").post(&route.path("/comments"), both).refused(422, "one_of");
    assert_eq!(said(&app, &other, "chel_teacher_2"), Vec::<Value>::new());
}

/// Where the regulation lets no association discuss routes, none is opened.
#[test]
fn a_discussion_needs_a_rule() {
    let app = TestApp::start();
    let (route, _) = RouteUnderTest::complete_p4(&app);
    route.put("teacher", "/discussion", json!({"open": true})).refused(422, "discussion_not_used");
    route.read("teacher_2").refused(404, "request.not_found");
}

/// The line of a program of the provider, in that part of the route.
fn program_line(program: &Value, part: Option<&str>) -> Value {
    let mut line = activity(part);
    line["kind"] = json!("program");
    line["hours"] = json!(36);
    line["program_id"] = program["id"].clone();
    line
}

/// P4-37: the provider comments on the lines of a draft that are addressed to it, while the route is formed: not on others,
/// nor on the route as a whole.
#[test]
fn a_provider_comments_on_the_line_addressed_to_it() {
    let app = TestApp::start();
    let program = altai_program(&app);
    let (route, _) = RouteUnderTest::complete_p4(&app);
    let line = route.add("teacher", program_line(&program, None)).expect(201).id();
    let drafts = |persona: &str| {
        let page = app.persona(persona).get("/api/v1/route-activities?drafts=true").expect(200).json();
        let items = page["items"].as_array().unwrap();
        items.iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!((drafts("provider"), drafts("provider_y")), (vec![line.clone()], Vec::new()));
    assert!(drafts("teacher").is_empty());
    let comment =
        say(&app, &route, "provider", Some(&line), "Группа набрана, есть места в мае").expect(201).json();
    assert_eq!(comment["organization_id"], json!(app.organization("provider_x")));
    say(&app, &route, "provider", None, "О маршруте").refused(422, "required");
    let other = route.read("teacher").expect(200).json()["activities"][0]["id"].as_str().unwrap().to_owned();
    say(&app, &route, "provider", Some(&other), "О чужом").refused(422, "unknown");
    say(&app, &route, "provider_y", Some(&line), "О чужом").refused(404, "request.not_found");
    say_about(&app, &route, "provider", "stage_report_id", &line).refused(422, "unknown");
    route.read("provider").refused(404, "request.not_found");
    say(&app, &route, "coordinator", Some(&line), "Май подходит").expect(201);
    say(&app, &route, "coordinator", None, "Только для школы").expect(201);
    assert_eq!((said(&app, &route, "provider").len(), said(&app, &route, "teacher").len()), (2, 3));
    route.approve_p4();
    app.persona("provider").get(&route.path("/comments")).refused(404, "request.not_found");
    assert!(drafts("provider").is_empty());
}

/// Under a regulation that names no providers among those who comment, they know nothing of drafts.
#[test]
fn other_regulations_keep_drafts_from_providers() {
    let app = TestApp::start();
    let program = chel_program(&app);
    let route = RouteUnderTest::start(&app, "chel_teacher", "chel_teacher");
    let line = route.add("chel_teacher", program_line(&program, Some("prospective_plan"))).expect(201).id();
    say(&app, &route, "chel_provider", Some(&line), "Есть места").refused(404, "request.not_found");
    let page = app.persona("chel_provider").get("/api/v1/route-activities?drafts=true").expect(200).json();
    assert_eq!(page["items"], json!([]));
}
