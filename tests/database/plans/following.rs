//! What other systems follow: the feed of changes and the deliveries of webhooks.

use std::sync::PoisonError;

use diesel::connection::set_default_instrumentation;
use rost::delivering::work_once;

use super::{SENT, by_index, explained, listener};
use crate::support::app::on_runtime;
use crate::support::{TestApp, world};

/// 20,000 changes, 200 webhooks, two of them active, and 20,000 deliveries, a hundredth of them waiting for tomorrow.
fn followed() -> TestApp {
    set_default_instrumentation(listener).unwrap();
    let app = TestApp::start();
    let (region, other) = (world::region("altai"), world::region("chelyabinsk"));
    let (ministry, account) =
        (world::organization("altai_ministry"), world::persona("integration").account_id());
    app.db_execute(&format!(
        "create function pg_temp.uid(kind text, n bigint) returns uuid language sql as $$ select md5(kind || n)::uuid $$;
         insert into audit_events (id, at, region_id, operation, subject_kind, subject_id, request_id, xid, municipality_ids)
         select pg_temp.uid('change', n), now(), (case when n % 10 = 0 then '{other}' else '{region}' end)::uuid, 'test', 'test',
                pg_temp.uid('thing', n), 'test', n, array[pg_temp.uid('municipality', n % 20)]
         from generate_series(1, 20000) n;
         insert into webhooks (id, region_id, organization_id, reach, url, state, secret, after_xid, after_id, created_by,
                               created_at, updated_at)
         select pg_temp.uid('webhook', n), '{region}', '{ministry}', 'region', 'https://school.example/' || n,
                case when n <= 2 then 'active' else 'paused' end, '-', 30000, '{account}', '{account}',
                now() + n * interval '1 second', now()
         from generate_series(1, 200) n;
         insert into webhook_deliveries (id, region_id, webhook_id, event_id, state, attempts, due_at, created_at, delivered_at)
         select pg_temp.uid('delivery', n), '{region}', pg_temp.uid('webhook', n % 200 + 1), pg_temp.uid('change', n),
                case when n % 100 = 0 then 'waiting' else 'delivered' end, 1,
                case when n % 100 = 0 then timestamptz '2030-01-01' + n * interval '1 second' end, now(),
                case when n % 100 <> 0 then now() end
         from generate_series(1, 20000) n"
    ))
    .unwrap();
    app.db_execute("vacuum analyze").unwrap();
    app
}

#[test]
fn the_feed_and_the_deliveries_use_their_indexes() {
    let app = followed();
    let webhook = app.db_text("select id from webhooks order by created_at limit 1");
    for (persona, path, table, index) in [
        ("integration", "/changes".to_owned(), "audit_events", "audit_events_feed_idx"),
        ("municipal_officer", "/changes".to_owned(), "audit_events", "audit_events_feed_idx"),
        (
            "ministry",
            format!("/webhooks/{webhook}/deliveries"),
            "webhook_deliveries",
            "webhook_deliveries_webhook_idx",
        ),
    ] {
        by_index(&app, persona, &format!("/api/v1{path}"), table, index);
    }
}

/// The worker looks every two seconds for what is due: among everything that was ever told.
#[test]
fn what_is_due_is_found_by_its_moment() {
    let app = followed();
    SENT.lock().unwrap_or_else(PoisonError::into_inner).clear();
    on_runtime(async {
        let db = app.state().own_connection().unwrap();
        assert_eq!(work_once(app.state(), &db).await.unwrap(), 0);
    });
    let sent = SENT.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let due: Vec<String> =
        sent.into_iter().filter(|sql| sql.contains("FROM \"webhook_deliveries\"")).collect();
    assert!(!due.is_empty());
    for sql in due {
        let plan = explained(&app, &sql);
        assert!(
            plan.contains("webhook_deliveries_due_idx") && !plan.contains("Seq Scan on webhook_deliveries"),
            "{plan}"
        );
    }
}
