//! Documents about routes: the plan, the card and the dossier, as data and as PDF.

use serde_json::{Value, json};

use crate::support::build_cards::{CardUnderTest, active_p3};
use crate::support::build_following::{active_p1, reported, stages};
use crate::support::build_hours::{confirmed, paper, with};
use crate::support::build_regulations::amended;
use crate::support::build_revisions::RevisionUnderTest;
use crate::support::build_routes::{RouteUnderTest, activity};
use crate::support::{Answer, TestApp};

/// The document as a file to be printed.
fn printed(app: &TestApp, route: &RouteUnderTest<'_>, persona: &str, what: &str) -> Answer {
    let path = route.path(what);
    app.persona(persona).header("accept", "application/pdf").get(&path)
}

/// P1-3: a route comes as an individual plan with the list of its measures, as data and to be printed.
/// P1-14: needs, directions and events with their level stand in one table.
#[test]
fn a_route_is_printed_as_a_plan_with_measures() {
    let app = TestApp::start();
    let (route, _) = RouteUnderTest::complete_p4(&app);
    let event = json!({"kind": "event", "title": "Ярмарка педагогических идей", "starts_on": "2026-04-10",
        "ends_on": "2026-04-10", "hours": 6, "place": "Барнаул", "event_level": "municipal", "event_form": "exhibition",
        "participation": "доклад", "reason": "interest", "justification": "Обмен опытом"});
    route.add("teacher", event).expect(201);
    let plan = app.persona("teacher").get(&route.path("/plan")).expect(200).json();
    let lines = plan["lines"].as_array().unwrap();
    assert_eq!(lines.len(), 2, "{plan}");
    assert_eq!((&lines[1]["level"], &lines[1]["place"]), (&json!("муниципальный"), &json!("Барнаул")));
    assert_eq!(lines[0]["answers"].as_array().unwrap().len(), 1, "the deficit by its name: {plan}");
    assert_eq!(plan["hours"], json!(16.0));
    let goal = plan["note"].as_array().unwrap().iter().any(|fact| fact["name"] == "Цель");
    assert!(goal, "{plan}");
    let english = app.persona("teacher").header("accept-language", "en").get(&route.path("/plan"));
    assert_eq!(english.expect(200).json()["lines"][1]["level"], "municipal");
    let file = printed(&app, &route, "teacher", "/plan");
    assert_eq!((file.status, file.header("content-type")), (200, Some("application/pdf")));
    assert!(file.header("vary").is_some_and(|names| names.starts_with("Accept")));
    let etag = file.header("etag").unwrap().to_owned();
    let again = printed(&app, &route, "teacher", "/plan");
    assert_eq!(again.header("etag"), Some(etag.as_str()), "the same data give the same file");
    let path = route.path("/plan");
    let client = app.persona("teacher").header("accept", "application/pdf").header("if-none-match", &etag);
    assert_eq!(client.get(&path).status, 304);
    route.add("teacher", activity(None)).expect(201);
    assert_ne!(printed(&app, &route, "teacher", "/plan").header("etag"), Some(etag.as_str()));
}

/// P1-59: the dossier has six groups with where each document is read; what is missing is named.
#[test]
fn the_dossier_names_what_is_missing() {
    let app = TestApp::start();
    let (route, _) = RouteUnderTest::complete_p4(&app);
    let read = |app: &TestApp| app.persona("deputy").get(&route.path("/dossier")).expect(200).json();
    let dossier = read(&app);
    let groups: Vec<&str> =
        dossier["groups"].as_array().unwrap().iter().map(|group| group["group"].as_str().unwrap()).collect();
    assert_eq!(groups, ["acts", "diagnosis", "route", "control_plan", "reports", "portfolio"]);
    assert_eq!(dossier["missing"], json!(["control_plan", "reports", "portfolio"]));
    for group in dossier["groups"].as_array().unwrap() {
        let items = group["items"].as_array().unwrap();
        assert_eq!(group["missing"], json!(items.is_empty()));
        for href in items.iter().filter_map(|item| item["href"].as_str()) {
            app.persona("deputy").get(href).expect(200);
        }
    }
    let file = printed(&app, &route, "deputy", "/dossier");
    assert_eq!((file.status, file.header("content-type")), (200, Some("application/pdf")));
}

