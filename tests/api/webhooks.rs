//! Webhooks: who keeps them, what they are told, how it is signed, and that nothing is lost when nobody answers.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac};
use rost::delivering::work_once;
use serde_json::{Value, json};
use sha2::Sha256;

use crate::support::app::on_runtime;
use crate::support::build_directory::hire;
use crate::support::build_events::settled;
use crate::support::build_webhooks::{Received, Receiver, WEBHOOKS, deliver, deliveries, open_app, webhook};
use crate::support::{Answer, TestApp};

fn path(id: &str, rest: &str) -> String {
    format!("{WEBHOOKS}/{id}{rest}")
}

fn read(app: &TestApp, id: &str) -> Answer {
    app.persona("ministry").get(&path(id, "")).expect(200)
}

fn turn(app: &TestApp, id: &str, rest: &str) -> Answer {
    app.persona("ministry").post_if(&path(id, rest), &read(app, id).etag(), json!({}))
}

fn secret(created: &Answer) -> String {
    created.json()["secret"].as_str().unwrap().to_owned()
}

/// The receiver's own check, as Standard Webhooks describe it.
fn is_signed(received: &Received, secret: &str) -> bool {
    let key = STANDARD.decode(secret.strip_prefix("whsec_").unwrap()).unwrap();
    let (id, moment) = (received.header("webhook-id"), received.header("webhook-timestamp"));
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).unwrap();
    mac.update(format!("{id}.{moment}.{}", received.body).as_bytes());
    let expected = format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()));
    received.header("webhook-signature").split(' ').any(|signature| signature == expected)
}

fn seconds_pass(app: &TestApp, seconds: i64) {
    app.state().clock.advance(chrono::TimeDelta::seconds(seconds));
}

/// A change is told once, signed, and says which thing changed and nothing of it.
#[test]
fn a_change_is_told_signed_and_thin() {
    let app = open_app();
    let receiver = Receiver::answering(&[204]);
    let made = webhook(&app, "ministry", "altai_ministry", &receiver.url, &["person"]).expect(201);
    let person = hire(&app, "director", "Каренина", "school_1");
    assert_eq!(deliver(&app), 1);
    assert_eq!(deliver(&app), 0);
    let received = receiver.received();
    assert_eq!(received.len(), 1);
    assert!(is_signed(&received[0], &secret(&made)));
    assert!(!is_signed(&received[0], "whsec_BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc="));
    assert_eq!(received[0].header("webhook-timestamp"), app.now().timestamp().to_string());
    let body = received[0].json();
    assert_eq!((&body["type"], &body["data"]["subject_id"]), (&json!("person.changed"), &json!(person)));
    assert!(!received[0].body.contains("Каренина"));
    let told = deliveries(&app, "ministry", &made.id());
    assert_eq!((&told[0]["state"], &told[0]["status"]), (&json!("delivered"), &json!(204)));
    assert_eq!(told[0]["id"], json!(received[0].header("webhook-id")));
    assert_eq!(told[0]["change"]["subject_id"], json!(person));
}

/// What is refused is told again, later and later, with the same id; a redirect is a refusal and is not followed.
#[test]
fn what_is_refused_is_told_again() {
    let app = open_app();
    let receiver = Receiver::answering(&[500, 302, 200]);
    let made = webhook(&app, "ministry", "altai_ministry", &receiver.url, &["person"]).expect(201);
    hire(&app, "director", "Каренина", "school_1");
    assert_eq!(deliver(&app), 1);
    assert_eq!(deliver(&app), 0);
    let waiting = &deliveries(&app, "ministry", &made.id())[0];
    assert_eq!((&waiting["state"], &waiting["attempts"]), (&json!("waiting"), &json!(1)));
    assert!(read(&app, &made.id()).json()["failing_since"].is_string());
    seconds_pass(&app, 4);
    assert_eq!(deliver(&app), 0);
    seconds_pass(&app, 1);
    assert_eq!(deliver(&app), 1);
    assert_eq!(deliveries(&app, "ministry", &made.id())[0]["status"], 302);
    seconds_pass(&app, 60);
    assert_eq!(deliver(&app), 1);
    let received = receiver.received();
    assert_eq!(received.len(), 3);
    assert!(received.iter().all(|one| one.header("webhook-id") == received[0].header("webhook-id")));
    assert!(received.iter().all(|one| is_signed(one, &secret(&made))));
    let told = &deliveries(&app, "ministry", &made.id())[0];
    assert_eq!((&told["state"], &told["attempts"]), (&json!("delivered"), &json!(3)));
    assert!(read(&app, &made.id()).json()["failing_since"].is_null());
}

