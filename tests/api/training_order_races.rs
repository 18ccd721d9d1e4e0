//! Orders under contention: real connections, started together.

use std::sync::Barrier;
use std::thread;

use serde_json::{Value, json};

use crate::support::build_orders::{begin, read, request, send, submitted};
use crate::support::build_training::etag;
use crate::support::regulated_training::barnaul_under_p3;
use crate::support::{Answer, Client, TestApp};

/// Sends everything at the same moment, each on a connection of its own.
fn at_once(sent: &[(Client, String, Value)]) -> Vec<Answer> {
    let barrier = Barrier::new(sent.len());
    thread::scope(|scope| {
        let running: Vec<_> = sent
            .iter()
            .map(|(client, path, body)| {
                scope.spawn(|| {
                    barrier.wait();
                    let key = rost::ids::new_id().to_string();
                    client.header("idempotency-key", &key).send_json("POST", path, body)
                })
            })
            .collect();
        running.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}

/// P3-5: while the municipal order is built a school submits: it is in the order or waits for the next time, and its
/// people are counted once.
#[test]
fn a_school_that_submits_meanwhile_is_not_lost() {
    let app = TestApp::start();
    barnaul_under_p3(&app);
    submitted(&app, "director", "school_1", &[("Чтение", 2)]);
    let late = begin(&app, "school_2_director", "school_2", "school").expect(201).id();
    send(&app, "school_2_director", &late, "lines", request("Чтение", 3)).expect(201);
    for _ in 0..5 {
        let building =
            json!({"organization_id": app.organization("barnaul"), "level": "municipality", "year": 2025});
        let submitting =
            app.persona("school_2_director").header("if-match", &etag(&app, "training_orders", &late));
        let answers = at_once(&[
            (app.persona("methodist"), "/api/v1/training-orders".to_owned(), building.clone()),
            (submitting, format!("/api/v1/training-orders/{late}/submission"), json!({})),
            (app.persona("methodist"), "/api/v1/training-orders".to_owned(), building),
        ]);
        assert_eq!(answers[1].status, 200, "{:?}", answers[1].codes());
        let mut built = [answers[0].status, answers[2].status];
        built.sort_unstable();
        assert_eq!(built, [201, 409]);
        let id = answers.iter().find(|answer| answer.status == 201).unwrap().id();
        send(&app, "methodist", &id, "refresh", json!({})).expect(200);
        let order = read(&app, "methodist", &id).expect(200).json();
        assert_eq!((&order["sums"]["people"], &order["sums"]["lines"]), (&json!(5), &json!(1)));
        assert_eq!(read(&app, "school_2_director", &late).json()["taken_by_id"], json!(id));

        // From the beginning.
        send(&app, "methodist", &id, "withdrawal", json!({})).expect(200);
        app.db_execute(&format!(
            "update training_orders set state = 'draft', version = version + 1 where id = '{late}'"
        ))
        .unwrap();
    }
}
