//! The five regulations that ship with the product, each as a whole document. They are ordinary regulations: what
//! they need, any regulation of one's own may use.

use super::profile::{ProfileParseError, ProfileProblem, ValidRegulation, parse_document, validate_document};

/// A regulation that ships with the product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preset {
    code: &'static str,
    text: &'static str,
}

/// Why a preset cannot be used. A test proves that none of those that ship fails so.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PresetError {
    /// It is not a regulation document.
    #[error("the preset cannot be read at {0}")]
    Unreadable(#[from] ProfileParseError),
    /// It makes no sense.
    #[error("the preset has {} problems", .0.len())]
    Invalid(Vec<ProfileProblem>),
}

const ALL: [Preset; 5] = [
    Preset { code: "p0-chelyabinsk-school", text: include_str!("presets/p0-chelyabinsk-school.json") },
    Preset { code: "p1-grozny-school-91", text: include_str!("presets/p1-grozny-school-91.json") },
    Preset { code: "p2-kostroma-oblast", text: include_str!("presets/p2-kostroma-oblast.json") },
    Preset {
        code: "p3-georgievsk-municipality",
        text: include_str!("presets/p3-georgievsk-municipality.json"),
    },
    Preset { code: "p4-altai-krai", text: include_str!("presets/p4-altai-krai.json") },
];

impl Preset {
    /// Every preset, P0 to P4.
    pub const fn all() -> &'static [Self] {
        &ALL
    }

    /// The preset of that code.
    pub fn find(code: &str) -> Option<Self> {
        ALL.into_iter().find(|preset| preset.code == code)
    }

    /// Its code, which is also the code of its document.
    pub const fn code(self) -> &'static str {
        self.code
    }

    /// The document as JSON text, to read or to start one's own regulation from.
    pub const fn text(self) -> &'static str {
        self.text
    }

    /// The regulation, parsed and validated.
    pub fn load(self) -> Result<ValidRegulation, PresetError> {
        let document = parse_document(self.text)?;
        validate_document(&document).map_err(PresetError::Invalid)
    }
}

#[cfg(test)]
mod tests;
