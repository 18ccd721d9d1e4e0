//! Loading a file as a region's officer would.

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use super::cast::Stage;
use crate::authz::Actor;
use crate::error::{Error, Result};
use crate::imports::model::{ImportKind, ImportMode, Receipt, RowOutcome};
use crate::imports::service::{self as imports, File};

impl Stage<'_> {
    /// Loads the file and gives the receipts of its rows; one refused row is too many.
    pub(super) async fn upload(
        &self,
        officer: &Actor,
        kind: ImportKind,
        name: &str,
        bytes: &[u8],
        now: DateTime<Utc>,
    ) -> Result<Vec<Receipt>> {
        let digest = Sha256::digest(bytes);
        let file = File::read(kind, ImportMode::Atomic, false, bytes, &digest)?;
        let receipts = self
            .act(officer, now, async |ctx| {
                let import = imports::begin(ctx, &file).await?;
                imports::load_all(ctx, import.id, &file, &|| false).await?;
                imports::finish(ctx, import.id, None).await?;
                imports::receipts(ctx, import.id).await
            })
            .await?;
        match receipts.iter().find(|receipt| receipt.outcome == RowOutcome::Refused) {
            Some(refused) => Err(Error::internal(format!("demo/{name}: {refused:?}"))),
            None => Ok(receipts),
        }
    }
}
