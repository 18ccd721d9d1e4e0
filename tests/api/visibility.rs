//! What a list shows is never "not found" when it is acted upon, and what a body names is never told to exist.

use std::collections::BTreeSet;

use actix_web::http::Method;
use rost::app::document;
use rost::http::docs::operations;
use serde_json::{Value, json};

use crate::support::build_diagnostics::{
    competency, coordinator_instrument, framework, framework_body, result,
};
use crate::support::build_hours::{paper, record};
use crate::support::build_registry::{draft, entered, program};
use crate::support::build_routes::{RouteUnderTest, route_body};
use crate::support::world::{PERSONAS, region};
use crate::support::{Answer, TestApp};

const ABSENT: &str = "019aa0c5-7d2b-7cc1-8a4e-4c8f7f6f9b11";

/// Something of every kind, by several hands.
fn full_house() -> TestApp {
    let app = TestApp::with(|name| (name == "ROST_RATE_PER_SECOND").then(|| "1000000".to_owned()));
    let instrument = coordinator_instrument(&app);
    result(&app, "coordinator", "teacher", &instrument, "2026-02-01", &[("B.1", 20.0)]);
    result(&app, "coordinator", "state_teacher", &instrument, "2026-02-01", &[("B.2", 20.0)]);
    for (persona, owner) in
        [("director", "school_1"), ("municipal_officer", "barnaul"), ("quality_officer", "quality_center")]
    {
        let body = framework_body(app.organization(owner), &format!("draft-{owner}"));
        app.persona(persona).post("/api/v1/frameworks", body).expect(201);
    }
    record(&app, "provider", paper(&app, "teacher", "1", "2026-02-01")).expect(201);
    record(&app, "teacher_2", {
        let mut own = paper(&app, "teacher_2", "2", "2026-02-01");
        own["issuer_name"] = json!("Институт");
        own
    })
    .expect(201);
    draft(&app, "provider", &program(&app, "provider_x", "Черновик"));
    entered(&app, &program(&app, "provider_x", "Функциональная грамотность"));
    RouteUnderTest::start(&app, "teacher", "teacher");
    app.persona("director")
        .header("content-type", "text/csv")
        .send(
            "POST",
            "/api/v1/imports/staff?dry_run=true",
            Some("Фамилия,Имя,СНИЛС,ИНН организации,Должность,Дата приёма\n".into()),
        )
        .expect(200);
    app
}

/// Design §2: 404 is for what the caller may not know of. What a list has shown him he knows of.
#[test]
fn what_a_list_shows_is_never_not_found_when_acted_upon() {
    let app = full_house();
    let document = document().unwrap();
    let all = operations(&document);
    let lists = all.iter().filter(|it| it.method == Method::GET && !it.path.contains('{'));
    let (mut wrong, mut asked) = (BTreeSet::new(), 0);
    for list in lists {
        let under = format!("{}/{{id}}", list.path);
        let acts: Vec<_> = all
            .iter()
            .filter(|it| it.path.starts_with(&under) && it.path.matches('{').count() == 1)
            // Where no regulation binds, or nobody has handed a scan in, there is really none.
            .filter(|it| !["get_binding_regulation", "get_credential_file"].contains(&it.id))
            .collect();
        if acts.is_empty() {
            continue;
        }
        for persona in &PERSONAS {
            let client = app.persona(persona.name);
            let page = client.get(list.path);
            if page.status != 200 {
                continue;
            }
            let items = page.json()["items"].as_array().cloned().unwrap_or_default();
            for id in items.iter().filter_map(|item| item["id"].as_str()) {
                for act in &acts {
                    let path = act.path.replace("{id}", id);
                    let client = client
                        .header("idempotency-key", &rost::ids::new_id().to_string())
                        .header("if-match", "\"0\"");
                    // A version that never was: whoever may act is stopped by 412, nothing changes.
                    let body = act.value["requestBody"]["content"]["application/json"].get("example");
                    let answer = match body {
                        Some(body) => client.send_json(act.method.as_str(), &path, body),
                        None => client.send(act.method.as_str(), &path, None),
                    };
                    asked += 1;
                    if answer.status == 404 || answer.status >= 500 {
                        wrong.insert(format!("{}: {} for {}", act.id, answer.status, persona.name));
                    }
                }
            }
        }
    }
    assert!(asked > 1000, "only {asked} questions");
    assert!(wrong.is_empty(), "{}", wrong.into_iter().collect::<Vec<_>>().join("\n"));
}

