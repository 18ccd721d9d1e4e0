//! What a row of each kind of file means.

mod cells;
mod credential;
mod diagnostic_result;
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
        ImportKind::DiagnosticResults => diagnostic_result::COLUMNS,
    }
}

/// What a row has in common with rows that it may meet: the person, the paper. Rows without a common mark are loaded
/// in whatever order with the same outcome.
pub(super) fn marks(kind: ImportKind, row: &Row<'_>) -> Vec<String> {
    let mut marks: Vec<String> = Vec::new();
    if let Some(snils) = row.cell("snils") {
        marks.push(format!("s|{}", snils.chars().filter(|symbol| symbol.is_numeric()).collect::<String>()));
    }
    if kind == ImportKind::Credentials {
        marks.extend(credential::marks(row));
    }
    marks
}

/// Loads one row; says what became of it and which thing it stands for.
pub(super) async fn load(ctx: &Ctx<'_>, kind: ImportKind, row: &Row<'_>) -> Result<(RowOutcome, Uuid)> {
    match kind {
        ImportKind::Staff => staff::load(ctx, row).await,
        ImportKind::Credentials => credential::load(ctx, row).await,
        ImportKind::DiagnosticResults => diagnostic_result::load(ctx, row).await,
    }
}
