//! What travels about planned training.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::HoursBalanceView;
use crate::hours::balances::model::{Planned, Preview};
use crate::values::text::collapse;
use crate::values::{DocumentKind, Hours, ProgramKind, day};

/// Which training is planned, and for which day its effect is asked (что если).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HoursBalanceForecastAsk {
    /// The day of the question. When absent the last on which planned training is completed, or today when that is later.
    #[serde(default, deserialize_with = "day")]
    pub as_of: Option<NaiveDate>,
    /// The employer whose regulation applies; the main one on that day when absent.
    pub organization_id: Option<Uuid>,
    /// The planned training, at most 50; without any both balances are the same.
    #[validate(length(max = 50), nested)]
    #[schema(max_items = 50)]
    pub planned: Vec<PlannedTraining>,
}

/// Training that somebody thinks of (планируемое обучение).
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlannedTraining {
    /// Title of the program or topic.
    #[validate(length(min = 1, max = 500))]
    #[schema(min_length = 1, max_length = 500, example = "Функциональная грамотность на уроках")]
    pub title: String,
    /// Academic hours in steps of 0.5.
    #[validate(range(min = 0.5, max = 10_000.0))]
    #[schema(value_type = f64, minimum = 0.5, maximum = 10000, multiple_of = 0.5, example = 36)]
    pub hours: Hours,
    /// The paper it would end with (вид документа).
    pub kind: DocumentKind,
    /// Kind of program; absent for a seminar.
    pub program_kind: Option<ProgramKind>,
    /// First day of learning; since 2025-09-01 it decides whether the provider is eligible. The last day when absent.
    #[serde(default, deserialize_with = "day")]
    pub started_on: Option<NaiveDate>,
    /// Last day of learning, also taken for the day of issue; past or future.
    #[serde(deserialize_with = "day")]
    pub completed_on: NaiveDate,
    /// The provider, an organization of the region; when absent, one that may train teachers.
    pub provider_id: Option<Uuid>,
    /// `true` when it credits what was learnt elsewhere (зачтено): it is not summed again. Default: `false`.
    #[serde(default)]
    pub credited: bool,
}

impl From<PlannedTraining> for Planned {
    fn from(body: PlannedTraining) -> Self {
        Self {
            title: collapse(&body.title),
            hours: body.hours,
            kind: body.kind,
            program_kind: body.program_kind,
            started_on: body.started_on,
            completed_on: body.completed_on,
            provider_id: body.provider_id,
            credited: body.credited,
        }
    }
}

/// A balance on a day as it is and as planned training would make it (прогноз баланса часов). Nothing of it is kept.
#[derive(Debug, Serialize, ToSchema)]
pub struct HoursBalanceForecast {
    /// If nothing is added.
    pub without_planned: HoursBalanceView,
    /// With the planned training, as if it were confirmed.
    pub with_planned: HoursBalanceView,
}

impl From<Preview> for HoursBalanceForecast {
    fn from(preview: Preview) -> Self {
        Self { without_planned: preview.without_planned.into(), with_planned: preview.with_planned.into() }
    }
}
