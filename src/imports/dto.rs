//! What travels about imports.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{Import, ImportKind, ImportMode, Receipt, RowOutcome};
use crate::error::Language;
use crate::http::page_view;
use crate::values::mirror;

/// What is loaded.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ImportKind)]
pub enum ImportKindDto {
    /// Persons with their employments (кадры).
    Staff,
    /// Documents about learning (документы об обучении).
    Credentials,
    /// Results of diagnostics (результаты диагностики).
    DiagnosticResults,
}

mirror!(ImportKindDto => ImportKind { Staff, Credentials, DiagnosticResults });

/// What a refused row means for the others.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ImportMode)]
pub enum ImportModeDto {
    /// Every row on its own: good rows are loaded, bad rows are named.
    Independent,
    /// All or nothing: one refused row takes everything back.
    Atomic,
}

mirror!(ImportModeDto => ImportMode { Independent, Atomic });

/// What became of a row.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ImportRowOutcome)]
pub enum ImportRowOutcomeDto {
    /// Something new was made.
    Created,
    /// Something known was changed.
    Updated,
    /// The row said what was known.
    Unchanged,
    /// Nothing was done; `problems` says why.
    Refused,
}

mirror!(ImportRowOutcomeDto => RowOutcome { Created, Updated, Unchanged, Refused });

/// How to load.
#[derive(Debug, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ImportCreateQuery {
    /// Predict only: the receipts are exactly those of the real run, nothing is written.
    #[serde(default)]
    pub dry_run: bool,
    /// What a refused row means for the others; `independent` when absent.
    pub mode: Option<ImportModeDto>,
}

/// A run of bulk loading (загрузка).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Import)]
pub struct ImportView {
    /// The run's id.
    pub id: Uuid,
    /// What was loaded.
    #[schema(value_type = ImportKindDto)]
    pub kind: String,
    /// What a refused row means for the others: `independent` or `atomic`.
    #[schema(value_type = ImportModeDto)]
    pub mode: String,
    /// `running`, `succeeded`, or `failed` when the server was stopped in the middle: load the same file again.
    #[schema(max_length = 40, example = "succeeded")]
    pub state: String,
    /// Whether nothing was written.
    pub dry_run: bool,
    /// Rows read.
    #[schema(minimum = 0, maximum = 200_000)]
    pub rows_total: i32,
    /// Rows that made something new.
    #[schema(minimum = 0, maximum = 200_000)]
    pub rows_created: i32,
    /// Rows that changed something known.
    #[schema(minimum = 0, maximum = 200_000)]
    pub rows_updated: i32,
    /// Rows that said what was known.
    #[schema(minimum = 0, maximum = 200_000)]
    pub rows_unchanged: i32,
    /// Rows refused; in an atomic run one of them takes back all others.
    #[schema(minimum = 0, maximum = 200_000)]
    pub rows_refused: i32,
    /// When it began.
    pub created_at: DateTime<Utc>,
    /// When it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finished_at: Option<DateTime<Utc>>,
}

impl From<Import> for ImportView {
    fn from(import: Import) -> Self {
        Self {
            id: import.id,
            kind: import.kind,
            mode: import.mode,
            state: import.state,
            dry_run: import.dry_run,
            rows_total: import.counts.total,
            rows_created: import.counts.created,
            rows_updated: import.counts.updated,
            rows_unchanged: import.counts.unchanged,
            rows_refused: import.counts.refused,
            created_at: import.created_at,
            finished_at: import.finished_at,
        }
    }
}

page_view! {
    /// One page of runs, newest first.
    ImportPage of ImportView
}

/// Why a row was refused.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportRowProblem {
    /// The column as the file names it; empty when the row as a whole is wrong.
    #[schema(max_length = 200, example = "СНИЛС")]
    pub column: String,
    /// Stable machine code.
    #[schema(max_length = 100, example = "checksum")]
    pub code: String,
    /// In words, in the caller's language.
    #[schema(max_length = 1000)]
    pub message: String,
}

/// The receipt of a row.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportRow {
    /// Line of the file; the header is line 1.
    #[schema(minimum = 2, maximum = 2_147_483_647)]
    pub line: i32,
    /// What became of the row.
    pub outcome: ImportRowOutcomeDto,
    /// What was made, changed or met.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject_id: Option<Uuid>,
    /// Why it was refused.
    #[schema(max_items = 100)]
    pub problems: Vec<ImportRowProblem>,
}

impl ImportRow {
    /// The receipt in the caller's language.
    pub fn new(receipt: Receipt, language: Language) -> Self {
        Self {
            line: receipt.line,
            outcome: receipt.outcome.into(),
            subject_id: receipt.subject_id,
            problems: receipt
                .problems
                .into_iter()
                .map(|problem| ImportRowProblem {
                    column: problem.column,
                    code: problem.code,
                    message: problem.message.in_language(language).to_owned(),
                })
                .collect(),
        }
    }
}

page_view! {
    /// One page of receipts, by line.
    ImportRowPage of ImportRow
}

/// Which receipts to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ImportRowQuery {
    /// Only this outcome.
    pub outcome: Option<ImportRowOutcomeDto>,
    /// How many at most; 50 when absent.
    #[validate(range(min = 1, max = 200))]
    #[param(minimum = 1, maximum = 200)]
    #[serde(skip_serializing)]
    pub limit: Option<i64>,
    /// `next_cursor` of the page before.
    #[validate(length(max = 3000))]
    #[param(max_length = 3000)]
    #[serde(skip_serializing)]
    pub cursor: Option<String>,
}

/// Which runs to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ImportQuery {
    /// How many at most; 50 when absent.
    #[validate(range(min = 1, max = 200))]
    #[param(minimum = 1, maximum = 200)]
    #[serde(skip_serializing)]
    pub limit: Option<i64>,
    /// `next_cursor` of the page before.
    #[validate(length(max = 3000))]
    #[param(max_length = 3000)]
    #[serde(skip_serializing)]
    pub cursor: Option<String>,
}
