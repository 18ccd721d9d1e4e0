//! The policy tables as grids: operation × role × where the thing lies, seen from the place of the role.

use std::collections::BTreeMap;
use std::fmt::Write;

use rost::authz::{Actor, Level, Role, RoleGrant, Rule, Target, authorize};
use rost::error::Code;
use rost::http::docs::operations;
use uuid::Uuid;

use crate::golden::assert_golden;

const fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

const REGION: Uuid = id(1);
const MINISTRY: Uuid = id(10);
const MUNICIPALITY: Uuid = id(20);
const OTHER_MUNICIPALITY: Uuid = id(21);
const SCHOOL: Uuid = id(30);
const OTHER_SCHOOL: Uuid = id(31);
const FAR_SCHOOL: Uuid = id(32);
const PROVIDER: Uuid = id(40);
const OTHER_PROVIDER: Uuid = id(41);
const ME: Uuid = id(50);
const SOMEBODY: Uuid = id(51);
const FOREIGN_REGION: Uuid = id(2);
const FOREIGN_SCHOOL: Uuid = id(60);

const RELATIONS: [&str; 8] = ["own", "assigned", "unit", "child", "parent", "sibling", "cousin", "foreign"];

fn actor(role: Role) -> Actor {
    // Roles that are held at any level stand at the region here, where they reach farthest.
    let level = role.level().unwrap_or(Level::Region);
    let (municipality_id, organization_id) = match level {
        Level::Person | Level::School => (Some(MUNICIPALITY), Some(SCHOOL)),
        Level::Provider => (None, Some(PROVIDER)),
        Level::Municipality => (Some(MUNICIPALITY), Some(MUNICIPALITY)),
        Level::Region => (None, Some(MINISTRY)),
        Level::Platform => (None, None),
    };
    let region_id = (level != Level::Platform).then_some(REGION);
    let grant = RoleGrant { role, level, region_id, municipality_id, organization_id };
    Actor { account_id: id(99), person_id: Some(ME), merged: Vec::new(), region_id, grants: vec![grant] }
}

/// The thing that stands in that relation to the actor; none if there is no such place.
fn target(relation: &str, actor: &Actor) -> Option<Target> {
    let grant = actor.grants.first().unwrap();
    let here = || match grant.organization_id {
        Some(place) => Target::region(REGION).organization(place, grant.municipality_id),
        None => Target::platform(),
    };
    let at =
        |school: Uuid, municipality: Uuid| Target::region(REGION).organization(school, Some(municipality));
    Some(match (relation, grant.level) {
        ("own", _) => here().person(ME).assigned([]),
        ("assigned", _) => here().person(SOMEBODY).assigned([ME]),
        ("unit", _) => here().person(SOMEBODY),
        ("child", Level::Municipality | Level::Region | Level::Platform) => {
            at(SCHOOL, MUNICIPALITY).person(SOMEBODY)
        }
        ("parent", Level::Person | Level::School) => Target::region(REGION).municipality(MUNICIPALITY),
        ("parent", Level::Municipality | Level::Provider) => Target::region(REGION),
        ("parent", Level::Region) => Target::platform(),
        ("sibling", Level::Person | Level::School) => at(OTHER_SCHOOL, MUNICIPALITY).person(SOMEBODY),
        ("sibling", Level::Municipality) => at(OTHER_MUNICIPALITY, OTHER_MUNICIPALITY).person(SOMEBODY),
        ("sibling", Level::Provider) => {
            Target::region(REGION).organization(OTHER_PROVIDER, None).person(SOMEBODY)
        }
        ("cousin", Level::Person | Level::School | Level::Municipality | Level::Provider) => {
            at(FAR_SCHOOL, OTHER_MUNICIPALITY).person(SOMEBODY)
        }
        ("foreign", _) => Target::region(FOREIGN_REGION).organization(FOREIGN_SCHOOL, None).person(SOMEBODY),
        _ => return None,
    })
}

fn mark(actor: &Actor, rule: &'static Rule, relation: &str) -> char {
    match target(relation, actor).map(|target| authorize(actor, rule, &target)) {
        None => '·',
        Some(Ok(_)) => '✔',
        Some(Err(refusal)) if refusal.code == Code::Forbidden => '✘',
        Some(Err(_)) => '∅',
    }
}

fn grid(rule: &'static Rule) -> String {
    let mut text = format!("{}\n", rule.operation);
    if let Some(condition) = rule.condition {
        writeln!(text, "  ({condition})").unwrap();
    }
    let mut rows: Vec<(String, Vec<&str>)> = Vec::new();
    for role in Role::ALL {
        let actor = actor(role);
        let row: String =
            RELATIONS.iter().map(|relation| format!("{:<9}", mark(&actor, rule, relation))).collect();
        match rows.iter_mut().find(|(known, _)| *known == row) {
            Some((_, roles)) => roles.push(role.as_str()),
            None => rows.push((row, vec![role.as_str()])),
        }
    }
    let heads: String = RELATIONS.iter().map(|relation| format!("{relation:<9}")).collect();
    writeln!(text, "  {heads}").unwrap();
    for (row, roles) in rows {
        writeln!(text, "  {row}{}", roles.join(" ")).unwrap();
    }
    text
}

/// Who may do what where. ✔ may, ✘ 403 (knows of it), ∅ 404 (does not), · no such place.
#[test]
fn policy_tables() {
    let document = rost::app::document().unwrap();
    let rules = rost::app::rules();
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    for operation in operations(&document) {
        let tag = operation.value["tags"][0].as_str().unwrap_or("untagged").to_owned();
        let text = match rules.iter().copied().find(|rule| rule.operation == operation.id) {
            Some(rule) => grid(rule),
            None => format!("{}\n  public\n", operation.id),
        };
        let file = files.entry(tag).or_insert_with(|| "✔ may, ✘ 403, ∅ 404, · no such place\n".to_owned());
        write!(file, "\n{} {}\n{text}", operation.method, operation.path).unwrap();
    }
    for (tag, text) in files {
        assert_golden(&format!("policy/{tag}.txt"), &text);
    }
}

/// Regions are tenants: nobody but the platform's administrators reaches into another one.
#[test]
fn nothing_reaches_into_another_region() {
    for rule in rost::app::rules() {
        for role in Role::ALL.into_iter().filter(|role| *role != Role::PlatformAdmin) {
            assert_ne!(mark(&actor(role), rule, "foreign"), '✔', "{} as {}", rule.operation, role.as_str());
        }
    }
}

/// Every rule lets somebody do it, somewhere.
#[test]
fn no_rule_is_dead() {
    for rule in rost::app::rules() {
        let alive = Role::ALL
            .into_iter()
            .any(|role| RELATIONS.iter().any(|relation| mark(&actor(role), rule, relation) == '✔'));
        assert!(alive, "{} allows nobody", rule.operation);
    }
}
