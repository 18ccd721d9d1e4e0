//! Accounts over HTTP: who manages them, what ends a session, who one is.

use rost::accounts::Claims;
use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_account::{new_secret, sign_in, text, token};
use crate::support::build_routes::RouteUnderTest;
use crate::support::world::{persona, region};

fn account(name: &str) -> String {
    format!("/api/v1/accounts/{}", persona(name).account_id())
}

fn service(login: &str) -> Value {
    json!({"kind": "service", "login": login, "name": "Портал", "region_id": region("altai")})
}

#[test]
fn an_administrator_makes_a_service_whose_secret_is_shown_once() {
    let app = TestApp::start();
    let admin = app.persona("admin").header("idempotency-key", "make-the-portal");
    let created = admin.send_json("POST", "/api/v1/accounts", &service("portal")).expect(201);
    assert_eq!(created.header("cache-control"), Some("no-store"));
    let secret = text(&created, "secret");
    let body = json!({"grant_type": "client_credentials", "client_id": "portal", "client_secret": secret});
    let answer = token(&app, &body).expect(200);
    assert_eq!(answer.json()["refresh_token"], Value::Null, "a service signs in again");

    let repeat = admin.send_json("POST", "/api/v1/accounts", &service("portal")).expect(201);
    assert_eq!(repeat.id(), created.id());
    assert_eq!(repeat.json()["secret"], Value::Null);
    let kept = app.db_text("select count(*) from idempotency_keys where body like '%\"secret\"%'");
    assert_eq!(kept, "0", "no secret is kept for the repeat");
    app.persona("admin").post("/api/v1/accounts", service("portal")).refused(409, "conflict.already_exists");
}

#[test]
fn an_account_without_a_person_is_an_administrator_of_the_platform() {
    let app = TestApp::start();
    let body = json!({"kind": "person", "login": "second", "name": "Second administrator"});
    let created = app.persona("admin").post("/api/v1/accounts", body).expect(201);
    let signed_in = sign_in(&app, "second", &text(&created, "secret")).expect(200);
    assert_eq!(signed_in.json()["grants"], json!([{"role": "platform_admin", "level": "platform"}]));
    let second = app.with_token(&text(&signed_in, "access_token"));
    second.get("/api/v1/accounts?limit=1").expect(200);
}

#[test]
fn what_is_wrong_with_a_new_account_is_told() {
    let app = TestApp::start();
    let admin = app.persona("admin");
    let body = json!({"kind": "service", "login": "Портал", "name": "Портал"});
    admin.post("/api/v1/accounts", body).refused(422, "invalid_login");
    let body = json!({"kind": "service", "login": "portal", "name": "Портал"});
    admin.post("/api/v1/accounts", body).refused(422, "required");
    let body = json!({"kind": "person", "login": "nobody", "name": "Nobody", "person_id": region("altai")});
    admin.post("/api/v1/accounts", body).refused(422, "unknown");
    let body =
        json!({"kind": "person", "login": "again", "name": "Again", "person_id": app.person("teacher")});
    admin.post("/api/v1/accounts", body).refused(409, "conflict.already_exists");
    admin.post("/api/v1/accounts", json!({"kind": "robot"})).refused(422, "unknown_value");
}

#[test]
fn only_administrators_manage_accounts_and_everybody_sees_his_own() {
    let app = TestApp::start();
    let ministry = app.persona("ministry");
    ministry.get("/api/v1/accounts").refused(403, "auth.forbidden");
    ministry.post("/api/v1/accounts", service("portal")).refused(403, "auth.forbidden");
    ministry.get(&account("teacher")).refused(404, "request.not_found");
    let own = app.persona("teacher").get(&account("teacher")).expect(200);
    assert_eq!(own.json()["allowed_actions"], json!(["revoke_account_tokens"]));
    app.persona("teacher")
        .post_if(&format!("{}/disable", account("teacher")), "\"1\"", json!({}))
        .refused(403, "auth.forbidden");
}

#[test]
fn accounts_are_listed_by_login_in_pages() {
    let app = TestApp::start();
    let admin = app.persona("admin");
    let first = admin.get("/api/v1/accounts?kind=person&limit=2").expect(200).json();
    let logins: Vec<&str> =
        first["items"].as_array().unwrap().iter().map(|it| it["login"].as_str().unwrap()).collect();
    assert_eq!(logins, ["association_head", "auditor"]);
    let cursor = first["next_cursor"].as_str().unwrap();
    let next = admin.get(&format!("/api/v1/accounts?kind=person&limit=2&cursor={cursor}")).expect(200).json();
    assert_eq!(next["items"][0]["login"], "biysk_officer");
    admin.get(&format!("/api/v1/accounts?limit=2&cursor={cursor}")).refused(422, "invalid_cursor");
}

