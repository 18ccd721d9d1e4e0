//! Who approves and who signs: the mark at the head of a document, the lines for pen and ink at its end.

use super::super::font::Cut;
use super::super::wrap::wrapped;
use super::super::{Section, Signature, Stamp};
use super::{BETWEEN, Desk, Ink, LEFT, LINE, RIGHT, TEXT, TOP, height_of, words};

/// Width of the mark of approval.
const STAMP: f32 = 220.0;

impl Desk {
    /// The mark of approval, at the right above the title.
    pub(super) fn stamp(&mut self, stamp: &Stamp) {
        let x = self.size.0 - RIGHT - STAMP;
        self.put(x, TEXT, Cut::Bold, false, stamp.heading.clone());
        self.y += LINE;
        for line in &stamp.lines {
            for line in wrapped(Cut::Plain, line, TEXT, STAMP) {
                self.put(x, TEXT, Cut::Plain, false, line);
                self.y += LINE;
            }
        }
        self.y += 10.0;
    }

    /// The last section with the signatures, which never stand on a page of their own: there they would sign nothing.
    pub(super) fn end(&mut self, last: &Section, signatures: &[Signature]) {
        if signatures.is_empty() {
            return self.section(last, 0.0);
        }
        let keep = self.measured(|desk| desk.signatures(signatures)) + BETWEEN;
        let together = self.measured(|desk| desk.section(last, 0.0)) + keep;
        if together <= self.floor() - TOP {
            self.need(together);
        }
        self.section(last, keep);
        self.signatures(signatures);
    }

    fn signatures(&mut self, signatures: &[Signature]) {
        let room = self.width() * 0.42;
        self.space(16.0);
        for signature in signatures {
            let lines = wrapped(Cut::Plain, &signature.role, TEXT, room - 10.0);
            self.need(height_of(lines.len()) * LINE);
            let first = self.y;
            for line in lines {
                self.put(LEFT, TEXT, Cut::Plain, false, line);
                self.y += LINE;
            }
            let base = first + TEXT + 1.5;
            let (x, width) = (LEFT + room, self.width() * 0.24);
            self.page.inks.push(Ink::Area { x, y: base, width, height: 0.5, shade: 90 });
            let x = x + width + 10.0;
            let width = self.size.0 - RIGHT - x;
            match &signature.name {
                Some(name) => {
                    let line = wrapped(Cut::Plain, name, TEXT, width).into_iter().next().unwrap_or_default();
                    self.page.inks.push(words(x, first + TEXT, TEXT, Cut::Plain, false, line));
                }
                None => self.page.inks.push(Ink::Area { x, y: base, width, height: 0.5, shade: 90 }),
            }
            self.y += 12.0;
        }
    }
}
