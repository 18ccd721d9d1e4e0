//! Planning: the lists of requests at one's own expense and of offers from outside.

use super::{filled, slow};
use crate::support::{TestApp, world};

/// The crowd of [`filled`], each with a request; 4,000 offers.
fn busy() -> TestApp {
    let app = filled();
    let (region, regulation) = (world::region("altai"), world::regulation("p4-altai-krai"));
    let account = world::persona("director").account_id();
    app.db_execute(&format!(
        "create function pg_temp.uid(kind text, n bigint) returns uuid language sql as $$ select md5(kind || n)::uuid $$;
         insert into own_expense_requests (id, region_id, organization_id, person_id, regulation_id, topic, starts_on,
                                           ends_on, state, created_at, updated_at)
         select pg_temp.uid('own', n), '{region}', e.organization_id, e.person_id, '{regulation}', '-', '2026-03-01',
                '2026-03-02', 'in_review', timestamptz '2025-01-01' + n * interval '1 hour', now()
         from generate_series(1, 4000) n join employments e on e.id = pg_temp.uid('employment', n);
         insert into external_offers (id, region_id, organization_id, regulation_id, recorded_by, offered_by, topic,
                                      source, payer, terms, state, created_at, updated_at)
         select pg_temp.uid('offer', n), '{region}', o.id, '{regulation}', '{account}', '-', '-', 'grant', '-', '-',
                'in_review', timestamptz '2025-01-01' + n * interval '1 hour', now()
         from generate_series(1, 4000) n
         join (select id, row_number() over (order by id) - 1 as place from organizations) o on o.place = n % 18"
    ))
    .unwrap();
    app.db_execute("vacuum analyze").unwrap();
    app
}

#[test]
fn the_lists_of_planning_use_their_indexes() {
    let app = busy();
    let (requests, offers) = ("own_expense_requests", "external_offers");
    let lists = [
        ("teacher", "/own-expense-requests", requests, "own_expense_requests_person_idx"),
        ("ministry", "/own-expense-requests", requests, "own_expense_requests_region_idx"),
        ("director", "/external-offers", offers, "external_offers_organization_idx"),
        ("ministry", "/external-offers", offers, "external_offers_region_idx"),
    ];
    let found: Vec<String> = lists
        .iter()
        .filter_map(|(persona, path, table, index)| {
            slow(&app, persona, &format!("/api/v1{path}"), table, index)
        })
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}
