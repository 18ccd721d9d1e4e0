//! Programs, routes and their approval, set up through the API.

use serde_json::{Value, json};

use super::{Answer, Client, TestApp, build_diagnostics};

/// An accepted program with modules of 12 and 24 hours; `modules[].id` are in the answer.
pub fn accepted_program(
    app: &TestApp,
    provider: &str,
    organization: &str,
    keeper: &str,
    competencies: &[String],
) -> Value {
    let module = |title: &str, hours: i32| json!({"title": title, "hours": hours, "delivery": ["distance"], "competency_ids": competencies});
    let body = json!({
        "provider_id": app.organization(organization),
        "data": {"kind": "advanced_training", "title": "Формирующее оценивание", "annotation": "Приёмы оценивания",
            "hours": 36, "fully_modular": true, "study_form": "part_time", "delivery": ["distance"],
            "audience": ["teacher"]},
        "modules": [module("Критерии оценивания", 12), module("Обратная связь", 24)],
    });
    let draft = app.persona(provider).post("/api/v1/programs", body).expect(201);
    let path = format!("/api/v1/programs/{}", draft.id());
    let submitted =
        app.persona(provider).post_if(&format!("{path}/submission"), &draft.etag(), json!({})).expect(200);
    let decision = json!({"decision": "accept"});
    app.persona(keeper).post_if(&format!("{path}/decision"), &submitted.etag(), decision).expect(200);
    app.persona(keeper).get(&path).expect(200).json()
}

/// A program of Altai's provider X.
pub fn altai_program(app: &TestApp) -> Value {
    accepted_program(app, "provider", "provider_x", "ministry", &[])
}

/// A program of the Chelyabinsk provider.
pub fn chel_program(app: &TestApp) -> Value {
    accepted_program(app, "chel_provider", "chel_provider", "chel_ministry", &[])
}

/// Every field a regulation may ask for.
pub fn note() -> Value {
    json!({"goal": "Освоить оценивание", "expected_result": "Комплект критериев", "study_form": "очно-заочная",
        "content": "Модули и практика", "technologies": "Дистанционные", "pace": "4 часа в неделю", "total_hours": 36,
        "personal_resources": "Опыт 10 лет", "school_context": "Сельская школа"})
}

/// A route of that person from 2026-03-02 (the day of the tests) to 2028-03-01.
pub fn route_body(app: &TestApp, person: &str) -> Value {
    json!({"person_id": app.person(person), "title": "Маршрут", "starts_on": "2026-03-02", "ends_on": "2028-03-01",
        "note": note()})
}

/// An activity that needs nothing else.
pub fn activity(part: Option<&str>) -> Value {
    let mut body = json!({"kind": "self_education", "title": "Чтение", "content": "Книги об оценивании",
        "starts_on": "2026-03-02", "ends_on": "2026-05-31", "hours": 10, "reason": "interest",
        "justification": "Интерес к теме"});
    if let Some(part) = part {
        body["part"] = json!(part);
    }
    body
}

/// Some route under test.
pub struct RouteUnderTest<'a> {
    app: &'a TestApp,
    pub id: String,
}

impl<'a> RouteUnderTest<'a> {
    /// A draft of that person by that persona.
    #[track_caller]
    pub fn start(app: &'a TestApp, persona: &str, person: &str) -> Self {
        let id = app.persona(persona).post("/api/v1/routes", route_body(app, person)).expect(201).id();
        Self { app, id }
    }

    /// A route under P0 that can be submitted: the teacher's lines and the deputy's base line.
    #[track_caller]
    pub fn complete_p0(app: &'a TestApp) -> Self {
        let route = Self::start(app, "chel_teacher", "chel_teacher");
        let stages =
            json!({"stages": [{"title": "Этап 1", "starts_on": "2026-03-02", "ends_on": "2027-03-01"}]});
        route.put("chel_teacher", "/stages", stages).expect(200);
        route.add("chel_teacher", activity(Some("elective"))).expect(201);
        route.add("chel_teacher", activity(Some("prospective_plan"))).expect(201);
        route.add("chel_deputy", activity(Some("base"))).expect(201);
        route
    }

    /// A route under P4 that can be submitted, with one activity that answers a deficit; and the deficit.
    #[track_caller]
    pub fn complete_p4(app: &'a TestApp) -> (Self, String) {
        let deficit = build_diagnostics::deficit(app, "teacher");
        let route = Self::start(app, "teacher", "teacher");
        let mut body = activity(None);
        body["reason"] = json!("deficit");
        body["deficit_ids"] = json!([deficit]);
        route.add("teacher", body).expect(201);
        (route, deficit)
    }

