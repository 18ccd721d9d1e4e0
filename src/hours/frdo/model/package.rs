//! A package that was formed, and what the register said of it.

use chrono::{DateTime, Days, NaiveDate, Utc};
use uuid::Uuid;

use super::layout::Layout;
use super::step::Action;

/// Days after the issue in which a document has to be in the register (B5: a vendor's page, confidence M).
const DAYS_TO_SEND: Days = Days::new(60);

/// Day by which the register wants a document.
pub fn due_on(issued_on: NaiveDate) -> NaiveDate {
    issued_on.checked_add_days(DAYS_TO_SEND).unwrap_or(NaiveDate::MAX)
}

/// Where a package stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PackageState {
    /// It waits for the answer.
    Formed,
    /// The register has taken it.
    Accepted,
    /// The register has not: its documents go again.
    Rejected,
    /// Its issuer has taken it back before the register answered: its documents go again.
    Withdrawn,
}

impl PackageState {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Formed, Self::Accepted, Self::Rejected, Self::Withdrawn];

    /// The names of those whose rows the register has or is asked to take.
    pub const STANDING: [&'static str; 2] = [Self::Formed.as_str(), Self::Accepted.as_str()];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Formed => "formed",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The state of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }
}

/// A package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrdoPackage {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// Who issued the documents.
    pub organization_id: Uuid,
    /// Number among the packages of the organization.
    pub number: i32,
    /// Its layout.
    pub layout: Layout,
    /// Rows in it.
    pub row_count: i32,
    /// Day by which the register wants the oldest document of it.
    pub due_on: NaiveDate,
    /// Where it stands.
    pub state: PackageState,
    /// When it was formed.
    pub formed_at: DateTime<Utc>,
    /// Day of the answer.
    pub answered_on: Option<NaiveDate>,
    /// What the register said, or why the package was withdrawn.
    pub note: Option<String>,
    /// Row version.
    pub version: i64,
}

/// A row of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrdoPackageRow {
    /// Place in the table, from 1.
    pub position: i32,
    /// The document.
    pub credential_id: Uuid,
    /// The duplicate of it that the row is about.
    pub duplicate_id: Option<Uuid>,
    /// Whose it is.
    pub person_id: Uuid,
    /// As what it goes.
    pub action: Action,
    /// Its cells in the order of the layout.
    pub cells: Vec<String>,
}

/// What the register said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Whether it has taken the package.
    pub accepted: bool,
    /// Day of the answer; today when none is said.
    pub answered_on: Option<NaiveDate>,
    /// Its words; needed when it has not.
    pub note: Option<String>,
}

/// Why an answer or a withdrawal is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PackageRefusal {
    /// The register has answered already.
    Answered,
    /// The package was withdrawn.
    Withdrawn,
    /// The day has not come, or the package was not formed by then.
    Day,
    /// A rejection says why.
    Silent,
}

impl FrdoPackage {
    /// The package after the answer; every fault of it at once.
    pub fn answered(
        self,
        answer: Answer,
        formed_on: NaiveDate,
        today: NaiveDate,
    ) -> Result<Self, Vec<PackageRefusal>> {
        self.waits().map_err(|refusal| vec![refusal])?;
        let answered_on = answer.answered_on.unwrap_or(today);
        let mut refusals = Vec::new();
        if answered_on > today || answered_on < formed_on {
            refusals.push(PackageRefusal::Day);
        }
        if !answer.accepted && answer.note.is_none() {
            refusals.push(PackageRefusal::Silent);
        }
        if !refusals.is_empty() {
            return Err(refusals);
        }
        Ok(Self {
            state: if answer.accepted { PackageState::Accepted } else { PackageState::Rejected },
            answered_on: Some(answered_on),
            note: answer.note,
            version: self.version + 1,
            ..self
        })
    }

    /// The package taken back, for that reason: only while it waits for its answer.
    pub fn withdrawn(self, reason: String) -> Result<Self, PackageRefusal> {
        self.waits()?;
        Ok(Self { state: PackageState::Withdrawn, note: Some(reason), version: self.version + 1, ..self })
    }

    const fn waits(&self) -> Result<(), PackageRefusal> {
        match self.state {
            PackageState::Formed => Ok(()),
            PackageState::Accepted | PackageState::Rejected => Err(PackageRefusal::Answered),
            PackageState::Withdrawn => Err(PackageRefusal::Withdrawn),
        }
    }
}
