//! The files of `demo/`: tables as CSV with `;`, documents as JSON.

use std::fs;
use std::path::Path;

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::error::{Error, Result};

/// When the demo's history happened; the loader lives through it.
pub(super) struct Moments {
    /// Organizations, people, regulations, programs.
    pub(super) founded: DateTime<Utc>,
    /// The registry of the year, in time for 15 February (P4-15).
    pub(super) published: DateTime<Utc>,
    /// Results of diagnostics are recorded.
    pub(super) diagnosed: DateTime<Utc>,
    /// The documents of four years are confirmed.
    pub(super) confirmed: DateTime<Utc>,
}

#[derive(Deserialize)]
struct MomentRow {
    event: String,
    at: DateTime<Utc>,
}

impl Moments {
    /// As `history.csv` tells.
    pub(super) fn of(folder: &Path) -> Result<Self> {
        let rows: Vec<MomentRow> = csv(folder, "history.csv")?;
        let at = |event: &str| {
            let row = rows.iter().find(|row| row.event == event);
            row.map(|row| row.at).ok_or_else(|| wrong("history.csv", format!("there is no `{event}`")))
        };
        Ok(Self {
            founded: at("founded")?,
            published: at("published")?,
            diagnosed: at("diagnosed")?,
            confirmed: at("confirmed")?,
        })
    }
}

/// The rows of a table.
pub(super) fn csv<T: DeserializeOwned>(folder: &Path, name: &str) -> Result<Vec<T>> {
    rows(name, &bytes(folder, name)?)
}

/// The rows of a table that has been read.
pub(super) fn rows<T: DeserializeOwned>(name: &str, bytes: &[u8]) -> Result<Vec<T>> {
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(bytes);
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
