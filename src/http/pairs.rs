//! Named values, of a query or a form: everything that is wrong with them at once.

use std::borrow::Cow;

use serde::de::DeserializeOwned;
use validator::Validate;

use super::{shape, texts, validation};
use crate::error::{Error, FieldProblem, Result};

/// Wrong values are 422 with the names of their parameters.
pub(super) fn read<T: DeserializeOwned + Validate>(encoded: &[u8]) -> Result<T> {
    let mut problems = texts::of_pairs(encoded);
    let mut left = Cow::Borrowed(encoded);
    let value: Option<T> = loop {
        let reader = serde_urlencoded::Deserializer::new(form_urlencoded::parse(&left));
        match serde_path_to_error::deserialize(reader) {
            Ok(value) => break Some(value),
            Err(error) => {
                let problem = by_name(shape::problem(error));
                // Serde stops at the first wrong value: without it, reading goes on.
                let rest = without(&problem.pointer, &left);
                problems.push(problem);
                match rest {
                    Some(rest) => left = Cow::Owned(rest),
                    None => break None,
                }
            }
        }
    };
    problems.extend(value.as_ref().map(validation::problems).unwrap_or_default().into_iter().map(by_name));
    problems.sort_by(|one, other| one.pointer.cmp(&other.pointer));
    match value {
        Some(value) if problems.is_empty() => Ok(value),
        _ => Err(Error::invalid(problems)),
    }
}

/// The others, if there is a parameter of that name.
fn without(name: &str, encoded: &[u8]) -> Option<Vec<u8>> {
    let parse = || form_urlencoded::parse(encoded);
    let others = parse().filter(|(other, _)| other != name);
    let rest = form_urlencoded::Serializer::new(String::new()).extend_pairs(others).finish();
    parse().any(|(other, _)| other == name).then(|| rest.into_bytes())
}

/// Parameters are named, not pointed at.
fn by_name(problem: FieldProblem) -> FieldProblem {
    FieldProblem { pointer: problem.pointer.trim_start_matches('/').to_owned(), ..problem }
}
