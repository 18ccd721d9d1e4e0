//! An offering in a list, as it travels.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::registry::programs::dto::StudyFormDto;
use crate::training::offerings::model::Offering;
use crate::training::vocabulary::{OfferingKind, OfferingState};
use crate::values::Hours;

/// An offering in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct OfferingItem {
    /// The offering's id.
    pub id: Uuid,
    /// The organiser.
    pub organization_id: Uuid,
    /// What it is.
    pub kind: OfferingKind,
    /// Title.
    #[schema(max_length = 500)]
    pub title: String,
    /// The program that is taught.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub program_id: Option<Uuid>,
    /// The single module that is taught.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub module_id: Option<Uuid>,
    /// Where it takes place, when it is not the organiser's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub venue_id: Option<Uuid>,
    /// The municipality where it takes place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub municipality_id: Option<Uuid>,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// Last day on which applications are taken.
    pub applications_until: NaiveDate,
    /// Form of study.
    pub study_form: StudyFormDto,
    /// Volume in academic hours.
    #[schema(value_type = f64, minimum = 0.5, maximum = 5000, multiple_of = 0.5)]
    pub hours: Hours,
    /// The practical share of them.
    #[schema(value_type = f64, minimum = 0, maximum = 5000, multiple_of = 0.5)]
    pub practical_hours: Hours,
    /// How many people may take part.
    #[schema(minimum = 1, maximum = 10_000)]
    pub seats: i32,
    /// How many seats are free.
    #[schema(minimum = 0, maximum = 10_000)]
    pub seats_free: i32,
    /// Where it stands.
    pub state: OfferingState,
}

impl From<Offering> for OfferingItem {
    fn from(offering: Offering) -> Self {
        Self {
            id: offering.id,
            organization_id: offering.organization_id,
            kind: offering.data.kind,
            program_id: offering.data.program_id,
            module_id: offering.data.module_id,
            venue_id: offering.data.venue_id,
            municipality_id: offering.municipality_id,
            starts_on: offering.data.starts_on,
            ends_on: offering.data.ends_on,
            applications_until: offering.applications_until(),
            study_form: offering.data.study_form.into(),
            hours: offering.hours,
            practical_hours: offering.data.practical_hours,
            seats: offering.data.seats,
            seats_free: offering.seats().free(),
            state: offering.state,
            title: offering.data.title,
        }
    }
}
