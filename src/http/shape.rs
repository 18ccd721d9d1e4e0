//! What serde says of a value of the wrong shape, as a field problem. Rejected values are not repeated, they may be
//! personal data.

use std::fmt::Display;

use crate::error::{FieldProblem, Text};
use crate::values::{DayError, HoursError};

/// The problem behind an error with its path.
pub(super) fn problem<E: Display>(error: serde_path_to_error::Error<E>) -> FieldProblem {
    let pointer = pointer(error.path());
    shape_problem(pointer, &error.into_inner().to_string())
}

fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    path.iter().fold(String::new(), |mut pointer, segment| {
        pointer.push('/');
        match segment {
            Segment::Seq { index } => pointer.push_str(&index.to_string()),
            Segment::Map { key } => pointer.push_str(&escaped(key)),
            Segment::Enum { variant } => pointer.push_str(variant),
            Segment::Unknown => pointer.push('?'),
        }
        pointer
    })
}

/// A key as a part of a JSON pointer (RFC 6901).
pub(super) fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// The words of serde, sorted into our codes.
fn shape_problem(pointer: String, words: &str) -> FieldProblem {
    let name = words.split('`').nth(1).unwrap_or_default();
    if let Some((code, text)) = of_value(words) {
        FieldProblem::new(pointer, code, text)
    } else if words.starts_with("unknown field") {
        // The path of an unknown field already ends in its name.
        FieldProblem::new(pointer, "unknown_field", Text::new("Такого поля нет", "There is no such field"))
    } else if words.starts_with("missing field") {
        FieldProblem::new(
            format!("{pointer}/{name}"),
            "required",
            Text::new("Обязательное поле", "The field is required"),
        )
    } else if words.starts_with("duplicate field") {
        FieldProblem::new(
            format!("{pointer}/{name}"),
            "duplicate_field",
            Text::new("Поле указано дважды", "The field is given twice"),
        )
    } else if words.starts_with("unknown variant") {
        let expected = variants(words).join(", ");
        FieldProblem::new(
            pointer,
            "unknown_value",
            Text::owned(
                format!("Недопустимое значение; допустимы: {expected}"),
                format!("The value is not allowed; these are: {expected}"),
            ),
        )
    } else {
        FieldProblem::new(
            pointer,
            "wrong_type",
            Text::new("Значение не того типа или формата", "The value has the wrong type or format"),
        )
    }
}

/// The names serde lists behind "expected": ``one of `a`, `b` ``.
fn variants(words: &str) -> Vec<&str> {
    let list = words.rsplit_once("expected ").map_or("", |(_, list)| list);
    list.split('`').skip(1).step_by(2).collect()
}

/// The faults of our own values are known by their words: serde carries nothing else through.
fn of_value(words: &str) -> Option<(&'static str, Text)> {
    let said = |fault: &dyn Display| words.starts_with(&fault.to_string());
    let day = DayError::ALL.into_iter().find(|fault| said(fault)).map(|fault| (fault.code(), fault.words()));
    let hours = || HoursError::ALL.into_iter().find(|fault| said(fault));
    day.or_else(|| hours().map(|fault| (fault.code(), fault.words())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Language;

    #[test]
    fn the_values_that_are_allowed_are_listed_in_both_languages() {
        let words = "unknown variant `castle`, expected one of `school`, `provider` at line 1 column 9";
        let problem = shape_problem("/kind".to_owned(), words);
        assert_eq!(
            problem.message.in_language(Language::Ru),
            "Недопустимое значение; допустимы: school, provider"
        );
        assert_eq!(
            problem.message.in_language(Language::En),
            "The value is not allowed; these are: school, provider"
        );
    }
}
