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
    fn invisible_characters_alone_are_blank() {
        assert!(is_blank(" \u{200b}\u{a0}\t"));
        assert!(!is_blank(" . "));
    }
}
