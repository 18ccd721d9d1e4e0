//! Papers out of large files: loaded many at a time with the receipts that each would have by itself.

use std::fmt::Write as _;

use crate::support::build_kinds::{counts, inns, load, load_as_predicted, numbered, problems, snils, told};
use crate::support::{Client, TestApp};

const HEADER: &str = "СНИЛС;Вид документа;ИНН организации;Кем выдан;Номер;Программа;Вид программы;Часы;Начало;Окончание;\
                      Дата выдачи;Источник;Внешний идентификатор\n";
const PEOPLE: [&str; 6] =
    ["teacher", "teacher_2", "association_head", "deputy", "curator", "school_2_teacher"];

fn app() -> TestApp {
    let app = TestApp::start();
    inns(&app, &[("school_1", "0099000014"), ("altai_ministry", "0099000046"), ("provider_x", "0099000053")]);
    numbered(&app, &PEOPLE);
    for twin in ["provider_y", "chel_provider", "coordinator", "operator"] {
        let id = app.organization(twin);
        app.db_execute(&format!("update organizations set short_name = 'Двойник' where id = '{id}'"))
            .unwrap();
    }
    app
}

/// A row of every kind of trouble, for each of them twenty times with other numbers and people.
fn rows() -> Vec<String> {
    let mut rows = Vec::new();
    for round in 0..15_u32 {
        let person = round % 5 + 1;
        let (who, next) = (snils(person), snils(person % 5 + 1));
        let plain = |n: u32| format!("НТ-{round}-{n}");
        let paper = |who: &str, issuer: &str, number: &str, rest: &str| {
            format!("{who};удостоверение;{issuer};{number};Урок {round};ПК;{rest}")
        };
        let usual = "36;13.01.2025;07.02.2025;10.02.2025;;";
        rows.extend([
            paper(&who, ";Институт", &plain(0), usual),
            paper(&who, "0099000053;", &plain(1), usual),
            paper(&who, ";provider_y", &plain(2), usual),
            paper(&snils(77), ";Институт", &plain(3), usual),
            paper("900-100-001 00", ";Институт", &plain(4), usual),
            paper(&who, ";Институт", &plain(5), usual).replace(&format!("Урок {round}"), ""),
            paper(&who, ";Институт", &plain(6), &usual.replace("36", "5")),
            paper(&who, ";Институт", &plain(7), &usual.replace("2025;;", "2027;;")),
            // The first of this round again, written otherwise; then as a paper of somebody else.
            paper(&who, ";институт", &format!(" нт {round} 0"), usual),
            paper(&next, ";Институт", &plain(0), usual),
            paper(&who, "0099000046;", &plain(10), usual),
            paper(&snils(6), ";Институт", &plain(11), usual),
            paper(&who, ";Институт", "--", usual),
            paper(&who, ";Институт", &plain(13), &usual.replace("13.01.2025", "13.03.2025")),
            paper(&who, ";Институт", &plain(14), &format!("36;13.01.2025;07.02.2025;10.02.2025;epd;{round}")),
            paper(&who, "0099000092;", &plain(15), usual),
            format!("{who};удостоверение;Институт"),
            paper(&who, ";Двойник", &plain(17), usual),
            paper(&who, ";provider_x", &plain(1), usual),
            paper(&who, "0099000053;Институт", &plain(19), usual),
        ]);
    }
    rows
}

/// Papers and their audit, whatever their ids.
fn kept(app: &TestApp) -> String {
    app.db_text(
        "select string_agg(concat_ws('|', identity, person_id, issuer_id, issuer_name, program_kind, origin, state,
                                     external_id, (select count(*) from audit_events a where a.subject_id = c.id)),
                           e'\\n' order by identity) from credentials c",
    )
}

fn one_by_one(client: &Client, rows: &[String]) -> Vec<(String, Vec<(String, String)>)> {
    let alone = |row: &String| {
        let run = load(client, "credentials", &format!("{HEADER}{row}\n")).expect(200);
        let (_, outcome, problems) = told(client, &run).remove(0);
        (outcome, problems)
    };
    rows.iter().map(alone).collect()
}

