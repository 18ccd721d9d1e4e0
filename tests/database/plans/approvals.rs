//! Approvals: the inbox, with and without substitutions, the outbox, and what time has something to do with.

use std::sync::PoisonError;

use rost::sweep::sweep;

use super::{SENT, by_index, explained, filled};
use crate::support::app::on_runtime;
use crate::support::{TestApp, world};

/// The crowd of [`filled`]: every request handed in by its learner, a few of them late, decided by somebody; what waits
/// waits at hundreds of schools, as in a region.
fn asked() -> TestApp {
    let app = filled();
    let (region, municipality) = (world::region("altai"), world::organization("barnaul"));
    let (school, account) = (world::organization("school_2"), world::persona("provider").account_id());
    let director = app.person("school_2_director");
    app.db_execute(&format!(
        "update approval_requests set submitted_by_person_id = person_id, step_due_on = date '2026-01-01',
                deadline_open = id::text < '04';
         insert into organizations (id, region_id, municipality_id, parent_id, kind, name, created_at, updated_at)
         select md5('school' || n)::uuid, '{region}', '{municipality}', '{municipality}', 'school', 'School ' || n, now(), now()
           from generate_series(1, 500) n;
         update approval_open_steps set organization_id = md5('school' || (1 + abs(hashtext(request_id::text)) % 500))::uuid
          where organization_id <> '{school}';
         insert into approval_decisions (id, request_id, version, round, step, decision, decided_by, person_id, decided_on,
                                         decided_at)
         select gen_random_uuid(), id, version, 1, 1, 'endorse', '{account}', person_id, date '2026-01-01', now()
           from approval_requests;
         insert into approval_substitutions (id, region_id, municipality_id, organization_id, person_id,
                                             substitute_person_id, kind, starts_on, ends_on, created_by, created_at, updated_at)
         select gen_random_uuid(), '{region}', '{municipality}', organization_id, person_id,
                case when row_number() over () <= 3 then '{director}'::uuid else md5('person' || 4)::uuid end, 'delegation',
                '2026-01-01', '2026-12-31', '{account}', now(), now()
           from employments where organization_id = '{school}' and person_id <> '{director}'
            and person_id <> md5('person' || 4)::uuid;
         insert into role_assignments (id, region_id, municipality_id, organization_id, person_id, role, level, valid_from,
                                       created_at, updated_at)
         select gen_random_uuid(), '{region}', '{municipality}', '{school}', person_id, 'deputy_director', 'school',
                '2020-01-01', now(), now()
           from approval_substitutions where substitute_person_id = '{director}'"
    ))
    .unwrap();
    app.db_execute("vacuum analyze").unwrap();
    app
}

#[test]
fn what_waits_and_what_was_sent_are_found_by_index() {
    let app = asked();
    for (path, table, index) in [
        ("/approvals/inbox", "approval_open_steps", "approval_open_steps_seat_idx"),
        ("/approvals/inbox?substituting=true", "approval_open_steps", "approval_open_steps_seat_idx"),
        ("/approvals/outbox", "approval_requests", "approval_requests_submitter_idx"),
        ("/approvals/outbox?of=about_me", "approval_requests", "approval_requests_person_idx"),
        ("/approvals/outbox?of=decided", "approval_requests", "approval_decisions_person_idx"),
    ] {
        by_index(&app, "school_2_director", &format!("/api/v1{path}"), table, index);
    }
}

#[test]
fn what_is_late_is_found_by_index() {
    let app = asked();
    let late = "request.deadline_open";
    on_runtime(async {
        let db = app.state().own_connection().unwrap();
        sweep(&db, app.now()).await.unwrap()
    });
    let sent = SENT.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let sql = sent.into_iter().find(|sql| sql.contains(late)).unwrap();
    let plan = explained(&app, &sql);
    assert!(plan.contains("approval_requests_deadline_idx"), "{plan}");
}
