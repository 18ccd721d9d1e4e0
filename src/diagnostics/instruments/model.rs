//! What an instrument is, who may use it, and which level a score means. Pure.

use uuid::Uuid;

use crate::diagnostics::{PublicationState, Score};
use crate::directory::organizations::model::{Organization, OrganizationKind};

/// An assessment procedure (процедура оценки, P4-6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Procedure {
    /// A test.
    Test,
    /// Observation of lessons.
    Observation,
    /// Self-assessment.
    SelfAssessment,
    /// Assessment by experts.
    Expert,
}

impl Procedure {
    /// Every procedure.
    pub const ALL: [Self; 4] = [Self::Test, Self::Observation, Self::SelfAssessment, Self::Expert];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Test => "test",
            Self::Observation => "observation",
            Self::SelfAssessment => "self_assessment",
            Self::Expert => "expert",
        }
    }

    /// The procedure of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|procedure| procedure.as_str() == name)
    }
}

/// An instrument.
#[derive(Debug, Clone)]
pub struct Instrument {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// Who developed it and keeps it.
    pub owner: InstrumentOwner,
    /// The framework it measures.
    pub framework_id: Uuid,
    /// Short code.
    pub code: String,
    /// Title.
    pub title: String,
    /// Edition, from 1.
    pub edition: i32,
    /// Its procedures.
    pub procedures: Vec<Procedure>,
    /// Their weights, in their order; empty when all weigh the same.
    pub procedure_weights: Vec<Score>,
    /// The version it replaces.
    pub supersedes_id: Option<Uuid>,
    /// Whether it may still be changed.
    pub state: PublicationState,
    /// Row version.
    pub version: i64,
}

impl Instrument {
    /// How much a procedure weighs.
    pub fn weight_of(&self, procedure: Procedure) -> Score {
        let place = self.procedures.iter().position(|known| *known == procedure);
        place.and_then(|place| self.procedure_weights.get(place).copied()).unwrap_or(Score::ONE)
    }
}

/// Who keeps an instrument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InstrumentOwner {
    /// The organization.
    pub id: Uuid,
    /// Its municipality, if it lies in one.
    pub municipality_id: Option<Uuid>,
    /// What it is.
    pub kind: OrganizationKind,
}

impl From<&Organization> for InstrumentOwner {
    fn from(organization: &Organization) -> Self {
        Self { id: organization.id, municipality_id: organization.municipality_id, kind: organization.kind }
    }
}

impl InstrumentOwner {
    /// Whether the owner's instruments serve an organization: a school's serve itself alone (P4-21), a municipality's
    /// all of it, the others the whole region.
    pub fn serves(&self, organization_id: Uuid, municipality_id: Option<Uuid>) -> bool {
        self.id == organization_id
            || (self.kind != OrganizationKind::School
                && (self.municipality_id.is_none() || self.municipality_id == municipality_id))
    }
}

/// What an instrument measures, on which scale.
#[derive(Debug, Clone)]
pub struct Scale {
    /// The competency measured.
    pub competency_id: Uuid,
    /// Highest score.
    pub max_score: Score,
    /// Weight of the competency.
    pub weight: Score,
    /// Its levels, lowest first.
    pub cut_points: Vec<CutPoint>,
}

/// From which score a level begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CutPoint {
    /// Name of the level.
    pub level: String,
    /// Lowest score of the level.
    pub from_score: Score,
    /// Whether the level is a deficit.
    pub is_deficit: bool,
    /// How grave the deficit is: 0 none, 3 gravest.
    pub severity: i16,
}

impl Scale {
    /// The level that a score means (B2.5).
    pub fn level_of(&self, score: Score) -> Option<&CutPoint> {
        self.cut_points.iter().rev().find(|cut| cut.from_score <= score)
    }
}
