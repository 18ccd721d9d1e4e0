//! Surveys of the quality of training over HTTP, under the regulation of Kostroma.

use serde_json::{Value, json};

use crate::support::build_after_course::completed;
use crate::support::build_training::{listed, open, seminar, with};
use crate::support::regulated_training::altai_under_p2;
use crate::support::{Answer, TestApp};

const PATH: &str = "/api/v1/quality-surveys";

fn survey() -> Value {
    json!({
        "surveyed_on": "2026-03-10", "description": "Анкета слушателей", "respondents": 2, "satisfied_percent": 100,
        "results": "Не хватило практики", "conclusion": "Увеличить долю практики",
    })
}

fn tell(app: &TestApp, persona: &str, offering: &str, data: &Value) -> Answer {
    app.persona(persona).post(PATH, json!({"offering_id": offering, "data": data}))
}

/// P2-32: the operator and the state organization that holds the training survey it, with result and conclusion, offering by
/// offering.
#[test]
fn operator_and_organiser_monitor_the_quality_of_an_offering() {
    let app = TestApp::start();
    altai_under_p2(&app);
    let (offering, _) = completed(&app, &["teacher", "school_2_teacher"]);
    let made = tell(&app, "provider", &offering, &survey()).expect(201);
    let own = made.json();
    assert_eq!((&own["data"], &own["offering_id"]), (&survey(), &json!(offering)));
    assert_eq!(own["held_by_id"], json!(app.organization("provider_x")));
    let outer = tell(&app, "operator", &offering, &survey()).expect(201).json();
    assert_eq!(outer["held_by_id"], json!(app.organization("operator")));
    assert_eq!(outer["organization_id"], json!(app.organization("provider_x")));
    tell(&app, "provider", &offering, &survey()).refused(409, "conflict.already_exists");
    for persona in ["provider_y", "methodist", "coordinator", "director", "teacher"] {
        tell(&app, persona, &offering, &survey()).refused(403, "auth.forbidden");
    }

    let ids = |persona: &str, query: &str| {
        listed(&app.persona(persona).get(&format!("{PATH}{query}")).expect(200), "id")
    };
    assert_eq!(ids("provider", "").len(), 2);
    assert_eq!(ids("provider_y", ""), Vec::<Value>::new());
    assert_eq!(ids("quality_officer", &format!("?offering_id={offering}")).len(), 2);
    let held = format!("?held_by_id={}", app.organization("operator"));
    assert_eq!(ids("ministry", &held), [outer["id"].clone()]);
    let path = format!("{PATH}/{}", made.id());
    assert_eq!(app.persona("operator").get(&path).expect(200).json(), own);
    app.persona("provider_y").get(&path).refused(404, "request.not_found");
    app.persona("chel_ministry").get(&path).refused(404, "request.not_found");
}

/// All that is wrong with a survey is told at once, and where the regulation knows no such monitoring there is none.
#[test]
fn only_training_that_has_begun_is_surveyed() {
    let app = TestApp::start();
    let offering = open(&app, &seminar(5));
    tell(&app, "provider", &offering, &survey()).refused(422, "not_used");
    altai_under_p2(&app);
    let early = with(survey(), json!({"surveyed_on": "2026-03-01"}));
    let refused = tell(&app, "provider", &offering, &early).refused(422, "wrong_state").json();
    let pointers: Vec<&Value> =
        refused["errors"].as_array().unwrap().iter().map(|error| &error["pointer"]).collect();
    assert_eq!(pointers, ["/offering_id", "/data/surveyed_on", "/data/respondents"]);
    assert_eq!(
        (&refused["errors"][0]["requirement"], &refused["errors"][0]["paragraph"]),
        (&json!("P2-32"), &json!("19"))
    );
    let too_much = with(survey(), json!({"satisfied_percent": 101}));
    tell(&app, "provider", &offering, &too_much).expect(422);
}
