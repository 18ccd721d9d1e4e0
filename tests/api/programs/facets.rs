//! Facets, sorts and the newer filters of the search over HTTP.

use serde_json::{Value, json};

use super::search::titles;
use crate::support::TestApp;
use crate::support::build_registry::{db_competency, db_deficit, entered, module, program};

/// Three programs of 16, 36 and 72 hours; the first is free, the second has a mark of quality.
fn registry(app: &TestApp) {
    for (title, hours, price, provider) in [
        ("Математика без страха", 16, None, "provider_x"),
        ("Чтение на уроке", 36, Some(9000), "provider_x"),
        ("Астрономия для учителя", 72, Some(3000), "coordinator"),
    ] {
        let mut body = program(app, provider, title);
        body["data"]["hours"] = json!(hours);
        body["data"]["price_rubles"] = json!(price);
        body["data"]["subjects"] = json!(["математика", title]);
        body["modules"] = json!([module("Всё", hours, &[])]);
        if hours == 36 {
            body["data"]["quality_marks"] =
                json!([{"kind": "award", "issuer": "Жюри конкурса", "issued_on": "2025-04-01"}]);
        }
        if provider == "coordinator" {
            let id = crate::support::build_registry::accepted(app, "coordinator", "ministry", &body);
            app.persona("ministry").post("/api/v1/registry-entries", json!({"program_id": id})).expect(201);
        } else {
            entered(app, &body);
        }
    }
}

fn counts(list: &Value, facet: &str) -> Vec<(String, i64)> {
    let found = list["items"].as_array().unwrap().iter().find(|it| it["facet"] == facet);
    found.map_or_else(Vec::new, |found| {
        let values = found["values"].as_array().unwrap().iter();
        values.map(|it| (it["value"].as_str().unwrap().to_owned(), it["count"].as_i64().unwrap())).collect()
    })
}

fn pairs(expected: &[(&str, i64)]) -> Vec<(String, i64)> {
    expected.iter().map(|(value, count)| ((*value).to_owned(), *count)).collect()
}

/// P4-9, P1-33: beside a search stands how many programs have which value, over the same programs.
#[test]
fn facets_count_what_the_same_search_lists() {
    let app = TestApp::start();
    registry(&app);
    let teacher = app.persona("teacher");
    let all = teacher.get("/api/v1/programs/facets").expect(200).json();
    assert_eq!(all["total"], 3);
    assert_eq!(counts(&all, "kind"), pairs(&[("advanced_training", 3)]));
    assert_eq!(counts(&all, "hours"), pairs(&[("16-36", 2), ("37-72", 1)]));
    assert_eq!(counts(&all, "price"), pairs(&[("0", 1), ("1-5000", 1), ("5001-15000", 1)]));
    assert_eq!(counts(&all, "quality_mark"), pairs(&[("award", 1)]));
    assert_eq!(counts(&all, "subject")[0], ("математика".to_owned(), 3));
    assert_eq!(counts(&all, "provider_id").len(), 2);
    let some = teacher.get("/api/v1/programs/facets?hours_max=36&quality_mark=award").expect(200).json();
    assert_eq!((&some["total"], counts(&some, "price")), (&json!(1), pairs(&[("5001-15000", 1)])));
    let words: String = "чтенние".bytes().map(|byte| format!("%{byte:02X}")).collect();
    let typo = teacher.get(&format!("/api/v1/programs/facets?q={words}")).expect(200).json();
    assert_eq!(typo["total"], 1, "typing mistakes as in the list");
    teacher.get("/api/v1/programs/facets?surprise=1").refused(400, "request.unknown_parameter");
}

#[test]
fn a_list_is_sorted_by_hours_and_by_price_over_several_pages() {
    let app = TestApp::start();
    registry(&app);
    let teacher = app.persona("teacher");
    let by_hours = ["Математика без страха", "Чтение на уроке", "Астрономия для учителя"];
    let by_price = ["Математика без страха", "Астрономия для учителя", "Чтение на уроке"];
    for (sort, expected) in [("hours", by_hours), ("price", by_price)] {
        assert_eq!(super::search::paged(&teacher, &format!("sort={sort}&limit=1")), expected, "{sort}");
    }
    assert_eq!(titles(&teacher, "price_min=4000"), ["Чтение на уроке"]);
    assert_eq!(titles(&teacher, "quality_mark=award"), ["Чтение на уроке"]);
}

