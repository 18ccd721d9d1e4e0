//! Proposals of routes: what is chosen, why, and what is left uncovered.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_diagnostics::{deficit, deficits};
use crate::support::build_proposals::{
    lacking, offered, priced, propose, registered, teaching, unregistered,
};
use crate::support::build_registry::accepted;
use crate::support::build_routes::{RouteUnderTest, chel_program, note};

fn chosen(proposal: &Value) -> Vec<String> {
    let choices = proposal["choices"].as_array().unwrap().iter();
    choices.map(|choice| choice["title"].as_str().unwrap().to_owned()).collect()
}

/// Why the only deficit is left uncovered, and the program nearest to covering it.
fn gap(proposal: &Value) -> (String, String) {
    let deficits = proposal["deficits"].as_array().unwrap();
    assert_eq!(deficits.len(), 1, "{proposal}");
    let text = |name: &str| deficits[0][name].as_str().unwrap_or_default().to_owned();
    (text("uncovered"), text("nearest_program_id"))
}

/// P4-14: a proposal takes programs of the active registry that match the deficits; one outside it is taken only when
/// it is asked for, and is marked then.
#[test]
fn a_proposal_takes_programs_of_the_registry() {
    let app = TestApp::start();
    let competency = lacking(&app, 1);
    let outside = unregistered(&app, "Вне реестра", 16, &[competency]);
    let none = propose(&app, "teacher", "teacher", json!({})).expect(200).json();
    assert_eq!((chosen(&none), gap(&none)), (vec![], ("not_in_registry".to_owned(), outside.clone())));
    let inside = registered(&app, "В реестре", 72, &[competency]);
    let found = propose(&app, "teacher", "teacher", json!({})).expect(200).json();
    assert_eq!(chosen(&found), ["В реестре"]);
    let choice = &found["choices"][0];
    assert_eq!((&choice["because"], &choice["in_active_registry"]), (&json!("covers"), &json!(true)));
    assert_eq!((&choice["program_id"], &found["optimal"]), (&json!(inside), &json!(true)));
    assert_eq!(found["deficits"][0]["covered_by"], json!([choice["activity_id"]]));
    assert_eq!(found["deficits"][0].get("uncovered"), None);
    let asked =
        propose(&app, "teacher", "teacher", json!({"must_program_ids": [outside]})).expect(200).json();
    assert_eq!(chosen(&asked), ["Вне реестра"]);
    let choice = &asked["choices"][0];
    assert_eq!((&choice["because"], &choice["in_active_registry"]), (&json!("asked"), &json!(false)));
}

/// P4-36: the coordinator forms a route from what diagnostics showed: the content proposed goes into a draft as it is.
#[test]
fn a_coordinator_puts_a_proposal_into_a_draft() {
    let app = TestApp::start();
    deficit(&app, "teacher");
    let found = deficits(&app, "coordinator", "teacher")[0]["competency_id"].clone();
    let (first, second) = (found.as_str().unwrap().parse().unwrap(), lacking(&app, 2));
    let program = registered(&app, "Оценивание", 36, &[first]);
    registered(&app, "Читательская грамотность", 24, &[second]);
    let offering = offered(&app, &program, "2026-04-01", "2026-05-15");
    let proposal =
        propose(&app, "coordinator", "teacher", json!({"title": "Предложенный"})).expect(200).json();
    let mut content = proposal["content"].clone();
    assert_eq!(content["activities"].as_array().unwrap().len(), 2);
    for (name, value) in note().as_object().unwrap() {
        content["note"][name] = value.clone();
    }
    let route = RouteUnderTest::start(&app, "coordinator", "teacher");
    let written = route.put("coordinator", "/contents", content).expect(200).json();
    assert_eq!(
        (&written["title"], written["activities"].as_array().unwrap().len()),
        (&json!("Предложенный"), 2)
    );
    let dated = written["activities"].as_array().unwrap().iter();
    let dated: Vec<&Value> = dated.filter(|line| line["data"]["offering_id"] == json!(offering)).collect();
    assert_eq!(dated.len(), 1, "{written}");
    let data = &dated[0]["data"];
    assert_eq!((&data["starts_on"], &data["ends_on"]), (&json!("2026-04-01"), &json!("2026-05-15")));
    assert_eq!((&data["reason"], &data["place"]), (&json!("deficit"), &json!("Каб. 5")));
    assert_eq!(data["deficit_ids"].as_array().unwrap().len(), 1);
    let check = app.persona("coordinator").get(&route.path("/submission-check")).expect(200).json();
    assert_eq!(check["ready"], json!(true), "{check}");
    route.submit("coordinator").expect(200);
}

