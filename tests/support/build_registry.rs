//! Programs and the registry, set up through the public API.

use serde_json::{Value, json};
use uuid::Uuid;

use super::TestApp;
use super::world;

/// What is written of a program of 36 hours made of two modules.
pub fn program(app: &TestApp, provider: &str, title: &str) -> Value {
    json!({
        "provider_id": app.organization(provider),
        "data": {
            "kind": "advanced_training", "title": title, "annotation": "Приёмы работы на уроке", "hours": 36,
            "fully_modular": true, "study_form": "full_time", "delivery": ["in_person"], "audience": ["teacher"],
        },
        "modules": [module("Первый модуль", 24, &[]), module("Второй модуль", 12, &[])],
    })
}

/// What is written of a module.
pub fn module(title: &str, hours: u32, competencies: &[Uuid]) -> Value {
    json!({"title": title, "hours": hours, "delivery": ["in_person"], "competency_ids": competencies})
}

/// A draft of that persona.
pub fn draft(app: &TestApp, persona: &str, body: &Value) -> String {
    app.persona(persona).post("/api/v1/programs", body.clone()).expect(201).id()
}

/// A draft that was submitted; the answer's ETag is the second version.
pub fn submitted(app: &TestApp, persona: &str, body: &Value) -> String {
    let id = draft(app, persona, body);
    app.persona(persona)
        .post_if(&format!("/api/v1/programs/{id}/submission"), "\"1\"", json!({}))
        .expect(200);
    id
}

/// A program the region's ministry has accepted.
pub fn accepted(app: &TestApp, persona: &str, ministry: &str, body: &Value) -> String {
    let id = submitted(app, persona, body);
    let decision = json!({"decision": "accept"});
    app.persona(ministry).post_if(&format!("/api/v1/programs/{id}/decision"), "\"2\"", decision).expect(200);
    id
}

/// An accepted program in the registry of Altai: its id and the entry's.
pub fn entered(app: &TestApp, body: &Value) -> (String, String) {
    let id = accepted(app, "provider", "ministry", body);
    let entry =
        app.persona("ministry").post("/api/v1/registry-entries", json!({"program_id": id})).expect(201).id();
    (id, entry)
}

/// A competency of a framework of Altai.
pub fn db_competency(app: &TestApp, number: u32) -> Uuid {
    let region = world::region("altai");
    let framework: Uuid = "00000000-0000-7000-8f0a-000000000001".parse().unwrap();
    let id: Uuid = format!("00000000-0000-7000-8c0c-{number:012}").parse().unwrap();
    app.db_execute(&format!(
        "insert into frameworks values ('{framework}', '{region}', '{}', 'f', 'Модель', 1, 'published', 1, now(), now())
             on conflict do nothing;
         insert into competencies (id, framework_id, code, kind, title, position)
             values ('{id}', '{framework}', 'c{number}', 'competency', 'Компетенция', {number})",
        app.organization("coordinator"),
    ))
    .unwrap();
    id
}

/// An open difficulty of a teacher of school 1.
pub fn db_deficit(app: &TestApp, persona: &str, competency: Uuid) {
    app.db_execute(&format!(
        "insert into deficits (id, region_id, municipality_id, organization_id, person_id, competency_id, origin, level,
                               severity, weight, state, opened_on, created_at, updated_at)
         values ('{}', '{}', '{}', '{}', '{}', '{competency}', 'difficulty', 'low', 1, 1, 'open', '2026-02-01', now(), now())",
        rost::ids::new_id(),
        world::region("altai"),
        app.organization("barnaul"),
        app.organization("school_1"),
        app.person(persona),
    ))
    .unwrap();
}

/// So many accepted programs of provider X, numbered from 1: each newer than the one before, all newer than others.
pub fn db_programs(app: &TestApp, title: &str, count: u32) {
    app.db_execute(&format!(
        "insert into programs (id, region_id, provider_id, kind, title, annotation, hours, fully_modular, study_form,
                               delivery, audience, state, created_at, updated_at)
         select gen_random_uuid(), '{}', '{}', 'advanced_training', '{title} ' || number, 'Приёмы', 36, false,
                'full_time', '{{in_person}}', '{{teacher}}', 'accepted',
                timestamptz '2030-01-01' + number * interval '1 minute', now()
         from generate_series(1, {count}) as number",
        world::region("altai"),
        app.organization("provider_x"),
    ))
    .unwrap();
}
