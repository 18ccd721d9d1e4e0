//! A route of the first teacher of school 1 under the regulation of the school in Grozny (P1), set up through the API.

use serde_json::{Value, json};

use super::build_routes::RouteUnderTest;
use super::regulated_training::school_1_under_p1;
use super::{TestApp, build_diagnostics};

/// Names by which the items of one document refer to each other.
const PROBLEM: &str = "00000000-0000-4000-8000-000000000001";
const STAGE: &str = "00000000-0000-4000-8000-000000000002";
const COURSE: &str = "00000000-0000-4000-8000-000000000003";

/// Everything the regulation asks for: explanatory note, problems, evidence, stages, lines of both parts, study plan.
pub fn content(deficit: &str) -> Value {
    let stage = |id: Option<&str>, title: &str, starts_on: &str, ends_on: &str| {
        let mut stage = json!({"title": title, "starts_on": starts_on, "ends_on": ends_on,
            "expected_result": "Освоены приёмы", "report_form": "Отчёт на заседании МО"});
        if let Some(id) = id {
            stage["id"] = json!(id);
        }
        stage
    };
    json!({
        "title": "Персонифицированная программа", "starts_on": "2026-03-02", "ends_on": "2027-06-30",
        "note": {"general_aim": "Освоить формирующее оценивание", "difficulties_and_needs": "Нет опыта оценивания проектов",
            "goals": "Научиться составлять критерии", "tasks": "Изучить, опробовать, обобщить",
            "expected_result": "Комплект критериев", "report_form": "Открытый урок", "priorities": "Оценивание",
            "needs": "Практика", "directions": "Оценка результатов"},
        "problems": [{"id": PROBLEM, "text": "Не умеет оценивать проекты", "deficit_id": deficit}],
        "evidence": [{"kind": "internal_control", "text": "Справка от 12.02.2026", "dated_on": "2026-02-12"}],
        "stages": [stage(Some(STAGE), "Обучение", "2026-03-02", "2026-12-31"),
            stage(None, "Обобщение", "2027-01-01", "2027-06-30")],
        "activities": [
            {"id": COURSE, "data": {"kind": "program", "part": "core", "stage_id": STAGE, "title": "Курс по оцениванию",
                "starts_on": "2026-03-10", "ends_on": "2026-05-31", "hours": 36, "reason": "system_priority",
                "problem_ids": [PROBLEM]}},
            {"data": {"kind": "event", "part": "elective", "stage_id": STAGE, "title": "Семинар", "hours": 4,
                "starts_on": "2026-09-10", "ends_on": "2026-09-10", "place": "Школа № 1", "event_level": "municipal",
                "event_form": "seminar", "participation": "слушатель", "reason": "personal_problem",
                "deficit_ids": [deficit]}},
            {"data": {"kind": "self_education", "part": "elective", "title": "Чтение", "content": "Книги об оценивании",
                "hours": 10, "starts_on": "2026-10-01", "ends_on": "2027-05-31", "reason": "personal_problem",
                "problem_ids": [PROBLEM]}}],
        "study_plan": [
            {"activity_id": COURSE, "topic": "Критерии и показатели", "hours": 36, "on_date": "2026-04-01",
                "form": "практикум"},
            {"topic": "Оценивание проектов", "hours": 14, "on_date": "2026-09-10", "form": "семинар"}],
        "budget": [{"stage_id": STAGE, "source": "off_budget", "amount_kopecks": 500_000},
            {"source": "municipal", "amount_kopecks": 250_050}],
    })
}

/// A draft by the curator, with everything in it; and the deficit it answers.
#[track_caller]
pub fn complete(app: &TestApp) -> (RouteUnderTest<'_>, String) {
    let deficit = build_diagnostics::deficit(app, "teacher");
    school_1_under_p1(app);
    let route = RouteUnderTest::start(app, "curator", "teacher");
    route.put("curator", "/contents", content(&deficit)).expect(200);
    (route, deficit)
}
