//! What becomes of the hours of a school, a municipality and a region, over HTTP.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_directory::{employment, end_employment, only_employment};
use crate::support::build_hours::{confirmed, paper, with};
use crate::support::build_regulations::amended_from;

fn months(app: &TestApp, who: &str, organization: &str, query: &str) -> Vec<Value> {
    let path = format!("/api/v1/organizations/{}/hours-forecast{query}", app.organization(organization));
    let found = app.persona(who).get(&path).expect(200).json();
    assert_eq!(found["organization_id"], json!(app.organization(organization)));
    found["months"].as_array().unwrap().clone()
}

/// Papers of people of the school in Chelyabinsk, of different ages.
fn papers(app: &TestApp) {
    for (number, person, hours, day) in [
        ("1", "chel_teacher", 72, "2023-03-10"),
        ("2", "chel_teacher_2", 72, "2025-01-10"),
        ("3", "chel_teacher_2", 36, "2025-02-10"),
        ("4", "chel_association_head", 36, "2022-03-10"),
        ("5", "chel_deputy", 120, "2024-06-01"),
    ] {
        let body = with(paper(app, person, number, day), json!({"hours": hours}));
        let confirmer = if person == "chel_deputy" { "chel_director" } else { "chel_deputy" };
        confirmed(app, "chel_provider", confirmer, body);
    }
}

/// P0-2, P0-17: every month of the forecast is the compliance of its first day, with the people and the regulation of that
/// day.
#[test]
fn every_month_is_the_compliance_of_its_day() {
    let app = TestApp::start();
    papers(&app);
    let director = app.persona("chel_director");
    let work = only_employment(&director, &app.person("chel_teacher_2").to_string());
    end_employment(&director, &work, "2026-10-31").expect(200);
    let next = ("p0-chelyabinsk-school", "2027-01-01");
    amended_from(&app, "chel_director", "chel_school", next, |document| {
        document["profile"]["hours"]["norms"][1]["hours"] = json!(130);
    });
    let found = months(&app, "chel_director", "chel_school", "");
    assert_eq!(found.len(), 37);
    assert_eq!((&found[0]["on"], &found[1]["on"]), (&json!("2026-03-02"), &json!("2026-04-01")));
    assert_eq!(found[36]["on"], "2029-03-01");
    for month in &found {
        let on = month["on"].as_str().unwrap();
        let path =
            format!("/api/v1/organizations/{}/hours-compliance?as_of={on}", app.organization("chel_school"));
        let compliance = director.get(&path).expect(200).json();
        assert_eq!(month["local_hours"], compliance["local_hours"], "{on}");
        assert_eq!(month["federal_frequency"], compliance["federal_frequency"], "{on}");
        assert_eq!(month["people"], json!(compliance["persons"].as_array().unwrap().len()), "{on}");
    }
    let met = |on: &str| &found.iter().find(|month| month["on"] == on).unwrap()["local_hours"]["met"];
    // Today three; the first leaves in March, the second with her job, the third cannot meet what is asked from 2027 on.
    assert_eq!(
        [met("2026-03-02"), met("2026-04-01"), met("2026-11-01"), met("2027-01-01")],
        [&json!(3), &json!(2), &json!(1), &json!(0)]
    );
    assert_eq!(found[36]["federal_frequency"]["met"], json!(0));
}

/// P0-18: the first day may be chosen, and the same question gets the same answer.
#[test]
fn the_first_day_may_be_chosen() {
    let app = TestApp::start();
    papers(&app);
    let found = months(&app, "chel_director", "chel_school", "?as_of=2025-01-31");
    assert_eq!((&found[0]["on"], &found[1]["on"]), (&json!("2025-01-31"), &json!("2025-02-01")));
    assert_eq!(found[36]["on"], "2028-01-01");
    // The paper of February is counted from the month after it.
    let met = |place: usize| found[place]["local_hours"]["met"].clone();
    assert_eq!((met(0), met(1), met(2)), (json!(2), json!(2), json!(3)));
    app.days_pass(40);
    assert_eq!(months(&app, "chel_director", "chel_school", "?as_of=2025-01-31"), found);
}

/// A municipality and a region count each person once, at the main employer; a school counts everybody who works there.
#[test]
fn a_municipality_and_a_region_count_each_person_once() {
    let app = TestApp::start();
    papers(&app);
    let mut second = employment(app.organization("chel_school_2"));
    second["data"]["kind"] = json!("external_part_time");
    let path = format!("/api/v1/persons/{}/employments", app.person("chel_teacher"));
    app.persona("chel_ministry").post(&path, second).expect(201);
    let of = |organization: &str| months(&app, "chel_ministry", organization, "");
    let (school, other) = (of("chel_school"), of("chel_school_2"));
    let (city, region) = (of("chel_city"), of("chel_ministry"));
    assert_eq!((&other[0]["people"], &other[0]["local_hours"]["no_norm"]), (&json!(1), &json!(1)));
    assert_eq!(city, school, "nobody else has the main work in the city");
    assert_eq!((&school[0]["people"], &region[0]["people"]), (&json!(5), &json!(7)));
    for (of_region, of_city) in region.iter().zip(&city) {
        assert_eq!(of_region["local_hours"]["met"], of_city["local_hours"]["met"]);
        assert_eq!(of_region["federal_frequency"]["met"], of_city["federal_frequency"]["met"]);
    }
}

/// Two cards of one person are one person, wherever they are counted.
#[test]
fn whoever_has_two_cards_counts_once() {
    let app = TestApp::start();
    papers(&app);
    let cards = json!({"kept_id": app.person("chel_teacher"), "merged_id": app.person("chel_teacher_2"),
                       "reason": "Принята второй раз"});
    app.persona("chel_director").post("/api/v1/person-merges", cards).expect(201);
    let path = format!("/api/v1/organizations/{}/hours-compliance", app.organization("chel_school"));
    let compliance = app.persona("chel_director").get(&path).expect(200).json();
    for (organization, people) in [("chel_school", 4), ("chel_city", 4), ("chel_ministry", 6)] {
        let found = months(&app, "chel_ministry", organization, "");
        assert_eq!(found[0]["people"], json!(people), "{organization}");
        assert_eq!(found[0]["local_hours"]["met"], compliance["local_hours"]["met"], "{organization}");
    }
}

#[test]
fn whoever_reads_the_compliance_reads_the_forecast() {
    let app = TestApp::start();
    let of = |organization: &str| {
        format!("/api/v1/organizations/{}/hours-forecast", app.organization(organization))
    };
    for reader in ["director", "deputy", "municipal_officer", "ministry", "quality_officer", "auditor"] {
        app.persona(reader).get(&of("school_1")).expect(200);
    }
    for stranger in ["teacher", "school_2_director", "biysk_officer"] {
        app.persona(stranger).get(&of("school_1")).refused(403, "auth.forbidden");
    }
    app.persona("municipal_officer").get(&of("barnaul")).expect(200);
    app.persona("director").get(&of("barnaul")).refused(403, "auth.forbidden");
    app.persona("municipal_officer").get(&of("altai_ministry")).refused(403, "auth.forbidden");
    app.persona("chel_director").get(&of("school_1")).refused(404, "request.not_found");
    let path = of("school_1");
    app.persona("director").get(&format!("{path}?as_of=2026-13-01")).refused(422, "invalid_date");
    app.persona("director").get(&format!("{path}?months=12")).refused(400, "request.unknown_parameter");
}
