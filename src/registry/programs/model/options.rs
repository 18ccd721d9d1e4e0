//! What of the programs of a region could be put into a route: for proposals.

use chrono::NaiveDate;
use uuid::Uuid;

use super::{ProgramAudience, ProgramDelivery, StudyForm};
use crate::values::{EducationLevel, Hours, ProgramKind};

/// Which programs are asked for.
#[derive(Debug, Clone)]
pub struct OptionsAsked {
    /// The region.
    pub region_id: Uuid,
    /// Programs with a module that develops one of these competencies.
    pub competency_ids: Vec<Uuid>,
    /// All others too: they give hours.
    pub others_too: bool,
    /// These in any case.
    pub program_ids: Vec<Uuid>,
    /// For whom.
    pub audience: ProgramAudience,
    /// Levels of education the learner teaches at; empty: any.
    pub education_levels: Vec<EducationLevel>,
    /// Offerings that one may still apply for on that day.
    pub today: NaiveDate,
}

/// An accepted program on offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferedProgram {
    /// The id.
    pub id: Uuid,
    /// Whose it is.
    pub provider_id: Uuid,
    /// Advanced training or retraining.
    pub kind: ProgramKind,
    /// Title.
    pub title: String,
    /// Volume.
    pub hours: Hours,
    /// Price in whole roubles; 0 when free.
    pub price: i32,
    /// Form of study.
    pub study_form: StudyForm,
    /// Ways of delivery.
    pub delivery: Vec<ProgramDelivery>,
    /// Whether it stands in the registry now.
    pub in_active_registry: bool,
    /// Its modules that develop one of the competencies asked for.
    pub modules: Vec<OfferedModule>,
    /// Its open offerings with a free place, by first day.
    pub starts: Vec<OfferedStart>,
}

/// A module that develops a competency asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferedModule {
    /// The id.
    pub id: Uuid,
    /// Title.
    pub title: String,
    /// Volume.
    pub hours: Hours,
    /// Who teaches it.
    pub provider_id: Uuid,
    /// Ways of delivery.
    pub delivery: Vec<ProgramDelivery>,
    /// Those of the competencies asked for that it develops.
    pub competency_ids: Vec<Uuid>,
}

/// An open offering with a free place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferedStart {
    /// The offering.
    pub offering_id: Uuid,
    /// The single module it teaches; none: the whole program.
    pub module_id: Option<Uuid>,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// Form of study.
    pub study_form: StudyForm,
    /// Ways of delivery.
    pub delivery: Vec<ProgramDelivery>,
    /// Where.
    pub place: Option<String>,
}
