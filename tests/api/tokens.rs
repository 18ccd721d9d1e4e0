//! Tokens over HTTP: how one gets them, and which are worth nothing.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use rost::accounts::{Claims, KeyRing};
use serde_json::{Value, json};

use crate::support::build_account::{new_secret, refresh, sign_in, text, token};
use crate::support::{Client, TestApp, TestFolder};

const ME: &str = "/api/v1/me";

fn refused(client: &Client) {
    let answer = client.get(ME);
    assert_eq!(answer.header("www-authenticate"), Some("Bearer error=\"invalid_token\""), "{}", answer.text);
    answer.refused(401, "auth.token_invalid");
}

#[test]
fn a_password_opens_a_session() {
    let app = TestApp::start();
    let password = new_secret(&app, "teacher");
    let answer = sign_in(&app, "Teacher", &password).expect(200);
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let body = answer.json();
    assert_eq!((&body["token_type"], &body["expires_in"]), (&json!("Bearer"), &json!(900)));
    let place = app.organization("school_1");
    assert_eq!(body["grants"], json!([{"role": "teacher", "level": "person", "organization": place}]));
    app.with_token(&text(&answer, "access_token")).get(ME).expect(200);

    sign_in(&app, "teacher", "not the password").refused(401, "auth.credentials_invalid");
    sign_in(&app, "nobody", &password).refused(401, "auth.credentials_invalid");
}

#[test]
fn a_form_does_as_well_as_json() {
    let app = TestApp::start();
    let password = new_secret(&app, "teacher");
    let form = app.anonymous().header("content-type", "application/x-www-form-urlencoded");
    let send = |body: String| form.send("POST", "/api/v1/auth/token", Some(body.into_bytes()));
    send(format!("grant_type=password&login=teacher&password={password}")).expect(200);
    send("grant_type=password&login=teacher&user=x".to_owned()).refused(422, "unknown_field");
    send("grant_type=magic".to_owned()).refused(422, "unknown_value");
    send("grant_type=password&login=%00&password=x".to_owned()).refused(422, "forbidden_character");
    let text = app.anonymous().header("content-type", "text/plain");
    text.send("POST", "/api/v1/auth/token", Some(b"x".to_vec()))
        .refused(415, "request.unsupported_media_type");
}

#[test]
fn every_missing_and_every_surplus_field_is_told_at_once() {
    let app = TestApp::start();
    let answer = token(&app, &json!({"grant_type": "password", "client_id": "portal"}));
    assert_eq!(answer.status, 422);
    let problems = answer.json();
    let pointers: Vec<&str> =
        problems["errors"].as_array().unwrap().iter().map(|it| it["pointer"].as_str().unwrap()).collect();
    assert_eq!(pointers, ["/login", "/password", "/client_id"]);
}

#[test]
fn ten_wrong_passwords_lock_the_account_for_a_while() {
    let app = TestApp::start();
    let password = new_secret(&app, "teacher");
    for _ in 0..9 {
        sign_in(&app, "teacher", "not the password").refused(401, "auth.credentials_invalid");
    }
    sign_in(&app, "teacher", &password).expect(200);
    for _ in 0..10 {
        sign_in(&app, "teacher", "not the password").refused(401, "auth.credentials_invalid");
    }
    let locked = sign_in(&app, "teacher", &password);
    assert_eq!(locked.header("retry-after"), Some("900"));
    locked.refused(429, "auth.account_locked");
    app.days_pass(1);
    sign_in(&app, "teacher", &password).expect(200);
}

#[test]
fn a_service_signs_in_with_its_secret_and_is_not_locked_out_by_others() {
    let app = TestApp::start();
    let secret = new_secret(&app, "integration");
    let body = |secret: &str| json!({"grant_type": "client_credentials", "client_id": "integration", "client_secret": secret});
    for _ in 0..11 {
        token(&app, &body("wrong")).refused(401, "auth.credentials_invalid");
    }
    let answer = token(&app, &body(&secret)).expect(200);
    assert_eq!(answer.json()["grants"][0]["role"], "integration");
    sign_in(&app, "integration", &secret).refused(401, "auth.credentials_invalid");
}

