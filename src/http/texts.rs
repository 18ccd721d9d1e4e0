//! Characters that nobody means to send, and texts of nothing visible: looked for in every text of a request, in one
//! place.

use serde_json::Value;

use super::shape::escaped;
use crate::error::{FieldProblem, Text};
use crate::values::text::{forbidden, is_blank};

/// Fields whose texts may have several lines; every other text is a single one. A contract test holds this against
/// the document: they are the texts that may be longer than 500 characters.
pub const SEVERAL_LINES: [&str; 38] = [
    "action",
    "annotation",
    "answer",
    "conclusion",
    "content",
    "description",
    "difficulties_and_needs",
    "directions",
    "expected_product",
    "expected_result",
    "finding",
    "fullStatement",
    "general_aim",
    "goal",
    "goals",
    "justification",
    "needs",
    "note",
    "pace",
    "personal_resources",
    "priorities",
    "procedure",
    "reason",
    "reflection",
    "remark",
    "remarks",
    "report_form",
    "results",
    "school_context",
    "study_form",
    "summary",
    "tasks",
    "technologies",
    "terms",
    "text",
    "text_en",
    "text_ru",
    "withdrawal_reason",
];

/// More problems of this kind help nobody.
const MOST: usize = 100;

/// The forbidden characters in the texts of a document, and its blank texts.
pub(super) fn of_document(document: &Value) -> Vec<FieldProblem> {
    let mut problems = Vec::new();
    walk(document, "", false, &mut problems);
    problems.truncate(MOST);
    problems
}

fn walk(value: &Value, pointer: &str, several_lines: bool, problems: &mut Vec<FieldProblem>) {
    match value {
        Value::String(text) if !text.is_empty() && is_blank(text) => problems.push(blank(pointer)),
        Value::String(text) => {
            problems.extend(forbidden(text, several_lines).map(|symbol| problem(pointer, symbol)));
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                walk(item, &format!("{pointer}/{index}"), several_lines, problems);
            }
        }
        Value::Object(fields) => {
            for (name, inner) in fields {
                match forbidden(name, false) {
                    Some(symbol) => problems.push(problem(pointer, symbol)),
                    None => {
                        let several_lines = SEVERAL_LINES.contains(&name.as_str());
                        walk(inner, &format!("{pointer}/{}", escaped(name)), several_lines, problems);
                    }
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The forbidden characters in the values of a query or a form, by the names of their parameters.
pub(super) fn of_pairs(encoded: &[u8]) -> Vec<FieldProblem> {
    let pairs = form_urlencoded::parse(encoded);
    pairs
        .filter(|(name, _)| forbidden(name, false).is_none())
        .filter_map(|(name, value)| forbidden(&value, false).map(|symbol| problem(&name, symbol)))
        .take(MOST)
        .collect()
}

/// Nobody means to write nothing: a text that is given says something, whatever it is for.
fn blank(pointer: &str) -> FieldProblem {
    FieldProblem::new(pointer, "blank", Text::new("Поле не заполнено", "Nothing is written here"))
}

fn problem(pointer: &str, symbol: char) -> FieldProblem {
    let code_point = format!("U+{:04X}", u32::from(symbol));
    FieldProblem::new(
        pointer,
        "forbidden_character",
        Text::owned(
            format!("Недопустимый символ {code_point}"),
            format!("The character {code_point} is not allowed"),
        ),
    )
}
