//! Who gives programs, who credits them and what the lists of them hold, by the regulation it comes from.

use rost::accounts::GrantClaim;
use rost::authz::{Level, Role};
use serde_json::{Value, json};

use crate::support::build_guidance::live_under;
use crate::support::build_registry::{accepted, draft, entered, module, program};
use crate::support::build_training::{apply, course, listed, move_to, plan};
use crate::support::{Client, TestApp};

const PROGRAMS: &str = "/api/v1/programs";
const RULES: &str = "/api/v1/credit-rules";

/// A teacher of that school who acts for it as a provider as well.
fn officer_of_school(app: &TestApp) -> Client {
    let school = app.organization("school_1");
    let given =
        json!({"person_id": app.person("teacher_2"), "role": "provider_officer", "organization_id": school});
    app.persona("admin").post("/api/v1/role-assignments", given).expect(201);
    let mut claims = app.claims("teacher_2");
    claims.grants.push(GrantClaim {
        role: Role::ProviderOfficer,
        level: Level::School,
        organization: Some(school),
    });
    app.with_token(&app.state().identity.keys().sign(&claims).unwrap())
}

/// P1-10: a program is given by an organization of additional professional education, never by a school: neither under
/// its own name nor as one of its modules.
#[test]
fn a_school_gives_no_programs() {
    let app = TestApp::start();
    live_under(&app, "director", "school_1", "p1-grozny-school-91", "2026-03-02");
    let school = officer_of_school(&app);
    let refused =
        school.post(PROGRAMS, program(&app, "school_1", "Школьная программа")).refused(422, "not_a_provider");
    assert_eq!(
        (&refused.json()["errors"][0]["pointer"], &refused.json()["errors"][0]["requirement"]),
        (&json!("/provider_id"), &json!("P1-10"))
    );
    let mut shared = program(&app, "provider_x", "Сетевая программа");
    shared["modules"][0]["provider_id"] = json!(app.organization("school_1"));
    let refused = app.persona("provider").post(PROGRAMS, shared).refused(422, "unknown");
    assert_eq!(refused.json()["errors"][0]["pointer"], "/modules/0/provider_id");
    for (persona, provider) in
        [("provider", "provider_x"), ("methodist", "barnaul_center"), ("operator", "operator")]
    {
        app.persona(persona).post(PROGRAMS, program(&app, provider, "Программа")).expect(201);
    }
}

/// P0-27: with no right but that of a teacher one reads the list of programs with their modules, and each module in full.
#[test]
fn a_teacher_reads_the_lists_of_programs_and_of_their_modules() {
    let app = TestApp::start();
    let ids: Vec<String> = ["Первая", "Вторая"]
        .iter()
        .map(|title| accepted(&app, "chel_provider", "chel_ministry", &program(&app, "chel_provider", title)))
        .collect();
    let hidden = draft(&app, "chel_provider", &program(&app, "chel_provider", "Черновик"));
    let claims = app.claims("chel_teacher");
    assert_eq!(claims.grants.len(), 1);
    assert_eq!(claims.grants[0].role, Role::Teacher);
    let teacher = app.persona("chel_teacher");
    let found = teacher.get(PROGRAMS).expect(200).json();
    let items = found["items"].as_array().unwrap();
    assert_eq!(items.len(), 2);
    for item in items {
        let modules = item["modules"].as_array().unwrap();
        let named: Vec<_> = modules.iter().map(|it| (it["title"].clone(), it["hours"].clone())).collect();
        assert_eq!(named, [(json!("Первый модуль"), json!(24.0)), (json!("Второй модуль"), json!(12.0))]);
        assert_eq!(modules[0]["provider_id"], json!(app.organization("chel_provider")));
        let read = teacher.get(&format!("{PROGRAMS}/{}", item["id"].as_str().unwrap())).expect(200).json();
        assert_eq!(read["modules"][0]["id"], modules[0]["id"]);
    }
    teacher.get(&format!("{PROGRAMS}/{hidden}")).refused(404, "request.not_found");
    app.persona("teacher").get(&format!("{PROGRAMS}/{}", ids[0])).refused(404, "request.not_found");
}

