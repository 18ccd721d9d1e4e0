//! What the regulations themselves name, read under each of them: papers about a route, lists to choose from, grounds.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_cards::complete_p3;
use crate::support::build_following::{active_p1, last, plan, reported, stages};
use crate::support::build_grozny::complete;
use crate::support::build_hours::{confirmed, paper, with};
use crate::support::build_routes::{RouteUnderTest, activity};
use crate::support::build_training::{course, open, program_x};
use crate::support::regulated_training::{altai_under_p2, barnaul_under_p3};

/// P1-3, P1-14: the program of school 91 is printed as a plan: needs and directions first, then one table of measures with
/// the level of each event.
#[test]
fn a_program_of_grozny_is_a_plan_with_needs_directions_and_events() {
    let app = TestApp::start();
    let (route, _) = complete(&app);
    let plan = app.persona("teacher").get(&route.path("/plan")).expect(200).json();
    let said = |name: &str| {
        let facts = plan["note"].as_array().unwrap();
        facts.iter().find(|fact| fact["name"] == name).map(|fact| fact["value"].clone())
    };
    assert_eq!(said("Образовательные потребности"), Some(json!("Практика")), "{plan}");
    assert_eq!(said("Направления, проблемы"), Some(json!("Оценка результатов")), "{plan}");
    let lines = plan["lines"].as_array().unwrap();
    let levels: Vec<Option<&Value>> = lines.iter().map(|line| line.get("level")).collect();
    assert_eq!(levels, [None, Some(&json!("муниципальный")), None]);
    assert_eq!(lines[0]["answers"], json!(["Не умеет оценивать проекты"]), "the problem in words");
    assert_eq!(plan["hours"], json!(50.0));
    let file = app.persona("teacher").header("accept", "application/pdf").get(&route.path("/plan"));
    assert_eq!((file.status, file.header("content-type")), (200, Some("application/pdf")));
}

/// P1-59: school 91 demands all six groups; what is missing is named until it is there, and each link leads to a paper.
#[test]
fn the_six_groups_that_grozny_demands_fill_up() {
    let app = TestApp::start();
    let route = active_p1(&app);
    let dossier = || app.persona("deputy").get(&route.path("/dossier")).expect(200).json();
    let first = dossier();
    assert!(first["groups"].as_array().unwrap().iter().all(|group| group["required"] == true), "{first}");
    assert_eq!(first["missing"], json!(["reports", "portfolio"]));

    plan(&app, &route, "curator", last()).expect(201);
    reported(&app, &route, &stages(&route, "teacher")[0], "Открытый урок");
    let line = route.read("teacher").expect(200).json()["activities"][0]["id"].clone();
    let body = with(paper(&app, "teacher", "77", "2026-02-20"), json!({"activity_id": line}));
    confirmed(&app, "provider", "director", body);
    let whole = dossier();
    assert_eq!(whole["missing"], json!([]), "{whole}");
    let order = &whole["groups"][0]["items"];
    assert!(
        order.as_array().unwrap().iter().any(|item| item["title"] == "Приказ № 14-о об утверждении маршрута"),
        "{order}"
    );
    assert_eq!(whole["groups"][3]["items"].as_array().unwrap().len(), 2, "preliminary and final control");
    let groups = whole["groups"].as_array().unwrap().iter();
    for item in groups.flat_map(|group| group["items"].as_array().unwrap()) {
        if let Some(href) = item["href"].as_str() {
            app.persona("deputy").get(href).expect(200);
        }
    }
}

/// P3-21: the card of Georgievsk has the blocks of its regulation in their order, and follows its name of the paper.
#[test]
fn the_card_of_georgievsk_has_its_own_blocks() {
    let app = TestApp::start();
    let route = complete_p3(&app);
    let card = app.persona("teacher").get(&route.path("/card")).expect(200).json();
    let blocks: Vec<&Value> = card["blocks"].as_array().unwrap().iter().map(|it| &it["block"]).collect();
    assert_eq!(
        blocks,
        ["learner", "topic", "dates", "activities", "hours", "product", "results", "updates", "approval"]
    );
    assert_eq!(card["blocks"][3]["lines"][0]["title"], "Чтение");
    let file = app.persona("director").header("accept", "application/pdf").get(&route.path("/card"));
    assert_eq!((file.status, file.header("content-type")), (200, Some("application/pdf")));
}

/// P3-20: under Georgievsk the listener chooses what is announced, and its program follows; what nobody announces is no
/// choice.
#[test]
fn a_listener_of_georgievsk_chooses_what_is_announced() {
    let app = TestApp::start();
    let program = program_x(&app);
    let offering = open(&app, &course(&program, 5));
    barnaul_under_p3(&app);
    let route = RouteUnderTest::start(&app, "teacher", "teacher");
    let line = |offering: &str| {
        with(
            activity(None),
            json!({"kind": "program", "reason": "need", "hours": 36, "offering_id": offering}),
        )
    };
    let added = route.add("teacher", line(&offering)).expect(201).json();
    assert_eq!(
        (&added["data"]["program_id"], &added["data"]["offering_id"]),
        (&program["id"], &json!(offering))
    );
    let nothing = rost::ids::new_id().to_string();
    let refused = route.add("teacher", line(&nothing)).refused(422, "unknown").json();
    assert_eq!(refused["errors"][0]["pointer"], "/offering_id");
    route.submit("teacher").expect(200);
}

/// P2-10: under Kostroma a need without a ground is not planned, and that a term is due is the system's to say, from the
/// three-year check.
#[test]
fn under_kostroma_the_system_says_whose_term_is_due() {
    let app = TestApp::start();
    altai_under_p2(&app);
    confirmed(&app, "provider", "director", paper(&app, "teacher", "1", "2025-04-10"));
    confirmed(&app, "provider", "director", paper(&app, "teacher_2", "2", "2022-04-10"));
    let due = app.persona("director").get("/api/v1/due-needs").expect(200).json();
    let of = |person: &str| {
        let lines = due["items"].as_array().unwrap();
        lines.iter().find(|line| line["person_id"] == json!(app.person(person))).cloned()
    };
    assert_eq!(of("teacher"), None, "trained within three years");
    let overdue = of("teacher_2").unwrap();
    assert_eq!(
        (&overdue["ground"], &overdue["last_training_on"]),
        (&json!("term_due"), &json!("2022-04-10"))
    );

    let without = json!({"person_id": app.person("teacher_2"), "topic": "Управление классом"});
    let refused = app.persona("director").post("/api/v1/needs", without).refused(422, "required").json();
    assert_eq!(refused["errors"][0]["pointer"], "/ground");
}
