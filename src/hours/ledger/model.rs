//! Lines of the ledger as they are read.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::hours::model::LedgerEntry;
use crate::registry::provider_licences::providers::Providers;
use crate::values::{DocumentKind, Hours};

/// A line of the ledger with what people read beside it.
#[derive(Debug, Clone)]
pub struct Line {
    /// Whose hours they are.
    pub person_id: Uuid,
    /// The paper behind it.
    pub credential_id: Uuid,
    /// Title of the program or topic.
    pub title: String,
    /// The issuer, if the system knows it.
    pub issuer_id: Option<Uuid>,
    /// The issuer as the paper names it.
    pub issuer_name: String,
    /// The line itself.
    pub entry: LedgerEntry,
}

/// Lines as they are recorded, before it is known what becomes of their issuers.
#[derive(Debug)]
pub struct Lines(Vec<Line>);

impl Lines {
    /// Lines whose issuers are not known yet.
    pub(super) const fn new(lines: Vec<Line>) -> Self {
        Self(lines)
    }

    /// The lines with what is known of their issuers.
    pub fn with(mut self, providers: &Providers) -> Vec<Line> {
        for line in &mut self.0 {
            if let LedgerEntry::Credit(credit) = &mut line.entry {
                credit.provider = providers.of(line.issuer_id);
            }
        }
        self.0
    }
}

/// What kind of line it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// Hours earned.
    Credit,
    /// Hours taken back.
    Reversal,
}

/// A line of the ledger in a list.
#[derive(Debug, Clone)]
pub struct ListedEntry {
    /// The line.
    pub id: Uuid,
    /// The paper behind it.
    pub credential_id: Uuid,
    /// Earned or taken back.
    pub kind: EntryKind,
    /// Hours; negative in a reversal.
    pub hours: Hours,
    /// Kind of paper.
    pub document_kind: DocumentKind,
    /// The issuer, if it is known to the system.
    pub issuer_id: Option<Uuid>,
    /// The issuer as the paper names it.
    pub issuer_name: String,
    /// The program learnt, if it is known to the system.
    pub program_id: Option<Uuid>,
    /// Its title in the registry.
    pub program_title: Option<String>,
    /// Title as the paper names it.
    pub title: String,
    /// Credits what was learnt elsewhere.
    pub credited: bool,
    /// Learnt outside the route (P0-46).
    pub outside_route: bool,
    /// First day of learning.
    pub started_on: Option<NaiveDate>,
    /// Last day of learning.
    pub completed_on: Option<NaiveDate>,
    /// Day of issue.
    pub issued_on: NaiveDate,
    /// The line it takes back.
    pub reverses_id: Option<Uuid>,
    /// Why it was taken back.
    pub reason: Option<String>,
    /// When the system learnt of it.
    pub recorded_at: DateTime<Utc>,
}
