//! Training under the regulations that its requirements come from.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_registry::{accepted, program};
use crate::support::build_routes::{RouteUnderTest, activity, chel_program};
use crate::support::build_training::{
    apply, apply_for, close, course, decide, enroll, listed, move_to, open, open_with, plan, plan_with,
    program_x, read, record, seminar, with,
};
use crate::support::regulated_training::{altai_under_p2, barnaul_under_p3, school_1_under_p1};

const OFFERINGS: &str = "/api/v1/offerings";
const APPLICATIONS: &str = "/api/v1/applications";

fn mastered() -> Value {
    json!({"outcome": "mastered"})
}

fn workplace_stages() -> Value {
    json!({"stages": [
        {"kind": "study", "title": "Занятия", "hours": 24},
        {"kind": "workplace_task", "title": "Урок в своём классе", "hours": 8},
        {"kind": "final_assessment", "title": "Зачёт", "hours": 4},
    ]})
}

/// P2-27: a course is announced only with a task at the workplace among its stages, and nobody completes it without all of
/// them; the head records the task, and it alone.
#[test]
fn a_course_has_a_task_at_the_workplace_and_is_complete_with_it_alone() {
    let app = TestApp::start();
    let program = program_x(&app);
    altai_under_p2(&app);
    let bare = plan(&app, "provider", "provider_x", &course(&program, 5)).expect(201).id();
    let refused = move_to(&app, "provider", &bare, "open").refused(422, "workplace_task_missing").json();
    assert_eq!(
        (&refused["errors"][0]["requirement"], &refused["errors"][0]["paragraph"]),
        (&json!("P2-27"), &json!("18"))
    );
    // A seminar is no course.
    open(&app, &seminar(5));
    let offering = open_with(&app, &course(&program, 5), workplace_stages());
    let (whole, partly) = (enroll(&app, "teacher", &offering), enroll(&app, "teacher_2", &offering));
    let shown = read(&app, "director", "enrollments", &whole).expect(200).json();
    let kinds: Vec<&Value> = shown["stages"].as_array().unwrap().iter().map(|stage| &stage["kind"]).collect();
    assert_eq!(kinds, ["study", "workplace_task", "final_assessment"]);
    app.days_pass(8);
    move_to(&app, "provider", &offering, "running").expect(200);
    for id in [&whole, &partly] {
        record(&app, "provider", id, 1, mastered()).expect(200);
        record(&app, "provider", id, 3, mastered()).expect(200);
    }
    record(&app, "director", &whole, 1, mastered()).refused(403, "auth.forbidden");
    record(&app, "director", &whole, 2, mastered()).expect(200);
    for (id, state) in [(&whole, "completed"), (&partly, "incomplete")] {
        close(&app, "provider", id, "completion", json!({"closing": "finish"})).expect(200);
        assert_eq!(read(&app, "teacher", "enrollments", &whole).expect(200).json()["state"], "completed");
        assert_eq!(read(&app, "director", "enrollments", id).expect(200).json()["state"], state);
    }
}

/// P2-30: the operator trains: everybody enrolled is in progress when it begins, and ends completed, failed or withdrawn, as
/// the learner reads it.
#[test]
fn the_operator_trains() {
    let app = TestApp::start();
    altai_under_p2(&app);
    let offering = plan(&app, "operator", "operator", &seminar(5)).expect(201).id();
    move_to(&app, "operator", &offering, "open").expect(200);
    let people = ["teacher", "teacher_2", "state_teacher"];
    let ids = people.map(|person| {
        let application = apply(&app, person, &offering).expect(201).id();
        let accepted = decide(&app, "operator", &application, "accept").expect(200).json();
        accepted["people"][0]["enrollment_id"].as_str().unwrap().to_owned()
    });
    let shown = |index: usize| read(&app, people[index], "enrollments", &ids[index]).expect(200).json();
    let states = || [0, 1, 2].map(|index| shown(index)["state"].clone());
    assert_eq!(states(), ["enrolled", "enrolled", "enrolled"]);
    app.days_pass(8);
    move_to(&app, "operator", &offering, "running").expect(200);
    assert_eq!(states(), ["in_progress", "in_progress", "in_progress"]);
    record(&app, "operator", &ids[0], 1, mastered()).expect(200);
    close(&app, "provider", &ids[0], "completion", json!({"closing": "finish"}))
        .refused(404, "request.not_found");
    close(&app, "operator", &ids[0], "completion", json!({"closing": "finish"})).expect(200);
    let failing = json!({"closing": "fail", "reason": "Итоговая работа не сдана"});
    close(&app, "operator", &ids[1], "completion", failing).expect(200);
    close(&app, "state_teacher", &ids[2], "withdrawal", json!({"reason": "Болезнь"})).expect(200);
    assert_eq!(states(), ["completed", "failed", "withdrawn"]);
    assert_eq!(shown(1)["reason"], "Итоговая работа не сдана");
    close(&app, "operator", &ids[2], "completion", json!({"closing": "finish"}))
        .refused(409, "already_final");
    assert_eq!(shown(2)["allowed_actions"], json!([]));
}

