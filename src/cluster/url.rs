//! Addresses of databases behind a Unix socket, in the form that libpq and tokio-postgres both read.

use std::fmt::Write;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use super::settings::PORT;

/// The account inside the database that owns everything.
pub(super) const OWNER: &str = "postgres";

/// `postgresql://role@/database?host=/folder&port=5432`.
pub(super) fn url(socket: &Path, role: &str, database: &str) -> String {
    let host = escape(socket.as_os_str().as_bytes(), b"/");
    let (role, database) = (escape(role.as_bytes(), b""), escape(database.as_bytes(), b""));
    format!("postgresql://{role}@/{database}?host={host}&port={PORT}")
}

fn escape(bytes: &[u8], also: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for &byte in bytes {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || also.contains(&byte) {
            text.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(text, "%{byte:02X}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_folder_stays_readable() {
        let url = url(Path::new("/srv/.rost/socket"), "postgres", "rost");
        assert_eq!(url, "postgresql://postgres@/rost?host=/srv/.rost/socket&port=5432");
    }

    #[test]
    fn everything_else_is_escaped() {
        let url = url(Path::new("/мой дом/a&b"), "me@home", "x/y");
        let host = "/%D0%BC%D0%BE%D0%B9%20%D0%B4%D0%BE%D0%BC/a%26b";
        assert_eq!(url, format!("postgresql://me%40home@/x%2Fy?host={host}&port=5432"));
    }
}
