//! What the servers remember of a region falls with its stamp, so every change of what they remember renews it.

use crate::support::TestApp;

/// The stamps of the world's regions, by their codes.
fn stamps(app: &TestApp) -> String {
    app.db_text(
        "select string_agg(code || ' ' || stamp, ',' order by code) from region_stamps
         join regions on id = region_id",
    )
}

const CHANGES: [&str; 11] = [
    "update organizations set founder_type = 'private' where region_id = :altai and kind = 'provider'",
    "insert into organizations (id, region_id, municipality_id, parent_id, kind, name, created_at, updated_at)
     select gen_random_uuid(), region_id, municipality_id, parent_id, kind, name || ' 2', created_at, updated_at
     from organizations where region_id = :altai and kind = 'school' limit 1",
    "update regulations set effective_until = date '2040-01-01' where region_id = :altai and state = 'published'",
    "insert into provider_licences (id, region_id, organization_id, number, issued_on, issued_by, valid_from,
                                    created_at, updated_at)
     select gen_random_uuid(), region_id, id, 'Л-1', '2020-01-01', 'Минобрнауки', '2020-01-01', now(), now()
     from organizations where region_id = :altai and kind = 'provider' limit 1",
    "insert into licence_suspensions (licence_id, suspended_from, reason)
     select id, '2026-01-01', 'проверка' from provider_licences",
    "update licence_suspensions set suspended_until = '2026-02-01'",
    "delete from licence_suspensions",
    "insert into provider_founders (id, region_id, organization_id, founder_type, valid_from, created_at, updated_at)
     select gen_random_uuid(), region_id, id, 'private', '2020-01-01', now(), now()
     from organizations where region_id = :altai and kind = 'provider' limit 1",
    "delete from provider_founders",
    "update persons set merged_into_id = (select id from persons where region_id = :altai order by id limit 1)
     where id = (select id from persons where region_id = :altai order by id desc limit 1)",
    "update persons set merged_into_id = null where merged_into_id is not null",
];

#[test]
fn every_change_of_a_directory_renews_the_stamp_of_its_region_alone() {
    let app = TestApp::start();
    let altai = "(select region_id from organizations where kind = 'provider' order by id limit 1)";
    let other = |stamps: &str| {
        let code =
            app.db_text(&format!("select code from regions where id <> {altai} order by code limit 1"));
        stamps.split(',').find(|stamp| stamp.starts_with(&code)).map(str::to_owned)
    };
    for change in CHANGES {
        let before = stamps(&app);
        app.db_execute(&change.replace(":altai", altai)).unwrap();
        let after = stamps(&app);
        assert_ne!(before, after, "{change}");
        assert_eq!(other(&before), other(&after), "{change}");
    }
}

#[test]
fn a_change_that_is_rolled_back_leaves_the_stamp() {
    let app = TestApp::start();
    let before = stamps(&app);
    app.db_execute("begin; update organizations set name = name || '!'; rollback").unwrap();
    assert_eq!(before, stamps(&app));
}
