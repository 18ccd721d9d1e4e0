//! Organizations out of files: met again by tax number or by what their source calls them.

use crate::support::TestApp;
use crate::support::build_kinds::{counts, inns, load, load_as_predicted, problems};

const HEADER: &str =
    "Наименование;Тип организации;ИНН;ИНН вышестоящей организации;Источник;Внешний идентификатор\n";
const SEVEN: &str = "Школа № 7;школа;0099000078;0099000021;epd;7\n";
const EIGHT: &str = "Школа № 8;school;0099000085;0099000021;;\n";

fn app() -> TestApp {
    let app = TestApp::start();
    inns(
        &app,
        &[
            ("school_1", "0099000014"),
            ("barnaul", "0099000021"),
            ("biysk", "0099000039"),
            ("altai_ministry", "0099000046"),
            ("school_2", "0099000060"),
        ],
    );
    app
}

#[test]
fn a_list_of_schools_is_predicted_loaded_met_again_and_corrected_row_by_row() {
    let app = app();
    let officer = app.persona("municipal_officer");
    let schools = "select count(*) from organizations where name like 'Школа № %'";
    let file = format!("{HEADER}{SEVEN}{EIGHT}");
    let dry = load(&officer, "organizations?dry_run=true", &file).expect(200);
    assert_eq!(
        (counts(&dry), app.db_text(schools)),
        ([2, 0, 0, 0], "0".to_owned()),
        "{:?}",
        problems(&officer, &dry)
    );
    let made = load_as_predicted(&officer, "organizations", &file);
    assert_eq!((counts(&made), app.db_text(schools)), ([2, 0, 0, 0], "2".to_owned()));
    assert_eq!(counts(&load_as_predicted(&officer, "organizations", &file)), [0, 0, 2, 0]);

    let renamed = file.replace("Школа № 8", "Школа № 8 имени Пушкина");
    assert_eq!(counts(&load_as_predicted(&officer, "organizations", &renamed)), [0, 1, 1, 0]);
    let versions =
        "select string_agg(version::text, ',' order by inn) from organizations where name like 'Школа № %'";
    assert_eq!(app.db_text(versions), "1,2");

    // The tax number was wrong: what the source calls it tells which one it is.
    let corrected = format!("{HEADER}{}", SEVEN.replace("0099000078", "0099000092"));
    assert_eq!(counts(&load_as_predicted(&officer, "organizations", &corrected)), [0, 1, 0, 0]);
    assert_eq!(app.db_text(schools), "2");
    // An id that comes later is remembered.
    let called = format!("{HEADER}{}", renamed.lines().last().unwrap().replace(";;", ";epd;8"));
    assert_eq!(counts(&load_as_predicted(&officer, "organizations", &called)), [0, 1, 0, 0]);
    assert_eq!(counts(&load_as_predicted(&officer, "organizations", &called)), [0, 0, 1, 0]);
}

#[test]
fn every_problem_is_told_by_its_column() {
    let app = app();
    let officer = app.persona("municipal_officer");
    let file = format!(
        "{HEADER}Ш;лавка;0099000079;0099000021;;\nШкола без номера;школа;;0099000021;;\n\
         Школа при школе;школа;0099000078;0099000014;;\nШкола ничья;школа;0099000078;;;\n\
         Школа неведомых;школа;0099000078;0099000092;;\nШкола из системы;школа;0099000078;0099000021;epd;\n\
         Орган из школы;моуо;0099000014;0099000046;;\n"
    );
    let run = load_as_predicted(&officer, "organizations", &file);
    let expected = [
        (2, "Наименование", "length"),
        (2, "Тип организации", "unknown_value"),
        (2, "ИНН", "checksum"),
        (3, "ИНН", "required"),
        (4, "ИНН вышестоящей организации", "wrong_parent"),
        (5, "ИНН вышестоящей организации", "required"),
        (6, "ИНН вышестоящей организации", "unknown"),
        (7, "Внешний идентификатор", "required"),
        (8, "", "auth.forbidden"),
    ];
    let expected = expected.map(|(line, column, code)| (line, column.to_owned(), code.to_owned()));
    assert_eq!(problems(&officer, &run), expected);
}

#[test]
fn rows_have_the_rights_of_whoever_loads_each_by_itself() {
    let app = app();
    let renamed =
        format!("{HEADER}Школа первая;школа;0099000014;;;\nШкола вторая;школа;0099000060;;;\n{SEVEN}");
    let director = app.persona("school_2_director");
    let run = load_as_predicted(&director, "organizations", &renamed);
    assert_eq!(counts(&run), [0, 1, 0, 2]);
    let refused: Vec<_> = problems(&director, &run).into_iter().map(|(line, _, code)| (line, code)).collect();
    assert_eq!(refused, [(2, "auth.forbidden".to_owned()), (4, "auth.forbidden".to_owned())]);
    assert_eq!(app.db_text("select name from organizations where inn = '0099000060'"), "Школа вторая");
    load(&app.persona("teacher"), "organizations", &renamed).refused(403, "auth.forbidden");

    let moved = format!("{HEADER}Школа вторая;школа;0099000060;0099000039;;\n");
    let run = load_as_predicted(&app.persona("municipal_officer"), "organizations", &moved);
    assert_eq!(counts(&run), [0, 0, 0, 1]);
    let run = load_as_predicted(&app.persona("ministry"), "organizations", &moved);
    assert_eq!(counts(&run), [0, 1, 0, 0]);
    let parent = app.db_text("select parent_id from organizations where inn = '0099000060'");
    assert_eq!(parent, app.organization("biysk").to_string());
}

#[test]
fn a_parent_may_stand_in_the_same_file_and_in_atomic_mode_all_or_nothing_is_loaded() {
    let app = app();
    let ministry = app.persona("ministry");
    let authority = "Комитет;моуо;0099000078;0099000046;;\n";
    let school = "Школа при комитете;школа;0099000085;0099000078;;\n";
    let broken = format!("{HEADER}{authority}{school}Школа ничья;школа;0099000092;;;\n");
    assert_eq!(counts(&load(&ministry, "organizations?mode=atomic", &broken).expect(200)), [2, 0, 0, 1]);
    let made = "select count(*) from organizations where inn in ('0099000078', '0099000085')";
    assert_eq!(app.db_text(made), "0");
    let whole = format!("{HEADER}{authority}{school}");
    assert_eq!(counts(&load(&ministry, "organizations?mode=atomic", &whole).expect(200)), [2, 0, 0, 0]);
    assert_eq!(app.db_text(made), "2");
}
