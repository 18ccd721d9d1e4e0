//! The bounds of texts, numbers and lists, taken from the very schema that OpenAPI publishes, so that what is
//! documented and what is enforced cannot drift apart.

use std::collections::HashMap;

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::problem::{Problems, ProfileProblemCode as Code};

pub(super) fn check<T: Serialize + ToSchema>(document: &T, problems: &mut Problems) {
    let schemas = Schemas::of::<T>();
    // A document made of structs with text keys always has a JSON form.
    if let Ok(value) = serde_json::to_value(document) {
        schemas.check(&schemas.root, &value, problems);
    }
}

struct Schemas {
    root: Value,
    named: HashMap<String, Value>,
}

impl Schemas {
    fn of<T: ToSchema>() -> Self {
        let mut named = Vec::new();
        T::schemas(&mut named);
        let to_json = |schema| serde_json::to_value(schema).unwrap_or_default();
        Self {
            root: to_json(T::schema()),
            named: named.into_iter().map(|(name, schema)| (name, to_json(schema))).collect(),
        }
    }

    fn check(&self, schema: &Value, value: &Value, problems: &mut Problems) {
        let reference = schema.get("$ref").and_then(Value::as_str);
        if let Some(named) = reference.and_then(|path| self.named.get(path.rsplit('/').next()?)) {
            self.check(named, value, problems);
        }
        // An optional part is written as "one of null and the part"; null has no bounds.
        for choice in ["oneOf", "allOf"] {
            for inner in schema.get(choice).and_then(Value::as_array).into_iter().flatten() {
                if !value.is_null() {
                    self.check(inner, value, problems);
                }
            }
        }
        match value {
            Value::Object(fields) => {
                for (name, value) in fields {
                    if let Some(inner) = schema.pointer(&format!("/properties/{name}")) {
                        problems.within(&format!("/{name}"), |problems| self.check(inner, value, problems));
                    }
                }
            }
            Value::Array(items) => {
                check_list(schema, items, problems);
                for (index, item) in items.iter().enumerate() {
                    if let Some(inner) = schema.get("items") {
                        problems.within(&format!("/{index}"), |problems| self.check(inner, item, problems));
                    }
                }
            }
            Value::String(text) => check_text(schema, text, problems),
            Value::Number(number) => {
                if !within(schema, "minimum", "maximum", number.as_f64()) {
                    problems.add("", Code::NumberOutOfBounds);
                }
            }
            Value::Null | Value::Bool(_) => {}
        }
    }
}

fn check_list(schema: &Value, items: &[Value], problems: &mut Problems) {
    if schema.get("items").is_some() && !within(schema, "minItems", "maxItems", count(items.len())) {
        problems.add("", Code::ListLength);
    }
    // Plain names in a list form a set. Rules in a list have their own idea of being the same.
    if items.iter().all(Value::is_string) {
        for (index, item) in items.iter().enumerate() {
            if items.iter().take(index).any(|earlier| earlier == item) {
                problems.add(&format!("/{index}"), Code::Duplicate);
            }
        }
    }
}

fn check_text(schema: &Value, text: &str, problems: &mut Problems) {
    // Blank is not a text, whatever its length.
    let length = if text.trim().is_empty() { 0 } else { text.chars().count() };
    if !within(schema, "minLength", "maxLength", count(length)) {
        problems.add("", Code::TextLength);
    }
    let separator = schema.get("pattern").and_then(Value::as_str).and_then(separator);
    if separator.is_some_and(|separator| !is_code(text, separator)) {
        problems.add("", Code::CodeFormat);
    }
}

/// The patterns in use are codes; they differ by their separator alone.
fn separator(pattern: &str) -> Option<char> {
    match pattern {
        "^[a-z][a-z0-9_]*$" => Some('_'),
        "^[a-z][a-z0-9-]*$" => Some('-'),
        _ => None,
    }
}

fn is_code(text: &str, separator: char) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == separator;
    text.starts_with(|c: char| c.is_ascii_lowercase()) && text.chars().all(plain)
}

fn count(length: usize) -> Option<f64> {
    u32::try_from(length).ok().map(f64::from)
}

fn within(schema: &Value, least: &str, most: &str, value: Option<f64>) -> bool {
    let bound = |name| schema.get(name).and_then(Value::as_f64);
    value.is_some_and(|value| {
        bound(least).is_none_or(|least| value >= least) && bound(most).is_none_or(|most| value <= most)
    })
}

#[cfg(test)]
mod tests {
    use super::super::super::RegulationDocument;
    use super::*;

    /// Walks a schema and calls `visit` with each inner schema.
    fn walk(schema: &Value, visit: &mut impl FnMut(&Value)) {
        visit(schema);
        match schema {
            Value::Object(fields) => fields.values().for_each(|inner| walk(inner, visit)),
            Value::Array(items) => items.iter().for_each(|inner| walk(inner, visit)),
            _ => {}
        }
    }

    fn is_of(schema: &Value, kind: &str) -> bool {
        let of = &schema["type"];
        of == kind || of.as_array().is_some_and(|kinds| kinds.iter().any(|inner| inner == kind))
    }

    #[test]
    fn every_value_of_a_vocabulary_is_explained() {
        let schemas = Schemas::of::<RegulationDocument>();
        let description = schemas.named["VacantSeatAction"]["description"].as_str().unwrap();
        assert!(description.contains("- `skip`: The step is passed over, visibly."), "{description}");
        assert!(description.starts_with("What happens when nobody but the learner"), "{description}");
    }

    #[test]
    fn every_text_number_and_list_of_a_regulation_has_bounds_that_are_enforced() {
        let schemas = Schemas::of::<RegulationDocument>();
        assert!(schemas.named.len() > 100, "schemas of all sections are there");
        for (name, schema) in &schemas.named {
            walk(schema, &mut |inner| {
                if let Some(path) = inner["$ref"].as_str() {
                    let target = path.rsplit('/').next().unwrap();
                    assert!(schemas.named.contains_key(target), "{name}: nobody describes {target}");
                }
                if let Some(pattern) = inner["pattern"].as_str() {
                    assert!(separator(pattern).is_some(), "{name}: nobody enforces {pattern}");
                }
                let closed = inner["enum"].is_array() || inner["format"].is_string();
                let bounded = |kind, bound: &str| !is_of(inner, kind) || !inner[bound].is_null();
                assert!(closed || bounded("string", "maxLength"), "{name}: a text without bounds: {inner}");
                assert!(bounded("array", "maxItems"), "{name}: a list without bounds: {inner}");
                assert!(bounded("integer", "maximum"), "{name}: a number without bounds: {inner}");
                assert!(bounded("number", "maximum"), "{name}: a number without bounds: {inner}");
            });
        }
    }
}