#[test]
fn programs_are_found_by_the_municipality_of_their_provider() {
    let app = TestApp::start();
    registry(&app);
    let barnaul = app.organization("barnaul");
    let query = format!("municipality_id={barnaul}");
    assert_eq!(titles(&app.persona("teacher"), &query), Vec::<String>::new());
    app.db_execute(&format!(
        "update organizations set municipality_id = '{barnaul}' where id = '{}'",
        app.organization("provider_x")
    ))
    .unwrap();
    assert_eq!(titles(&app.persona("teacher"), &query), ["Математика без страха", "Чтение на уроке"]);
}

/// P4-14: programs that answer these deficits, or develop these competencies; whose they are, the caller may know.
#[test]
fn programs_answer_these_deficits() {
    let app = TestApp::start();
    let (first, second) = (db_competency(&app, 1), db_competency(&app, 2));
    for (title, competency) in [("Первая", first), ("Вторая", second)] {
        let mut body = program(&app, "provider_x", title);
        body["modules"] = json!([module("Всё", 36, &[competency])]);
        entered(&app, &body);
    }
    db_deficit(&app, "teacher", first);
    let deficit = app.db_text("(select id from deficits limit 1)::text");
    let query = format!("deficit_ids={deficit}");
    for persona in ["teacher", "director"] {
        assert_eq!(titles(&app.persona(persona), &query), ["Первая"], "{persona}");
    }
    let refused = app.persona("school_3_teacher").get(&format!("/api/v1/programs?{query}"));
    let unknown = app.persona("school_3_teacher").get(&format!("/api/v1/programs?deficit_ids={first}"));
    assert_eq!(refused.refused(422, "unknown").codes(), unknown.refused(422, "unknown").codes());
    let both = format!("competency_ids={first},{second}");
    assert_eq!(titles(&app.persona("teacher"), &both), ["Вторая", "Первая"]);
    let wrong = format!("competency_ids={first},{}", "x".repeat(36));
    app.persona("teacher").get(&format!("/api/v1/programs?{wrong}")).refused(422, "wrong_type");
}

/// Facets by form, delivery, audience, level and competency: of how many programs, and under which name.
#[test]
fn facets_count_forms_audiences_levels_and_competencies() {
    let app = TestApp::start();
    let (common, rare) = (db_competency(&app, 1), db_competency(&app, 2));
    for (title, competencies) in [("Первая", vec![common, rare]), ("Вторая", vec![common])] {
        let mut body = program(&app, "provider_x", title);
        // Both modules develop the same: a program counts once.
        body["modules"] = json!([module("Один", 24, &competencies), module("Два", 12, &competencies)]);
        if title == "Первая" {
            body["data"]["study_form"] = json!("extramural");
            body["data"]["delivery"] = json!(["distance", "in_person"]);
            body["data"]["audience"] = json!(["teacher", "head"]);
            body["data"]["education_levels"] = json!(["basic"]);
        }
        entered(&app, &body);
    }
    let teacher = app.persona("teacher");
    let all = teacher.get("/api/v1/programs/facets").expect(200).json();
    assert_eq!(counts(&all, "study_form"), pairs(&[("extramural", 1), ("full_time", 1)]));
    assert_eq!(counts(&all, "delivery"), pairs(&[("in_person", 2), ("distance", 1)]));
    assert_eq!(counts(&all, "audience"), pairs(&[("teacher", 2), ("head", 1)]));
    assert_eq!(counts(&all, "education_level"), pairs(&[("basic", 1)]));
    let (common, rare) = (common.to_string(), rare.to_string());
    assert_eq!(counts(&all, "competency_id"), pairs(&[(&common, 2), (&rare, 1)]));
    let facet = all["items"].as_array().unwrap().iter().find(|it| it["facet"] == "competency_id").unwrap();
    assert_eq!(facet["values"][0]["label"], "Компетенция");
    let some = teacher.get(&format!("/api/v1/programs/facets?competency_id={rare}")).expect(200).json();
    assert_eq!((&some["total"], counts(&some, "competency_id").len()), (&json!(1), 2));
}
