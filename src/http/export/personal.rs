//! Exports by which nobody is to be known: what is left out, and the numbers that stand for people.
//!
//! Whatever is not known to be harmless goes: free text most of all. Ids that lead to people, or to their papers, become
//! numbers of this one export: the same within it, another one in the next.

use hmac::{Hmac, Mac};
use serde_json::{Map, Value, json};
use sha2::Sha256;
use uuid::Uuid;

use super::columns::{self, Column, resolved};
use crate::error::{Error, Result};

/// What becomes of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kept {
    /// It tells nothing of anybody.
    AsItIs,
    /// A number of this export stands for it.
    Renamed,
    /// It is left out.
    Not,
}

/// Words that are said of many: of programs, posts and subjects.
const WORDS: [&str; 9] =
    ["title", "code", "position", "positions", "subject", "subjects", "paragraph", "preset", "time_zone"];

/// Things that are no people, by the names of the references to them.
const THINGS: [&str; 20] = [
    "campaign_id",
    "competency_id",
    "framework_id",
    "instrument_id",
    "issuer_id",
    "module_id",
    "municipality_id",
    "need_campaign_id",
    "offering_id",
    "organization_id",
    "owner_id",
    "parent_id",
    "program_id",
    "provider_id",
    "region_id",
    "regulation_id",
    "school_id",
    "target_module_id",
    "target_program_id",
    "venue_id",
];

/// What becomes of a property of that name and schema.
pub(super) fn kept(name: &str, schema: &Value, document: &Value) -> Kept {
    let is = |key: &str, what: &str| schema.get(key).and_then(Value::as_str) == Some(what);
    if name.contains("birth") {
        return Kept::Not;
    }
    if is("format", "uuid") {
        return if THINGS.contains(&name) { Kept::AsItIs } else { Kept::Renamed };
    }
    let has_type = |what: &str| match schema.get("type") {
        Some(Value::Array(types)) => types.iter().any(|one| one.as_str() == Some(what)),
        one => one.and_then(Value::as_str) == Some(what),
    };
    if has_type("array") {
        let items = schema.get("items").map(|items| resolved(document, items));
        return match items.map(|items| kept(name, items, document)) {
            Some(Kept::AsItIs) => Kept::AsItIs,
            _ => Kept::Not,
        };
    }
    let plain = has_type("boolean") || has_type("number") || has_type("integer");
    let moment = is("format", "date") || is("format", "date-time");
    if plain || moment || is_closed(schema) || (has_type("string") && WORDS.contains(&name)) {
        Kept::AsItIs
    } else {
        Kept::Not
    }
}

/// One of a few values that the document lists.
fn is_closed(schema: &Value) -> bool {
    let constant = |one: &Value| one.get("enum").is_some() || one.get("const").is_some();
    let alternatives = schema.get("oneOf").and_then(Value::as_array);
    constant(schema) || alternatives.is_some_and(|all| !all.is_empty() && all.iter().all(constant))
}

/// The numbers of one export.
pub(super) struct Names([u8; 32]);

impl Names {
    /// Of a new export: nobody can tell them from its numbers, nor from those of another one.
    pub(super) fn new() -> Self {
        let mut key = [0_u8; 32];
        rand::fill(&mut key);
        Self(key)
    }

    fn of(&self, id: &str) -> Result<String> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).map_err(Error::internal)?;
        mac.update(id.as_bytes());
        let digest: [u8; 32] = mac.finalize().into_bytes().into();
        let number = digest.first_chunk::<16>().copied().unwrap_or_default();
        Ok(Uuid::from_bytes(number).to_string())
    }

    /// What is left of an item.
    pub(super) fn hide(&self, item: &Value, columns: &[Column]) -> Result<Value> {
        let mut left = json!({});
        for column in columns {
            let Some(value) = columns::value(item, &column.path) else { continue };
            let value = match (column.kept, value) {
                (Kept::AsItIs, value) => value.clone(),
                (Kept::Renamed, Value::String(id)) => Value::String(self.of(id)?),
                (Kept::Renamed | Kept::Not, _) => continue,
            };
            put(&mut left, &column.path, value);
        }
        Ok(left)
    }
}

fn put(into: &mut Value, path: &[String], value: Value) {
    let (Some((name, rest)), Some(object)) = (path.split_first(), into.as_object_mut()) else { return };
    if rest.is_empty() {
        object.insert(name.clone(), value);
    } else {
        put(object.entry(name.clone()).or_insert_with(|| Value::Object(Map::new())), rest, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_to_be_harmless_is_left_out() {
        let of = |name: &str, schema: Value| kept(name, &schema, &json!({}));
        let text = || json!({"type": "string", "maxLength": 100});
        for name in ["last_name", "snils", "email", "number", "note", "login", "anything"] {
            assert_eq!(of(name, text()), Kept::Not, "{name}");
        }
        assert_eq!(of("birth_date", json!({"type": "string", "format": "date"})), Kept::Not);
        assert_eq!(of("completed_on", json!({"type": "string", "format": "date"})), Kept::AsItIs);
        assert_eq!(of("title", text()), Kept::AsItIs);
        assert_eq!(of("state", json!({"type": "string", "enum": ["a"]})), Kept::AsItIs);
        assert_eq!(of("hours", json!({"type": "number"})), Kept::AsItIs);
        assert_eq!(of("subjects", json!({"type": "array", "items": text()})), Kept::AsItIs);
        assert_eq!(of("names", json!({"type": "array", "items": text()})), Kept::Not);
        let id = || json!({"type": "string", "format": "uuid"});
        assert_eq!(of("person_id", id()), Kept::Renamed);
        assert_eq!(of("organization_id", id()), Kept::AsItIs);
        assert_eq!(of("person_ids", json!({"type": "array", "items": id()})), Kept::Not);
    }

    #[test]
    fn a_number_is_the_same_within_an_export_only() {
        let (one, other) = (Names::new(), Names::new());
        assert_eq!(one.of("a").unwrap(), one.of("a").unwrap());
        assert_ne!(one.of("a").unwrap(), one.of("b").unwrap());
        assert_ne!(one.of("a").unwrap(), other.of("a").unwrap());
    }
}