/// P2-33: applications of teachers and of organizations are both taken and both accepted; the organization's is its
/// director's and holds several people.
#[test]
fn teachers_and_organizations_apply() {
    let app = TestApp::start();
    altai_under_p2(&app);
    let offering = open(&app, &seminar(9));
    let own = apply(&app, "teacher", &offering).expect(201).id();
    for persona in ["deputy", "curator"] {
        apply_for(&app, persona, &offering, &["teacher_2", "deputy"]).refused(403, "auth.forbidden");
    }
    let school = apply_for(&app, "director", &offering, &["teacher_2", "deputy", "curator"]).expect(201).id();
    let page = app.persona("provider").get(&format!("{APPLICATIONS}?kind=organization")).expect(200);
    assert_eq!(listed(&page, "id"), [json!(school)]);
    for (id, people) in [(&own, 1), (&school, 3)] {
        decide(&app, "provider", id, "accept").expect(200);
        let shown = read(&app, "provider", "applications", id).expect(200).json();
        let enrolled =
            shown["people"].as_array().unwrap().iter().filter(|it| it["enrollment_id"].is_string());
        assert_eq!((&shown["state"], enrolled.count()), (&json!("accepted"), people));
    }
}

/// P2-26: the head of a school sends a worker, with a ground; the worker is told and takes notice, nobody else is.
#[test]
fn the_director_sends_a_worker() {
    let app = TestApp::start();
    altai_under_p2(&app);
    let offering = open(&app, &seminar(5));
    let body = |person: &str| {
        json!({"offering_id": offering, "kind": "referral", "ground": "План методической работы, п. 4",
               "people": [{"person_id": app.person(person)}]})
    };
    app.persona("deputy").post(APPLICATIONS, body("teacher")).refused(403, "auth.forbidden");
    app.persona("director").post(APPLICATIONS, body("school_2_teacher")).refused(422, "not_employed");
    let id = app.persona("director").post(APPLICATIONS, body("teacher")).expect(201).id();
    let mine = read(&app, "teacher", "applications", &id).expect(200).json();
    assert_eq!(
        (&mine["ground"], &mine["allowed_actions"]),
        (&json!("План методической работы, п. 4"), &json!(["acknowledge_referral"]))
    );
    read(&app, "teacher_2", "applications", &id).refused(404, "request.not_found");
    let path = format!("{APPLICATIONS}/{id}/acknowledgement");
    let noticed = app.persona("teacher").post(&path, json!({})).expect(200).json();
    assert_eq!(noticed["people"][0]["acknowledged_at"], "2026-03-02T06:00:00Z");
}

/// P1-32: a team of one school stands in one application, keeps together and is accepted whole.
#[test]
fn a_team_of_the_school_is_trained_together() {
    let app = TestApp::start();
    school_1_under_p1(&app);
    let offering = open(&app, &seminar(3));
    apply_for(&app, "director", &offering, &["teacher", "school_2_teacher"]).refused(422, "not_employed");
    let team = apply_for(&app, "director", &offering, &["teacher", "teacher_2", "deputy"]).expect(201).id();
    let page = app.persona("provider").get(&format!("{APPLICATIONS}?offering_id={offering}")).expect(200);
    assert_eq!((listed(&page, "id"), listed(&page, "people_count")), (vec![json!(team)], vec![json!(3)]));
    let accepted = decide(&app, "provider", &team, "accept").expect(200).json();
    assert!(accepted["people"].as_array().unwrap().iter().all(|person| person["enrollment_id"].is_string()));
    for person in accepted["people"].as_array().unwrap() {
        let id = person["enrollment_id"].as_str().unwrap();
        let shown = read(&app, "provider", "enrollments", id).expect(200).json();
        assert_eq!((&shown["application_id"], &shown["state"]), (&json!(team), &json!("enrolled")));
    }
}

