//! Which texts may have several lines: said in one place of the code, held against the document.

use std::collections::BTreeMap;

use rost::http::SEVERAL_LINES;

use super::document::{admits, document, each};

/// Texts of more than 500 characters have several lines, shorter ones do not.
#[test]
fn long_texts_have_several_lines() {
    let document = document();
    let mut longest: BTreeMap<&str, u64> = BTreeMap::new();
    each(&document["components"]["schemas"], "", &mut |_, value| {
        for (name, schema) in value["properties"].as_object().into_iter().flatten() {
            let text = if admits(schema, "array") { &schema["items"] } else { schema };
            if let Some(length) = text["maxLength"].as_u64().filter(|_| admits(text, "string")) {
                let most = longest.entry(name).or_default();
                *most = length.max(*most);
            }
        }
    });
    for name in SEVERAL_LINES {
        assert!(longest.get(name).is_some_and(|most| *most > 500), "{name} is no long text of the document");
    }
    // Titles and what only the server writes stay on one line however long.
    let single = [
        "access_token",
        "after",
        "answers",
        "before",
        "cancel_reason",
        "close_reason",
        "cursor",
        "decision_note",
        "detail",
        "form",
        "ground",
        "instance",
        "message",
        "next_cursor",
        "organization_name",
        "problems",
        "provider_name",
        "regulation_title",
        "return_reason",
        "title",
        "title_en",
        "title_ru",
        "topic",
        "url",
        "value",
    ];
    for (name, most) in longest {
        let several = SEVERAL_LINES.contains(&name) || single.contains(&name);
        assert!(most <= 500 || several, "{name} may have {most} characters: one line or several?");
    }
}
