//! The same table in every form that a school administrator may send it in, and everything that may be broken about it.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::support::build_imports::{
    STAFF, XLSX, counts, csv, load, member, ndjson, receipts, school_with_inn, snils_of, windows_1251,
    workbook,
};
use crate::support::{Client, TestApp};

/// Twenty rows, of which some are wrong.
fn table() -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = (1..=20).map(|number| member(number, "Ольга")).collect();
    rows[4][2] = "900-300-005 00".to_owned();
    rows[7][5] = "ЯСЛИ".to_owned();
    rows[7][6] = "31.02.2024".to_owned();
    rows[9][1] = String::new();
    rows[11] = rows[10].clone();
    rows[12][3] = "0099000099".to_owned();
    rows
}

/// The receipts by the place of the row: NDJSON has no header line.
fn by_place(client: &Client, run: &str) -> Vec<(String, Vec<(String, String)>)> {
    receipts(client, run).into_iter().map(|(_, outcome, problems)| (outcome, problems)).collect()
}

/// design, import: whatever the form, the receipts are the same, and what one form has loaded another one meets again.
#[test]
fn one_table_in_five_forms_has_the_same_receipts() {
    let app = school_with_inn();
    let director = app.persona("director");
    let rows = table();
    let text = csv(&STAFF, &rows, ";");
    let forms: [(&str, Vec<u8>); 6] = [
        ("text/csv", csv(&STAFF, &rows, ",").into_bytes()),
        ("text/csv; charset=utf-8", format!("\u{feff}{text}").into_bytes()),
        ("text/csv", windows_1251(&text)),
        ("text/csv; charset=windows-1251", windows_1251(&text)),
        ("application/x-ndjson", ndjson(&STAFF, &rows).into_bytes()),
        (XLSX, workbook(&STAFF, &rows)),
    ];
    let mut predicted = Vec::new();
    for (media, bytes) in &forms {
        let run = load(&director, "staff?dry_run=true", media, bytes.clone()).expect(200);
        assert_eq!(counts(&run.json()), [15, 0, 1, 4], "{media}: {:?}", receipts(&director, &run.id()));
        predicted.push(by_place(&director, &run.id()));
    }
    for (found, (media, _)) in predicted.iter().zip(&forms) {
        assert_eq!(found, &predicted[0], "{media}");
    }
    let wrong: Vec<&str> = predicted[0][7].1.iter().map(|(column, _)| column.as_str()).collect();
    assert_eq!(wrong, ["Уровни образования", "Дата приёма"], "columns are named as the file names them");
    for (number, (media, bytes)) in forms.into_iter().enumerate() {
        let run = load(&director, "staff", media, bytes).expect(200);
        let expected = if number == 0 { [15, 0, 1, 4] } else { [0, 0, 16, 4] };
        assert_eq!(counts(&run.json()), expected, "{media}: {:?}", receipts(&director, &run.id()));
    }
    let name = app.db_text("select distinct first_name from persons where last_name = 'Ларина'");
    assert_eq!(name, "Ольга");
}

/// What people really have in their cells: numbers, dates, formulas, a title above nothing, empty rows and columns.
#[test]
fn a_workbook_is_read_as_it_looks() {
    let app = school_with_inn();
    let director = app.persona("director");
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, name) in (0_u16..).zip(STAFF) {
        sheet.write_string(1, column, name).unwrap();
    }
    let date = Format::new().set_num_format("dd.mm.yyyy");
    for (column, cell) in (0_u16..).zip(member(1, "Анна")) {
        sheet.write_string(4, column, cell).unwrap();
    }
    sheet.write_number(4, 2, snils_of(1).parse::<f64>().unwrap()).unwrap();
    sheet
        .write_datetime_with_format(4, 6, ExcelDateTime::parse_from_str("2024-09-01").unwrap(), &date)
        .unwrap();
    sheet.write_formula(4, 1, rust_xlsxwriter::Formula::new("=\"Ан\"&\"на\"").set_result("Анна")).unwrap();
    sheet.write_blank(1, 9, &date).unwrap();
    workbook.add_worksheet().write_string(0, 0, "Справка").unwrap();
    let bytes = workbook.save_to_buffer().unwrap();
    let run = load(&director, "staff", XLSX, bytes).expect(200);
    assert_eq!(receipts(&director, &run.id()), [(5, "created".to_owned(), Vec::new())]);
    let known = app.db_text("select first_name || ' ' || snils from persons where last_name = 'Ларина'");
    assert_eq!(known, format!("Анна {}", snils_of(1)));
    assert_eq!(app.db_text("select started_on from employments where person_id in (select id from persons where last_name = 'Ларина')"), "2024-09-01");
}