/// P1-33: a teacher chooses modules in different institutes and sees the marks of quality of what he chooses from.
#[test]
fn modules_are_chosen_in_different_institutes_by_quality() {
    let app = TestApp::start();
    let mut marked = program(&app, "provider_x", "С аккредитацией");
    marked["data"]["quality_marks"] = json!([{"kind": "public_accreditation", "issuer": "Ассоциация",
        "issued_on": "2025-04-01", "valid_until": "2028-04-01"}]);
    marked["modules"][1]["provider_id"] = json!(app.organization("provider_y"));
    let id = accepted(&app, "provider", "ministry", &marked);
    accepted(&app, "provider", "ministry", &program(&app, "provider_x", "Без знака"));
    school_1_under_p1(&app);
    let teacher = app.persona("teacher");
    let found = teacher.get("/api/v1/programs?quality_mark=public_accreditation").expect(200);
    assert_eq!(listed(&found, "id"), [json!(id)]);
    assert_eq!(found.json()["items"][0]["data"]["quality_marks"][0]["issuer"], "Ассоциация");
    let whole = teacher.get(&format!("/api/v1/programs/{id}")).expect(200).json();
    let route = RouteUnderTest::start(&app, "teacher", "teacher");
    for (index, provider) in ["provider_x", "provider_y"].into_iter().enumerate() {
        let line = json!({"kind": "module", "title": "Модуль", "part": "elective",
            "module_id": whole["modules"][index]["id"], "provider_id": app.organization(provider),
            "starts_on": "2026-04-01", "ends_on": "2026-05-31", "reason": "personal_problem",
            "justification": "Выбор педагога"});
        let added = route.add("teacher", line).expect(201).json();
        assert_eq!(added["data"]["provider_id"], json!(app.organization(provider)));
    }
    let shown = route.read("curator").expect(200).json();
    let providers: Vec<&Value> =
        shown["activities"].as_array().unwrap().iter().map(|line| &line["data"]["provider_id"]).collect();
    assert_eq!(providers, [&json!(app.organization("provider_x")), &json!(app.organization("provider_y"))]);
}

/// P0-28: two modules of one program are chosen at two organizations, by the teacher's own need.
#[test]
fn two_modules_are_chosen_at_two_organizations() {
    let app = TestApp::start();
    let other = json!({"parent_id": app.organization("chel_ministry"), "kind": "provider",
                       "data": {"name": "Институт повышения квалификации", "founder_type": "regional"}});
    let other = app.persona("chel_ministry").post("/api/v1/organizations", other).expect(201).id();
    let program = chel_program(&app);
    let route = RouteUnderTest::complete_p0(&app);
    let providers = [json!(app.organization("chel_provider")), json!(other)];
    for (index, provider) in providers.iter().enumerate() {
        let mut line = activity(Some("prospective_plan"));
        line["kind"] = json!("module");
        line["module_id"] = program["modules"][index]["id"].clone();
        line["provider_id"] = provider.clone();
        for said in ["content", "hours"] {
            line.as_object_mut().unwrap().remove(said);
        }
        let added = route.add("chel_teacher", line).expect(201).json();
        assert_eq!((&added["data"]["program_id"], &added["data"]["provider_id"]), (&program["id"], provider));
    }
    route.submit("chel_teacher").expect(200);
    let shown = route.read("chel_teacher").expect(200).json();
    let lines = shown["activities"].as_array().unwrap();
    let modules: Vec<&Value> = lines.iter().filter(|line| line["data"]["kind"] == "module").collect();
    assert_eq!(modules.len(), 2);
    assert!(lines.iter().all(|line| line["data"]["kind"] != "program"));
}

/// P1-35, P1-37: an innovation site hosts internships and several organizations hold them together.
#[test]
fn an_innovation_site_hosts_internships_of_a_network() {
    let app = TestApp::start();
    school_1_under_p1(&app);
    let path = format!("/api/v1/organizations/{}", app.organization("school_1"));
    let school = app.persona("municipal_officer").get(&path).expect(200);
    let data = with(school.json()["data"].clone(), json!({"functions": ["innovation_site"]}));
    app.persona("municipal_officer").put(&path, &school.etag(), data).expect(200);
    let internship = with(
        seminar(5),
        json!({"kind": "internship", "title": "Стажировка", "hours": 18, "venue_id": app.organization("school_1")}),
    );
    let partners = json!({"partner_ids": [app.organization("provider_y"), app.organization("school_2")]});
    let id = open_with(&app, &internship, partners);
    let shown = app.persona("teacher").get(&format!("{OFFERINGS}/{id}")).expect(200).json();
    assert_eq!(shown["partner_ids"].as_array().unwrap().len(), 2);
    assert_eq!(
        (&shown["data"]["venue_id"], &shown["data"]["hours"]),
        (&json!(app.organization("school_1")), &json!(18.0))
    );
    let found = app.persona("school_2_teacher").get(&format!("{OFFERINGS}?venue_function=innovation_site"));
    assert_eq!(listed(&found.expect(200), "id"), [json!(id)]);
}

