//! A file does one job; one that is long does several.

use crate::source::files_under;

const LONGEST: usize = 400;

/// Files that may be longer, with the reason.
const EXCEPTIONS: &[(&str, &str)] = &[("src/db/schema.rs", "generated")];

#[test]
fn no_file_is_too_long() {
    let mut long = Vec::new();
    for folder in ["src", "tests"] {
        for file in files_under(folder) {
            let (path, lines) = (format!("{folder}/{}", file.path), file.text.lines().count());
            if lines > LONGEST && EXCEPTIONS.iter().all(|(known, _)| *known != path) {
                long.push(format!("{path}: {lines} lines, {LONGEST} at most: split it by jobs"));
            }
        }
    }
    assert!(long.is_empty(), "{}", long.join("\n"));
}
