//! What travels about imports.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::forms::Form;
use super::model::{Failure, ImportKind, ImportMode, ImportState, Receipt, RowOutcome};
use super::service::{ImportWhole, KEPT_FOR};
use crate::error::Language;
use crate::http::page_view;
use crate::values::mirror;

/// What is loaded; `create_import` tells the columns. In every kind but `diagnostic_results` and `credit_book_entries`
/// a row may carry `source` (Источник) and `external_id` (Внешний идентификатор): what was loaded under them once is met
/// again by them, whatever else of the row was corrected. What a row does not say stays as it is.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ImportKind)]
pub enum ImportKindDto {
    /// Organizations (организации).
    Organizations,
    /// Persons with their employments and roles (кадры).
    Staff,
    /// Programs with their modules (программы).
    Programs,
    /// Documents about learning (документы об обучении).
    Credentials,
    /// Results of diagnostics (результаты диагностики).
    DiagnosticResults,
    /// Entries of credit books (записи зачётных книжек).
    CreditBookEntries,
}

mirror!(ImportKindDto => ImportKind {
    Organizations, Staff, Programs, Credentials, DiagnosticResults, CreditBookEntries,
});

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

/// What a file is.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ImportForm)]
pub enum ImportFormDto {
    /// Lines of cells parted by `;` or `,` (CSV).
    Csv,
    /// Lines that are JSON objects (NDJSON).
    Ndjson,
    /// A workbook (книга XLSX).
    Xlsx,
}

mirror!(ImportFormDto => Form { Csv, Ndjson, Xlsx });

/// Where a run stands.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ImportState)]
pub enum ImportStateDto {
    /// The file is coming in (файл принимается).
    Receiving,
    /// The file is there and waits (в очереди).
    Queued,
    /// Rows are being loaded (загружается).
    Running,
    /// Every row has its receipt (завершена).
    Succeeded,
    /// The run could not go on; what has its receipt stands (не удалась).
    Failed,
    /// Called off; what has its receipt stands (отменена).
    Cancelled,
}

mirror!(ImportStateDto => ImportState { Receiving, Queued, Running, Succeeded, Failed, Cancelled });

/// A table with a header as CSV (таблица CSV).
#[derive(Debug, Serialize, ToSchema)]
#[schema(max_length = 67_108_864, format = Binary, example = "snils;position")]
pub struct ImportTable(pub String);

/// Lines of JSON objects whose keys are names of columns (NDJSON).
#[derive(Debug, Serialize, ToSchema)]
#[schema(max_length = 67_108_864, format = Binary, example = "{\"snils\": \"112-233-445 95\"}")]
pub struct ImportLines(pub String);

/// An XLSX workbook whose first sheet is the table (книга XLSX).
#[derive(Debug, Serialize, ToSchema)]
#[schema(max_length = 16_777_216, format = Binary, example = "PK")]
pub struct ImportWorkbook(pub String);

/// Receipts in the form of the file: its columns, then `receipt_line`, `receipt_outcome`, `receipt_code` and
/// `receipt_message` (квитанции).
#[derive(Debug, Serialize, ToSchema)]
#[schema(
    max_length = 200_000_000,
    example = "snils;receipt_line;receipt_outcome;receipt_code;receipt_message"
)]
pub struct ImportReceiptText(pub String);

/// The same as a workbook (книга XLSX с квитанциями).
#[derive(Debug, Serialize, ToSchema)]
#[schema(max_length = 200_000_000, format = Binary, example = "PK")]
pub struct ImportReceiptWorkbook(pub String);

/// Server-sent events: each holds a run as `get_import` gives it (события загрузки).
#[derive(Debug, Serialize, ToSchema)]
#[schema(max_length = 10_000_000, example = "event: progress\ndata: {}\n\n")]
pub struct ImportEvents(pub String);

/// Why a run failed (причина).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportFailure)]
pub struct ImportFailureView {
    /// Stable machine code.
    #[schema(max_length = 100, example = "unknown_column")]
    pub code: String,
    /// In words, in the caller's language.
    #[schema(max_length = 10_000)]
    pub message: String,
}

impl ImportFailureView {
    fn new(failure: Failure, language: Language) -> Self {
        Self { code: failure.code, message: failure.message.in_language(language).to_owned() }
    }
}

/// A run of bulk loading (загрузка).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Import)]
pub struct ImportView {
    /// The run's id.
    pub id: Uuid,
    /// What was loaded.
    pub kind: ImportKindDto,
    /// What a refused row means for the others: `independent` or `atomic`.
    pub mode: ImportModeDto,
    /// What the file is.
    pub form: ImportFormDto,
    /// Where the run stands.
    pub state: ImportStateDto,
    /// Whether nothing was written.
    pub dry_run: bool,
    /// Whether it is loaded beside the requests.
    pub is_job: bool,
    /// Bytes of the file.
    #[schema(minimum = 0, maximum = 1_073_741_824)]
    pub file_size: i64,
    /// Rows of the file of a run that is loaded beside the requests, as soon as they have been counted.
    #[schema(minimum = 0, maximum = 200_000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rows_in_file: Option<i32>,
    /// Rows that have their receipt.
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
    /// Until when the run and its receipts are kept, when it has ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kept_until: Option<DateTime<Utc>>,
    /// Why it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<ImportFailureView>,
    /// What the caller may do with it now.
    #[schema(max_items = 1)]
    pub allowed_actions: Vec<String>,
}

impl ImportView {
    /// The run in the caller's language.
    pub fn new((import, allowed_actions): ImportWhole, language: Language) -> Self {
        Self {
            id: import.id,
            kind: import.order.kind.into(),
            mode: import.order.mode.into(),
            form: import.form.into(),
            state: import.state.into(),
            dry_run: import.order.dry_run,
            is_job: import.is_job,
            file_size: import.file_size,
            rows_in_file: import.rows_in_file,
            rows_total: import.counts.total,
            rows_created: import.counts.created,
            rows_updated: import.counts.updated,
            rows_unchanged: import.counts.unchanged,
            rows_refused: import.counts.refused,
            created_at: import.created_at,
            finished_at: import.finished_at,
            kept_until: import.finished_at.map(|ended| ended + KEPT_FOR),
            failure: import.failure.map(|failure| ImportFailureView::new(failure, language)),
            allowed_actions,
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
    /// Line of the file, from 1; the header is one too.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
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

/// Which receipts, and in which form.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ImportReceiptQuery {
    /// Only this outcome.
    pub outcome: Option<ImportRowOutcomeDto>,
    /// In which form; that of the file when absent.
    pub form: Option<ImportFormDto>,
}