    /// The application it lives in.
    pub fn app(&self) -> &'a TestApp {
        self.app
    }

    /// The path of the route or of something in it.
    pub fn path(&self, rest: &str) -> String {
        format!("/api/v1/routes/{}{rest}", self.id)
    }

    fn client(&self, persona: &str) -> Client {
        self.app.persona(persona)
    }

    /// The route as that persona reads it.
    pub fn read(&self, persona: &str) -> Answer {
        self.client(persona).get(&self.path(""))
    }

    /// The newest version.
    pub fn etag(&self) -> String {
        format!("\"{}\"", self.app.db_text(&format!("select version from routes where id = '{}'", self.id)))
    }

    /// Where it stands.
    pub fn state(&self) -> String {
        self.app.db_text(&format!("select state from routes where id = '{}'", self.id))
    }

    /// A PUT on the newest version.
    pub fn put(&self, persona: &str, rest: &str, body: Value) -> Answer {
        self.client(persona).put(&self.path(rest), &self.etag(), body)
    }

    /// A decision on the newest version.
    pub fn post(&self, persona: &str, rest: &str, body: Value) -> Answer {
        self.client(persona).post_if(&self.path(rest), &self.etag(), body)
    }

    /// Adds an activity to the newest version.
    pub fn add(&self, persona: &str, body: Value) -> Answer {
        self.post(persona, "/activities", body)
    }

    /// Hands it in.
    pub fn submit(&self, persona: &str) -> Answer {
        self.post(persona, "/submission", json!({}))
    }

    /// Decides on the step that waits for that persona.
    #[track_caller]
    pub fn decide(&self, persona: &str, decision: &str) -> Answer {
        self.decide_with(persona, decision, json!({}))
    }

    /// The same, with reason, date or act.
    #[track_caller]
    pub fn decide_with(&self, persona: &str, decision: &str, mut body: Value) -> Answer {
        let client = self.client(persona);
        let list =
            client.get(&format!("/api/v1/approval-requests?subject_id={}", self.id)).expect(200).json();
        let id = list["items"][0]["id"].as_str().unwrap_or_else(|| panic!("no request in {list}")).to_owned();
        let path = format!("/api/v1/approval-requests/{id}");
        let request = client.get(&path).expect(200);
        let open = request.json();
        let step = open["allowed_decisions"]
            .as_array()
            .and_then(|allowed| allowed.iter().find(|allowed| allowed["decision"] == decision))
            .map_or(json!(1), |allowed| allowed["step"].clone());
        body["step"] = step;
        body["decision"] = json!(decision);
        client.post_if(&format!("{path}/decisions"), &request.etag(), body)
    }

    /// Whether a step of its chain waits for that persona.
    #[track_caller]
    pub fn may_decide(&self, persona: &str) -> bool {
        let client = self.client(persona);
        let list =
            client.get(&format!("/api/v1/approval-requests?subject_id={}", self.id)).expect(200).json();
        let id = list["items"][0]["id"].as_str().unwrap_or_else(|| panic!("no request in {list}"));
        let request = client.get(&format!("/api/v1/approval-requests/{id}")).expect(200).json();
        !request["allowed_decisions"].as_array().unwrap().is_empty()
    }

    /// From a complete P4 draft into force.
    #[track_caller]
    pub fn approve_p4(&self) {
        self.submit("teacher").expect(200);
        self.decide("director", "endorse").expect(200);
        self.decide("coordinator", "endorse").expect(200);
    }

    /// From a complete P0 draft into force.
    #[track_caller]
    pub fn approve_p0(&self) {
        self.submit("chel_teacher").expect(200);
        self.decide("chel_association_head", "endorse").expect(200);
        self.decide("chel_deputy", "endorse").expect(200);
        self.decide("chel_director", "approve").expect(200);
    }

    /// What is written in it, in the form in which it is sent back.
    pub fn written(&self, persona: &str) -> Value {
        written(&self.read(persona).expect(200).json())
    }
}

/// The content of a route as it is sent back: what was read, without what the system adds.
pub fn written(route: &Value) -> Value {
    let lines: Vec<Value> = route["activities"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| json!({"id": line["id"], "data": line["data"]}))
        .collect();
    let of = |stage: &Value| {
        let mut stage = stage.clone();
        let known = ["id", "title", "starts_on", "ends_on", "expected_result", "report_form"];
        stage.as_object_mut().unwrap().retain(|field, _| known.contains(&field.as_str()));
        stage
    };
    let stages: Vec<Value> = route["stages"].as_array().unwrap().iter().map(of).collect();
    json!({"title": route["title"], "starts_on": route["starts_on"], "ends_on": route["ends_on"], "note": route["note"],
        "problems": route["problems"], "evidence": route["evidence"], "stages": stages, "activities": lines,
        "study_plan": route["study_plan"], "budget": route["budget"]["lines"]})
}
