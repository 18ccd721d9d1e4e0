//! Reviews of programs, set up through the public API.

use serde_json::{Value, json};

use super::TestApp;
use super::client::Answer;
use super::world;

/// Altai under the regulation of Kostroma (P2): its registry is kept by the operator and demands a review.
pub fn under_p2(app: &TestApp) {
    let preset = rost::regulations::presets::Preset::find("p2-kostroma-oblast").unwrap().load().unwrap();
    let document = serde_json::to_value(preset.document()).unwrap();
    app.db_execute(&format!(
        "alter table regulations disable trigger guard_published;
         update regulations set profile = $profile${}$profile$, preset = 'p2-kostroma-oblast' where id = '{}';
         alter table regulations enable trigger guard_published",
        document["profile"],
        world::regulation("p4-altai-krai"),
    ))
    .unwrap();
}

/// What is written of a sheet of two criteria, 5 points each; 6 points pass.
pub fn sheet() -> Value {
    json!({
        "kind": "professional_public", "title": "Экспертный лист", "pass_score": 6,
        "criteria": [
            {"title": "Соответствие профессиональному стандарту", "max_score": 5, "remark_below": 3},
            {"title": "Практическая направленность", "max_score": 5},
        ],
    })
}

/// A sheet of the region: its id and the ids of its criteria.
pub fn made_sheet(app: &TestApp, persona: &str) -> (String, Vec<Value>) {
    let made = app.persona(persona).post("/api/v1/review-sheets", sheet()).expect(201);
    let criteria = made.json()["criteria"].as_array().unwrap().iter().map(|it| it["id"].clone()).collect();
    (made.id(), criteria)
}

/// The reviewer of the world gets the program to review.
pub fn assigned(app: &TestApp, persona: &str, program: &str, sheet: &str) -> String {
    let body = json!({"program_id": program, "sheet_id": sheet, "reviewer_id": app.person("reviewer")});
    app.persona(persona).post("/api/v1/program-reviews", body).expect(201).id()
}

/// What a reviewer says with these scores.
pub fn result(criteria: &[Value], scores: &[i32], verdict: &str) -> Value {
    let scores: Vec<Value> = criteria
        .iter()
        .zip(scores)
        .map(|(criterion, score)| json!({"criterion_id": criterion, "score": score, "remark": "Замечание"}))
        .collect();
    json!({"verdict": verdict, "scores": scores, "conclusion": "Заключение эксперта"})
}

/// The reviewer says it.
pub fn completed(app: &TestApp, review: &str, result: Value) -> Answer {
    app.persona("reviewer").post_if(&format!("/api/v1/program-reviews/{review}/result"), "\"1\"", result)
}
