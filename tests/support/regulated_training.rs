//! The world under other regulations than its own, for training, diagnostics and guidance.

use rost::authz::{Level, Role};
use rost::regulations::presets::Preset;
use serde_json::{Value, json};

use super::build_guidance::live_under;
use super::{Client, TestApp};

/// School 1 under the regulation of the school in Grozny (P1).
#[track_caller]
pub fn school_1_under_p1(app: &TestApp) {
    live_under(app, "director", "school_1", "p1-grozny-school-91", "2026-03-02");
}

/// Altai under the regulation of Kostroma (P2).
#[track_caller]
pub fn altai_under_p2(app: &TestApp) {
    live_under(app, "ministry", "altai_ministry", "p2-kostroma-oblast", "2026-03-02");
}

/// Barnaul, with its centre and its schools, under the regulation of Georgievsk (P3).
#[track_caller]
pub fn barnaul_under_p3(app: &TestApp) {
    live_under(app, "municipal_officer", "barnaul", "p3-georgievsk-municipality", "2026-03-02");
}

/// Puts an organization under a preset with something changed in its profile.
#[track_caller]
pub fn live_under_changed(
    app: &TestApp,
    persona: &str,
    owner: &str,
    preset: &str,
    change: impl FnOnce(&mut Value),
) {
    let mut document =
        serde_json::to_value(Preset::find(preset).unwrap().load().unwrap().document()).unwrap();
    document["code"] = json!("changed");
    change(&mut document["profile"]);
    let body = json!({"owner_id": app.organization(owner), "document": document});
    let draft = app.persona(persona).post("/api/v1/regulations", body).expect(201);
    let path = format!("/api/v1/regulations/{}/publication", draft.id());
    app.persona(persona).post_if(&path, &draft.etag(), json!({"effective_from": "2026-03-02"})).expect(200);
}

/// The persona with one more role at that organization.
pub fn also(app: &TestApp, persona: &str, role: Role, level: Level, organization: &str) -> Client {
    let place = app.organization(organization);
    let level_name = serde_json::to_value(level).unwrap();
    app.db_execute(&format!(
        "insert into role_assignments (id, region_id, municipality_id, organization_id, person_id, role, level, valid_from,
                                       created_at, updated_at)
         select gen_random_uuid(), region_id, municipality_id, id, '{}', '{}', '{}', '2020-09-01', now(), now()
           from organizations where id = '{place}'",
        app.person(persona),
        role.as_str(),
        level_name.as_str().unwrap(),
    ))
    .unwrap();
    let mut claims = app.claims(persona);
    let mut grant = claims.grants[0].clone();
    (grant.role, grant.level, grant.organization) = (role, level, Some(place));
    claims.grants.push(grant);
    app.with_token(&app.state().identity.keys().sign(&claims).unwrap())
}
