//! What federal law says about hours: facts for everybody, so they stand in code with their source.

use chrono::NaiveDate;

use crate::values::period::SlidingWindow;
use crate::values::{DocumentKind, Hours, ProgramKind};

/// The ground of the frequency check: the right to training (B1.1) and the duty to raise one's level (B1.2).
pub const FREQUENCY_GROUND: &str = "273-ФЗ ст. 47 ч. 5 п. 2, ст. 48 ч. 1 п. 7";

/// Training at least once in three years (B1.1).
pub const FREQUENCY_WINDOW: SlidingWindow = SlidingWindow::months(36);

/// The smallest advanced training (B1.5: order № 266, p. 18).
pub const ADVANCED_TRAINING_MINIMUM: Hours = Hours::whole(16);

/// The smallest retraining (B1.5: order № 266, p. 18).
pub const RETRAINING_MINIMUM: Hours = Hours::whole(250);

/// The first day on which training may begin at eligible providers only: 1 September 2025 (B1.8).
pub const PROVIDERS_RESTRICTED_FROM: Option<NaiveDate> = NaiveDate::from_ymd_opt(2025, 9, 1);

/// The smallest volume of a program of that kind; a long advanced training stays one (B1.7).
pub const fn minimum_hours(kind: ProgramKind) -> Hours {
    match kind {
        ProgramKind::AdvancedTraining => ADVANCED_TRAINING_MINIMUM,
        ProgramKind::Retraining => RETRAINING_MINIMUM,
    }
}

/// Whether such a paper completes the training that the law asks for: only qualification documents do (B1.10),
/// a certificate of participation does not (B1.11).
pub fn completes_training(kind: DocumentKind, hours: Hours) -> bool {
    match kind {
        DocumentKind::PdCertificate => hours >= ADVANCED_TRAINING_MINIMUM,
        DocumentKind::RetrainingDiploma => hours >= RETRAINING_MINIMUM,
        DocumentKind::ParticipationCertificate | DocumentKind::StudyStatement => false,
    }
}
