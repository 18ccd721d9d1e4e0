//! What an entry of the registry is, what may be entered, and how an entry lives.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::error::{FieldProblem, Text};
use crate::registry::programs::model::{ProgramAudience, names};
use crate::regulations::profile::RegistryProfile;
use crate::values::{Hours, ProgramKind};

names! {
    /// State of an entry (состояние записи реестра).
    pub enum EntryState {
        /// In the registry.
        Active = "active",
        /// Taken out for a while.
        Suspended = "suspended",
        /// Taken out for good.
        Removed = "removed",
    }
}

/// What is decided on an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryDecision {
    /// Taken out for a while.
    Suspend,
    /// Put back.
    Resume,
    /// Taken out for good.
    Remove,
}

impl EntryDecision {
    /// The state an entry gets, if its state allows the decision.
    pub const fn next(self, state: EntryState) -> Option<EntryState> {
        match (state, self) {
            (EntryState::Active, Self::Suspend) => Some(EntryState::Suspended),
            (EntryState::Suspended, Self::Resume) => Some(EntryState::Active),
            (EntryState::Active | EntryState::Suspended, Self::Remove) => Some(EntryState::Removed),
            (EntryState::Active, Self::Resume)
            | (EntryState::Suspended, Self::Suspend)
            | (EntryState::Removed, Self::Suspend | Self::Resume | Self::Remove) => None,
        }
    }
}

/// An entry with what a reader of the registry needs to know of its program (P4-9).
#[derive(Debug, Clone)]
pub struct RegistryEntry {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// The program.
    pub program_id: Uuid,
    /// Its title.
    pub title: String,
    /// Its kind.
    pub kind: ProgramKind,
    /// Its volume.
    pub hours: Hours,
    /// For whom it is.
    pub audience: Vec<ProgramAudience>,
    /// Whose program it is.
    pub provider_id: Uuid,
    /// The provider's name.
    pub provider_name: String,
    /// State.
    pub state: EntryState,
    /// Day it entered the registry.
    pub entered_on: NaiveDate,
    /// Why it was suspended or removed.
    pub reason: Option<String>,
    /// Row version.
    pub version: i64,
}

/// Everything in the regulation that keeps an accepted program out of the registry, its review aside (P2-23).
pub fn admission(kind: ProgramKind, rules: Option<&RegistryProfile>) -> Vec<FieldProblem> {
    let kinds = rules.and_then(|rules| rules.program_kinds.as_ref());
    let mut problems = Vec::new();
    if let Some(rule) = kinds.filter(|rule| !rule.kinds.contains(&kind)) {
        let words = Text::new(
            "По положению программы этого вида в реестр не включаются",
            "By the regulation, the registry holds no programs of this kind",
        );
        let problem = FieldProblem::new("/program_id", "kind_not_in_registry", words);
        problems.push(problem.because("P4-9", rule.paragraph.as_deref()));
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_removed_entry_is_final() {
        for decision in [EntryDecision::Suspend, EntryDecision::Resume, EntryDecision::Remove] {
            assert_eq!(decision.next(EntryState::Removed), None);
        }
    }

    #[test]
    fn only_a_suspended_entry_is_resumed() {
        assert_eq!(EntryDecision::Resume.next(EntryState::Suspended), Some(EntryState::Active));
        assert_eq!(EntryDecision::Resume.next(EntryState::Active), None);
    }

    #[test]
    fn a_regulation_that_says_nothing_admits_every_kind() {
        assert!(admission(ProgramKind::Retraining, None).is_empty());
        assert!(admission(ProgramKind::Retraining, Some(&RegistryProfile::default())).is_empty());
    }
}