/// P4-14: the cheapest way to answer all deficits is taken, by single modules too, and the alternatives are counted.
#[test]
fn deficits_come_first_then_price_then_hours() {
    let app = TestApp::start();
    let (first, second) = (lacking(&app, 1), lacking(&app, 2));
    priced(&app, "Оба сразу", 72, 9_000, &[first, second]);
    priced(&app, "Первый дорого", 36, 6_000, &[first]);
    priced(&app, "Первый дёшево", 36, 2_000, &[first]);
    priced(&app, "Второй", 36, 3_000, &[second]);
    let found = propose(&app, "teacher", "teacher", json!({})).expect(200).json();
    let mut titles = chosen(&found);
    titles.sort();
    assert_eq!(titles, ["Второй", "Первый дёшево"]);
    assert_eq!((&found["price_rubles"], &found["hours"]), (&json!(5_000), &json!(72.0)));
    let cheap =
        found["choices"].as_array().unwrap().iter().find(|it| it["title"] == "Первый дёшево").unwrap();
    assert_eq!(cheap["alternatives"], 2, "the dear one and the one that answers both");
    let short = propose(&app, "teacher", "teacher", json!({"preferences": {"max_price_rubles": 4_000}}))
        .expect(200)
        .json();
    assert_eq!(chosen(&short), ["Первый дёшево"], "only one is affordable, the cheaper one of equal weight");
    let left = short["deficits"].as_array().unwrap().iter().find(|it| it.get("uncovered").is_some()).unwrap();
    assert_eq!(left["uncovered"], "over_budget");
    let again = propose(&app, "teacher", "teacher", json!({"preferences": {"max_price_rubles": 4_000}}))
        .expect(200)
        .json();
    assert_eq!(again, short, "the same question has the same answer");
}

/// P4-14: every deficit left uncovered says why, and names the program nearest to covering it.
#[test]
fn every_gap_says_why() {
    let app = TestApp::start();
    let competency = lacking(&app, 1);
    let ask = |fields: Value| gap(&propose(&app, "teacher", "teacher", fields).expect(200).json());
    assert_eq!(ask(json!({})), ("no_program".to_owned(), String::new()));
    let program = priced(&app, "Программа", 36, 5_000, &[competency]);
    let because = |why: &str| (why.to_owned(), program.clone());
    assert_eq!(ask(json!({"preferences": {"excluded_program_ids": [program]}})), because("excluded"));
    assert_eq!(ask(json!({"preferences": {"max_hours": 35}})), because("over_hours"));
    assert_eq!(ask(json!({"preferences": {"max_price_rubles": 4_999}})), because("over_budget"));
    offered(&app, &program, "2026-06-01", "2026-06-20");
    assert_eq!(ask(json!({"ends_on": "2026-05-31"})), because("no_dates_in_term"));
    assert_eq!(ask(json!({"ends_on": "2026-06-20"})), (String::new(), String::new()), "covered");
    let other = registered(&app, "В те же дни", 36, &[]);
    offered(&app, &other, "2026-06-20", "2026-06-25");
    assert_eq!(ask(json!({"must_program_ids": [other]})), because("dates_overlap"));
    assert_eq!(
        ask(json!({"must_program_ids": [other], "preferences": {"max_parallel": 2}})),
        (String::new(), String::new())
    );
    let place = app.organization("provider_x");
    app.db_execute(&format!("update organizations set founder_type = 'private' where id = '{place}'"))
        .unwrap();
    assert_eq!(ask(json!({})), because("provider_not_eligible"));
}

