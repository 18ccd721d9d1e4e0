//! What is kept of hours says at every moment what the ledger says, and shows who is behind a number.

use std::collections::BTreeMap;

use chrono::{Duration, NaiveDate};
use rost::standing::until_all_hold;
use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::app::on_runtime;
use crate::support::build_directory::{column, end_employment, hire, only_employment};
use crate::support::build_guidance::live_under;
use crate::support::build_hours::{confirmed, decide, paper, with};

/// What the worker beside the requests does every few seconds.
fn keep(app: &TestApp) {
    on_runtime(async {
        let db = app.state().own_connection().unwrap();
        until_all_hold(&db, app.now()).await.unwrap();
    });
}

fn compliance(app: &TestApp, who: &str, organization: &str, query: &str) -> Value {
    let path = format!("/api/v1/organizations/{}/hours-compliance{query}", app.organization(organization));
    app.persona(who).get(&path).expect(200).json()
}

/// Both checks of everybody who works in the region of Chelyabinsk, counted one by one from their balances.
fn one_by_one(app: &TestApp) -> (BTreeMap<String, u64>, BTreeMap<String, u64>) {
    let region = crate::support::world::region("chelyabinsk");
    let ids = app.db_text(&format!(
        "select string_agg(distinct person_id::text, ',') from employments where region_id = '{region}' \
         and started_on <= '{today}' and (ended_on is null or ended_on >= '{today}')",
        today = app.today(),
    ));
    let (mut local, mut federal) = (BTreeMap::new(), BTreeMap::new());
    for id in ids.split(',') {
        let balance = app
            .persona("chel_ministry")
            .get(&format!("/api/v1/persons/{id}/hours-balance"))
            .expect(200)
            .json();
        let name = |value: &Value| value["status"].as_str().unwrap().to_owned();
        *local.entry(name(&balance["local_hours"])).or_insert(0) += 1;
        *federal.entry(name(&balance["federal_frequency"])).or_insert(0) += 1;
    }
    (local, federal)
}

fn counts(of: &Value) -> BTreeMap<String, u64> {
    let counts = of.as_object().unwrap().iter();
    counts.map(|(name, number)| (name.clone(), number.as_u64().unwrap())).filter(|(_, n)| *n > 0).collect()
}

#[track_caller]
fn agrees(app: &TestApp, step: &str) {
    let (local, federal) = one_by_one(app);
    for query in ["", "?group_by=organization", "?group_by=reason"] {
        let region = compliance(app, "chel_ministry", "chel_ministry", query);
        assert_eq!(counts(&region["local_hours"]), local, "{step} {query}");
        assert_eq!(counts(&region["federal_frequency"]), federal, "{step} {query}");
    }
    let by_place = compliance(app, "chel_ministry", "chel_ministry", "?group_by=organization");
    let mut sums: BTreeMap<String, u64> = BTreeMap::new();
    for group in by_place["groups"].as_array().unwrap() {
        for (name, number) in counts(&group["local_hours"]) {
            *sums.entry(name).or_insert(0) += number;
        }
    }
    assert_eq!(sums, local, "{step}: schools together");
}

