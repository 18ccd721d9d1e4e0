//! Signing in, through the public API.

use serde_json::{Value, json};

use super::world::persona;
use super::{Answer, TestApp};

/// Gives the account of a persona a new secret and returns it.
pub fn new_secret(app: &TestApp, name: &str) -> String {
    let path = format!("/api/v1/accounts/{}", persona(name).account_id());
    let admin = app.persona("admin");
    let etag = admin.get(&path).expect(200).etag();
    let reset = admin.post_if(&format!("{path}/reset-secret"), &etag, json!({})).expect(200);
    // A token of the very second of the reset would belong to the time before it.
    reset.json()["secret"].as_str().unwrap().to_owned()
}

/// Asks for tokens.
pub fn token(app: &TestApp, body: &Value) -> Answer {
    app.anonymous().send_json("POST", "/api/v1/auth/token", body)
}

/// Tries to sign in with a password.
pub fn sign_in(app: &TestApp, login: &str, password: &str) -> Answer {
    token(app, &json!({"grant_type": "password", "login": login, "password": password}))
}

/// Exchanges a refresh token.
pub fn refresh(app: &TestApp, refresh_token: &str) -> Answer {
    token(app, &json!({"grant_type": "refresh_token", "refresh_token": refresh_token}))
}

/// A text of an answer.
#[track_caller]
pub fn text(answer: &Answer, field: &str) -> String {
    answer.json()[field].as_str().unwrap_or_else(|| panic!("no {field} in {}", answer.text)).to_owned()
}
