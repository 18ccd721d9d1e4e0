use serde_json::Value;

use super::super::profile::{
    ApprovalSubjectKind, ChainFacts, OutsideRegistryPolicy, RouteMoment, RuleSeverity, ValidRegulation,
    required_hours, resolve,
};
use super::*;
use crate::values::{EducationLevel, Hours};

fn load(code: &str) -> ValidRegulation {
    Preset::find(code).unwrap().load().unwrap()
}

/// Pointers of rules that name no paragraph.
fn without_paragraph(value: &Value, pointer: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            if fields.get("paragraph").is_some_and(Value::is_null) {
                found.push(pointer.to_owned());
            }
            for (name, inner) in fields {
                without_paragraph(inner, &format!("{pointer}/{name}"), found);
            }
        }
        Value::Array(items) => {
            for (index, inner) in items.iter().enumerate() {
                without_paragraph(inner, &format!("{pointer}/{index}"), found);
            }
        }
        _ => {}
    }
}

#[test]
fn all_five_are_valid_and_carry_their_own_code() {
    for preset in Preset::all() {
        let regulation = preset.load().unwrap_or_else(|error| panic!("{}: {error:#?}", preset.code()));
        assert_eq!(regulation.document().code, preset.code());
    }
    assert_eq!(Preset::find("p5-nowhere"), None);
}

#[test]
fn every_rule_of_every_preset_names_its_paragraph() {
    for preset in Preset::all() {
        let value = serde_json::to_value(preset.load().unwrap().document()).unwrap();
        let mut found = Vec::new();
        without_paragraph(&value, "", &mut found);
        assert_eq!(found, Vec::<String>::new(), "{}", preset.code());
    }
}

#[test]
fn a_preset_survives_writing_and_reading() {
    for preset in Preset::all() {
        let document = preset.load().unwrap().document().clone();
        let written = serde_json::to_string(&document).unwrap();
        assert_eq!(parse_document(&written), Ok(document));
    }
}

/// P0-17: 72 hours for primary, 108 for lower secondary, the higher at both, none elsewhere.
#[test]
fn p0_17_norms_of_the_chelyabinsk_school() {
    let regulation = load("p0-chelyabinsk-school");
    let hours =
        |levels: &[EducationLevel]| required_hours(regulation.profile(), levels).map(|norm| norm.hours);
    assert_eq!(hours(&[EducationLevel::Primary]), Some(Hours::whole(72)));
    assert_eq!(hours(&[EducationLevel::Basic, EducationLevel::Primary]), Some(Hours::whole(108)));
    assert_eq!(hours(&[EducationLevel::Secondary]), None);
    for other in Preset::all().iter().filter(|preset| preset.code() != "p0-chelyabinsk-school") {
        assert_eq!(required_hours(other.load().unwrap().profile(), &EducationLevel::ALL), None);
    }
}

/// P0-24, P1-25, P3-19: the terms; P2 and P4 set none.
#[test]
fn p0_24_p1_25_p3_19_terms() {
    let terms = Preset::all().iter().map(|preset| {
        let term = preset.load().unwrap().profile().route.term.clone();
        term.map(|term| (term.min_months, term.max_months, term.severity))
    });
    let expected = [
        Some((Some(12), Some(36), RuleSeverity::Error)),
        Some((Some(2), Some(24), RuleSeverity::Warning)),
        None,
        Some((Some(12), None, RuleSeverity::Error)),
        None,
    ];
    assert_eq!(terms.collect::<Vec<_>>(), expected);
}

/// P1-15: two of the five categories count only with a difficulty.
#[test]
fn p1_15_two_categories_need_a_difficulty() {
    let priority = load("p1-grozny-school-91").profile().route.people.priority.clone().unwrap();
    let needing = priority.categories.iter().filter(|category| category.needs_difficulty);
    let codes: Vec<_> = needing.map(|category| category.code.as_str()).collect();
    assert_eq!(codes, ["category_claimant", "interrupted_service"]);
    assert_eq!(priority.categories.len(), 5);
}

/// P3-23: a route is corrected freely; P1 has no chain for corrections and uses that of the program.
#[test]
fn p3_23_free_corrections() {
    let revision = |code| {
        let subject = ApprovalSubjectKind::RouteRevision;
        resolve(load(code).profile(), subject, &ChainFacts::default()).map(|chain| chain.steps.len())
    };
    assert_eq!(revision("p0-chelyabinsk-school"), Some(2));
    assert_eq!(revision("p1-grozny-school-91"), Some(4));
    assert_eq!(revision("p3-georgievsk-municipality"), None);
}

/// P4-2, P4-13, P4-14, P4-15.
#[test]
fn p4_15_registry_and_diagnostics_of_altai_krai() {
    let regulation = load("p4-altai-krai");
    let profile = regulation.profile();
    let publication = profile.registry.publication.as_ref().unwrap();
    assert_eq!((publication.due_on.month, publication.due_on.day), (2, 15));
    assert_eq!(profile.route.content.diagnostics.as_ref().unwrap().needed_at, RouteMoment::Creation);
    let choice = profile.route.activities.program_choice.as_ref().unwrap();
    assert_eq!(choice.outside_registry, OutsideRegistryPolicy::Flag);
    assert_eq!(regulation.document().supersedes.len(), 5);
}
