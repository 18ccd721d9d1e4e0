//! Requests to learn at one's own expense and offers from outside, set up through the API.

use serde_json::{Value, json};

use super::build_training::{etag, with};
use super::{Answer, TestApp, build_hours};

/// A wish to learn from March 10 to 20.
pub fn wish() -> Value {
    json!({"topic": "Робототехника в начальной школе", "starts_on": "2026-03-10", "ends_on": "2026-03-20"})
}

/// An offer paid by a grant.
pub fn offer() -> Value {
    json!({"offered_by": "АНО ДПО «Мастерская учителя»", "topic": "Инженерные классы", "source": "grant",
        "source_note": "Грант № 12/2026", "payer": "Фонд поддержки образования",
        "terms": "Очно, 36 часов", "places": 5, "hours": 36})
}

/// Asks to learn at one's own expense, with other fields of the wish.
pub fn ask(app: &TestApp, persona: &str, fields: Value) -> Answer {
    app.persona(persona).post("/api/v1/own-expense-requests", json!({"wish": with(wish(), fields)}))
}

/// Records an offer to the caller's school, with other fields.
pub fn take_in(app: &TestApp, persona: &str, fields: Value) -> Answer {
    app.persona(persona).post("/api/v1/external-offers", json!({"offer": with(offer(), fields)}))
}

/// A request or an offer as that persona reads it.
pub fn read(app: &TestApp, persona: &str, what: &str, id: &str) -> Answer {
    app.persona(persona).get(&format!("/api/v1/{what}/{id}"))
}

/// Sends something about the newest version of a request or an offer.
pub fn send(app: &TestApp, persona: &str, what: &str, id: &str, rest: &str, body: Value) -> Answer {
    let newest = etag(app, &what.replace('-', "_"), id);
    app.persona(persona).post_if(&format!("/api/v1/{what}/{id}/{rest}"), &newest, body)
}

/// Decides on the only step of its chain, with words or a date.
#[track_caller]
pub fn decide(app: &TestApp, persona: &str, subject: &str, decision: &str, fields: Value) -> Answer {
    let client = app.persona(persona);
    let found = client.get(&format!("/api/v1/approval-requests?subject_id={subject}")).expect(200).json();
    let id = found["items"][0]["id"].as_str().unwrap_or_else(|| panic!("no request in {found}")).to_owned();
    let path = format!("/api/v1/approval-requests/{id}");
    let request = client.get(&path).expect(200);
    let body = with(json!({"step": 1, "decision": decision}), fields);
    client.post_if(&format!("{path}/decisions"), &request.etag(), body)
}

/// What the teacher of the Chelyabinsk school reports of what was learnt until March 20, with other fields.
pub fn paper(app: &TestApp, number: &str, fields: Value) -> Value {
    let reported = with(json!({"issuer_name": "АНО ДПО «Мастерская учителя»"}), fields);
    build_hours::with(build_hours::paper(app, "chel_teacher", number, "2026-03-20"), reported)
}

/// Whether each line of the ledger of that teacher is marked as outside the route, by credential.
pub fn marks(app: &TestApp) -> Vec<(String, bool)> {
    let path = format!("/api/v1/persons/{}/ledger-entries", app.person("chel_teacher"));
    let page = app.persona("chel_teacher").get(&path).expect(200).json();
    let lines = page["items"].as_array().unwrap().iter();
    let mark = |line: &Value| {
        let credential = line["credential_id"].as_str().unwrap().to_owned();
        (credential, line["outside_route"].as_bool().unwrap())
    };
    lines.map(mark).collect()
}
