//! What is promised of every operation.

use std::collections::BTreeSet;

use rost::app::{PUBLIC, rules};
use rost::http::docs::operations;
use serde_json::{Value, json};

use super::document::{document, each, every_operation, parameters, resolve};

/// Lists that are one page by nature: there are fewer than a hundred regions.
const WHOLE_LISTS: [&str; 12] = [
    "list_association_members",
    "list_duplicates",
    "list_employments",
    "list_measure_definitions",
    "list_person_merges",
    "list_person_names",
    "list_priority_categories",
    "list_program_facets",
    "list_regions",
    "list_registry_publications",
    "list_regulation_presets",
    "list_route_hearings",
];

const VERBS: [&str; 84] = [
    "accept",
    "acknowledge",
    "activate",
    "add",
    "annul",
    "answer",
    "approve",
    "assign",
    "cancel",
    "change",
    "check",
    "close",
    "compare",
    "complete",
    "compose",
    "confirm",
    "consent",
    "correct",
    "create",
    "decide",
    "decline",
    "delegate",
    "delete",
    "disable",
    "dismiss",
    "dissolve",
    "draft",
    "enable",
    "end",
    "endorse",
    "enroll",
    "erase",
    "explain",
    "find",
    "flag",
    "forward",
    "get",
    "hire",
    "import",
    "insert",
    "issue",
    "list",
    "load",
    "mark",
    "match",
    "move",
    "open",
    "pause",
    "plan",
    "preview",
    "propose",
    "publish",
    "reassign",
    "receive",
    "record",
    "refresh",
    "reject",
    "relocate",
    "remove",
    "replace",
    "replay",
    "report",
    "request",
    "reset",
    "resolve",
    "resubmit",
    "resume",
    "return",
    "revoke",
    "rotate",
    "search",
    "set",
    "sign",
    "start",
    "submit",
    "supersede",
    "undo",
    "update",
    "validate",
    "verify",
    "waive",
    "watch",
    "withdraw",
    "write",
];

/// api-conventions, SDKs: a stable, unique name of a verb and a noun.
#[test]
fn operation_ids_are_unique_verbs_with_nouns() {
    let document = document();
    let ids: Vec<&str> = operations(&document).iter().map(|operation| operation.id).collect();
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), unique.len());
    for id in ids {
        let (verb, noun) = id.split_once('_').unwrap_or((id, ""));
        assert!(
            VERBS.contains(&verb) && !noun.is_empty(),
            "{id}: not a verb with a noun, or a verb to be added to the list"
        );
        assert!(
            id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_'),
            "{id}"
        );
    }
}

/// Every operation says what it does, to whom it belongs and who may call it.
#[test]
fn every_operation_is_described() {
    every_operation(|document, operation, problems| {
        let summary = operation.value["summary"].as_str().unwrap_or_default();
        if !(5..=80).contains(&summary.chars().count()) || summary.ends_with('.') {
            problems.push(format!("summary `{summary}`: 5 to 80 characters without a period"));
        }
        let description = operation.value["description"].as_str().unwrap_or_default();
        if !description.contains("**Who may call:**") || description.starts_with("**Who may call:**") {
            problems.push("the description is missing".to_owned());
        }
        let tags = operation.value["tags"].as_array().cloned().unwrap_or_default();
        let described = document["tags"].as_array().cloned().unwrap_or_default();
        if tags.len() != 1
            || !described.iter().any(|tag| tag["name"] == tags[0] && tag["description"].is_string())
        {
            problems.push(format!("exactly one described tag, not {tags:?}"));
        }
    });
}

/// Every operation has exactly one rule of a policy table, or is public.
#[test]
fn every_operation_has_exactly_one_policy() {
    let rules = rules();
    every_operation(|_, operation, problems| {
        let count = rules.iter().filter(|rule| rule.operation == operation.id).count();
        let public = PUBLIC.contains(&operation.id);
        if count + usize::from(public) != 1 {
            problems.push(format!("{count} rules, public: {public}"));
        }
        let security = if public { json!([]) } else { json!([{"bearer": []}]) };
        if operation.value["security"] != security {
            problems.push("the security is not stated".to_owned());
        }
    });
    let document = document();
    let ids: BTreeSet<&str> = operations(&document).iter().map(|operation| operation.id).collect();
    for rule in rules {
        assert!(ids.contains(rule.operation), "the rule {} belongs to no operation", rule.operation);
    }
}

