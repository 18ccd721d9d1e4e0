//! Planning: the lists of requests at one's own expense, of offers from outside and of plans.

use super::{filled, slow};
use crate::support::{TestApp, world};

/// The crowd of [`filled`], each with a request; 4,000 offers, and as many plans, the first of them with a line for each.
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
         join (select id, row_number() over (order by id) - 1 as place from organizations) o on o.place = n % 18;
         insert into plans (id, region_id, organization_id, regulation_id, kind, title, starts_on, ends_on, state,
                            created_at, updated_at)
         select pg_temp.uid('plan', n), '{region}', o.id, '{regulation}', 'methodical_work', '-',
                date '2015-01-01' + n::int, date '2026-01-01' + n::int, 'draft', now(), now()
         from generate_series(1, 4000) n
         join (select id, row_number() over (order by id) - 1 as place from organizations) o on o.place = n % 18;
         insert into plan_lines (id, region_id, plan_id, section, title, starts_on, ends_on, created_at)
         select pg_temp.uid('line', n), '{region}', pg_temp.uid('plan', n % 40 + 1), 'base', '-',
                date '2026-01-01' + n::int % 300, date '2027-01-01', now()
         from generate_series(1, 4000) n"
    ))
    .unwrap();
    app.db_execute("vacuum analyze").unwrap();
    app
}

#[test]
fn the_lists_of_planning_use_their_indexes() {
    let app = busy();
    let (requests, offers) = ("own_expense_requests", "external_offers");
    let plan = app.db_text("select plan_id from plan_lines limit 1");
    let lines = format!("/plans/{plan}/lines");
    let lists = [
        ("teacher", "/own-expense-requests", requests, "own_expense_requests_person_idx"),
        ("ministry", "/own-expense-requests", requests, "own_expense_requests_region_idx"),
        ("director", "/external-offers", offers, "external_offers_organization_idx"),
        ("ministry", "/external-offers", offers, "external_offers_region_idx"),
        ("director", "/plans", "plans", "plans_organization_idx"),
        ("municipal_officer", "/plans", "plans", "plans_municipality_idx"),
        ("ministry", "/plans", "plans", "plans_region_idx"),
        ("ministry", &lines, "plan_lines", "plan_lines_plan_idx"),
    ];
    let found: Vec<String> = lists
        .iter()
        .filter_map(|(persona, path, table, index)| {
            slow(&app, persona, &format!("/api/v1{path}"), table, index)
        })
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}
