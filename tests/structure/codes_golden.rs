//! Error codes are a promise to callers: nothing vanishes unnoticed.

use std::collections::BTreeSet;
use std::fmt::Write;

use rost::error::{Code, Language};

use crate::golden::assert_golden;

#[test]
fn error_codes() {
    let mut text = String::new();
    for code in Code::ALL {
        let title = code.title();
        let (ru, en) = (title.in_language(Language::Ru), title.in_language(Language::En));
        writeln!(text, "{} {:<40} {ru} / {en}", code.status(), code.name()).unwrap();
    }
    assert_golden("error_codes.txt", &text);
}

#[test]
fn codes_are_unique_and_said_in_both_languages() {
    let names: BTreeSet<&str> = Code::ALL.iter().map(|code| code.name()).collect();
    assert_eq!(names.len(), Code::ALL.len());
    for code in Code::ALL {
        let title = code.title();
        assert!(title.in_language(Language::Ru).chars().any(|c| ('а'..='я').contains(&c)), "{}", code.name());
        assert!(title.in_language(Language::En).is_ascii(), "{}", code.name());
        assert!((400..600).contains(&code.status()), "{}", code.name());
    }
}