/// A line that is no object is refused by itself, and so is a value that is no cell.
#[test]
fn lines_of_objects_are_refused_one_by_one() {
    let app = school_with_inn();
    let director = app.persona("director");
    let good = format!(
        "{{\"last_name\": \"Ларина\", \"first_name\": \"Анна\", \"snils\": \"{}\", \"organization_inn\": \"0099000014\", \
         \"position\": \"учитель\", \"education_levels\": [\"ООО\", \"СОО\"], \"started_on\": \"2024-09-01\", \"email\": null}}\n",
        snils_of(1)
    );
    let nul = good.replace("Анна", "Ан\\u0000на");
    let unknown = good.replace("email", "age");
    let nested = good.replace("\"учитель\"", "{\"name\": \"учитель\"}");
    let half = good.split("position").next().unwrap();
    let file = ["\n", &good, "[1, 2]\n", &nul, &unknown, &nested, half].concat();
    for path in ["staff?dry_run=true", "staff"] {
        let run = load(&director, path, "application/x-ndjson", file.clone()).expect(200);
        let found = receipts(&director, &run.id());
        let problem = |column: &str, code: &str| vec![(column.to_owned(), code.to_owned())];
        assert_eq!(found[0], (2, "created".to_owned(), Vec::new()));
        let refused: Vec<_> =
            found[1..].iter().map(|(line, _, problems)| (*line, problems.clone())).collect();
        let expected = [
            (3, problem("", "unreadable_line")),
            (4, problem("first_name", "forbidden_character")),
            (5, problem("age", "unknown_column")),
            (6, problem("position", "nested_value")),
            (7, problem("", "unreadable_line")),
        ];
        assert_eq!(refused, expected);
    }
    let none = load(&director, "staff", "application/x-ndjson", "").expect(200);
    assert_eq!(counts(&none.json()), [0, 0, 0, 0]);
}

fn zipped(parts: &[(&str, usize)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let zeros = vec![b'0'; 1024 * 1024];
    for (name, megabytes) in parts {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        for _ in 0..*megabytes {
            archive.write_all(&zeros).unwrap();
        }
    }
    archive.finish().unwrap().into_inner()
}

fn small_app() -> TestApp {
    TestApp::with(|name| (name == "ROST_IMPORT_BYTES").then(|| "2000000".to_owned()))
}

/// Threats: a small file never becomes a large one in memory.
#[test]
fn a_file_that_unpacks_into_a_large_one_is_refused() {
    let app = small_app();
    let director = app.persona("director");
    let bomb = zipped(&[("[Content_Types].xml", 0), ("xl/sharedStrings.xml", 50)]);
    assert!(bomb.len() < 200_000, "{}", bomb.len());
    load(&director, "staff", XLSX, bomb).refused(413, "request.too_large");
    let many: Vec<String> = (0..300).map(|number| format!("xl/media/{number}.png")).collect();
    let parts: Vec<(&str, usize)> = many.iter().map(|name| (name.as_str(), 0)).collect();
    load(&director, "staff", XLSX, zipped(&parts)).refused(413, "request.too_large");
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(csv(&STAFF, &[], ";").as_bytes()).unwrap();
    for _ in 0..300_000 {
        packed.write_all(b";;;;;;;;;;\n").unwrap();
    }
    let packed = packed.finish().unwrap();
    assert!(packed.len() < 50_000, "{}", packed.len());
    let client = director.header("content-encoding", "gzip");
    load(&client, "staff", "text/csv", packed).refused(413, "request.too_large");
    let runs = director.get("/api/v1/import-runs").expect(200).json();
    assert_eq!(runs["items"].as_array().unwrap().len(), 0, "{runs}");
    load(&director, "staff", "text/csv", csv(&STAFF, &[], ";")).expect(200);
}

/// What is not such a table is refused as a whole, with words that help to mend it.
#[test]
fn every_broken_file_is_refused_in_its_own_way() {
    let app = school_with_inn();
    let director = app.persona("director");
    let send = |media: &str, bytes: Vec<u8>| load(&director, "staff", media, bytes);
    let wide = (0..10_000).map(|number| format!("Столбец {number}")).collect::<Vec<_>>().join(";");
    let refused = send("text/csv", wide.clone().into_bytes()).refused(400, "request.unreadable");
    assert!(refused.text.contains("200"), "{}", refused.text);
    send("text/csv", vec![b'a'; 600_000]).refused(400, "request.unreadable");
    let with = |row: &str| format!("{}{row}\n", csv(&STAFF, &[member(1, "Анна")], ";"));
    let run = send("text/csv", with(&wide).into_bytes()).expect(200);
    assert_eq!(receipts(&director, &run.id())[1].2[0].1, "too_many_columns");
    let nul = send("text/csv", with("a\0b").into_bytes()).refused(400, "request.unreadable");
    assert!(nul.text.contains("строка 3"), "{}", nul.text);
    let half = with("Ларина;Анна;9003000");
    let run = send("text/csv", half.trim_end().as_bytes().to_vec()).expect(200);
    assert_eq!(counts(&run.json()), [0, 0, 1, 1]);
    assert_eq!(
        receipts(&director, &run.id())[1].2,
        [("ИНН организации".to_owned(), "too_few_columns".to_owned())]
    );
    let book = workbook(&STAFF, &[member(1, "Анна")]);
    send("text/csv", book.clone()).refused(400, "request.unreadable");
    send(XLSX, b"a;b\n".to_vec()).refused(400, "request.unreadable");
    send(XLSX, book[..book.len() / 2].to_vec()).refused(400, "request.unreadable");
    send(XLSX, zipped(&[("readme.txt", 1)])).refused(400, "request.unreadable");
    send(XLSX, Vec::new()).refused(400, "request.unreadable");
    send(XLSX, workbook(&["СНИЛС", "Возраст"], &[])).refused(422, "unknown_column");
    for media in ["application/json", "text/plain", "application/vnd.ms-excel", "text/csv; charset=koi8-r"] {
        send(media, b"{}".to_vec()).refused(415, "request.unsupported_media_type");
    }
    send("application/x-ndjson; charset=windows-1251", b"{}".to_vec())
        .refused(415, "request.unsupported_media_type");
    send("application/x-ndjson", windows_1251(&ndjson(&STAFF, &[member(1, "Анна")])))
        .refused(400, "request.unreadable");
}
