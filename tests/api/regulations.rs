//! Regulations over HTTP.

use rost::regulations::profile::{parse_value, required_hours, validate};
use rost::values::{EducationLevel, Hours};
use serde_json::{Value, json};

use crate::support::build_diagnostics::deficit;
use crate::support::build_routes::route_body;
use crate::support::{Answer, TestApp, world};

const PATH: &str = "/api/v1/regulations";

fn draft(app: &TestApp, persona: &str, owner: &str, preset: &str) -> Answer {
    let body = json!({"owner_id": app.organization(owner), "preset_code": preset});
    app.persona(persona).post(PATH, body)
}

#[track_caller]
fn publish(app: &TestApp, persona: &str, draft: &Answer, from: &str) -> Answer {
    let path = format!("{PATH}/{}/publication", draft.id());
    app.persona(persona).post_if(&path, &draft.etag(), json!({"effective_from": from}))
}

fn binding(app: &TestApp, persona: &str, organization: &str, day: &str) -> Answer {
    let id = app.organization(organization);
    app.persona(persona).get(&format!("/api/v1/organizations/{id}/binding-regulation?on={day}"))
}

fn preset(app: &TestApp, code: &str) -> Value {
    app.persona("teacher").get(&format!("/api/v1/regulation-presets/{code}")).expect(200).json()["document"]
        .clone()
}

/// P1-2: a regulation read returns its structure, chains and reports as data; all five presets publish unchanged.
#[test]
fn every_preset_is_published_unchanged() {
    let app = TestApp::start();
    let list = app.persona("teacher").get("/api/v1/regulation-presets").expect(200).json();
    let codes: Vec<&str> =
        list["items"].as_array().unwrap().iter().map(|item| item["code"].as_str().unwrap()).collect();
    assert_eq!(codes.len(), 5);
    for code in codes {
        let document = preset(&app, code);
        let (persona, owner) = match document["level"].as_str().unwrap() {
            "region" => ("ministry", "altai_ministry"),
            "municipality" => ("municipal_officer", "barnaul"),
            _ => ("director", "school_1"),
        };
        let made = draft(&app, persona, owner, code).expect(201);
        let from = format!("2026-0{}-01", 4 + code.as_bytes()[1] - b'0');
        let published = publish(&app, persona, &made, &from).expect(200).json();
        assert_eq!(published["document"], document, "{code}");
        assert_eq!(published["state"], "published");
        let read = app.persona(persona).get(&format!("{PATH}/{}", made.id())).expect(200).json();
        assert_eq!(read["document"], document, "{code}");
    }
    app.persona("teacher").get("/api/v1/regulation-presets/p9").refused(404, "request.not_found");
}

/// P1-1: the legal basis of the regulation in force is readable: four acts, each with what is known of its number, its
/// date and the end of its validity.
#[test]
fn the_legal_basis_is_read_with_numbers_and_dates() {
    let app = TestApp::start();
    let made = draft(&app, "director", "school_1", "p1-grozny-school-91").expect(201);
    publish(&app, "director", &made, "2026-03-02").expect(200);
    let bound = binding(&app, "teacher", "school_1", "2026-03-02").expect(200).json();
    let acts = bound["regulation"]["document"]["legal_basis"].as_array().unwrap().clone();
    assert_eq!(acts.len(), 4);
    assert!(acts.iter().all(|act| act["text"].is_string()));
    let letter = acts.iter().find(|act| act["number"] == "24/5868").unwrap();
    assert_eq!((&letter["date"], letter.get("ends_on")), (&json!("2012-08-08"), None));
    let ends: Vec<_> = acts.iter().filter_map(|act| act.get("ends_on")).collect();
    assert_eq!(ends, ["2015-12-31", "2020-12-31"]);
}

/// P2-6: the end of validity of an act of the legal basis is optional: it is written and read back, and left out.
#[test]
fn an_act_of_the_legal_basis_may_end() {
    let app = TestApp::start();
    let made = draft(&app, "ministry", "altai_ministry", "p2-kostroma-oblast").expect(201);
    let mut document = made.json()["document"].clone();
    assert!(document["legal_basis"].as_array().unwrap().iter().all(|act| act.get("ends_on").is_none()));
    document["legal_basis"][0]["ends_on"] = json!("2027-12-31");
    let path = format!("{PATH}/{}", made.id());
    let ministry = app.persona("ministry");
    ministry.put(&path, &made.etag(), json!({"document": document})).expect(200);
    let read = ministry.get(&path).expect(200);
    assert_eq!(read.json()["document"]["legal_basis"][0]["ends_on"], "2027-12-31");
    assert!(read.json()["document"]["legal_basis"][1].get("ends_on").is_none());
    publish(&app, "ministry", &read, "2026-03-02").expect(200);
}

