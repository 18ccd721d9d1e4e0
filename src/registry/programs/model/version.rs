//! A version of a program, and a program as it stood at some time.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::{Module, Program, ProgramData, ProgramDecision, ProgramState, Submission};

/// A program with its modules as it stood at some time: in a version, or in a publication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// The program.
    pub program_id: Uuid,
    /// Whose program it was.
    pub provider_id: Uuid,
    /// The provider's name then.
    pub provider_name: String,
    /// Edition.
    pub edition: i32,
    /// What was said of it.
    pub data: ProgramData,
    /// Its modules.
    pub modules: Vec<Module>,
}

impl Snapshot {
    /// The program as it is now.
    pub fn new(program: Program, modules: Vec<Module>) -> Self {
        Self {
            program_id: program.id,
            provider_id: program.provider_id,
            provider_name: program.provider_name,
            edition: program.edition,
            data: program.data,
            modules,
        }
    }

    /// Whether both say the same, whatever the ids of their modules.
    pub fn says_the_same(&self, other: &Self) -> bool {
        self.data == other.data
            && self.modules.len() == other.modules.len()
            && self.modules.iter().zip(&other.modules).all(|(one, two)| one.data == two.data)
    }
}

/// A version of a program: an accepted one as it was, or the next one on its way (P2-8).
#[derive(Debug, Clone)]
pub struct ProgramVersion {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// State: of the next version what becomes of it, of all others accepted.
    pub state: ProgramState,
    /// What it says; its edition is the number of the version.
    pub snapshot: Snapshot,
    /// What is new in it, in the words of its author.
    pub note: Option<String>,
    /// The accounts that wrote it.
    pub writers: Vec<Uuid>,
    /// The last submission.
    pub submission: Option<Submission>,
    /// The last decision.
    pub decision: Option<ProgramDecision>,
    /// Day it was accepted.
    pub accepted_on: Option<NaiveDate>,
    /// When it was first written.
    pub created_at: DateTime<Utc>,
}

/// The accounts that have a share in a program or in its next version: whoever wrote or submitted either. Their people
/// neither review nor decide (P2-23; nobody decides on his own submission, design §2).
pub fn authors(program: &Program, next: Option<&ProgramVersion>) -> Vec<Uuid> {
    let submissions = [program.submission, next.and_then(|next| next.submission)];
    let submitters = submissions.into_iter().flatten().map(|submission| submission.account_id);
    let writers = program.writers.iter().chain(next.map(|next| next.writers.as_slice()).unwrap_or_default());
    writers.copied().chain(submitters).collect()
}

impl ProgramVersion {
    /// Whether the provider may write it anew: only what waits for a decision, or was accepted, stays as it is. A
    /// version that was turned down may be followed by another try.
    pub const fn may_be_rewritten(&self) -> bool {
        matches!(self.state, ProgramState::Draft | ProgramState::Returned | ProgramState::Rejected)
    }
}
