//! What the regulation of the school in Grozny (P1) demands of a route.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_directory::only_employment;
use crate::support::build_grozny::{complete, content};
use crate::support::build_guidance::live_under;
use crate::support::build_routes::{RouteUnderTest, route_body};
use crate::support::regulated_training::{live_under_changed, school_1_under_p1};

fn check(route: &RouteUnderTest<'_>) -> Value {
    route.app().persona("curator").get(&route.path("/submission-check")).expect(200).json()
}

/// The findings of one severity as "code at pointer (requirement, paragraph)".
fn findings(check: &Value, severity: &str) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let mut found: Vec<String> = check[severity]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| {
            let source = format!("{}, {}", text(&it["requirement"]), text(&it["paragraph"]));
            format!("{} at {} ({source})", text(&it["code"]), text(&it["pointer"]))
        })
        .collect();
    found.sort();
    found
}

/// What is found after one change to the complete content.
fn after(route: &RouteUnderTest<'_>, deficit: &str, change: impl FnOnce(&mut Value)) -> Vec<String> {
    let mut body = content(deficit);
    change(&mut body);
    route.put("curator", "/contents", body).expect(200);
    findings(&check(route), "errors")
}

/// P1-4, P1-23, P1-26, P1-38, P1-41, P1-42: an empty program breaks many rules, and all are reported at once, each with
/// its paragraph.
#[test]
fn an_empty_program_is_told_everything_it_misses() {
    let app = TestApp::start();
    school_1_under_p1(&app);
    let mut body = route_body(&app, "teacher");
    body["note"] = json!({});
    let id = app.persona("curator").post("/api/v1/routes", body).expect(201).id();
    let checked =
        app.persona("curator").get(&format!("/api/v1/routes/{id}/submission-check")).expect(200).json();
    assert_eq!(checked["ready"], false);
    let found = findings(&checked, "errors");
    for expected in [
        "evidence_missing at /evidence (P1-23, 2.5)",
        "part_missing at /activities (P0-9, 3.2(2.1))",
        "required at /note/difficulties_and_needs (P1-38, 3.2(1.2))",
        "required at /note/expected_result (P0-30, 3.2(3))",
        "required at /note/expected_result (P1-26, 2.8)",
        "required at /note/general_aim (P1-38, 3.2(1.1))",
        "required at /note/goals (P1-38, 3.2(1.3))",
        "required at /note/report_form (P1-26, 2.8)",
        "required at /note/tasks (P1-38, 3.2(1.4))",
        "self_education_missing at /activities (P1-4, 1.4)",
        "stages_missing at /stages (P0-30, 2.8)",
        "study_plan_missing at /study_plan (P1-41, 3.2(2.3))",
    ] {
        assert!(found.iter().any(|it| it == expected), "no {expected} in {found:#?}");
    }
    let path = format!("/api/v1/routes/{id}");
    let etag = app.persona("curator").get(&path).expect(200).etag();
    let refused = app.persona("curator").post_if(&format!("{path}/submission"), &etag, json!({})).expect(422);
    assert_eq!(refused.json()["errors"].as_array().unwrap().len(), found.len());
}

/// P1-4, P1-14, P1-42: the program holds a schedule, priorities, needs, directions, self-education with its content,
/// events with their level and planned results.
#[test]
fn a_complete_program_holds_what_the_regulation_names() {
    let app = TestApp::start();
    let (route, _) = complete(&app);
    let errors = findings(&check(&route), "errors");
    assert!(errors.iter().all(|it| it.contains("curator")), "{errors:#?}");
    let read = route.read("teacher").expect(200).json();
    assert_eq!(read["note"]["needs"], "Практика");
    assert_eq!(read["note"]["directions"], "Оценка результатов");
    assert_eq!(read["note"]["priorities"], "Оценивание");
    assert_eq!(read["activities"][1]["data"]["event_level"], "municipal");
    assert_eq!(read["activities"][2]["data"]["content"], "Книги об оценивании");
    assert_eq!(read["study_plan"][0]["on_date"], "2026-04-01");
}

/// P1-4: self-education without its content is not handed in.
#[test]
fn self_education_says_its_content() {
    let app = TestApp::start();
    let (route, deficit) = complete(&app);
    let found = after(&route, &deficit, |body| {
        body["activities"][2]["data"].as_object_mut().unwrap().remove("content");
    });
    assert!(
        found.contains(&"content_required at /activities/2/content (P1-4, 1.4)".to_owned()),
        "{found:#?}"
    );
}

