//! Cleaning of text that people paste: invisible characters and stray spaces are never meant.

/// Takes out zero-width characters, makes every run of white space (no-break spaces too) one space, and trims.
pub fn collapse(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let visible: String = text.chars().filter(|symbol| !is_invisible(*symbol)).collect();
    for word in visible.split_whitespace() {
        if !clean.is_empty() {
            clean.push(' ');
        }
        clean.push_str(word);
    }
    clean
}

/// `true` when nothing visible is written.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|symbol| symbol.is_whitespace() || is_invisible(symbol))
}

/// Characters that no text of ours holds: control characters, and those that turn the direction of what follows,
/// so that it reads otherwise than it is written. Line breaks and tabs are the business of texts of several lines.
pub fn forbidden(text: &str, several_lines: bool) -> Option<char> {
    text.chars().find(|symbol| match symbol {
        '\n' | '\t' => !several_lines,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        other => other.is_control(),
    })
}

/// Zero-width spaces and joiners, the byte order mark, the soft hyphen and direction marks.
const fn is_invisible(symbol: char) -> bool {
    matches!(symbol, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invisible_characters_and_stray_spaces_go() {
        assert_eq!(collapse("\u{feff} Анна\u{a0}\u{a0}Ма\u{ad}рия\u{200b} "), "Анна Мария");
    }

    #[test]
    fn control_characters_and_turns_of_direction_are_forbidden() {
        for symbol in ['\0', '\u{1b}', '\r', '\u{7f}', '\u{85}', '\u{202e}', '\u{2066}'] {
            assert_eq!(forbidden(&format!("а{symbol}б"), true), Some(symbol));
        }
        assert_eq!(forbidden("а\n\tб", false), Some('\n'));
        assert_eq!(forbidden("а\n\tб – ё\u{ad}\u{200b}", true), None);
    }

    #[test]
    fn invisible_characters_alone_are_blank() {
        assert!(is_blank(" \u{200b}\u{a0}\t"));
        assert!(!is_blank(" . "));
    }
}
