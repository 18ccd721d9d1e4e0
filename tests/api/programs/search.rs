//! Finding programs over HTTP.

use serde_json::json;

use crate::support::build_registry::{
    accepted, db_competency, db_deficit, db_programs, draft, entered, module, program,
};
use crate::support::{Client, TestApp};

pub fn titles(client: &Client, query: &str) -> Vec<String> {
    let found = client.get(&format!("/api/v1/programs?{query}")).expect(200).json();
    found["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["data"]["title"].as_str().unwrap().to_owned())
        .collect()
}

/// The titles of all pages, one after the other.
pub fn paged(client: &Client, query: &str) -> Vec<String> {
    let mut seen = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = client.get(&format!("/api/v1/programs?{query}{cursor}")).expect(200).json();
        let items = page["items"].as_array().unwrap().iter();
        seen.extend(items.map(|it| it["data"]["title"].as_str().unwrap().to_owned()));
        let Some(next) = page["next_cursor"].as_str() else { return seen };
        cursor = format!("&cursor={next}");
    }
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

/// Each filter of the list by itself: provider, form of study, competency.
#[test]
fn programs_are_found_by_provider_form_and_competency() {
    let app = TestApp::start();
    let competency = db_competency(&app, 1);
    let mut taught = program(&app, "provider_x", "С компетенцией");
    taught["data"]["study_form"] = json!("extramural");
    taught["modules"] = json!([module("Модуль", 36, &[competency])]);
    entered(&app, &taught);
    let other = accepted(&app, "provider_y", "ministry", &program(&app, "provider_y", "Другая"));
    app.persona("ministry").post("/api/v1/registry-entries", json!({"program_id": other})).expect(201);
    let teacher = app.persona("teacher");
    let provider = app.organization("provider_y");
    assert_eq!(titles(&teacher, &format!("provider_id={provider}")), ["Другая"]);
    assert_eq!(titles(&teacher, "study_form=extramural"), ["С компетенцией"]);
    assert_eq!(titles(&teacher, "study_form=full_time"), ["Другая"]);
    assert_eq!(titles(&teacher, &format!("competency_id={competency}")), ["С компетенцией"]);
    assert_eq!(titles(&teacher, &format!("competency_id={}", db_competency(&app, 2))), Vec::<String>::new());
}

/// By relevance a word of the title comes before one of the annotation, whatever the alphabet says.
#[test]
fn the_title_weighs_more_than_the_annotation() {
    let app = TestApp::start();
    let mut aside = program(&app, "provider_x", "Азбука учителя");
    aside["data"]["annotation"] = json!("В том числе функциональная грамотность");
    entered(&app, &aside);
    entered(&app, &program(&app, "provider_x", "Ярко: функциональная грамотность"));
    let teacher = app.persona("teacher");
    let words = encoded("функциональная грамотность");
    let by_relevance = ["Ярко: функциональная грамотность", "Азбука учителя"];
    assert_eq!(titles(&teacher, &format!("q={words}&sort=relevance")), by_relevance);
    assert_eq!(titles(&teacher, &format!("q={words}")), by_relevance);
    let by_title = ["Азбука учителя", "Ярко: функциональная грамотность"];
    assert_eq!(titles(&teacher, &format!("q={words}&sort=title")), by_title);
}

#[test]
fn pages_follow_each_other_by_relevance_and_by_title() {
    let app = TestApp::start();
    for number in 1..=5 {
        entered(&app, &program(&app, "provider_x", &format!("Грамотность {number}")));
    }
    let teacher = app.persona("teacher");
    for query in [format!("q={}&limit=2", encoded("грамотность")), "limit=2".to_owned()] {
        let expected: Vec<_> = (1..=5).map(|number| format!("Грамотность {number}")).collect();
        assert_eq!(paged(&teacher, &query), expected, "{query}");
    }
}

/// Titles with a typing mistake come page by page as well, and never mix with programs that hold the words.
#[test]
fn pages_of_titles_with_a_typing_mistake_follow_each_other() {
    let app = TestApp::start();
    for number in 1..=3 {
        entered(&app, &program(&app, "provider_x", &format!("Читательская грамотность {number}")));
    }
    let teacher = app.persona("teacher");
    let expected: Vec<String> = (1..=3).map(|number| format!("Читательская грамотность {number}")).collect();
    for sort in ["relevance", "title"] {
        let query = format!("q={}&sort={sort}&limit=2", encoded("читатильская"));
        assert_eq!(paged(&teacher, &query), expected, "{sort}");
    }
    entered(&app, &program(&app, "provider_x", "Читатильская"));
    assert_eq!(paged(&teacher, &format!("q={}&limit=2", encoded("читатильская"))), ["Читатильская"]);
}

/// Of more than 500 hits the newest 500 are ranked; by title all are listed.
#[test]
fn of_very_many_hits_the_newest_are_ranked() {
    let app = TestApp::start();
    entered(&app, &program(&app, "provider_x", "Грамотность 0"));
    db_programs(&app, "Грамотность", 501);
    let ministry = app.persona("ministry");
    let query = |sort: &str| format!("q={}&sort={sort}&limit=200", encoded("грамотность"));
    let ranked = paged(&ministry, &query("relevance"));
    assert_eq!(ranked.len(), 500);
    // The oldest two are left out, whatever their titles.
    assert!(!ranked.contains(&"Грамотность 0".to_owned()) && !ranked.contains(&"Грамотность 1".to_owned()));
    assert!(ranked.contains(&"Грамотность 2".to_owned()) && ranked.contains(&"Грамотность 501".to_owned()));
    let by_title = paged(&ministry, &query("title"));
    assert_eq!(by_title.len(), 502);
    assert!(by_title.contains(&"Грамотность 0".to_owned()));
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
    // Whoever may not know the deficits learns nothing of them from suggestions either.
    for persona in [
        "teacher_2",
        "secretary",
        "tutor",
        "quality_officer",
        "school_2_director",
        "provider",
        "chel_teacher",
    ] {
        app.persona(persona).get(&format!("/api/v1/programs?{query}")).refused(422, "unknown");
    }
}
