//! What a flag in a credit book is, and how it ends.
#![deny(clippy::wildcard_enum_match_arm)]

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::authz::Target;
use crate::hours::credit_books::model::Source;
use crate::values::text::is_blank;

/// What the teacher says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FlagKind {
    /// An entry is wrong.
    Wrong,
    /// An entry is missing.
    Missing,
}

impl FlagKind {
    /// Every kind.
    pub const ALL: [Self; 2] = [Self::Wrong, Self::Missing];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Wrong => "wrong",
            Self::Missing => "missing",
        }
    }

    /// The kind of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// Where a flag stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FlagState {
    /// It waits for an answer.
    Open,
    /// The entry was corrected or written.
    Resolved,
    /// Refused, with a reason.
    Refused,
    /// Taken back by the teacher.
    Withdrawn,
}

impl FlagState {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Open, Self::Resolved, Self::Refused, Self::Withdrawn];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Resolved => "resolved",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The state of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }
}

/// What happens to a flag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FlagEvent {
    /// An entry resolves it.
    Resolve,
    /// It is refused.
    Refuse {
        /// Why; never blank.
        reason: String,
    },
    /// The teacher takes it back.
    Withdraw,
}

/// Why an event is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FlagRefusal {
    /// It was answered or taken back.
    AlreadyFinal,
    /// A refusal says why.
    ReasonRequired,
}

impl FlagRefusal {
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::AlreadyFinal => "already_final",
            Self::ReasonRequired => "reason_required",
        }
    }
}

/// Judges one event.
///
/// # Errors
/// The reason the event does not happen.
pub fn step(state: FlagState, event: &FlagEvent) -> Result<FlagState, FlagRefusal> {
    match state {
        FlagState::Resolved | FlagState::Refused | FlagState::Withdrawn => Err(FlagRefusal::AlreadyFinal),
        FlagState::Open => match event {
            FlagEvent::Resolve => Ok(FlagState::Resolved),
            FlagEvent::Refuse { reason } if is_blank(reason) => Err(FlagRefusal::ReasonRequired),
            FlagEvent::Refuse { .. } => Ok(FlagState::Refused),
            FlagEvent::Withdraw => Ok(FlagState::Withdrawn),
        },
    }
}

/// A flag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flag {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// The municipality of the organiser.
    pub municipality_id: Option<Uuid>,
    /// The organiser of what it is about.
    pub organization_id: Uuid,
    /// The book.
    pub book_id: Uuid,
    /// Whose book it is, and who flags.
    pub person_id: Uuid,
    /// What the teacher says.
    pub kind: FlagKind,
    /// The entry that is wrong.
    pub entry_id: Option<Uuid>,
    /// What it is about.
    pub source: Source,
    /// In the teacher's words.
    pub text: String,
    /// To whom it goes; none when the organiser alone answers.
    pub leader_id: Option<Uuid>,
    /// Where it stands.
    pub state: FlagState,
    /// What was answered.
    pub answer: Option<String>,
    /// The entry that resolved it.
    pub answer_entry_id: Option<Uuid>,
    /// Who answered.
    pub answered_by: Option<Uuid>,
    /// When.
    pub answered_at: Option<DateTime<Utc>>,
    /// Row version.
    pub version: i64,
    /// When it was raised.
    pub created_at: DateTime<Utc>,
}

impl Flag {
    /// The flag as a target of rights.
    pub fn target(&self) -> Target {
        Target::region(self.region_id)
            .organization(self.organization_id, self.municipality_id)
            .person(self.person_id)
            .assigned(self.leader_id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_open_flag_ends_once() {
        let refuse = |reason: &str| FlagEvent::Refuse { reason: reason.to_owned() };
        assert_eq!(step(FlagState::Open, &FlagEvent::Resolve), Ok(FlagState::Resolved));
        assert_eq!(step(FlagState::Open, &refuse("Не был")), Ok(FlagState::Refused));
        assert_eq!(step(FlagState::Open, &refuse(" ")), Err(FlagRefusal::ReasonRequired));
        assert_eq!(step(FlagState::Open, &FlagEvent::Withdraw), Ok(FlagState::Withdrawn));
        for state in [FlagState::Resolved, FlagState::Refused, FlagState::Withdrawn] {
            for event in [FlagEvent::Resolve, refuse("Не был"), FlagEvent::Withdraw] {
                assert_eq!(step(state, &event), Err(FlagRefusal::AlreadyFinal));
            }
        }
    }
}
