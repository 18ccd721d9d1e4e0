//! Growth cards over HTTP: who owes one, when it is late, what it says, and who looks it through.

use serde_json::{Value, json};

use crate::support::build_following::done;
use crate::support::build_hours::{confirmed, paper, record, with};
use crate::support::build_routes::{RouteUnderTest, chel_program};
use crate::support::{Answer, TestApp};

/// A route of the Chelyabinsk teacher in force, with a program among its lines; and the program.
#[track_caller]
fn active_p0(app: &TestApp) -> (RouteUnderTest<'_>, String) {
    let program = chel_program(app)["id"].as_str().unwrap().to_owned();
    let route = RouteUnderTest::complete_p0(app);
    let line = json!({"kind": "program", "part": "prospective_plan", "title": "Программа", "program_id": program,
        "starts_on": "2026-03-02", "ends_on": "2026-05-31", "reason": "interest"});
    route.add("chel_teacher", line).expect(201);
    route.approve_p0();
    (route, program)
}

fn listed(app: &TestApp, persona: &str, query: &str) -> Vec<Value> {
    let page = app.persona(persona).get(&format!("/api/v1/growth-cards{query}")).expect(200).json();
    page["items"].as_array().unwrap().clone()
}

fn card(app: &TestApp, route: &RouteUnderTest<'_>, persona: &str, year: i32) -> Answer {
    app.persona(persona).get(&route.path(&format!("/growth-cards/{year}")))
}

/// A decision on the card of 2025 in its newest version.
fn decide(app: &TestApp, route: &RouteUnderTest<'_>, persona: &str, decision: &str, body: Value) -> Answer {
    let etag = card(app, route, "chel_teacher", 2025).expect(200).etag();
    app.persona(persona).post_if(&route.path(&format!("/growth-cards/2025/{decision}")), &etag, body)
}

fn write(app: &TestApp, route: &RouteUnderTest<'_>, papers: &[&str]) -> Answer {
    let etag = card(app, route, "chel_teacher", 2025).expect(200).etag();
    let body = json!({"reflection": "Оцениваю по критериям", "credential_ids": papers});
    app.persona("chel_teacher").put(&route.path("/growth-cards/2025"), &etag, body)
}

fn program_line(route: &RouteUnderTest<'_>) -> String {
    let read = route.read("chel_deputy").expect(200).json();
    let lines = read["activities"].as_array().unwrap();
    let line = lines.iter().find(|line| line["data"]["kind"] == "program").unwrap();
    line["id"].as_str().unwrap().to_owned()
}

/// P0-26: each route in force has one card for each school year; those nobody has touched are listed as missing.
#[test]
fn every_route_in_force_owes_one_card_a_year() {
    let app = TestApp::start();
    assert_eq!(listed(&app, "chel_deputy", ""), Vec::<Value>::new());
    let (route, _) = active_p0(&app);
    let draft = app.persona("chel_teacher_2");
    let body = crate::support::build_routes::route_body(&app, "chel_teacher_2");
    draft.post("/api/v1/routes", body).expect(201);

    let missing = listed(&app, "chel_deputy", "?state=assembled");
    assert_eq!(missing.len(), 1, "drafts owe nothing");
    let owed = &missing[0];
    assert_eq!(
        (&owed["route_id"], &owed["person_id"], &owed["year"]),
        (&json!(route.id), &json!(app.person("chel_teacher")), &json!(2025))
    );
    assert_eq!(
        (&owed["period_starts_on"], &owed["period_ends_on"], &owed["due_on"]),
        (&json!("2025-09-01"), &json!("2026-08-31"), &json!("2026-05-31"))
    );
    assert_eq!(listed(&app, "chel_deputy", "?year=2026"), Vec::<Value>::new(), "that year has not begun");
    assert_eq!(listed(&app, "chel_deputy", "?year=2024"), Vec::<Value>::new(), "no route was in force");
    card(&app, &route, "chel_teacher", 2026).refused(404, "request.not_found");
    card(&app, &route, "chel_teacher", 99999).refused(404, "request.not_found");

    write(&app, &route, &[]).expect(200);
    assert_eq!(listed(&app, "chel_deputy", "?state=assembled").len(), 1, "begun is not handed in");
    decide(&app, &route, "chel_teacher", "submission", json!({})).expect(200);
    assert_eq!(listed(&app, "chel_deputy", "?state=assembled"), Vec::<Value>::new());
    assert_eq!(listed(&app, "chel_deputy", "?state=submitted").len(), 1);
    assert_eq!(listed(&app, "chel_deputy", "").len(), 1, "one card for the route and the year");

    app.days_pass(183);
    assert_eq!(app.today().to_string(), "2026-09-01");
    let next = listed(&app, "chel_deputy", "");
    assert_eq!((next.len(), &next[0]["year"], &next[0]["state"]), (1, &json!(2026), &json!("assembled")));
    let all = listed(&app, "chel_ministry", "?year=2025");
    assert_eq!((all.len(), &all[0]["state"]), (1, &json!("submitted")));
    assert_eq!(listed(&app, "chel_teacher", "?year=2026").len(), 1);
    assert_eq!(listed(&app, "chel_teacher_2", "?year=2026"), Vec::<Value>::new());
}

