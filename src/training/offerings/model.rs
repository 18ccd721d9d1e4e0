//! What an offering is, and what must be true of one before it is written.

mod check;
mod seats;
mod state;
#[cfg(test)]
mod tests;

use chrono::{DateTime, Duration, NaiveDate, Utc};
use uuid::Uuid;

pub use check::{OfferingSurroundings, ProgramInOffering, problems};
pub use seats::{Queued, Seats, waiting_positions};
pub use state::{OfferingEvent, OfferingRefusal, step};

use crate::registry::programs::model::{ProgramDelivery, StudyForm};
use crate::training::vocabulary::{OfferingKind, OfferingState, TrainingStageKind};
use crate::values::Hours;

/// What is said of an offering.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferingData {
    /// What it is.
    pub kind: OfferingKind,
    /// Title.
    pub title: String,
    /// What it is about.
    pub annotation: Option<String>,
    /// The program taught.
    pub program_id: Option<Uuid>,
    /// The single module taught.
    pub module_id: Option<Uuid>,
    /// Where, when not at the organiser's.
    pub venue_id: Option<Uuid>,
    /// Room, address or link.
    pub place: Option<String>,
    /// Who leads it.
    pub leader_id: Option<Uuid>,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// Last day of applications; the first day when none is set.
    pub apply_until: Option<NaiveDate>,
    /// How many people may take part.
    pub seats: i32,
    /// Form of study.
    pub study_form: StudyForm,
    /// Ways of delivery.
    pub delivery: Vec<ProgramDelivery>,
    /// Volume; that of the program or module when none is set.
    pub hours: Option<Hours>,
    /// The practical share.
    pub practical_hours: Hours,
    /// What learners make.
    pub expected_product: Option<String>,
}

/// A stage as the organiser plans it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrainingStage {
    /// What it is.
    pub kind: TrainingStageKind,
    /// Title.
    pub title: String,
    /// Volume.
    pub hours: Option<Hours>,
}

/// What is said of an offering with what belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferingContent {
    /// What is said of it.
    pub data: OfferingData,
    /// Who holds it together with the organiser.
    pub partner_ids: Vec<Uuid>,
    /// Its stages in order.
    pub stages: Vec<TrainingStage>,
}

/// An offering.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offering {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// The municipality where it takes place.
    pub municipality_id: Option<Uuid>,
    /// The organiser.
    pub organization_id: Uuid,
    /// What is said of it.
    pub data: OfferingData,
    /// Its volume.
    pub hours: Hours,
    /// The edition of the program when it was planned.
    pub program_version: Option<i32>,
    /// How many seats are taken.
    pub seats_taken: i32,
    /// State of the life cycle.
    pub state: OfferingState,
    /// Why it was cancelled.
    pub cancel_reason: Option<String>,
    /// When it was announced; until then it is a plan that its organiser alone knows of, cancelled or not.
    pub opened_at: Option<DateTime<Utc>>,
    /// The offering it is a copy of.
    pub copied_from_id: Option<Uuid>,
    /// Row version.
    pub version: i64,
    /// When it was planned.
    pub created_at: DateTime<Utc>,
}

impl Offering {
    /// Its seats.
    pub const fn seats(&self) -> Seats {
        Seats { total: self.data.seats, taken: self.seats_taken }
    }

    /// Last day on which applications are taken.
    pub fn applications_until(&self) -> NaiveDate {
        self.data.apply_until.unwrap_or(self.data.starts_on)
    }

    /// Whether it takes applications on that day.
    pub fn takes_applications(&self, today: NaiveDate) -> bool {
        self.state == OfferingState::Open && today <= self.applications_until()
    }
}

/// The same content for other days: everything moves by the same number of days (a copy for a new school year).
#[must_use]
pub fn moved_to(content: &OfferingContent, starts_on: NaiveDate) -> OfferingContent {
    let by: Duration = starts_on - content.data.starts_on;
    let moved = |day: NaiveDate| day.checked_add_signed(by).unwrap_or(day);
    let data = OfferingData {
        starts_on,
        ends_on: moved(content.data.ends_on),
        apply_until: content.data.apply_until.map(moved),
        ..content.data.clone()
    };
    OfferingContent { data, ..content.clone() }
}
