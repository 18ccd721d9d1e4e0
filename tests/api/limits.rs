//! Limits on rate and on requests in flight.

use crate::support::TestApp;

fn slow_app() -> TestApp {
    TestApp::with(|name| (name == "ROST_RATE_PER_SECOND").then(|| "1".to_owned()))
}

const LIST: &str = "/api/v1/organizations";

#[test]
fn whoever_asks_too_often_is_told_when_to_come_back() {
    let app = slow_app();
    let teacher = app.persona("teacher");
    let first = teacher.get(LIST).expect(200);
    assert_eq!(first.header("ratelimit-policy"), Some("\"caller\";q=2;w=2"));
    assert_eq!(first.header("ratelimit"), Some("\"caller\";r=1;t=2"));
    let refused = (0..40).map(|_| teacher.get(LIST)).find(|answer| answer.status != 200).expect("no limit");
    let refused = refused.refused(429, "request.too_many_requests");
    assert!((1..=2).contains(&refused.header("retry-after").unwrap().parse::<u32>().unwrap()));
    assert_eq!(refused.header("ratelimit"), Some("\"caller\";r=0;t=2"));
    // Somebody else has a bucket of his own.
    app.persona("director").get(LIST).expect(200);
}

#[test]
fn guessing_tokens_is_paid_by_the_address() {
    let app = slow_app();
    let answers: Vec<u16> = (0..40).map(|n| app.with_token(&format!("guess-{n}")).get(LIST).status).collect();
    assert_eq!(answers[0], 401);
    assert!(answers.contains(&429));
    app.persona("teacher").get(LIST).expect(200);
    app.anonymous().get("/livez").expect(200);
}

/// A new token of the same account does not fill the bucket.
#[test]
fn an_account_has_one_bucket_for_all_its_tokens() {
    let app = slow_app();
    let statuses: Vec<u16> = (0..40).map(|_| app.persona("teacher").get(LIST).status).collect();
    assert!(statuses.contains(&429));
}
