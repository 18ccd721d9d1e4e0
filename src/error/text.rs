//! Words in the two languages of the product.

use std::borrow::Cow;

/// A language of the answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// Russian, the default.
    #[default]
    Ru,
    /// English.
    En,
}

impl Language {
    /// The language tag of `Content-Language`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Ru => "ru",
            Self::En => "en",
        }
    }
}

/// The same sentence in Russian and in English.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    ru: Cow<'static, str>,
    en: Cow<'static, str>,
}

impl Text {
    /// A sentence known at compile time.
    pub const fn new(ru: &'static str, en: &'static str) -> Self {
        Self { ru: Cow::Borrowed(ru), en: Cow::Borrowed(en) }
    }

    /// A sentence made at run time.
    pub fn owned(ru: impl Into<String>, en: impl Into<String>) -> Self {
        Self { ru: Cow::Owned(ru.into()), en: Cow::Owned(en.into()) }
    }

    /// The sentence in that language.
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::Ru => &self.ru,
            Language::En => &self.en,
        }
    }
}
