//! Documents as files to be printed.

use actix_web::web;

use super::Reply;
use crate::error::{Error, Result};
use crate::paper::{Document, render};

/// What documents come as: data first, then the file to be printed.
pub const PRINTED: &[&str] = &["application/json", "application/pdf"];

/// A document as a file to be printed, of a thing in that version. A long one is the work of seconds: it is laid out
/// beside the threads that answer everybody else.
pub async fn printed_file(version: i64, name: String, document: Document) -> Result<Reply> {
    let rendered = web::block(move || render(&document)).await.map_err(Error::internal)?;
    let bytes = rendered.map_err(Error::internal)?;
    let version = format!("{version}-pdf-{}", fingerprint(&bytes));
    Ok(Reply::file(&version, "application/pdf", name, bytes))
}

/// Tells two files apart.
fn fingerprint(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    let digest = Sha256::digest(bytes);
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
