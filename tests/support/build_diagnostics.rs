//! Frameworks, instruments and results, set up through the API.

use serde_json::{Value, json};
use uuid::Uuid;

use super::{Answer, TestApp};

/// The tree that the tests measure: one block, two competencies.
pub fn framework_body(owner: Uuid, code: &str) -> Value {
    json!({"owner_id": owner, "code": code, "title": format!("Модель компетенций {code}"), "edition": 1, "competencies": [
        {"code": "B", "kind": "block", "title": "Методический блок"},
        {"code": "B.1", "parent_code": "B", "kind": "competency", "title": "Оценивание результатов",
         "description": "Владеет формирующим оцениванием", "job_function": "A/01.6 Обучение"},
        {"code": "B.2", "parent_code": "B", "kind": "competency", "title": "Проектирование урока"},
    ]})
}

/// Levels that begin at 0, 40 and 70 of 100.
pub fn cut_points() -> Value {
    json!([
        {"level": "high_deficit", "from_score": 0, "is_deficit": true, "severity": 3},
        {"level": "low_deficit", "from_score": 40, "is_deficit": true, "severity": 1},
        {"level": "sufficient", "from_score": 70, "is_deficit": false, "severity": 0},
    ])
}

/// What an instrument of that framework is.
pub fn instrument_data(framework: &str, code: &str) -> Value {
    json!({"framework_id": framework, "code": code, "title": format!("Диагностика {code}"), "edition": 1,
    "procedures": ["test", "observation"], "scales": [
        {"competency_code": "B.1", "max_score": 100, "weight": 2, "cut_points": cut_points()},
        {"competency_code": "B.2", "max_score": 100, "weight": 1, "cut_points": cut_points()},
    ]})
}

/// A published framework, kept by the organization of that persona.
pub fn framework(app: &TestApp, persona: &str, owner: &str) -> String {
    let keeper = app.persona(persona);
    let body = framework_body(app.organization(owner), &format!("model-{owner}"));
    let draft = keeper.post("/api/v1/frameworks", body).expect(201);
    let id = draft.id();
    keeper.post_if(&format!("/api/v1/frameworks/{id}/publication"), &draft.etag(), json!(null)).expect(200);
    id
}

/// The id of a competency of the framework.
pub fn competency(app: &TestApp, persona: &str, framework: &str, code: &str) -> String {
    let tree = app.persona(persona).get(&format!("/api/v1/frameworks/{framework}")).expect(200).json();
    let rows = tree["competencies"].as_array().unwrap();
    rows.iter().find(|row| row["code"] == code).unwrap()["id"].as_str().unwrap().to_owned()
}

/// A published instrument of that framework, kept by the organization of that persona.
pub fn instrument(app: &TestApp, persona: &str, owner: &str, framework: &str) -> String {
    let keeper = app.persona(persona);
    let body = json!({"owner_id": app.organization(owner), "data": instrument_data(framework, &format!("d-{owner}"))});
    let draft = keeper.post("/api/v1/instruments", body).expect(201);
    let id = draft.id();
    keeper.post_if(&format!("/api/v1/instruments/{id}/publication"), &draft.etag(), json!(null)).expect(200);
    id
}

/// The coordinator's published instrument over the coordinator's published framework.
pub fn coordinator_instrument(app: &TestApp) -> String {
    let framework = framework(app, "coordinator", "coordinator");
    instrument(app, "coordinator", "coordinator", &framework)
}

/// A result with one test score for each competency given.
pub fn result_body(
    app: &TestApp,
    person: &str,
    instrument: &str,
    taken_on: &str,
    scores: &[(&str, f64)],
) -> Value {
    let scores: Vec<Value> = scores
        .iter()
        .map(|(code, score)| json!({"competency_code": code, "procedure": "test", "score": score}))
        .collect();
    json!({"person_id": app.person(person), "instrument_id": instrument, "taken_on": taken_on, "mode": "online",
        "scores": scores})
}

