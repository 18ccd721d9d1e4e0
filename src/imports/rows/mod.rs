//! What a row of each kind of file means.

mod cells;
mod credential;
mod staff;

use uuid::Uuid;

use super::model::{ImportKind, RowOutcome};
use super::table::{Column, Row};
use crate::db::Ctx;
use crate::error::Result;

/// The columns of a kind of file.
pub(super) const fn columns(kind: ImportKind) -> &'static [Column] {
    match kind {
        ImportKind::Staff => staff::COLUMNS,
        ImportKind::Credentials => credential::COLUMNS,
    }
}

/// Loads one row; says what became of it and which thing it stands for.
pub(super) async fn load(ctx: &Ctx<'_>, kind: ImportKind, row: &Row<'_>) -> Result<(RowOutcome, Uuid)> {
    match kind {
        ImportKind::Staff => staff::load(ctx, row).await,
        ImportKind::Credentials => credential::load(ctx, row).await,
    }
}
