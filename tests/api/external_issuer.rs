//! Tokens of an external OpenID Connect issuer: whom they make, which are worth nothing, and what happens when the issuer
//! changes its keys or does not answer.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};

use crate::support::{Answer, TestApp, TestIssuer};

const ME: &str = "/api/v1/me";

fn app_of(issuer: &TestIssuer, more: &[(&str, &str)]) -> TestApp {
    let address = issuer.address().to_owned();
    TestApp::with(move |name| match name {
        "ROST_OIDC_ISSUER" => Some(address.clone()),
        _ => more.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned()),
    })
}

fn claims(app: &TestApp, issuer: &TestIssuer, login: &str) -> Value {
    let now = app.now().timestamp();
    json!({
        "iss": issuer.address(), "aud": "rost-api", "sub": "f:1:ivanova", "iat": now, "exp": now + 300,
        "preferred_username": login,
    })
}

fn asks(app: &TestApp, token: &str) -> Answer {
    app.with_token(token).get(ME)
}

#[test]
fn a_token_of_the_issuer_makes_the_account_of_that_login() {
    let issuer = TestIssuer::start();
    let app = app_of(&issuer, &[]);
    let me = asks(&app, &issuer.sign(&claims(&app, &issuer, "Teacher"))).expect(200).json();
    assert_eq!(me["person"]["id"], json!(app.person("teacher")));
    let own = app.persona("teacher").get(ME).expect(200).json();
    assert_eq!(me["grants"], own["grants"], "what it may do is what is held in Rost");

    asks(&app, &issuer.sign(&claims(&app, &issuer, "nobody"))).refused(401, "auth.token_invalid");
    let administrator = issuer.sign(&claims(&app, &issuer, "admin"));
    asks(&app, &administrator).refused(401, "auth.token_invalid");
}

#[test]
fn the_roles_of_the_issuer_are_translated_and_reach_no_other_region() {
    let issuer = TestIssuer::start();
    let roles = [
        ("ROST_OIDC_ROLES", "head=director,methodist=municipal_methodist"),
        ("ROST_OIDC_ROLES_CLAIM", "realm.roles"),
    ];
    let app = app_of(&issuer, &roles);
    let signed = |organizations: Value, given: Value| {
        let mut claims = claims(&app, &issuer, "teacher");
        claims["realm"] = json!({"roles": given});
        claims["organizations"] = organizations;
        issuer.sign(&claims)
    };
    let school = app.organization("school_1");
    let token = signed(json!([school]), json!(["head", "cook"]));
    let me = asks(&app, &token).expect(200).json();
    let roles: Vec<&str> =
        me["grants"].as_array().unwrap().iter().map(|it| it["role"].as_str().unwrap()).collect();
    assert_eq!(roles, ["teacher", "director"], "the employment stays, the cook is nothing");
    // A role that cannot be held at a school, and a school of another region.
    for token in [
        signed(json!([school]), json!(["methodist"])),
        signed(json!([app.organization("chel_school")]), json!(["head"])),
        signed(json!([]), json!(["head"])),
    ] {
        let me = asks(&app, &token).expect(200).json();
        assert_eq!(me["grants"].as_array().unwrap().len(), 1, "{me}");
        app.with_token(&token).get("/api/v1/accounts").refused(403, "auth.forbidden");
    }
    let inn = app.db_text(&format!("select coalesce(inn, '') from organizations where id = '{school}'"));
    if !inn.is_empty() {
        let me = asks(&app, &signed(json!(inn), json!("head"))).expect(200).json();
        assert_eq!(me["grants"].as_array().unwrap().len(), 2, "named by ИНН: {me}");
    }
}

#[test]
fn a_token_for_somebody_else_or_out_of_its_term_is_worth_nothing() {
    let issuer = TestIssuer::start();
    let app = app_of(&issuer, &[]);
    let now = app.now().timestamp();
    for (claim, wrong) in [
        ("aud", json!("another-service")),
        ("exp", json!(now - 60)),
        ("iat", json!(now + 60)),
        ("exp", Value::Null),
        ("preferred_username", json!(17)),
    ] {
        let mut claims = claims(&app, &issuer, "teacher");
        claims[claim] = wrong;
        asks(&app, &issuer.sign(&claims)).refused(401, "auth.token_invalid");
    }
    let mut foreign = claims(&app, &issuer, "teacher");
    foreign["iss"] = json!("http://127.0.0.1:1/realm");
    asks(&app, &issuer.sign(&foreign)).refused(401, "auth.token_invalid");
}

