//! Revisions of a route in force and petitions for them, set up through the API.

use serde_json::{Value, json};

use super::build_routes::RouteUnderTest;
use super::{Answer, TestApp};

/// A revision of a route under test.
pub struct RevisionUnderTest<'a> {
    app: &'a TestApp,
    pub id: String,
}

impl<'a> RevisionUnderTest<'a> {
    /// A draft by that persona that gives the first line of the route another title.
    #[track_caller]
    pub fn retitle(app: &'a TestApp, route: &RouteUnderTest<'_>, persona: &str, title: &str) -> Self {
        let mut content = route.written(persona);
        content["activities"][0]["data"]["title"] = json!(title);
        let id = draft(app, route, persona, content).expect(201).json()["revision"]["id"].clone();
        Self { app, id: id.as_str().unwrap().to_owned() }
    }

    /// The one of an answer.
    pub fn of(app: &'a TestApp, answer: &Answer) -> Self {
        Self { app, id: answer.json()["revision"]["id"].as_str().unwrap().to_owned() }
    }

    /// The path of the revision or of something in it.
    pub fn path(&self, rest: &str) -> String {
        format!("/api/v1/route-revisions/{}{rest}", self.id)
    }

    /// The revision as that persona reads it.
    pub fn read(&self, persona: &str) -> Answer {
        self.app.persona(persona).get(&self.path(""))
    }

    /// Where it stands.
    pub fn state(&self) -> String {
        self.app.db_text(&format!("select state from route_revisions where id = '{}'", self.id))
    }

    /// The newest version.
    pub fn etag(&self) -> String {
        let version =
            self.app.db_text(&format!("select version from route_revisions where id = '{}'", self.id));
        format!("\"{version}\"")
    }

    /// Hands it in.
    pub fn submit(&self, persona: &str) -> Answer {
        self.app.persona(persona).post_if(&self.path("/submission"), &self.etag(), json!({}))
    }

    /// Gives it up.
    pub fn withdraw(&self, persona: &str) -> Answer {
        self.app.persona(persona).post_if(&self.path("/withdrawal"), &self.etag(), json!({}))
    }

    /// Replaces what it says.
    pub fn update(&self, persona: &str, content: &Value) -> Answer {
        let body = json!({"reason": "Исправлено", "content": content});
        self.app.persona(persona).put(&self.path(""), &self.etag(), body)
    }

    /// Its request for approval as that persona reads it.
    #[track_caller]
    pub fn request(&self, persona: &str) -> Answer {
        let client = self.app.persona(persona);
        let list =
            client.get(&format!("/api/v1/approval-requests?subject_id={}", self.id)).expect(200).json();
        let id = list["items"][0]["id"].as_str().unwrap_or_else(|| panic!("no request in {list}"));
        client.get(&format!("/api/v1/approval-requests/{id}")).expect(200)
    }

    /// Decides on the step that waits for that persona, with reason, date or act.
    #[track_caller]
    pub fn decide_with(&self, persona: &str, decision: &str, mut body: Value) -> Answer {
        let request = self.request(persona);
        let open = request.json();
        let allowed = open["allowed_decisions"].as_array().unwrap();
        let found = allowed.iter().find(|allowed| allowed["decision"] == decision);
        body["step"] = found.map_or(json!(1), |allowed| allowed["step"].clone());
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

/// Drafts a correction with that content.
pub fn draft(app: &TestApp, route: &RouteUnderTest<'_>, persona: &str, content: Value) -> Answer {
    let body = json!({"cause": "correction", "reason": "Курс перенесён", "content": content});
    app.persona(persona).post(&route.path("/revisions"), body)
}

/// Asks for a change in words.
pub fn petition(app: &TestApp, route: &RouteUnderTest<'_>, persona: &str) -> Answer {
    app.persona(persona).post(&route.path("/petitions"), json!({"text": "Прошу заменить курс"}))
}

/// The causes of the versions of a route, oldest first.
pub fn causes(app: &TestApp, route: &RouteUnderTest<'_>, persona: &str) -> Vec<String> {
    let page = app.persona(persona).get(&route.path("/versions")).expect(200).json();
    let items = page["items"].as_array().unwrap();
    items.iter().rev().map(|item| item["cause"].as_str().unwrap().to_owned()).collect()
}
