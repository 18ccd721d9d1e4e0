//! The tables that the federal register takes, column by column.

use calamine::Data;
use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::build_frdo::{PACKAGES, answer, details_of, issued, known_teacher, set, workbook};

/// Before and after the confirmations: the column and what stands in it.
const FIRST: [(&str, &str); 2] =
    [("document_kind", "Удостоверение о повышении квалификации"), ("document_status", "Оригинал")];
const V38: [(&str, &str); 1] = [("confirmation", "Нет")];
const V40: [(&str, &str); 3] =
    [("loss_confirmed", "Нет"), ("exchange_confirmed", "Нет"), ("destruction_confirmed", "Нет")];
const REST: [(&str, &str); 35] = [
    ("series", "ПК"),
    ("number", "77-001"),
    ("issued_on", "10.02.2026"),
    ("registration_number", ""),
    ("program_kind", "Повышение квалификации"),
    ("program_title", "Функциональная грамотность"),
    ("professional_area", "Образование и наука"),
    ("specialty_group", "Образование и педагогические науки"),
    ("qualification_title", "Учитель"),
    ("prior_education_level", "Высшее образование"),
    ("prior_document_surname", "Иванова"),
    ("prior_document_series", "ВСГ"),
    ("prior_document_number", "4400123"),
    ("study_start_year", "2026"),
    ("study_end_year", "2026"),
    ("hours", "36"),
    ("last_name", "Testova-ab"),
    ("first_name", "Anna"),
    ("middle_name", ""),
    ("birth_date", "17.05.1984"),
    ("sex", "Жен"),
    ("snils", "112-233-445 95"),
    ("study_form", "Очная"),
    ("funding_source", "Бюджетное обучение"),
    ("education_delivery", "в образовательной организации"),
    ("citizenship", "643"),
    ("original_title", ""),
    ("original_series", ""),
    ("original_number", ""),
    ("original_registration_number", ""),
    ("original_issued_on", ""),
    ("original_last_name", ""),
    ("original_first_name", ""),
    ("original_middle_name", ""),
    ("replaces_number", ""),
];

/// B5: 38 and 40 columns in the order of the template, each with its value as the register takes it, in the answer and in
/// the workbook alike.
#[test]
fn every_column_stands_in_its_place() {
    let app = TestApp::start();
    known_teacher(&app);
    let said = json!({
        "sex": "ж", "citizenship": "Россия", "prior_education_level": "ВО", "prior_document_surname": "Иванова",
        "prior_document_series": "ВСГ", "prior_document_number": "4400123",
    });
    set(&app, "teacher", &details_of(&app, "teacher"), said);
    let paper = issued(&app, "77-001");
    let about = json!({
        "professional_area": "образование", "specialty_group": "44.00.00", "qualification_title": "Учитель",
        "study_form": "очно", "funding_source": "бюджет", "education_delivery": "в организации",
    });
    set(&app, "provider", &format!("/api/v1/credentials/{paper}/federal-details"), about);
    for (layout, confirmations) in [("v38", &V38[..]), ("v40", &V40[..])] {
        let wanted = json!({"issuer_id": app.organization("provider_x"), "layout": layout});
        let provider = app.persona("provider");
        let id = provider.post(PACKAGES, wanted).expect(201).id();
        let rows = provider.get(&format!("{PACKAGES}/{id}/rows")).expect(200).json();
        let cells = rows["items"][0]["cells"].as_array().unwrap();
        let text = |cell: &Value, name: &str| cell[name].as_str().unwrap().to_owned();
        let found: Vec<_> = cells.iter().map(|cell| (text(cell, "field"), text(cell, "value"))).collect();
        let expected = FIRST.iter().chain(confirmations).chain(&REST);
        let expected: Vec<_> =
            expected.map(|(field, value)| ((*field).to_owned(), (*value).to_owned())).collect();
        assert_eq!(found, expected, "{layout}");

        let table = workbook(&app, &id);
        let written =
            |cell: &Data| if matches!(cell, Data::Empty) { String::new() } else { cell.to_string() };
        let headings: Vec<String> = cells.iter().map(|cell| text(cell, "heading")).collect();
        assert_eq!(table[0].iter().map(written).collect::<Vec<_>>(), headings, "{layout}");
        let values: Vec<String> = expected.into_iter().map(|(_, value)| value).collect();
        assert_eq!(table[1].iter().map(written).collect::<Vec<_>>(), values, "{layout}");
        answer(&app, &id, json!({"outcome": "rejected", "note": "Проба"}));
    }
}