/// P0-32: a card that is not handed in by the end of the school year is late from the next day on; one that is handed in
/// lists the documents that go with it.
#[test]
fn a_card_is_late_after_the_school_year_and_lists_its_documents() {
    let app = TestApp::start();
    let (route, program) = active_p0(&app);
    app.days_pass(90);
    assert_eq!(app.today().to_string(), "2026-05-31");
    assert_eq!(card(&app, &route, "chel_deputy", 2025).expect(200).json()["overdue"], false);
    assert_eq!(listed(&app, "chel_deputy", "?overdue=true"), Vec::<Value>::new());
    assert_eq!(listed(&app, "chel_deputy", "?overdue=false").len(), 1);
    app.days_pass(1);
    assert_eq!(card(&app, &route, "chel_deputy", 2025).expect(200).json()["overdue"], true);
    assert_eq!(listed(&app, "chel_deputy", "?overdue=true")[0]["overdue"], true);
    assert_eq!(listed(&app, "chel_deputy", "?overdue=false"), Vec::<Value>::new());

    let line = program_line(&route);
    let path = format!("/activities/{line}/completion");
    route.post("chel_deputy", &path, json!({"completed_on": "2026-05-20"})).refused(409, "training_awaited");
    // As after an enrollment that is completed, before its paper is there.
    app.db_execute(&format!(
        "update route_activities set state = 'completed', completed_on = '2026-05-20' where id = '{line}'"
    ))
    .unwrap();
    let empty = decide(&app, &route, "chel_teacher", "submission", json!({})).expect(422);
    let mut missing = empty.codes()[1..].to_vec();
    missing.sort();
    assert_eq!(missing, ["credentials_missing", "reflection_required"]);
    let foreign =
        record(&app, "chel_provider", paper(&app, "chel_teacher_2", "7", "2026-05-20")).expect(201).id();
    write(&app, &route, &[&foreign]).refused(422, "unknown");
    let of_program = with(paper(&app, "chel_teacher", "8", "2026-05-20"), json!({"program_id": program}));
    let document = confirmed(&app, "chel_provider", "chel_director", of_program);
    let own = with(paper(&app, "chel_teacher", "9", "2026-04-20"), json!({"issuer_name": "Академия"}));
    let reported = record(&app, "chel_teacher", own).expect(201).id();
    write(&app, &route, &[&document, &reported]).expect(200);
    let submitted = decide(&app, &route, "chel_teacher", "submission", json!({})).expect(200).json();
    assert_eq!((&submitted["state"], &submitted["overdue"]), (&json!("submitted"), &json!(false)));
    let listed_papers = submitted["content"]["credentials"].as_array().unwrap();
    let ids: Vec<&Value> = listed_papers.iter().map(|paper| &paper["id"]).collect();
    assert_eq!(ids, [&json!(reported), &json!(document)]);
    assert_eq!(listed_papers[1]["hours"], json!(36.0));
    assert_eq!(listed(&app, "chel_deputy", "?overdue=true"), Vec::<Value>::new());
}