/// P4-9: the registry of Altai is for teachers and heads: an entry says for whom, and programs are found by that.
#[test]
fn programs_are_found_by_the_people_they_are_for() {
    let app = TestApp::start();
    for (title, audience) in [("Обоим", json!(["teacher", "head"])), ("Руководителям", json!(["head"]))]
    {
        let mut body = program(&app, "provider_x", title);
        body["data"]["audience"] = audience.clone();
        let (_, entry) = entered(&app, &body);
        let read =
            app.persona("teacher").get(&format!("/api/v1/registry-entries/{entry}")).expect(200).json();
        assert_eq!(read["audience"], audience);
        assert_eq!(read["provider_id"], json!(app.organization("provider_x")));
    }
    let titles = |query: &str| {
        let page = app.persona("teacher").get(&format!("{PROGRAMS}?{query}")).expect(200).json();
        let items = page["items"].as_array().unwrap().clone();
        items.iter().map(|it| it["data"]["title"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(titles("audience=head"), ["Обоим", "Руководителям"]);
    assert_eq!(titles("audience=teacher"), ["Обоим"]);
    let mut body = program(&app, "provider_x", "Никому");
    body["data"]["audience"] = json!([]);
    app.persona("provider").post(PROGRAMS, body.clone()).refused(422, "length");
    body["data"]["audience"] = json!(["pupil"]);
    app.persona("provider").post(PROGRAMS, body).refused(422, "unknown_value");
}

fn rule(app: &TestApp, owner: &str, source: &str, target: &str) -> Value {
    json!({"organization_id": app.organization(owner), "source": {"program_id": source},
           "target": {"program_id": target}, "hours": 12, "valid_from": "2026-01-01", "valid_until": "2027-12-31"})
}

/// A program of that author in the registry: its id and the entry's.
fn registered(app: &TestApp, persona: &str, provider: &str, title: &str) -> (String, String) {
    let id = accepted(app, persona, "ministry", &program(app, provider, title));
    let entry = app.persona("ministry").post("/api/v1/registry-entries", json!({"program_id": id}));
    (id, entry.expect(201).id())
}

/// P4-31, P4-34: a rule of crediting says whose it is, what is credited in what, how much and when, the provider's as well
/// as the coordinator's; both sides of it stand in the registry, now.
#[test]
fn only_programs_of_the_active_registry_are_credited() {
    let app = TestApp::start();
    for (persona, owner, requirement) in
        [("provider", "provider_x", "P4-31"), ("coordinator", "coordinator", "P4-34")]
    {
        let (source, entry) = registered(&app, "provider_y", "provider_y", "Источник");
        let (target, _) = registered(&app, persona, owner, "Цель");
        let unlisted = accepted(&app, persona, "ministry", &program(&app, owner, "Вне реестра"));
        let client = app.persona(persona);
        let sent = rule(&app, owner, &source, &target);
        let made = client.post(RULES, sent.clone()).expect(201);
        for field in ["organization_id", "source", "target", "valid_from", "valid_until"] {
            assert_eq!(made.json()[field], sent[field], "{field}");
        }
        assert_eq!(made.json()["hours"], json!(12.0));
        let read = app.persona("teacher").get(&format!("{RULES}/{}", made.id())).expect(200).json();
        assert_eq!((&read["source"], &read["target"]), (&sent["source"], &sent["target"]));

        let refused =
            client.post(RULES, rule(&app, owner, &source, &unlisted)).refused(422, "not_in_registry").json();
        assert_eq!(refused["errors"][0]["pointer"], "/target/program_id");
        assert_eq!(refused["errors"][0]["requirement"], requirement);
        let mut nothing = sent.clone();
        nothing["hours"] = json!(0);
        client.post(RULES, nothing).refused(422, "hours_out_of_range");
        let suspend = json!({"decision": "suspend", "reason": "Проверка"});
        let path = format!("/api/v1/registry-entries/{entry}/decision");
        app.persona("ministry").post_if(&path, "\"1\"", suspend).expect(200);
        let mut later = sent;
        (later["valid_from"], later["valid_until"]) = (json!("2028-01-01"), json!("2028-12-31"));
        let refused = client.post(RULES, later).refused(422, "not_in_registry").json();
        assert_eq!(refused["errors"][0]["pointer"], "/source/program_id");
    }
}

/// P4-34: the coordinator credits in its own programs only, and nobody does it in its name.
#[test]
fn the_coordinator_credits_in_its_own_programs_only() {
    let app = TestApp::start();
    let (own, _) = registered(&app, "coordinator", "coordinator", "Координатор");
    let (foreign, _) = registered(&app, "provider", "provider_x", "Провайдер");
    let coordinator = app.persona("coordinator");
    coordinator.post(RULES, rule(&app, "coordinator", &own, &foreign)).refused(422, "not_own_program");
    app.persona("provider")
        .post(RULES, rule(&app, "coordinator", &foreign, &own))
        .refused(403, "auth.forbidden");
    coordinator.post(RULES, rule(&app, "coordinator", &foreign, &own)).expect(201);
}

/// P4-32: the coordinator is a provider too: it develops a program, teaches it and issues the document.
#[test]
fn the_coordinator_teaches_its_own_program() {
    let app = TestApp::start();
    let (id, _) = registered(&app, "coordinator", "coordinator", "Функциональная грамотность");
    let coordinator = app.persona("coordinator");
    let offering = plan(&app, "coordinator", "coordinator", &course(&json!({"id": id}), 5)).expect(201).id();
    move_to(&app, "coordinator", &offering, "open").expect(200);
    let application = apply(&app, "teacher", &offering).expect(201).id();
    let path = format!("/api/v1/applications/{application}/decision");
    app.persona("provider")
        .post_if(&path, "\"1\"", json!({"decision": "accept"}))
        .refused(404, "request.not_found");
    let accepted = coordinator.post_if(&path, "\"1\"", json!({"decision": "accept"})).expect(200).json();
    let enrollment = accepted["people"][0]["enrollment_id"].clone();
    let page = coordinator.get(&format!("/api/v1/enrollments?offering_id={offering}")).expect(200);
    assert_eq!(listed(&page, "id"), [enrollment]);
    let paper = json!({"person_id": app.person("teacher"), "kind": "pd_certificate", "number": "7",
        "title": "Функциональная грамотность", "program_kind": "advanced_training", "hours": 36,
        "issued_on": "2026-02-27", "started_on": "2026-02-02", "completed_on": "2026-02-27"});
    let issued = coordinator.post("/api/v1/credentials", paper).expect(201).json();
    assert_eq!(issued["issuer_id"], json!(app.organization("coordinator")));
}

/// P4-33: what the coordinator submits is accepted, returned with reason and date, or rejected with a reason, as every
/// provider's; the coordinator decides nothing of its own.
#[test]
fn the_ministry_decides_on_programs_of_the_coordinator_as_on_others() {
    let app = TestApp::start();
    let ministry = app.persona("ministry");
    for (persona, provider) in [("provider", "provider_x"), ("coordinator", "coordinator")] {
        let author = app.persona(persona);
        let submitted = |title: &str| {
            crate::support::build_registry::submitted(&app, persona, &program(&app, provider, title))
        };
        let id = submitted("Возвращается");
        let (path, decide) = (format!("{PROGRAMS}/{id}"), format!("{PROGRAMS}/{id}/decision"));
        author.post_if(&decide, "\"2\"", json!({"decision": "accept"})).refused(403, "auth.forbidden");
        let missing =
            ministry.post_if(&decide, "\"2\"", json!({"decision": "return"})).refused(422, "required");
        assert_eq!(missing.json()["errors"].as_array().unwrap().len(), 2, "{persona}");
        let back = json!({"decision": "return", "reason": "Нет результатов", "due_on": "2026-03-20"});
        ministry.post_if(&decide, "\"2\"", back).expect(200);
        let read = author.get(&path).expect(200).json();
        assert_eq!((&read["state"], &read["decision"]["due_on"]), (&json!("returned"), &json!("2026-03-20")));
        author.post_if(&format!("{path}/submission"), "\"3\"", json!({})).expect(200);
        ministry.post_if(&decide, "\"4\"", json!({"decision": "accept"})).expect(200);

        let id = submitted("Отклоняется");
        let (path, decide) = (format!("{PROGRAMS}/{id}"), format!("{PROGRAMS}/{id}/decision"));
        ministry.post_if(&decide, "\"2\"", json!({"decision": "reject"})).refused(422, "required");
        let no = json!({"decision": "reject", "reason": "Повторяет другую программу"});
        ministry.post_if(&decide, "\"2\"", no).expect(200);
        let read = author.get(&path).expect(200).json();
        assert_eq!(
            (&read["state"], &read["decision"]["reason"]),
            (&json!("rejected"), &json!("Повторяет другую программу"))
        );
        author.post_if(&format!("{path}/submission"), "\"3\"", json!({})).refused(409, "conflict.state");
    }
}

/// P4-16: until the next revision is published, the year says how many programs of its newest one are out of date.
#[test]
fn the_year_tells_what_its_newest_revision_does_not_know_yet() {
    let app = TestApp::start();
    let year = "/api/v1/registry-publications/2026";
    let (_, leaving) = entered(&app, &program(&app, "provider_x", "Уходит"));
    let body = program(&app, "provider_x", "Меняется");
    let (changing, _) = entered(&app, &body);
    let ministry = app.persona("ministry");
    assert!(app.persona("teacher").get(year).expect(200).json().get("unpublished_changes").is_none());
    let published = ministry.post("/api/v1/registry-publications", json!({"year": 2026})).expect(201).json();
    assert_eq!(published["unpublished_changes"], 0);
    let stale = || app.persona("teacher").get(year).expect(200).json()["unpublished_changes"].clone();
    assert_eq!(stale(), 0);
    let suspend = json!({"decision": "suspend", "reason": "Проверка"});
    let decide = format!("/api/v1/registry-entries/{leaving}/decision");
    ministry.post_if(&decide, "\"1\"", suspend).expect(200);
    assert_eq!(stale(), 1);
    entered(&app, &program(&app, "provider_x", "Приходит"));
    assert_eq!(stale(), 2);
    let path = format!("{PROGRAMS}/{changing}");
    let mut data = body["data"].clone();
    data["annotation"] = json!("Новая аннотация");
    let next = json!({"data": data, "modules": [module("Всё", 36, &[])]});
    app.persona("provider").put(&path, "\"3\"", next).expect(200);
    app.persona("provider").post_if(&format!("{path}/submission"), "\"4\"", json!({})).expect(200);
    assert_eq!(stale(), 2, "what is not accepted changes nothing");
    ministry.post_if(&format!("{path}/decision"), "\"5\"", json!({"decision": "accept"})).expect(200);
    assert_eq!(stale(), 3);
    let second = ministry.post(&format!("{year}/revisions"), json!({})).expect(201).json();
    assert_eq!((&second["revision"], &second["unpublished_changes"]), (&json!(2), &json!(0)));
    assert_eq!(stale(), 0);
    let resume = json!({"decision": "resume", "reason": "Проверено"});
    ministry.post_if(&decide, "\"2\"", resume).expect(200);
    assert_eq!(stale(), 1);
}
