//! What a row of each kind of file means.

mod cells;
mod credential;
mod credentials_together;
mod credit_book_entry;
mod diagnostic_result;
mod organization;
mod program;
mod staff;
mod staff_roles;
mod vocabulary;

use std::collections::HashMap;

use uuid::Uuid;

use super::model::{ImportKind, RowOutcome};
use super::table::{Column, Row};
use crate::db::Ctx;
use crate::error::{Code, Error, Result};
use crate::values::text::collapse;

/// The columns of a kind of file.
pub(super) const fn columns(kind: ImportKind) -> &'static [Column] {
    match kind {
        ImportKind::Organizations => organization::COLUMNS,
        ImportKind::Staff => staff::COLUMNS,
        ImportKind::Programs => program::COLUMNS,
        ImportKind::Credentials => credential::COLUMNS,
        ImportKind::DiagnosticResults => diagnostic_result::COLUMNS,
        ImportKind::CreditBookEntries => credit_book_entry::COLUMNS,
    }
}

/// What a row has in common with rows that it may meet: the person, the paper. Rows without a common mark are loaded
/// in whatever order with the same outcome.
pub(super) fn marks(kind: ImportKind, row: &Row<'_>) -> Vec<String> {
    let mut marks: Vec<String> = Vec::new();
    if let Some(snils) = row.cell("snils") {
        marks.push(format!("s|{}", snils.chars().filter(|symbol| symbol.is_numeric()).collect::<String>()));
    }
    // A row may stand for what another one is called elsewhere, and below what another one makes.
    for (column, mark) in [("inn", 'i'), ("parent_inn", 'i'), ("external_id", 'x')] {
        marks.extend(row.cell(column).map(|cell| format!("{mark}|{cell}")));
    }
    match kind {
        ImportKind::Credentials => marks.extend(credential::marks(row)),
        ImportKind::Programs => marks.extend(row.cell("title").map(|title| format!("t|{}", collapse(title)))),
        ImportKind::Staff => marks.extend(staff_roles::marks(row)),
        ImportKind::Organizations | ImportKind::DiagnosticResults | ImportKind::CreditBookEntries => {}
    }
    marks
}

/// Rows that share a transaction: as many as keep it short.
pub(super) const fn portion(kind: ImportKind) -> usize {
    match kind {
        // A corrected number or title may be what another row is met again by: such a file is predicted as a whole.
        ImportKind::Organizations | ImportKind::Programs => usize::MAX,
        ImportKind::Credentials => 1_000,
        ImportKind::Staff | ImportKind::DiagnosticResults | ImportKind::CreditBookEntries => 100,
    }
}

/// Loads those rows of a portion together that are plain enough; says by the line what became of them. The others are
/// loaded one by one, and so are all of them when something came between.
pub(super) async fn load_together(
    ctx: &Ctx<'_>,
    kind: ImportKind,
    rows: &[Row<'_>],
) -> Result<HashMap<i32, (RowOutcome, Uuid)>> {
    if kind != ImportKind::Credentials || rows.len() < 2 {
        return Ok(HashMap::new());
    }
    match ctx.attempt(async |ctx| credentials_together::load(ctx, rows).await).await {
        Err(refusal) if refusal.code.status() < 500 => Ok(HashMap::new()),
        loaded => loaded,
    }
}

/// Loads one row; says what became of it and which thing it stands for.
pub(super) async fn load(ctx: &Ctx<'_>, kind: ImportKind, row: &Row<'_>) -> Result<(RowOutcome, Uuid)> {
    let loaded = match kind {
        ImportKind::Organizations => organization::load(ctx, row).await,
        ImportKind::Staff => staff::load(ctx, row).await,
        ImportKind::Programs => program::load(ctx, row).await,
        ImportKind::Credentials => credential::load(ctx, row).await,
        ImportKind::DiagnosticResults => diagnostic_result::load(ctx, row).await,
        ImportKind::CreditBookEntries => credit_book_entry::load(ctx, row).await,
    };
    loaded.map_err(|refusal| not_yours(refusal, kind))
}

/// Says what of the row it is that somebody else keeps.
fn not_yours(refusal: Error, kind: ImportKind) -> Error {
    let (ru, en) = match kind {
        ImportKind::Organizations => ("Эту организацию ведёте не вы", "You do not keep this organization"),
        ImportKind::Staff => {
            ("Кадры этой организации ведёте не вы", "You do not keep the staff of this organization")
        }
        ImportKind::Programs => {
            ("Программы этой организации ведёте не вы", "You do not keep the programs of this organization")
        }
        ImportKind::Credentials => (
            "Документы этого человека от этой организации вносите не вы",
            "You do not record papers of this organization for this person",
        ),
        ImportKind::DiagnosticResults => (
            "Результаты этого человека по этому инструменту вносите не вы",
            "You do not record results of this person with this instrument",
        ),
        ImportKind::CreditBookEntries => {
            ("Записи об этом обучении вносите не вы", "You do not record entries of this training")
        }
    };
    told_forbidden(refusal, ru, en)
}

/// A bare refusal of rights in words; one that has its own keeps them.
fn told_forbidden(refusal: Error, ru: &str, en: &str) -> Error {
    let is_bare = refusal.code == Code::Forbidden && refusal.detail.is_none();
    if is_bare { refusal.detail(ru, en) } else { refusal }
}
