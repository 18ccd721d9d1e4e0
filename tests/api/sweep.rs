//! What is worth nothing any more is swept away, and nothing else.

use rost::sweep::{Swept, sweep};
use serde_json::json;

use crate::support::TestApp;
use crate::support::app::on_runtime;
use crate::support::build_account::{new_secret, refresh, sign_in, text};

fn swept(app: &TestApp) -> Swept {
    on_runtime(async {
        let db = app.state().own_connection().unwrap();
        sweep(&db, app.now()).await.unwrap()
    })
}

/// The documentation promises 24 hours: younger answers stay, older ones go.
#[test]
fn answers_to_repeats_are_kept_for_a_day() {
    let app = TestApp::start();
    let body = json!({"code": "kostroma", "name": "Костромская область", "time_zone": "Europe/Moscow"});
    let client = app.persona("admin").header("idempotency-key", "only-once");
    let post = || {
        app.persona("admin").header("idempotency-key", "only-once").send_json(
            "POST",
            "/api/v1/regions",
            &body,
        )
    };
    let first = client.send_json("POST", "/api/v1/regions", &body).expect(201).id();
    assert_eq!(swept(&app), Swept::default());
    assert_eq!(post().expect(201).id(), first);
    app.days_pass(2);
    assert_eq!(swept(&app).idempotency_keys, 1);
    post().refused(409, "conflict.already_exists");
}

/// A used refresh token is kept until its end, so that a copy of it is noticed; then it goes, and so do revocations.
#[test]
fn tokens_go_when_they_have_ended() {
    let app = TestApp::start();
    let password = new_secret(&app, "teacher");
    let session = sign_in(&app, "teacher", &password).expect(200);
    let used = text(&session, "refresh_token");
    let renewed = refresh(&app, &used).expect(200);
    let client = app.with_token(&text(&renewed, "access_token"));
    client.post("/api/v1/auth/revoke", json!({})).expect(204);
    assert_eq!((swept(&app).refresh_tokens, swept(&app).revoked_tokens), (0, 0));
    app.days_pass(1);
    let after_a_day = swept(&app);
    assert_eq!((after_a_day.refresh_tokens, after_a_day.revoked_tokens), (0, 1));
    refresh(&app, &used).refused(401, "auth.token_invalid");
    app.days_pass(400);
    assert_eq!(swept(&app).refresh_tokens, 2);
    assert_eq!(app.db_text("select count(*) from refresh_tokens"), "0");
}
