//! Directions made from the report of diagnostics, as they travel.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use crate::registry::directions::model::DirectionFigures;
use crate::registry::directions::service::DraftAsked;
use crate::registry::{FIRST_YEAR, LAST_YEAR};
use crate::values::day;

/// What draft directions are made from: the diagnostic report of the caller's region.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DirectionListDraft {
    /// Calendar year of the list.
    #[validate(range(min = FIRST_YEAR, max = LAST_YEAR))]
    #[schema(minimum = 2000, maximum = 2100, example = 2027)]
    pub year: i32,
    /// The day of the report; today when absent.
    #[schema(example = "2026-03-01")]
    #[serde(default, deserialize_with = "day")]
    pub as_of: Option<NaiveDate>,
    /// Only competencies of this framework.
    pub framework_id: Option<Uuid>,
    /// Only competencies that no active program answers.
    #[serde(default)]
    pub unanswered: bool,
    /// How many directions at most, those with most deficits; 10 when absent.
    #[validate(range(min = 1, max = 100))]
    #[schema(minimum = 1, maximum = 100, example = 10)]
    pub at_most: Option<u8>,
}

impl From<&DirectionListDraft> for DraftAsked {
    fn from(body: &DirectionListDraft) -> Self {
        Self {
            as_of: body.as_of,
            framework_id: body.framework_id,
            unanswered: body.unanswered,
            at_most: usize::from(body.at_most.unwrap_or(10)),
        }
    }
}

/// Figures of the region's diagnostic report that a direction was made from.
#[derive(Debug, Serialize, ToSchema)]
pub struct PriorityDirectionFigures {
    /// The competency that lacks.
    pub competency_id: Uuid,
    /// Its code within its framework.
    #[schema(max_length = 64)]
    pub competency_code: String,
    /// Its title.
    #[schema(max_length = 500)]
    pub competency_title: String,
    /// The day of the report.
    pub as_of: NaiveDate,
    /// People whose competency was measured; never fewer than five, whose figures are hidden.
    #[schema(minimum = 5, maximum = 10_000_000)]
    pub people: i64,
    /// Their deficits that nothing answered.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    pub open: i64,
    /// Their deficits that a route in force answered.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    pub addressed: i64,
    /// Their deficits that repeat diagnostics had closed.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    pub closed: i64,
    /// Active programs that answered a deficit in it.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub active_programs: i64,
}

impl From<DirectionFigures> for PriorityDirectionFigures {
    fn from(figures: DirectionFigures) -> Self {
        Self {
            competency_id: figures.competency_id,
            competency_code: figures.code,
            competency_title: figures.title,
            as_of: figures.as_of,
            people: figures.people,
            open: figures.deficits.open,
            addressed: figures.deficits.addressed,
            closed: figures.deficits.closed,
            active_programs: figures.active_programs,
        }
    }
}
