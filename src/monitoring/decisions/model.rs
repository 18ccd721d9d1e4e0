//! What a decision is, and when it is late. Pure.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::authz::{Role, Target};

/// What kind of decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecisionKind {
    /// It follows from a monitoring.
    Decision,
    /// It stands by itself, or follows from a monitoring.
    Instruction,
}

impl DecisionKind {
    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Decision => "decision",
            Self::Instruction => "instruction",
        }
    }

    /// The kind of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Decision, Self::Instruction].into_iter().find(|kind| kind.as_str() == name)
    }
}

/// What the addressee has done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// In words.
    pub text: String,
    /// Day of the answer.
    pub answered_on: NaiveDate,
}

/// One side of a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Side {
    /// The organization.
    pub organization_id: Uuid,
    /// Its municipality.
    pub municipality_id: Option<Uuid>,
}

/// A decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// Who took it.
    pub author: Side,
    /// Whom it binds.
    pub addressee: Side,
    /// The monitoring it follows from.
    pub monitoring_id: Option<Uuid>,
    /// What kind.
    pub kind: DecisionKind,
    /// The role of who took it.
    pub role: Role,
    /// What is to be done.
    pub text: String,
    /// Day it was taken.
    pub taken_on: NaiveDate,
    /// Day by which it is to be done.
    pub due_on: NaiveDate,
    /// What the addressee has done.
    pub answer: Option<Answer>,
    /// Row version.
    pub version: i64,
}

impl Decision {
    /// As a target of those who read: of either side.
    pub fn target(&self) -> Target {
        let of_author = Target::region(self.region_id)
            .organization(self.author.organization_id, self.author.municipality_id);
        of_author.organization(self.addressee.organization_id, self.addressee.municipality_id)
    }

    /// As a target of those who answer.
    pub fn addressed(&self) -> Target {
        Target::region(self.region_id)
            .organization(self.addressee.organization_id, self.addressee.municipality_id)
    }

    /// Whether it waits for an answer that was due before that day, or the answer came late.
    pub fn is_overdue_on(&self, day: NaiveDate) -> bool {
        self.answer.as_ref().map_or(day, |answer| answer.answered_on) > self.due_on
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// P4-17: an instruction has a due day.
    #[test]
    fn what_is_answered_in_time_is_never_overdue() {
        let side = Side { organization_id: Uuid::nil(), municipality_id: None };
        let mut decision = Decision {
            id: Uuid::nil(),
            region_id: Uuid::nil(),
            author: side,
            addressee: side,
            monitoring_id: None,
            kind: DecisionKind::Instruction,
            role: Role::MinistryOfficer,
            text: "Провести диагностику".to_owned(),
            taken_on: day("2026-03-02"),
            due_on: day("2026-03-10"),
            answer: None,
            version: 1,
        };
        assert!(!decision.is_overdue_on(day("2026-03-10")));
        assert!(decision.is_overdue_on(day("2026-03-11")));
        decision.answer =
            Some(Answer { text: "Проведена".to_owned(), answered_on: day("2026-03-10") });
        assert!(!decision.is_overdue_on(day("2026-12-31")));
    }
}
