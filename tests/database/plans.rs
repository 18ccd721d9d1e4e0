//! The hot lists go through their indexes: every statement they really send is explained on a few thousand rows.

mod approvals;
mod beside_routes;
mod following;
mod hours;
mod importing;
mod people;
mod planning;
mod routes;
mod training;

use std::sync::{Mutex, PoisonError};

use diesel::connection::{Instrumentation, InstrumentationEvent, set_default_instrumentation};

use crate::support::app::on_runtime;
use crate::support::{TestApp, database, world};

/// Statements of this process, as Diesel sends them.
static SENT: Mutex<Vec<String>> = Mutex::new(Vec::new());

fn listener() -> Option<Box<dyn Instrumentation>> {
    Some(Box::new(|event: InstrumentationEvent<'_>| {
        if let InstrumentationEvent::StartQuery { query, .. } = event {
            let text = query.to_string();
            let statement = text.split(" -- binds").next().unwrap_or_default().to_owned();
            SENT.lock().unwrap_or_else(PoisonError::into_inner).push(statement);
        }
    }))
}

/// 4,000 programs, people with 5 entries each, routes and open requests in the region and its schools.
fn filled() -> TestApp {
    set_default_instrumentation(listener).unwrap();
    let app = TestApp::start();
    let (region, school, provider) =
        (world::region("altai"), world::organization("school_2"), world::organization("provider_x"));
    let (regulation, account) = (world::regulation("p4-altai-krai"), world::persona("provider").account_id());
    let municipality = world::organization("barnaul");
    app.db_execute(&format!(
        "create function pg_temp.uid(kind text, n bigint) returns uuid language sql as $$ select md5(kind || n)::uuid $$;
         insert into programs (id, region_id, provider_id, kind, title, annotation, hours, fully_modular, study_form,
                               delivery, audience, state, created_at, updated_at)
         select pg_temp.uid('program', n), '{region}', '{provider}', 'advanced_training',
                'Тема ' || md5(n::text) || case when n % 400 = 0 then ' астрономия' else '' end, '-', 36, true,
                'part_time', '{{distance}}', '{{teacher}}', 'accepted', now(), now() from generate_series(1, 4000) n;
         insert into registry_entries (id, region_id, program_id, state, entered_on, created_at, updated_at)
         select pg_temp.uid('registry', n), '{region}', pg_temp.uid('program', n), 'active', '2026-01-15', now(), now()
         from generate_series(1, 4000) n;
         insert into persons (id, region_id, last_name, first_name, created_at, updated_at)
         select pg_temp.uid('person', n), '{region}', 'Testova-' || translate(md5(n::text), '0123456789', 'ghijklmnop'), 'Anna', now(), now()
         from generate_series(1, 4000) n;
         insert into employments (id, region_id, municipality_id, organization_id, person_id, kind, position,
                                  started_on, created_at, updated_at)
         select pg_temp.uid('employment', n), '{region}', '{municipality}', o.id, pg_temp.uid('person', n), 'staff',
                'учитель', '2020-09-01', now(), now()
         from generate_series(1, 4000) n
         join (select id, row_number() over (order by id) - 1 as place from organizations where kind = 'school') o
              on o.place = n % 6;
         insert into credentials (id, region_id, person_id, issuer_id, issuer_name, kind, number, identity, marks, title, hours,
                                  issued_on, origin, state, recorded_by, created_at, updated_at)
         select pg_temp.uid('paper', n), '{region}', pg_temp.uid('person', n % 4000 + 1), '{provider}', '-',
                'pd_certificate', n::text, n::text, array['n|' || n], '-', 36, date '2025-01-01' + n % 300, 'provider', 'confirmed',
                '{account}', now(), now() from generate_series(1, 20000) n;
         alter table ledger_entries disable trigger check_entry;
         insert into ledger_entries (id, region_id, person_id, credential_id, kind, hours, document_kind, identity,
                                     issuer_id, issuer_name, title, credited, issued_on, recorded_by, recorded_at)
         select pg_temp.uid('ledger', n), '{region}', pg_temp.uid('person', n % 4000 + 1), pg_temp.uid('paper', n),
                'credit', 36, 'pd_certificate', n::text, '{provider}', '-', '-', false,
                date '2025-01-01' + n % 300, '{account}', now() from generate_series(1, 20000) n;
         insert into routes (id, region_id, municipality_id, organization_id, person_id, regulation_id, kind, title,
                             state, initiator_role, created_by, starts_on, ends_on, created_at, updated_at)
         select pg_temp.uid('route', n), '{region}', '{municipality}', e.organization_id, e.person_id, '{regulation}',
                'route', '-', 'in_review', 'teacher', '{account}', date '2026-01-01' + n % 100, '2027-01-01', now(), now()
         from generate_series(1, 4000) n join employments e on e.id = pg_temp.uid('employment', n);
         insert into approval_requests (id, region_id, municipality_id, organization_id, person_id, learner_agreed,
                                        both_sides, subject_kind, subject_id, title, regulation_id, state, round, step,
                                        submitted_by, submitted_at, created_at, updated_at)
         select pg_temp.uid('request', n), '{region}', '{municipality}', r.organization_id, r.person_id, true, true,
                'route', r.id, '-', '{regulation}', 'in_review', 1, 1, '{account}', now(), now(), now()
         from generate_series(1, 4000) n join routes r on r.id = pg_temp.uid('route', n);
         insert into approval_steps (request_id, position, key, kind, actor, role, organization_id, blocking, skipped,
                                     act_required, text_required, may_return, taken_by_submission, at_deadline)
         select id, 1, 'head', 'approve', 'role', 'director', organization_id, true, false, false, false, true, false,
                'nothing' from approval_requests;
         insert into approval_open_steps (request_id, position, organization_id, role, opened_at)
         select id, 1, organization_id, 'director', now() from approval_requests where organization_id <> '{school}'
         or id in (select id from approval_requests where organization_id = '{school}' limit 50)"
    ))
    .unwrap();
    // Also moves fresh rows from the waiting lists of the word indexes into the indexes themselves.
    app.db_execute("vacuum analyze").unwrap();
    app
}

