//! One wrong field of a request.

use std::borrow::Cow;

use super::Text;

/// What is wrong with one field, and which rule says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldProblem {
    /// JSON pointer into the request body, or the name of a query parameter or header.
    pub pointer: String,
    /// Stable machine code.
    pub code: Cow<'static, str>,
    /// What is wrong, in words.
    pub message: Text,
    /// The numbered requirement behind the rule, for example `P0-24`.
    pub requirement: Option<Cow<'static, str>>,
    /// The paragraph of the regulation behind the rule, for example `2.8`.
    pub paragraph: Option<String>,
}

impl FieldProblem {
    /// A problem of the field at `pointer`.
    pub fn new(pointer: impl Into<String>, code: impl Into<Cow<'static, str>>, message: Text) -> Self {
        Self { pointer: pointer.into(), code: code.into(), message, requirement: None, paragraph: None }
    }

    /// Names the rule that was broken.
    #[must_use]
    pub fn because(mut self, requirement: &'static str, paragraph: Option<&str>) -> Self {
        self.requirement = Some(Cow::Borrowed(requirement));
        self.paragraph = paragraph.map(str::to_owned);
        self
    }
}
