//! The six kinds of organizations of a region, each with its own functions.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_guidance::{approve, finding_body, ids, list_id, propose};
use crate::support::build_registry::{entered, program};
use crate::support::build_training::seminar;
use crate::support::regulated_training::altai_under_p2;

/// One persona of each of the six, in the order of the columns below.
const SIX: [&str; 6] =
    ["ministry", "operator", "quality_officer", "provider", "municipal_officer", "director"];

/// P2-4: department, operator, quality centre, organizations with programs, municipal bodies and schools: all six
/// exist, and each does only what is its own: approving directions and the state assignment, proposing, findings,
/// crediting, needs of the municipality, acknowledging for the school.
#[test]
fn each_of_the_six_sees_only_its_own_functions() {
    let app = TestApp::start();
    let (own, _) = entered(&app, &program(&app, "provider_x", "Программа"));
    altai_under_p2(&app);
    let school_need = json!({"person_id": app.person("teacher"), "ground": "new_post", "topic": "Тема"});
    let credit = json!({"organization_id": app.organization("provider_x"), "source": {"program_id": own},
                        "target": {"program_id": own}, "hours": 1, "valid_from": "2026-01-01"});
    let announcement = app
        .persona("ministry")
        .post(
            "/api/v1/announcements",
            json!({"data": {"title": "Семинары", "text": "Приглашаем", "audience": ["schools"]}}),
        )
        .expect(201)
        .id();
    let assignment = json!({"organization_id": app.organization("operator"), "year": 2026, "program_id": own,
                            "plan": {"people": 1, "person_hours": 36}});
    let seminar_of_the_operator =
        json!({"organization_id": app.organization("operator"), "data": seminar(5)});
    let functions: [(&str, String, Value, [u16; 6]); 8] = [
        (
            "a seminar of the operator",
            "/api/v1/offerings".into(),
            seminar_of_the_operator,
            [403, 201, 403, 403, 403, 403],
        ),
        (
            "the state assignment",
            "/api/v1/state-assignments".into(),
            assignment,
            [201, 403, 403, 403, 403, 403],
        ),
        (
            "findings",
            "/api/v1/outcome-findings".into(),
            finding_body(&app, None),
            [403, 403, 201, 403, 403, 403],
        ),
        // The regulation of Kostroma knows no crediting of modules.
        ("credit rules", "/api/v1/credit-rules".into(), credit, [403; 6]),
        ("needs", "/api/v1/needs".into(), school_need, [201, 201, 403, 403, 201, 201]),
        (
            "asking for needs",
            "/api/v1/need-campaigns".into(),
            json!({"municipality_id": app.organization("barnaul"),
                   "data": {"title": "Сбор", "opens_on": "2026-03-02", "closes_on": "2026-03-03"}}),
            [403, 201, 403, 403, 403, 403],
        ),
        (
            "acknowledging for the school",
            format!("/api/v1/announcements/{announcement}/school-acknowledgement"),
            json!({"organization_id": app.organization("school_1")}),
            [403, 403, 403, 403, 403, 200],
        ),
        (
            "a list of directions",
            "/api/v1/direction-lists".into(),
            json!({"year": 2027, "data": {"directions": [{"title": "Грамотность"}]}}),
            [403, 201, 403, 403, 403, 403],
        ),
    ];
    let mut wrong = Vec::new();
    for (what, path, body, expected) in functions {
        let statuses = SIX.map(|persona| app.persona(persona).post(&path, body.clone()).status);
        if statuses != expected {
            wrong.push(format!("{what}: {statuses:?}, not {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let list = list_id(&propose(&app, "operator", 2028, &["Инклюзия"]).expect(201));
    // What is only proposed is known to those who work on it.
    for persona in &SIX[1..] {
        let status = approve(&app, persona, &list).status;
        assert!([403, 404].contains(&status), "{persona} approves: {status}");
    }
    approve(&app, "ministry", &list).expect(200);
    for kind in
        ["ministry", "regional_operator", "quality_center", "provider", "municipal_authority", "school"]
    {
        let page = app.persona("ministry").get(&format!("/api/v1/organizations?kind={kind}")).expect(200);
        assert!(!ids(&page).is_empty(), "{kind}");
    }
}

/// P2-4: the lists of one kind of organization are not those of another.
#[test]
fn each_of_the_six_lists_only_its_own() {
    let app = TestApp::start();
    let lists: [(&str, [u16; 6]); 6] = [
        ("/api/v1/state-assignments", [200, 200, 403, 403, 403, 403]),
        ("/api/v1/outcome-findings", [200, 200, 200, 403, 200, 200]),
        ("/api/v1/needs", [200, 200, 403, 403, 200, 200]),
        ("/api/v1/recommendations", [200, 200, 403, 403, 200, 200]),
        ("/api/v1/programs-without-direction", [200, 200, 200, 403, 403, 403]),
        ("/api/v1/credit-rules", [200, 200, 200, 200, 200, 200]),
    ];
    for (path, expected) in lists {
        assert_eq!(SIX.map(|persona| app.persona(persona).get(path).status), expected, "{path}");
    }
}