#[test]
fn a_refresh_token_is_exchanged_once() {
    let app = TestApp::start();
    let password = new_secret(&app, "teacher");
    let first = sign_in(&app, "teacher", &password).expect(200);
    let second = refresh(&app, &text(&first, "refresh_token")).expect(200);
    assert_ne!(text(&first, "refresh_token"), text(&second, "refresh_token"));
    let third = refresh(&app, &text(&second, "refresh_token")).expect(200);
    app.with_token(&text(&third, "access_token")).get(ME).expect(200);
    refresh(&app, "made-up").refused(401, "auth.token_invalid");
    let kept = app.db_text("select count(*) from refresh_tokens where length(digest) = 32");
    assert_eq!(kept, "3", "digests, not tokens");
    app.days_pass(15);
    refresh(&app, &text(&third, "refresh_token")).refused(401, "auth.token_invalid");
}

#[test]
fn a_refresh_token_that_comes_again_ends_its_whole_session() {
    let app = TestApp::start();
    let password = new_secret(&app, "teacher");
    let stolen = sign_in(&app, "teacher", &password).expect(200);
    let other_session = sign_in(&app, "teacher", &password).expect(200);
    let thief = refresh(&app, &text(&stolen, "refresh_token")).expect(200);
    refresh(&app, &text(&stolen, "refresh_token")).refused(401, "auth.token_invalid");
    // The refusal was committed: the thief's pair is worth nothing now, the other session goes on.
    refresh(&app, &text(&thief, "refresh_token")).refused(401, "auth.token_invalid");
    refused(&app.with_token(&text(&thief, "access_token")));
    refresh(&app, &text(&other_session, "refresh_token")).expect(200);
}

#[test]
fn signing_out_ends_the_access_token_and_its_refresh_tokens() {
    let app = TestApp::start();
    let password = new_secret(&app, "teacher");
    let (one, other) =
        (sign_in(&app, "teacher", &password).expect(200), sign_in(&app, "teacher", &password).expect(200));
    let client = app.with_token(&text(&one, "access_token"));
    client.get(ME).expect(200);
    client.post("/api/v1/auth/revoke", json!({})).expect(204);
    refused(&client);
    refresh(&app, &text(&one, "refresh_token")).refused(401, "auth.token_invalid");

    // One session may end another one of the same account, but nobody else's.
    let client = app.with_token(&text(&other, "access_token"));
    let third = sign_in(&app, "teacher", &password).expect(200);
    let body = json!({"refresh_token": text(&third, "refresh_token")});
    app.persona("director").post("/api/v1/auth/revoke", body.clone()).expect(204);
    app.with_token(&text(&third, "access_token")).get(ME).expect(200);
    client.post("/api/v1/auth/revoke", body).expect(204);
    refused(&app.with_token(&text(&third, "access_token")));
    client.get(ME).expect(200);
}

#[test]
fn a_token_ends() {
    let app = TestApp::start();
    let client = app.persona("teacher");
    client.get(ME).expect(200);
    app.days_pass(1);
    refused(&client);
}

