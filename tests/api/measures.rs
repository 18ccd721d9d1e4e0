//! Measures of school, municipality and region, on any day and as series, over HTTP.

use serde_json::{Value, json};

use crate::support::build_after_course::{begin_plan, completed, endorse};
use crate::support::build_diagnostics::{coordinator_instrument, staff};
use crate::support::build_hours::{confirmed, paper};
use crate::support::build_monitoring::{measured, scored, scored_in};
use crate::support::build_orders::{assignment, known_program, regional, send};
use crate::support::build_plans::{compose, tell};
use crate::support::build_requests::decide;
use crate::support::build_training::etag;
use crate::support::regulated_training::{altai_under_p2, barnaul_under_p3};
use crate::support::{TestApp, world};

const MEASURES: &str = "/api/v1/measures";
const SERIES: &str = "/api/v1/measure-series";

fn rows(app: &TestApp, persona: &str, query: &str) -> Vec<Value> {
    let page = app.persona(persona).get(&format!("{MEASURES}{query}")).expect(200).json();
    page["items"].as_array().unwrap().clone()
}

/// Name, numerator, denominator and per cent of each row.
fn told(rows: &[Value]) -> Vec<(String, Value, Value, Value)> {
    rows.iter()
        .map(|row| {
            let name = row["name"].as_str().unwrap().to_owned();
            (name, row["numerator"].clone(), row["denominator"].clone(), row["percent"].clone())
        })
        .collect()
}

fn line(name: &str, numerator: i64, denominator: i64, percent: i64) -> (String, Value, Value, Value) {
    (name.to_owned(), json!(numerator), json!(denominator), json!(percent))
}

/// P2-18: one definition of each measure at school, municipality and region, comparable between units.
#[test]
fn a_measure_is_the_same_at_every_level() {
    let app = measured();
    let closed = |persona: &str| told(&rows(&app, persona, "?measure=deficits_closed"));
    assert_eq!(closed("director"), [line("school_1", 5, 10, 50)]);
    assert_eq!(
        closed("municipal_officer"),
        [line("barnaul", 5, 18, 27), line("school_1", 5, 10, 50), line("school_2", 0, 8, 0)]
    );
    let of_region = closed("ministry");
    assert_eq!(&of_region[..2], [line("altai", 5, 18, 27), line("barnaul", 5, 18, 27)]);
    let school = format!("?measure=deficits_closed&organization_id={}", app.organization("school_1"));
    assert_eq!(told(&rows(&app, "ministry", &school)), closed("director"));
    let coverage = told(&rows(&app, "municipal_officer", "?measure=diagnostic_coverage"));
    assert_eq!(coverage[0], line("barnaul", 18, 28, 64));
    // As it stood before the repeat.
    let before = told(&rows(&app, "director", "?measure=deficits_closed&as_of=2026-01-31"));
    assert_eq!(before, [line("school_1", 0, 10, 0)]);
    app.persona("director").get(&format!("{MEASURES}?as_of=2027-01-01")).refused(422, "in_future");
    let block = &rows(&app, "director", "?measure=deficits_open")[0];
    assert_eq!((&block["key"], &block["percent"]), (&json!("B"), &json!(50)));
    let definitions = app.persona("teacher").get("/api/v1/measure-definitions").expect(200).json();
    assert_eq!(definitions["items"].as_array().unwrap().len(), 16);
}

/// P2-41: a municipality sees its own measures alone, another's are refused.
#[test]
fn another_place_is_refused() {
    let app = TestApp::start();
    let path = |name: &str| format!("{MEASURES}?organization_id={}", app.organization(name));
    for other in ["biysk", "school_3", "altai_ministry", "state_school"] {
        app.persona("municipal_officer").get(&path(other)).refused(403, "auth.forbidden");
    }
    app.persona("director").get(&path("school_2")).refused(403, "auth.forbidden");
    app.persona("director").get(&path("barnaul")).refused(403, "auth.forbidden");
    app.persona("ministry").get(&path("chel_school")).refused(422, "unknown");
    app.persona("teacher").get(MEASURES).refused(403, "auth.forbidden");
    let series = |name: &str| format!("{SERIES}?measure=growth&organization_id={}", app.organization(name));
    app.persona("municipal_officer").get(&series("biysk")).refused(403, "auth.forbidden");
    app.persona("municipal_officer").get(&series("barnaul")).expect(200);
}