/// P0-17, P0-29: hours that the norm will lack at the end of the term are made up for, of eligible providers, not more.
#[test]
fn hours_that_the_norm_lacks_are_made_up_for() {
    let app = TestApp::start();
    let asked = json!({});
    let before = propose(&app, "chel_teacher", "chel_teacher", asked.clone()).expect(200).json();
    let lacks = before["norm"]["missing_before"].as_f64().unwrap();
    assert!(lacks >= 72.0, "{before}");
    assert_eq!(before["norm"]["missing_after"], before["norm"]["missing_before"]);
    chel_program(&app);
    for (title, hours) in [("Большая", 144), ("Средняя", 72)] {
        let body = teaching(&app, "chel_provider", title, hours, &[]);
        accepted(&app, "chel_provider", "chel_ministry", &body);
    }
    let found = propose(&app, "chel_teacher", "chel_teacher", asked).expect(200).json();
    assert_eq!(found["norm"]["missing_after"], json!(0.0), "{found}");
    assert_eq!(found["hours"].as_f64(), Some(lacks), "no hour more than is lacking");
    assert!(found["choices"].as_array().unwrap().iter().all(|choice| choice["because"] == "norm"));
    let none = propose(&app, "chel_teacher", "chel_teacher", json!({"preferences": {"cover_norm": false}}))
        .expect(200)
        .json();
    assert_eq!(chosen(&none), Vec::<String>::new());
}

/// P4-36: whoever may start a route of somebody may have one proposed, and nobody else.
#[test]
fn only_those_who_may_start_a_route_may_ask() {
    let app = TestApp::start();
    for asker in ["teacher", "deputy", "coordinator"] {
        propose(&app, asker, "teacher", json!({})).expect(200);
    }
    for stranger in ["teacher_2", "school_2_director", "chel_teacher"] {
        let answer = propose(&app, stranger, "teacher", json!({}));
        assert_eq!(answer.status, 404, "{stranger}: {}", answer.text);
    }
    for other in ["ministry", "provider"] {
        propose(&app, other, "teacher", json!({})).refused(403, "auth.forbidden");
    }
    let nobody = format!("/api/v1/persons/{}/route-proposals", rost::ids::new_id());
    let body = json!({"starts_on": "2026-03-02", "ends_on": "2027-03-01"});
    app.persona("teacher").post(&nobody, body).refused(404, "request.not_found");
}

/// Everything wrong with a question is said at once.
#[test]
fn a_wrong_question_is_refused() {
    let app = TestApp::start();
    let wrong = json!({
        "title": "", "preferences": {"max_parallel": 4, "max_hours": 0, "max_price_rubles": 20_000_000},
    });
    let refused = propose(&app, "teacher", "teacher", wrong).expect(422);
    assert_eq!(refused.codes().len(), 5, "its own and four fields: {}", refused.text);
    let refused = propose(&app, "teacher", "teacher", json!({"ends_on": "2026-03-01"})).expect(422);
    assert_eq!(refused.codes()[1..], ["ends_before_start", "in_the_past"]);
    let first = registered(&app, "Первая", 36, &[]);
    let second = registered(&app, "Вторая", 36, &[]);
    let both = json!({"must_program_ids": [first, second], "preferences": {"max_hours": 40}});
    propose(&app, "teacher", "teacher", both).refused(422, "do_not_fit");
    let excluded = json!({"must_program_ids": [first], "preferences": {"excluded_program_ids": [first]}});
    propose(&app, "teacher", "teacher", excluded).refused(422, "not_available");
}

/// A wish about a provider or a program that the region does not have is no wish: each one is named. Those of another
/// region do not exist here.
#[test]
fn a_wish_about_something_unknown_is_refused() {
    let app = TestApp::start();
    let (first, nobody) = (registered(&app, "Первая", 36, &[]), rost::ids::new_id());
    let elsewhere =
        accepted(&app, "chel_provider", "chel_ministry", &teaching(&app, "chel_provider", "Чужая", 36, &[]));
    let asked = json!({
        "must_program_ids": [nobody],
        "preferences": {
            "provider_ids": [app.organization("provider_x"), app.organization("chel_provider"), nobody],
            "excluded_program_ids": [first, elsewhere, nobody],
        },
    });
    let refused = propose(&app, "teacher", "teacher", asked).expect(422).json();
    let problems = refused["errors"].as_array().unwrap().iter();
    let problems: Vec<(&str, &str)> = problems
        .map(|problem| (problem["pointer"].as_str().unwrap(), problem["code"].as_str().unwrap()))
        .collect();
    let unknown = [
        "/preferences/provider_ids/1",
        "/preferences/provider_ids/2",
        "/preferences/excluded_program_ids/1",
        "/preferences/excluded_program_ids/2",
        "/must_program_ids/0",
    ];
    assert_eq!(problems, unknown.map(|pointer| (pointer, "unknown")));
}
