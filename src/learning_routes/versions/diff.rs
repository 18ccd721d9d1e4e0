//! What differs between two contents of a route. Two documents in, changes out.
//!
//! The documents are compared as they travel, so a field that is added to the API is compared from its first day. Items
//! of lists are matched by their ids: one that only moved has not changed otherwise.

use serde_json::Value;

use super::dto::{RouteContentChange, RouteContentChangeKind};

/// Every difference, in the order of the later document.
pub(super) fn diff(before: &Value, after: &Value) -> Vec<RouteContentChange> {
    let mut changes = Vec::new();
    compare("", None, before, after, &mut changes);
    changes
}

fn compare(
    pointer: &str,
    item: Option<&str>,
    before: &Value,
    after: &Value,
    changes: &mut Vec<RouteContentChange>,
) {
    match (before, after) {
        (Value::Object(old), Value::Object(new)) => {
            for (field, value) in new {
                let earlier = old.get(field).unwrap_or(&Value::Null);
                compare(&format!("{pointer}/{field}"), item, earlier, value, changes);
            }
            for (field, value) in old.iter().filter(|(field, _)| !new.contains_key(*field)) {
                compare(&format!("{pointer}/{field}"), item, value, &Value::Null, changes);
            }
        }
        (Value::Array(old), Value::Array(new)) if is_list_of_items(old) && is_list_of_items(new) => {
            lists(pointer, old, new, changes);
        }
        _ if before == after => {}
        _ => changes.push(RouteContentChange {
            kind: RouteContentChangeKind::Changed,
            pointer: pointer.to_owned(),
            item_id: item.and_then(|id| id.parse().ok()),
            before: text(before),
            after: text(after),
        }),
    }
}

fn lists(pointer: &str, old: &[Value], new: &[Value], changes: &mut Vec<RouteContentChange>) {
    let stays = |list: &[Value], item: &Value| list.iter().any(|other| other["id"] == item["id"]);
    let kept: Vec<&Value> = old.iter().filter(|item| stays(new, item)).collect();
    let mut place = 0;
    for (index, item) in new.iter().enumerate() {
        let pointer = format!("{pointer}/{index}");
        let id = item["id"].as_str();
        let Some(earlier) = old.iter().find(|other| other["id"] == item["id"]) else {
            changes.push(whole(RouteContentChangeKind::Added, pointer, id, None, Some(item)));
            continue;
        };
        if kept.get(place).is_some_and(|expected| expected["id"] != item["id"]) {
            changes.push(whole(RouteContentChangeKind::Moved, pointer.clone(), id, None, None));
        }
        place += 1;
        compare(&pointer, id, earlier, item, changes);
    }
    for (index, item) in old.iter().enumerate().filter(|(_, item)| !stays(new, item)) {
        let pointer = format!("{pointer}/{index}");
        changes.push(whole(RouteContentChangeKind::Removed, pointer, item["id"].as_str(), Some(item), None));
    }
}

fn is_list_of_items(list: &[Value]) -> bool {
    list.iter().all(|item| item.get("id").is_some_and(Value::is_string))
}

fn whole(
    kind: RouteContentChangeKind,
    pointer: String,
    id: Option<&str>,
    before: Option<&Value>,
    after: Option<&Value>,
) -> RouteContentChange {
    RouteContentChange {
        kind,
        pointer,
        item_id: id.and_then(|id| id.parse().ok()),
        before: before.and_then(text),
        after: after.and_then(text),
    }
}

/// A value in words: a text as it is, anything else as JSON.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn kinds(before: &Value, after: &Value) -> Vec<(RouteContentChangeKind, String)> {
        diff(before, after).into_iter().map(|change| (change.kind, change.pointer)).collect()
    }

    fn item(id: u32, title: &str) -> Value {
        json!({"id": format!("00000000-0000-4000-8000-{id:012}"), "data": {"title": title}})
    }

    #[test]
    fn fields_and_items_are_compared_each_at_its_place() {
        use RouteContentChangeKind::{Added, Changed, Moved, Removed};
        let before = json!({"title": "А", "note": {"goal": "Б"}, "activities": [item(1, "а"), item(2, "б"), item(3, "в")]});
        let after = json!({"title": "А", "note": {"pace": "В"}, "activities": [item(3, "в"), item(1, "г"), item(4, "д")]});
        assert_eq!(
            kinds(&before, &after),
            [
                (Moved, "/activities/0".to_owned()),
                (Moved, "/activities/1".to_owned()),
                (Changed, "/activities/1/data/title".to_owned()),
                (Added, "/activities/2".to_owned()),
                (Removed, "/activities/1".to_owned()),
                (Changed, "/note/pace".to_owned()),
                (Changed, "/note/goal".to_owned()),
            ]
        );
    }

    fn items() -> impl Strategy<Value = Value> {
        prop::collection::btree_map(0_u32..6, "[а-г]{1,2}", 0..6).prop_shuffle_items()
    }

    trait Shuffled {
        fn prop_shuffle_items(self) -> BoxedStrategy<Value>;
    }

    impl<S: Strategy<Value = std::collections::BTreeMap<u32, String>> + 'static> Shuffled for S {
        fn prop_shuffle_items(self) -> BoxedStrategy<Value> {
            self.prop_map(|all| all.into_iter().collect::<Vec<_>>())
                .prop_shuffle()
                .prop_map(|all| {
                    let items: Vec<Value> = all.iter().map(|(id, title)| item(*id, title)).collect();
                    json!({"activities": items})
                })
                .boxed()
        }
    }

    proptest! {
        /// Nothing differs from itself; what is added one way is removed the other way; two that differ are told apart.
        #[test]
        fn a_difference_is_the_same_from_both_sides(before in items(), after in items()) {
            prop_assert!(diff(&before, &before).is_empty());
            let (there, back) = (diff(&before, &after), diff(&after, &before));
            let count = |changes: &[RouteContentChange], kind| {
                changes.iter().filter(|change| change.kind == kind).count()
            };
            use RouteContentChangeKind::{Added, Changed, Removed};
            prop_assert_eq!(count(&there, Added), count(&back, Removed));
            prop_assert_eq!(count(&there, Removed), count(&back, Added));
            prop_assert_eq!(count(&there, Changed), count(&back, Changed));
            prop_assert_eq!(there.is_empty(), before == after);
        }
    }
}
