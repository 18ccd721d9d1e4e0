//! What travels about campaigns.

pub mod people;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{CampaignData, CampaignEnrollment, CampaignMode, CampaignState};
use super::service::CampaignDetail;
use super::store::Filter;
use crate::directory::checks;
use crate::http::page_view;
use crate::values::{EducationLevel, day};

/// How a campaign may be held (формат проведения).
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = DiagnosticCampaignMode)]
pub enum CampaignModeDto {
    /// Over the network (онлайн).
    Online,
    /// In person (очно).
    Offline,
    /// Either.
    Mixed,
}

crate::values::mirror!(CampaignModeDto => CampaignMode { Online, Offline, Mixed });

/// How people come to take part (порядок включения в состав участников).
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = DiagnosticCampaignEnrollment)]
pub enum CampaignEnrollmentDto {
    /// Everybody whom the rule of the campaign names while it runs: when it starts, and whoever is hired later.
    ByRule,
    /// Those whom their schools enrol.
    BySchool,
}

crate::values::mirror!(CampaignEnrollmentDto => CampaignEnrollment { ByRule, BySchool });

/// Where a campaign stands (состояние кампании).
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = DiagnosticCampaignState)]
pub enum CampaignStateDto {
    /// It may be changed and nobody takes part yet.
    Planned,
    /// People are diagnosed.
    Running,
    /// It is over.
    Closed,
    /// It does not take place, or not to its end; results recorded until then stay.
    Cancelled,
}

crate::values::mirror!(CampaignStateDto => CampaignState { Planned, Running, Closed, Cancelled });

/// A campaign to be added (диагностическая кампания).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DiagnosticCampaignCreate {
    /// The organization that conducts it. Cannot be changed later.
    pub owner_id: Uuid,
    /// What it is.
    #[validate(nested)]
    pub data: DiagnosticCampaignData,
}

/// What a campaign is.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DiagnosticCampaignData {
    /// The published instrument used; it must serve the owner.
    pub instrument_id: Uuid,
    /// Short code, unique for the owner; files name the campaign by it.
    #[validate(length(min = 1, max = 64))]
    #[schema(min_length = 1, max_length = 64, example = "autumn-2026")]
    pub code: String,
    /// Title (наименование).
    #[validate(length(min = 2, max = 500))]
    #[schema(
        min_length = 2,
        max_length = 500,
        example = "Диагностика профессиональных дефицитов, осень 2026"
    )]
    pub title: String,
    /// How it is held.
    pub mode: CampaignModeDto,
    /// How people come to take part.
    pub enrollment: CampaignEnrollmentDto,
    /// First day.
    #[serde(deserialize_with = "day")]
    pub starts_on: NaiveDate,
    /// Last day.
    #[serde(deserialize_with = "day")]
    pub ends_on: NaiveDate,
    /// Only these organizations; all that the owner serves when empty.
    #[serde(default)]
    #[validate(length(max = 2_000))]
    #[schema(max_items = 2_000)]
    pub organization_ids: Vec<Uuid>,
    /// Only who holds one of these positions (должности); all when empty.
    #[serde(default)]
    #[validate(length(max = 100), custom(function = "checks::short_texts"))]
    #[schema(max_items = 100, value_type = Vec<CampaignPosition>)]
    pub positions: Vec<String>,
    /// Only who teaches at one of these levels; all when empty.
    #[serde(default)]
    #[validate(length(max = 6))]
    #[schema(max_items = 6)]
    pub education_levels: Vec<EducationLevel>,
}

/// The cancellation of a campaign.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DiagnosticCampaignCancellation {
    /// Why it does not take place, or not to its end.
    #[validate(length(min = 3, max = 2000))]
    #[schema(min_length = 3, max_length = 2000, example = "Перенесена на следующий учебный год")]
    pub reason: String,
}

/// A position by its name (должность).
#[derive(Debug, Serialize, ToSchema)]
#[schema(min_length = 1, max_length = 200, example = "учитель")]
pub struct CampaignPosition(pub String);

impl From<DiagnosticCampaignData> for CampaignData {
    fn from(body: DiagnosticCampaignData) -> Self {
        Self {
            instrument_id: body.instrument_id,
            code: body.code,
            title: body.title,
            mode: body.mode.into(),
            enrollment: body.enrollment.into(),
            starts_on: body.starts_on,
            ends_on: body.ends_on,
            organization_ids: body.organization_ids,
            positions: body.positions,
            education_levels: body.education_levels,
        }
    }
}

impl From<CampaignData> for DiagnosticCampaignData {
    fn from(data: CampaignData) -> Self {
        Self {
            instrument_id: data.instrument_id,
            code: data.code,
            title: data.title,
            mode: data.mode.into(),
            enrollment: data.enrollment.into(),
            starts_on: data.starts_on,
            ends_on: data.ends_on,
            organization_ids: data.organization_ids,
            positions: data.positions,
            education_levels: data.education_levels,
        }
    }
}

/// A campaign of diagnostics (диагностическая кампания).
#[derive(Debug, Serialize, ToSchema)]
pub struct DiagnosticCampaign {
    /// The campaign's id.
    pub id: Uuid,
    /// The organization that conducts it.
    pub owner_id: Uuid,
    /// What it is.
    pub data: DiagnosticCampaignData,
    /// Where it stands.
    pub state: CampaignStateDto,
    /// Why it was cancelled.
    #[schema(max_length = 2000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What the caller may do with it now: operationIds.
    #[schema(max_items = 20)]
    pub allowed_actions: Vec<String>,
}

impl From<CampaignDetail> for DiagnosticCampaign {
    fn from(detail: CampaignDetail) -> Self {
        Self {
            id: detail.campaign.id,
            owner_id: detail.campaign.owner.id,
            data: detail.campaign.data.into(),
            state: detail.campaign.state.into(),
            reason: detail.campaign.cancel_reason,
            allowed_actions: detail.allowed_actions,
        }
    }
}

page_view! {
    /// One page of campaigns, those that begin last first.
    DiagnosticCampaignPage of DiagnosticCampaign
}

/// Which campaigns to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DiagnosticCampaignQuery {
    /// Only of this owner.
    pub owner_id: Option<Uuid>,
    /// Only in this state.
    pub state: Option<CampaignStateDto>,
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

impl From<&DiagnosticCampaignQuery> for Filter {
    fn from(query: &DiagnosticCampaignQuery) -> Self {
        Self { owner_id: query.owner_id, state: query.state.map(Into::into) }
    }
}
