//! The feed of changes: nothing is skipped, nothing is told twice, and nobody is told of what is not his.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::TestApp;
use crate::support::build_directory::hire;
use crate::support::build_events::{FEED, end, portion, settled, told_of};
use crate::support::build_routes::{RouteUnderTest, activity};
use crate::support::held::hold;
use crate::support::world;

fn school(app: &TestApp, parent: &str, name: &str) -> String {
    let body = json!({"parent_id": app.organization(parent), "kind": "school", "data": {"name": name}});
    app.persona("ministry").post("/api/v1/organizations", body).expect(201).id()
}

fn subjects(portion: &Value) -> Vec<String> {
    let changes = portion["changes"].as_array().unwrap();
    changes.iter().map(|change| change["subject_id"].as_str().unwrap().to_owned()).collect()
}

/// What happened is told in its order, portion by portion, each thing once.
#[test]
fn changes_are_told_in_their_order_and_once() {
    let app = TestApp::start();
    let integration = app.persona("integration");
    let start = end(&integration);
    let made: Vec<String> =
        (1..=3).map(|number| school(&app, "barnaul", &format!("СОШ № {number}"))).collect();
    settled(&app);
    let (mut after, mut told) = (start, Vec::new());
    loop {
        let found = integration.get(&format!("{FEED}?limit=2&after={after}")).expect(200).json();
        told.extend(subjects(&found));
        after = found["after"].as_str().unwrap().to_owned();
        if found["has_more"] == false {
            break;
        }
    }
    assert_eq!(told, made);
    assert_eq!(subjects(&portion(&integration, Some(&after), "")), Vec::<String>::new());
    let later = school(&app, "barnaul", "СОШ № 4");
    let found = told_of(&integration, &after, &later);
    let expected = json!({
        "subject_kind": "organization", "subject_id": later, "action": "changed", "operation": "create_organization",
        "at": found[0]["at"], "cursor": found[0]["cursor"],
    });
    assert_eq!(found, [expected]);
}

/// A transaction that began earlier and ends later holds the later one back: whoever reads meanwhile misses nothing.
#[test]
fn what_ends_late_is_not_skipped() {
    let app = TestApp::start();
    let integration = app.persona("integration");
    settled(&app);
    let start = end(&integration);
    let (late, region) = (Uuid::from_u128(0x019a_a0c5), world::region("altai"));
    let slow = hold(
        &app,
        &format!(
            "insert into audit_events (id, at, region_id, operation, subject_kind, subject_id, request_id)
             values ('{late}', now(), '{region}', 'test', 'test', '{late}', 'test')"
        ),
    );
    let quick = school(&app, "barnaul", "СОШ № 10");
    let meanwhile = portion(&integration, Some(&start), "");
    assert_eq!(subjects(&meanwhile), Vec::<String>::new());
    drop(slow);
    settled(&app);
    // From the place that was told while the first one was under way.
    let after = portion(&integration, meanwhile["after"].as_str(), "");
    assert_eq!(subjects(&after), [late.to_string(), quick]);
}

/// What is gone is told with its id and its moment, as part of the thing that goes on.
#[test]
fn what_is_removed_leaves_a_tombstone() {
    let app = TestApp::start();
    let ministry = app.persona("chel_ministry");
    let route = RouteUnderTest::start(&app, "chel_teacher", "chel_teacher");
    let added = route.add("chel_teacher", activity(Some("elective"))).expect(201).json();
    let activity_id = added["id"].as_str().unwrap().to_owned();
    settled(&app);
    let start = end(&ministry);
    let path = route.path(&format!("/activities/{activity_id}"));
    app.persona("chel_teacher").delete(&path, &route.etag()).expect(200);
    let told = told_of(&ministry, &start, &route.id);
    assert_eq!(told[0]["action"], "changed");
    assert_eq!(told[0]["operation"], "remove_route_activity");
    assert_eq!(told[0]["removed"], json!({"kind": "route_activity", "id": activity_id}));
}

