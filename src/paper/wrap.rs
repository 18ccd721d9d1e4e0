//! Words broken into lines.

use super::font::Cut;

/// The words as lines no wider than that. A word that is wider by itself is broken after a hyphen or a slash, else where
/// it must be.
pub(super) fn wrapped(cut: Cut, text: &str, size: f32, room: f32) -> Vec<String> {
    let text = cut.printable(text);
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if cut.width(&longer, size) <= room {
                line = longer;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            for part in word.split_inclusive(['-', '/']) {
                let longer = format!("{line}{part}");
                if cut.width(&longer, size) <= room {
                    line = longer;
                    continue;
                }
                if !line.is_empty() {
                    lines.push(std::mem::take(&mut line));
                }
                for sign in part.chars() {
                    let mut longer = line.clone();
                    longer.push(sign);
                    if !line.is_empty() && cut.width(&longer, size) > room {
                        lines.push(std::mem::take(&mut line));
                        line.push(sign);
                    } else {
                        line = longer;
                    }
                }
            }
        }
        lines.push(line);
    }
    lines
}