#[test]
fn many_rows_have_the_receipts_that_each_would_have_by_itself() {
    let rows = rows();
    let file = rows.iter().fold(HEADER.to_owned(), |mut file, row| {
        writeln!(file, "{row}").unwrap();
        file
    });
    let (together, alone) = (app(), app());
    let director = together.persona("director");
    let run = load_as_predicted(&director, "credentials", &file);
    let of_file: Vec<_> =
        told(&director, &run).into_iter().map(|(_, outcome, problems)| (outcome, problems)).collect();
    let by_itself = one_by_one(&alone.persona("director"), &rows);
    for (line, (one, other)) in (2..).zip(of_file.iter().zip(&by_itself)) {
        assert_eq!(one, other, "line {line}: {}", rows[line - 2]);
    }
    assert_eq!(kept(&together), kept(&alone));
    let [created, updated, unchanged, refused] = counts(&run);
    assert!(created > 0 && updated == 0 && unchanged > 0 && refused > 0, "{:?}", counts(&run));

    // Again: what was made is met, what was refused is refused.
    let again = load_as_predicted(&director, "credentials", &file);
    assert_eq!(counts(&again), [0, 0, created + unchanged, refused]);
}

/// An ИНН is checked like any other number, and is not passed over when it contradicts the name beside it.
#[test]
fn an_inn_of_the_issuer_is_never_passed_over() {
    let app = app();
    let director = app.persona("director");
    let row = |issuer: &str, number: u32| {
        format!(
            "{};удостоверение;{issuer};НТ-{number};Урок;ПК;36;13.01.2025;07.02.2025;10.02.2025;;",
            snils(1)
        )
    };
    let rows = [
        // Of nobody we know, with a name of nobody we know: somebody else's paper.
        row("0099000092;Институт далёкого края", 1),
        // The name is known, and the number is not that of its bearer.
        row("0099000092;provider_x", 2),
        row("0099000092;", 3),
        row("0099000050;Институт далёкого края", 4),
        row("00990000;Институт далёкого края", 5),
        // As people type it.
        row("0099 000053;", 6),
    ];
    let name = app
        .db_text(&format!("select name from organizations where id = '{}'", app.organization("provider_x")));
    let file = format!("{HEADER}{}\n", rows.join("\n")).replace("provider_x", &name);
    let run = load_as_predicted(&director, "credentials", &file);
    assert_eq!(counts(&run), [2, 0, 0, 4]);
    let refused: Vec<_> = told(&director, &run)
        .into_iter()
        .filter(|(_, outcome, _)| outcome == "refused")
        .map(|(line, _, problems)| (line, problems))
        .collect();
    let inn = |code: &str| vec![("ИНН организации".to_owned(), code.to_owned())];
    let expected = [(3, "unknown"), (4, "unknown"), (5, "checksum"), (6, "length")];
    assert_eq!(refused, expected.map(|(line, code)| (line, inn(code))));
}

#[test]
fn a_paper_is_met_again_by_what_its_source_calls_it() {
    let app = app();
    let director = app.persona("director");
    let row = format!(
        "{};удостоверение;;Институт;НТ-1;Урок;ПК;36;13.01.2025;07.02.2025;10.02.2025;epd;1\n",
        snils(1)
    );
    let file = format!("{HEADER}{row}");
    assert_eq!(counts(&load_as_predicted(&director, "credentials", &file)), [1, 0, 0, 0]);
    assert_eq!(counts(&load_as_predicted(&director, "credentials", &file)), [0, 0, 1, 0]);
    // A recorded paper is not rewritten by a file: the receipt says so.
    let other = file.replace(";36;", ";72;");
    let run = load_as_predicted(&director, "credentials", &other);
    let told = (2, "Внешний идентификатор".to_owned(), "recorded_otherwise".to_owned());
    assert_eq!(problems(&director, &run), [told]);
    app.db_execute("update credentials set state = 'refused', reason = 'Часы указаны неверно'").unwrap();
    assert_eq!(counts(&load_as_predicted(&director, "credentials", &other)), [1, 0, 0, 0]);
    assert_eq!(counts(&load_as_predicted(&director, "credentials", &other)), [0, 0, 1, 0]);
}
