//! What a body decides together, recorded by whoever sits for it.

use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_approvals::Subject;

const P1: &str = "p1-grozny-school-91";

fn opinion(step: u16, meeting: Value) -> Value {
    json!({"step": step, "decision": "opinion", "note": "Поддержать", "meeting": meeting})
}

/// P1-28: the route is discussed with the teacher, in the association and in the methodical council, whose secretary
/// records the meeting, its protocol and its votes; no discussion holds the chain up, and that none has taken place
/// blocks nothing.
#[test]
fn the_council_is_heard_and_blocks_nothing() {
    let app = TestApp::start();
    let request = Subject::new(&app, "teacher", P1).request("teacher");
    let view = request.read("secretary").expect(200).json();
    let councils: Vec<&Value> =
        view["steps"].as_array().unwrap().iter().map(|step| &step["council_ru"]).collect();
    let (association, council) = (&json!("Методическое объединение"), &json!("Методический совет"));
    assert_eq!(councils, [&Value::Null, association, council, &Value::Null]);
    assert_eq!(view["open_step"], 4);

    let votes = json!({"held_on": "2026-02-27", "protocol_number": "4", "present": 9,
        "votes_for": 7, "votes_against": 1, "votes_abstained": 1});
    let heard = request.send("secretary", opinion(3, votes.clone())).expect(200).json();
    let line = heard["decisions"].as_array().unwrap().last().unwrap();
    assert_eq!((&line["meeting"], &line["role"]), (&votes, &json!("council_secretary")));
    assert_eq!((&heard["state"], &heard["open_step"]), (&json!("in_review"), &json!(4)));
    // A council has one opinion.
    request.send("secretary", opinion(3, votes)).refused(409, "already_gave_opinion");
    let inbox = app.persona("secretary").get("/api/v1/approvals/inbox").expect(200).json();
    assert_eq!(inbox["items"], json!([]));

    // Neither the association nor the teacher has said anything: the order of the head brings it into force.
    let act = json!({"step": 4, "decision": "approve", "act_number": "14-о", "act_date": "2026-03-02"});
    let done = request.send("director", act.clone()).expect(200).json();
    assert_eq!(done["state"], "approved");
    let silent = Subject::new(&app, "teacher_2", P1).request("teacher_2");
    assert_eq!(silent.send("director", act).expect(200).json()["state"], "approved");
}

/// A record of a meeting is complete and holds together, or every fault of it is named; nobody else records it.
#[test]
fn a_record_of_a_meeting_is_judged_as_a_whole() {
    let app = TestApp::start();
    let request = Subject::new(&app, "teacher", P1).request("teacher");
    let alone = json!({"step": 3, "decision": "opinion", "note": "За"});
    request.send("secretary", alone).refused(422, "meeting_required");
    let wrong = json!({"held_on": "2026-03-03", "present": 3, "votes_for": 3, "votes_against": 1,
        "votes_abstained": 0});
    let refused = request.send("secretary", opinion(3, wrong)).expect(422);
    assert_eq!(refused.codes(), ["request.invalid", "date_in_future", "votes_exceed_attendance"]);
    let partial = json!({"held_on": "2026-03-02", "votes_for": 3});
    request.send("secretary", opinion(3, partial)).refused(422, "votes_incomplete");
    request.send("secretary", opinion(3, json!({"held_on": "2026-3-2"}))).refused(422, "invalid_date");
    request.send("secretary", opinion(3, json!({"held_on": "2026-03-02", "chair": "-"}))).expect(422);
    let met = || json!({"held_on": "2026-03-02"});
    request.send("teacher", opinion(1, met())).refused(422, "not_applicable");
    request.send("deputy", opinion(3, met())).refused(403, "not_your_step");
    request.send("school_2_director", opinion(3, met())).refused(404, "request.not_found");
    let back = json!({"step": 4, "decision": "return", "note": "Нет плана", "due_on": "2026-03-20", "meeting": met()});
    request.send("director", back).refused(422, "not_applicable");
    request.send("secretary", opinion(3, met())).expect(200);
}

/// Design §5: a body that agrees needs a majority of those who voted, and its secretary may still take an own step.
#[test]
fn votes_that_do_not_carry_are_no_agreement() {
    let app = TestApp::start();
    let subject = Subject::with_chain(
        &app,
        "teacher",
        json!([
            {"key": "council", "kind": "endorse", "actor": {"relation": "own_school", "role": "council_secretary"},
             "may_return": true, "group_decision": {"council_ru": "Педагогический совет",
             "council_en": "Pedagogical council", "protocol_required": true}},
            {"key": "director", "kind": "approve", "actor": {"relation": "own_school", "role": "director"}}
        ]),
    );
    let request = subject.request("teacher");
    let endorse = |meeting: Value| json!({"step": 1, "decision": "endorse", "meeting": meeting});
    let tied = json!({"held_on": "2026-03-02", "votes_for": 4, "votes_against": 4, "votes_abstained": 0});
    let refused = request.send("secretary", endorse(tied)).expect(422);
    assert_eq!(refused.codes(), ["request.invalid", "protocol_required", "votes_do_not_carry"]);
    let carried = json!({"held_on": "2026-03-02", "protocol_number": "5", "votes_for": 5, "votes_against": 4,
        "votes_abstained": 0});
    let view = request.send("secretary", endorse(carried)).expect(200).json();
    assert_eq!(view["open_step"], 2);
    assert_eq!(request.decide("director", 2, "approve").expect(200).json()["state"], "approved");
}

/// A body agrees to what was handed in: not at a meeting before it, and in a later round not at that of the earlier one. An
/// opinion may have been heard while the thing was drafted.
#[test]
fn a_body_agrees_to_what_was_handed_in() {
    let app = TestApp::start();
    let subject = Subject::with_chain(
        &app,
        "teacher",
        json!([
            {"key": "council", "kind": "endorse", "actor": {"relation": "own_school", "role": "council_secretary"},
             "may_return": true,
             "group_decision": {"council_ru": "Педагогический совет", "council_en": "Pedagogical council"}},
            {"key": "director", "kind": "approve", "actor": {"relation": "own_school", "role": "director"},
             "may_return": true}
        ]),
    );
    let request = subject.request("teacher");
    let endorse = |day: &str| json!({"step": 1, "decision": "endorse", "meeting": {"held_on": day}});
    let early = request.send("secretary", endorse("2026-03-01")).refused(422, "date_before_submission");
    assert_eq!(early.json()["errors"][0]["pointer"], "/meeting/held_on");
    request.send("secretary", endorse("2026-03-03")).refused(422, "date_in_future");
    request.send("secretary", endorse("2026-03-02")).expect(200);
    request.send_back("director", 2, "2026-03-20").expect(200);
    app.days_pass(2);
    subject.request("teacher");
    request.send("secretary", endorse("2026-03-02")).refused(422, "date_before_submission");
    assert_eq!(request.send("secretary", endorse("2026-03-04")).expect(200).json()["open_step"], 2);
}