#[test]
fn forged_tokens_are_refused() {
    let app = TestApp::start();
    let claims = app.claims("admin");
    let good = app.token("admin");
    let kid = jsonwebtoken::decode_header(&good).unwrap().kid;

    let other_audience = Claims { aud: "elsewhere".to_owned(), ..claims.clone() };
    let other_issuer = Claims { iss: "elsewhere".to_owned(), ..claims.clone() };
    for claims in [other_audience, other_issuer] {
        refused(&app.with_token(&app.state().identity.keys().sign(&claims).unwrap()));
    }

    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let none = part(&json!({"alg": "none", "typ": "JWT", "kid": kid}));
    let payload = part(&serde_json::to_value(&claims).unwrap());
    refused(&app.with_token(&format!("{none}.{payload}.")));

    // The public key is no secret: it must not work as one.
    let jwks = app.anonymous().get("/.well-known/jwks.json").expect(200).json();
    let public = jwks["keys"][0]["x"].as_str().unwrap().to_owned();
    let header = Header { kid: kid.clone(), ..Header::new(Algorithm::HS256) };
    for secret in [public.clone().into_bytes(), URL_SAFE_NO_PAD.decode(&public).unwrap()] {
        refused(&app.with_token(&encode(&header, &claims, &EncodingKey::from_secret(&secret)).unwrap()));
    }

    // Another installation's key, under its own id and under ours.
    let folder = TestFolder::new("foreign-keys");
    let foreign = KeyRing::open(folder.path(), "rost", "rost-api").unwrap().sign(&claims).unwrap();
    refused(&app.with_token(&foreign));
    let (head, body_and_signature) = (good.split('.').next().unwrap(), foreign.split_once('.').unwrap().1);
    refused(&app.with_token(&format!("{head}.{body_and_signature}")));
    app.with_token(&good).get(ME).expect(200);
}

#[test]
fn malformed_headers_are_refused() {
    let app = TestApp::start();
    for header in ["Bearer", "Bearer ", "Bearer a.b", "Bearer ...."] {
        let answer = app.anonymous().header("authorization", header).get(ME);
        assert_eq!(answer.status, 401, "{header:?}: {}", answer.text);
    }
    app.anonymous().header("authorization", "Basic YTpi").get(ME).refused(401, "auth.unauthenticated");
}

#[test]
fn a_rotated_key_signs_nothing_more_and_still_verifies() {
    let app = TestApp::start();
    let before = app.token("teacher");
    let public =
        || app.anonymous().get("/.well-known/jwks.json").expect(200).json()["keys"].as_array().unwrap().len();
    assert_eq!(public(), 1);
    app.persona("ministry").post("/api/v1/signing-keys", json!({})).refused(403, "auth.forbidden");
    let rotated = app.persona("admin").post("/api/v1/signing-keys", json!({})).expect(201);
    assert_eq!(public(), 2);
    let after = app.token("teacher");
    let kid = jsonwebtoken::decode_header(&after).unwrap().kid;
    assert_eq!(kid, Some(text(&rotated, "kid")));
    app.with_token(&before).get(ME).expect(200);
    app.with_token(&after).get(ME).expect(200);
}

/// Design §2: whoever has no role left still owns his account: he changes his password and signs out.
#[test]
fn an_account_without_roles_changes_its_password_and_signs_out() {
    let app = TestApp::start();
    let password = new_secret(&app, "teacher");
    app.db_execute(&format!(
        "update employments set ended_on = '2026-01-31' where person_id = '{0}';
         delete from role_assignments where person_id = '{0}'",
        app.person("teacher")
    ))
    .unwrap();
    let session = sign_in(&app, "teacher", &password).expect(200);
    assert_eq!(session.json()["grants"], json!([]));
    let client = app.with_token(&text(&session, "access_token"));
    let etag = client.get(ME).expect(200).etag();
    let change = json!({"current_password": password, "new_password": "a quite new pass phrase 7"});
    client.put("/api/v1/me/password", &etag, change).expect(204);

    app.days_pass(1);
    let session = sign_in(&app, "teacher", "a quite new pass phrase 7").expect(200);
    let client = app.with_token(&text(&session, "access_token"));
    client.post("/api/v1/auth/revoke", json!({})).expect(204);
    refused(&client);
    let audited = "select count(*) from audit_events where operation in ('change_password', 'revoke_token') and role is null";
    assert_eq!(app.db_text(audited), "2");
}
