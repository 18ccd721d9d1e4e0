//! Yearly cycles and what is submitted into their stages, over HTTP.

use rost::authz::{Level, Role};
use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_diagnostics::{coordinator_instrument, staff};
use crate::support::build_guidance::{finding, ids, live_under};
use crate::support::build_monitoring::{cycle, scored, scored_in, stage, submit};
use crate::support::build_orders::{lines, municipal, place, seminar_of_center, send};
use crate::support::build_requests::decide;
use crate::support::build_training::{apply_for, course, etag, open, program_x, seminar, with};
use crate::support::regulated_training::{also, altai_under_p2, barnaul_under_p3};

const CYCLES: &str = "/api/v1/monitoring-cycles";
const SUBMISSIONS: &str = "/api/v1/stage-submissions";

fn states(cycle: &Value) -> Vec<Value> {
    cycle["stages"].as_array().unwrap().iter().map(|stage| stage["state"].clone()).collect()
}

/// P2-12: the cycle of a year has the stages analysis, delivery and post-course, each with a state of its own.
#[test]
fn a_yearly_cycle_has_three_stages_each_with_its_own_state() {
    let app = TestApp::start();
    altai_under_p2(&app);
    let made = cycle(&app, "ministry", 2026).expect(201);
    let (id, shown) = (made.id(), made.json());
    let codes: Vec<&str> =
        shown["stages"].as_array().unwrap().iter().map(|stage| stage["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["analysis", "delivery", "post_course"]);
    assert_eq!((&shown["level"], &shown["period"]), (&json!("region"), &json!("calendar_year")));
    assert_eq!((&shown["starts_on"], &shown["ends_on"]), (&json!("2026-01-01"), &json!("2026-12-31")));
    assert_eq!(states(&shown), ["planned", "planned", "planned"]);
    assert_eq!(shown["allowed_actions"], json!(["open_monitoring_stage"]));

    stage(&app, "ministry", &id, 1, "opening").expect(200);
    stage(&app, "ministry", &id, 2, "opening").expect(200);
    let closed = stage(&app, "ministry", &id, 1, "closing").expect(200).json();
    assert_eq!(states(&closed), ["closed", "open", "planned"]);
    assert_eq!(closed["stages"][0]["closed_on"], "2026-03-02");
    stage(&app, "ministry", &id, 1, "opening").refused(409, "conflict.state");
    stage(&app, "ministry", &id, 3, "closing").refused(409, "conflict.state");
    stage(&app, "ministry", &id, 4, "opening").refused(404, "request.not_found");
    stage(&app, "municipal_officer", &id, 3, "opening").refused(403, "auth.forbidden");
    let path = format!("{CYCLES}/{id}/stages/3/opening");
    app.persona("ministry").post(&path, json!({})).refused(428, "request.precondition_required");
    app.persona("ministry").post_if(&path, "\"1\"", json!({})).refused(412, "request.precondition_failed");

    // One for each year; the cycle is run by whose regulation names it.
    cycle(&app, "ministry", 2026).refused(409, "conflict.already_exists");
    cycle(&app, "ministry", 2027).expect(201);
    cycle(&app, "municipal_officer", 2026).refused(422, "not_used");
    cycle(&app, "operator", 2026).refused(403, "auth.forbidden");
    let newest = ids(&app.persona("teacher").get(CYCLES).expect(200));
    assert_eq!((newest.len(), &newest[1]), (2, &id));
    assert_eq!(ids(&app.persona("ministry").get(&format!("{CYCLES}?year=2026")).expect(200)), [id.as_str()]);
    app.persona("chel_ministry").get(&format!("{CYCLES}/{id}")).refused(404, "request.not_found");
    assert_eq!(ids(&app.persona("chel_ministry").get(CYCLES).expect(200)), Vec::<String>::new());
}

/// P2-13: everybody whom the regulation names submits into the open first stage, РУМО by its head; nobody after it is
/// closed, and nobody else at all.
#[test]
fn all_named_participants_submit_into_the_first_stage_until_it_is_closed() {
    let app = TestApp::start();
    altai_under_p2(&app);
    let id = cycle(&app, "ministry", 2026).expect(201).id();
    submit(&app, "director", &id, 1).refused(409, "conflict.state");
    stage(&app, "ministry", &id, 1, "opening").expect(200);
    let named = [
        "ministry",
        "quality_officer",
        "operator",
        "municipal_officer",
        "biysk_officer",
        "director",
        "association_head",
        "teacher",
        "state_teacher",
    ];
    for persona in named {
        let made = submit(&app, persona, &id, 1).expect(201).json();
        assert_eq!(made["cycle_id"], json!(id), "{persona}");
    }
    for persona in ["provider", "methodist", "coordinator"] {
        submit(&app, persona, &id, 1).refused(403, "auth.forbidden");
    }
    let of_finding = finding(&app, None);
    let body = json!({"cycle_id": id, "position": 1, "text": "Основано на ВПР", "finding_id": of_finding});
    let made = app.persona("quality_officer").post(SUBMISSIONS, body.clone()).expect(201);
    assert_eq!(made.json()["finding_id"], json!(of_finding));
    let nowhere = with(body.clone(), json!({"finding_id": rost::ids::new_id()}));
    app.persona("quality_officer").post(SUBMISSIONS, nowhere).refused(422, "unknown");
    app.persona("director").post(SUBMISSIONS, with(body, json!({"position": 9}))).refused(422, "unknown");
    submit(&app, "chel_director", &id, 1).refused(422, "unknown");

    // Each sees what is its own.
    let count = |persona: &str| ids(&app.persona(persona).get(SUBMISSIONS).expect(200)).len();
    assert_eq!((count("teacher"), count("director"), count("municipal_officer")), (1, 3, 4));
    assert_eq!((count("school_2_director"), count("biysk_officer"), count("ministry")), (0, 1, 10));
    let of_teacher = ids(&app.persona("teacher").get(SUBMISSIONS).expect(200)).remove(0);
    let path = format!("{SUBMISSIONS}/{of_teacher}");
    assert_eq!(app.persona("director").get(&path).expect(200).json()["role"], "teacher");
    app.persona("teacher_2").get(&path).refused(404, "request.not_found");

    stage(&app, "ministry", &id, 1, "closing").expect(200);
    for persona in named {
        submit(&app, persona, &id, 1).refused(409, "conflict.state");
    }
}

/// P2-25: the participants of the second stage: operator, providers, methodical services, heads and teachers.
#[test]
fn the_second_stage_has_participants_of_its_own() {
    let app = TestApp::start();
    altai_under_p2(&app);
    let id = cycle(&app, "ministry", 2026).expect(201).id();
    stage(&app, "ministry", &id, 2, "opening").expect(200);
    for persona in ["operator", "provider", "deputy", "director", "teacher"] {
        submit(&app, persona, &id, 2).expect(201);
    }
    for persona in ["ministry", "quality_officer", "municipal_officer", "association_head"] {
        let answer = submit(&app, persona, &id, 2);
        // The head of an association is a teacher as well.
        let expected = if persona == "association_head" { 201 } else { 403 };
        assert_eq!(answer.status, expected, "{persona}: {}", answer.text);
    }
    // Whoever is employed has the rights of a teacher; the teachers of the stage are those of schools.
    let employed = also(&app, "municipal_officer", Role::Teacher, Level::Municipality, "barnaul");
    let body = json!({"cycle_id": id, "position": 2, "text": "Потребность: формирующее оценивание"});
    employed.post("/api/v1/stage-submissions", body).refused(403, "auth.forbidden");
    let methodist = submit(&app, "methodist", &id, 2).expect(201).json();
    assert_eq!(methodist["role"], "municipal_methodist");
    let shown = app.persona("ministry").get(&format!("{CYCLES}/{id}")).expect(200).json();
    assert_eq!((&shown["counted_at"], &shown["stages"][1]["submissions"]), (&json!("region"), &json!(7)));
    let own = app.persona("municipal_officer").get(&format!("{CYCLES}/{id}")).expect(200).json();
    assert_eq!((&own["counted_at"], &own["stages"][1]["submissions"]), (&json!("municipality"), &json!(5)));
    let nobody = app.persona("teacher").get(&format!("{CYCLES}/{id}")).expect(200).json();
    assert_eq!((&nobody["counted_at"], &nobody["stages"][1]["submissions"]), (&Value::Null, &Value::Null));
}

/// P3-9: the municipal cycle shows the five blocks with what was done in each, counted.
#[test]
fn the_municipal_cycle_shows_its_five_blocks_with_counts() {
    let app = TestApp::start();
    barnaul_under_p3(&app);
    let id = cycle(&app, "municipal_officer", 2025).expect(201).id();
    let need = json!({"person_id": app.person("teacher"), "ground": "own_request", "topic": "Оценивание"});
    app.persona("director").post("/api/v1/needs", need).expect(201);
    let program = program_x(&app);
    let course = open(&app, &course(&program, 20));
    apply_for(&app, "director", &course, &["teacher", "teacher_2"]).expect(201);
    let body = json!({"organization_id": app.organization("barnaul_center"), "data": seminar(5)});
    let of_centre = app.persona("methodist").post("/api/v1/offerings", body).expect(201).id();
    crate::support::build_training::move_to(&app, "methodist", &of_centre, "open").expect(200);

    let shown = app.persona("municipal_officer").get(&format!("{CYCLES}/{id}")).expect(200).json();
    let blocks = shown["stages"].as_array().unwrap();
    let codes: Vec<&str> = blocks.iter().map(|block| block["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["forming_order", "placing_order", "giving_services", "making_product", "introducing"]);
    assert_eq!((&shown["level"], &shown["period"]), (&json!("municipality"), &json!("school_year")));
    assert_eq!((&shown["starts_on"], &shown["ends_on"]), (&json!("2025-09-01"), &json!("2026-08-31")));
    let count = |block: usize, figure: &str| {
        let counts = blocks[block]["counts"].as_array().unwrap();
        counts.iter().find(|count| count["figure"] == figure).unwrap()["count"].clone()
    };
    assert_eq!((count(0, "needs"), count(0, "needed_people")), (json!(1), json!(1)));
    assert_eq!((count(1, "applications"), count(1, "applied_people")), (json!(1), json!(2)));
    assert_eq!((count(2, "offerings"), count(2, "completed_enrollments")), (json!(1), json!(0)));
    assert_eq!(count(3, "product_offerings"), 0);
    assert_eq!((count(4, "workplace_tasks"), count(4, "closed_deficits")), (json!(0), json!(0)));
    // A school reads the numbers of its own.
    let of_school = app.persona("school_2_director").get(&format!("{CYCLES}/{id}")).expect(200).json();
    assert_eq!(of_school["counted_at"], "organization");
    assert_eq!(of_school["stages"][0]["counts"][0]["count"], 0);
    app.persona("biysk_officer").get(&format!("{CYCLES}/{id}")).refused(404, "request.not_found");
    cycle(&app, "biysk_officer", 2025).refused(422, "not_used");
    // The cycle of a municipality is not about who stands above it.
    stage(&app, "municipal_officer", &id, 1, "opening").expect(200);
    submit(&app, "ministry", &id, 1).refused(422, "out_of_reach");
}

/// P3-9: what was ordered and placed, and which products were made and introduced, is counted in its block.
#[test]
fn orders_and_products_are_counted_in_their_blocks() {
    let app = TestApp::start();
    barnaul_under_p3(&app);
    let id = cycle(&app, "municipal_officer", 2025).expect(201).id();
    let counts = |persona: &str, block: usize| -> Vec<(Value, Value)> {
        let shown = app.persona(persona).get(&format!("{CYCLES}/{id}")).expect(200).json();
        let counts = shown["stages"][block]["counts"].as_array().unwrap().clone();
        counts.iter().map(|count| (count["figure"].clone(), count["count"].clone())).collect()
    };
    let count = |persona: &str, block: usize, figure: &str| {
        let all = counts(persona, block);
        all.into_iter().find(|(known, _)| known == figure).unwrap_or_else(|| panic!("no {figure}")).1
    };
    let order = municipal(&app);
    assert_eq!(count("municipal_officer", 0, "submitted_orders"), 2);
    assert_eq!(count("municipal_officer", 0, "ordered_people"), 6);
    assert_eq!(count("school_2_director", 0, "ordered_people"), 3);
    let line = lines(&app, "methodist", &order)[1].clone();
    let offering = seminar_of_center(&app, "Весна");
    place(&app, &order, &line, &offering, 3).expect(200);
    send(&app, "methodist", &order, "placement", json!({})).expect(200);
    assert_eq!(count("municipal_officer", 1, "placed_people"), 0);
    decide(&app, "municipal_officer", &order, "endorse", json!({})).expect(200);
    assert_eq!(count("municipal_officer", 1, "placed_people"), 3);

    let data =
        json!({"kind": "project", "title": "Комплект критериев", "summary": "Критерии к урокам чтения"});
    let product = app.persona("teacher").post("/api/v1/products", json!({"data": data})).expect(201).id();
    let tell = |persona: &str, rest: &str, body: Value| {
        let path = format!("/api/v1/products/{product}/{rest}");
        app.persona(persona).post_if(&path, &etag(&app, "products", &product), body).expect(200);
    };
    assert_eq!(
        (count("director", 3, "products"), count("director", 3, "defended_products")),
        (json!(1), json!(0))
    );
    let commission = json!(["О. П. Северина"]);
    tell(
        "methodist",
        "defences",
        json!({"held_on": "2026-03-01", "commission": commission, "result": "passed"}),
    );
    tell(
        "teacher",
        "introduction",
        json!({"introduced_on": "2026-03-02", "class": "5Б", "subject": "Литература"}),
    );
    tell("deputy", "checks", json!({"checked_on": "2026-03-02", "conclusion": "Применяется на уроках"}));
    for persona in ["municipal_officer", "director"] {
        for (block, figure) in
            [(3, "products"), (3, "defended_products"), (4, "introduced_products"), (4, "checked_products")]
        {
            assert_eq!(count(persona, block, figure), 1, "{persona}: {figure}");
        }
    }
    // At a school of one it would be known of whom that is told.
    assert_eq!(count("school_2_director", 3, "products"), Value::Null);
}

/// What the diagnostic report hides is not counted in a cycle, and what fewer than five people did is not told; whoever reads
/// from above reads how many of each place's people did something in measures, where small places are hidden together.
#[test]
fn small_groups_are_hidden_in_a_cycle() {
    let app = TestApp::start();
    barnaul_under_p3(&app);
    let id = cycle(&app, "municipal_officer", 2025).expect(201).id();
    coordinator_instrument(&app);
    staff(&app, "school_1", 100, 10);
    scored(&app, 100..110, "2026-01-10", 20);
    scored_in(&app, "B.2", 100..103, "2026-01-11", 20);
    scored(&app, 100..106, "2026-02-10", 90);
    scored_in(&app, "B.2", 100..103, "2026-02-11", 90);
    let counts = |persona: &str, block: usize, figure: &str| -> (Value, Value) {
        let shown = app.persona(persona).get(&format!("{CYCLES}/{id}")).expect(200).json();
        let counts = shown["stages"][block]["counts"].as_array().unwrap().clone();
        let found = counts.iter().find(|count| count["figure"] == figure).unwrap();
        (found["count"].clone(), found["hidden"].clone())
    };
    for persona in ["municipal_officer", "director", "ministry"] {
        assert_eq!(counts(persona, 4, "closed_deficits"), (json!(6), json!(false)), "{persona}");
    }
    assert_eq!(counts("director", 3, "products"), (json!(0), json!(false)));
    assert_eq!(counts("school_2_director", 3, "products"), (Value::Null, json!(true)));
    assert_eq!(counts("municipal_officer", 2, "completed_enrollments"), (json!(0), json!(false)));
    assert_eq!(counts("ministry", 2, "completed_enrollments"), (Value::Null, json!(true)));
}

/// P3-25: the subjects of the municipal system are there: the centre, the schools and their teachers.
#[test]
fn the_subjects_of_the_municipal_system_are_the_centre_schools_and_teachers() {
    let app = TestApp::start();
    live_under(&app, "municipal_officer", "barnaul", "p3-georgievsk-municipality", "2026-03-02");
    let officer = app.persona("municipal_officer");
    let of_kind = |kind: &str| {
        let page = officer.get(&format!("/api/v1/organizations?kind={kind}")).expect(200).json();
        page["items"].as_array().unwrap().clone()
    };
    let centres = of_kind("municipal_center");
    assert_eq!(centres.len(), 1);
    assert_eq!(centres[0]["id"], json!(app.organization("barnaul_center")));
    let schools = of_kind("school");
    assert!(schools.iter().any(|school| school["id"] == json!(app.organization("school_1"))));
    let path = format!("/api/v1/persons?organization_id={}", app.organization("school_1"));
    let teachers = ids(&officer.get(&path).expect(200));
    assert!(teachers.contains(&app.person("teacher").to_string()));
}