#[test]
fn neither_no_signature_nor_a_public_key_as_a_secret_gets_through() {
    let issuer = TestIssuer::start();
    let app = app_of(&issuer, &[]);
    let claims = claims(&app, &issuer, "teacher");
    let header = Header { kid: Some("first".to_owned()), ..Header::new(Algorithm::HS256) };
    let secret = URL_SAFE_NO_PAD.decode(issuer.public_key()).unwrap();
    let forged = encode(&header, &claims, &EncodingKey::from_secret(&secret)).unwrap();
    asks(&app, &forged).refused(401, "auth.token_invalid");

    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let unsigned = format!("{}.{}.", part(&json!({"alg": "none", "kid": "first"})), part(&claims));
    asks(&app, &unsigned).refused(401, "auth.token_invalid");

    let good = issuer.sign(&claims);
    let (signed, _) = good.rsplit_once('.').unwrap();
    let garbled = format!("{signed}.{}", URL_SAFE_NO_PAD.encode([7_u8; 64]));
    asks(&app, &garbled).refused(401, "auth.token_invalid");
    asks(&app, &good).expect(200);
}

#[test]
fn new_keys_are_found_and_invented_ones_do_not_make_the_server_ask_again_and_again() {
    let issuer = TestIssuer::start();
    let app = app_of(&issuer, &[]);
    let old = issuer.sign(&claims(&app, &issuer, "teacher"));
    asks(&app, &old).expect(200);
    assert_eq!(issuer.asked(), 2, "the document and the keys, once");

    issuer.rotate("second");
    let new = issuer.sign(&claims(&app, &issuer, "director"));
    for _ in 0..20 {
        asks(&app, &new).refused(401, "auth.token_invalid");
    }
    assert_eq!(issuer.asked(), 2, "the issuer is left alone for half a minute");
    app.seconds_pass(31);
    asks(&app, &new).expect(200);
    assert_eq!(issuer.asked(), 4);
}

#[test]
fn a_silent_issuer_is_asked_ever_less_often_and_known_keys_go_on() {
    let issuer = TestIssuer::start();
    let app = app_of(&issuer, &[]);
    let known = |app: &TestApp| {
        let mut claims = claims(app, &issuer, "teacher");
        claims["exp"] = json!(app.now().timestamp() + 100_000);
        issuer.sign(&claims)
    };
    asks(&app, &known(&app)).expect(200);
    issuer.be_silent(true);
    app.seconds_pass(2 * 3600);
    asks(&app, &known(&app)).expect(200);
    let asked = issuer.asked();
    asks(&app, &known(&app)).expect(200);
    assert_eq!(issuer.asked(), asked, "not at once again");

    app.seconds_pass(23 * 3600);
    let answer = asks(&app, &known(&app));
    assert!(answer.header("retry-after").is_some(), "{}", answer.text);
    answer.refused(503, "server.unavailable");
    issuer.be_silent(false);
    app.seconds_pass(600);
    asks(&app, &known(&app)).expect(200);
}

#[test]
fn a_disabled_account_and_revoked_tokens_are_worth_nothing_here_either() {
    let issuer = TestIssuer::start();
    let app = app_of(&issuer, &[]);
    let token = issuer.sign(&claims(&app, &issuer, "teacher"));
    asks(&app, &token).expect(200);
    let account = app.claims("teacher").sub;
    let administrator = app.persona("admin");
    let path = format!("/api/v1/accounts/{account}/revocation");
    let seen = administrator.get(&format!("/api/v1/accounts/{account}")).expect(200);
    administrator.post_if(&path, &seen.etag(), json!({})).expect(204);
    asks(&app, &token).refused(401, "auth.token_invalid");
    app.seconds_pass(5);
    asks(&app, &issuer.sign(&claims(&app, &issuer, "teacher"))).expect(200);
}
