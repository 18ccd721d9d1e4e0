//! Every list is a file too: the same things, in the same order, for the same eyes.

use std::collections::BTreeSet;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use serde_json::{Value, json};

use crate::support::build_directory::hire;
use crate::support::build_hours::{paper, record, with};
use crate::support::{Answer, Client, TestApp};

const PERSONS: &str = "/api/v1/persons";
const ORGANIZATIONS: &str = "/api/v1/organizations";
const CSV: &str = "text/csv";
const NDJSON: &str = "application/x-ndjson";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

fn file(client: &Client, path: &str, media: &str) -> Answer {
    client.header("accept", media).header("accept-language", "en").get(path)
}

fn lines(answer: &Answer) -> Vec<Value> {
    answer.text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Every item of the list, page by page.
fn items(client: &Client, path: &str) -> Vec<Value> {
    let (mut found, mut cursor) = (Vec::new(), String::new());
    loop {
        let separator = if path.contains('?') { '&' } else { '?' };
        let page = client.get(&format!("{path}{separator}limit=7{cursor}")).expect(200).json();
        found.extend(page["items"].as_array().unwrap().iter().cloned());
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return found,
        }
    }
}

fn more_schools(app: &TestApp, number: u32) {
    app.db_execute(&format!(
        "insert into organizations (id, region_id, municipality_id, parent_id, kind, name, founder_type, created_at, updated_at)
         select gen_random_uuid(), region_id, municipality_id, parent_id, kind, 'СОШ № ' || n, founder_type, created_at, updated_at
         from organizations, generate_series(1, {number}) n where id = '{}'",
        app.organization("school_2")
    ))
    .unwrap();
}

/// The lists of the API that need neither an id nor a filter.
fn lists() -> Vec<String> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi/v1.json");
    let document: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let resolved = |value: &Value| match value["$ref"].as_str() {
        Some(reference) => document.pointer(reference.trim_start_matches('#')).unwrap().clone(),
        None => value.clone(),
    };
    let is_list = |operation: &Value| {
        let answer = resolved(&operation["responses"]["200"]);
        let page = resolved(&answer["content"]["application/json"]["schema"]);
        let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
        page["properties"].get("next_cursor").is_some()
            && parameters.iter().all(|parameter| resolved(parameter)["required"] != true)
    };
    let paths = document["paths"].as_object().unwrap().iter();
    paths.filter(|(_, operations)| is_list(&operations["get"])).map(|(path, _)| path.clone()).collect()
}

/// Every list, for whoever reads it, in every form, and with as many items as its page has.
#[test]
fn every_list_is_a_file() {
    let app = TestApp::start();
    record(&app, "provider", paper(&app, "teacher", "1", "2025-04-10")).expect(201);
    let lists = lists();
    assert!(lists.len() > 40, "{lists:?}");
    let readers = ["ministry", "coordinator", "methodist", "director", "provider", "teacher", "admin"];
    for path in lists {
        let reader = readers.iter().find(|reader| app.persona(reader).get(&path).status == 200);
        let client = app.persona(reader.unwrap_or_else(|| panic!("nobody reads {path}")));
        for media in [CSV, NDJSON, XLSX] {
            let answer = file(&client, &path, media).expect(200);
            let form = answer.header("content-type").unwrap();
            assert!(form.starts_with(media), "{path} as {media} is {form}");
        }
        let page = client.get(&path).expect(200).json();
        // What is written while the lists are read is not counted: reads of personal data are journaled.
        if page["next_cursor"].is_null() && !path.ends_with("/data-reads") {
            let of_page = page["items"].as_array().unwrap().len();
            assert_eq!(lines(&file(&client, &path, NDJSON)).len(), of_page, "{path}");
        }
    }
}