/// P1-23: one item of evidence of a kind that the regulation names suffices; a difficulty that the system knows of counts
/// too, another kind does not.
#[test]
fn a_program_rests_on_evidence() {
    let app = TestApp::start();
    school_1_under_p1(&app);
    let route = RouteUnderTest::start(&app, "curator", "teacher");
    let missing = "evidence_missing at /evidence (P1-23, 2.5)".to_owned();
    assert!(findings(&check(&route), "errors").contains(&missing));
    for (kind, counts) in [
        ("diagnostics", false),
        ("monitoring", true),
        ("internal_control", true),
        ("difficulties", true),
        ("market_study", true),
    ] {
        let evidence = json!({"evidence": [{"kind": kind, "text": "Справка"}]});
        route.put("curator", "/evidence", evidence).expect(200);
        assert_eq!(findings(&check(&route), "errors").contains(&missing), !counts, "{kind}");
    }
}

/// P1-24: each activity answers a problem of the program or a difficulty; words alone do not link it.
#[test]
fn each_activity_answers_a_problem() {
    let app = TestApp::start();
    let (route, deficit) = complete(&app);
    let found = after(&route, &deficit, |body| {
        body["activities"][0]["data"]["problem_ids"] = json!([]);
        body["activities"][1]["data"]["deficit_ids"] = json!([]);
        body["activities"][1]["data"]["justification"] = json!("Очень нужно");
    });
    let unlinked: Vec<&String> = found.iter().filter(|it| it.starts_with("deficit_link_required")).collect();
    assert_eq!(
        unlinked,
        [
            "deficit_link_required at /activities/0/deficit_ids (P0-11, 2.6)",
            "deficit_link_required at /activities/1/deficit_ids (P0-11, 2.6)"
        ]
    );
}

/// P1-25: two months and two years are advisable: a day less or more is reported and does not refuse.
#[test]
fn the_term_is_two_months_to_two_years() {
    let app = TestApp::start();
    let (route, deficit) = complete(&app);
    for (ends_on, fits) in [
        ("2026-04-29", false),
        ("2026-05-01", true),
        ("2026-05-02", true),
        ("2028-03-02", true),
        ("2028-03-03", false),
    ] {
        let mut body = content(&deficit);
        body["ends_on"] = json!(ends_on);
        route.put("curator", "/contents", body).expect(200);
        let checked = check(&route);
        let warned =
            findings(&checked, "warnings").iter().any(|it| it.starts_with("route_term_out_of_range"));
        assert_eq!(warned, !fits, "{ends_on}: {checked}");
        assert!(!findings(&checked, "errors").iter().any(|it| it.starts_with("route_term_out_of_range")));
    }
}

/// P1-26: each stage and the program as a whole name their result and the form of their report.
#[test]
fn stages_and_the_whole_name_result_and_report() {
    let app = TestApp::start();
    let (route, deficit) = complete(&app);
    let found = after(&route, &deficit, |body| {
        body["stages"][0].as_object_mut().unwrap().remove("expected_result");
        body["stages"][1].as_object_mut().unwrap().remove("report_form");
        body["note"].as_object_mut().unwrap().remove("report_form");
    });
    for expected in [
        "required at /stages/0/expected_result (P1-26, 2.8)",
        "required at /stages/1/report_form (P1-26, 2.8)",
        "required at /note/report_form (P1-26, 2.8)",
    ] {
        assert!(found.iter().any(|it| it == expected), "no {expected} in {found:#?}");
    }
}

/// P1-27: each stage may have an amount with its source; the total is their sum; none is right too.
#[test]
fn a_budget_is_summed_over_its_stages() {
    let app = TestApp::start();
    let (route, _) = complete(&app);
    let budget = route.read("teacher").expect(200).json()["budget"].clone();
    assert_eq!(budget["total_kopecks"], 750_050);
    assert_eq!(budget["lines"][0]["source"], "off_budget");
    assert!(budget["lines"][0]["stage_id"].is_string());
    let sum = |sums: &Value, field: &str| {
        let sums = sums.as_array().unwrap().iter();
        sums.map(|sum| sum[field].as_i64().unwrap()).sum::<i64>()
    };
    assert_eq!(sum(&budget["by_source"], "amount_kopecks"), 750_050);
    assert_eq!(sum(&budget["by_stage"], "total_kopecks"), 750_050);
    for stage in budget["by_stage"].as_array().unwrap() {
        assert_eq!(sum(&stage["by_source"], "amount_kopecks"), stage["total_kopecks"].as_i64().unwrap());
    }
    let before = findings(&check(&route), "errors");
    route.put("curator", "/budget", json!({"budget": []})).expect(200);
    assert_eq!(findings(&check(&route), "errors"), before);
    let negative = json!({"budget": [{"source": "municipal", "amount_kopecks": 0}]});
    route.put("curator", "/budget", negative).refused(422, "range");
}