/// P0-29, P0-17: whatever happens, and whether or not anything was kept before, the numbers of a region are the sum of
/// the balances of its people.
#[test]
fn the_numbers_of_a_region_are_its_balances_after_every_step() {
    let app = TestApp::start();
    let people = ["chel_teacher", "chel_teacher_2", "chel_association_head", "chel_deputy"];
    let mut seed: u64 = 20_260_302;
    let mut dice = |sides: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % sides
    };
    let (mut papers, mut hired): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    let first: NaiveDate = "2022-06-01".parse().unwrap();
    agrees(&app, "in the beginning");
    for turn in 0..18_u32 {
        if dice(3) > 0 {
            keep(&app);
        }
        let what = match turn {
            6 => 5,
            _ => dice(5),
        };
        let step = match what {
            0 | 1 => {
                let day = first + Duration::days(i64::try_from(dice(1360)).unwrap());
                let who = people[usize::try_from(dice(4)).unwrap()];
                let hours = [18, 36, 72][usize::try_from(dice(3)).unwrap()];
                let body = with(
                    paper(&app, who, &format!("s{turn}"), &day.to_string()),
                    json!({"hours": hours, "title": format!("Тема {turn}")}),
                );
                papers.push(confirmed(&app, "chel_provider", "chel_director", body));
                format!("{turn}: {who} has a paper of {day}")
            }
            2 if !papers.is_empty() => {
                let id = papers.remove(0);
                decide(&app, "chel_director", &id, json!({"decision": "annul", "reason": "Ошибка"}))
                    .expect(200);
                format!("{turn}: annulled")
            }
            3 => {
                let name = ["Иванова", "Петрова", "Сидорова", "Орлова", "Соколова"][hired.len() % 5];
                hired.push(hire(&app, "chel_director", name, "chel_school"));
                format!("{turn}: hired")
            }
            4 if !hired.is_empty() => {
                let director = app.persona("chel_director");
                let work = only_employment(&director, &hired.remove(0));
                end_employment(&director, &work, &app.today().to_string()).expect(200);
                agrees(&app, "the last day of work");
                app.days_pass(1);
                format!("{turn}: left")
            }
            5 => {
                let from = (app.today() + Duration::days(20)).to_string();
                live_under(&app, "chel_director", "chel_school", "p1-grozny-school-91", &from);
                agrees(&app, "a regulation is to come");
                keep(&app);
                app.days_pass(21);
                format!("{turn}: another regulation")
            }
            _ => {
                app.days_pass(45);
                format!("{turn}: days pass")
            }
        };
        agrees(&app, &step);
    }
    keep(&app);
    agrees(&app, "kept");
    assert_eq!(app.db_text("select count(*) from hours_standings where stale"), "0");
    let kept = app.db_text("select sum(people) from hours_totals");
    assert_eq!(kept, app.db_text("select count(*) from hours_standings where works"));
}

/// Of several employers the region counts the main one, and each school everybody who works there.
#[test]
fn a_region_counts_everybody_once() {
    let app = TestApp::start();
    let total = |of: &Value| counts(&of["local_hours"]).values().sum::<u64>();
    let of = |who: &str, organization: &str| total(&compliance(&app, who, organization, ""));
    let (region, school) = (of("chel_ministry", "chel_ministry"), of("chel_ministry", "chel_school_2"));
    let teacher = app.person("chel_teacher");
    app.db_execute(&format!(
        "insert into employments (id, region_id, municipality_id, organization_id, person_id, kind, position, started_on,
                                  created_at, updated_at)
         select gen_random_uuid(), region_id, municipality_id, id, '{teacher}', 'external_part_time', 'учитель',
                '2025-09-01', now(), now() from organizations where id = '{}'",
        app.organization("chel_school_2"),
    ))
    .unwrap();
    for _ in 0..2 {
        assert_eq!(of("chel_ministry", "chel_ministry"), region);
        assert_eq!(of("chel_ministry", "chel_school_2"), school + 1);
        keep(&app);
    }
    let city = compliance(&app, "chel_ministry", "chel_city", "");
    assert_eq!(city["persons"], Value::Null);
    assert!(total(&city) <= region && total(&city) >= 5, "{city}");
}

