//! What happens to a deficit, with the facts that moved it.

use serde_json::json;

use crate::support::TestApp;
use crate::support::build_diagnostics::{coordinator_instrument, deficits, result};

/// P4-12: opened, confirmed, closed by a repeat diagnostic, reopened by the next: one deficit with its history.
#[test]
fn a_deficit_tells_its_life_with_the_facts_that_moved_it() {
    let app = TestApp::start();
    let instrument = coordinator_instrument(&app);
    let mut results = Vec::new();
    for (day, score) in
        [("2026-01-10", 20.0), ("2026-01-20", 50.0), ("2026-02-10", 90.0), ("2026-02-20", 30.0)]
    {
        results.push(result(&app, "coordinator", "teacher", &instrument, day, &[("B.1", score)]).id());
    }
    let found = deficits(&app, "teacher", "teacher");
    assert_eq!(found.len(), 1, "the same competency that lacks again is the same deficit");
    assert_eq!(found[0]["state"], "open");
    let path = format!("/api/v1/deficits/{}/events", found[0]["id"].as_str().unwrap());
    let history = app.persona("teacher").get(&path).expect(200).json();
    let facts: Vec<_> = history["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| {
            let text = |name: &str| event[name].as_str().unwrap().to_owned();
            (text("kind"), text("state"), text("happened_on"), text("result_id"))
        })
        .collect();
    let fact = |kind: &str, state: &str, day: &str, index: usize| {
        (kind.to_owned(), state.to_owned(), day.to_owned(), results[index].clone())
    };
    assert_eq!(
        facts,
        [
            fact("opened", "open", "2026-01-10", 0),
            fact("confirmed", "open", "2026-01-20", 1),
            fact("closed", "closed", "2026-02-10", 2),
            fact("reopened", "open", "2026-02-20", 3),
        ]
    );
    let first = app.persona("director").get(&format!("{path}?limit=1")).expect(200).json();
    let next = first["next_cursor"].as_str().unwrap();
    let second = app.persona("director").get(&format!("{path}?limit=1&cursor={next}")).expect(200).json();
    assert_eq!(second["items"][0]["kind"], "confirmed");
    app.persona("teacher_2").get(&path).refused(404, "request.not_found");
    app.persona("chel_director").get(&path).refused(404, "request.not_found");
    app.persona("provider").get(&path).refused(403, "auth.forbidden");
}

/// P4-12: the share closed is reported for one person to whoever may list the person's deficits.
#[test]
fn the_share_closed_of_one_person_is_for_those_who_work_with_him() {
    let app = TestApp::start();
    let instrument = coordinator_instrument(&app);
    result(&app, "coordinator", "teacher", &instrument, "2026-01-10", &[("B.1", 20.0), ("B.2", 20.0)]);
    result(&app, "coordinator", "teacher", &instrument, "2026-02-10", &[("B.1", 90.0)]);
    let path = format!("/api/v1/deficit-closure?person_id={}", app.person("teacher"));
    let share = app.persona("director").get(&path).expect(200).json();
    assert_eq!((&share["closed_percent"], &share["total"]), (&json!(50), &json!(2)));
    app.persona("quality_officer").get(&path).refused(422, "unknown");
    app.persona("school_2_director").get(&path).refused(422, "unknown");
}
