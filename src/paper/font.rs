//! The two cuts of the font, which travel with the program: how wide words are, and which signs they have.

use std::sync::LazyLock;

use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

/// A cut of the font.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cut {
    Plain,
    Bold,
}

const PLAIN: &[u8] = include_bytes!("fonts/DejaVuSansCondensed.ttf");
const BOLD: &[u8] = include_bytes!("fonts/DejaVuSansCondensed-Bold.ttf");

impl Cut {
    /// The file of the cut.
    pub(super) const fn bytes(self) -> &'static [u8] {
        match self {
            Self::Plain => PLAIN,
            Self::Bold => BOLD,
        }
    }

    fn font(self) -> Option<&'static FontRef<'static>> {
        static FONTS: LazyLock<[Option<FontRef<'static>>; 2]> =
            LazyLock::new(|| [FontRef::new(PLAIN).ok(), FontRef::new(BOLD).ok()]);
        let [plain, bold] = &*FONTS;
        match self {
            Self::Plain => plain.as_ref(),
            Self::Bold => bold.as_ref(),
        }
    }

    /// How wide the words are in that size, in points.
    pub(super) fn width(self, words: &str, size: f32) -> f32 {
        let Some(font) = self.font() else { return 0.0 };
        let metrics = font.glyph_metrics(Size::new(size), LocationRef::default());
        let signs = font.charmap();
        let widths = words.chars().filter_map(|sign| metrics.advance_width(signs.map(sign)?));
        widths.sum()
    }

    /// The words with a question mark for every sign that the font does not have, and without signs nobody sees.
    pub(super) fn printable(self, words: &str) -> String {
        let signs = self.font().map(|font| font.charmap());
        let known = |sign: char| signs.as_ref().is_some_and(|signs| signs.map(sign).is_some());
        words
            .chars()
            .filter(|sign| *sign == '\n' || !sign.is_control())
            .map(|sign| if sign == '\n' || known(sign) { sign } else { '?' })
            .collect()
    }
}