/// A long list is one file: everything once, in the order of the pages, whatever its form.
#[test]
fn a_list_is_the_same_in_every_form() {
    let app = TestApp::start();
    more_schools(&app, 450);
    let ministry = app.persona("ministry");
    let pages = items(&ministry, ORGANIZATIONS);
    assert_eq!(pages.len(), 463);

    let told = file(&ministry, ORGANIZATIONS, NDJSON).expect(200);
    assert_eq!(told.header("content-type"), Some(NDJSON));
    assert_eq!(lines(&told), pages);

    let table = file(&ministry, ORGANIZATIONS, CSV).expect(200);
    assert_eq!(table.header("content-type"), Some("text/csv; charset=utf-8"));
    assert_eq!(table.header("content-disposition"), Some("attachment; filename=\"organizations.csv\""));
    assert_eq!(table.header("link"), None);
    let mut rows = table.text.lines();
    assert_eq!(rows.next(), Some("\u{feff}id;kind;municipality_id;name"));
    let first = &pages[0];
    let text = |field: &str| first[field].as_str().unwrap_or_default();
    assert_eq!(
        rows.next().unwrap(),
        format!("{};{};{};{}", text("id"), text("kind"), text("municipality_id"), text("name"))
    );
    assert_eq!(rows.count(), 462);

    let names: Vec<Vec<String>> = sheet(&app, "ministry", ORGANIZATIONS);
    assert_eq!(names.len(), 464);
    let expected: Vec<&str> = pages.iter().map(|item| item["name"].as_str().unwrap()).collect();
    let found: Vec<&str> = names[1..].iter().map(|row| row[3].as_str()).collect();
    assert_eq!(found, expected);
}

