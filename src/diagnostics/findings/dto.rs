//! What travels about findings.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{Finding, FindingData};
use super::vocabulary::OutcomeSource;
use crate::http::page_view;
use crate::values::day;

/// A finding to be recorded (типичное затруднение обучающихся).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OutcomeFindingCreate {
    /// The school or the municipal authority it is about; absent for the whole region.
    pub organization_id: Option<Uuid>,
    /// What it says.
    #[validate(nested)]
    pub data: OutcomeFindingBody,
}

/// What a finding says.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = OutcomeFindingData)]
pub struct OutcomeFindingBody {
    /// The assessment it comes from.
    pub source: OutcomeSource,
    /// School subject (учебный предмет).
    #[validate(length(min = 2, max = 200))]
    #[schema(min_length = 2, max_length = 200, example = "математика")]
    pub subject: String,
    /// The finding in words.
    #[validate(length(min = 3, max = 4000))]
    #[schema(min_length = 3, max_length = 4000, example = "Не решают текстовые задачи на проценты")]
    pub text: String,
    /// First day of the period it is about.
    #[schema(example = "2025-09-01")]
    #[serde(deserialize_with = "day")]
    pub period_from: NaiveDate,
    /// Last day of the period; not before the first.
    #[schema(example = "2026-05-31")]
    #[serde(deserialize_with = "day")]
    pub period_until: NaiveDate,
    /// Whether the place is a zone of low quality in the subject (зона низкого качества).
    pub low_quality_zone: bool,
}

impl From<OutcomeFindingBody> for FindingData {
    fn from(body: OutcomeFindingBody) -> Self {
        Self {
            source: body.source,
            subject: body.subject,
            text: body.text,
            period_from: body.period_from,
            period_until: body.period_until,
            low_quality_zone: body.low_quality_zone,
        }
    }
}

impl From<FindingData> for OutcomeFindingBody {
    fn from(data: FindingData) -> Self {
        Self {
            source: data.source,
            subject: data.subject,
            text: data.text,
            period_from: data.period_from,
            period_until: data.period_until,
            low_quality_zone: data.low_quality_zone,
        }
    }
}

/// A new text of a finding.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OutcomeFindingUpdate {
    /// What it says from now on.
    #[validate(nested)]
    pub data: OutcomeFindingBody,
}

/// A finding of pupils' assessment (результат оценочной процедуры).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OutcomeFinding)]
pub struct OutcomeFindingView {
    /// The finding's id.
    pub id: Uuid,
    /// The municipality it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub municipality_id: Option<Uuid>,
    /// The school it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization_id: Option<Uuid>,
    /// The quality centre that recorded it.
    pub recorded_by_id: Uuid,
    /// What it says.
    pub data: OutcomeFindingBody,
    /// What the caller may do with it now: operationIds.
    #[schema(max_items = 20)]
    pub allowed_actions: Vec<String>,
}

impl OutcomeFindingView {
    /// The representation for a caller who may do `allowed_actions`.
    pub fn new(finding: Finding, allowed_actions: Vec<String>) -> Self {
        Self {
            id: finding.id,
            municipality_id: finding.municipality_id,
            organization_id: finding.organization_id,
            recorded_by_id: finding.recorded_by_id,
            data: finding.data.into(),
            allowed_actions,
        }
    }
}

page_view! {
    /// One page of findings, the newest period first.
    OutcomeFindingPage of OutcomeFindingView
}

/// Which findings to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct OutcomeFindingQuery {
    /// Only from this assessment.
    pub source: Option<OutcomeSource>,
    /// Only of this subject.
    #[validate(length(min = 2, max = 200))]
    #[param(min_length = 2, max_length = 200)]
    pub subject: Option<String>,
    /// Only about this municipality and its schools.
    pub municipality_id: Option<Uuid>,
    /// Only about this school.
    pub organization_id: Option<Uuid>,
    /// `true`: zones of low quality only; `false`: the others only.
    pub low_quality_zone: Option<bool>,
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
