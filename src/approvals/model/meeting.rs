//! The meeting of a body that decides together, as its secretary records it (P1-28).

use chrono::NaiveDate;

use super::chain::Step;
use crate::values::text::is_blank;

/// What is recorded of a meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// The day it was held.
    pub held_on: NaiveDate,
    /// Number of the protocol.
    pub protocol: Option<String>,
    /// How many were present.
    pub present: Option<u16>,
    /// Votes for.
    pub votes_for: Option<u16>,
    /// Votes against.
    pub against: Option<u16>,
    /// Abstentions.
    pub abstained: Option<u16>,
}

/// What a record of a meeting lacks, or says that cannot be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MeetingFault {
    /// The meeting lies in the future.
    HeldInFuture,
    /// The body cannot have agreed to what was handed in after it had met.
    HeldBeforeSubmission,
    /// The regulation asks for the protocol.
    ProtocolRequired,
    /// Some of the three numbers of votes are missing.
    VotesIncomplete,
    /// Those for it are no majority of those who voted for or against.
    VotesDoNotCarry,
    /// More votes than people.
    VotesExceedAttendance,
}

impl MeetingFault {
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::HeldInFuture => "date_in_future",
            Self::HeldBeforeSubmission => "date_before_submission",
            Self::ProtocolRequired => "protocol_required",
            Self::VotesIncomplete => "votes_incomplete",
            Self::VotesDoNotCarry => "votes_do_not_carry",
            Self::VotesExceedAttendance => "votes_exceed_attendance",
        }
    }
}

impl Meeting {
    /// Everything that is wrong with the record, for a decision on that step in a round that was handed in on that day. An
    /// opinion may have been heard while the thing was drafted; agreement is about what was handed in.
    pub fn faults(
        &self,
        step: &Step,
        handed_in_on: Option<NaiveDate>,
        today: NaiveDate,
    ) -> Vec<MeetingFault> {
        let mut faults = Vec::new();
        if self.held_on > today {
            faults.push(MeetingFault::HeldInFuture);
        }
        if step.kind.is_of_substance() && handed_in_on.is_some_and(|day| self.held_on < day) {
            faults.push(MeetingFault::HeldBeforeSubmission);
        }
        if step.protocol_required && self.protocol.as_deref().is_none_or(is_blank) {
            faults.push(MeetingFault::ProtocolRequired);
        }
        match (self.votes_for, self.against, self.abstained) {
            (None, None, None) => {}
            (Some(votes_for), Some(against), Some(abstained)) => {
                if step.kind.is_of_substance() && votes_for <= against {
                    faults.push(MeetingFault::VotesDoNotCarry);
                }
                let cast = u32::from(votes_for) + u32::from(against) + u32::from(abstained);
                if self.present.is_some_and(|present| u32::from(present) < cast) {
                    faults.push(MeetingFault::VotesExceedAttendance);
                }
            }
            _ => faults.push(MeetingFault::VotesIncomplete),
        }
        faults
    }
}