/// The answer without what names the request.
fn said(answer: &Answer) -> (u16, Value) {
    let mut body = answer.json();
    for word in ["instance", "trace_id"] {
        body.as_object_mut().unwrap().remove(word);
    }
    (answer.status, body)
}

/// A body that names what the caller may not know of is wrong, and says the same whether the thing exists or not.
#[test]
fn what_a_body_names_is_not_told_to_exist() {
    let app = TestApp::start();
    let framework = framework(&app, "coordinator", "coordinator");
    let competency = competency(&app, "teacher", &framework, "B.1");
    let school = app.organization("school_1");
    let other = app.organization("school_2");
    let person = |id: &str, mut body: Value, field: &str| {
        body[field] = json!(id);
        body
    };
    let difficulty = json!({"person_id": "", "competency_id": competency, "severity": 2, "note": "Трудно"});
    let measured = json!({"person_id": "", "instrument_id": ABSENT, "taken_on": "2026-02-10", "mode": "online",
        "scores": [{"competency_code": "B.1", "procedure": "test", "score": 20}]});
    let role = |place| json!({"person_id": "", "organization_id": place, "role": "program_curator"});
    let association = json!({"organization_id": school, "data": {"name": "Новое", "head_person_id": ""}});
    let account = json!({"kind": "person", "login": "new", "name": "Новый", "person_id": ""});
    let mut credential = paper(&app, "teacher", "5", "2026-02-10");
    credential["issuer_name"] = json!("Институт");
    let hidden = [
        app.person("school_2_teacher").to_string(),
        app.person("state_teacher").to_string(),
        app.person("chel_teacher").to_string(),
    ];
    for (persona, path, body) in [
        ("teacher", "/api/v1/routes", route_body(&app, "teacher")),
        ("director", "/api/v1/routes", route_body(&app, "teacher")),
        ("teacher", "/api/v1/deficits", difficulty.clone()),
        ("deputy", "/api/v1/deficits", difficulty),
        ("director", "/api/v1/diagnostic-results", measured),
        ("director", "/api/v1/role-assignments", role(school)),
        ("teacher", "/api/v1/credentials", credential),
    ] {
        let ask = |id: &str| said(&app.persona(persona).post(path, person(id, body.clone(), "person_id")));
        let absent = ask(ABSENT);
        // A teacher issues nothing to anybody: 403 whoever it is.
        assert!([422, 403].contains(&absent.0), "{persona} {path}: {}", absent.1);
        for id in &hidden {
            assert_eq!(ask(id), absent, "{persona} {path}");
        }
    }
    let ask = |id: &str| {
        let mut body = association.clone();
        body["data"]["head_person_id"] = json!(id);
        said(&app.persona("director").post("/api/v1/associations", body))
    };
    assert!(hidden.iter().all(|id| ask(id) == ask(ABSENT)));
    let officer = |id: &str| {
        said(
            &app.persona("biysk_officer")
                .post("/api/v1/role-assignments", person(id, role(other), "person_id")),
        )
    };
    assert_eq!(officer(&hidden[0]), officer(ABSENT));
    app.persona("admin")
        .post("/api/v1/accounts", person(ABSENT, account, "person_id"))
        .refused(422, "unknown");
    assert_ne!(region("altai"), region("chelyabinsk"));
}
