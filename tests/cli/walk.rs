//! The walks of `demo/`, played against the demo data, so that neither can rot.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use super::loaded::demo;
use super::readme;
use super::running::Running;
use crate::support::{Client, TestFolder};

/// What a walk tells of itself; it stops with an error as soon as the server answers otherwise than it should.
pub fn told(server: &Running, walk: &str) -> String {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo").join(walk);
    let output = Command::new("bash").arg(script).env("ROST_URL", &server.address).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
    said
}

pub fn signed_in(server: &Running, login: &str) -> Client {
    let body = json!({"grant_type": "password", "login": login, "password": rost::demo::PASSWORD});
    let token = server.client().send_json("POST", "/api/v1/auth/token", &body).expect(200).json();
    Client::new(&server.address, Some(token["access_token"].as_str().unwrap().to_owned()))
}

/// How many things of a list stand in each of these states.
pub fn in_states(client: &Client, path: &str, states: &[&str]) -> Vec<(String, usize)> {
    let count = |state: &&str| {
        let page: Value = client.get(&format!("/api/v1/{path}?state={state}&limit=200")).expect(200).json();
        ((*state).to_owned(), page["items"].as_array().unwrap().len())
    };
    states.iter().map(count).collect()
}

/// The table at the end of a walk: the rows by their names, one cell for each regulation.
fn table(said: &str) -> Vec<(String, Vec<String>)> {
    const INDENT: usize = 3;
    const WIDTH: usize = 20;
    let (_, after) = said.split_once("Где они расходятся\u{1b}[0m\n").unwrap();
    let (table, _) = after.split_once("Одинаково: ").unwrap();
    let lines: Vec<Vec<char>> = table.lines().map(|line| line.chars().skip(INDENT).collect()).collect();
    let blank = |line: &Vec<char>| line.iter().all(|letter| *letter == ' ');
    let cell = |row: &[Vec<char>], number: usize| {
        let part = |line: &Vec<char>| line.iter().skip(number * WIDTH).take(WIDTH).collect::<String>();
        let parts: Vec<String> = row.iter().map(|line| part(line).trim_end_matches(' ').to_owned()).collect();
        parts.join(" ").trim_end().to_owned()
    };
    let rows = lines.split(blank).filter(|row| !row.is_empty());
    rows.map(|row| (cell(row, 0), (1..=5).map(|number| cell(row, number)).collect())).collect()
}

/// What the table of the five regulations says; the places where they agree are no rows of it.
fn five_routes_differ(said: &str) {
    let rows = table(said);
    let row = |name: &str| -> Vec<&str> {
        let found = rows.iter().find(|(known, _)| known == name);
        let (_, cells) = found.unwrap_or_else(|| panic!("there is no row {name}: {said}"));
        cells.iter().map(String::as_str).collect()
    };
    let none = "—";
    assert_eq!(rows[0].1, ["P0", "P1", "P2", "P3", "P4"], "{said}");
    let names = row("называется");
    assert!(names[1].starts_with("Персонифицированная программа повышения"), "{said}");
    assert!(names[2].starts_with("Индивидуальный учебный план"), "{said}");
    assert!(row("составляют")[2].starts_with("вместе: учитель, региональный оператор"), "{said}");
    assert!(row("обсуждают")[1].contains("Методическое объединение"), "{said}");
    assert_eq!(
        row("согласуют"),
        [
            "руководитель МО (п.\u{a0}2.5), заместитель (п.\u{a0}2.5)",
            none,
            "директор (п.\u{a0}2)",
            "директор (п.\u{a0}4.1)",
            "директор (п.\u{a0}2.1.3), региональный координатор (п.\u{a0}2.1.6)",
        ],
        "{said}"
    );
    let approving = ["директор (п.\u{a0}2.7)", "директор приказом (п.\u{a0}2.11)", none, none, none];
    assert_eq!(row("утверждает"), approving, "{said}");
    let beginning = ["сразу", "после контроля (п.\u{a0}5.3)", "сразу", "сразу", "сразу"];
    assert_eq!(row("начало"), beginning, "{said}");
    assert_eq!(row("ходатайствуют"), ["учитель, руководитель МО", none, none, none, none], "{said}");
    assert_eq!(row("обновляют каждый год")[3], "заместитель, директор (п.\u{a0}5.2)", "{said}");
    assert!(said.contains("состояние: действует"), "{said}");
}