/// P2-40: the growth of teachers year on year: how many have fewer deficits than a year ago.
#[test]
fn growth_is_told_year_on_year() {
    let app = measured();
    let growth = told(&rows(&app, "municipal_officer", "?measure=growth"));
    assert_eq!(growth, [line("barnaul", 5, 18, 27), line("school_1", 5, 10, 50), line("school_2", 0, 8, 0)]);
    let before = told(&rows(&app, "municipal_officer", "?measure=growth&as_of=2026-02-01"));
    assert_eq!(before[0], line("barnaul", 0, 18, 0));
}

/// Hours are those of `get_hours_compliance`, today and on another day.
#[test]
fn the_norm_of_hours_is_that_of_compliance() {
    let app = TestApp::start();
    confirmed(&app, "provider", "director", paper(&app, "teacher", "1", "2026-01-10"));
    let path = format!("/api/v1/organizations/{}/hours-compliance", app.organization("school_1"));
    for day in ["2026-03-02", "2025-12-31"] {
        let compliance = app.persona("director").get(&format!("{path}?as_of={day}")).expect(200).json();
        let of_day = |measure: &str| {
            rows(&app, "director", &format!("?measure={measure}&as_of={day}")).first().cloned()
        };
        let frequency = of_day("training_frequency").unwrap();
        assert_eq!(frequency["numerator"], compliance["federal_frequency"]["met"], "{day}");
        if let Some(norm) = of_day("hours_norm") {
            assert_eq!(norm["numerator"], compliance["local_hours"]["met"], "{day}");
        }
    }
}

/// Fewer than five people are hidden, with as much else as it takes.
#[test]
fn small_groups_are_hidden_in_measures() {
    let app = TestApp::start();
    coordinator_instrument(&app);
    staff(&app, "school_1", 100, 10);
    staff(&app, "school_2", 200, 3);
    scored(&app, 100..110, "2026-01-10", 20);
    scored(&app, 200..203, "2026-01-10", 20);
    let found = rows(&app, "municipal_officer", "?measure=deficits_open");
    let hidden: Vec<&Value> = found.iter().map(|row| &row["hidden"]).collect();
    assert_eq!(hidden, [&json!(false), &json!(true), &json!(true)]);
    assert_eq!((&found[0]["numerator"], &found[2]["numerator"]), (&json!(13), &Value::Null));
    let own = rows(&app, "school_2_director", "?measure=deficits_open");
    assert_eq!(own[0]["hidden"], true);
}

/// What the diagnostic report hides of a block is in no measure either: three people who were measured in another competency
/// cannot be found as the difference of the two.
#[test]
fn measures_and_the_diagnostic_report_hide_the_same_competencies() {
    let app = TestApp::start();
    coordinator_instrument(&app);
    staff(&app, "school_1", 100, 10);
    scored(&app, 100..110, "2026-01-10", 20);
    scored_in(&app, "B.2", 100..103, "2026-01-11", 20);
    scored(&app, 100..102, "2026-02-10", 90);
    scored_in(&app, "B.2", 100..103, "2026-02-11", 90);
    for persona in ["director", "municipal_officer", "ministry"] {
        let report = app.persona(persona).get("/api/v1/diagnostic-report").expect(200).json();
        let hidden: Vec<&Value> =
            report["competencies"].as_array().unwrap().iter().map(|row| &row["hidden"]).collect();
        assert_eq!(hidden, [&json!(false), &json!(true)]);
        let deficits = &report["blocks"][0]["deficits"];
        for (measure, of_report, counted) in [("deficits_open", "open", 8), ("deficits_closed", "closed", 2)]
        {
            let line = &rows(&app, persona, &format!("?measure={measure}"))[0];
            assert_eq!((&line["numerator"], &deficits[of_report]), (&json!(counted), &json!(counted)));
            assert_eq!(line["denominator"], deficits["total"], "{persona}");
        }
    }
}

