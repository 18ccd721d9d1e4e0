//! The `validator` crate's findings as field problems. Rejected values are never repeated.

use std::borrow::Cow;

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
        let pointer = format!("{prefix}/{}", written(prefix, field.trim_start_matches("r#")));
        match kind {
            ValidationErrorsKind::Field(found) => {
                problems.extend(found.iter().flat_map(|error| {
                    let places = places(error).into_iter();
                    places.map(|place| problem(format!("{pointer}{place}"), error)).collect::<Vec<_>>()
                }));
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

/// The field as a body names it. Bodies name fields as we do, but for a CASE package, which brings the names of its own
/// binding (1EdTech CASE 1.1).
fn written<'a>(prefix: &str, field: &'a str) -> Cow<'a, str> {
    if !prefix.starts_with("/package") {
        return Cow::Borrowed(field);
    }
    Cow::Borrowed(match field {
        "document" => "CFDocument",
        "items" => "CFItems",
        "associations" => "CFAssociations",
        "item_type" => "CFItemType",
        "origin" => "originNodeURI",
        "destination" => "destinationNodeURI",
        _ => return Cow::Owned(camel(field)),
    })
}

fn camel(field: &str) -> String {
    let mut parts = field.split('_');
    let mut name = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let mut letters = part.chars();
        name.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        name.push_str(letters.as_str());
    }
    name
}

/// Where in the field the error lies: in the items of a list that a check of ours has counted out, else in all of it.
fn places(error: &ValidationError) -> Vec<String> {
    match error.params.get("items").and_then(|items| items.as_array()) {
        Some(items) => items.iter().map(|item| format!("/{item}")).collect(),
        None => vec![String::new()],
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
    let bounded = min.is_some() || max.is_some();
    let is_list =
        !error.params.contains_key("items") && error.params.get("value").is_some_and(|it| it.is_array());
    let message = match error.code.as_ref() {
        "length" if bounded && is_list => Text::owned(
            limits("Допустимое число элементов:", "Элементов не меньше", "Элементов не больше"),
            limits("Allowed number of items:", "Items at least:", "Items at most:"),
        ),
        "length" if bounded => Text::owned(
            limits("Допустимая длина:", "Длина не меньше", "Длина не больше"),
            limits("Allowed length:", "At least this long:", "At most this long:"),
        ),
        "range" if bounded => Text::owned(
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
