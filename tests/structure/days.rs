//! Every day that a caller sends is read strictly.

use crate::source::files_under;

/// The reader of `chrono` also takes `2026-1-5` and the year 12026.
#[test]
fn no_day_is_read_leniently() {
    let mut found = Vec::new();
    let dtos = |path: &str| path.contains("dto") || path.starts_with("regulations/profile/");
    for file in files_under("src").iter().filter(|file| dtos(&file.path)) {
        let (mut read, mut strict) = (false, false);
        for (number, line) in file.code() {
            let line = line.trim();
            if line.contains("derive(") || line.contains("rules! {") {
                read = line.contains("Deserialize") || line.contains("rules! {");
            } else if line.contains("deserialize_with = \"day\"") {
                strict = true;
            } else if line.starts_with("pub ") && line.contains(':') && !line.contains("fn ") {
                if read && line.contains("NaiveDate") && !strict {
                    found.push(format!(
                        "src/{}:{number}: `{line}`: #[serde(deserialize_with = \"day\")]",
                        file.path
                    ));
                }
                strict = false;
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
