//! Requests for approval, handed in the way the resource that owns the subject does it.

use std::sync::Arc;

use rost::approvals::service::{self, Submission, Submitted};
use rost::authz::Reach::{Below, Own};
use rost::authz::{Role, Rule, Target, authorize, cell};
use rost::db::{Db, DbSettings};
use rost::error::{Error, Result};
use rost::regulations::model::BindingRegulation;
use rost::regulations::presets::Preset;
use rost::regulations::profile::{ApprovalSubjectKind, ChainFacts, parse_value, validate};
use serde_json::{Value, json};
use uuid::Uuid;

use super::app::on_runtime;
use super::{Answer, TestApp, world};

static HAND_IN: Rule = Rule::new(
    "submit_route",
    &[
        cell(&[Role::Teacher], Own),
        cell(&[Role::Director, Role::RegionalCoordinator, Role::DeputyDirector], Below),
    ],
);

/// A route to be approved.
pub struct Subject<'a> {
    app: &'a TestApp,
    learner: &'static str,
    regulation: BindingRegulation,
    pub id: Uuid,
    pub kind: ApprovalSubjectKind,
    pub learner_agreed: bool,
}

/// A request under test.
pub struct Request<'a> {
    app: &'a TestApp,
    pub id: String,
}

impl<'a> Subject<'a> {
    /// A route of that person under the rules of that preset.
    pub fn new(app: &'a TestApp, learner: &'static str, preset: &str) -> Self {
        let school = school(learner);
        let in_altai = school.region == "altai";
        let adopted = world::regulation(if in_altai { "p4-altai-krai" } else { "p0-chelyabinsk-school" });
        let profile = Preset::find(preset).unwrap().load().unwrap().profile().clone();
        let regulation = BindingRegulation {
            id: adopted,
            title: preset.to_owned(),
            owner_id: world::organization(school.name),
            profile: Arc::new(profile),
        };
        Self {
            app,
            learner,
            regulation,
            id: rost::ids::new_id(),
            kind: ApprovalSubjectKind::Route,
            learner_agreed: false,
        }
    }

    /// A route of that person under a regulation whose chain for routes has these steps.
    pub fn with_chain(app: &'a TestApp, learner: &'static str, steps: Value) -> Self {
        let mut subject = Self::new(app, learner, "p2-kostroma-oblast");
        subject.comes_under(steps);
        subject
    }

    /// From now on another regulation binds, whose chain for routes has these steps.
    pub fn comes_under(&mut self, steps: Value) {
        let profile = parse_value(json!({"chains": {"route": {"steps": steps}}})).unwrap();
        self.regulation.profile = Arc::new(validate(&profile).unwrap());
    }

    /// Hands the route in, the first time or again.
    pub fn hand_in(&self, by: &str) -> Result<Submitted> {
        self.draft();
        self.ask(by, async |ctx| {
            let submission = self.submission();
            let target = Target::region(submission.region_id)
                .organization(submission.organization_id, submission.municipality_id)
                .person(submission.learner.unwrap_or_default());
            let permit = authorize(ctx.actor, &HAND_IN, &target)?;
            service::submit(ctx, &permit, submission).await
        })
    }

