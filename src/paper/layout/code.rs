//! Square codes (QR) that phones read.

use qrcodegen::{QrCode, QrCodeEcc};

use super::{Desk, Ink, LEFT};

/// Side of a code in points: 32 mm, so that a phone reads it from an arm's length.
const SIDE: f32 = 90.7;
/// Room around a code; more than the four modules that it wants.
const ROOM: f32 = 18.0;
/// How high a code is with the room above and below it.
pub(super) const HEIGHT: f32 = SIDE + ROOM;

impl Desk {
    /// A code with words beside it, with so much room kept below; a text too long for a code leaves the words alone.
    pub(super) fn code(&mut self, text: &str, caption: &str, keep: f32) {
        self.need(HEIGHT + keep);
        let top = self.y + ROOM / 2.0;
        if let Ok(code) = QrCode::encode_text(text, QrCodeEcc::Medium) {
            self.page.inks.extend(squares(&code, LEFT, top));
        }
        self.y = top;
        self.lines(caption, LEFT + SIDE + ROOM, 0.0);
        self.y = self.y.max(top + SIDE + ROOM / 2.0);
    }
}

/// The dark squares of a code; those that stand side by side are one area.
fn squares(code: &QrCode, left: f32, top: f32) -> Vec<Ink> {
    let at = |place: i32| f32::from(i16::try_from(place).unwrap_or(i16::MAX));
    let module = SIDE / at(code.size());
    let mut areas = Vec::new();
    for row in 0..code.size() {
        let mut first = None;
        // One past the end is light, so that the last run ends as well.
        for column in 0..=code.size() {
            match (first, code.get_module(column, row)) {
                (None, true) => first = Some(column),
                (Some(start), false) => {
                    let (x, y) = (left + at(start) * module, top + at(row) * module);
                    areas.push(Ink::Area {
                        x,
                        y,
                        width: at(column - start) * module,
                        height: module,
                        shade: 0,
                    });
                    first = None;
                }
                _ => {}
            }
        }
    }
    areas
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_lies_within_its_square() {
        let code = QrCode::encode_text("01AZ0ZHJKMNPQRSTVWXY", QrCodeEcc::Medium).unwrap();
        let areas = squares(&code, 10.0, 20.0);
        assert!(areas.len() > 100);
        for area in areas {
            let Ink::Area { x, y, width, height, .. } = area else { panic!("{area:?}") };
            assert!(x >= 10.0 && x + width <= 10.01 + SIDE && y >= 20.0 && y + height <= 20.01 + SIDE);
        }
    }
}
