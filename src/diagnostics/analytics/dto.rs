//! What travels about the report.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::Place;
use super::service::{Asked, BlockSum, NamedPlace, NamedReport, NamedTally};
use crate::diagnostics::deficits::model::DeficitCounts;
use crate::values::day;

/// Which report.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DiagnosticReportQuery {
    /// The school, the municipal authority or the ministry; the caller's own level when absent.
    pub organization_id: Option<Uuid>,
    /// Only this framework.
    pub framework_id: Option<Uuid>,
    /// As it stood on this day; today when absent.
    #[serde(default, deserialize_with = "day")]
    pub as_of: Option<NaiveDate>,
    /// Only competencies with deficits that no active program answers.
    #[serde(default)]
    pub unanswered: bool,
}

impl From<&DiagnosticReportQuery> for Asked {
    fn from(query: &DiagnosticReportQuery) -> Self {
        Self {
            organization_id: query.organization_id,
            framework_id: query.framework_id,
            as_of: query.as_of,
            unanswered: query.unanswered,
        }
    }
}

/// The level of a report (уровень отчёта).
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DiagnosticReportLevel {
    /// One school.
    School,
    /// One municipality with all its schools.
    Municipality,
    /// The whole region.
    Region,
}

/// Deficits by where they stand.
#[derive(Debug, Serialize, ToSchema)]
pub struct DiagnosticDeficitCounts {
    /// Deficits nothing answers yet.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    pub open: i64,
    /// Deficits a route in force answers.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    pub addressed: i64,
    /// Deficits closed by repeat diagnostics.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    pub closed: i64,
    /// All of them.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    pub total: i64,
    /// Closed ones in per cent of all, rounded down; absent when there are none at all.
    #[schema(minimum = 0, maximum = 100)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed_percent: Option<i64>,
}

impl From<DeficitCounts> for DiagnosticDeficitCounts {
    fn from(counts: DeficitCounts) -> Self {
        Self {
            open: counts.open,
            addressed: counts.addressed,
            closed: counts.closed,
            total: counts.total(),
            closed_percent: counts.closed_percent(),
        }
    }
}

/// A place in the report.
#[derive(Debug, Serialize, ToSchema)]
pub struct DiagnosticReportPlace {
    /// What it is.
    pub level: DiagnosticReportLevel,
    /// The school, the municipal authority or the region.
    pub id: Uuid,
    /// Its name.
    #[schema(max_length = 500)]
    pub name: String,
    /// People employed on the day.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub staff: i64,
    /// Whether fewer than five people stand behind the numbers, or behind those of another place that they would
    /// betray: then there are none.
    pub hidden: bool,
    /// People with a diagnostic result taken until that day, at the school of the result.
    #[schema(minimum = 0, maximum = 10_000_000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tested: Option<i64>,
    /// Tested people in per cent of the staff, rounded down; absent where nobody works.
    #[schema(minimum = 0, maximum = 1_000_000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coverage_percent: Option<i64>,
    /// Their deficits; those of hidden competencies are not in them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deficits: Option<DiagnosticDeficitCounts>,
}

impl From<NamedPlace> for DiagnosticReportPlace {
    fn from(place: NamedPlace) -> Self {
        let row = place.row;
        let (level, id) = match row.place {
            Place::School(id) => (DiagnosticReportLevel::School, id),
            Place::Municipality(id) => (DiagnosticReportLevel::Municipality, id),
            Place::Region(id) => (DiagnosticReportLevel::Region, id),
        };
        let tested = row.shown.map(|(tested, _)| tested);
        Self {
            level,
            id,
            name: place.name,
            staff: row.staff,
            hidden: row.shown.is_none(),
            tested,
            coverage_percent: tested.and_then(|tested| (tested * 100).checked_div(row.staff)),
            deficits: row.shown.map(|(_, deficits)| deficits.into()),
        }
    }
}

/// A block of a framework in the report.
#[derive(Debug, Serialize, ToSchema)]
pub struct DiagnosticReportBlock {
    /// The framework.
    pub framework_id: Uuid,
    /// Code of the block.
    #[schema(max_length = 64)]
    pub code: String,
    /// Its title.
    #[schema(max_length = 500)]
    pub title: String,
    /// Deficits in its competencies that are shown.
    pub deficits: DiagnosticDeficitCounts,
}

impl From<BlockSum> for DiagnosticReportBlock {
    fn from(block: BlockSum) -> Self {
        Self {
            framework_id: block.framework_id,
            code: block.code,
            title: block.title,
            deficits: block.deficits.into(),
        }
    }
}

/// A competency in the report.
#[derive(Debug, Serialize, ToSchema)]
pub struct DiagnosticReportCompetency {
    /// The competency.
    pub competency_id: Uuid,
    /// The framework.
    pub framework_id: Uuid,
    /// Its code.
    #[schema(max_length = 64)]
    pub code: String,
    /// Its title.
    #[schema(max_length = 500)]
    pub title: String,
    /// Code of its block.
    #[schema(max_length = 64)]
    pub block_code: String,
    /// Whether fewer than five people stand behind the numbers, or behind those of another place that they would
    /// betray: then there are none.
    pub hidden: bool,
    /// People whose competency was measured, by their last measurement.
    #[schema(minimum = 0, maximum = 10_000_000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub people: Option<i64>,
    /// Deficits in it, difficulties reported without a test among them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deficits: Option<DiagnosticDeficitCounts>,
    /// Active programs of the region with a module that answers a deficit in it; 0: nothing answers it.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub active_programs: i64,
}

impl From<NamedTally> for DiagnosticReportCompetency {
    fn from(row: NamedTally) -> Self {
        Self {
            competency_id: row.competency_id,
            framework_id: row.framework_id,
            code: row.code,
            title: row.title,
            block_code: row.block_code,
            hidden: row.shown.is_none(),
            people: row.shown.map(|tally| tally.people),
            deficits: row.shown.map(|tally| tally.deficits.into()),
            active_programs: row.active_programs,
        }
    }
}

/// The report of diagnostics at one level (аналитика профессиональных дефицитов).
#[derive(Debug, Serialize, ToSchema)]
pub struct DiagnosticReport {
    /// The day.
    pub as_of: NaiveDate,
    /// The place itself.
    pub place: DiagnosticReportPlace,
    /// By block of each framework.
    #[schema(max_items = 1_000)]
    pub blocks: Vec<DiagnosticReportBlock>,
    /// By competency, most deficits that are not closed first: what priority directions may be made from.
    #[schema(max_items = 20_000)]
    pub competencies: Vec<DiagnosticReportCompetency>,
    /// By place directly under it: municipalities and schools.
    #[schema(max_items = 20_000)]
    pub parts: Vec<DiagnosticReportPlace>,
}

impl From<NamedReport> for DiagnosticReport {
    fn from(report: NamedReport) -> Self {
        Self {
            as_of: report.as_of,
            place: report.place.into(),
            blocks: report.blocks.into_iter().map(Into::into).collect(),
            competencies: report.competencies.into_iter().map(Into::into).collect(),
            parts: report.parts.into_iter().map(Into::into).collect(),
        }
    }
}
