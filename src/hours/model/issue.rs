//! What a paper must say before it is issued or reported.

use super::entry::Credit;
use super::federal::{ADVANCED_TRAINING_MINIMUM, RETRAINING_MINIMUM, minimum_hours};
use crate::values::Hours;
use crate::values::text::is_blank;
use crate::values::{DocumentKind, ProgramKind};

/// Something wrong with a paper; all of them are told at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum IssueProblem {
    /// No program or topic (P3-13).
    #[error("the program or topic is missing")]
    TitleMissing,
    /// No hours, or fewer than none (P3-13).
    #[error("the hours must be above zero")]
    HoursMissing,
    /// Fewer hours than the law asks of such a paper or program (B1.5).
    #[error("the law asks for at least {minimum} hours")]
    HoursBelowMinimum {
        /// The least.
        minimum: Hours,
    },
    /// More hours than anybody learns between the first and the last day.
    #[error("at most {most} hours fit into the days of learning")]
    HoursExceedPeriod {
        /// The most.
        most: Hours,
    },
    /// Neither a day of completion nor one of issue.
    #[error("the date of completion or of issue is missing")]
    DateMissing,
    /// Completed before begun, or issued before completed.
    #[error("the dates do not follow each other")]
    DatesOutOfOrder,
    /// A diploma for advanced training, or a certificate of it for retraining (B1.7).
    #[error("a paper of this kind does not close a program of this kind")]
    KindDoesNotFit,
}

impl IssueProblem {
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::TitleMissing => "title_missing",
            Self::HoursMissing => "hours_missing",
            Self::HoursBelowMinimum { .. } => "hours_below_minimum",
            Self::HoursExceedPeriod { .. } => "hours_exceed_period",
            Self::DateMissing => "date_missing",
            Self::DatesOutOfOrder => "dates_out_of_order",
            Self::KindDoesNotFit => "kind_does_not_fit",
        }
    }
}

/// Academic hours that fit into one day: nine hours by the clock, without a break. The law sets no bound; more than
/// this on every day of the period is a slip of the pen.
const MOST_A_DAY: i32 = 12;

/// Everything wrong with a paper. That it is issued for completed participation only is the enrolment's rule.
pub fn issue_problems(claim: &Credit) -> Vec<IssueProblem> {
    let kind = claim.document.kind;
    let by_paper = match kind {
        DocumentKind::PdCertificate => Some(ADVANCED_TRAINING_MINIMUM),
        DocumentKind::RetrainingDiploma => Some(RETRAINING_MINIMUM),
        DocumentKind::ParticipationCertificate | DocumentKind::StudyStatement => None,
    };
    // A statement of study tells of a part of the program, so only closing papers answer for its volume.
    let minimum = by_paper.max(by_paper.and(claim.program_kind.map(minimum_hours)));
    let hours = if claim.hours.is_positive() {
        let minimum = minimum.filter(|minimum| claim.hours < *minimum);
        minimum.map(|minimum| IssueProblem::HoursBelowMinimum { minimum })
    } else {
        Some(IssueProblem::HoursMissing)
    };
    let misfit = matches!(
        (kind, claim.program_kind),
        (DocumentKind::PdCertificate, Some(ProgramKind::Retraining))
            | (DocumentKind::RetrainingDiploma, Some(ProgramKind::AdvancedTraining))
    );
    let dates: Vec<_> =
        [claim.started_on, claim.completed_on, claim.issued_on].into_iter().flatten().collect();
    let crowded = claim.started_on.zip(claim.completed_on).and_then(|(first, last)| {
        let days = i32::try_from((last - first).num_days()).ok().filter(|days| *days >= 0)?;
        let most = Hours::whole(MOST_A_DAY.saturating_mul(days.saturating_add(1)));
        (claim.hours > most).then_some(IssueProblem::HoursExceedPeriod { most })
    });
    let undated = claim.completed_on.is_none() && claim.issued_on.is_none();
    [
        claim.document.title.as_deref().is_none_or(is_blank).then_some(IssueProblem::TitleMissing),
        hours,
        crowded,
        undated.then_some(IssueProblem::DateMissing),
        (!dates.is_sorted()).then_some(IssueProblem::DatesOutOfOrder),
        misfit.then_some(IssueProblem::KindDoesNotFit),
    ]
    .into_iter()
    .flatten()
    .collect()
}
