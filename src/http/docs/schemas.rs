//! What every schema gets: the limits that its format implies, honest nulls, and nothing that is not used.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::{each_object, operations};

const PREFIX: &str = "#/components/schemas/";

/// Completes every schema.
pub(super) fn complete(document: &mut Value) {
    let requested = reachable(document, |operation| operation.get("requestBody").cloned());
    let Some(schemas) = document.pointer_mut("/components/schemas").and_then(Value::as_object_mut) else {
        return;
    };
    for (name, schema) in schemas {
        // What only travels to the caller leaves absent fields out; what the caller sends may hold null.
        if requested.contains(name) {
            sent_days(schema);
        } else {
            never_null(schema);
        }
        bound(schema);
    }
}

/// Names of the schemas that some part of the operations leads to.
fn reachable(document: &Value, part: impl Fn(&Value) -> Option<Value>) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut pending: Vec<String> = Vec::new();
    for operation in operations(document) {
        if let Some(value) = part(operation.value) {
            references(&value, &mut pending);
        }
    }
    while let Some(reference) = pending.pop() {
        let Some(name) = reference.strip_prefix(PREFIX) else { continue };
        if names.insert(name.to_owned())
            && let Some(schema) = document.get("components").and_then(|all| all.get("schemas")?.get(name))
        {
            references(schema, &mut pending);
        }
    }
    names
}

/// Every `$ref` in the value.
fn references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        Value::Object(object) => {
            for (key, inner) in object {
                match inner {
                    Value::String(target) if key == "$ref" => found.push(target.clone()),
                    inner => references(inner, found),
                }
            }
        }
        _ => {}
    }
}

/// Takes `null` out of types and alternatives.
pub(super) fn never_null(schema: &mut Value) {
    let is_null = |alternative: &Value| alternative.get("type") == Some(&json!("null"));
    each_object(schema, &mut |object| {
        if let Some(Value::Array(types)) = object.get_mut("type") {
            types.retain(|name| name != "null");
            if let [only] = types.as_slice() {
                let only = only.clone();
                object.insert("type".to_owned(), only);
            }
        }
        for word in ["oneOf", "anyOf"] {
            let Some(Value::Array(alternatives)) = object.get_mut(word) else { continue };
            alternatives.retain(|alternative| !is_null(alternative));
            if let [only] = alternatives.as_slice() {
                let only = only.as_object().cloned().unwrap_or_default();
                object.remove(word);
                // What stands beside the reference describes this use of it.
                for (key, value) in only {
                    object.entry(key).or_insert(value);
                }
            }
        }
    });
}

/// The days that `values::day` accepts: of three centuries, in one form.
const DAY: &str = "^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$";

/// Says which days a caller may send.
pub(super) fn sent_days(schema: &mut Value) {
    each_object(schema, &mut |object| {
        if object.get("format").and_then(Value::as_str) == Some("date") {
            object.entry("pattern").or_insert(json!(DAY));
            let limits = "From 1900-01-01 to 2199-12-31.";
            let words = match object.get("description").and_then(Value::as_str) {
                Some(words) => format!("{words} {limits}"),
                None => limits.to_owned(),
            };
            object.insert("description".to_owned(), json!(words));
        }
    });
}

/// Adds the limits that a format implies.
pub(super) fn bound(schema: &mut Value) {
    each_object(schema, &mut |object| {
        let format = object.get("format").and_then(Value::as_str).map(str::to_owned);
        let limits: Option<(u32, u32, &str)> = match format.as_deref() {
            Some("uuid") => Some((36, 36, "019aa0c5-7d2b-7cc1-8a4e-4c8f7f6f9b11")),
            Some("date") => Some((10, 10, "2026-09-01")),
            Some("date-time") => Some((20, 35, "2026-09-01T09:00:00Z")),
            _ => None,
        };
        if let Some((min, max, example)) = limits {
            object.entry("minLength").or_insert(json!(min));
            object.entry("maxLength").or_insert(json!(max));
            if !object.contains_key("example") {
                object.entry("examples").or_insert(json!([example]));
            }
        }
        plural_example(object);
        describe_nullable(object);
        if let Some(actions) = object.get_mut("properties").and_then(|all| all.get_mut("allowed_actions")) {
            let name = json!({
                "type": "string", "minLength": 3, "maxLength": 60, "pattern": "^[a-z0-9_]+$", "examples": ["get_organization"],
            });
            super::set(actions, "items", name);
        }
    });
}

/// What is said of a reference that may be null is said of the property.
fn describe_nullable(object: &mut Map<String, Value>) {
    let alternatives = object.get_mut("oneOf").and_then(Value::as_array_mut).into_iter().flatten();
    let words = alternatives
        .filter(|one| one.get("$ref").is_some())
        .find_map(|one| one.as_object_mut()?.remove("description"));
    if let Some(words) = words {
        object.entry("description").or_insert(words);
    }
}

/// OpenAPI 3.1 speaks JSON Schema, which knows `examples` only.
fn plural_example(object: &mut Map<String, Value>) {
    let is_schema =
        ["type", "$ref", "oneOf", "anyOf", "allOf", "enum"].iter().any(|key| object.contains_key(*key));
    if is_schema && let Some(example) = object.remove("example") {
        object.insert("examples".to_owned(), json!([example]));
    }
}

/// Drops components that nothing refers to.
pub(super) fn drop_unused(document: &mut Value) {
    loop {
        let mut used = Vec::new();
        references(document, &mut used);
        let used: BTreeSet<String> = used.into_iter().collect();
        let mut dropped = false;
        for kind in ["schemas", "parameters", "headers", "responses"] {
            let pointer = format!("/components/{kind}");
            let Some(components) = document.pointer_mut(&pointer).and_then(Value::as_object_mut) else {
                continue;
            };
            let before = components.len();
            components.retain(|name, _| used.contains(&format!("#/components/{kind}/{name}")));
            dropped |= components.len() < before;
        }
        if !dropped {
            return;
        }
    }
}
