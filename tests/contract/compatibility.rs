//! What was released stays: compared with `openapi/v1.released.json`, once there is a release.

use std::collections::BTreeSet;
use std::path::Path;

use rost::http::docs::operations;
use serde_json::Value;

use super::document::{document, parameters};

fn released() -> Option<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi/v1.released.json");
    Some(serde_json::from_str(&std::fs::read_to_string(path).ok()?).unwrap())
}

fn names(value: &Value) -> BTreeSet<&str> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

/// Operations, answered statuses and fields may be added, never taken away; nothing new may be demanded.
#[test]
fn the_released_document_is_still_kept() {
    let Some(released) = released() else { return };
    let now = document();
    let mut broken = Vec::new();
    let current = operations(&now);
    for old in operations(&released) {
        let found =
            current.iter().find(|new| new.id == old.id && new.path == old.path && new.method == old.method);
        let Some(new) = found else {
            broken.push(format!("{} {} ({}) is gone", old.method, old.path, old.id));
            continue;
        };
        let known: Vec<&Value> = parameters(&released, &old);
        for parameter in parameters(&now, new) {
            let is_known =
                known.iter().any(|old| old["name"] == parameter["name"] && old["in"] == parameter["in"]);
            if parameter["required"] == true && !is_known {
                broken.push(format!("{}: {} is demanded", old.id, parameter["name"]));
            }
        }
        for parameter in known {
            if !parameters(&now, new).iter().any(|new| new["name"] == parameter["name"]) {
                broken.push(format!("{}: {} is gone", old.id, parameter["name"]));
            }
        }
    }
    for (name, old) in released["components"]["schemas"].as_object().into_iter().flatten() {
        let new = &now["components"]["schemas"][name];
        for (field, schema) in old["properties"].as_object().into_iter().flatten() {
            if new["properties"][field].is_null() {
                broken.push(format!("{name}.{field} is gone"));
            } else if new["properties"][field]["type"] != schema["type"] {
                broken.push(format!("{name}.{field} has another type"));
            }
        }
        let is_request = old["additionalProperties"] == false;
        let (before, after) = (names(&old["required"]), names(&new["required"]));
        if is_request {
            broken.extend(after.difference(&before).map(|field| format!("{name}.{field} is demanded")));
        }
        broken.extend(
            names(&old["enum"])
                .difference(&names(&new["enum"]))
                .map(|value| format!("{name}: {value} is gone")),
        );
    }
    assert!(broken.is_empty(), "released clients break:\n{}", broken.join("\n"));
}