/// Another norm for another level, another day, another moment: numbers are broken down as they are asked for.
#[test]
fn numbers_are_broken_down() {
    let app = TestApp::start();
    let body = with(paper(&app, "chel_teacher", "1", "2025-04-10"), json!({"hours": 72}));
    confirmed(&app, "chel_provider", "chel_director", body);
    let old = with(paper(&app, "chel_deputy", "2", "2022-04-10"), json!({"hours": 72, "title": "Давно"}));
    confirmed(&app, "chel_provider", "chel_director", old);
    for _ in 0..2 {
        let group = |by: &str, key: &str| {
            let found = compliance(&app, "chel_director", "chel_school", &format!("?group_by={by}"));
            let groups = found["groups"].as_array().unwrap().iter();
            groups.clone().find(|group| group["key"] == key).cloned().unwrap_or_default()
        };
        assert_eq!(
            group("education_level", "primary")["local_hours"],
            json!({"met": 1, "not_met": 1, "no_norm": 0})
        );
        assert_eq!(group("education_level", "basic")["local_hours"]["not_met"], 2);
        assert_eq!(group("reason", "outside_window")["local_hours"]["not_met"], 1);
        assert_eq!(group("reason", "nothing_recorded")["local_hours"]["not_met"], 2);
        let school = group("organization", &app.organization("chel_school").to_string());
        assert_eq!(school["local_hours"], json!({"met": 1, "not_met": 3, "no_norm": 1}));
        assert!(school["label"].is_string());
        let then = compliance(&app, "chel_ministry", "chel_ministry", "?as_of=2024-01-01&group_by=reason");
        assert_eq!(then["federal_frequency"]["met"], 1, "the deputy then: {then}");
        keep(&app);
    }
    let path =
        format!("/api/v1/organizations/{}/hours-compliance?group_by=age", app.organization("chel_school"));
    assert!([400, 422].contains(&app.persona("chel_director").get(&path).status));
}

/// By position and by subject as well: whoever teaches two subjects counts in both, kept or not.
#[test]
fn numbers_are_broken_down_by_position_and_subject() {
    let app = TestApp::start();
    let body = with(paper(&app, "chel_teacher", "1", "2025-04-10"), json!({"hours": 72}));
    confirmed(&app, "chel_provider", "chel_director", body);
    for (person, position, subjects) in
        [("chel_teacher", "логопед", "{математика,физика}"), ("chel_teacher_2", "тренер", "{физика}")]
    {
        let id = app.person(person);
        app.db_execute(&format!(
            "update employments set position = '{position}', subjects = '{subjects}' where person_id = '{id}'"
        ))
        .unwrap();
    }
    for _ in 0..2 {
        for (by, key, met, not_met) in [
            ("position", "логопед", 1, 0),
            ("position", "тренер", 0, 1),
            ("subject", "математика", 1, 0),
            ("subject", "физика", 1, 1),
        ] {
            let found = compliance(&app, "chel_director", "chel_school", &format!("?group_by={by}"));
            let groups = found["groups"].as_array().unwrap();
            let group = groups.iter().find(|group| group["key"] == key).unwrap();
            let expected = json!({"met": met, "not_met": not_met, "no_norm": 0});
            assert_eq!(group["local_hours"], expected, "{by} {key}");
        }
        keep(&app);
    }
}

fn standings(app: &TestApp, who: &str, organization: &str, query: &str) -> Vec<String> {
    let path = format!("/api/v1/hours-standings?organization_id={}{query}", app.organization(organization));
    column(&app.persona(who).get(&path).expect(200), "person_id")
}

