//! A JSON document as a value: strict, and everything that is wrong with it at once.

use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::{Value, json};
use validator::Validate;

use super::{shape, texts, validation};
use crate::error::{Code, Error, FieldProblem, Result};

/// JSON deeper than this has no meaning here.
const DEEPEST: usize = 64;
/// After so many values of the wrong shape reading is given up.
const MOST_WRONG: usize = 50;

/// Unreadable JSON is 400; readable JSON with wrong values is 422 with pointers.
pub(super) fn read<T: DeserializeOwned + Validate>(bytes: &[u8]) -> Result<T> {
    let text = readable(bytes)?;
    let document: Value = serde_json::from_str(text).unwrap_or_default();
    let mut problems = texts::of_document(&document);
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value: Option<T> = match serde_path_to_error::deserialize(&mut deserializer) {
        Ok(value) => Some(value),
        Err(error) => behind(shape::problem(error), document, &mut problems),
    };
    problems.extend(value.as_ref().map(validation::problems).unwrap_or_default());
    problems.sort_by(|one, other| one.pointer.cmp(&other.pointer));
    // A blank text is found in every body, and by the checks of some fields once more.
    problems.dedup_by(|one, other| (&one.pointer, &one.code) == (&other.pointer, &other.code));
    match value {
        Some(value) if problems.is_empty() => Ok(value),
        _ => Err(Error::invalid(problems)),
    }
}

/// The text, provided all of it is JSON: before that nothing of it is judged.
fn readable(bytes: &[u8]) -> Result<&str> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        Error::new(Code::Unreadable)
            .detail("Тело запроса не в кодировке UTF-8", "The body is not UTF-8")
            .cause(error)
    })?;
    if depth(bytes) > DEEPEST {
        return Err(Error::new(Code::Unreadable).detail(
            format!("Вложенность JSON больше {DEEPEST}"),
            format!("The JSON is nested deeper than {DEEPEST}"),
        ));
    }
    serde_json::from_str::<IgnoredAny>(text).map_err(|cause| {
        Error::new(Code::Unreadable).detail(
            format!("JSON не читается: строка {}, столбец {}", cause.line(), cause.column()),
            format!("The JSON cannot be read: line {}, column {}", cause.line(), cause.column()),
        )
    })?;
    Ok(text)
}

/// How deep lists and objects are nested.
fn depth(bytes: &[u8]) -> usize {
    let (mut deepest, mut open, mut in_string, mut rest) = (0_usize, 0_usize, false, bytes);
    while let Some((&byte, tail)) = rest.split_first() {
        rest = tail;
        match (in_string, byte) {
            (true, b'\\') => rest = tail.get(1..).unwrap_or_default(),
            (_, b'"') => in_string = !in_string,
            (false, b'[' | b'{') => {
                open += 1;
                deepest = deepest.max(open);
            }
            (false, b']' | b'}') => open = open.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

/// Serde stops at the first wrong value. Where something harmless can stand in for it, reading goes on behind it, so
/// that the caller learns of all the others too.
fn behind<T: DeserializeOwned>(
    first: FieldProblem,
    mut document: Value,
    problems: &mut Vec<FieldProblem>,
) -> Option<T> {
    let mut problem = first;
    for _ in 0..MOST_WRONG {
        let mended = mend(&mut document, &problem);
        problems.push(problem);
        if !mended {
            return None;
        }
        match serde_path_to_error::deserialize(&document) {
            Ok(value) => return Some(value),
            Err(error) => problem = shape::problem(error),
        }
    }
    None
}

fn mend(document: &mut Value, problem: &FieldProblem) -> bool {
    let stand_in = match problem.code.as_ref() {
        "invalid_date" | "date_out_of_range" => json!("2000-01-01"),
        "hours_step" | "range" => json!(1),
        "unknown_field" => return remove(document, &problem.pointer),
        _ => return false,
    };
    document.pointer_mut(&problem.pointer).map(|wrong| *wrong = stand_in).is_some()
}

fn remove(document: &mut Value, pointer: &str) -> bool {
    let Some((parent, key)) = pointer.rsplit_once('/') else { return false };
    let fields = document.pointer_mut(parent).and_then(Value::as_object_mut);
    fields.and_then(|fields| fields.remove(&key.replace("~1", "/").replace("~0", "~"))).is_some()
}