/// P1-59: a paper that answers an activity stands in the portfolio.
#[test]
fn papers_stand_in_the_portfolio() {
    let app = TestApp::start();
    let (route, _) = RouteUnderTest::complete_p4(&app);
    let line = route.read("teacher").expect(200).json()["activities"][0]["id"].clone();
    let body = with(paper(&app, "teacher", "77", "2026-02-20"), json!({"activity_id": line}));
    confirmed(&app, "provider", "director", body);
    let dossier = app.persona("teacher").get(&route.path("/dossier")).expect(200).json();
    let portfolio = &dossier["groups"][5];
    assert_eq!(portfolio["items"][0]["title"], "Функциональная грамотность № 77", "{dossier}");
    let href = portfolio["items"][0]["href"].as_str().unwrap();
    app.persona("teacher").get(href).expect(200);
}

/// P1-59: under the regulation that demands the six groups each of them is filled from what is recorded.
#[test]
fn each_group_of_the_dossier_is_filled() {
    let app = TestApp::start();
    let route = active_p1(&app);
    let read = || app.persona("curator").get(&route.path("/dossier")).expect(200).json();
    let before = read();
    assert_eq!(before["missing"], json!(["reports", "portfolio"]));
    assert!(before["groups"].as_array().unwrap().iter().all(|group| group["required"] == true));
    let stage = stages(&route, "teacher")[0].clone();
    reported(&app, &route, &stage, "Открытый урок");
    let line = route.read("teacher").expect(200).json()["activities"][0]["id"].clone();
    let body = with(paper(&app, "teacher", "78", "2026-03-02"), json!({"activity_id": line}));
    confirmed(&app, "provider", "director", body);

    let dossier = read();
    assert_eq!(dossier["missing"], json!([]), "{dossier}");
    let titles = |place: usize| -> Vec<String> {
        let items = dossier["groups"][place]["items"].as_array().unwrap();
        items.iter().map(|item| item["title"].as_str().unwrap().to_owned()).collect()
    };
    assert!(titles(0).contains(&"Приказ № 14-о об утверждении маршрута".to_owned()), "{dossier}");
    assert!(titles(1).iter().any(|title| title.starts_with("Дефицит: ")), "{dossier}");
    assert!(titles(2)[0].ends_with("«Персонифицированная программа» (действует)"), "{dossier}");
    assert!(titles(3)[0].starts_with("Предварительный контроль: разработка программы. Проведён 02.03.2026"));
    assert!(titles(4)[0].starts_with("Отчёт по этапу: "), "{dossier}");
    assert_eq!(titles(5), ["Функциональная грамотность № 78"]);
    for item in
        dossier["groups"].as_array().unwrap().iter().flat_map(|group| group["items"].as_array().unwrap())
    {
        if let Some(href) = item["href"].as_str() {
            app.persona("curator").get(href).expect(200);
        }
    }
    let file = printed(&app, &route, "curator", "/dossier");
    assert_eq!((file.status, file.header("content-type")), (200, Some("application/pdf")));
}