/// The rows of a file of the demo, each with its fields by their names.
fn rows_of(file: &str) -> Vec<BTreeMap<String, String>> {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("demo").join(file)).unwrap();
    let mut lines = text.lines().map(|line| line.split(';').map(str::to_owned));
    let names: Vec<String> = lines.next().unwrap().collect();
    lines.map(|fields| names.iter().cloned().zip(fields).collect()).collect()
}

/// What the region sees at the end of the walk is what one counts by hand in the files of the demo: who works at its schools,
/// who of them was tested; and how many routes are in force is what the list of routes holds.
fn regions_see_what_the_files_say(server: &Running, said: &str) {
    let organizations = rows_of("organizations.csv");
    for (region, ministry, name) in [
        ("altai", "altai.ministry", "Алтайский край"),
        ("chelyabinsk", "chelyabinsk.ministry", "Челябинская область"),
        ("chechnya", "chechnya.ministry", "Чеченская Республика"),
        ("kostroma", "kostroma.ministry", "Костромская область"),
        ("stavropol", "stavropol.ministry", "Ставропольский край"),
    ] {
        let is_school =
            |inn: &String| organizations.iter().any(|it| it["inn"] == *inn && it["kind"] == "school");
        let staff: BTreeSet<String> = rows_of(&format!("staff/{region}.csv"))
            .iter()
            .filter(|row| is_school(&row["organization_inn"]) && row["ended_on"].is_empty())
            .map(|row| row["snils"].clone())
            .collect();
        let results = rows_of(&format!("diagnostics/{region}.csv"));
        let tested: BTreeSet<&String> =
            results.iter().map(|row| &row["snils"]).filter(|snils| staff.contains(*snils)).collect();
        let routes = in_states(&signed_in(server, ministry), "routes", &["active"])[0].1;
        let (tested, staff) = (tested.len(), staff.len());
        let row = format!("{name}: {tested} из {staff} | {routes} из {staff} | ");
        assert!(said.contains(&row), "{row} is not in {said}");
    }
}

/// P0-17, P0-42, P4-12, P4-15, P4-26, P2-18: from a deficit to a met norm under P4 and P0, one route under all five
/// regulations, and what municipality and region see of it; then from a gap of the registry over a course to a closed
/// deficit; twice: the second time tells what has become of it. Before, the demo shows training in every state and routes
/// under three regulations, and the READMEs show what comes.
#[test]
fn teachers_walk_from_a_deficit_to_counted_hours_and_a_closed_share() {
    let folder = TestFolder::new("cli-walk");
    let server = demo(&folder, &["--set", "ROST_RATE_PER_SECOND=1000000"]);

    let coordinator = signed_in(&server, "altai.coordinator");
    for (list, states) in [
        ("offerings", &["planned", "open", "running", "finished", "cancelled"][..]),
        ("applications", &["submitted", "accepted", "declined", "withdrawn"]),
        ("enrollments", &["enrolled", "in_progress", "completed", "incomplete", "failed", "withdrawn"]),
    ] {
        for (state, count) in in_states(&coordinator, list, states) {
            assert!(count > 0, "the demo has no {list} that are {state}");
        }
    }
    let campaign = coordinator.get("/api/v1/diagnostic-campaigns").expect(200).json()["items"][0].clone();
    let path = format!("/api/v1/diagnostic-campaigns/{}/participation", campaign["id"].as_str().unwrap());
    assert_eq!(coordinator.get(&path).expect(200).json()["total"]["tested"], 200);

    for (login, states) in [
        ("school91.director", &["active", "in_review"][..]),
        ("podkumok.director", &["active"]),
        ("zastava.director", &["in_review"]),
        ("chuyskaya.director", &["active", "in_review"]),
    ] {
        for (state, count) in in_states(&signed_in(&server, login), "routes", states) {
            assert_eq!(count, 1, "routes that are {state} for {login}");
        }
    }

    readme::play(&server, &folder, "README.md");
    readme::play(&server, &folder, "README.ru.md");

    for first in [true, false] {
        let said = told(&server, "walk.sh");
        assert!(said.contains("засчитано 72 из 72 ч"), "{said}");
        five_routes_differ(&said);
        assert_eq!(said.contains("три года и день — 422"), first, "{said}");
        for words in ["план: утверждён", "размещено 6", "заказ: размещён, не размещено 1 чел."]
        {
            assert!(said.contains(words), "{words} is not in {said}");
        }
        regions_see_what_the_files_say(&server, &said);
        let said = told(&server, "walk-registry.sh");
        assert!(said.contains("засчитано 24 ч"), "{said}");
        assert!(said.contains("у учителя: закрыто 1 из 5"), "{said}");
    }
}