/// The people behind a number are as many as it says, page by page, kept or not.
#[test]
fn the_people_behind_a_number_are_listed() {
    let app = TestApp::start();
    let body = with(paper(&app, "chel_teacher", "1", "2025-04-10"), json!({"hours": 72}));
    confirmed(&app, "chel_provider", "chel_director", body);
    let teacher = app.person("chel_teacher").to_string();
    for _ in 0..2 {
        assert_eq!(
            standings(&app, "chel_director", "chel_school", "&local_status=met"),
            std::slice::from_ref(&teacher)
        );
        assert_eq!(
            standings(&app, "chel_ministry", "chel_ministry", "&local_status=met"),
            std::slice::from_ref(&teacher)
        );
        assert_eq!(
            standings(&app, "chel_director", "chel_school", "&federal_status=met&reason=outside_window")
                .len(),
            0
        );
        assert_eq!(standings(&app, "chel_director", "chel_school", "&reason=nothing_recorded").len(), 3);
        assert_eq!(standings(&app, "chel_director", "chel_school", "&position=nobody").len(), 0);
        assert_eq!(
            standings(&app, "chel_director", "chel_school", "&as_of=2025-01-01&local_status=met").len(),
            0
        );
        let all = standings(&app, "chel_director", "chel_school", "");
        assert_eq!(all.len(), 5);
        let mut paged = Vec::new();
        let mut cursor = String::new();
        loop {
            let path = format!(
                "/api/v1/hours-standings?organization_id={}&limit=2{cursor}",
                app.organization("chel_school")
            );
            let page = app.persona("chel_director").get(&path).expect(200);
            paged.extend(column(&page, "person_id"));
            match page.json()["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        assert_eq!(paged, all);
        keep(&app);
    }
}

/// B1.1: what is due is the first day on which a norm breaks or a training is due, those never trained before all others.
#[test]
fn what_is_due_comes_first() {
    let app = TestApp::start();
    for (number, person, day) in [("1", "chel_teacher", "2025-04-10"), ("2", "chel_deputy", "2024-04-10")] {
        let body = with(paper(&app, person, number, day), json!({"hours": 120}));
        confirmed(&app, "chel_provider", "chel_director", body);
    }
    let (teacher, deputy) = (app.person("chel_teacher").to_string(), app.person("chel_deputy").to_string());
    let school = app.organization("chel_school");
    let due = |query: &str| {
        app.persona("chel_director")
            .get(&format!("/api/v1/hours-due?organization_id={school}{query}"))
            .expect(200)
    };
    for _ in 0..2 {
        let soon = due("&until=2026-12-31");
        assert_eq!(soon.json()["items"].as_array().unwrap().len(), 3, "nobody knows of their training");
        assert_eq!(soon.json()["items"][0]["due_on"], "2026-03-02");
        let all = column(&due("&until=2029-01-01"), "person_id");
        assert_eq!(all.iter().skip(3).collect::<Vec<_>>(), [&deputy, &teacher]);
        let page = due("&until=2029-01-01&limit=4");
        let next = page.json()["next_cursor"].as_str().unwrap().to_owned();
        let rest = due(&format!("&until=2029-01-01&limit=4&cursor={next}"));
        assert_eq!(column(&rest, "person_id"), std::slice::from_ref(&teacher));
        let balance = app.persona("chel_director").get(&format!("/api/v1/persons/{deputy}/hours-balance"));
        let balance = balance.expect(200).json();
        let last = due("&until=2029-01-01").json()["items"][3].clone();
        assert_eq!(last["next_training_due_on"], balance["next_training_due_on"]);
        assert_eq!(last["norm_breaks_on"], balance["norm_breaks_on"]);
        keep(&app);
    }
}

#[test]
fn a_school_sees_itself_and_a_municipality_its_schools() {
    let app = TestApp::start();
    for list in ["hours-standings", "hours-due"] {
        let path =
            |organization: &str| format!("/api/v1/{list}?organization_id={}", app.organization(organization));
        for reader in ["director", "deputy", "municipal_officer", "ministry", "auditor"] {
            app.persona(reader).get(&path("school_1")).expect(200);
        }
        app.persona("municipal_officer").get(&path("barnaul")).expect(200);
        app.persona("ministry").get(&path("altai_ministry")).expect(200);
        for stranger in ["teacher", "school_2_director", "biysk_officer", "quality_officer"] {
            app.persona(stranger).get(&path("school_1")).refused(403, "auth.forbidden");
        }
        app.persona("director").get(&path("barnaul")).refused(403, "auth.forbidden");
        app.persona("municipal_officer").get(&path("altai_ministry")).refused(403, "auth.forbidden");
        app.persona("chel_director").get(&path("school_1")).refused(404, "request.not_found");
    }
    let path = |organization: &str| {
        format!("/api/v1/organizations/{}/hours-compliance", app.organization(organization))
    };
    app.persona("municipal_officer").get(&path("barnaul")).expect(200);
    app.persona("municipal_officer").get(&path("altai_ministry")).refused(403, "auth.forbidden");
    app.persona("biysk_officer").get(&path("barnaul")).refused(403, "auth.forbidden");
}
