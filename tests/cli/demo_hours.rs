//! What the demo shows of hours: credit books, numbers, credited learning, the federal register, two cards of one person.

use serde_json::{Value, json};

use super::loaded::demo;
use super::walk::{in_states, signed_in};
use crate::support::{Client, TestFolder};

fn items(client: &Client, path: &str) -> Vec<Value> {
    let page = client.get(&format!("/api/v1/{path}")).expect(200).json();
    page["items"].as_array().unwrap().clone()
}

/// Where the role of the caller is held.
fn home(client: &Client) -> String {
    let me = client.get("/api/v1/me").expect(200).json();
    me["grants"][0]["organization"]["id"].as_str().unwrap().to_owned()
}

/// P3-15, P3-17, P3-34, P3-46, P4-8, B5: everybody who signs in to the demo finds something of hours to look at.
#[test]
fn the_demo_shows_hours_in_full() {
    let folder = TestFolder::new("cli-demo-hours");
    let server = demo(&folder, &["--set", "ROST_RATE_PER_SECOND=1000000"]);
    let of = |login: &str| signed_in(&server, login);

    let teacher = of("podkumok.teacher2");
    let book = items(&teacher, "credit-books").remove(0);
    let book = teacher.get(&format!("/api/v1/credit-books/{}", book["id"].as_str().unwrap())).expect(200);
    let entries = book.json()["entries"].as_array().unwrap().clone();
    assert_eq!((entries.len(), &entries[0]["hours"]), (1, &json!(24.0)), "{entries:?}");
    assert!(entries[0]["corrects_id"].is_string(), "{entries:?}");
    for (state, count) in in_states(&teacher, "credit-book-flags", &["resolved", "refused"]) {
        assert_eq!(count, 1, "flags that are {state}");
    }

    let methodist = of("georgievsk.methodist");
    assert_eq!(items(&methodist, "credit-books").len(), 3);
    let range = items(&methodist, "number-ranges").remove(0);
    assert_eq!((&range["left"], &range["next_number"]), (&json!(96), &json!("260904")), "{range}");

    for (login, state) in [("zarechye.teacher2", "granted"), ("altai.coordinator", "granted")] {
        assert_eq!(in_states(&of(login), "credit-transfers", &[state])[0].1, 1, "{login}");
    }

    let operator = of("kostroma.operator");
    assert_eq!(in_states(&operator, "frdo-packages", &["accepted"])[0].1, 1);
    let path =
        format!("frdo-preview?issuer_id={}&layout=v40&issued_from=2026-06-01&limit=200", home(&operator));
    let lines = items(&operator, &path);
    let duplicates = lines.iter().filter(|line| line["action"] == "duplicate" && line["outcome"] == "clean");
    assert_eq!(duplicates.count(), 1, "{lines:?}");
    let unknown_form = lines.iter().filter(|line| {
        let problems = line["problems"].as_array().unwrap();
        problems.iter().any(|problem| problem["code"] == "not_in_classifier")
    });
    assert_eq!(unknown_form.count(), 1, "{lines:?}");

    let director = of("volzhskaya.director");
    let people = items(&director, "persons?limit=200");
    let merges = people.iter().filter(|person| person["last_name"] == "Абрамова").flat_map(|person| {
        let path = format!("persons/{}/merges", person["id"].as_str().unwrap());
        items(&director, &path)
    });
    let merges: Vec<Value> = merges.collect();
    assert!(merges.iter().any(|merge| merge["undone_at"].is_null()), "{merges:?}");
}