/// Records a result as that persona.
#[track_caller]
pub fn result(
    app: &TestApp,
    persona: &str,
    person: &str,
    instrument: &str,
    taken_on: &str,
    scores: &[(&str, f64)],
) -> Answer {
    let body = result_body(app, person, instrument, taken_on, scores);
    app.persona(persona).post("/api/v1/diagnostic-results", body).expect(201)
}

/// One result of the coordinator with a deficit in `B.1`; the id of the deficit.
pub fn deficit(app: &TestApp, person: &str) -> String {
    let instrument = coordinator_instrument(app);
    result(app, "coordinator", person, &instrument, "2026-02-01", &[("B.1", 20.0)]);
    deficits(app, "coordinator", person)[0]["id"].as_str().unwrap().to_owned()
}

/// The deficits of a person as that persona sees them, newest first.
#[track_caller]
pub fn deficits(app: &TestApp, persona: &str, person: &str) -> Vec<Value> {
    let path = format!("/api/v1/persons/{}/deficits", app.person(person));
    app.persona(persona).get(&path).expect(200).json()["items"].as_array().unwrap().clone()
}

/// A СНИЛС with its control digits.
pub fn snils(number: u32) -> String {
    let digits = format!("{:09}", 900_500_000 + number);
    let sum: u32 =
        (1..=9).rev().zip(digits.bytes()).map(|(weight, digit)| weight * u32::from(digit - b'0')).sum();
    format!("{digits}{:02}", sum % 101 % 100)
}

/// So many more teachers of a school, numbered from `first`: they have a СНИЛС each.
pub fn staff(app: &TestApp, school: &str, first: u32, count: u32) {
    use std::fmt::Write as _;
    let organization = app.organization(school);
    let mut sql = String::new();
    for number in first..first + count {
        let (person, job) = (
            format!("00000000-0000-7000-8aaa-{number:012}"),
            format!("00000000-0000-7000-8bbb-{number:012}"),
        );
        write!(
            sql,
            "insert into persons (id, region_id, last_name, first_name, snils, created_at, updated_at)
             select '{person}', region_id, 'Testova', 'Anna', '{}', now(), now() from organizations where id = '{organization}';
             insert into employments (id, region_id, municipality_id, organization_id, person_id, kind, position,
                                      education_levels, started_on, created_at, updated_at)
             select '{job}', region_id, municipality_id, id, '{person}', 'staff', 'учитель', '{{basic}}', '2020-09-01',
                    now(), now() from organizations where id = '{organization}';",
            snils(number)
        )
        .unwrap();
    }
    app.db_execute(&sql).unwrap();
}

/// Loads a file of results as that persona; `query` is empty or begins with `?`.
#[track_caller]
pub fn load_results(app: &TestApp, persona: &str, query: &str, rows: &[String]) -> Answer {
    let header = "СНИЛС;Код инструмента;Код кампании;Дата;Формат;Баллы\n";
    let file = format!("{header}{}\n", rows.join("\n"));
    let path = format!("/api/v1/imports/diagnostic_results{query}");
    app.persona(persona).header("content-type", "text/csv").send("POST", &path, Some(file.into()))
}

/// What a campaign is.
pub fn campaign_data(instrument: &str, enrollment: &str) -> Value {
    json!({"instrument_id": instrument, "code": "spring", "title": "Весенняя диагностика", "mode": "mixed",
        "enrollment": enrollment, "starts_on": "2026-02-01", "ends_on": "2026-03-31"})
}

/// A running campaign of the organization of that persona.
#[track_caller]
pub fn campaign(app: &TestApp, persona: &str, owner: &str, instrument: &str, enrollment: &str) -> String {
    let keeper = app.persona(persona);
    let body = json!({"owner_id": app.organization(owner), "data": campaign_data(instrument, enrollment)});
    let planned = keeper.post("/api/v1/diagnostic-campaigns", body).expect(201);
    let id = planned.id();
    keeper
        .post_if(&format!("/api/v1/diagnostic-campaigns/{id}/start"), &planned.etag(), json!(null))
        .expect(200);
    id
}
