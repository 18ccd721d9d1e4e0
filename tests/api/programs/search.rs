//! Finding programs over HTTP.

use serde_json::json;

use crate::support::build_registry::{accepted, db_competency, db_deficit, draft, entered, module, program};
use crate::support::{Client, TestApp};

fn titles(client: &Client, query: &str) -> Vec<String> {
    let found = client.get(&format!("/api/v1/programs?{query}")).expect(200).json();
    found["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["data"]["title"].as_str().unwrap().to_owned())
        .collect()
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

#[test]
fn words_are_found_in_any_form_with_yo_and_with_typing_mistakes() {
    let app = TestApp::start();
    entered(&app, &program(&app, "provider_x", "Читательская грамотность школьников"));
    entered(&app, &program(&app, "provider_x", "Расчёты на уроках физики"));
    let teacher = app.persona("teacher");
    for (words, title) in [
        ("читательской грамотности", "Читательская грамотность школьников"),
        ("читатильская грамотность", "Читательская грамотность школьников"),
        ("расчеты", "Расчёты на уроках физики"),
        ("урок физики", "Расчёты на уроках физики"),
    ] {
        assert_eq!(titles(&teacher, &format!("q={}", encoded(words))), [title], "{words}");
    }
    assert_eq!(titles(&teacher, &format!("q={}", encoded("астрономия"))), Vec::<String>::new());
}

/// P0-13, P4-9: learners get the registry where the regulation keeps one, else the lists of the providers.
#[test]
fn where_learners_choose_from_stands_in_the_regulation() {
    let app = TestApp::start();
    entered(&app, &program(&app, "provider_x", "В реестре"));
    accepted(&app, "provider", "ministry", &program(&app, "provider_x", "Вне реестра"));
    accepted(
        &app,
        "chel_provider",
        "chel_ministry",
        &program(&app, "chel_provider", "В перечне организации"),
    );
    assert_eq!(titles(&app.persona("teacher"), ""), ["В реестре"]);
    assert_eq!(titles(&app.persona("teacher"), "in_registry=false"), ["Вне реестра"]);
    assert_eq!(titles(&app.persona("ministry"), ""), ["В реестре", "Вне реестра"]);
    assert_eq!(titles(&app.persona("chel_teacher"), ""), ["В перечне организации"]);
}

#[test]
fn authors_find_their_drafts_and_nobody_else_does() {
    let app = TestApp::start();
    draft(&app, "provider", &program(&app, "provider_x", "Черновик"));
    assert_eq!(titles(&app.persona("provider"), "state=draft"), ["Черновик"]);
    for persona in ["provider_y", "ministry", "teacher"] {
        assert_eq!(
            titles(&app.persona(persona), "state=draft&in_registry=false"),
            Vec::<String>::new(),
            "{persona}"
        );
    }
}

#[test]
fn filters_narrow_each_other() {
    let app = TestApp::start();
    let mut body = program(&app, "provider_x", "Платная");
    body["data"]["price_rubles"] = json!(5000);
    body["data"]["delivery"] = json!(["distance"]);
    body["data"]["subjects"] = json!(["математика"]);
    body["data"]["education_levels"] = json!(["basic"]);
    entered(&app, &body);
    entered(&app, &program(&app, "provider_x", "Бесплатная"));
    let teacher = app.persona("teacher");
    let physics = encoded("физика");
    assert_eq!(titles(&teacher, "price_max=1000"), ["Бесплатная"]);
    assert_eq!(titles(&teacher, "delivery=distance&hours_min=36&hours_max=36"), ["Платная"]);
    assert_eq!(titles(&teacher, "education_level=primary"), ["Бесплатная"]);
    assert_eq!(titles(&teacher, &format!("subject={physics}")), ["Бесплатная"]);
    assert_eq!(titles(&teacher, "hours_min=37"), Vec::<String>::new());
    assert_eq!(titles(&teacher, "kind=retraining"), Vec::<String>::new());
    teacher.get("/api/v1/programs?hours_min=many").refused(422, "wrong_type");
    teacher.get("/api/v1/programs?colour=red").refused(400, "request.unknown_parameter");
}

#[test]
fn pages_follow_each_other_by_relevance_and_by_title() {
    let app = TestApp::start();
    for number in 1..=5 {
        entered(&app, &program(&app, "provider_x", &format!("Грамотность {number}")));
    }
    let teacher = app.persona("teacher");
    for query in [format!("q={}&limit=2", encoded("грамотность")), "limit=2".to_owned()] {
        let mut seen = Vec::new();
        let mut cursor = String::new();
        loop {
            let page = teacher.get(&format!("/api/v1/programs?{query}{cursor}")).expect(200).json();
            seen.extend(page["items"].as_array().unwrap().iter().map(|it| it["data"]["title"].clone()));
            let Some(next) = page["next_cursor"].as_str() else { break };
            cursor = format!("&cursor={next}");
        }
        let expected: Vec<_> = (1..=5).map(|number| json!(format!("Грамотность {number}"))).collect();
        assert_eq!(seen, expected, "{query}");
    }
}

/// P4-14: suggestions are active registry programs that match the deficits.
#[test]
fn suggestions_answer_the_open_deficits_of_a_person() {
    let app = TestApp::start();
    let (weak, strong) = (db_competency(&app, 1), db_competency(&app, 2));
    db_deficit(&app, "teacher", weak);
    let with = |title: &str, competency| {
        let mut body = program(&app, "provider_x", title);
        body["modules"] = json!([module("Модуль", 36, &[competency])]);
        body
    };
    entered(&app, &with("Отвечает дефициту", weak));
    entered(&app, &with("О другом", strong));
    accepted(&app, "provider", "ministry", &with("Вне реестра", weak));
    let query = format!("answers_deficits_of={}", app.person("teacher"));
    for persona in ["teacher", "deputy", "coordinator"] {
        assert_eq!(titles(&app.persona(persona), &query), ["Отвечает дефициту"], "{persona}");
    }
    assert_eq!(titles(&app.persona("teacher"), &format!("{query}&in_registry=false")), ["Вне реестра"]);
    for persona in ["teacher_2", "school_2_director", "provider", "chel_teacher"] {
        app.persona(persona).get(&format!("/api/v1/programs?{query}")).refused(422, "unknown");
    }
}
