//! The time given to a step, and what happens when it has passed.

use chrono::{Datelike, NaiveDate, Weekday};

use crate::values::period::next_day;

/// What happens when a step's deadline has passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OnDeadline {
    /// The seat is reminded once.
    Remind,
    /// The step is passed over, visibly, and the chain goes on.
    Escalate,
    /// The request ends.
    Lapse,
    /// Nothing: lateness is only shown.
    Nothing,
}

impl OnDeadline {
    /// Every behaviour.
    pub const ALL: [Self; 4] = [Self::Remind, Self::Escalate, Self::Lapse, Self::Nothing];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Remind => "remind",
            Self::Escalate => "escalate",
            Self::Lapse => "lapse",
            Self::Nothing => "nothing",
        }
    }

    /// The behaviour of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|behaviour| behaviour.as_str() == name)
    }
}

/// The time given to a step, from the day it opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Deadline {
    /// How many days.
    pub days: u16,
    /// `true` when Saturdays and Sundays are not counted. Public holidays are not known here.
    pub working: bool,
}

impl Deadline {
    /// The last day for a step opened on that day.
    pub fn last_day(self, opened_on: NaiveDate) -> NaiveDate {
        let counts = |day: &NaiveDate| !self.working || !matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        let days = std::iter::successors(Some(next_day(opened_on)), |day| Some(next_day(*day)));
        let last = usize::from(self.days).checked_sub(1).and_then(|index| days.filter(counts).nth(index));
        last.unwrap_or(opened_on)
    }
}
