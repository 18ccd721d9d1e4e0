//! What a result is. Pure.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::diagnostics::Score;
use crate::diagnostics::instruments::model::Procedure;
use crate::directory::organizations::model::OrganizationKind;

/// How diagnostics were held (формат диагностики, P4-13).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResultMode {
    /// Over the network.
    Online,
    /// In person.
    Offline,
}

impl ResultMode {
    /// The stable name, as in profiles of regulations.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Online => "online",
            Self::Offline => "offline",
        }
    }

    /// The mode of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Online, Self::Offline].into_iter().find(|mode| mode.as_str() == name)
    }
}

/// A result of diagnostics.
#[derive(Debug, Clone)]
pub struct DiagnosticResult {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// The municipality of the school.
    pub municipality_id: Option<Uuid>,
    /// The school of the person at the time.
    pub organization_id: Uuid,
    /// The person.
    pub person_id: Uuid,
    /// The instrument used.
    pub instrument_id: Uuid,
    /// How it was held.
    pub mode: ResultMode,
    /// Day of the diagnostics.
    pub taken_on: NaiveDate,
    /// The organization that conducted it.
    pub conducted_by: Uuid,
    /// The result this one replaces.
    pub corrects_id: Option<Uuid>,
    /// The campaign it belongs to.
    pub campaign_id: Option<Uuid>,
}

/// A score given by one procedure.
#[derive(Debug, Clone)]
pub struct ProcedureScore {
    /// What was measured.
    pub competency_id: Uuid,
    /// The procedure.
    pub procedure: Procedure,
    /// The score.
    pub score: Score,
}

/// The level that follows from the scores of a competency.
#[derive(Debug, Clone)]
pub struct CompetencyLevel {
    /// What was measured.
    pub competency_id: Uuid,
    /// Mean of the procedures' scores.
    pub score: Score,
    /// Name of the level.
    pub level: String,
    /// Whether the level is a deficit.
    pub is_deficit: bool,
}

/// A result as it was recorded, with what follows from it.
#[derive(Debug, Clone)]
pub struct RecordedResult {
    /// The result.
    pub result: DiagnosticResult,
    /// What kind of organization conducted it: the school itself or the coordinator (P4-21).
    pub conducted_by_kind: OrganizationKind,
    /// The result that replaces this one.
    pub corrected_by_id: Option<Uuid>,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
}
