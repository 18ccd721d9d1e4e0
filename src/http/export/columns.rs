//! The columns of a list, out of the schema of its items: what is documented is what is exported.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::{Map, Value};

use super::personal::{self, Kept};
use crate::error::{Language, Text};
use crate::http::table::Cell;

/// What properties are called whose description gives no term: one line each, name and words.
static HEADINGS: LazyLock<BTreeMap<&str, &str>> =
    LazyLock::new(|| include_str!("headings.csv").lines().filter_map(|line| line.split_once(';')).collect());

/// Deeper things are shown as JSON.
const DEEPEST: usize = 4;

/// One column.
#[derive(Debug, Clone)]
pub(super) struct Column {
    /// The properties that lead to the value.
    pub(super) path: Vec<String>,
    /// What is written above it.
    pub(super) heading: Text,
    /// What becomes of it when nobody may be known by it.
    pub(super) kept: Kept,
}

/// The columns of items of that schema: the id first, then the properties in the order of the document.
pub(super) fn of(document: &Value, item: &Value) -> Vec<Column> {
    let mut found = Vec::new();
    let start = Place { path: Vec::new(), names: Vec::new() };
    collect(document, item, &start, &mut found);
    let mut columns: Vec<Column> = found;
    // Two properties of one name in words are told apart by their names in the document.
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for column in &columns {
        *known.entry(column.heading.in_language(Language::Ru).to_owned()).or_default() += 1;
    }
    for column in &mut columns {
        let (words, name) = (column.heading.in_language(Language::Ru).to_owned(), column.path.join("."));
        if words != name && known.get(&words).is_some_and(|times| *times > 1) {
            column.heading = Text::owned(format!("{words} ({name})"), name);
        }
    }
    columns
}

/// Where the walk through a schema is.
struct Place {
    path: Vec<String>,
    /// Schemas that are being walked through: one that holds itself ends there.
    names: Vec<String>,
}

fn collect(document: &Value, schema: &Value, place: &Place, found: &mut Vec<Column>) {
    let mut properties = Map::new();
    let mut names = place.names.clone();
    properties_of(document, schema, &mut names, &mut properties);
    let id_first = |name: &&String| name.as_str() != "id";
    let mut ordered: Vec<&String> = properties.keys().collect();
    ordered.sort_by_key(id_first);
    for name in ordered {
        let Some(property) = properties.get(name).filter(|_| name != "allowed_actions") else { continue };
        let path = [place.path.as_slice(), std::slice::from_ref(name)].concat();
        if path.len() < DEEPEST && is_walked_through(document, property, &names) {
            collect(document, property, &Place { path, names: names.clone() }, found);
        } else {
            let heading = heading(document, property, &path);
            let kept = personal::kept(name, resolved(document, property), document);
            found.push(Column { path, heading, kept });
        }
    }
}

/// The properties of a schema and of those that it is composed of.
fn properties_of(document: &Value, schema: &Value, names: &mut Vec<String>, into: &mut Map<String, Value>) {
    if let Some(name) = schema.get("$ref").and_then(Value::as_str) {
        names.push(name.to_owned());
    }
    let schema = resolved(document, schema);
    for part in schema.get("allOf").and_then(Value::as_array).into_iter().flatten() {
        properties_of(document, part, names, into);
    }
    let own = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
    into.extend(own.map(|(name, property)| (name.clone(), property.clone())));
}

fn is_walked_through(document: &Value, schema: &Value, names: &[String]) -> bool {
    let recursive = schema
        .get("$ref")
        .and_then(Value::as_str)
        .is_some_and(|name| names.iter().any(|known| known == name));
    let schema = resolved(document, schema);
    let is_union = schema.get("oneOf").is_some() || schema.get("discriminator").is_some();
    !recursive && !is_union && (schema.get("properties").is_some() || schema.get("allOf").is_some())
}

/// The schema behind a reference, and behind "this or nothing".
pub(super) fn resolved<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    let alternatives = schema.get("oneOf").and_then(Value::as_array).into_iter().flatten();
    let mut real = alternatives.filter(|one| one.get("type").and_then(Value::as_str) != Some("null"));
    let schema = match (real.next(), real.next()) {
        (Some(only), None) => only,
        _ => schema,
    };
    let target = schema.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix('#'));
    target.and_then(|pointer| document.pointer(pointer)).unwrap_or(schema)
}

