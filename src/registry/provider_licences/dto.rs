//! What travels about licences of providers.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{LicenceData, LicenceSuspension, ProviderLicence};
use super::vocabulary::ProviderVerdict;
use crate::http::page_view;
use crate::values::day;

/// A licence to be recorded (лицензия на образовательную деятельность).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProviderLicenceCreate {
    /// The provider.
    pub organization_id: Uuid,
    /// What stands on it.
    #[validate(nested)]
    pub data: ProviderLicenceBody,
}

/// What stands on a licence.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ProviderLicenceData)]
pub struct ProviderLicenceBody {
    /// Number (номер лицензии).
    #[validate(length(min = 1, max = 100))]
    #[schema(min_length = 1, max_length = 100, example = "Л035-01260-22/00244013")]
    pub number: String,
    /// Day of issue.
    #[schema(example = "2020-03-10")]
    #[serde(deserialize_with = "day")]
    pub issued_on: NaiveDate,
    /// The body that issued it.
    #[validate(length(min = 3, max = 300))]
    #[schema(min_length = 3, max_length = 300, example = "Министерство образования и науки Алтайского края")]
    pub issued_by: String,
    /// Number of the entry in the state register of licences (запись реестра лицензий).
    #[validate(length(min = 1, max = 100))]
    #[schema(min_length = 1, max_length = 100, example = "L035-01260-22")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub register_entry: Option<String>,
    /// First day of validity.
    #[schema(example = "2020-03-10")]
    #[serde(deserialize_with = "day")]
    pub valid_from: NaiveDate,
    /// Last day of validity; absent while it lasts.
    #[schema(example = "2030-03-10")]
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(default, deserialize_with = "day")]
    pub valid_until: Option<NaiveDate>,
}

impl From<ProviderLicenceBody> for LicenceData {
    fn from(body: ProviderLicenceBody) -> Self {
        Self {
            number: body.number,
            issued_on: body.issued_on,
            issued_by: body.issued_by,
            register_entry: body.register_entry,
            valid_from: body.valid_from,
            valid_until: body.valid_until,
        }
    }
}

/// The last day of a licence.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProviderLicenceEnd {
    /// The last day of validity; not before the first.
    #[schema(example = "2026-06-30")]
    #[serde(deserialize_with = "day")]
    pub valid_until: NaiveDate,
}

/// A licence is suspended (приостановление действия лицензии).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LicenceSuspensionCreate {
    /// The first day of suspension.
    #[schema(example = "2026-01-15")]
    #[serde(deserialize_with = "day")]
    pub suspended_from: NaiveDate,
    /// Why.
    #[validate(length(min = 3, max = 2000))]
    #[schema(min_length = 3, max_length = 2000, example = "Решение суда от 12.01.2026")]
    pub reason: String,
}

/// A licence is resumed.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LicenceSuspensionEnd {
    /// The last day of suspension; not before the first.
    #[schema(example = "2026-02-15")]
    #[serde(deserialize_with = "day")]
    pub suspended_until: NaiveDate,
}

/// Days on which a licence was suspended.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LicenceSuspension)]
pub struct LicenceSuspensionView {
    /// The first day.
    pub suspended_from: NaiveDate,
    /// The last day; absent while it lasts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suspended_until: Option<NaiveDate>,
    /// Why.
    #[schema(max_length = 2000)]
    pub reason: String,
}

impl From<LicenceSuspension> for LicenceSuspensionView {
    fn from(suspension: LicenceSuspension) -> Self {
        Self {
            suspended_from: suspension.days.from,
            suspended_until: suspension.days.until,
            reason: suspension.reason,
        }
    }
}

/// A licence of a provider (лицензия).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ProviderLicence)]
pub struct ProviderLicenceView {
    /// The licence's id.
    pub id: Uuid,
    /// The provider.
    pub organization_id: Uuid,
    /// What stands on it.
    pub data: ProviderLicenceBody,
    /// Its suspensions, oldest first.
    #[schema(max_items = 100)]
    pub suspensions: Vec<LicenceSuspensionView>,
    /// What the caller may do with it now: operationIds.
    #[schema(max_items = 20)]
    pub allowed_actions: Vec<String>,
}

impl ProviderLicenceView {
    /// The representation for a caller who may do `allowed_actions`.
    pub fn new(licence: ProviderLicence, allowed_actions: Vec<String>) -> Self {
        let data = licence.data;
        Self {
            id: licence.id,
            organization_id: licence.organization_id,
            data: ProviderLicenceBody {
                number: data.number,
                issued_on: data.issued_on,
                issued_by: data.issued_by,
                register_entry: data.register_entry,
                valid_from: data.valid_from,
                valid_until: data.valid_until,
            },
            suspensions: licence.suspensions.into_iter().map(Into::into).collect(),
            allowed_actions,
        }
    }
}

page_view! {
    /// One page of licences, the newest first.
    ProviderLicencePage of ProviderLicenceView
}

/// Which licences to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ProviderLicenceQuery {
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

/// On which day.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ProviderEligibilityQuery {
    /// The day training begins; today when absent.
    #[serde(default, deserialize_with = "day")]
    pub on: Option<NaiveDate>,
}

/// Whether a provider may train teachers on a day (B1.8, B1.9).
#[derive(Debug, Serialize, ToSchema)]
pub struct ProviderEligibility {
    /// The provider.
    pub organization_id: Uuid,
    /// The day.
    pub on: NaiveDate,
    /// The verdict.
    pub verdict: ProviderVerdict,
    /// Whether hours of training that begins on that day count.
    pub counts: bool,
}