/// One that does not answer for five days is disabled; resumed, it is told of everything since.
#[test]
fn a_silent_webhook_is_disabled_and_misses_nothing() {
    let app = open_app();
    let gone = Receiver::answering(&[503]);
    let id = webhook(&app, "ministry", "altai_ministry", &gone.url, &["person"]).expect(201).id();
    let first = hire(&app, "director", "Каренина", "school_1");
    deliver(&app);
    for _ in 0..4 {
        app.days_pass(1);
        deliver(&app);
    }
    assert_eq!(read(&app, &id).json()["state"], "active");
    app.days_pass(1);
    let second = hire(&app, "director", "Щербацкая", "school_1");
    deliver(&app);
    assert_eq!(read(&app, &id).json()["state"], "disabled");
    let tried = gone.received().len();
    let third = hire(&app, "director", "Облонская", "school_1");
    app.days_pass(1);
    assert_eq!(deliver(&app), 0);
    assert_eq!(gone.received().len(), tried);

    let back = Receiver::answering(&[200]);
    let data = json!({"url": back.url, "subject_kinds": ["person"]});
    app.persona("ministry").put(&path(&id, ""), &read(&app, &id).etag(), data).expect(200);
    turn(&app, &id, "/resumption").expect(200);
    deliver(&app);
    app.days_pass(2);
    deliver(&app);
    let mut told: Vec<Value> =
        back.received().iter().map(|received| received.json()["data"]["subject_id"].clone()).collect();
    told.sort_by_key(ToString::to_string);
    let mut expected = vec![json!(first), json!(second), json!(third)];
    expected.sort_by_key(ToString::to_string);
    assert_eq!(told, expected);
    turn(&app, &id, "/resumption").refused(409, "conflict.state");
}

/// One that rests is told nothing, and afterwards everything; what was taken can be told once more.
#[test]
fn a_webhook_rests_and_a_delivery_is_replayed() {
    let app = open_app();
    let receiver = Receiver::answering(&[200]);
    let id = webhook(&app, "integration", "altai_ministry", &receiver.url, &["person"]).expect(201).id();
    turn(&app, &id, "/pause").expect(200);
    turn(&app, &id, "/pause").refused(409, "conflict.state");
    hire(&app, "director", "Каренина", "school_1");
    assert_eq!(deliver(&app), 0);
    turn(&app, &id, "/resumption").expect(200);
    assert_eq!(deliver(&app), 1);

    let told = deliveries(&app, "ministry", &id)[0].clone();
    assert_eq!(told["allowed_actions"], json!(["replay_webhook_delivery"]));
    let replay = path(&id, &format!("/deliveries/{}/replay", told["id"].as_str().unwrap()));
    let again = app.persona("ministry").post(&replay, json!({})).expect(200).json();
    assert_eq!((&again["state"], &again["attempts"]), (&json!("waiting"), &json!(0)));
    app.persona("ministry").post(&replay, json!({})).refused(409, "conflict.state");
    assert_eq!(deliver(&app), 1);
    let received = receiver.received();
    assert_eq!(received[0].header("webhook-id"), received[1].header("webhook-id"));
    assert_eq!(received[0].body, received[1].body);
    app.persona("auditor").post(&replay, json!({})).refused(403, "auth.forbidden");
}

/// What came to its end is kept for a month; what waits is not forgotten.
#[test]
fn old_deliveries_are_swept_away() {
    let app = open_app();
    let (quick, slow) = (Receiver::answering(&[200]), Receiver::answering(&[500]));
    let told = webhook(&app, "ministry", "altai_ministry", &quick.url, &["person"]).expect(201).id();
    let waiting = webhook(&app, "ministry", "altai_ministry", &slow.url, &["person"]).expect(201).id();
    hire(&app, "director", "Каренина", "school_1");
    assert_eq!(deliver(&app), 2);
    let swept = || {
        on_runtime(async {
            let db = app.state().own_connection().unwrap();
            rost::sweep::sweep(&db, app.now()).await.unwrap().webhook_deliveries
        })
    };
    app.days_pass(30);
    assert_eq!(swept(), 0);
    app.days_pass(1);
    assert_eq!((swept(), swept()), (1, 0));
    assert_eq!(deliveries(&app, "ministry", &told).len(), 0);
    assert_eq!(deliveries(&app, "ministry", &waiting).len(), 1);
}

