//! Documents for the federal register, and what becomes of them.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use serde_json::{Value, json};

use super::TestApp;
use super::build_hours::{paper, record, with};

/// The packages of documents for the federal register.
pub const PACKAGES: &str = "/api/v1/frdo-packages";

/// Where the preview of the provider is.
pub fn preview_path(app: &TestApp, layout: &str) -> String {
    format!("/api/v1/frdo-preview?issuer_id={}&layout={layout}", app.organization("provider_x"))
}

/// What the register would take of the papers of the provider, one by one.
#[track_caller]
pub fn preview(app: &TestApp) -> Vec<Value> {
    let page = app.persona("provider").get(&preview_path(app, "v40")).expect(200).json();
    page["items"].as_array().unwrap().clone()
}

/// The fields of a list of a row, with one of their properties.
pub fn fields(row: &Value, list: &str, key: &str) -> Vec<(String, String)> {
    let found = row[list].as_array().unwrap().iter();
    found.map(|item| (text(&item["field"]), text(&item[key]))).collect()
}

/// A text, empty when there is none.
pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// What is expected of them.
pub fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(field, value)| ((*field).to_owned(), (*value).to_owned())).collect()
}

/// A paper of the provider for the teacher, learnt in the year it was issued.
#[track_caller]
pub fn issued(app: &TestApp, number: &str) -> String {
    let dated = json!({"started_on": "2026-01-12"});
    record(app, "provider", with(paper(app, "teacher", number, "2026-02-10"), dated)).expect(201).id()
}

/// Replaces what is said under that path.
#[track_caller]
pub fn set(app: &TestApp, persona: &str, path: &str, body: Value) {
    let client = app.persona(persona);
    let etag = client.get(path).expect(200).etag();
    client.put(path, &etag, body).expect(200);
}

/// Where the details of a persona are.
pub fn details_of(app: &TestApp, person: &str) -> String {
    format!("/api/v1/persons/{}/federal-details", app.person(person))
}

/// The teacher with everything that the register asks of her.
#[track_caller]
pub fn known_teacher(app: &TestApp) {
    app.db_execute(&format!(
        "update persons set snils = '11223344595', birth_date = '1984-05-17' where id = '{}'",
        app.person("teacher")
    ))
    .unwrap();
    set(app, "teacher", &details_of(app, "teacher"), json!({"sex": "ж", "citizenship": "Россия"}));
}

/// A package of everything that the provider may send.
pub fn body(app: &TestApp) -> Value {
    json!({"issuer_id": app.organization("provider_x"), "layout": "v40"})
}

/// Forms a package.
#[track_caller]
pub fn package(app: &TestApp) -> String {
    app.persona("provider").post(PACKAGES, body(app)).expect(201).id()
}

/// What the register said of a package.
#[track_caller]
pub fn answer(app: &TestApp, id: &str, said: Value) {
    let path = format!("{PACKAGES}/{id}");
    let client = app.persona("provider");
    let etag = client.get(&path).expect(200).etag();
    client.post_if(&format!("{path}/answer"), &etag, said).expect(200);
}

/// The cell of the only row of a package.
#[track_caller]
pub fn cell(app: &TestApp, package: &str, field: &str) -> String {
    let rows = app.persona("provider").get(&format!("{PACKAGES}/{package}/rows")).expect(200).json();
    assert_eq!(rows["items"].as_array().unwrap().len(), 1);
    let cells = rows["items"][0]["cells"].as_array().unwrap();
    text(&cells.iter().find(|cell| cell["field"] == field).unwrap()["value"])
}

/// The workbook of a package, cell by cell.
pub fn workbook(app: &TestApp, package: &str) -> Vec<Vec<Data>> {
    let mut response = ureq::get(format!("{}{PACKAGES}/{package}/file", app.address()))
        .header("authorization", format!("Bearer {}", app.token("provider")))
        .call()
        .unwrap();
    let bytes = response.body_mut().read_to_vec().unwrap();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    sheet.rows().map(<[Data]>::to_vec).collect()
}