/// The plans of everything the request sends that reads the table, as for any parameters: what a statement settles
/// on after its first uses.
fn plans(app: &TestApp, persona: &str, path: &str, table: &str) -> Vec<String> {
    let client = app.persona(persona);
    SENT.lock().unwrap().clear();
    client.get(path).expect(200);
    let sent = SENT.lock().unwrap().clone();
    let of_table: Vec<String> = sent
        .into_iter()
        .filter(|sql| {
            let read = [format!("FROM \"{table}\""), format!("(\"{table}\" "), format!(" join {table} ")];
            read.iter().any(|part| sql.contains(part)) || sql.contains(&format!("from {table} "))
        })
        .collect();
    assert!(!of_table.is_empty(), "{path} reads {table}");
    of_table.iter().map(|sql| explained(app, sql)).collect()
}

fn explained(app: &TestApp, sql: &str) -> String {
    on_runtime(async {
        let client = database::connect(&app.database.owner_url()).await.unwrap();
        client
            .batch_execute(&format!(
                "set plan_cache_mode = force_generic_plan; set jit = off; prepare s as {sql}"
            ))
            .await
            .unwrap_or_else(|refusal| panic!("{refusal}: {sql}"));
        let count =
            "select coalesce(cardinality(parameter_types), 0) from pg_prepared_statements where name = 's'";
        let count: i32 = client.query_one(count, &[]).await.unwrap().get(0);
        let nulls = vec!["null"; usize::try_from(count).unwrap()].join(", ");
        let arguments = if count == 0 { String::new() } else { format!("({nulls})") };
        let lines = client.simple_query(&format!("explain execute s{arguments}")).await.unwrap();
        let mut plan = format!("{sql}\n");
        for line in lines {
            if let tokio_postgres::SimpleQueryMessage::Row(row) = line {
                plan.push_str(row.get(0).unwrap());
                plan.push('\n');
            }
        }
        plan
    })
}

/// Asserts that the list reads the table by that index and never from end to end.
#[track_caller]
fn by_index(app: &TestApp, persona: &str, path: &str, table: &str, index: &str) {
    assert_eq!(slow(app, persona, path, table, index), None);
}

/// How the list reads the table otherwise than by that index.
fn slow(app: &TestApp, persona: &str, path: &str, table: &str, index: &str) -> Option<String> {
    let plans = plans(app, persona, path, table).join("\n");
    let fast = plans.contains(index) && !plans.contains(&format!("Seq Scan on {table}"));
    (!fast).then(|| format!("{path} does not read {table} by {index} alone:\n{plans}"))
}

fn encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

#[test]
fn the_hot_lists_use_their_indexes() {
    let app = filled();
    let word = encoded("астрономии");
    let typo = encoded("астраномия");
    for (persona, path, table, index) in [
        ("ministry", format!("/programs?q={word}"), "programs", "programs_search_idx"),
        ("teacher", format!("/programs?q={word}&hours_min=16"), "programs", "programs_search_idx"),
        ("ministry", format!("/programs?q={word}&sort=title"), "programs", "programs_search_idx"),
        ("ministry", format!("/programs?q={typo}"), "programs", "programs_title_trgm_idx"),
        ("ministry", "/programs".to_owned(), "programs", "programs_region_title_idx"),
        ("ministry", "/programs?sort=hours".to_owned(), "programs", "programs_region_hours_idx"),
        ("ministry", "/programs?sort=price".to_owned(), "programs", "programs_region_price_idx"),
        ("ministry", "/persons".to_owned(), "persons", "persons_region_name_idx"),
        (
            "ministry",
            format!("/persons/{}/ledger-entries", app.person("teacher")),
            "ledger_entries",
            "ledger_entries_person_idx",
        ),
        (
            "ministry",
            format!("/routes?organization_id={}", app.organization("school_2")),
            "routes",
            "routes_organization_idx",
        ),
        (
            "provider",
            format!("/frdo-preview?issuer_id={}&layout=v40", app.organization("provider_x")),
            "credentials",
            "credentials_issuer_idx",
        ),
        (
            "school_2_director",
            "/approvals/inbox".to_owned(),
            "approval_open_steps",
            "approval_open_steps_seat_idx",
        ),
    ] {
        by_index(&app, persona, &format!("/api/v1{path}"), table, index);
    }
}
