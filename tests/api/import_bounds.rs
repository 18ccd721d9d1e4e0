//! Files are as strict as the endpoints: what a body may not say, a cell may not say either.

use std::io::Write as _;

use serde_json::{Value, json};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::support::build_imports::{XLSX, counts, load, receipts, school_with_inn, snils_of};

fn line(mut of: Value, changed: &[(&str, Value)]) -> String {
    for (name, value) in changed {
        of[*name] = value.clone();
    }
    format!("{of}\n")
}

fn member(number: u32, changed: &[(&str, Value)]) -> String {
    let of = json!({
        "last_name": "Ларина", "first_name": "Ольга", "snils": snils_of(number),
        "organization_inn": "0099000014", "position": "учитель", "started_on": "2024-09-01",
    });
    line(of, changed)
}

fn paper(number: &str, changed: &[(&str, Value)]) -> String {
    let of = json!({
        "snils": snils_of(1), "kind": "удостоверение", "issuer_name": "Институт", "number": number, "title": "Урок",
        "program_kind": "ПК", "hours": "36", "started_on": "2025-01-13", "completed_on": "2025-02-07",
        "issued_on": "2025-02-10",
    });
    line(of, changed)
}

/// design, import: a list of staff is bounded as the bodies of persons and employments are, and written as they write it.
#[test]
fn a_list_of_staff_is_bounded_as_the_endpoints_are() {
    let app = school_with_inn();
    let director = app.persona("director");
    let many: Vec<String> = (1..=21).map(|number| format!("предмет {number}")).collect();
    let file = [
        member(1, &[("position", json!(" учитель   химии ")), ("email", json!(" Olga@School.Example "))]),
        member(2, &[("position", json!("у".repeat(201)))]),
        member(3, &[("email", json!("нет адреса"))]),
        member(4, &[("subjects", json!("х".repeat(201)))]),
        member(5, &[("subjects", json!(many))]),
        member(
            6,
            &[("position", json!("у".repeat(200))), ("education_levels", json!(["СОО", "ООО", "СОО"]))],
        ),
    ];
    for query in ["staff?dry_run=true", "staff"] {
        let done = load(&director, query, "application/x-ndjson", file.concat()).expect(200);
        let found = receipts(&director, &done.id());
        assert_eq!(counts(&done.json()), [2, 0, 0, 4], "{found:?}");
        let problems: Vec<_> = found.into_iter().flat_map(|(_, _, problems)| problems).collect();
        let expected =
            [("position", "length"), ("email", "email"), ("subjects", "length"), ("subjects", "length")];
        assert_eq!(problems, expected.map(|(column, code)| (column.to_owned(), code.to_owned())));
    }
    let kept = app.db_text(
        "select concat_ws('/', p.email, e.position) from persons p join employments e on e.person_id = p.id \
         where p.email is not null and p.last_name = 'Ларина'",
    );
    assert_eq!(kept, "olga@school.example/учитель химии");
    let levels = "select education_levels from employments where length(position) = 200";
    assert_eq!(
        app.db_text(&format!("select education_levels::text from ({levels}) as e")),
        "{basic,secondary}"
    );
}

/// design, import: so are documents, one by one and many together; one long number never ends a whole run.
#[test]
fn documents_of_a_file_are_bounded_as_the_endpoint_is() {
    let app = school_with_inn();
    let director = app.persona("director");
    load(&director, "staff", "application/x-ndjson", member(1, &[])).expect(200);
    // Nothing that packs well: an index holds no such text.
    let noise: String =
        (0..4_000_u32).map(|place| char::from(b'A' + u8::try_from(place * place % 23).unwrap())).collect();
    let wrong = ["number", "series", "registration_number", "title", "issuer_name"];
    let mut file = paper("1", &[]);
    for column in wrong {
        file.push_str(&paper("2", &[(column, json!(noise))]));
    }
    file.push_str(&paper("3", &[("issuer_name", json!("И"))]));
    file.push_str(&paper("4", &[]));
    let done = load(&director, "credentials", "application/x-ndjson", file).expect(200);
    let found = receipts(&director, &done.id());
    assert_eq!(counts(&done.json()), [2, 0, 0, 6], "{found:?}");
    let columns: Vec<_> =
        found.into_iter().flat_map(|(_, _, problems)| problems).map(|(column, _)| column).collect();
    assert_eq!(columns, [&wrong[..], &["issuer_name"]].concat());
}

/// A workbook whose cell stands there.
fn workbook_at(place: &str) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const TO: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    let related = |kind: &str, target: &str| {
        format!(
            "<Relationships xmlns=\"{PACKAGE}\"><Relationship Id=\"r1\" Type=\"{TO}/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    let parts = [
        ("_rels/.rels", related("officeDocument", "xl/workbook.xml")),
        ("xl/_rels/workbook.xml.rels", related("worksheet", "worksheets/sheet1.xml")),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{TO}\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!(
                "<worksheet xmlns=\"{MAIN}\"><sheetData><row><c r=\"{place}\"><v>1</v></c></row></sheetData></worksheet>"
            ),
        ),
    ];
    let mut archive = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(name, SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// design, import: a workbook with a cell beyond every sheet is a broken file, and no fault of the server.
#[test]
fn a_cell_beyond_every_sheet_is_no_fault_of_the_server() {
    let app = school_with_inn();
    let director = app.persona("director");
    load(&director, "staff", XLSX, workbook_at("A1")).refused(422, "unknown_column");
    for place in ["A99999999999", "ZZZZZZZZZZ1"] {
        let answer = load(&director, "staff", XLSX, workbook_at(place));
        assert!(answer.status < 500, "{place}: {} {}", answer.status, answer.text);
    }
}

/// P3-26: a row that may be somebody the region knows says so at its number, with what can be done about it.
#[test]
fn a_row_that_may_be_somebody_known_says_what_to_do() {
    let app = school_with_inn();
    let director = app.persona("director");
    let known = json!({"data": {"last_name": "Ларина", "first_name": "Ольга", "birth_date": "1984-05-17"}, "employment": {
        "organization_id": app.organization("school_1"),
        "data": {"kind": "staff", "position": "учитель", "started_on": "2024-09-01"},
    }});
    let id = director.post("/api/v1/persons", known).expect(201).id();
    let row = member(1, &[("birth_date", json!("1984-05-17"))]);
    let done = load(&director, "staff", "application/x-ndjson", row.clone()).expect(200);
    let path = format!("/api/v1/import-runs/{}/rows", done.id());
    let problem = director.get(&path).expect(200).json()["items"][0]["problems"][0].clone();
    assert_eq!((&problem["column"], &problem["code"]), (&json!("snils"), &json!("possible_duplicate")));
    let message = problem["message"].as_str().unwrap();
    assert!(message.contains(&id) && message.contains("distinct_from"), "{message}");
    // Done as the receipt says, the same row meets the card.
    let path = format!("/api/v1/persons/{id}");
    let etag = director.get(&path).expect(200).etag();
    let data = json!({"last_name": "Ларина", "first_name": "Ольга", "birth_date": "1984-05-17", "snils": snils_of(1)});
    director.put(&path, &etag, json!({"data": data})).expect(200);
    let again = load(&director, "staff", "application/x-ndjson", row).expect(200);
    assert_eq!(counts(&again.json()), [0, 0, 1, 0], "{:?}", receipts(&director, &again.id()));
}