/// Whoever has a route is told of a whole staff, and so are the states of routes: neither betrays the other.
#[test]
fn coverage_by_routes_and_their_states_are_told_of_the_same_people() {
    let app = TestApp::start();
    staff(&app, "school_1", 100, 6);
    staff(&app, "school_2", 200, 2);
    let hidden = |persona: &str, measure: &str| -> Vec<(Value, Value)> {
        let found = rows(&app, persona, &format!("?measure={measure}"));
        let of_key = |row: &&Value| row["key"] == Value::Null || row["key"] == "active";
        found.iter().filter(of_key).map(|row| (row["name"].clone(), row["hidden"].clone())).collect()
    };
    for (school, person) in [("school_1", "teacher"), ("school_2", "school_2_teacher")] {
        app.db_execute(&format!(
            "insert into routes (id, region_id, municipality_id, organization_id, person_id, regulation_id, kind, title,
                                 initiator_role, created_by, starts_on, ends_on, state, activated_on, approved_at, created_at,
                                 updated_at)
             select gen_random_uuid(), region_id, municipality_id, id, '{}', '{}', 'individual', '-', 'teacher',
                    gen_random_uuid(), '2026-01-12', '2026-12-31', 'active', '2026-01-12', '2026-01-11', '2026-01-10', now()
             from organizations where id = '{}'",
            app.person(person),
            world::regulation("p4-altai-krai"),
            app.organization(school)
        ))
        .unwrap();
    }
    for persona in ["director", "municipal_officer"] {
        assert_eq!(hidden(persona, "routes_by_state"), hidden(persona, "route_coverage"), "{persona}");
    }
    assert_eq!(hidden("director", "routes_by_state"), [(json!("school_1"), json!(false))]);
    // Of the two routes of the municipality, which are late stays with their people.
    assert_eq!(rows(&app, "director", "?measure=routes_late")[0]["hidden"], true);
}

/// Lists of measures are files as other lists are, page by page.
#[test]
fn measures_are_files_and_pages_too() {
    let app = measured();
    let officer = app.persona("municipal_officer");
    let whole = officer.get(&format!("{MEASURES}?limit=200")).expect(200).json();
    let count = whole["items"].as_array().unwrap().len();
    let first = officer.get(&format!("{MEASURES}?limit=2")).expect(200).json();
    let cursor = first["next_cursor"].as_str().unwrap();
    let second = officer.get(&format!("{MEASURES}?limit=2&cursor={cursor}")).expect(200).json();
    assert_eq!(second["items"][0], whole["items"][2]);
    let csv = officer.header("accept", "text/csv").get(MEASURES).expect(200);
    assert_eq!(csv.text.lines().count(), count + 1);
    let heading = "\u{feff}На дату;Из скольких;Скрыто;Разрез;Название разреза;Уровень;Показатель;Название;Значение;Процент;Место";
    assert_eq!(csv.text.lines().next(), Some(heading));
    let lines = officer.header("accept", "application/x-ndjson").get(MEASURES).expect(200);
    assert_eq!(lines.text.lines().count(), count);
    let workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    assert!(officer.header("accept", workbook).get(MEASURES).expect(200).text.starts_with("PK"));
}

/// A series has the same numbers as the measure of each of its days.
#[test]
fn a_series_tells_the_measure_of_each_day() {
    let app = measured();
    let path = format!("{SERIES}?measure=deficits_closed&points=3&step_months=1&until=2026-02-28");
    let series = app.persona("director").get(&path).expect(200).json();
    let points = series["lines"][0]["points"].as_array().unwrap();
    let told: Vec<(&str, &Value)> =
        points.iter().map(|point| (point["day"].as_str().unwrap(), &point["percent"])).collect();
    assert_eq!(told, [("2025-12-28", &json!(0)), ("2026-01-28", &json!(0)), ("2026-02-28", &json!(50))]);
    app.persona("director").get(&format!("{path}0")).expect(422);
    app.persona("director").get(SERIES).expect(422);
}