#[test]
fn a_disabled_account_is_out_at_once_until_it_is_enabled() {
    let app = TestApp::start();
    let password = new_secret(&app, "teacher");
    let teacher = app.with_token(&text(&sign_in(&app, "teacher", &password).expect(200), "access_token"));
    teacher.get("/api/v1/me").expect(200);
    let admin = app.persona("admin");
    let path = account("teacher");
    let etag = admin.get(&path).expect(200).etag();
    admin
        .post_if(&format!("{path}/disable"), "\"99\"", json!({}))
        .refused(412, "request.precondition_failed");
    admin.post(&format!("{path}/disable"), json!({})).refused(428, "request.precondition_required");
    let disabled = admin.post_if(&format!("{path}/disable"), &etag, json!({})).expect(200);
    assert!(disabled.json()["disabled_at"].is_string());
    teacher.get("/api/v1/me").refused(401, "auth.token_invalid");
    sign_in(&app, "teacher", &password).refused(401, "auth.credentials_invalid");
    admin.post_if(&format!("{path}/disable"), &disabled.etag(), json!({})).refused(409, "conflict.state");

    admin.post_if(&format!("{path}/enable"), &disabled.etag(), json!({})).expect(200);
    teacher.get("/api/v1/me").refused(401, "auth.token_invalid");
    let again = sign_in(&app, "teacher", &password).expect(200);
    app.with_token(&text(&again, "access_token")).get("/api/v1/me").expect(200);
}

#[test]
fn nobody_disables_his_own_account() {
    let app = TestApp::start();
    let admin = app.persona("admin");
    let etag = admin.get(&account("admin")).expect(200).etag();
    admin.post_if(&format!("{}/disable", account("admin")), &etag, json!({})).refused(409, "conflict.state");
}

#[test]
fn all_sessions_of_an_account_end_together() {
    let app = TestApp::start();
    let password = new_secret(&app, "teacher");
    let session = || app.with_token(&text(&sign_in(&app, "teacher", &password).expect(200), "access_token"));
    let (one, other) = (session(), session());
    one.post(&format!("{}/revocation", account("teacher_2")), json!({})).refused(404, "request.not_found");
    one.get("/api/v1/me").expect(200);
    one.post(&format!("{}/revocation", account("teacher")), json!({})).expect(204);
    one.get("/api/v1/me").refused(401, "auth.token_invalid");
    other.get("/api/v1/me").refused(401, "auth.token_invalid");
    session().get("/api/v1/me").expect(200);
    app.persona("admin").post(&format!("{}/revocation", account("ministry")), json!({})).expect(204);
}

#[test]
fn me_is_the_person_with_roles_and_places_by_name() {
    let app = TestApp::start();
    let me = app.persona("director").get("/api/v1/me").expect(200).json();
    assert_eq!(me["account"]["login"], "director");
    assert_eq!(me["person"]["id"], json!(app.person("director")));
    assert_eq!(me["person"]["last_name"], "Testova-af");
    assert_eq!(me["grants"][0]["role"], "director");
    assert_eq!(
        me["grants"][0]["organization"],
        json!({"id": app.organization("school_1"), "name": "school_1"})
    );
    let service = app.persona("integration").get("/api/v1/me").expect(200).json();
    assert_eq!(service["person"], Value::Null);
    assert_eq!(service["pending_approvals"], 0);
    app.persona("admin").get("/api/v1/me").expect(200);
    app.anonymous().get("/api/v1/me").refused(401, "auth.unauthenticated");
}

#[test]
fn me_counts_what_waits_for_the_caller() {
    let app = TestApp::start();
    RouteUnderTest::complete_p0(&app).submit("chel_teacher").expect(200);
    let waiting =
        |name: &str| app.persona(name).get("/api/v1/me").expect(200).json()["pending_approvals"].clone();
    assert_eq!(waiting("chel_association_head"), 1);
    assert_eq!(waiting("chel_deputy"), 0);
    assert_eq!(waiting("director"), 0);
}

#[test]
fn an_account_without_any_role_reads_who_it_is_and_nothing_else() {
    let app = TestApp::start();
    let claims = Claims { grants: Vec::new(), ..app.claims("teacher") };
    let nobody = app.with_token(&app.state().identity.keys().sign(&claims).unwrap());
    let me = nobody.get("/api/v1/me").expect(200).json();
    assert_eq!((&me["grants"], &me["pending_approvals"]), (&json!([]), &json!(0)));
    assert_eq!(me["person"]["id"], json!(app.person("teacher")));
    nobody.get("/api/v1/routes").refused(403, "auth.forbidden");
    nobody.get("/api/v1/approvals/inbox").refused(403, "auth.forbidden");
}

#[test]
fn a_password_is_changed_by_who_knows_it_and_ends_every_session() {
    let app = TestApp::start();
    let old = new_secret(&app, "teacher");
    let signed_in = sign_in(&app, "teacher", &old).expect(200);
    let teacher = app.with_token(&text(&signed_in, "access_token"));
    let etag = teacher.get("/api/v1/me").expect(200).etag();
    let change = |current: &str, new: &str| json!({"current_password": current, "new_password": new});
    let put = |body: Value| teacher.put("/api/v1/me/password", &etag, body);
    put(change("wrong wrong wrong", "a long enough sentence")).refused(401, "auth.credentials_invalid");
    put(change(&old, "short")).refused(422, "length");
    put(change(&old, &old)).refused(422, "unchanged");
    let stale = teacher.put("/api/v1/me/password", "\"99\"", change(&old, "a long enough sentence"));
    stale.refused(412, "request.precondition_failed");
    put(change(&old, "a long enough sentence")).expect(204);

    teacher.get("/api/v1/me").refused(401, "auth.token_invalid");
    sign_in(&app, "teacher", &old).refused(401, "auth.credentials_invalid");
    sign_in(&app, "teacher", "a long enough sentence").expect(200);
    let admin = app.persona("integration");
    admin
        .put("/api/v1/me/password", "\"1\"", change("x", "a long enough sentence"))
        .refused(403, "auth.forbidden");
}