/// The term in the description, in parentheses; else what a property of that name is called in Russian; else the name in the
/// document.
fn heading(document: &Value, property: &Value, path: &[String]) -> Text {
    let name = path.join(".");
    let says = |schema: &Value| schema.get("description").and_then(Value::as_str).and_then(term);
    let term = says(property).or_else(|| says(resolved(document, property)));
    let known = || path.last().and_then(|last| HEADINGS.get(last.as_str())).map(|&words| words.to_owned());
    Text::owned(term.or_else(known).unwrap_or_else(|| name.clone()), name)
}

/// The first Russian words in parentheses.
fn term(description: &str) -> Option<String> {
    let mut inside = description.split('(').skip(1).filter_map(|rest| rest.split(')').next());
    let is_russian =
        |words: &&str| words.chars().next().is_some_and(|c| ('А'..='ё').contains(&c) || c == 'Ё');
    let mut words = inside.find(is_russian)?.trim().chars();
    let first = words.next()?;
    Some(first.to_uppercase().chain(words).collect())
}

/// The value of a column in an item.
pub(super) fn value<'a>(item: &'a Value, path: &[String]) -> Option<&'a Value> {
    path.iter().try_fold(item, |value, name| value.get(name)).filter(|value| !value.is_null())
}

/// As a cell has it.
pub(super) fn cell(value: Option<&Value>, language: Language) -> Cell {
    match value {
        Some(Value::Number(number)) => {
            number.as_f64().map_or_else(|| Cell::Text(number.to_string()), Cell::Number)
        }
        other => Cell::Text(other.map(|value| words(value, language)).unwrap_or_default()),
    }
}

fn words(value: &Value, language: Language) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Bool(flag) => {
            let word = if *flag { Text::new("да", "yes") } else { Text::new("нет", "no") };
            word.in_language(language).to_owned()
        }
        Value::Array(items) if items.iter().all(|item| !item.is_array() && !item.is_object()) => {
            items.iter().map(|item| words(item, language)).collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::http::docs;

    fn document() -> Value {
        json!({"components": {"schemas": {
            "Person": {"properties": {
                "allowed_actions": {"type": "array"},
                "boss": {"$ref": "#/components/schemas/Person"},
                "data": {"$ref": "#/components/schemas/Data"},
                "hours": {"type": "number", "description": "Academic hours (часы)."},
                "id": {"type": "string", "format": "uuid"},
            }},
            "Data": {"properties": {
                "spent": {"type": "number", "description": "Spent (for now; часы, потраченные зря)."},
                "plan": {"type": "number", "description": "Planned hours (часы)."},
            }},
        }}})
    }

    #[test]
    fn columns_are_the_properties_with_the_id_first() {
        let columns = of(&document(), &json!({"$ref": "#/components/schemas/Person"}));
        let names: Vec<String> = columns.iter().map(|column| column.path.join(".")).collect();
        assert_eq!(names, ["id", "boss", "data.plan", "data.spent", "hours"]);
        let headings: Vec<&str> =
            columns.iter().map(|column| column.heading.in_language(Language::Ru)).collect();
        assert_eq!(headings, ["Идентификатор", "boss", "Часы (data.plan)", "data.spent", "Часы (hours)"]);
    }

    #[test]
    fn every_column_of_every_list_has_a_name_in_russian() {
        let document = crate::app::document().unwrap();
        for operation in docs::operations(&document) {
            let Some(item) = docs::listed(&document, &operation) else { continue };
            for column in of(&document, item) {
                let heading = column.heading.in_language(Language::Ru);
                assert!(heading.starts_with(|c| ('А'..='я').contains(&c)), "{}: {heading}", operation.id);
            }
        }
        let names: Vec<&str> = include_str!("headings.csv").lines().collect();
        assert!(names.is_sorted() && names.len() == HEADINGS.len());
    }

    #[test]
    fn values_are_words_numbers_and_lists() {
        let item = json!({"a": {"b": [1, "x", true]}, "n": 1.5, "o": {"k": 1}, "nothing": null});
        let at = |path: &[&str]| {
            let path: Vec<String> = path.iter().map(|&name| name.to_owned()).collect();
            cell(value(&item, &path), Language::Ru)
        };
        assert_eq!(at(&["a", "b"]), Cell::Text("1, x, да".to_owned()));
        assert_eq!(at(&["n"]), Cell::Number(1.5));
        assert_eq!(at(&["o"]), Cell::Text("{\"k\":1}".to_owned()));
        assert_eq!(at(&["nothing"]), Cell::Text(String::new()));
        assert_eq!(at(&["missing", "more"]), Cell::Text(String::new()));
    }
}