    /// Hands the route in and expects it to wait for somebody.
    #[track_caller]
    pub fn request(&self, by: &str) -> Request<'a> {
        match self.hand_in(by).unwrap_or_else(|refusal| panic!("{refusal}: {:?}", refusal.fields)) {
            Submitted::InReview { request_id, .. } => Request { app: self.app, id: request_id.to_string() },
            other => panic!("{other:?}"),
        }
    }

    /// What the service says of the route's newest request.
    pub fn summary(&self) -> service::RequestSummary {
        self.ask(self.learner, async |ctx| {
            service::request_of(ctx, ApprovalSubjectKind::Route, self.id).await
        })
        .unwrap()
        .unwrap()
    }

    /// Takes the route back, as its own resource does.
    pub fn take_back(&self, by: &str) -> Result<()> {
        self.ask(by, async |ctx| service::withdraw(ctx, ApprovalSubjectKind::Route, self.id).await)
    }

    fn ask<T>(&self, by: &str, work: impl AsyncFn(&rost::db::Ctx<'_>) -> Result<T>) -> Result<T> {
        ask(self.app, by, work)
    }

    /// The route itself stands in review, so that the end of the request has something to change.
    fn draft(&self) {
        let submission = self.submission();
        let municipality = submission.municipality_id.map_or("null".to_owned(), |id| format!("'{id}'"));
        let sql = format!(
            "insert into routes (id, region_id, municipality_id, organization_id, person_id, regulation_id, kind, title,
                                 state, initiator_role, created_by, starts_on, ends_on, created_at, updated_at)
             values ('{}', '{}', {municipality}, '{}', '{}', '{}', 'route', 'Маршрут', 'in_review', 'teacher', '{}',
                     '2026-04-01', '2027-04-01', now(), now())
             on conflict (id) do update set state = 'in_review', rework_reason = null, rework_due_on = null",
            self.id,
            submission.region_id,
            submission.organization_id,
            submission.learner.unwrap(),
            self.regulation.id,
            world::persona(self.learner).account_id(),
        );
        self.app.db_execute(&sql).unwrap();
    }

    fn submission(&self) -> Submission {
        let school = school(self.learner);
        Submission {
            subject_kind: self.kind,
            subject_id: self.id,
            subject_version: 1,
            title: "Маршрут".to_owned(),
            region_id: world::region(school.region),
            municipality_id: school.municipality.map(world::organization),
            organization_id: world::organization(school.name),
            learner: world::persona(self.learner).person_id(),
            learner_agreed: self.learner_agreed,
            regulation: self.regulation.clone(),
            facts: ChainFacts::default(),
        }
    }
}

impl Request<'_> {
    /// Its address.
    pub fn path(&self) -> String {
        format!("/api/v1/approval-requests/{}", self.id)
    }

    /// Reads it as somebody.
    pub fn read(&self, persona: &str) -> Answer {
        self.app.persona(persona).get(&self.path())
    }

    /// Its ETag, whoever may read it.
    pub fn etag(&self) -> String {
        let sql = format!("select version from approval_requests where id = '{}'", self.id);
        format!("\"{}\"", self.app.db_text(&sql))
    }

    /// Decides as somebody who has just read it.
    pub fn decide(&self, persona: &str, step: u16, decision: &str) -> Answer {
        self.send(persona, json!({"step": step, "decision": decision}))
    }

    /// Decides with everything that is to be said.
    pub fn send(&self, persona: &str, body: Value) -> Answer {
        self.app.persona(persona).post_if(&format!("{}/decisions", self.path()), &self.etag(), body)
    }

    /// Returns for rework until that day.
    pub fn send_back(&self, persona: &str, step: u16, due_on: &str) -> Answer {
        self.send(persona, json!({"step": step, "decision": "return", "note": "Нет плана", "due_on": due_on}))
    }
}

/// Asks a service as somebody, with a connection of its own.
pub fn ask<T>(app: &TestApp, by: &str, work: impl AsyncFn(&rost::db::Ctx<'_>) -> Result<T>) -> Result<T> {
    let url = app.database.owner_url();
    on_runtime(async {
        let settings = DbSettings {
            url: url.clone(),
            read_url: url,
            write_connections: 1,
            snapshot_connections: 1,
            read_pipes: 1,
        };
        let db = Db::new(&settings)?;
        let actor = app.state().identity.actor(&db, &app.token(by), app.now()).await?;
        db.write(&actor, app.now(), "test", work).await
    })
}

fn school(persona: &str) -> &'static world::Organization {
    let place = world::persona(persona).organization.unwrap();
    world::ORGANIZATIONS.iter().find(|organization| organization.name == place).unwrap()
}

/// The codes of a refusal of a service.
pub fn codes(refusal: &Error) -> Vec<String> {
    let fields = refusal.fields.iter().map(|field| field.code.to_string());
    std::iter::once(refusal.code.name().to_owned()).chain(fields).collect()
}
