//! What travels about campaigns that follow delayed outcomes.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{Campaign, CampaignData, SchoolCoverage};
use super::service::{Filter, ShownCampaign};
use crate::directory::checks;
use crate::http::page_view;
use crate::values::day;
use crate::values::text::collapse;

/// A campaign to be opened (мониторинг отсроченных результатов).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DelayedOutcomeCampaignOpen {
    /// Title.
    #[validate(length(min = 3, max = 500), custom(function = "checks::not_blank"))]
    #[schema(min_length = 3, max_length = 500, example = "Отсроченные результаты, осень 2026 года")]
    pub title: String,
    /// First day of the period in which the outcomes fall due.
    #[serde(deserialize_with = "day")]
    #[schema(example = "2026-09-01")]
    pub due_from: NaiveDate,
    /// Last day of that period; not before the first.
    #[serde(deserialize_with = "day")]
    #[schema(example = "2026-11-30")]
    pub due_until: NaiveDate,
    /// Day by which all of them are to be recorded; not before the period is over (срок).
    #[serde(deserialize_with = "day")]
    #[schema(example = "2026-12-20")]
    pub finish_by: NaiveDate,
}

impl From<DelayedOutcomeCampaignOpen> for CampaignData {
    fn from(body: DelayedOutcomeCampaignOpen) -> Self {
        Self {
            title: collapse(&body.title),
            due_from: body.due_from,
            due_until: body.due_until,
            finish_by: body.finish_by,
        }
    }
}

/// The end of a campaign.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DelayedOutcomeCampaignClose {
    /// What was concluded (вывод).
    #[validate(length(min = 3, max = 4000), custom(function = "checks::not_blank"))]
    #[schema(min_length = 3, max_length = 4000, example = "Результаты подтверждены у девяти из десяти")]
    pub conclusion: String,
}

/// A campaign in a list (мониторинг отсроченных результатов).
#[derive(Debug, Serialize, ToSchema)]
pub struct DelayedOutcomeCampaignItem {
    /// The campaign's id.
    pub id: Uuid,
    /// The municipality.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub municipality_id: Option<Uuid>,
    /// Who opened it: the municipal authority or its centre.
    pub organization_id: Uuid,
    /// Title.
    #[schema(max_length = 500)]
    pub title: String,
    /// First day of the period in which the outcomes fall due.
    pub due_from: NaiveDate,
    /// Last day of that period.
    pub due_until: NaiveDate,
    /// Day by which all of them are to be recorded.
    pub finish_by: NaiveDate,
    /// Day it was closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed_on: Option<NaiveDate>,
}

impl From<Campaign> for DelayedOutcomeCampaignItem {
    fn from(campaign: Campaign) -> Self {
        Self {
            id: campaign.id,
            municipality_id: campaign.municipality_id,
            organization_id: campaign.organization_id,
            title: campaign.data.title,
            due_from: campaign.data.due_from,
            due_until: campaign.data.due_until,
            finish_by: campaign.data.finish_by,
            closed_on: campaign.closing.map(|closing| closing.closed_on),
        }
    }
}

/// What is due and recorded at a school (охват школы).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DelayedOutcomeCoverage)]
pub struct DelayedOutcomeCoverageView {
    /// The school.
    pub organization_id: Uuid,
    /// Completed training whose outcome falls due in the period.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub due: i64,
    /// That which has an outcome.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub recorded: i64,
    /// That which has none.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub missing: i64,
}

impl From<SchoolCoverage> for DelayedOutcomeCoverageView {
    fn from(school: SchoolCoverage) -> Self {
        Self {
            organization_id: school.organization_id,
            due: school.due,
            recorded: school.recorded,
            missing: school.missing(),
        }
    }
}

/// A campaign with its coverage (мониторинг отсроченных результатов).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DelayedOutcomeCampaign)]
pub struct DelayedOutcomeCampaignView {
    /// The campaign's id.
    pub id: Uuid,
    /// The municipality.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub municipality_id: Option<Uuid>,
    /// Who opened it: the municipal authority or its centre.
    pub organization_id: Uuid,
    /// The regulation it was opened under.
    pub regulation_id: Uuid,
    /// Title.
    #[schema(max_length = 500)]
    pub title: String,
    /// First day of the period in which the outcomes fall due.
    pub due_from: NaiveDate,
    /// Last day of that period.
    pub due_until: NaiveDate,
    /// Day by which all of them are to be recorded.
    pub finish_by: NaiveDate,
    /// Completed training whose outcome falls due in the period; at one's own school for its staff.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub due: i64,
    /// That which has an outcome.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub recorded: i64,
    /// That which has none.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub missing: i64,
    /// The same, school by school, as far as something falls due there.
    #[schema(max_items = 10_000)]
    pub schools: Vec<DelayedOutcomeCoverageView>,
    /// Day it was closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed_on: Option<NaiveDate>,
    /// What was concluded.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 4000)]
    pub conclusion: Option<String>,
    /// What the caller may do with it now: operationIds.
    #[schema(max_items = 1)]
    pub allowed_actions: Vec<String>,
}

impl From<ShownCampaign> for DelayedOutcomeCampaignView {
    fn from(shown: ShownCampaign) -> Self {
        let ShownCampaign { campaign, schools, allowed_actions } = shown;
        let sum = |count: fn(&SchoolCoverage) -> i64| schools.iter().map(count).sum::<i64>();
        let (due, recorded) = (sum(|school| school.due), sum(|school| school.recorded));
        let (closed_on, conclusion) =
            campaign.closing.map(|closing| (closing.closed_on, closing.conclusion)).unzip();
        Self {
            id: campaign.id,
            municipality_id: campaign.municipality_id,
            organization_id: campaign.organization_id,
            regulation_id: campaign.regulation_id,
            title: campaign.data.title,
            due_from: campaign.data.due_from,
            due_until: campaign.data.due_until,
            finish_by: campaign.data.finish_by,
            due,
            recorded,
            missing: due - recorded,
            schools: schools.into_iter().map(Into::into).collect(),
            closed_on,
            conclusion,
            allowed_actions,
        }
    }
}

page_view! {
    /// One page of campaigns that follow delayed outcomes, the newest period first.
    DelayedOutcomeCampaignPage of DelayedOutcomeCampaignItem
}

/// Which campaigns to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DelayedOutcomeCampaignQuery {
    /// Only of this municipality.
    pub municipality_id: Option<Uuid>,
    /// Only closed ones, or only those that go on.
    pub closed: Option<bool>,
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

impl DelayedOutcomeCampaignQuery {
    /// The campaigns asked for.
    pub const fn filter(&self) -> Filter {
        Filter { municipality_id: self.municipality_id, closed: self.closed }
    }
}