/// P4-1: the regulation in force names its act, its date and that it was published officially; a draft is not published.
#[test]
fn the_regulation_in_force_names_its_act() {
    let app = TestApp::start();
    let made = draft(&app, "ministry", "altai_ministry", "p4-altai-krai").expect(201);
    assert_eq!((&made.json()["state"], made.json().get("published_at")), (&json!("draft"), None));
    publish(&app, "ministry", &made, "2026-03-02").expect(200);
    let bound = binding(&app, "teacher", "school_1", "2026-03-02").expect(200).json();
    let regulation = &bound["regulation"];
    assert_eq!((&regulation["id"], &regulation["state"]), (&json!(made.id()), &json!("in_force")));
    assert_eq!(regulation["published_at"], "2026-03-02T06:00:00Z");
    let document = &regulation["document"];
    assert_eq!((&document["act_number"], &document["act_date"]), (&json!("28-П"), &json!("2024-05-27")));
    assert_eq!(document["official_publication"], true);
}

/// P4-2: the acts that lose force, fully or in part.
#[test]
fn the_act_and_what_it_repeals_are_kept() {
    let app = TestApp::start();
    let made = draft(&app, "ministry", "altai_ministry", "p4-altai-krai").expect(201).json();
    let document = &made["document"];
    let repealed = document["supersedes"].as_array().unwrap();
    assert!(repealed.iter().any(|act| act["part"].is_string()), "one act loses force in part");
    assert!(repealed.iter().any(|act| act["part"].is_null()), "another one fully");
}

/// P4-2: the new regulation names the old; on its day the old one becomes repealed; what was before stays readable.
#[test]
fn a_new_regulation_repeals_the_old_one_on_its_day() {
    let app = TestApp::start();
    let old = world::regulation("p4-altai-krai").to_string();
    let made = draft(&app, "ministry", "altai_ministry", "p4-altai-krai").expect(201);
    publish(&app, "ministry", &made, "2019-12-31").refused(422, "not_after_predecessor");
    let new = publish(&app, "ministry", &made, "2026-03-10").expect(200).json();
    assert_eq!((&new["state"], &new["supersedes_id"]), (&json!("published"), &json!(old)));

    let state =
        |id: &str| app.persona("teacher").get(&format!("{PATH}/{id}")).expect(200).json()["state"].clone();
    assert_eq!((state(&old), state(&made.id())), (json!("in_force"), json!("published")));
    let bound =
        |day: &str| binding(&app, "teacher", "school_1", day).expect(200).json()["regulation"]["id"].clone();
    assert_eq!((bound("2026-03-09"), bound("2026-03-10")), (json!(old), json!(made.id())));
    app.days_pass(8);
    assert_eq!((state(&old), state(&made.id())), (json!("repealed"), json!("in_force")));
    let read = app.persona("teacher").get(&format!("{PATH}/{old}")).expect(200).json();
    assert_eq!(read["effective_until"], "2026-03-09");
}

/// P4-2: a route that was started under the old regulation keeps its version; one started after its day has the new one.
#[test]
fn a_route_keeps_the_regulation_it_was_started_under() {
    let app = TestApp::start();
    let old = world::regulation("p4-altai-krai").to_string();
    deficit(&app, "teacher");
    let started = app.persona("teacher").post("/api/v1/routes", route_body(&app, "teacher")).expect(201).id();
    let made = draft(&app, "ministry", "altai_ministry", "p4-altai-krai").expect(201);
    publish(&app, "ministry", &made, "2026-03-10").expect(200);
    app.days_pass(8);
    let regulation_of = |id: &str| {
        app.persona("teacher").get(&format!("/api/v1/routes/{id}")).expect(200).json()["regulation_id"]
            .clone()
    };
    assert_eq!(regulation_of(&started), json!(old));
    let mut next = route_body(&app, "teacher");
    next["starts_on"] = json!("2026-04-01");
    let next = app.persona("teacher").post("/api/v1/routes", next).expect(201).id();
    assert_eq!(regulation_of(&next), json!(made.id()));
}