/// The refusals that can come are documented, each with the one schema of problems.
#[test]
fn refusals_are_documented() {
    every_operation(|document, operation, problems| {
        let responses = &operation.value["responses"];
        let mut demanded = vec!["429", "500", "503"];
        if !PUBLIC.contains(&operation.id) {
            demanded.extend(["401", "403"]);
        }
        if operation.path.contains('{') {
            demanded.push("404");
        }
        if !operation.value["requestBody"].is_null() {
            demanded.extend(["400", "413", "415", "422"]);
        }
        if parameters(document, operation).iter().any(|parameter| parameter["name"] == "If-Match") {
            demanded.extend(["409", "412", "428"]);
        }
        for status in demanded {
            if responses[status].is_null() {
                problems.push(format!("{status} is not documented"));
            }
        }
        let statuses = responses.as_object().cloned().unwrap_or_default();
        if !statuses.keys().any(|status| status.starts_with('2')) {
            problems.push("no success is documented".to_owned());
        }
        for (status, response) in statuses {
            let response = resolve(document, &response).clone();
            if response["description"].as_str().unwrap_or_default().is_empty() {
                problems.push(format!("{status} has no description"));
            }
            if response["headers"]["RateLimit"].is_null() {
                problems.push(format!("{status} has no RateLimit header"));
            }
            let schema = &response["content"]["application/problem+json"]["schema"]["$ref"];
            if status.starts_with(['4', '5']) && schema != "#/components/schemas/Problem" {
                problems.push(format!("{status} is no problem"));
            }
        }
    });
}

/// Creating is repeatable without harm, changing names the version it is based on.
#[test]
fn posts_carry_a_key_and_changes_a_version() {
    every_operation(|document, operation, problems| {
        let demanded = |name: &str| {
            parameters(document, operation)
                .iter()
                .any(|parameter| parameter["name"] == name && parameter["required"] == true)
        };
        let method = operation.method.as_str();
        if method == "POST"
            && !PUBLIC.contains(&operation.id)
            && operation.value["x-repeatable"] != true
            && !demanded("Idempotency-Key")
        {
            problems.push("no Idempotency-Key".to_owned());
        }
        if ["PUT", "PATCH", "DELETE"].contains(&method) && !demanded("If-Match") {
            problems.push("no If-Match".to_owned());
        }
        for parameter in parameters(document, operation) {
            if parameter["description"].as_str().unwrap_or_default().is_empty() {
                problems.push(format!("parameter {} is not described", parameter["name"]));
            }
        }
    });
}

/// Bodies are named schemas with examples; what is created says where it lives.
#[test]
fn bodies_are_named_and_have_examples() {
    every_operation(|document, operation, problems| {
        let mut contents = vec![("request".to_owned(), &operation.value["requestBody"]["content"])];
        for (status, response) in operation.value["responses"].as_object().into_iter().flatten() {
            contents.push((status.clone(), &resolve(document, response)["content"]));
            if status == "201" && response["headers"]["Location"].is_null() {
                problems.push("201 without Location".to_owned());
            }
        }
        for (place, content) in contents {
            for (media, body) in content.as_object().into_iter().flatten() {
                if media.contains("json") && body["schema"]["$ref"].is_null() {
                    problems.push(format!("{place}: an inline schema"));
                }
                if body["example"].is_null() && body["examples"].is_null() {
                    problems.push(format!("{place}: no example"));
                }
            }
        }
    });
}

/// Every list is paged: `items`, `next_cursor`, `limit` from 1 to 200, `cursor`.
#[test]
fn lists_are_pages() {
    every_operation(|document, operation, problems| {
        let Some(schema) = operation.value["responses"]["200"]["content"]["application/json"].get("schema")
        else {
            return;
        };
        let schema = resolve(document, schema);
        // What answers a body answers each of its items.
        let answers_a_body = !operation.value["requestBody"].is_null();
        if schema["properties"]["items"].is_null() || answers_a_body {
            return;
        }
        let find = |name: &str| {
            parameters(document, operation).into_iter().find(|parameter| parameter["name"] == name).cloned()
        };
        // Short by nature: a list that is read in review.
        if operation.value["x-whole-list"] == true {
            if !WHOLE_LISTS.contains(&operation.id) {
                problems.push("a list that is not paged, and not among the few that need not be".to_owned());
            }
            return;
        }
        if schema["properties"]["next_cursor"].is_null() {
            problems.push("a list without next_cursor".to_owned());
        }
        match (find("limit"), find("cursor")) {
            (Some(limit), Some(_))
                if limit["schema"]["minimum"] == 1 && limit["schema"]["maximum"] == 200 => {}
            _ => problems.push("a list without limit (1–200) and cursor".to_owned()),
        }
    });
}

/// Every reference leads somewhere inside the document.
#[test]
fn every_reference_resolves() {
    let document = document();
    each(&document, "", &mut |pointer, value| {
        if let Some(target) = value["$ref"].as_str() {
            let found = target.strip_prefix('#').and_then(|inner| document.pointer(inner));
            assert!(found.is_some(), "{pointer}: {target} leads nowhere");
        }
        if let Some(Value::String(id)) = value.get("operationId").filter(|_| pointer.contains("/links/")) {
            assert!(
                operations(&document).iter().any(|operation| operation.id == id),
                "{pointer}: {id} does not exist"
            );
        }
    });
}