/// P1-51: the curator lists what his teachers do outside the school, with its state, and nothing of the school's own or of
/// other schools.
#[test]
fn the_curator_sees_external_training_apart() {
    let app = TestApp::start();
    school_1_under_p1(&app);
    let outside = open(&app, &seminar(9));
    let id = enroll(&app, "teacher", &outside);
    enroll(&app, "school_2_teacher", &outside);
    let own =
        plan(&app, "director", "school_1", &with(seminar(5), json!({"title": "В школе"}))).expect(201).id();
    move_to(&app, "director", &own, "open").expect(200);
    let application = apply(&app, "teacher_2", &own).expect(201).id();
    let inside = decide(&app, "director", &application, "accept").expect(200).json();
    let inside = inside["people"][0]["enrollment_id"].clone();
    let seen = |persona: &str, query: &str, field: &str| {
        listed(&app.persona(persona).get(&format!("/api/v1/enrollments{query}")).expect(200), field)
    };
    assert_eq!(seen("curator", "?external=true", "id"), [json!(id)]);
    assert_eq!(seen("curator", "?external=true", "state"), [json!("enrolled")]);
    assert_eq!(seen("curator", "?external=false", "id"), [inside]);
    assert_eq!(seen("teacher", "", "id"), [json!(id)]);
    crate::support::build_training::begin(&app, &outside);
    record(&app, "provider", &id, 1, mastered()).expect(200);
    close(&app, "provider", &id, "completion", json!({"closing": "finish"})).expect(200);
    assert_eq!(seen("curator", "?external=true", "state"), [json!("completed")]);
}

/// P3-7, P3-8, P3-30: the centre offers sessions of associations, seminars and master classes with their practical share, on
/// its own base and on those of schools.
#[test]
fn the_centre_offers_its_services_at_schools() {
    let app = TestApp::start();
    barnaul_under_p3(&app);
    for kind in ["association_session", "seminar", "master_class", "other"] {
        let data = with(
            seminar(20),
            json!({"kind": kind, "title": kind, "practical_hours": 4,
                                            "venue_id": app.organization("school_2")}),
        );
        let id = plan(&app, "methodist", "barnaul_center", &data).expect(201).id();
        move_to(&app, "methodist", &id, "open").expect(200);
        let shown = app.persona("teacher").get(&format!("{OFFERINGS}/{id}")).expect(200).json();
        assert_eq!((&shown["data"]["kind"], &shown["data"]["practical_hours"]), (&json!(kind), &json!(4.0)));
        assert_eq!(shown["organization_id"], json!(app.organization("barnaul_center")));
        assert_eq!(shown["data"]["venue_id"], json!(app.organization("school_2")));
    }
    let too_much = with(seminar(20), json!({"practical_hours": 7}));
    plan(&app, "methodist", "barnaul_center", &too_much).refused(422, "hours_exceed");
    let at = format!("{OFFERINGS}?venue_id={}", app.organization("school_2"));
    assert_eq!(listed(&app.persona("school_2_teacher").get(&at).expect(200), "title").len(), 4);
}

/// P4-32: the coordinator is a provider as well: he holds what his program says, accepts, records, completes and certifies;
/// another provider has no hand in it.
#[test]
fn the_coordinator_trains_by_his_own_program() {
    let app = TestApp::start();
    let id = accepted(&app, "coordinator", "ministry", &program(&app, "coordinator", "Наставничество"));
    let own = app.persona("coordinator").get(&format!("/api/v1/programs/{id}")).expect(200).json();
    let offering =
        plan_with(&app, "coordinator", "coordinator", &course(&own, 5), workplace_stages()).expect(201).id();
    move_to(&app, "coordinator", &offering, "open").expect(200);
    let application = apply(&app, "teacher", &offering).expect(201).id();
    decide(&app, "provider", &application, "accept").refused(404, "request.not_found");
    let accepted = decide(&app, "coordinator", &application, "accept").expect(200).json();
    let enrollment = accepted["people"][0]["enrollment_id"].as_str().unwrap().to_owned();
    app.days_pass(8);
    move_to(&app, "coordinator", &offering, "running").expect(200);
    for position in 1..=3 {
        record(&app, "coordinator", &enrollment, position, mastered()).expect(200);
    }
    app.days_pass(2);
    close(&app, "coordinator", &enrollment, "completion", json!({"closing": "finish"})).expect(200);
    let document = json!({"person_id": app.person("teacher"), "enrollment_id": enrollment, "kind": "pd_certificate",
        "number": "1", "title": "Наставничество", "program_kind": "advanced_training", "hours": 36,
        "issued_on": "2026-03-12"});
    app.persona("provider").post("/api/v1/credentials", document.clone()).refused(422, "unknown");
    let issued = app.persona("coordinator").post("/api/v1/credentials", document).expect(201).json();
    assert_eq!(
        (&issued["issuer_id"], &issued["program_id"]),
        (&json!(app.organization("coordinator")), &json!(id))
    );
}