/// After a rotation both secrets sign for a day, then the new one alone; a secret is shown once.
#[test]
fn a_secret_is_changed_without_a_gap() {
    let app = open_app();
    let receiver = Receiver::answering(&[200]);
    let made = webhook(&app, "ministry", "altai_ministry", &receiver.url, &["person"]).expect(201);
    assert_eq!(made.header("cache-control"), Some("no-store"));
    let rotated = turn(&app, &made.id(), "/rotate-secret").expect(200);
    let (old, new) = (secret(&made), secret(&rotated));
    assert_ne!(old, new);
    assert!(!read(&app, &made.id()).text.contains("whsec_"));
    assert_eq!(app.db_text("select count(*) from idempotency_keys where body like '%whsec_%'"), "0");
    hire(&app, "director", "Каренина", "school_1");
    deliver(&app);
    app.days_pass(2);
    hire(&app, "director", "Щербацкая", "school_1");
    deliver(&app);
    let received = receiver.received();
    assert!(is_signed(&received[0], &old) && is_signed(&received[0], &new));
    assert!(!is_signed(&received[1], &old) && is_signed(&received[1], &new));
}

/// Two processes on one database tell each change once.
#[test]
fn two_workers_tell_each_change_once() {
    let app = open_app();
    let receiver = Receiver::answering(&[200]);
    webhook(&app, "ministry", "altai_ministry", &receiver.url, &["person"]).expect(201);
    for name in ["Каренина", "Щербацкая", "Облонская", "Левина", "Вронская"]
    {
        hire(&app, "director", name, "school_1");
    }
    settled(&app);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                on_runtime(async {
                    let db = app.state().own_connection().unwrap();
                    for _ in 0..5 {
                        work_once(app.state(), &db).await.unwrap();
                    }
                });
            });
        }
    });
    let mut ids: Vec<String> =
        receiver.received().iter().map(|received| received.header("webhook-id").to_owned()).collect();
    ids.sort();
    let told = ids.len();
    ids.dedup();
    assert_eq!((told, ids.len()), (5, 5));
}

/// The server calls addresses of the internet only: it cannot be used to reach what only it can reach.
#[test]
fn a_private_address_is_refused() {
    let app = TestApp::start();
    for (url, code) in [
        ("http://school.example/hook", "not_https"),
        ("https://127.0.0.1:8443/hook", "private_address"),
        ("https://[::1]/hook", "private_address"),
        ("https://[::ffff:192.168.0.1]/hook", "private_address"),
        ("https://169.254.169.254/latest/meta-data", "private_address"),
        ("https://login:password@school.example/", "login_in_address"),
        ("gopher://school.example/", "unreadable_address"),
    ] {
        webhook(&app, "ministry", "altai_ministry", url, &[]).refused(422, code);
    }
    // A name says nothing of where it leads: it is looked up when it is called.
    let id =
        webhook(&app, "ministry", "altai_ministry", "https://localhost:1/hook", &["person"]).expect(201).id();
    hire(&app, "director", "Каренина", "school_1");
    assert_eq!(deliver(&app), 1);
    let problem = deliveries(&app, "ministry", &id)[0]["problem"].as_str().unwrap().to_owned();
    assert!(problem.contains("private network"), "{problem}");
}