/// A file of many more rows than any page has everything once, in the order of the pages; a page stays as long as it was.
#[test]
fn a_file_of_several_portions_has_everything_once() {
    let app = TestApp::start();
    more_schools(&app, 2_100);
    let ministry = app.persona("ministry");
    let told = lines(&file(&ministry, ORGANIZATIONS, NDJSON).expect(200));
    assert_eq!(told.len(), 2_113);
    let ids: BTreeSet<&str> = told.iter().map(|item| item["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), told.len());
    let page = ministry.get(&format!("{ORGANIZATIONS}?limit=200")).expect(200).json();
    assert_eq!(page["items"].as_array().unwrap().as_slice(), &told[..200]);
    ministry.get(&format!("{ORGANIZATIONS}?limit=201")).refused(422, "range");
    assert_eq!(sheet(&app, "ministry", ORGANIZATIONS).len(), 2_114);
}

/// The rows of the workbook, its heading first.
fn sheet(app: &TestApp, persona: &str, path: &str) -> Vec<Vec<String>> {
    let request = ureq::get(format!("{}{path}", app.address()))
        .header("authorization", format!("Bearer {}", app.token(persona)))
        .header("accept", XLSX);
    let bytes = request.call().unwrap().body_mut().read_to_vec().unwrap();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    range.rows().map(|row| row.iter().map(Data::to_string).collect()).collect()
}

/// The filter of the list is that of the file; a limit has no meaning for it.
#[test]
fn a_file_has_the_filter_of_its_list() {
    let app = TestApp::start();
    let ministry = app.persona("ministry");
    let path = format!("{ORGANIZATIONS}?kind=school");
    let schools = items(&ministry, &path);
    assert_eq!(schools.len(), 4);
    assert_eq!(lines(&file(&ministry, &format!("{path}&limit=1"), NDJSON).expect(200)), schools);
    // A list that is one page by nature.
    let regions = app.persona("admin").get("/api/v1/regions").expect(200).json();
    let told = file(&app.persona("admin"), "/api/v1/regions", NDJSON).expect(200);
    assert_eq!(json!(lines(&told)), regions["items"]);
}

/// Nobody gets by file what no page tells him, and a refusal is a refusal in every form.
#[test]
fn a_file_tells_what_its_reader_may_see() {
    let app = TestApp::start();
    for name in ["director", "municipal_officer", "chel_director"] {
        let client = app.persona(name);
        assert_eq!(lines(&file(&client, PERSONS, NDJSON).expect(200)), items(&client, PERSONS), "{name}");
    }
    let director = app.persona("director");
    let neighbour = format!("{PERSONS}?organization_id={}", app.organization("chel_school"));
    assert_eq!(file(&director, &neighbour, CSV).status, director.get(&neighbour).status);
    for media in [CSV, NDJSON, XLSX] {
        file(&director, "/api/v1/accounts", media).refused(403, "auth.forbidden");
        file(&director, &format!("{PERSONS}?cursor=abc&limit=0&q=x"), media).refused(422, "length");
        file(&director, &format!("{PERSONS}?nothing=1"), media).refused(400, "request.unknown_parameter");
        file(&app.anonymous(), PERSONS, media).refused(401, "auth.unauthenticated");
    }
}

/// Formula injection: what a spreadsheet would carry out is text.
#[test]
fn a_formula_stays_text() {
    let app = TestApp::start();
    let body = json!({
        "parent_id": app.organization("barnaul"), "kind": "school", "data": {"name": "=HYPERLINK(\"http://x\")"}
    });
    app.persona("ministry").post(ORGANIZATIONS, body).expect(201);
    let table = file(&app.persona("ministry"), ORGANIZATIONS, CSV).expect(200);
    assert!(table.text.contains("\"'=HYPERLINK(\"\"http://x\"\")\""), "{}", table.text);
    let rows = sheet(&app, "ministry", ORGANIZATIONS);
    assert!(rows.iter().any(|row| row[3] == "=HYPERLINK(\"http://x\")"));
}

/// A depersonalised file names nobody: no names, no text, and numbers that another file does not repeat.
#[test]
fn a_depersonalised_file_names_nobody() {
    let app = TestApp::start();
    let person = hire(&app, "director", "Каренина", "school_1");
    let path = format!("{PERSONS}?depersonalised=true");
    let director = app.persona("director");
    let table = file(&director, &path, CSV).expect(200);
    assert!(table.text.starts_with("\u{feff}id;merged_into_id\n"), "{}", table.text);
    let numbers =
        |answer: &Answer| -> BTreeSet<String> { answer.text.lines().skip(1).map(str::to_owned).collect() };
    let (one, other) = (numbers(&table), numbers(&file(&director, &path, CSV).expect(200)));
    assert_eq!(one.len(), items(&director, PERSONS).len());
    assert!(one.is_disjoint(&other) && !one.contains(&person));

    for (number, title) in [("101", "Оценивание"), ("102", "Методика чтения")] {
        let fields = json!({"title": title, "issuer_id": app.organization("provider_x")});
        record(&app, "teacher", with(paper(&app, "teacher", number, "2025-04-10"), fields)).expect(201);
    }
    let told = lines(&file(&director, "/api/v1/credentials?depersonalised=true", NDJSON).expect(200));
    assert_eq!(told.len(), 2);
    assert_eq!(told[0]["person_id"], told[1]["person_id"]);
    assert_ne!(told[0]["person_id"], json!(app.person("teacher")));
    assert!(told[0]["hours"].is_number() && told[0]["issuer_name"].is_null());

    director.get(&path).refused(422, "not_for_pages");
    director.get(&format!("{PERSONS}?depersonalised=false")).expect(200);
    file(&director, &format!("{PERSONS}?depersonalised=yes"), CSV).refused(422, "wrong_type");
}

/// A workbook is put together in memory: there is an end to it, and words about what to take instead.
#[test]
fn a_workbook_that_is_too_long_is_refused() {
    let app = TestApp::with(|name| (name == "ROST_WORKBOOK_ROWS").then(|| "300".to_owned()));
    more_schools(&app, 300);
    file(&app.persona("ministry"), ORGANIZATIONS, XLSX).refused(422, "too_many_rows");
}
