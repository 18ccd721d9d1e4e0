//! Cards of routes handed in for an approval of their own, set up through the API.

use serde_json::{Value, json};

use super::build_routes::{RouteUnderTest, activity};
use super::{Answer, TestApp};

/// A draft of the teacher under P3 that can be submitted.
#[track_caller]
pub fn complete_p3(app: &TestApp) -> RouteUnderTest<'_> {
    super::regulated_training::barnaul_under_p3(app);
    let route = RouteUnderTest::start(app, "teacher", "teacher");
    let mut line = activity(None);
    line["reason"] = json!("need");
    route.add("teacher", line).expect(201);
    route
}

/// The same in force: agreed by the head of the school.
#[track_caller]
pub fn active_p3(app: &TestApp) -> RouteUnderTest<'_> {
    let route = complete_p3(app);
    route.submit("teacher").expect(200);
    route.decide("director", "endorse").expect(200);
    route
}

/// Hands the card of the route in.
pub fn hand_in(route: &RouteUnderTest<'_>, persona: &str) -> Answer {
    route.post(persona, "/card/submission", json!({}))
}

/// The cards of the route as that persona lists them.
#[track_caller]
pub fn cards(app: &TestApp, route: &RouteUnderTest<'_>, persona: &str) -> Vec<Value> {
    let page = app.persona(persona).get(&route.path("/cards")).expect(200).json();
    page["items"].as_array().unwrap().clone()
}

/// A card that was handed in.
pub struct CardUnderTest<'a> {
    app: &'a TestApp,
    pub id: String,
}

impl<'a> CardUnderTest<'a> {
    /// The one of an answer.
    pub fn of(app: &'a TestApp, answer: &Answer) -> Self {
        Self { app, id: answer.json()["card"]["id"].as_str().unwrap().to_owned() }
    }

    /// The card of the route, handed in by that persona.
    #[track_caller]
    pub fn of_route(app: &'a TestApp, route: &RouteUnderTest<'_>, persona: &str) -> Self {
        Self::of(app, &hand_in(route, persona).expect(200))
    }

    /// The path of the card or of something in it.
    pub fn path(&self, rest: &str) -> String {
        format!("/api/v1/route-cards/{}{rest}", self.id)
    }

    /// The card as that persona reads it.
    pub fn read(&self, persona: &str) -> Answer {
        self.app.persona(persona).get(&self.path(""))
    }

    /// Where it stands.
    pub fn state(&self) -> String {
        self.app.db_text(&format!("select state from route_cards where id = '{}'", self.id))
    }

    /// Takes its newest version back.
    pub fn withdraw(&self, persona: &str) -> Answer {
        let version = self.app.db_text(&format!("select version from route_cards where id = '{}'", self.id));
        self.app.persona(persona).post_if(&self.path("/withdrawal"), &format!("\"{version}\""), json!({}))
    }

    /// Its request for approval as that persona reads it.
    #[track_caller]
    pub fn request(&self, persona: &str) -> Answer {
        let client = self.app.persona(persona);
        let shown = self.read(persona).expect(200).json();
        let id = shown["request_id"].as_str().unwrap_or_else(|| panic!("no request in {shown}"));
        client.get(&format!("/api/v1/approval-requests/{id}")).expect(200)
    }

    /// Decides on its only step, with reason or date.
    #[track_caller]
    pub fn decide_with(&self, persona: &str, decision: &str, mut body: Value) -> Answer {
        let request = self.request(persona);
        body["step"] = json!(1);
        body["decision"] = json!(decision);
        let path = format!("/api/v1/approval-requests/{}/decisions", request.id());
        self.app.persona(persona).post_if(&path, &request.etag(), body)
    }

    /// The same without more words.
    #[track_caller]
    pub fn decide(&self, persona: &str, decision: &str) -> Answer {
        self.decide_with(persona, decision, json!({}))
    }
}
