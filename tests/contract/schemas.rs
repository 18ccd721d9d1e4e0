//! What is promised of every schema.

use std::collections::BTreeSet;

use rost::http::docs::operations;
use serde_json::Value;

use super::document::{admits, document, each};

/// Schemas that are documents of their own with a free part (path in the document, reason).
const FREE: &[(&str, &str)] = &[];

/// Every schema of the document, parameters and headers included, with its pointer.
fn every_schema(mut visit: impl FnMut(&str, &Value)) {
    let document = document();
    let mut visit_all = |pointer: &str, value: &Value| {
        if FREE.iter().all(|(free, _)| !pointer.starts_with(free)) && is_schema(value) {
            visit(pointer, value);
        }
    };
    each(&document["components"]["schemas"], "/components/schemas", &mut visit_all);
    for kind in ["parameters", "headers"] {
        for (name, part) in document["components"][kind].as_object().into_iter().flatten() {
            each(&part["schema"], &format!("/components/{kind}/{name}"), &mut visit_all);
        }
    }
    for operation in operations(&document) {
        for parameter in operation.value["parameters"].as_array().into_iter().flatten() {
            each(&parameter["schema"], &format!("{}/{}", operation.id, parameter["name"]), &mut visit_all);
        }
    }
}

fn is_schema(value: &Value) -> bool {
    value["type"].is_string() || value["type"].is_array()
}

#[track_caller]
fn no_problems(problems: &[String]) {
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}

/// OWASP API4: every string, array and number has limits.
#[test]
fn everything_is_bounded() {
    let mut problems = Vec::new();
    every_schema(|pointer, schema| {
        let has = |name: &str| !schema[name].is_null();
        if admits(schema, "string") && !(has("maxLength") || has("enum") || has("const")) {
            problems.push(format!("{pointer}: a string without maxLength or enum"));
        }
        if admits(schema, "array") && !has("maxItems") {
            problems.push(format!("{pointer}: an array without maxItems"));
        }
        let minimum = has("minimum") || has("exclusiveMinimum");
        let maximum = has("maximum") || has("exclusiveMaximum");
        if (admits(schema, "integer") || admits(schema, "number")) && !(minimum && maximum) && !has("enum") {
            problems.push(format!("{pointer}: a number without minimum and maximum"));
        }
        if admits(schema, "integer") && !has("format") {
            problems.push(format!("{pointer}: an integer without format"));
        }
    });
    no_problems(&problems);
}

/// Every schema and every property says what it is.
#[test]
fn everything_is_described() {
    let document = document();
    let mut problems = Vec::new();
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        if schema["description"].as_str().unwrap_or_default().is_empty() {
            problems.push(format!("{name} is not described"));
        }
    }
    each(&document["components"]["schemas"], "", &mut |pointer, value| {
        for (name, property) in value["properties"].as_object().into_iter().flatten() {
            if is_schema(value)
                && property["description"].as_str().unwrap_or_default().is_empty()
                && property.get("const").is_none()
            {
                problems.push(format!("{pointer}.{name} is not described"));
            }
        }
    });
    no_problems(&problems);
}

/// What a caller may send is closed: a field that is not documented is refused.
#[test]
fn request_objects_are_closed() {
    let document = document();
    let mut problems = Vec::new();
    let mut pending: Vec<String> = Vec::new();
    let collect = |value: &Value, pending: &mut Vec<String>| {
        each(value, "", &mut |_, inner| pending.extend(inner["$ref"].as_str().map(str::to_owned)));
    };
    for operation in operations(&document) {
        collect(&operation.value["requestBody"], &mut pending);
    }
    let mut seen = BTreeSet::new();
    while let Some(reference) = pending.pop() {
        if !seen.insert(reference.clone())
            || FREE.iter().any(|(free, _)| reference.strip_prefix('#') == Some(*free))
        {
            continue;
        }
        let schema = document.pointer(reference.trim_start_matches('#')).unwrap();
        collect(schema, &mut pending);
        let is_open = admits(schema, "object") && schema["additionalProperties"] != false;
        if is_open && schema["properties"].is_object() && schema["discriminator"].is_null() {
            problems.push(format!("{reference} is open: serde(deny_unknown_fields)"));
        }
    }
    no_problems(&problems);
}

/// Generators need names: no object inside another one, no union without a discriminator, no generic name.
#[test]
fn nothing_is_anonymous() {
    let document = document();
    let mut problems = Vec::new();
    let schemas = document["components"]["schemas"].as_object().unwrap();
    for (name, schema) in schemas {
        if !name.bytes().all(|byte| byte.is_ascii_alphanumeric())
            || !name.starts_with(|c: char| c.is_ascii_uppercase())
        {
            problems.push(format!("{name} is not a plain name"));
        }
        each(schema, name, &mut |pointer, inner| {
            // A union has its branches inside, a composition adds its own fields to those of a named schema.
            let is_part = pointer.contains("/oneOf/") || pointer == format!("{name}/allOf/1");
            let is_nested = pointer != name && !is_part;
            if is_nested && admits(inner, "object") && inner["properties"].is_object() {
                problems.push(format!("{pointer}: an object without a name"));
            }
            if !inner["prefixItems"].is_null() {
                problems.push(format!("{pointer}: a tuple"));
            }
            let alternatives: Vec<&Value> = inner["oneOf"].as_array().into_iter().flatten().collect();
            let constants = alternatives.iter().all(|one| one["enum"].is_array() || one["const"].is_string());
            let real = alternatives.iter().filter(|one| one["type"] != "null").count();
            if real > 1 && !constants && inner["discriminator"].is_null() {
                problems.push(format!("{pointer}: a union without a discriminator"));
            }
        });
    }
    no_problems(&problems);
}

/// api-conventions, SDKs: absent, not null, in what only travels to the caller.
#[test]
fn enums_are_lower_snake() {
    let mut problems = Vec::new();
    every_schema(|pointer, schema| {
        for value in schema["enum"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            if !value.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_') {
                problems.push(format!("{pointer}: {value}"));
            }
        }
    });
    no_problems(&problems);
}
