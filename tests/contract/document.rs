//! Helpers: the document as the tests walk through it.

use rost::http::docs::{Described, operations};
use serde_json::Value;

/// The document as the code makes it.
pub fn document() -> Value {
    rost::app::document().unwrap()
}

/// Every operation, handed to a check that names what is wrong with it.
#[track_caller]
pub fn every_operation(check: impl Fn(&Value, &Described<'_>, &mut Vec<String>)) {
    let document = document();
    let found = operations(&document);
    assert!(!found.is_empty(), "a document without operations proves nothing");
    let mut problems = Vec::new();
    for operation in &found {
        let mut of_this = Vec::new();
        check(&document, operation, &mut of_this);
        problems.extend(of_this.into_iter().map(|words| format!("{}: {words}", operation.id)));
    }
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}

/// What a local reference points to, or the value itself.
pub fn resolve<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    match value["$ref"].as_str() {
        Some(target) => document
            .pointer(target.strip_prefix('#').unwrap_or_else(|| panic!("{target} is not local")))
            .unwrap_or_else(|| panic!("{target} leads nowhere")),
        None => value,
    }
}

/// Every object in the value with its JSON pointer.
pub fn each<'a>(value: &'a Value, pointer: &str, visit: &mut impl FnMut(&str, &'a Value)) {
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                each(item, &format!("{pointer}/{index}"), visit);
            }
        }
        Value::Object(object) => {
            visit(pointer, value);
            for (key, inner) in object {
                each(inner, &format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1")), visit);
            }
        }
        _ => {}
    }
}

/// The parameters of an operation, references resolved.
pub fn parameters<'a>(document: &'a Value, operation: &Described<'a>) -> Vec<&'a Value> {
    let list = operation.value["parameters"].as_array();
    list.into_iter().flatten().map(|parameter| resolve(document, parameter)).collect()
}

/// Whether a schema admits that type.
pub fn admits(schema: &Value, name: &str) -> bool {
    match &schema["type"] {
        Value::String(only) => only == name,
        Value::Array(names) => names.iter().any(|known| known == name),
        _ => false,
    }
}
