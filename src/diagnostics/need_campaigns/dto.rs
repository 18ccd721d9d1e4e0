//! What travels about campaigns.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{CampaignData, CampaignState, NeedCampaign, Response};
use crate::http::page_view;
use crate::values::day;

/// Where a campaign stands today; derived from its dates.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = NeedCampaignState)]
pub enum NeedCampaignStateDto {
    /// It opens later.
    Planned,
    /// Needs are taken.
    Open,
    /// It is over.
    Closed,
}

crate::values::mirror!(NeedCampaignStateDto => CampaignState { Planned, Open, Closed });

/// A campaign to be opened.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NeedCampaignCreate {
    /// The municipal authority whose schools are asked; absent: the whole region.
    pub municipality_id: Option<Uuid>,
    /// What is said of it.
    #[validate(nested)]
    pub data: NeedCampaignBody,
}

/// What is said of a campaign.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NeedCampaignData)]
pub struct NeedCampaignBody {
    /// Title.
    #[validate(length(min = 3, max = 300))]
    #[schema(min_length = 3, max_length = 300, example = "Потребности на 2027 год")]
    pub title: String,
    /// First day needs are taken.
    #[schema(example = "2026-03-01")]
    #[serde(deserialize_with = "day")]
    pub opens_on: NaiveDate,
    /// Last day needs are taken; not before the first.
    #[schema(example = "2026-03-31")]
    #[serde(deserialize_with = "day")]
    pub closes_on: NaiveDate,
}

impl From<NeedCampaignBody> for CampaignData {
    fn from(body: NeedCampaignBody) -> Self {
        Self { title: body.title, opens_on: body.opens_on, closes_on: body.closes_on }
    }
}

/// A new text of a campaign.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NeedCampaignUpdate {
    /// What is said of it from now on.
    #[validate(nested)]
    pub data: NeedCampaignBody,
}

/// A campaign of the monitoring of demand (мониторинг потребностей).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = NeedCampaign)]
pub struct NeedCampaignView {
    /// The campaign's id.
    pub id: Uuid,
    /// The municipality whose schools are asked; absent: the whole region.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub municipality_id: Option<Uuid>,
    /// The organization that asks.
    pub organization_id: Uuid,
    /// What is said of it.
    pub data: NeedCampaignBody,
    /// Where it stands today, by the region's clock.
    pub state: NeedCampaignStateDto,
    /// What the caller may do with it now: operationIds.
    #[schema(max_items = 20)]
    pub allowed_actions: Vec<String>,
}

impl NeedCampaignView {
    /// The representation for a caller who may do `allowed_actions`.
    pub fn new(campaign: NeedCampaign, state: CampaignState, allowed_actions: Vec<String>) -> Self {
        let data = campaign.data;
        Self {
            id: campaign.id,
            municipality_id: campaign.municipality_id,
            organization_id: campaign.organization_id,
            data: NeedCampaignBody { title: data.title, opens_on: data.opens_on, closes_on: data.closes_on },
            state: state.into(),
            allowed_actions,
        }
    }
}

page_view! {
    /// One page of campaigns, the newest first.
    NeedCampaignPage of NeedCampaignView
}

/// Which campaigns to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct NeedCampaignQuery {
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

/// How many schools answered a campaign (доля ответивших, P2-16).
#[derive(Debug, Serialize, ToSchema)]
pub struct NeedResponseRate {
    /// The campaign.
    pub campaign_id: Uuid,
    /// The municipalities of the caller's territory, and the state schools of the region.
    #[schema(max_items = 500)]
    pub municipalities: Vec<MunicipalResponse>,
}

/// How many schools of a municipality answered.
#[derive(Debug, Serialize, ToSchema)]
pub struct MunicipalResponse {
    /// The municipality; absent for the state schools.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub municipality_id: Option<Uuid>,
    /// Schools asked.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub schools: i64,
    /// Schools with at least one need in the campaign.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub responded: i64,
    /// The share in per cent, rounded down.
    #[schema(minimum = 0, maximum = 100)]
    pub percent: i64,
}

impl From<Response> for MunicipalResponse {
    fn from(response: Response) -> Self {
        Self {
            municipality_id: response.municipality_id,
            schools: response.schools,
            responded: response.responded,
            percent: response.percent(),
        }
    }
}