/// The webhook of a school is told of the school, that of a municipality of the municipality; nobody keeps one for others.
#[test]
fn a_webhook_is_told_of_its_own_circle() {
    let app = open_app();
    let (region, city, school) =
        (Receiver::answering(&[200]), Receiver::answering(&[200]), Receiver::answering(&[200]));
    for (by, place, receiver, reach) in [
        ("ministry", "altai_ministry", &region, "region"),
        ("municipal_officer", "barnaul", &city, "municipality"),
        ("municipal_officer", "school_1", &school, "organization"),
    ] {
        let made = webhook(&app, by, place, &receiver.url, &["person"]).expect(201).json();
        assert_eq!(made["webhook"]["reach"], reach);
    }
    hire(&app, "director", "Каренина", "school_1");
    hire(&app, "school_2_director", "Щербацкая", "school_2");
    hire(&app, "school_3_director", "Облонская", "school_3");
    deliver(&app);
    assert_eq!([&region, &city, &school].map(|receiver| receiver.received().len()), [3, 2, 1]);

    webhook(&app, "municipal_officer", "school_3", &city.url, &[]).refused(403, "auth.forbidden");
    webhook(&app, "director", "school_1", &city.url, &[]).refused(403, "auth.forbidden");
    webhook(&app, "auditor", "altai_ministry", &city.url, &[]).refused(403, "auth.forbidden");
    webhook(&app, "ministry", "chel_ministry", &city.url, &[]).refused(422, "unknown");
    webhook(&app, "ministry", "altai_ministry", &city.url, &["Person"]).refused(422, "pattern");
    let listed =
        |by: &str| app.persona(by).get(WEBHOOKS).expect(200).json()["items"].as_array().unwrap().len();
    assert_eq!([listed("ministry"), listed("auditor"), listed("municipal_officer")], [3, 3, 2]);
    assert_eq!([listed("biysk_officer"), listed("chel_ministry")], [0, 0]);
    let id =
        app.persona("municipal_officer").get(WEBHOOKS).json()["items"][0]["id"].as_str().unwrap().to_owned();
    app.persona("biysk_officer").get(&path(&id, "")).refused(404, "request.not_found");
    app.persona("chel_ministry").get(&path(&id, "/deliveries")).refused(404, "request.not_found");
}

/// Changes name the version they are based on, and a repeat does nothing twice.
#[test]
fn a_webhook_is_changed_by_whoever_saw_it() {
    let app = open_app();
    let ministry = app.persona("ministry");
    let id = webhook(&app, "ministry", "altai_ministry", "https://school.example/hook", &[]).expect(201).id();
    let body = json!({"url": "https://school.example/other", "note": "Журнал"});
    ministry.send_json("PUT", &path(&id, ""), &body).refused(428, "request.precondition_required");
    ministry.put(&path(&id, ""), "\"7\"", body.clone()).refused(412, "request.precondition_failed");
    ministry.post_if(&path(&id, "/pause"), "\"7\"", json!({})).refused(412, "request.precondition_failed");
    ministry
        .post_if(&path(&id, "/rotate-secret"), "\"7\"", json!({}))
        .refused(412, "request.precondition_failed");
    let etag = read(&app, &id).etag();
    app.persona("auditor").put(&path(&id, ""), &etag, body.clone()).refused(403, "auth.forbidden");
    let changed = ministry.put(&path(&id, ""), &etag, body).expect(200).json();
    assert_eq!(changed["data"]["note"], "Журнал");
    assert_eq!(
        changed["allowed_actions"],
        json!(["update_webhook", "pause_webhook", "rotate_webhook_secret", "delete_webhook"])
    );
}

/// A deleted webhook is told nothing more, not even what was waiting for its next attempt; its removal is told to others.
#[test]
fn a_deleted_webhook_is_told_nothing_more() {
    let app = open_app();
    let ministry = app.persona("ministry");
    let (busy, other) = (Receiver::answering(&[503]), Receiver::answering(&[200]));
    let id = webhook(&app, "ministry", "altai_ministry", &busy.url, &["person"]).expect(201).id();
    webhook(&app, "ministry", "altai_ministry", &other.url, &["webhook"]).expect(201);
    hire(&app, "director", "Каренина", "school_1");
    deliver(&app);
    assert_eq!(deliveries(&app, "ministry", &id)[0]["state"], "waiting");
    let tried = busy.received().len();

    let etag = read(&app, &id).etag();
    ministry.send("DELETE", &path(&id, ""), None).refused(428, "request.precondition_required");
    let delete =
        |by: &str, etag: &str| app.persona(by).header("if-match", etag).send("DELETE", &path(&id, ""), None);
    delete("ministry", "\"9\"").refused(412, "request.precondition_failed");
    delete("auditor", &etag).refused(403, "auth.forbidden");
    delete("biysk_officer", &etag).refused(404, "request.not_found");
    delete("ministry", &etag).expect(204);
    delete("ministry", &etag).refused(404, "request.not_found");
    ministry.get(&path(&id, "")).refused(404, "request.not_found");
    ministry.get(&path(&id, "/deliveries")).refused(404, "request.not_found");

    hire(&app, "director", "Щербацкая", "school_1");
    seconds_pass(&app, 3600);
    settled(&app);
    deliver(&app);
    assert_eq!(busy.received().len(), tried);
    let removed = other
        .received()
        .into_iter()
        .map(|received| received.json())
        .any(|body| body["type"] == "webhook.removed" && body["data"]["subject_id"] == json!(id));
    assert!(removed);
}
