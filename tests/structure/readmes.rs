//! What newcomers read: both READMEs say the same in the same order, and the introduction names what there is.

use crate::source::root;

fn text(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).unwrap()
}

/// The shape of a document: headings by level, rows of tables by their columns, steps, lines of code.
fn shape(name: &str) -> Vec<String> {
    let (mut shape, mut in_code) = (Vec::new(), false);
    for line in text(name).lines() {
        let begins = line.trim_start();
        if begins.starts_with("```") {
            in_code = !in_code;
            shape.push("```".to_owned());
        } else if in_code {
            shape.push("code".to_owned());
        } else if line.starts_with('#') {
            shape.push(line.chars().take_while(|sign| *sign == '#').collect());
        } else if line.starts_with('|') {
            shape.push(format!("row of {}", line.matches('|').count()));
        } else if begins.starts_with("- **") || begins.starts_with("**") {
            shape.push("point".to_owned());
        } else if begins.split_once(". ").is_some_and(|(number, _)| number.parse::<u8>().is_ok()) {
            shape.push(format!("step {begins:.2}"));
        }
    }
    shape
}

#[test]
fn both_readmes_have_the_same_shape() {
    let (english, russian) = (shape("README.md"), shape("README.ru.md"));
    assert!(english.len() > 100, "{english:?}");
    for (place, (one, other)) in english.iter().zip(&russian).enumerate() {
        let before = english.iter().take(place).filter(|what| what.starts_with("##")).count();
        assert_eq!(one, other, "README.md and README.ru.md part after {before} sections, at {place}");
    }
    assert_eq!(english.len(), russian.len());
}

/// A name of an operation that the introduction uses and the document does not know would send readers astray.
#[test]
fn the_introduction_names_operations_that_exist() {
    let document = text("openapi/v1.json");
    let verbs =
        ["create_", "get_", "list_", "update_", "decide_", "submit_", "record_", "publish_", "complete_"];
    let introduction = text("docs/api.md");
    let names = introduction.split('`').skip(1).step_by(2).filter(|name| !name.contains([' ', '…']));
    let mut known = 0;
    for name in names.filter(|name| verbs.iter().any(|verb| name.starts_with(verb))) {
        assert!(document.contains(&format!("\"operationId\": \"{name}\"")), "docs/api.md names `{name}`");
        known += 1;
    }
    assert!(known > 50, "{known}");
}
