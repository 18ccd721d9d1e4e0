//! What an import is, and what a receipt says.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::error::Text;

/// What is loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportKind {
    /// Persons with their employments.
    Staff,
    /// Documents about learning.
    Credentials,
    /// Results of diagnostics.
    DiagnosticResults,
}

impl ImportKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Staff, Self::Credentials, Self::DiagnosticResults];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Staff => "staff",
            Self::Credentials => "credentials",
            Self::DiagnosticResults => "diagnostic_results",
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
    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Independent => "independent",
            Self::Atomic => "atomic",
        }
    }
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
}

/// A run of bulk loading.
#[derive(Debug, Clone)]
pub struct Import {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// The organization of whoever loaded.
    pub organization_id: Uuid,
    /// What was loaded.
    pub kind: String,
    /// What a refused row means for the others.
    pub mode: String,
    /// `running`, `succeeded`, `failed`.
    pub state: String,
    /// Whether nothing was written.
    pub dry_run: bool,
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
}
