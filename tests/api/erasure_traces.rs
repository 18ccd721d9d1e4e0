//! Nothing of the name is left anywhere in the database when somebody is erased.

use serde_json::json;

use crate::support::TestApp;
use crate::support::build_directory::end_employment;
use crate::support::build_imports::{STAFF, counts, csv, load, name_school, receipts};

/// The tables in which one of these words stands.
fn tables_with(app: &TestApp, words: &[&str]) -> String {
    let pattern = words.join("|");
    app.db_text(&format!(
        "select coalesce(string_agg(c.relname, ',' order by c.relname), '') from pg_class c \
         where c.relkind = 'r' and c.relnamespace = (select relnamespace from pg_class where oid = 'persons'::regclass) \
         and query_to_xml(format('select 1 as found from %I t where t::text ~* %L limit 1', c.relname, '{pattern}'), \
             false, false, '')::text like '%found%'"
    ))
}

/// 152-ФЗ, article 21: what was erased is gone from refused rows of files, from stored answers and from reasons too.
#[test]
fn an_erased_name_stands_nowhere() {
    let app = TestApp::start();
    name_school(&app);
    let (director, ministry) = (app.persona("director"), app.persona("ministry"));
    let snils = "112-233-445 95";
    let row = |first_name: &str, snils: &str| {
        let cells = ["Тайнова", first_name, snils, "0099000014", "учитель", "ООО", "2024-09-01"];
        cells.map(str::to_owned).to_vec()
    };
    let made = load(&director, "staff", "text/csv", csv(&STAFF, &[row("Ефросинья", snils)], ";")).expect(200);
    assert_eq!(counts(&made.json()), [1, 0, 0, 0], "{:?}", receipts(&director, &made.id()));
    // One row is known by its number, the other by the name alone.
    let wrong = [row("", snils), row("Ефросинья", "1")];
    let refused = load(&director, "staff", "text/csv", csv(&STAFF, &wrong, ";")).expect(200);
    assert_eq!(counts(&refused.json()), [0, 0, 0, 2]);
    let stranger = load(&director, "staff", "text/csv", csv(&STAFF, &[row("Анна", "2")], ";")).expect(200);
    let id = app.db_text("select id from persons where first_name = 'Ефросинья'");
    let path = format!("/api/v1/persons/{id}");
    let card = director.get(&path).expect(200);
    let data = json!({"last_name": "Забвенова", "first_name": "Ефросинья", "snils": snils,
                      "email": "frosya@school.example"});
    director.put(&path, &card.etag(), json!({"data": data})).expect(200);
    let other = json!({"data": {"last_name": "Тайнова", "first_name": "Ефросинья"}, "employment": {
        "organization_id": app.organization("school_1"),
        "data": {"kind": "contract", "position": "учитель", "started_on": "2020-09-01", "ended_on": "2021-08-31"},
    }});
    let other = director.post("/api/v1/persons", other).expect(201).id();
    let merge = json!({"kept_id": id, "merged_id": other, "reason": "Тайнова теперь Забвенова"});
    ministry.post("/api/v1/person-merges", merge).expect(201);
    let words = ["Забвенов", "Ефросинья", "frosya", "11223344595", "112-233-445"];
    let before = tables_with(&app, &words);
    assert_eq!(before, "idempotency_keys,import_rows,person_merges,person_names,persons");
    let work = ministry.get(&format!("{path}/employments")).expect(200).json();
    let open = work["items"].as_array().unwrap().iter().find(|work| work["data"].get("ended_on").is_none());
    end_employment(&director, open.unwrap(), "2026-02-27").expect(200);
    let etag = ministry.get(&path).expect(200).etag();
    let act = json!({"act_number": "7-ПД", "act_date": "2026-03-01", "ground": "Отзыв согласия"});
    ministry.post_if(&format!("{path}/erasure"), &etag, act).expect(200);
    assert_eq!(tables_with(&app, &words), "");
    assert_eq!(tables_with(&app, &["Тайнов"]), "import_rows", "the row of somebody else stays");
    let file = format!("/api/v1/import-runs/{}/receipts?outcome=refused", refused.id());
    assert!(!director.get(&file).expect(200).text.contains("Тайнова"));
    assert_eq!(receipts(&director, &refused.id()).len(), 2, "that the rows were refused, and why, stays");
    let file = format!("/api/v1/import-runs/{}/receipts?outcome=refused", stranger.id());
    assert!(director.get(&file).expect(200).text.contains("Тайнова"));
}
