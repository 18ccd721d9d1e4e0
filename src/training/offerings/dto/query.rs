//! The list of offerings as it is asked for.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;
use uuid::Uuid;
use validator::Validate;

use crate::registry::programs::dto::StudyFormDto;
use crate::training::offerings::service::OfferingFilter;
use crate::training::vocabulary::{OfferingKind, OfferingState};

use crate::values::day;

/// Which offerings to list. Filters narrow each other.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct OfferingQuery {
    /// Only of this kind.
    pub kind: Option<OfferingKind>,
    /// Only in this state.
    pub state: Option<OfferingState>,
    /// Only by this program, its modules included.
    pub program_id: Option<Uuid>,
    /// Only this single module.
    pub module_id: Option<Uuid>,
    /// Only of this organiser, or with it as a partner.
    pub organization_id: Option<Uuid>,
    /// Only at this organization: as the named venue, or as an organiser that named none.
    pub venue_id: Option<Uuid>,
    /// Only in this municipality.
    pub municipality_id: Option<Uuid>,
    /// Only at organizations with this function, for example at innovation sites.
    pub venue_function: Option<crate::directory::organizations::dto::OrganizationFunctionDto>,
    /// Only in this form of study.
    pub study_form: Option<StudyFormDto>,
    /// Only those that last on this day or later.
    #[serde(default, deserialize_with = "day")]
    pub from: Option<NaiveDate>,
    /// Only those that have begun by this day.
    #[serde(default, deserialize_with = "day")]
    pub until: Option<NaiveDate>,
    /// Only with at least this many free seats.
    #[validate(range(min = 0, max = 10_000))]
    #[param(minimum = 0, maximum = 10_000)]
    pub seats_free_min: Option<i32>,
    /// How many at most; 50 when absent.
    #[validate(range(min = 1, max = 200))]
    #[param(minimum = 1, maximum = 200)]
    #[serde(skip_serializing)]
    pub limit: Option<i64>,
    /// `next_cursor` of the page before.
    #[validate(length(max = 3000))]
    #[param(max_length = 3000)]
    #[serde(skip_serializing)]
    pub cursor: Option<String>,
}

impl OfferingQuery {
    /// The filter it stands for.
    pub fn filter(&self) -> OfferingFilter {
        OfferingFilter {
            kind: self.kind,
            state: self.state,
            program_id: self.program_id,
            module_id: self.module_id,
            organization_id: self.organization_id,
            venue_id: self.venue_id,
            municipality_id: self.municipality_id,
            venue_function: self.venue_function.map(Into::into),
            study_form: self.study_form.map(Into::into),
            from: self.from,
            until: self.until,
            seats_free_min: self.seats_free_min,
        }
    }
}