/// P1-31: an activity serves the system or the teacher's own problem; the share of each basis is reported, and no other
/// basis is handed in.
#[test]
fn the_shares_of_both_bases_are_reported() {
    let app = TestApp::start();
    let (route, deficit) = complete(&app);
    let read = route.read("teacher").expect(200).json();
    assert_eq!(
        read["basis_shares"],
        json!([
            {"basis": "system_priority", "activities": 1, "hours": 36.0, "share": 33},
            {"basis": "personal_problem", "activities": 2, "hours": 14.0, "share": 66},
        ])
    );
    let found = after(&route, &deficit, |body| body["activities"][0]["data"]["reason"] = json!("interest"));
    assert!(
        found.iter().any(|it| it.starts_with("activity_reason_not_allowed at /activities/0/reason")),
        "{found:#?}"
    );
}

/// P1-38: the explanatory note has four fields, and each alone is missed.
#[test]
fn the_explanatory_note_has_four_fields() {
    let app = TestApp::start();
    let (route, deficit) = complete(&app);
    for (field, paragraph) in [
        ("general_aim", "3.2(1.1)"),
        ("difficulties_and_needs", "3.2(1.2)"),
        ("goals", "3.2(1.3)"),
        ("tasks", "3.2(1.4)"),
    ] {
        let found = after(&route, &deficit, |body| {
            body["note"].as_object_mut().unwrap().remove(field);
        });
        let expected = format!("required at /note/{field} (P1-38, {paragraph})");
        assert!(found.contains(&expected), "no {expected} in {found:#?}");
    }
}

/// P1-39: core and elective modules, each with its time; one without hours is not handed in.
#[test]
fn modules_of_both_parts_have_their_time() {
    let app = TestApp::start();
    let (route, deficit) = complete(&app);
    let parts = route.read("teacher").expect(200).json()["parts"].clone();
    assert_eq!((&parts[0]["part"], &parts[0]["hours"]), (&json!("core"), &json!(36.0)));
    assert_eq!((&parts[1]["part"], &parts[1]["hours"]), (&json!("elective"), &json!(14.0)));
    let found = after(&route, &deficit, |body| {
        body["activities"][0]["data"].as_object_mut().unwrap().remove("hours");
    });
    assert!(found.contains(&"required at /activities/0/hours (P1-39, 3.2(2))".to_owned()), "{found:#?}");
    let found = after(&route, &deficit, |body| {
        body["activities"].as_array_mut().unwrap().remove(0);
        body["study_plan"].as_array_mut().unwrap().remove(0);
    });
    assert!(found.contains(&"part_missing at /activities (P0-9, 3.2(2.1))".to_owned()), "{found:#?}");
}

/// P1-40: an event has hours, place, level, degree of participation and a form of the list, or another one in words.
#[test]
fn an_event_says_its_form_hours_place_level_and_participation() {
    let app = TestApp::start();
    let (route, deficit) = complete(&app);
    for (field, code) in [
        ("hours", "required"),
        ("place", "required"),
        ("event_level", "required"),
        ("participation", "required"),
        ("event_form", "event_form_required"),
    ] {
        let found = after(&route, &deficit, |body| {
            body["activities"][1]["data"].as_object_mut().unwrap().remove(field);
        });
        let expected = format!("{code} at /activities/1/{field} (P1-40, 3.2(2.2))");
        assert!(found.contains(&expected), "no {expected} in {found:#?}");
    }
    for form in [
        "distance_learning",
        "master_class",
        "round_table",
        "open_lesson",
        "exhibition",
        "seminar",
        "workshop",
        "conference",
        "forum",
    ] {
        let found = after(&route, &deficit, |body| body["activities"][1]["data"]["event_form"] = json!(form));
        assert!(!found.iter().any(|it| it.contains("/activities/1/")), "{form}: {found:#?}");
    }
    let found = after(&route, &deficit, |body| body["activities"][1]["data"]["event_form"] = json!("course"));
    assert!(found.iter().any(|it| it.starts_with("event_form_not_allowed")), "{found:#?}");
    let found = after(&route, &deficit, |body| {
        body["activities"][1]["data"]["event_form"] = json!("other");
        body["activities"][1]["data"]["form_note"] = json!("педагогическая гостиная");
    });
    assert!(!found.iter().any(|it| it.contains("/activities/1/")), "{found:#?}");
}