/// The card follows the data until it is handed in and keeps what it said; it is accepted or returned by those who hold
/// the monitoring, never by the learner.
#[test]
fn a_submitted_card_keeps_what_it_said() {
    let app = TestApp::start();
    let (route, _) = active_p0(&app);
    let done = || {
        let content = card(&app, &route, "chel_teacher", 2025).expect(200).json()["content"].clone();
        let lines = content["activities"].as_array().unwrap().clone();
        lines.iter().filter(|line| line.get("completed_on").is_some()).count()
    };
    let ids: Vec<String> = {
        let read = route.read("chel_deputy").expect(200).json();
        read["activities"]
            .as_array()
            .unwrap()
            .iter()
            .map(|line| line["id"].as_str().unwrap().to_owned())
            .collect()
    };
    let complete = |place: usize| {
        let path = format!("/activities/{}/completion", ids[place]);
        route.post("chel_deputy", &path, json!({"completed_on": "2026-03-02"})).expect(200);
    };
    let untouched = card(&app, &route, "chel_teacher", 2025).expect(200);
    assert_eq!(untouched.json()["allowed_actions"], json!(["update_growth_card", "submit_growth_card"]));
    assert_eq!(done(), 0);
    complete(0);
    assert_eq!(done(), 1, "it is assembled from the data");
    let body = json!({"reflection": "Оцениваю по критериям"});
    let path = route.path("/growth-cards/2025");
    app.persona("chel_teacher").put(&path, "\"1\"", body.clone()).refused(412, "request.precondition_failed");
    app.persona("chel_deputy").put(&path, "\"0\"", body.clone()).refused(403, "auth.forbidden");
    app.persona("chel_teacher_2").put(&path, "\"0\"", body.clone()).refused(404, "request.not_found");
    app.persona("director").put(&path, "\"0\"", body.clone()).refused(404, "request.not_found");
    app.persona("chel_teacher").put(&path, "\"0\"", json!({"reflection": ""})).expect(422);
    app.persona("chel_teacher").put(&path, "\"0\"", body).expect(200);
    let refused = decide(&app, &route, "chel_deputy", "acceptance", json!({})).refused(409, "conflict.state");
    assert_eq!(refused.json()["detail"], "Карта роста: не сдана");
    decide(&app, &route, "chel_teacher", "submission", json!({})).expect(200);
    complete(1);
    assert_eq!(done(), 1, "what was handed in stays");
    write(&app, &route, &[]).refused(409, "conflict.state");

    decide(&app, &route, "chel_teacher", "acceptance", json!({})).refused(403, "auth.forbidden");
    decide(&app, &route, "chel_ministry", "acceptance", json!({})).refused(403, "auth.forbidden");
    let back = json!({"note": "Добавьте выводы", "due_on": "2026-06-20"});
    let returned = decide(&app, &route, "chel_deputy", "return", back).expect(200).json();
    assert_eq!(
        (&returned["state"], &returned["resolution"]["note"]),
        (&json!("returned"), &json!("Добавьте выводы"))
    );
    assert_eq!(done(), 2, "a returned card follows the data again");
    app.days_pass(100);
    assert_eq!(
        card(&app, &route, "chel_teacher", 2025).expect(200).json()["overdue"],
        false,
        "its new day is to come"
    );
    app.days_pass(20);
    assert_eq!(listed(&app, "chel_deputy", "?overdue=true&state=returned").len(), 1);
    write(&app, &route, &[]).expect(200);
    decide(&app, &route, "chel_teacher", "submission", json!({})).expect(200);
    let accepted =
        decide(&app, &route, "chel_director", "acceptance", json!({"note": "Принято"})).expect(200).json();
    assert_eq!((&accepted["state"], &accepted["allowed_actions"]), (&json!("accepted"), &json!([])));
    decide(&app, &route, "chel_deputy", "return", json!({"note": "Нет", "due_on": "2026-07-20"}))
        .refused(409, "conflict.state");
}

/// P0-26: a route that is fulfilled in the course of a school year owes the card of that year still, and of none after.
/// P0-32: its learner hands it in when the route is over, with the documents.
#[test]
fn a_fulfilled_route_owes_the_card_of_its_last_year() {
    let app = TestApp::start();
    let (route, program) = active_p0(&app);
    done(&route, "chel_deputy", &[0, 1, 2]);
    let line = json!({"program_id": program, "activity_id": program_line(&route)});
    let of_program = with(paper(&app, "chel_teacher", "8", "2026-03-02"), line);
    let document = confirmed(&app, "chel_provider", "chel_director", of_program);
    route.post("chel_deputy", "/completion", json!({})).expect(200);
    assert_eq!(route.state(), "completed");
    let missing = listed(&app, "chel_deputy", "?state=assembled");
    assert_eq!((missing.len(), &missing[0]["route_id"]), (1, &json!(route.id)));
    let untouched = card(&app, &route, "chel_teacher", 2025).expect(200).json();
    assert_eq!(untouched["allowed_actions"], json!(["update_growth_card", "submit_growth_card"]));
    let lines = untouched["content"]["activities"].as_array().unwrap();
    assert!(lines.len() == 4 && lines.iter().all(|line| line["completed_on"] == "2026-03-02"), "{untouched}");

    app.days_pass(91);
    assert_eq!(listed(&app, "chel_deputy", "?overdue=true").len(), 1, "fulfilled, and its card is late");
    write(&app, &route, &[&document]).expect(200);
    decide(&app, &route, "chel_teacher", "submission", json!({})).expect(200);
    let accepted = decide(&app, &route, "chel_deputy", "acceptance", json!({})).expect(200).json();
    assert_eq!(accepted["state"], "accepted");
    let dossier = app.persona("chel_deputy").get(&route.path("/dossier")).expect(200).json();
    assert_eq!(dossier["groups"][4]["items"][0]["dated_on"], "2026-06-01", "{dossier}");
    assert_eq!(dossier["groups"][5]["items"][0]["href"], json!(format!("/api/v1/credentials/{document}")));

    app.days_pass(92);
    assert_eq!(app.today().to_string(), "2026-09-01");
    assert_eq!(listed(&app, "chel_deputy", ""), Vec::<Value>::new(), "the year after owes none");
    card(&app, &route, "chel_teacher", 2026).refused(404, "request.not_found");
}

