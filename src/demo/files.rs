//! The files of `demo/`: tables as CSV with `;`, documents as JSON.

use std::fs;
use std::path::Path;

use chrono::{DateTime, Utc};
use serde::de::DeserializeOwned;

use crate::error::{Error, Result};

/// When the demo's history happened; the loader lives through it.
pub(super) struct Moments {
    /// Organizations, people, regulations, programs.
    pub(super) founded: DateTime<Utc>,
    /// The registry of 2026, in time for 15 February.
    pub(super) published: DateTime<Utc>,
    /// Diagnostics of September 2026.
    pub(super) diagnosed: DateTime<Utc>,
    /// The documents of four years are confirmed.
    pub(super) confirmed: DateTime<Utc>,
}

pub(super) fn moments() -> Result<Moments> {
    let at = |text: &str| text.parse::<DateTime<Utc>>().map_err(Error::internal);
    Ok(Moments {
        founded: at("2026-01-20T06:00:00Z")?,
        published: at("2026-02-12T06:00:00Z")?,
        diagnosed: at("2026-09-28T06:00:00Z")?,
        confirmed: at("2026-10-26T06:00:00Z")?,
    })
}

/// The rows of a table.
pub(super) fn csv<T: DeserializeOwned>(folder: &Path, name: &str) -> Result<Vec<T>> {
    let bytes = bytes(folder, name)?;
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(bytes.as_slice());
    reader.deserialize().collect::<Result<_, _>>().map_err(|error| wrong(name, error))
}

/// A document.
pub(super) fn json<T: DeserializeOwned>(folder: &Path, name: &str) -> Result<T> {
    serde_json::from_slice(&bytes(folder, name)?).map_err(|error| wrong(name, error))
}

/// The bytes of a file, as they would be sent.
pub(super) fn bytes(folder: &Path, name: &str) -> Result<Vec<u8>> {
    let path = folder.join(name);
    fs::read(&path).map_err(|error| {
        Error::internal(format!(
            "{}: {error}; the demo is loaded from the folder of the checkout",
            path.display()
        ))
    })
}

fn wrong(name: &str, error: impl std::fmt::Display) -> Error {
    Error::internal(format!("demo/{name}: {error}"))
}
