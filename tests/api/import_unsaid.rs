//! What a file does not speak of stays as it is: a short list of staff never wipes out what a long one has told.

use serde_json::{Value, json};

use crate::support::build_imports::{
    XLSX, counts, csv, load, receipts, run, school_with_inn, snils_of, work_off, workbook,
};
use crate::support::{Client, TestApp};

const LONG: [&str; 11] = [
    "Фамилия",
    "Имя",
    "Отчество",
    "СНИЛС",
    "ИНН организации",
    "Должность",
    "Вид занятости",
    "Уровни образования",
    "Предметы",
    "Дата приёма",
    "Дата увольнения",
];
const SHORT: [&str; 6] = ["Фамилия", "Имя", "СНИЛС", "ИНН организации", "Должность", "Дата приёма"];

/// What is kept of the one person of these files.
const KEPT: &str = "select concat_ws('/', p.last_name, p.middle_name, e.kind, e.education_levels, e.subjects, e.ended_on) \
     from persons p join employments e on e.person_id = p.id where p.first_name = 'Аглая'";
const AS_TOLD: &str = "Ларина/Ивановна/external_part_time/{basic,secondary}/{химия}/2027-08-31";

fn row(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|cell| (*cell).to_owned()).collect()
}

fn told(app: &TestApp, director: &Client) {
    let snils = snils_of(1);
    let cells = [
        "Ларина",
        "Аглая",
        "Ивановна",
        &snils,
        "0099000014",
        "учитель",
        "внешний совместитель",
        "ООО|СОО",
        "химия",
        "2024-09-01",
        "2027-08-31",
    ];
    let done = load(director, "staff", "text/csv", csv(&LONG, &[row(&cells)], ";")).expect(200);
    assert_eq!(counts(&done.json()), [1, 0, 0, 0], "{:?}", receipts(director, &done.id()));
    assert_eq!(app.db_text(KEPT), AS_TOLD);
}

fn short(last_name: &str) -> Vec<String> {
    row(&[last_name, "Аглая", &snils_of(1), "0099000014", "учитель", "2024-09-01"])
}

/// design, import: a file without a column says nothing of it, whatever form it has and whoever works it off.
#[test]
fn a_column_that_a_list_of_staff_does_not_have_changes_nothing() {
    let app = school_with_inn();
    let director = app.persona("director");
    told(&app, &director);
    let object: serde_json::Map<String, Value> =
        SHORT.iter().zip(short("Ларина")).map(|(name, cell)| ((*name).to_owned(), json!(cell))).collect();
    let line = format!("{}\n", Value::from(object));
    let forms = [
        ("text/csv", csv(&SHORT, &[short("Ларина")], ";").into_bytes()),
        ("application/x-ndjson", line.into_bytes()),
        (XLSX, workbook(&SHORT, &[short("Ларина")])),
    ];
    for (media, bytes) in forms {
        for query in ["staff?dry_run=true", "staff"] {
            let done = load(&director, query, media, bytes.clone()).expect(200);
            assert_eq!(counts(&done.json()), [0, 0, 1, 0], "{media}: {:?}", receipts(&director, &done.id()));
        }
        let taken =
            load(&director.header("prefer", "respond-async"), "staff", media, bytes.clone()).expect(202);
        assert_eq!(work_off(&app), 1, "{media}");
        assert_eq!(counts(&run(&director, &taken.id()).json()), [0, 0, 1, 0], "{media}");
        assert_eq!(app.db_text(KEPT), AS_TOLD, "{media}");
    }
}

/// design, import: what is said is changed, also when little is said; an empty cell of a column says that there is nothing.
#[test]
fn what_a_list_of_staff_says_is_changed_alone() {
    let app = school_with_inn();
    let director = app.persona("director");
    told(&app, &director);
    let married = csv(&SHORT, &[short("Лунина")], ";");
    assert_eq!(counts(&load(&director, "staff", "text/csv", married).expect(200).json()), [0, 1, 0, 0]);
    assert_eq!(app.db_text(KEPT), AS_TOLD.replace("Ларина", "Лунина"));
    let mut columns = SHORT.to_vec();
    columns.push("Дата увольнения");
    let mut cells = short("Лунина");
    cells.push(String::new());
    let stays = csv(&columns, &[cells], ";");
    assert_eq!(counts(&load(&director, "staff", "text/csv", stays).expect(200).json()), [0, 1, 0, 0]);
    assert_eq!(app.db_text(KEPT), "Лунина/Ивановна/external_part_time/{basic,secondary}/{химия}");
}

/// design, import: a line never says two things of one column without a word.
#[test]
fn two_keys_of_a_line_that_mean_one_column_are_refused() {
    let app = school_with_inn();
    let director = app.persona("director");
    let line = json!({
        "Фамилия": "Ларина", "last_name": "Лунина", "first_name": "Аглая", "snils": snils_of(1),
        "organization_inn": "0099000014", "position": "учитель", "started_on": "2024-09-01",
    });
    let done = load(&director, "staff", "application/x-ndjson", format!("{line}\n")).expect(200);
    let problem = vec![("Фамилия".to_owned(), "duplicate_column".to_owned())];
    assert_eq!(receipts(&director, &done.id()), [(1, "refused".to_owned(), problem)]);
    assert_eq!(app.db_text("select count(*) from persons where first_name = 'Аглая'"), "0");
}