/// P2-24: orders stand against the state assignment: what schools ordered that it bears, and how much of each of its lines the
/// operator has ordered; three people of one school are hidden.
#[test]
fn orders_are_measured_against_the_state_assignment() {
    let app = TestApp::start();
    let program = known_program(&app);
    altai_under_p2(&app);
    let (order, _) = regional(&app, &program);
    let ordered = || told(&rows(&app, "ministry", "?measure=orders_assigned"));
    assert_eq!(ordered()[0], line("altai", 0, 5, 0));
    assignment(&app, &program, 10);
    send(&app, "operator", &order, "submission", json!({})).expect(200);
    assert_eq!(ordered()[0], line("altai", 5, 5, 100));
    let assigned = rows(&app, "ministry", "?measure=assignment_ordered");
    assert_eq!(told(&assigned)[0], line("altai", 5, 10, 50));
    assert_eq!(assigned[0]["label"], "Оценивание");
    assert_eq!(rows(&app, "director", "?measure=orders_assigned")[0]["hidden"], true);
    assert_eq!(rows(&app, "municipal_officer", "?measure=assignment_ordered"), Vec::<Value>::new());
    let before = rows(&app, "ministry", "?measure=orders_assigned&as_of=2026-03-01");
    assert_eq!(before, Vec::<Value>::new());
}

/// The teacher and five colleagues of the same school have completed the same training on 2026-03-10; the enrollment of the
/// teacher.
#[track_caller]
fn six_completed(app: &TestApp) -> String {
    let (_, enrollments) = completed(app, &["teacher"]);
    let enrollment = enrollments[0].clone();
    staff(app, "school_1", 100, 5);
    app.db_execute(&format!(
        "insert into enrollments (id, region_id, municipality_id, organization_id, person_id, offering_id, provider_id,
                                  application_id, title, hours, state, started_on, ended_on, version, created_at, updated_at)
         select gen_random_uuid(), e.region_id, e.municipality_id, e.organization_id, p.id, e.offering_id, e.provider_id,
                e.application_id, e.title, e.hours, e.state, e.started_on, e.ended_on, 1, e.created_at, e.updated_at
         from enrollments e, persons p where e.id = '{enrollment}' and p.last_name = 'Testova'"
    ))
    .unwrap();
    enrollment
}

/// P2-28: completed training with a support plan, from the day on which both sides have agreed to it.
#[test]
fn support_plans_are_measured_once_both_sides_agreed() {
    let app = TestApp::start();
    altai_under_p2(&app);
    let enrollment = six_completed(&app);
    let found = |query: &str| told(&rows(&app, "director", &format!("?measure=support_plans{query}")));
    assert_eq!(found(""), [line("school_1", 0, 6, 0)]);
    let id = begin_plan(&app, "deputy", &enrollment, "barnaul_center").expect(201).id();
    endorse(&app, "methodist", &id, "service").expect(200);
    assert_eq!(found(""), [line("school_1", 0, 6, 0)]);
    app.days_pass(1);
    endorse(&app, "director", &id, "school").expect(200);
    assert_eq!(found(""), [line("school_1", 1, 6, 16)]);
    assert_eq!(found("&as_of=2026-03-10"), [line("school_1", 0, 6, 0)]);
    assert_eq!(found("&as_of=2026-03-09"), []);
}

/// P2-38: delayed outcomes that are due by the regulation, and those of them that were recorded until the day.
#[test]
fn delayed_outcomes_are_measured_from_the_day_they_are_due() {
    let app = TestApp::start();
    altai_under_p2(&app);
    let enrollment = six_completed(&app);
    app.days_pass(190);
    let found = |query: &str| told(&rows(&app, "director", &format!("?measure=delayed_outcomes{query}")));
    assert_eq!(found(""), [line("school_1", 0, 6, 0)]);
    assert_eq!(found("&as_of=2026-09-09"), []);
    let visit =
        json!({"method": "lesson_visit", "held_on": "2026-09-12", "conclusion": "Применяется на уроках"});
    let body = json!({"enrollment_id": enrollment, "data": visit});
    app.persona("deputy").post("/api/v1/delayed-outcomes", body).expect(201);
    assert_eq!(found(""), [line("school_1", 1, 6, 16)]);
    assert_eq!(found("&as_of=2026-09-11"), [line("school_1", 0, 6, 0)]);
    let city = told(&rows(&app, "municipal_officer", "?measure=delayed_outcomes"));
    assert_eq!(city, [line("barnaul", 1, 6, 16), line("school_1", 1, 6, 16)]);
}

