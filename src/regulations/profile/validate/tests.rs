mod chains;

use serde_json::{Value, json};

use super::super::parse_value;
use super::*;

/// Problems of a profile as `code at pointer`.
fn problems(profile: Value) -> Vec<String> {
    let profile = parse_value(profile).unwrap();
    let found = validate(&profile).err().unwrap_or_default();
    found.iter().map(|problem| format!("{} at {}", problem.code.as_str(), problem.pointer)).collect()
}

fn step(kind: &str, relation: &str, role: Value) -> Value {
    json!({"key": format!("{kind}_{relation}"), "kind": kind, "actor": {"relation": relation, "role": role}})
}

fn director() -> Value {
    step("approve", "own_school", json!("director"))
}

#[test]
fn all_problems_are_reported_at_once_with_their_messages() {
    let profile = parse_value(json!({
        "route": {"term": {"min_months": 24, "max_months": 12}},
        "hours": {"norms": [
            {"education_level": "primary", "hours": 72},
            {"education_level": "primary", "hours": 108},
        ]},
        "registry": {"publication": {"due_on": {"month": 2, "day": 30}, "published_by": ["ministry_officer"]}},
    }));
    let found = validate(&profile.unwrap()).unwrap_err();
    let places: Vec<_> = found.iter().map(|problem| (problem.code, problem.pointer.as_str())).collect();
    assert_eq!(
        places,
        [
            (ProfileProblemCode::MinAboveMax, "/route/term/min_months"),
            (ProfileProblemCode::Duplicate, "/hours/norms/1/education_level"),
            (ProfileProblemCode::DayNotInCalendar, "/registry/publication/due_on"),
        ]
    );
    assert_eq!(found[0].message_en, "The lower limit is above the upper one");
    assert_eq!(found[0].message_ru, "Нижняя граница больше верхней");
}

#[test]
fn the_bounds_of_the_schema_are_enforced() {
    let categories = json!([{"code": "Young Teacher", "title_ru": " ", "title_en": "x".repeat(301)}]);
    let found = problems(json!({
        "route": {"term": {"min_months": 0}, "people": {
            "priority": {"purpose": "addressees", "categories": categories, "paragraph": "9".repeat(41)},
            "initiators": {"roles": []},
            "drafters": {"mode": "single", "roles": ["teacher", "director", "teacher"]},
        }},
        "hours": {"norms": [{"education_level": "basic", "hours": 0}]},
    }));
    for expected in [
        "number_out_of_bounds at /route/term/min_months",
        "code_format at /route/people/priority/categories/0/code",
        "text_length at /route/people/priority/categories/0/title_ru",
        "text_length at /route/people/priority/categories/0/title_en",
        "text_length at /route/people/priority/paragraph",
        "list_length at /route/people/initiators/roles",
        "duplicate at /route/people/drafters/roles/2",
        "number_out_of_bounds at /hours/norms/0/hours",
    ] {
        assert!(found.iter().any(|line| line == expected), "{expected} is missing in {found:#?}");
    }
    assert_eq!(found.len(), 8, "{found:#?}");
}

#[test]
fn promised_consent_is_kept_by_the_chain() {
    let people = json!({"learner_consent": {}, "both_sides_consent": {}});
    let of =
        |steps: Value| problems(json!({"route": {"people": people}, "chains": {"route": {"steps": steps}}}));
    assert_eq!(
        of(json!([director()])),
        [
            "consent_step_missing at /route/people/learner_consent",
            "consent_step_missing at /route/people/both_sides_consent"
        ]
    );
    let consent = step("consent", "learner", Value::Null);
    assert_eq!(of(json!([consent])), ["organization_step_missing at /route/people/both_sides_consent"]);
    assert!(of(json!([consent, director()])).is_empty());
    let revised = |steps: Value| {
        let route = json!({"steps": [consent, director()]});
        let chains = json!({"route": route, "route_revision": {"steps": steps}});
        problems(json!({"route": {"people": people}, "chains": chains}))
    };
    assert_eq!(
        revised(json!([director()])),
        ["consent_step_missing at /route/people/both_sides_consent"],
        "changes of a route are agreed by both sides too"
    );
    assert!(revised(json!([consent, director()])).is_empty());
}