/// P3-1: a municipal regulation overrides the regional one for its own schools only.
#[test]
fn a_municipal_regulation_binds_its_own_schools_only() {
    let app = TestApp::start();
    let made = draft(&app, "municipal_officer", "barnaul", "p3-georgievsk-municipality").expect(201);
    publish(&app, "municipal_officer", &made, "2026-01-01").expect(200);
    let code = |persona: &str, school: &str| {
        binding(&app, persona, school, "2026-03-01").expect(200).json()["regulation"]["document"]["code"]
            .clone()
    };
    assert_eq!(code("teacher", "school_1"), "p3-georgievsk-municipality");
    assert_eq!(code("municipal_officer", "school_2"), "p3-georgievsk-municipality");
    assert_eq!(code("school_3_teacher", "school_3"), "p4-altai-krai");
    assert_eq!(code("state_teacher", "state_school"), "p4-altai-krai");
    assert_eq!(code("ministry", "barnaul"), "p3-georgievsk-municipality");

    let own = draft(&app, "director", "school_1", "p0-chelyabinsk-school").expect(201);
    publish(&app, "director", &own, "2026-02-01").expect(200);
    assert_eq!(code("teacher", "school_1"), "p0-chelyabinsk-school");
    assert_eq!(code("school_2_teacher", "school_2"), "p3-georgievsk-municipality");
}

/// P2-3: one regulation is mandatory for state organizations and recommended to municipal ones.
#[test]
fn a_regulation_binds_some_and_advises_others() {
    let app = TestApp::start();
    let made = draft(&app, "ministry", "altai_ministry", "p2-kostroma-oblast").expect(201);
    publish(&app, "ministry", &made, "2026-01-01").expect(200);
    let obligation = |school: &str| {
        binding(&app, "ministry", school, "2026-03-01").expect(200).json()["obligation"].clone()
    };
    assert_eq!(obligation("school_1"), "recommended");
    assert_eq!(obligation("state_school"), "mandatory");
}

/// Two people with the same position and level get identical required hours: the norm stands in the regulation.
#[test]
fn equals_have_the_same_norm_because_it_stands_in_the_regulation() {
    let app = TestApp::start();
    let hours = |persona: &str, level: EducationLevel| {
        let bound = binding(&app, persona, "chel_school", "2026-03-01").expect(200).json();
        let profile = parse_value(bound["regulation"]["document"]["profile"].clone()).unwrap();
        required_hours(&validate(&profile).unwrap(), &[level]).map(|norm| norm.hours)
    };
    for (level, norm) in [(EducationLevel::Primary, 72), (EducationLevel::Basic, 108)] {
        for persona in ["chel_teacher", "chel_teacher_2", "chel_association_head", "chel_deputy"] {
            assert_eq!(hours(persona, level), Some(Hours::whole(norm)), "{persona}");
        }
    }
}

/// P4-3: ministry, municipal bodies, providers, municipal and krai schools are there, each in its subordination.
#[test]
fn the_actors_of_the_regulation_have_their_place() {
    let app = TestApp::start();
    let ministry = json!(app.organization("altai_ministry"));
    let kind = |kind: &str| {
        let list =
            app.persona("ministry").get(&format!("/api/v1/organizations?kind={kind}")).expect(200).json();
        list["items"].as_array().unwrap().clone()
    };
    for (name, count) in
        [("ministry", 1), ("municipal_authority", 2), ("provider", 2), ("regional_coordinator", 1)]
    {
        assert_eq!(kind(name).len(), count, "{name}");
    }
    let schools = kind("school");
    let parent = |id: &Value| {
        let path = format!("/api/v1/organizations/{}", id.as_str().unwrap());
        app.persona("ministry").get(&path).expect(200).json()["parent_id"].clone()
    };
    let (krai, municipal): (Vec<&Value>, Vec<&Value>) =
        schools.iter().partition(|school| school["municipality_id"].is_null());
    assert_eq!((krai.len(), municipal.len()), (1, 3));
    assert_eq!(parent(&krai[0]["id"]), ministry);
    assert!(municipal.iter().all(|school| parent(&school["id"]) == school["municipality_id"]));
}