/// P3-33, P3-48: products by the state they stood in on the day.
#[test]
fn products_are_measured_by_their_state_on_the_day() {
    let app = TestApp::start();
    barnaul_under_p3(&app);
    staff(&app, "school_1", 100, 6);
    app.db_execute(&format!(
        "insert into products (id, region_id, municipality_id, organization_id, person_id, regulation_id, kind, title, summary,
                               state, created_at, updated_at)
         select gen_random_uuid(), e.region_id, e.municipality_id, e.organization_id, e.person_id, '{}', 'project', '-', '-',
                'draft', '2026-01-10', now()
         from employments e join persons p on p.id = e.person_id where p.last_name = 'Testova'",
        world::regulation("p4-altai-krai")
    ))
    .unwrap();
    let data =
        json!({"kind": "project", "title": "Комплект критериев", "summary": "Критерии к урокам чтения"});
    let id = app.persona("teacher").post("/api/v1/products", json!({"data": data})).expect(201).id();
    let defence = json!({"held_on": "2026-03-01", "commission": ["О. П. Северина"], "result": "passed"});
    let path = format!("/api/v1/products/{id}/defences");
    app.persona("methodist").post_if(&path, &etag(&app, "products", &id), defence).expect(200);
    let states = |query: &str| -> Vec<(Value, Value, Value)> {
        let found = rows(&app, "director", &format!("?measure=products_by_state{query}"));
        found
            .iter()
            .map(|row| (row["key"].clone(), row["numerator"].clone(), row["denominator"].clone()))
            .collect()
    };
    let state =
        |name: &str, numerator: i64, denominator: i64| (json!(name), json!(numerator), json!(denominator));
    assert_eq!(states(""), [state("defended", 1, 7), state("draft", 6, 7), state("introduced", 0, 7)]);
    let before = states("&as_of=2026-02-01");
    assert_eq!(before, [state("defended", 0, 6), state("draft", 6, 6), state("introduced", 0, 6)]);
}

/// P0-33: money is told by its source, from the funding of plans once the director has approved them.
#[test]
fn spending_is_told_by_source() {
    let app = TestApp::start();
    let plan = compose(&app, "chel_deputy", json!({})).expect(201).id();
    for (source, amount) in [("municipal", 1_000_000), ("municipal", 50), ("off_budget", 7)] {
        let funding = json!({"source": source, "amount_kopecks": amount});
        tell(&app, "chel_deputy", &plan, "funding-lines", funding).expect(201);
    }
    let spent = |persona: &str| -> Vec<(Value, Value)> {
        let found = rows(&app, persona, "?measure=spending");
        found.iter().map(|row| (row["key"].clone(), row["numerator"].clone())).collect()
    };
    assert_eq!(spent("chel_director"), []);
    tell(&app, "chel_deputy", &plan, "submission", json!({})).expect(200);
    decide(&app, "chel_director", &plan, "approve", json!({})).expect(200);
    let by_source = [(json!("municipal"), json!(1_000_050)), (json!("off_budget"), json!(7))];
    assert_eq!(spent("chel_director"), by_source);
    let of_region = spent("chel_ministry");
    assert_eq!((&of_region[0], &of_region[1]), (&by_source[0], &by_source[0]));
    let before = rows(&app, "chel_director", "?measure=spending&as_of=2026-03-01");
    assert_eq!(before, Vec::<Value>::new());
}

/// A contract is money spent until it is terminated.
#[test]
fn a_terminated_contract_is_no_spending_any_more() {
    let app = TestApp::start();
    let data = json!({"number": "14/26-ПК", "signed_on": "2026-02-20", "sum_kopecks": 1_250_000});
    let body = json!({"kind": "contract", "organization_id": app.organization("chel_school"),
                      "provider_id": app.organization("chel_provider"), "data": data});
    let director = app.persona("chel_director");
    let id = director.post("/api/v1/contracts", body).expect(201).id();
    let spent = |day: &str| -> Vec<Value> {
        let found = rows(&app, "chel_director", &format!("?measure=spending&as_of={day}"));
        found.iter().map(|row| row["numerator"].clone()).collect()
    };
    assert_eq!(spent("2026-03-02"), [json!(1_250_000)]);
    let path = format!("/api/v1/contracts/{id}/termination");
    director.post_if(&path, "\"1\"", json!({"terminated_on": "2026-03-01"})).expect(200);
    assert_eq!((spent("2026-02-28"), spent("2026-03-01")), (vec![json!(1_250_000)], vec![]));
}
