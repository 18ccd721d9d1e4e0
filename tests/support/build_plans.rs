//! Plans of the school that lives under P0, set up through the API.

use serde_json::{Value, json};

use super::build_requests::{decide, send};
use super::build_routes::{RouteUnderTest, activity, chel_program};
use super::build_training::with;
use super::{Answer, TestApp, world};

/// A prospective plan of three years from 2 March 2026, the day of the tests.
pub fn prospective() -> Value {
    json!({"kind": "prospective", "title": "Перспективный план", "starts_on": "2026-03-02", "ends_on": "2029-03-01"})
}

/// Composes a plan of the caller's school, with other fields.
pub fn compose(app: &TestApp, persona: &str, fields: Value) -> Answer {
    app.persona(persona).post("/api/v1/plans", with(prospective(), fields))
}

/// An agreed route of that teacher of the Chelyabinsk school: a course from April to May 2026, reading by choice in
/// spring and reading in the autumn of 2027, and a base line.
#[track_caller]
pub fn agreed<'a>(app: &'a TestApp, teacher: &str, program: &Value) -> RouteUnderTest<'a> {
    let route = RouteUnderTest::start(app, teacher, teacher);
    let stages = json!({"stages": [{"title": "Этап 1", "starts_on": "2026-03-02", "ends_on": "2027-12-31"}]});
    route.put(teacher, "/stages", stages).expect(200);
    route.add(teacher, activity(Some("elective"))).expect(201);
    let course = json!({"kind": "program", "part": "prospective_plan", "title": "Курс", "program_id": program["id"],
        "starts_on": "2026-04-01", "ends_on": "2026-05-31", "hours": 36, "reason": "interest",
        "justification": "Интерес к теме"});
    route.add(teacher, course).expect(201);
    let later = json!({"title": "Чтение осенью", "starts_on": "2027-09-10", "ends_on": "2027-11-30"});
    route.add(teacher, with(activity(Some("prospective_plan")), later)).expect(201);
    route.add("chel_deputy", activity(Some("base"))).expect(201);
    route.submit(teacher).expect(200);
    if route.may_decide("chel_association_head") {
        route.decide("chel_association_head", "endorse").expect(200);
    }
    route.decide("chel_deputy", "endorse").expect(200);
    route.decide("chel_director", "approve").expect(200);
    route
}

/// The school with agreed routes of both teachers.
#[track_caller]
pub fn both_agreed(app: &TestApp) {
    let program = chel_program(app);
    agreed(app, "chel_teacher", &program);
    agreed(app, "chel_teacher_2", &program);
}

/// Sends something about the newest version of a plan.
pub fn tell(app: &TestApp, persona: &str, id: &str, rest: &str, body: Value) -> Answer {
    send(app, persona, "plans", id, rest, body)
}

/// A plan of the deputy that the director has approved.
#[track_caller]
pub fn approved(app: &TestApp, fields: Value) -> String {
    let id = compose(app, "chel_deputy", fields).expect(201).id();
    let handed_in = tell(app, "chel_deputy", &id, "submission", json!({})).expect(200).json();
    if handed_in["state"] == "in_review" {
        decide(app, "chel_director", &id, "approve", json!({})).expect(200);
    }
    id
}

/// The approved plan of methodical work of the school for 2026 with one seminar in April; the plan and the line.
#[track_caller]
pub fn methodical(app: &TestApp) -> (String, String) {
    let plan =
        json!({"kind": "methodical_work", "title": "План методической работы", "ends_on": "2026-12-31"});
    let id = compose(app, "chel_deputy", plan).expect(201).id();
    let seminar =
        json!({"section": "base", "title": "Семинар", "starts_on": "2026-04-10", "ends_on": "2026-04-10"});
    let line = tell(app, "chel_deputy", &id, "lines", seminar).expect(201).id();
    tell(app, "chel_deputy", &id, "submission", json!({})).expect(200);
    (id, line)
}

/// The lines of a plan as the deputy reads them.
#[track_caller]
pub fn lines(app: &TestApp, id: &str, query: &str) -> Vec<Value> {
    let page = app.persona("chel_deputy").get(&format!("/api/v1/plans/{id}/lines{query}")).expect(200).json();
    page["items"].as_array().unwrap().clone()
}

/// A difficulty of that teacher of the Chelyabinsk school, of that severity.
pub fn difficulty(app: &TestApp, teacher: &str, severity: u32) -> String {
    let (region, id) = (world::region("chelyabinsk"), rost::ids::new_id());
    let competency = rost::ids::new_id();
    let framework = "00000000-0000-7000-8f0a-000000000002";
    app.db_execute(&format!(
        "insert into frameworks values ('{framework}', '{region}', '{}', 'f', 'Модель', 1, 'published', 1, now(), now())
             on conflict do nothing;
         insert into competencies (id, framework_id, code, kind, title, position)
             select '{competency}', '{framework}', 'c' || n, 'competency', 'Компетенция', n
             from (select count(*) + 1 as n from competencies where framework_id = '{framework}') numbers;
         insert into deficits (id, region_id, municipality_id, organization_id, person_id, competency_id, origin, level,
                               severity, weight, state, opened_on, created_at, updated_at)
         values ('{id}', '{region}', '{}', '{}', '{}', '{competency}', 'difficulty', 'reported', {severity}, 1, 'open',
                 '2026-02-01', now(), now())",
        app.organization("chel_ministry"),
        app.organization("chel_city"),
        app.organization("chel_school"),
        app.person(teacher),
    ))
    .unwrap();
    id.to_string()
}
