//! Examples of bodies, put together from the examples of their properties, so that they cannot disagree.

use serde_json::{Map, Value, json};

use super::each_operation;

/// Deeper nesting than this is left out of an example.
const DEEPEST: usize = 12;

/// Adds an example to every body that has none.
pub(super) fn add(document: &mut Value) {
    let schemas =
        document.pointer("/components/schemas").and_then(Value::as_object).cloned().unwrap_or_default();
    each_operation(document, |_, _, operation| {
        if let Some(content) = operation.pointer_mut("/requestBody/content") {
            add_to(content, &schemas);
        }
        if let Some(responses) = operation.get_mut("responses").and_then(Value::as_object_mut) {
            for content in responses.values_mut().filter_map(|response| response.get_mut("content")) {
                add_to(content, &schemas);
            }
        }
        let parameters = operation.get_mut("parameters").and_then(Value::as_array_mut);
        for parameter in parameters.into_iter().flatten().filter(|parameter| parameter.get("$ref").is_none())
        {
            add_to_one(parameter, &schemas);
        }
    });
}

fn add_to(content: &mut Value, schemas: &Map<String, Value>) {
    for media in content.as_object_mut().into_iter().flat_map(Map::values_mut) {
        add_to_one(media, schemas);
    }
}

fn add_to_one(media: &mut Value, schemas: &Map<String, Value>) {
    let has_one = media.get("example").is_some() || media.get("examples").is_some();
    if !has_one && let Some(example) = media.get("schema").and_then(|schema| sample(schema, schemas, 0)) {
        super::set(media, "example", example);
    }
}

/// A value of that schema.
fn sample(schema: &Value, schemas: &Map<String, Value>, depth: usize) -> Option<Value> {
    if depth > DEEPEST {
        return None;
    }
    let given = schema.get("example").or_else(|| schema.get("examples")?.get(0));
    if let Some(value) = given.or_else(|| schema.get("default")).or_else(|| schema.get("const")) {
        return Some(value.clone());
    }
    if let Some(name) =
        schema.get("$ref").and_then(Value::as_str).and_then(|target| target.rsplit('/').next())
    {
        return sample(schemas.get(name)?, schemas, depth + 1);
    }
    if let Some(first) = schema.get("enum").and_then(|values| values.get(0)) {
        return Some(first.clone());
    }
    if let Some(Value::Array(alternatives)) = schema.get("oneOf").or_else(|| schema.get("anyOf")) {
        let possible = alternatives.iter().filter(|one| one.get("type") != Some(&json!("null")));
        return possible.filter_map(|one| sample(one, schemas, depth + 1)).next();
    }
    if let Some(Value::Array(parts)) = schema.get("allOf") {
        let mut whole = Map::new();
        for part in parts.iter().filter_map(|part| sample(part, schemas, depth + 1)) {
            whole.extend(part.as_object().cloned().unwrap_or_default());
        }
        return Some(Value::Object(whole));
    }
    match kind(schema)? {
        "object" => object(schema, schemas, depth),
        "array" => {
            let item = schema.get("items").and_then(|items| sample(items, schemas, depth + 1));
            Some(Value::Array(item.into_iter().collect()))
        }
        "string" => Some(json!(text(schema))),
        "integer" => Some(schema.get("minimum").cloned().unwrap_or(json!(1))),
        "number" => Some(
            schema.get("minimum").filter(|least| least.as_f64() > Some(0.0)).cloned().unwrap_or(json!(1)),
        ),
        "boolean" => Some(json!(true)),
        _ => None,
    }
}

/// The type, if it is not null.
fn kind(schema: &Value) -> Option<&str> {
    match schema.get("type")? {
        Value::String(name) => Some(name),
        Value::Array(names) => names.iter().filter_map(Value::as_str).find(|name| *name != "null"),
        _ => None,
    }
}

/// All properties; one that would not end is left out, unless it is required: then there is no example.
fn object(schema: &Value, schemas: &Map<String, Value>, depth: usize) -> Option<Value> {
    let required = schema.get("required").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let mut whole = Map::new();
    for (name, property) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
        match sample(property, schemas, depth + 1) {
            Some(value) => {
                whole.insert(name.clone(), value);
            }
            None if required.iter().any(|known| known.as_str() == Some(name)) => return None,
            None => {}
        }
    }
    Some(Value::Object(whole))
}

/// Words of an allowed length.
fn text(schema: &Value) -> String {
    const WORDS: &str = "Пример";
    let limit =
        |name: &str| schema.get(name).and_then(Value::as_u64).and_then(|limit| usize::try_from(limit).ok());
    let least = limit("minLength").unwrap_or(0);
    let most = limit("maxLength").unwrap_or(usize::MAX);
    let length = WORDS.chars().count().max(least).min(most);
    WORDS.chars().cycle().take(length).collect()
}
