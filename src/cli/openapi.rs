//! `rost openapi`.

use std::fs;

use super::args::Openapi;
use super::failure::Failure;
use super::output;
use crate::app;

/// Writes the document, or compares it with the file.
pub(super) fn run(what: &Openapi) -> Result<(), Failure> {
    let document = app::to_json(&app::document()?)?;
    let file = what.file.display();
    let problem = |error| Failure::new(format!("{file}: {error}"));
    if !what.check {
        if let Some(folder) = what.file.parent() {
            fs::create_dir_all(folder).map_err(problem)?;
        }
        fs::write(&what.file, document).map_err(problem)?;
        output::line(&format!("wrote {file}"));
        return Ok(());
    }
    let found = fs::read_to_string(&what.file).map_err(problem)?;
    if found == document {
        output::line(&format!("{file} is what the code says"));
        return Ok(());
    }
    let same = found.lines().zip(document.lines()).take_while(|(one, other)| one == other).count();
    Err(Failure::new(format!(
        "{file} is not what the code says, from line {} on. Run `make openapi`, look at the difference and commit it",
        same + 1
    )))
}
