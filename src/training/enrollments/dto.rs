//! What travels about enrollments to the server.

mod view;

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::StageRecord;
use super::service::EnrollmentFilter;
use crate::training::vocabulary::{EnrollmentClosing, EnrollmentState, StageOutcome};
use crate::values::Hours;

pub use view::{EnrollmentPage, EnrollmentView};

/// What is recorded of a stage (посещение и результат этапа).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EnrollmentStageRecord)]
pub struct EnrollmentStageBody {
    /// Whether its content is mastered.
    pub outcome: StageOutcome,
    /// Academic hours attended, never more than the stage has; a part of them is not the whole.
    #[validate(range(min = 0.0, max = 5_000.0))]
    #[schema(value_type = Option<f64>, minimum = 0, maximum = 5000, multiple_of = 0.5, example = 8)]
    pub attended_hours: Option<Hours>,
    /// Result in the organiser's words.
    #[validate(length(min = 1, max = 100))]
    #[schema(min_length = 1, max_length = 100, example = "зачтено")]
    pub grade: Option<String>,
    /// Remark.
    #[validate(length(min = 1, max = 2000))]
    #[schema(min_length = 1, max_length = 2000, example = "Урок проведён 12 марта")]
    pub note: Option<String>,
}

impl From<EnrollmentStageBody> for StageRecord {
    fn from(body: EnrollmentStageBody) -> Self {
        Self {
            outcome: body.outcome,
            attended_hours: body.attended_hours,
            grade: body.grade,
            remark: body.note,
        }
    }
}

/// How an enrollment is closed.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EnrollmentComplete {
    /// Learning is over, or the person did not cope.
    pub closing: EnrollmentClosing,
    /// Why the person failed.
    #[validate(length(min = 1, max = 2000))]
    #[schema(min_length = 1, max_length = 2000, example = "Итоговая работа не сдана")]
    pub reason: Option<String>,
}

/// Why the person leaves.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EnrollmentWithdraw {
    /// Why.
    #[validate(length(min = 1, max = 2000))]
    #[schema(min_length = 1, max_length = 2000, example = "Болезнь")]
    pub reason: String,
}

/// The activity of the route that an enrollment fulfils.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EnrollmentActivity {
    /// A planned activity of the person's route; absent: none.
    pub activity_id: Option<Uuid>,
}

/// Which enrollments to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct EnrollmentQuery {
    /// Only in this offering.
    pub offering_id: Option<Uuid>,
    /// Only of this person.
    pub person_id: Option<Uuid>,
    /// Only of people from this school.
    pub organization_id: Option<Uuid>,
    /// Only at this organiser.
    pub provider_id: Option<Uuid>,
    /// Only those covered by this contract.
    pub contract_id: Option<Uuid>,
    /// Only those that fulfil this activity of a route.
    pub activity_id: Option<Uuid>,
    /// Only in this state.
    pub state: Option<EnrollmentState>,
    /// `true`: only outside the person's own school (внешние формы); `false`: only in it.
    pub external: Option<bool>,
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

impl EnrollmentQuery {
    /// The filter it stands for.
    pub fn filter(&self) -> EnrollmentFilter {
        EnrollmentFilter {
            offering_id: self.offering_id,
            person_id: self.person_id,
            organization_id: self.organization_id,
            provider_id: self.provider_id,
            contract_id: self.contract_id,
            activity_id: self.activity_id,
            state: self.state,
            external: self.external,
        }
    }
}