/// P3-22: the act that approves the card stands in the dossier with the card; also when the route has changed since.
/// P3-24: so does the hearing of interim results.
#[test]
fn the_approval_of_the_card_stands_in_the_dossier() {
    let app = TestApp::start();
    let route = active_p3(&app);
    let card = CardUnderTest::of_route(&app, &route, "teacher");
    let items = |group: usize| -> Vec<Value> {
        let dossier = app.persona("teacher").get(&route.path("/dossier")).expect(200).json();
        dossier["groups"][group]["items"].as_array().unwrap().clone()
    };
    let about = |group: usize, words: &str| {
        let of_group = items(group);
        of_group.into_iter().find(|item| item["title"].as_str().unwrap().contains(words))
    };
    assert_eq!(about(2, "Карта"), None, "it is not approved yet");
    card.decide_with("director", "approve", json!({"act_number": "7-к", "act_date": "2026-03-02"}))
        .expect(200);
    let act = about(0, "Приказ № 7-к об утверждении карты").expect("the act");
    assert_eq!(
        (&act["dated_on"], &act["href"]),
        (&json!("2026-03-02"), &json!(format!("/api/v1/route-cards/{}", card.id)))
    );
    let listed = about(2, "Карта повышения квалификации № 1").expect("the card");
    assert!(listed["title"].as_str().unwrap().ends_with("(утверждена)"), "{listed}");

    RevisionUnderTest::retitle(&app, &route, "teacher", "Чтение вдвоём").submit("teacher").expect(200);
    let listed = about(2, "Карта повышения квалификации № 1").expect("the card");
    assert!(listed["title"].as_str().unwrap().contains("маршрут с тех пор изменён"), "{listed}");
    assert!(about(0, "Приказ № 7-к").is_some(), "the act stays");

    let heard = json!({"held_on": "2026-03-02", "conclusion": "Продолжить", "protocol_number": "4"});
    app.persona("secretary").post(&route.path("/hearings"), heard).expect(201);
    let heard = about(4, "Результаты заслушаны").expect("the hearing");
    assert!(heard["title"].as_str().unwrap().ends_with(", протокол № 4"), "{heard}");
    app.persona("teacher").get(heard["href"].as_str().unwrap()).expect(200);
}

/// The dossier tells everything that diagnostics have found of the learner: a secretary of the council, who reads the
/// route but no diagnostics, has its plan and its card, not that.
#[test]
fn the_dossier_is_for_those_who_may_read_diagnostics() {
    let app = TestApp::start();
    let (route, _) = RouteUnderTest::complete_p4(&app);
    for what in ["/plan", "/card"] {
        app.persona("secretary").get(&route.path(what)).expect(200);
    }
    app.persona("secretary").get(&route.path("/dossier")).refused(403, "auth.forbidden");
}

/// P3-21: the card has the blocks of its regulation; where it names none, the usual ones.
#[test]
fn the_card_has_the_blocks_of_the_regulation() {
    let app = TestApp::start();
    let (route, _) = RouteUnderTest::complete_p4(&app);
    let blocks = |card: &Value| -> Vec<String> {
        card["blocks"].as_array().unwrap().iter().map(|it| it["block"].as_str().unwrap().to_owned()).collect()
    };
    let card = app.persona("teacher").get(&route.path("/card")).expect(200).json();
    assert_eq!(
        blocks(&card),
        ["learner", "topic", "dates", "activities", "hours", "results", "updates", "approval"]
    );
    assert_eq!(card["blocks"][3]["lines"].as_array().unwrap().len(), 1);
    let file = printed(&app, &route, "teacher", "/card");
    assert_eq!((file.status, file.header("content-type")), (200, Some("application/pdf")));
}

/// P3-21: another regulation has other blocks, and the card follows it.
#[test]
fn the_card_follows_a_changed_regulation() {
    let app = TestApp::start();
    amended(&app, "ministry", "altai_ministry", "p4-altai-krai", |document| {
        document["profile"]["route"]["content"]["card"] =
            json!({"blocks": ["hours", "product", "learner"], "paragraph": "4.4"});
    });
    let (route, _) = RouteUnderTest::complete_p4(&app);
    let card = app.persona("teacher").get(&route.path("/card")).expect(200).json();
    let blocks: Vec<&Value> = card["blocks"].as_array().unwrap().iter().map(|it| &it["block"]).collect();
    assert_eq!(blocks, ["hours", "product", "learner"]);
    assert_eq!(card["blocks"][1]["facts"], json!([]), "no product is named yet");
    assert_eq!(card["blocks"][2]["facts"].as_array().unwrap().len(), 3);
}

/// Whoever may not read a route may not have its documents.
#[test]
fn documents_are_for_those_who_may_read_the_route() {
    let app = TestApp::start();
    let (route, _) = RouteUnderTest::complete_p4(&app);
    for what in ["/plan", "/card", "/dossier"] {
        app.persona("coordinator").get(&route.path(what)).expect(200);
        for stranger in ["teacher_2", "school_2_director", "chel_director"] {
            app.persona(stranger).get(&route.path(what)).refused(404, "request.not_found");
        }
    }
}