#[test]
fn every_problem_of_a_document_is_reported_at_once_with_its_pointer() {
    let app = TestApp::start();
    let mut document = preset(&app, "p0-chelyabinsk-school");
    document["code"] = json!("P 0");
    document["profile"]["route"]["term"] = json!({"min_months": 36, "max_months": 12});
    document["profile"]["hours"]["norms"][0]["hours"] = json!(0);
    let body = json!({"owner_id": app.organization("school_1"), "document": document});
    let refusal = app.persona("director").post(PATH, body).refused(422, "min_above_max").json();
    let pointers: Vec<&str> = refusal["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|problem| problem["pointer"].as_str().unwrap())
        .collect();
    for pointer in
        ["/document/code", "/document/profile/route/term/min_months", "/document/profile/hours/norms/0/hours"]
    {
        assert!(pointers.contains(&pointer), "{pointer} is not in {pointers:?}");
    }

    let mut document = preset(&app, "p0-chelyabinsk-school");
    document["profile"]["route"]["terms"] = json!({});
    let body = json!({"owner_id": app.organization("school_1"), "document": document});
    let refusal = app.persona("director").post(PATH, body).refused(422, "unknown_field").json();
    assert_eq!(refusal["errors"][0]["pointer"], "/document/profile/route/terms");
}

#[test]
fn the_level_is_that_of_the_owner_and_the_owner_ones_own() {
    let app = TestApp::start();
    draft(&app, "director", "school_1", "p4-altai-krai").refused(422, "wrong_level");
    draft(&app, "ministry", "altai_ministry", "p0-chelyabinsk-school").refused(422, "wrong_level");
    draft(&app, "director", "school_2", "p0-chelyabinsk-school").refused(403, "auth.forbidden");
    draft(&app, "director", "chel_school", "p0-chelyabinsk-school").refused(422, "unknown");
    draft(&app, "teacher", "school_1", "p0-chelyabinsk-school").refused(403, "auth.forbidden");
    draft(&app, "director", "school_1", "p9").refused(422, "unknown");
    let body = json!({"owner_id": app.organization("school_1")});
    app.persona("director").post(PATH, body).refused(422, "one_of");
}

#[test]
fn a_draft_is_seen_and_changed_by_its_issuer_alone() {
    let app = TestApp::start();
    let made = draft(&app, "ministry", "altai_ministry", "p4-altai-krai").expect(201);
    assert_eq!(made.json()["allowed_actions"], json!(["update_regulation", "publish_regulation"]));
    let path = format!("{PATH}/{}", made.id());
    app.persona("teacher").get(&path).refused(404, "request.not_found");
    app.persona("coordinator").get(&path).refused(404, "request.not_found");
    let count =
        |persona: &str| app.persona(persona).get(PATH).expect(200).json()["items"].as_array().unwrap().len();
    assert_eq!(
        (count("teacher"), count("ministry"), count("chel_teacher"), count("chel_provider")),
        (1, 2, 1, 0)
    );

    let mut document = preset(&app, "p4-altai-krai");
    document["title_ru"] = json!("Положение об ИОМ, новая редакция");
    let body = json!({"document": document});
    app.persona("director").put(&path, &made.etag(), body.clone()).refused(404, "request.not_found");
    app.persona("ministry").send_json("PUT", &path, &body).refused(428, "request.precondition_required");
    let changed = app.persona("ministry").put(&path, &made.etag(), body.clone()).expect(200);
    assert_eq!(changed.json()["document"]["title_ru"], document["title_ru"]);
    app.persona("ministry")
        .put(&path, &made.etag(), body.clone())
        .refused(412, "request.precondition_failed");

    let published = publish(&app, "ministry", &changed, "2026-04-01").expect(200);
    app.persona("teacher").get(&path).expect(200);
    app.persona("ministry").put(&path, &published.etag(), body.clone()).refused(409, "conflict.state");
    app.persona("director").put(&path, &published.etag(), body).refused(403, "auth.forbidden");
    publish(&app, "ministry", &published, "2026-05-01").refused(409, "conflict.state");
    let sql = format!("update regulations set profile = '{{}}' where id = '{}'", made.id());
    assert!(app.db_execute(&sql).is_err(), "the database refuses it too");
}

/// Loading the same preset twice makes the next version.
#[test]
fn the_same_preset_again_supersedes_the_first() {
    let app = TestApp::start();
    for (from, day) in [("2026-01-01", "2026-01-15"), ("2026-02-01", "2026-03-01")] {
        let made = draft(&app, "director", "school_1", "p1-grozny-school-91").expect(201);
        publish(&app, "director", &made, from).expect(200);
        let bound = binding(&app, "teacher", "school_1", day).expect(200).json();
        assert_eq!(bound["regulation"]["id"], json!(made.id()));
    }
    app.persona("teacher")
        .get(&format!("/api/v1/organizations/{}/binding-regulation", app.organization("chel_school")))
        .refused(404, "request.not_found");
    binding(&app, "teacher", "school_2", "2026-03-01").refused(403, "auth.forbidden");
    binding(&app, "chel_teacher", "chel_school", "2019-01-01").refused(404, "request.not_found");
}
