//! The `validator` crate's findings as field problems. Rejected values are never repeated.

use validator::{Validate, ValidationError, ValidationErrors, ValidationErrorsKind};

use crate::error::{FieldProblem, Text};

/// Every broken bound of a value.
pub(super) fn problems<T: Validate>(value: &T) -> Vec<FieldProblem> {
    let mut problems = Vec::new();
    if let Err(errors) = value.validate() {
        collect(&errors, "", &mut problems);
    }
    problems
}

fn collect(errors: &ValidationErrors, prefix: &str, problems: &mut Vec<FieldProblem>) {
    for (field, kind) in errors.errors() {
        let pointer = format!("{prefix}/{}", field.trim_start_matches("r#"));
        match kind {
            ValidationErrorsKind::Field(found) => {
                problems.extend(found.iter().map(|error| problem(pointer.clone(), error)));
            }
            ValidationErrorsKind::Struct(inner) => collect(inner, &pointer, problems),
            ValidationErrorsKind::List(items) => {
                for (index, inner) in items {
                    collect(inner, &format!("{pointer}/{index}"), problems);
                }
            }
        }
    }
}

fn problem(pointer: String, error: &ValidationError) -> FieldProblem {
    let bound = |name: &str| error.params.get(name).filter(|value| !value.is_null()).map(ToString::to_string);
    let (min, max) = (bound("min"), bound("max"));
    let limits = |between: &str, from: &str, to: &str| match (&min, &max) {
        (Some(min), Some(max)) => format!("{between} {min}–{max}"),
        (Some(min), None) => format!("{from} {min}"),
        (None, Some(max)) => format!("{to} {max}"),
        (None, None) => String::new(),
    };
    let message = match error.code.as_ref() {
        "length" => Text::owned(
            limits("Допустимая длина:", "Длина не меньше", "Длина не больше"),
            limits("Allowed length:", "At least this long:", "At most this long:"),
        ),
        "range" => Text::owned(
            limits("Допустимые значения:", "Не меньше", "Не больше"),
            limits("Allowed values:", "At least", "At most"),
        ),
        "email" => Text::new("Это не адрес электронной почты", "This is not an e-mail address"),
        code => match &error.message {
            Some(message) => {
                // Checks of our own bring the English sentence along as a parameter.
                let english = error.params.get("en").and_then(|value| value.as_str()).map(str::to_owned);
                Text::owned(message.clone().into_owned(), english.unwrap_or_else(|| code.replace('_', " ")))
            }
            None => Text::owned("Значение недопустимо", code.replace('_', " ")),
        },
    };
    FieldProblem::new(pointer, error.code.clone().into_owned(), message)
}
