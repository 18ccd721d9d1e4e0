//! What travels about founders of providers.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{FounderData, ProviderFounder};
use super::vocabulary::ProviderFounderType;
use crate::http::page_view;
use crate::values::day;

/// A founder to be recorded (учредитель).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProviderFounderCreate {
    /// The provider.
    pub organization_id: Uuid,
    /// What is said of it.
    #[validate(nested)]
    pub data: ProviderFounderBody,
}

/// What is said of a founder.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ProviderFounderData)]
pub struct ProviderFounderBody {
    /// Its type.
    pub founder_type: ProviderFounderType,
    /// The first day it is a founder.
    #[schema(example = "2010-01-01")]
    #[serde(deserialize_with = "day")]
    pub valid_from: NaiveDate,
    /// The last day; absent while it lasts.
    #[schema(example = "2025-12-31")]
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(default, deserialize_with = "day")]
    pub valid_until: Option<NaiveDate>,
    /// Remark, the name of the founder for example.
    #[validate(length(min = 3, max = 1000))]
    #[schema(min_length = 3, max_length = 1000, example = "Администрация города Барнаула")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl From<ProviderFounderBody> for FounderData {
    fn from(body: ProviderFounderBody) -> Self {
        Self {
            founder_type: body.founder_type,
            valid_from: body.valid_from,
            valid_until: body.valid_until,
            note: body.note,
        }
    }
}

/// The last day of a founder.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProviderFounderEnd {
    /// The last day; not before the first.
    #[schema(example = "2025-12-31")]
    #[serde(deserialize_with = "day")]
    pub valid_until: NaiveDate,
}

/// A founder of a provider with its dates (учредитель организации ДПО).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ProviderFounder)]
pub struct ProviderFounderView {
    /// The record's id.
    pub id: Uuid,
    /// The provider.
    pub organization_id: Uuid,
    /// What is said of it.
    pub data: ProviderFounderBody,
    /// What the caller may do with it now: operationIds.
    #[schema(max_items = 20)]
    pub allowed_actions: Vec<String>,
}

impl ProviderFounderView {
    /// The representation for a caller who may do `allowed_actions`.
    pub fn new(founder: ProviderFounder, allowed_actions: Vec<String>) -> Self {
        let data = founder.data;
        Self {
            id: founder.id,
            organization_id: founder.organization_id,
            data: ProviderFounderBody {
                founder_type: data.founder_type,
                valid_from: data.valid_from,
                valid_until: data.valid_until,
                note: data.note,
            },
            allowed_actions,
        }
    }
}

page_view! {
    /// One page of founders, the newest first.
    ProviderFounderPage of ProviderFounderView
}

/// Which founders to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ProviderFounderQuery {
    /// Only of this provider.
    pub organization_id: Option<Uuid>,
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
