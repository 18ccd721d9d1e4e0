//! Golden files: text that a reviewer reads in the diff. `BLESS=1` rewrites them.

use std::path::Path;

/// Compares `text` with `tests/golden/<name>`.
#[expect(clippy::disallowed_methods, reason = "a switch for whoever runs the tests")]
pub fn assert_golden(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var("BLESS").is_ok_and(|value| value == "1") {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        return;
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        expected == text,
        "{name} differs; `make bless` rewrites it after you have read the difference.\n--- expected\n{expected}\n--- found\n{text}"
    );
}
