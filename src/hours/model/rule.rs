//! What a regulation says about hours, in plain values.

use chrono::NaiveDate;

use super::entry::Credit;
use crate::values::DocumentKind;
use crate::values::Hours;
use crate::values::period::SlidingWindow;

/// Which date places an entry in the window (ambiguity 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum DateRule {
    /// Completion, else issue.
    #[default]
    CompletedElseIssued,
    /// Issue, else completion (P0-18: hours *shown in certificates*).
    IssuedElseCompleted,
    /// Completion only.
    Completed,
    /// Issue only.
    Issued,
}

impl DateRule {
    /// The date of an entry under this rule.
    pub fn date_of(self, credit: &Credit) -> Option<NaiveDate> {
        match self {
            Self::CompletedElseIssued => credit.completed_on.or(credit.issued_on),
            Self::IssuedElseCompleted => credit.issued_on.or(credit.completed_on),
            Self::Completed => credit.completed_on,
            Self::Issued => credit.issued_on,
        }
    }
}

/// A number of hours to reach (P0-17).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Norm {
    /// How many.
    pub hours: Hours,
    /// The paragraph of the regulation, as people cite it.
    pub paragraph: String,
}

/// How the regulation counts hours, with or without a norm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoursRule {
    /// The norm for this person; `None` where the regulation sets none (ambiguity 4).
    pub norm: Option<Norm>,
    /// The length of the sliding window.
    pub window_months: u16,
    /// The papers whose hours are summed (B1.11).
    pub accepted_kinds: Vec<DocumentKind>,
    /// The date that places an entry in the window.
    pub date_rule: DateRule,
    /// `true` when credited modules add hours (ambiguity 8).
    pub credited_modules_count: bool,
    /// `true` when hours of retraining add up with the others (ambiguity 5).
    pub retraining_counts: bool,
}

impl Default for HoursRule {
    /// The defaults settled for what the regulations leave open: 36 months, completion else issue, every kind of
    /// paper, retraining counts, credited modules do not, no norm.
    fn default() -> Self {
        Self {
            norm: None,
            window_months: 36,
            accepted_kinds: DocumentKind::ALL.to_vec(),
            date_rule: DateRule::default(),
            credited_modules_count: false,
            retraining_counts: true,
        }
    }
}

impl HoursRule {
    /// The window.
    pub const fn window(&self) -> SlidingWindow {
        SlidingWindow::months(self.window_months)
    }
}