/// A region hears nothing of another one, a municipality nothing of its neighbour; what concerns nobody else in
/// particular is the region's.
#[test]
fn everybody_hears_of_his_own_circle() {
    let app = TestApp::start();
    let starts = ["ministry", "auditor", "municipal_officer", "biysk_officer", "chel_ministry"]
        .map(|name| (name, end(&app.persona(name))));
    let person = hire(&app, "director", "Толстая", "school_1");
    let school = school(&app, "altai_ministry", "Лицей");
    settled(&app);
    let told = |name: &str| {
        let start = &starts.iter().find(|(known, _)| *known == name).unwrap().1;
        subjects(&portion(&app.persona(name), Some(start), ""))
    };
    for name in ["ministry", "auditor"] {
        assert!(told(name).contains(&person) && told(name).contains(&school), "{name}: {:?}", told(name));
    }
    assert!(told("municipal_officer").contains(&person) && !told("municipal_officer").contains(&school));
    assert_eq!(told("biysk_officer"), Vec::<String>::new());
    assert_eq!(told("chel_ministry"), Vec::<String>::new());
    for name in ["teacher", "director", "provider", "admin"] {
        app.persona(name).get(FEED).refused(403, "auth.forbidden");
    }
}

/// A database that is restored on another server, whose transactions have lower numbers, goes on behind what came along:
/// whoever follows it misses nothing and is told nothing twice.
#[test]
fn a_restored_database_goes_on_where_it_was() {
    let app = TestApp::start();
    let integration = app.persona("integration");
    let (region, old) = (world::region("altai"), Uuid::max());
    app.db_execute(&format!(
        "insert into audit_events (id, at, region_id, operation, subject_kind, subject_id, request_id, xid)
         values ('{old}', now(), '{region}', 'test', 'test', '{old}', 'test', 1000000000000)"
    ))
    .unwrap();
    rost_begins_anew(&app);
    let start = format!("0-{}", "0".repeat(32));
    let told = told_of(&integration, &start, &old.to_string());
    let after = told[0]["cursor"].as_str().unwrap().to_owned();
    let later = school(&app, "barnaul", "СОШ № 10");
    assert_eq!(told_of(&integration, &after, &later).len(), 1);
    assert_eq!(subjects(&portion(&integration, Some(&after), "")), [later]);
    // Once is enough.
    let base = app.db_text("select rost_change_base()");
    rost_begins_anew(&app);
    assert_eq!(app.db_text("select rost_change_base()"), base);
}

/// What the program does whenever it is started as the owner of the tables.
fn rost_begins_anew(app: &TestApp) {
    let url = app.database.owner_url();
    let applied =
        std::thread::spawn(move || rost::db::migrations::run_pending(&url)).join().unwrap().unwrap();
    assert_eq!(applied, Vec::<String>::new());
}

/// One kind of thing can be followed alone; a place that is none is refused.
#[test]
fn a_kind_is_followed_alone_and_a_wrong_place_is_refused() {
    let app = TestApp::start();
    let integration = app.persona("integration");
    let start = end(&integration);
    hire(&app, "director", "Толстая", "school_1");
    let school = school(&app, "barnaul", "СОШ № 10");
    settled(&app);
    let only = portion(&integration, Some(&start), "&subject_kind=organization");
    assert_eq!(subjects(&only), [school]);
    let wrong = "g".repeat(34);
    integration.get(&format!("{FEED}?after={wrong}")).refused(422, "invalid_cursor");
    integration.get(&format!("{FEED}?after={start}")).expect(200);
    // Behind the end: a place of another database, or of none.
    let end: u64 = u64::from_str_radix(end(&integration).split('-').next().unwrap(), 16).unwrap();
    for never in [end + 1_000_000, u64::try_from(i64::MAX).unwrap()] {
        let never = format!("{never:x}-{}", Uuid::nil().simple());
        integration.get(&format!("{FEED}?after={never}")).refused(422, "invalid_cursor");
    }
    // The oldest place there is: nothing is ever swept away.
    let oldest = format!("1-{}", Uuid::nil().simple());
    assert!(!subjects(&portion(&integration, Some(&oldest), "")).is_empty());
    integration.get(&format!("{FEED}?limit=201")).refused(422, "range");
    integration.get(&format!("{FEED}?cursor=1")).refused(400, "request.unknown_parameter");
}
