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

/// Problems of a chain for routes with these steps, pointers relative to `/chains/route`.
fn chain_problems(steps: Value) -> Vec<String> {
    let found = problems(json!({"chains": {"route": {"steps": steps}}}));
    found.into_iter().map(|line| line.replace("/chains/route", "")).collect()
}

/// `base` with the fields of `more`.
fn with(mut base: Value, more: Value) -> Value {
    for (name, value) in more.as_object().unwrap() {
        base[name] = value.clone();
    }
    base
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
fn a_sound_chain_has_no_problems() {
    let escalating = json!({"days": 5, "day_kind": "working", "at_deadline": "escalate"});
    let deputy = step("endorse", "own_school", json!("deputy_director"));
    let steps = json!([
        step("consent", "learner", Value::Null),
        with(step("discuss", "own_association", json!("association_head")), json!({"blocking": false})),
        with(deputy, json!({"deadline": escalating, "may_return": true})),
        with(director(), json!({"act_required": true})),
    ]);
    assert_eq!(chain_problems(steps), Vec::<String>::new());
}

#[test]
fn a_chain_must_decide_for_every_subject() {
    let decides_nothing = vec!["chain_decides_nothing at /steps".to_owned()];
    let acknowledge = step("acknowledge", "own_school", json!("director"));
    assert_eq!(chain_problems(json!([acknowledge])), decides_nothing);
    let open = with(director(), json!({"blocking": false}));
    assert_eq!(chain_problems(json!([open])), decides_nothing);
    let sometimes = with(director(), json!({"condition": {"kind": "hours_at_least", "hours": 16}}));
    assert_eq!(chain_problems(json!([sometimes])), decides_nothing);
    assert!(chain_problems(json!([])).contains(&"list_length at /steps".to_owned()));
}

#[test]
fn deadlines_are_positive_and_escalation_leads_somewhere() {
    let deadline = |days: u16, action| json!({"days": days, "day_kind": "calendar", "at_deadline": action});
    let last = with(director(), json!({"deadline": deadline(3, "escalate")}));
    let expected = ["escalation_without_next_step at /steps/0/deadline/at_deadline"];
    assert_eq!(chain_problems(json!([last])), expected);
    let at_once = with(director(), json!({"deadline": deadline(0, "lapse")}));
    assert_eq!(chain_problems(json!([at_once])), ["number_out_of_bounds at /steps/0/deadline/days"]);
}

#[test]
fn a_step_may_only_do_what_its_kind_allows() {
    let discussion = step("discuss", "own_school", json!("council_secretary"));
    let discussion = with(discussion, json!({"act_required": true, "may_return": true}));
    let approval = with(director(), json!({"satisfied_by_submission": true, "if_vacant": "skip"}));
    let consent = with(step("consent", "own_school", json!("director")), json!({"key": "other"}));
    assert_eq!(
        chain_problems(json!([discussion, approval, consent])),
        [
            "act_on_other_than_approval at /steps/0/act_required",
            "return_by_non_deciding_step at /steps/0/may_return",
            "blocking_discussion at /steps/0/blocking",
            "approval_by_submission at /steps/1/satisfied_by_submission",
            "skippable_approval at /steps/1/if_vacant",
            "consent_of_other at /steps/2/actor/relation",
        ]
    );
}

#[test]
fn an_actor_must_exist_where_the_relation_leads() {
    for (relation, role, code) in [
        ("own_school", json!("ministry_officer"), "role_unknown_for_relation"),
        ("own_association", json!("director"), "role_unknown_for_relation"),
        ("own_municipality", json!("director"), "role_unknown_for_relation"),
        ("own_region", json!("municipal_officer"), "role_unknown_for_relation"),
        ("own_school", json!("teacher"), "role_unknown_for_relation"),
        ("subject_owner", json!("auditor"), "role_unknown_for_relation"),
        ("subject_owner", json!("platform_admin"), "role_unknown_for_relation"),
        ("own_school", Value::Null, "actor_role_mismatch"),
        ("learner", json!("director"), "actor_role_mismatch"),
    ] {
        let expected = [format!("{code} at /steps/0/actor/role")];
        assert_eq!(chain_problems(json!([step("endorse", relation, role)])), expected, "{relation}");
    }
    assert!(chain_problems(json!([step("approve", "subject_owner", json!("provider_officer"))])).is_empty());
}

#[test]
fn levels_do_not_descend_and_keys_are_unique() {
    let region = step("approve", "own_region", json!("ministry_officer"));
    let found = chain_problems(json!([region, director(), director()]));
    assert_eq!(
        found,
        [
            "duplicate at /steps/2/key",
            "level_descends at /steps/1/actor/relation",
            "level_descends at /steps/2/actor/relation"
        ]
    );
}

#[test]
fn conditions_have_their_own_operand_and_are_not_too_deep() {
    let problems_of = |condition: Value| {
        let conditional =
            with(step("endorse", "own_school", json!("director")), json!({"condition": condition}));
        let found = chain_problems(json!([conditional, director()]));
        found.into_iter().map(|line| line.replace("/steps/0/condition", "")).collect::<Vec<_>>()
    };
    let grants = json!({"kind": "funding_source_in", "funding_sources": ["grant"]});
    assert_eq!(problems_of(json!({"kind": "hours_at_least"})), ["condition_operand at /hours"]);
    let both = json!({"kind": "activity_kind_in", "funding_sources": ["own"]});
    let expected = ["condition_operand at /activity_kinds", "condition_operand at /funding_sources"];
    assert_eq!(problems_of(both), expected);
    assert_eq!(problems_of(json!({"kind": "any"})), ["condition_operand at /conditions"]);
    let two = json!({"kind": "not", "conditions": [grants, grants]});
    assert_eq!(problems_of(two), ["condition_operand at /conditions"]);
    let nested = |depth: usize| {
        (1..depth).fold(grants.clone(), |inner, _| json!({"kind": "not", "conditions": [inner]}))
    };
    assert!(problems_of(nested(MAX_DEPTH)).is_empty());
    let found = problems_of(nested(MAX_DEPTH + 1));
    assert_eq!(found.len(), 1);
    assert!(found[0].starts_with("condition_too_deep"), "{found:?}");
}

const MAX_DEPTH: usize = super::super::MAX_CONDITION_DEPTH;

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