/// A route that comes into force when the day of the year's card is past owes the card of the next year first.
#[test]
fn nobody_is_late_on_the_first_day() {
    let app = TestApp::start();
    let (route, _) = active_p0(&app);
    app.days_pass(91);
    let owed = || {
        let path = format!("/api/v1/organizations/{}/route-report", app.organization("chel_school"));
        app.persona("chel_director").get(&path).expect(200).json()["figures"]["growth_cards"].clone()
    };
    assert_eq!((&owed()["owed"], &owed()["overdue"]), (&json!(1), &json!(1)));
    app.db_execute(&format!("update routes set activated_on = '2026-06-01' where id = '{}'", route.id))
        .unwrap();
    assert_eq!((&owed()["owed"], &owed()["overdue"]), (&json!(0), &json!(0)));
    assert_eq!(listed(&app, "chel_deputy", ""), Vec::<Value>::new());
    card(&app, &route, "chel_teacher", 2025).refused(404, "request.not_found");
    app.days_pass(92);
    assert_eq!((listed(&app, "chel_deputy", "").len(), &owed()["owed"]), (1, &json!(1)));
}

/// Where the regulation asks for no cards, nobody owes one.
#[test]
fn no_cards_without_a_rule() {
    let app = TestApp::start();
    let (route, _) = RouteUnderTest::complete_p4(&app);
    route.approve_p4();
    assert_eq!(listed(&app, "ministry", ""), Vec::<Value>::new());
    card(&app, &route, "teacher", 2025).refused(404, "request.not_found");
    app.persona("provider").get("/api/v1/growth-cards").refused(403, "auth.forbidden");
    app.persona("ministry").get("/api/v1/growth-cards?year=1").expect(422);
}

/// A card comes to be printed for those who may read it: the same file for the same data, in the language asked for.
#[test]
fn a_card_is_printed() {
    let app = TestApp::start();
    let (route, _) = active_p0(&app);
    let path = route.path("/growth-cards/2025");
    let printed = |persona: &str| app.persona(persona).header("accept", "application/pdf").get(&path);
    let file = printed("chel_teacher");
    assert_eq!((file.status, file.header("content-type")), (200, Some("application/pdf")));
    assert!(file.header("vary").is_some_and(|names| names.starts_with("Accept")));
    assert!(file.header("content-disposition").is_some_and(|name| name.contains("growth-card-2025-")));
    let etag = file.header("etag").unwrap().to_owned();
    assert_eq!(
        printed("chel_deputy").header("etag"),
        Some(etag.as_str()),
        "the same data give the same file"
    );
    let cached = app.persona("chel_teacher").header("accept", "application/pdf");
    assert_eq!(cached.header("if-none-match", &etag).get(&path).status, 304);
    let english = cached.header("accept-language", "en").get(&path);
    assert_eq!(english.status, 200);
    assert_ne!(english.header("etag"), Some(etag.as_str()));

    write(&app, &route, &[]).expect(200);
    decide(&app, &route, "chel_teacher", "submission", json!({})).expect(200);
    let back = json!({"note": "Добавьте выводы", "due_on": "2026-06-20"});
    decide(&app, &route, "chel_deputy", "return", back).expect(200);
    let returned = printed("chel_teacher");
    assert_eq!((returned.status, returned.header("content-type")), (200, Some("application/pdf")));
    assert_ne!(returned.header("etag"), Some(etag.as_str()));
    let data = card(&app, &route, "chel_teacher", 2025).expect(200);
    assert_eq!(data.header("content-type"), Some("application/json"));
    printed("chel_teacher_2").refused(404, "request.not_found");
}
