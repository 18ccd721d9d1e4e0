//! Results on standard output.

use std::io::{Write, stdout};

/// Prints a line. A reader that has gone away (`rost config | head -1`) is no failure.
pub(super) fn line(text: &str) {
    let mut stream = stdout().lock();
    let _ = writeln!(stream, "{text}").and_then(|()| stream.flush());
}
