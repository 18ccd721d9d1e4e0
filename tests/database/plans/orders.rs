//! Orders: the list of training orders and of their lines.

use super::{filled, slow};
use crate::support::{TestApp, world};

/// 4,000 orders of the 18 organizations of the world.
fn busy() -> TestApp {
    let app = filled();
    let (region, regulation) = (world::region("altai"), world::regulation("p4-altai-krai"));
    let account = world::persona("director").account_id();
    app.db_execute(&format!(
        "create function pg_temp.uid(kind text, n bigint) returns uuid language sql as $$ select md5(kind || n)::uuid $$;
         insert into training_orders (id, region_id, organization_id, regulation_id, level, period, year, starts_on, ends_on,
                                      state, created_by, created_at, updated_at)
         select pg_temp.uid('order', n), '{region}', o.id, '{regulation}', 'school', 'calendar_year', 2026, '2026-01-01',
                '2026-12-31', 'withdrawn', '{account}', timestamptz '2025-01-01' + n * interval '1 hour', now()
         from generate_series(1, 4000) n
         join (select id, row_number() over (order by id) - 1 as place from organizations) o on o.place = n % 18"
    ))
    .unwrap();
    app.db_execute("vacuum analyze").unwrap();
    app
}

#[test]
fn the_lists_of_orders_use_their_indexes() {
    let app = busy();
    let orders = "training_orders";
    let lists = [
        ("director", "/training-orders", orders, "training_orders_organization_idx"),
        ("municipal_officer", "/training-orders", orders, "training_orders_municipality_idx"),
        ("ministry", "/training-orders", orders, "training_orders_region_idx"),
        ("director", "/measures?measure=orders_assigned", orders, "training_orders_period_key"),
    ];
    let found: Vec<String> = lists
        .iter()
        .filter_map(|(persona, path, table, index)| {
            slow(&app, persona, &format!("/api/v1{path}"), table, index)
        })
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}
