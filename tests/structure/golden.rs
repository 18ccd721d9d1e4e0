//! Comparison with a committed file; `BLESS=1` writes it anew.

use std::fs;
use std::path::Path;

/// Fails when `printed` is not what `tests/golden/<name>` holds.
pub(crate) fn assert_golden(name: &str, printed: &str) {
    assert_document(&format!("tests/golden/{name}"), printed);
}

/// Fails when `printed` is not what the file of the package holds.
pub(crate) fn assert_document(name: &str, printed: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    #[expect(clippy::disallowed_methods, reason = "a switch of the tests, not a setting of the product")]
    let bless = std::env::var("BLESS").is_ok();
    if bless {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, printed).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == printed, "{name} differs; BLESS=1 rewrites it. Now:\n{printed}");
}