#[test]
fn the_route_section_agrees_with_itself() {
    let part = |part, within: Value| json!({"part": part, "within": within, "editors": ["teacher"]});
    let category = json!({"code": "reserve", "title_ru": "Резерв", "title_en": "Reserve"});
    let found = problems(json!({
        "route": {
            "term": {},
            "people": {"priority": {"purpose": "order_candidates", "categories": [category, category]}},
            "content": {"parts": [part("base", json!("competence_plan")), part("core", json!("core"))]},
            "life": {"changes": {"mode": "free"}},
        },
        "chains": {"route_revision": {"steps": [director()]}},
    }));
    assert_eq!(
        found,
        [
            "term_without_limits at /route/term",
            "duplicate at /route/people/priority/categories/1/code",
            "part_without_parent at /route/content/parts/0/within",
            "part_without_parent at /route/content/parts/1/within",
            "free_changes_with_chain at /route/life/changes/mode",
        ]
    );
}

#[test]
fn the_other_sections_agree_with_themselves() {
    let roles = json!(["director"]);
    let plan = json!({"kind": "school_year", "composed_by": roles, "sources": ["prospective_plan"], "approval_required": true});
    let duty = |due, due_on: Value| json!({"duty": "training_order", "due": due, "due_on": due_on, "responsible": roles});
    let found = problems(json!({
        "recording": {"credit_books": {"opening": "on_request", "issued_by": roles}},
        "registry": {"review": {"kind": "keeper", "organized_by": roles}, "directions": {"period": "school_year", "drafted_by": roles}},
        "plans": {"kinds": [plan]},
        "orders": {"levels": [
            {"level": "municipality", "formed_by": roles, "from_submitted_orders": true},
            {"level": "school", "formed_by": roles},
        ]},
        "support": {"products": {"kinds": ["project"], "defence_required": true, "introduction_checked_by": roles}},
        "calendar": {
            "school_year": {"starts_on": {"month": 9, "day": 31}, "ends_on": {"month": 2, "day": 29}},
            "duties": [duty("fixed_day", Value::Null), duty("school_year_end", json!({"month": 6, "day": 1}))],
        },
    }));
    assert_eq!(
        found,
        [
            "credit_books_incomplete at /recording/credit_book_writers",
            "registry_chain_missing at /registry/review",
            "registry_chain_missing at /registry/directions",
            "plan_chain_missing at /plans/kinds/0/approval_required",
            "prospective_plan_missing at /plans/kinds/0/sources",
            "order_levels at /orders/levels/0",
            "order_levels at /orders/levels/1",
            "defence_mismatch at /support/products/defence_held_by",
            "day_not_in_calendar at /calendar/school_year/starts_on",
            "day_not_in_calendar at /calendar/school_year/ends_on",
            "duplicate at /calendar/duties/1/duty",
            "due_day_mismatch at /calendar/duties/0/due_on",
            "due_day_mismatch at /calendar/duties/1/due_on",
        ]
    );
}

#[test]
fn a_document_is_checked_around_its_profile_too() {
    let act = json!({"text": "Закон", "date": "2020-01-02", "ends_on": "2020-01-01"});
    let document = json!({
        "code": "our_school", "title_ru": "Положение", "title_en": "Regulation", "level": "school",
        "issuing_body": "Школа", "legal_basis": [act], "profile": {"route": {"term": {}}},
        "obligations": [
            {"scope": "all", "obligation": "mandatory"},
            {"scope": "all", "obligation": "recommended"},
        ],
    });
    let document = super::super::parse_document(&document.to_string()).unwrap();
    let found = validate_document(&document).unwrap_err();
    let places: Vec<_> =
        found.iter().map(|problem| (problem.code.as_str(), problem.pointer.as_str())).collect();
    assert_eq!(
        places,
        [
            ("code_format", "/code"),
            ("duplicate", "/obligations/1/scope"),
            ("min_above_max", "/legal_basis/0/ends_on"),
            ("term_without_limits", "/profile/route/term"),
        ]
    );
}

#[test]
fn every_problem_has_its_own_message_in_both_languages() {
    let mut seen = std::collections::HashSet::new();
    for code in ProfileProblemCode::ALL {
        let (ru, en) = code.messages();
        assert!(seen.insert(ru) && seen.insert(en), "{} repeats a message", code.as_str());
        assert_eq!(ProfileProblemCode::parse(code.as_str()), Some(*code));
    }
}
