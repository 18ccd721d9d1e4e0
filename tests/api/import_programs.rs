//! Programs with their modules out of files.

use crate::support::TestApp;
use crate::support::build_kinds::{counts, inns, load, load_as_predicted, problems};
use crate::support::build_registry::{accepted, program};

const HEADER: &str = "ИНН организации;Наименование;Вид программы;Часы;Форма обучения;Способ реализации;Для кого;Модули;\
                      Полностью модульная;Источник;Внешний идентификатор\n";
const MARKS: &str = "0099000053;Оценивание на уроке;ПК;36;очная;очно|дистанционно;педагоги;Критерии=24|Задания=12;да;edu;p-1\n";
const TASKS: &str =
    "0099000053;Проектные задачи;advanced_training;18;заочная;дистанционно;педагоги|руководители;;;;\n";

fn app() -> TestApp {
    let app = TestApp::start();
    inns(&app, &[("provider_x", "0099000053"), ("provider_y", "0099000060"), ("school_1", "0099000014")]);
    app
}

#[test]
fn a_list_of_programs_is_predicted_loaded_met_again_and_corrected_row_by_row() {
    let app = app();
    let provider = app.persona("provider");
    let file = format!("{HEADER}{MARKS}{TASKS}");
    let dry = load(&provider, "programs?dry_run=true", &file).expect(200);
    assert_eq!(counts(&dry), [2, 0, 0, 0], "{:?}", problems(&provider, &dry));
    assert_eq!(app.db_text("select count(*) from programs"), "0");
    assert_eq!(counts(&load_as_predicted(&provider, "programs", &file)), [2, 0, 0, 0]);
    let modules = "select string_agg(title || ' ' || hours, ', ' order by position) from program_modules";
    assert_eq!(app.db_text(modules), "Критерии 24.0, Задания 12.0");
    assert_eq!(counts(&load_as_predicted(&provider, "programs", &file)), [0, 0, 2, 0]);

    // By what the source calls it, under another title; what the file does not say stays.
    let corrected = file.replace("Оценивание на уроке", "Оценивание").replace("Критерии=24|Задания=12", "");
    assert_eq!(counts(&load_as_predicted(&provider, "programs", &corrected)), [0, 1, 1, 0]);
    assert_eq!(app.db_text(modules), "Критерии 24.0, Задания 12.0");
    assert_eq!(app.db_text("select count(*) from programs"), "2");
}

/// B1.5, P1-11: a file is held to the rules of a program as the endpoint is.
#[test]
fn every_broken_rule_of_a_program_is_told_by_its_column() {
    let app = app();
    let provider = app.persona("provider");
    let file = format!(
        "{HEADER}0099000053;Кратко;ПК;8;очная;очно;педагоги;;;;\n\
         0099000053;Не сходится;ПК;36;очная;очно;педагоги;Один=10;да;;\n\
         0099000092;Чужая;курсы;36;вечерняя;лесом;педагоги;Один;да;;\n\
         0099000053;;ПК;-1;очная;;педагоги;;;;\n"
    );
    let run = load_as_predicted(&provider, "programs", &file);
    let expected = [
        (2, "Часы", "too_few_hours"),
        (3, "Модули", "module_hours_differ"),
        (4, "Вид программы", "unknown_value"),
        (4, "Форма обучения", "unknown_value"),
        (4, "Способ реализации", "unknown_value"),
        (4, "Модули", "wrong_type"),
        (5, "Наименование", "required"),
        (5, "Часы", "invalid_hours"),
        (5, "Способ реализации", "required"),
    ];
    let expected = expected.map(|(line, column, code)| (line, column.to_owned(), code.to_owned()));
    assert_eq!(problems(&provider, &run), expected);
}

/// api-conventions: whoever is refused reads what would be right.
#[test]
fn a_cell_that_is_not_understood_tells_what_would_be() {
    let app = app();
    let file = format!("{HEADER}0099000053;Оценивание;ПК;36;вечерняя;очно;педагоги;Один;иногда;;\n");
    let messages = |language: &str| {
        let provider = app.persona("provider").header("accept-language", language);
        let run = load(&provider, "programs?dry_run=true", &file).expect(200).id();
        let rows = provider.get(&format!("/api/v1/import-runs/{run}/rows")).expect(200).json();
        let problems = rows["items"][0]["problems"].as_array().unwrap().clone();
        problems.iter().map(|problem| problem["message"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(
        messages("ru"),
        [
            "Недопустимое значение; допустимы: очная, очно-заочная, заочная",
            "Ожидается «да» или «нет»",
            "Ожидается «название=часы» через «|»; в названии от 3 до 500 знаков, часы кратны 0,5",
        ]
    );
    assert_eq!(
        messages("en"),
        [
            "The value is not allowed; these are: full_time, part_time, extramural",
            "Expected true or false",
            "Expected title=hours parted by |; titles of 3 to 500 characters, hours in steps of 0.5",
        ]
    );
}

#[test]
fn nobody_writes_programs_of_another_provider_whether_they_exist_or_not() {
    let app = app();
    load(&app.persona("provider"), "programs", &format!("{HEADER}{MARKS}")).expect(200);
    let stranger = app.persona("provider_y");
    let file = format!("{HEADER}{MARKS}{TASKS}{}", TASKS.replace("0099000053", "0099000060"));
    let run = load_as_predicted(&stranger, "programs", &file);
    assert_eq!(counts(&run), [1, 0, 0, 2]);
    let refused: Vec<_> = problems(&stranger, &run).into_iter().map(|(line, _, code)| (line, code)).collect();
    assert_eq!(refused, [(2, "auth.forbidden".to_owned()), (3, "auth.forbidden".to_owned())]);
    // A school owns no programs, whoever asks.
    let of_school = format!("{HEADER}{}", TASKS.replace("0099000053", "0099000014"));
    assert_eq!(counts(&load_as_predicted(&app.persona("director"), "programs", &of_school)), [0, 0, 0, 1]);
}

/// A file about an accepted program writes its next version, and the one in force stays.
#[test]
fn a_file_about_an_accepted_program_writes_its_next_version() {
    let app = app();
    let id = accepted(&app, "provider", "ministry", &program(&app, "provider_x", "Смысловое чтение"));
    let provider = app.persona("provider");
    let row =
        "0099000053;Смысловое чтение;ПК;36;очная;очно;педагоги;Первый модуль=24|Второй модуль=12;да;;\n";
    let same = format!("{HEADER}{row}");
    assert_eq!(counts(&load_as_predicted(&provider, "programs", &same)), [0, 0, 1, 0]);
    let longer = same.replace(";36;", ";48;").replace("=24", "=36");
    assert_eq!(counts(&load_as_predicted(&provider, "programs", &longer)), [0, 1, 0, 0]);
    assert_eq!(provider.get(&format!("/api/v1/programs/{id}")).expect(200).json()["data"]["hours"], 36.0);
    assert_eq!(counts(&load_as_predicted(&provider, "programs", &longer)), [0, 0, 1, 0]);
}

#[test]
fn in_atomic_mode_no_program_is_written_beside_a_refused_one() {
    let app = app();
    let provider = app.persona("provider");
    let file = format!("{HEADER}{MARKS}{}", TASKS.replace(";18;", ";8;"));
    assert_eq!(counts(&load(&provider, "programs?mode=atomic", &file).expect(200)), [1, 0, 0, 1]);
    assert_eq!(app.db_text("select count(*) from programs"), "0");
    let whole = format!("{HEADER}{MARKS}{TASKS}");
    assert_eq!(counts(&load(&provider, "programs?mode=atomic", &whole).expect(200)), [2, 0, 0, 0]);
}
