//! What an import is, and what a receipt says.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::forms::Form;
use crate::error::Text;

/// What is loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportKind {
    /// Organizations with their place in the tree.
    Organizations,
    /// Persons with their employments and roles.
    Staff,
    /// Programs with their modules.
    Programs,
    /// Documents about learning.
    Credentials,
    /// Results of diagnostics.
    DiagnosticResults,
    /// Entries of credit books.
    CreditBookEntries,
}

impl ImportKind {
    /// Every kind.
    pub const ALL: [Self; 6] = [
        Self::Organizations,
        Self::Staff,
        Self::Programs,
        Self::Credentials,
        Self::DiagnosticResults,
        Self::CreditBookEntries,
    ];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Organizations => "organizations",
            Self::Staff => "staff",
            Self::Programs => "programs",
            Self::Credentials => "credentials",
            Self::DiagnosticResults => "diagnostic_results",
            Self::CreditBookEntries => "credit_book_entries",
        }
    }

    /// The kind of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// What a refused row means for the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportMode {
    /// Every row on its own.
    Independent,
    /// All or nothing.
    Atomic,
}

impl ImportMode {
    /// Every mode.
    pub const ALL: [Self; 2] = [Self::Independent, Self::Atomic];

    /// The mode of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.as_str() == name)
    }

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Independent => "independent",
            Self::Atomic => "atomic",
        }
    }
}

/// What is asked of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    /// What is in the file.
    pub kind: ImportKind,
    /// What a refused row means for the others.
    pub mode: ImportMode,
    /// Predict only.
    pub dry_run: bool,
}

impl Order {
    /// Whether what a portion of rows did stays, whatever the rows after it do.
    pub fn keeps_portions(self) -> bool {
        self.mode == ImportMode::Independent && !self.dry_run
    }

    /// Whether all rows are loaded at once, after each has been tried.
    pub fn loads_at_once(self) -> bool {
        self.mode == ImportMode::Atomic && !self.dry_run
    }
}

/// Where a run stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ImportState {
    /// The file is coming in.
    Receiving,
    /// The file is there and waits for a process.
    Queued,
    /// Rows are being loaded.
    Running,
    /// Every row has its receipt.
    Succeeded,
    /// The run could not go on; what is receipted stands.
    Failed,
    /// Called off; what is receipted stands.
    Cancelled,
}

impl ImportState {
    /// Every state.
    pub const ALL: [Self; 6] =
        [Self::Receiving, Self::Queued, Self::Running, Self::Succeeded, Self::Failed, Self::Cancelled];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Receiving => "receiving",
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }

    /// The state of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }

    /// Whether nothing happens any more.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Succeeded | Self::Failed | Self::Cancelled)
    }
}

/// Why a run failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Stable machine code.
    pub code: String,
    /// In words.
    pub message: Text,
}

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RowOutcome {
    /// Something new was made.
    Created,
    /// Something known was changed.
    Updated,
    /// The row said what was known.
    Unchanged,
    /// Nothing was done; the problems say why.
    Refused,
}

impl RowOutcome {
    /// Every outcome.
    pub const ALL: [Self; 4] = [Self::Created, Self::Updated, Self::Unchanged, Self::Refused];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Updated => "updated",
            Self::Unchanged => "unchanged",
            Self::Refused => "refused",
        }
    }

    /// The outcome of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.as_str() == name)
    }
}

/// Why a row was refused, by column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowProblem {
    /// The column as the file names it; empty when the row as a whole is wrong.
    pub column: String,
    /// Stable machine code.
    pub code: String,
    /// In words.
    pub message: Text,
}

/// The receipt of a row.
#[derive(Debug, Clone)]
pub struct Receipt {
    /// Line of the file; the header is line 1.
    pub line: i32,
    /// What became of it.
    pub outcome: RowOutcome,
    /// What was made, changed or met.
    pub subject_id: Option<Uuid>,
    /// Why it was refused.
    pub problems: Vec<RowProblem>,
    /// The row as it stands in the file, when it was refused.
    pub cells: Option<Vec<String>>,
}

/// How many rows had which outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Rows read.
    pub total: i32,
    /// New.
    pub created: i32,
    /// Changed.
    pub updated: i32,
    /// Known.
    pub unchanged: i32,
    /// Refused.
    pub refused: i32,
}

impl Counts {
    /// Counts the receipts.
    pub fn of(receipts: &[Receipt]) -> Self {
        receipts.iter().fold(Self::default(), |mut counts, receipt| {
            counts.total += 1;
            match receipt.outcome {
                RowOutcome::Created => counts.created += 1,
                RowOutcome::Updated => counts.updated += 1,
                RowOutcome::Unchanged => counts.unchanged += 1,
                RowOutcome::Refused => counts.refused += 1,
            }
            counts
        })
    }

    /// How many rows had that outcome; all of them without one.
    pub const fn of_outcome(&self, outcome: Option<RowOutcome>) -> i32 {
        match outcome {
            None => self.total,
            Some(RowOutcome::Created) => self.created,
            Some(RowOutcome::Updated) => self.updated,
            Some(RowOutcome::Unchanged) => self.unchanged,
            Some(RowOutcome::Refused) => self.refused,
        }
    }
}

/// A run of bulk loading.
#[derive(Debug, Clone)]
pub struct Import {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// The municipality of the organization.
    pub municipality_id: Option<Uuid>,
    /// The organization of whoever loaded.
    pub organization_id: Uuid,
    /// What is asked of it.
    pub order: Order,
    /// What the file is.
    pub form: Form,
    /// Where it stands.
    pub state: ImportState,
    /// Whether it is loaded beside the requests.
    pub is_job: bool,
    /// Bytes of the file.
    pub file_size: i64,
    /// Rows of the file, as soon as they have been counted.
    pub rows_in_file: Option<i32>,
    /// How many rows had which outcome.
    pub counts: Counts,
    /// The account that loaded.
    pub requested_by: Uuid,
    /// When it began.
    pub created_at: DateTime<Utc>,
    /// When it last said that it goes on.
    pub heard_at: DateTime<Utc>,
    /// When it ended.
    pub finished_at: Option<DateTime<Utc>>,
    /// Why it failed.
    pub failure: Option<Failure>,
    /// Grows with every change of its state.
    pub version: i64,
}

impl Import {
    /// Whether it may still be called off.
    pub fn may_be_cancelled(&self) -> bool {
        self.is_job && matches!(self.state, ImportState::Queued | ImportState::Running)
    }
}
