//! `openapi/v1.json` is what the code makes.

use std::path::Path;

use super::document::document;

/// The committed document is the generated one; `BLESS=1` writes it anew.
#[test]
fn the_committed_document_is_the_generated_one() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi/v1.json");
    let generated = rost::app::to_json(&document()).unwrap();
    #[expect(clippy::disallowed_methods, reason = "a switch for whoever runs the tests")]
    if std::env::var("BLESS").is_ok_and(|value| value == "1") {
        std::fs::write(&path, &generated).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    let first = committed.lines().zip(generated.lines()).position(|(one, other)| one != other);
    assert!(
        committed == generated,
        "openapi/v1.json differs from what the code makes, first in line {}; `rost openapi > openapi/v1.json` or BLESS=1 \
         writes it anew after you have read the difference",
        first.unwrap_or_else(|| committed.lines().count().min(generated.lines().count())) + 1,
    );
}
