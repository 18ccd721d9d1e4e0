//! The words of a PDF as a reader would copy them.

use lopdf::Document;

/// Everything that is written in the file, as one line.
#[track_caller]
pub fn pdf_text(file: &[u8]) -> String {
    let document = Document::load_mem(file).unwrap();
    let pages: Vec<u32> = document.get_pages().into_keys().collect();
    let text = document.extract_text(&pages).unwrap();
    text.split([' ', '\n']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
