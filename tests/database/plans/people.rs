//! People by their names, numbers and days of birth, and what is recorded to all cards of one person.

use std::sync::PoisonError;

use serde_json::json;

use super::{SENT, explained, filled, slow};

#[test]
fn people_are_matched_by_indexes() {
    let app = filled();
    app.db_execute(
        "update persons set birth_date = date '1960-01-01' + (abs(hashtext(id::text)) % 15000);
         insert into person_names (id, person_id, last_name, first_name, used_until, recorded_at)
         select md5('name' || id)::uuid, id, 'Formerova-' || translate(md5(id::text), '0123456789', 'ghijklmnop'), 'Anna',
                '2020-01-01', now() from persons;",
    )
    .unwrap();
    app.db_execute("vacuum analyze persons").unwrap();
    app.db_execute("vacuum analyze person_names").unwrap();
    let director = app.persona("director");
    SENT.lock().unwrap_or_else(PoisonError::into_inner).clear();
    let body = json!({"last_name": "Соколова", "first_name": "Анна", "birth_date": "1984-05-17", "snils": "112-233-445 95"});
    director.post("/api/v1/person-matches", body).expect(200);
    let sent = SENT.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let statement = sent.iter().find(|sql| sql.contains("rost_name_key")).unwrap();
    let plan = explained(&app, statement);
    for index in
        ["persons_snils_key", "persons_name_key_idx", "person_names_key_idx", "persons_birth_date_idx"]
    {
        assert!(plan.contains(index), "{index}:\n{plan}");
    }
    assert!(!plan.contains("Seq Scan"), "{plan}");
}

#[test]
fn the_cards_of_a_person_are_read_by_indexes() {
    let app = filled();
    let person = app.person("teacher");
    let slow: Vec<String> = [
        ("hours-balance", "ledger_entries", "ledger_entries_person_idx"),
        ("ledger-entries", "ledger_entries", "ledger_entries_person_idx"),
        ("hours-balance", "persons", "persons_kept_idx"),
        ("credentials", "credentials", "credentials_person_idx"),
    ]
    .into_iter()
    .filter_map(|(list, table, index)| {
        slow(&app, "ministry", &format!("/api/v1/persons/{person}/{list}"), table, index)
    })
    .collect();
    assert!(slow.is_empty(), "{}", slow.join("\n"));
}