/// P1-41: the hours of the thematic study plan equal those of the activities, and its days lie within the term.
#[test]
fn the_study_plan_agrees_with_the_activities() {
    let app = TestApp::start();
    let (route, deficit) = complete(&app);
    let found = after(&route, &deficit, |body| body["study_plan"][1]["hours"] = json!(13.5));
    assert!(
        found.contains(&"study_plan_hours_differ at /study_plan (P1-41, 3.2(2.3))".to_owned()),
        "{found:#?}"
    );
    let found = after(&route, &deficit, |body| body["study_plan"][1]["on_date"] = json!("2027-07-01"));
    let outside = "study_plan_outside_term at /study_plan/1/on_date (P1-41, 3.2(2.3))".to_owned();
    assert!(found.contains(&outside), "{found:#?}");
}

/// P1-5: a program is not obligatory for everyone; structure and volume are the school's own: what one school asks for says
/// nothing of another, and whoever has no program misses none.
#[test]
fn the_school_sets_the_volume() {
    let app = TestApp::start();
    let deficit = crate::support::build_diagnostics::deficit(&app, "teacher");
    live_under_changed(&app, "director", "school_1", "p1-grozny-school-91", |profile| {
        profile["route"]["content"]["volume"] = json!({"min_hours": 51, "max_hours": 60, "paragraph": "1.5"});
    });
    let route = RouteUnderTest::start(&app, "curator", "teacher");
    let with_hours = |hours: f64| {
        let found = after(&route, &deficit, |body| {
            body["activities"][0]["data"]["hours"] = json!(hours);
        });
        found.iter().any(|it| it == "route_volume_out_of_range at /activities (P1-5, 1.5)")
    };
    assert!(with_hours(36.5), "50.5 hours in all");
    assert!(!with_hours(37.0), "51 hours in all");
    assert!(!with_hours(46.0), "60 hours in all");
    assert!(with_hours(46.5), "60.5 hours in all");
    live_under(&app, "school_2_director", "school_2", "p1-grozny-school-91", "2026-03-02");
    let other = RouteUnderTest::start(&app, "school_2_director", "school_2_teacher");
    let path = other.path("/submission-check");
    let found = findings(&app.persona("school_2_director").get(&path).expect(200).json(), "errors");
    assert!(!found.iter().any(|it| it.contains("(P1-5,")), "{found:#?}");
    let of_nobody = app.persona("teacher_2").get("/api/v1/routes").expect(200).json();
    assert_eq!(of_nobody["items"], json!([]));
}

/// P1-16: only a staff employee has such a program: neither a part-timer from outside nor somebody under a contract.
#[test]
fn a_part_timer_has_no_program() {
    let app = TestApp::start();
    school_1_under_p1(&app);
    let director = app.persona("director");
    for (name, kind) in [("Совместителев", "external_part_time"), ("Договорная", "contract")]
    {
        let mut new = crate::support::build_directory::person(name, app.organization("school_1"));
        new["employment"]["data"]["kind"] = json!(kind);
        let person = director.post("/api/v1/persons", new).expect(201).id();
        assert_eq!(only_employment(&director, &person)["data"]["kind"], kind);
        let mut body = route_body(&app, "teacher");
        body["person_id"] = json!(person);
        let refused = app.persona("curator").post("/api/v1/routes", body).refused(422, "not_staff").json();
        assert_eq!(refused["errors"][0]["paragraph"], "2.2");
    }
}

/// P1-17: the administration, the head of the association and the teacher initiate a program; others do not.
#[test]
fn administration_head_and_teacher_initiate() {
    let app = TestApp::start();
    school_1_under_p1(&app);
    for (persona, role) in [
        ("director", "director"),
        ("deputy", "deputy_director"),
        ("association_head", "association_head"),
        ("teacher", "teacher"),
    ] {
        let created = app.persona(persona).post("/api/v1/routes", route_body(&app, "teacher")).expect(201);
        assert_eq!(created.json()["initiator_role"], role);
    }
    for outsider in ["coordinator", "provider"] {
        let body = route_body(&app, "teacher");
        app.persona(outsider).post("/api/v1/routes", body).refused(403, "auth.forbidden");
    }
    app.persona("teacher_2").post("/api/v1/routes", route_body(&app, "teacher")).expect(422);
}
