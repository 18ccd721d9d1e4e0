//! What travels about credit rules.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{CreditRule, Creditable};
use super::service::NewCreditRule;
use crate::http::page_view;
use crate::values::{Hours, day};

/// A whole program, or one of its modules.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Creditable)]
pub struct CreditableDto {
    /// The program.
    pub program_id: Uuid,
    /// The module of it; absent for the whole program.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub module_id: Option<Uuid>,
}

impl From<CreditableDto> for Creditable {
    fn from(dto: CreditableDto) -> Self {
        Self { program_id: dto.program_id, module_id: dto.module_id }
    }
}

impl From<Creditable> for CreditableDto {
    fn from(subject: Creditable) -> Self {
        Self { program_id: subject.program_id, module_id: subject.module_id }
    }
}

/// A credit rule to be set (правило зачёта).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreditRuleCreate {
    /// Whose rule it is: the provider of the target.
    pub organization_id: Uuid,
    /// What was learnt.
    pub source: CreditableDto,
    /// What it is credited in.
    pub target: CreditableDto,
    /// How many academic hours are credited, in steps of 0.5; not more than source and target hold.
    #[schema(value_type = f64, minimum = 0.5, maximum = 5000, multiple_of = 0.5, example = 12)]
    pub hours: Hours,
    /// First day of validity.
    #[schema(example = "2026-01-01")]
    #[serde(deserialize_with = "day")]
    pub valid_from: NaiveDate,
    /// Last day of validity; absent while it lasts.
    #[schema(example = "2028-12-31")]
    #[serde(default, deserialize_with = "day")]
    pub valid_until: Option<NaiveDate>,
    /// Remark.
    #[validate(length(min = 3, max = 2000))]
    #[schema(min_length = 3, max_length = 2000, example = "Порядок зачёта от 10.01.2026")]
    pub note: Option<String>,
}

impl From<CreditRuleCreate> for NewCreditRule {
    fn from(body: CreditRuleCreate) -> Self {
        Self {
            organization_id: body.organization_id,
            source: body.source.into(),
            target: body.target.into(),
            hours: body.hours,
            valid_from: body.valid_from,
            valid_until: body.valid_until,
            note: body.note,
        }
    }
}

/// The last day of a credit rule.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreditRuleEnd {
    /// The last day; not before the first.
    #[schema(example = "2026-12-31")]
    #[serde(deserialize_with = "day")]
    pub valid_until: NaiveDate,
}

/// A credit rule (правило зачёта).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CreditRule)]
pub struct CreditRuleView {
    /// The rule's id.
    pub id: Uuid,
    /// Whose rule it is.
    pub organization_id: Uuid,
    /// What was learnt.
    pub source: CreditableDto,
    /// What it is credited in.
    pub target: CreditableDto,
    /// How many academic hours are credited.
    #[schema(value_type = f64, minimum = 0.5, maximum = 5000, multiple_of = 0.5)]
    pub hours: Hours,
    /// First day of validity.
    pub valid_from: NaiveDate,
    /// Last day of validity; absent while it lasts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<NaiveDate>,
    /// Remark.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    pub note: Option<String>,
    /// What the caller may do with it now: operationIds.
    #[schema(max_items = 20)]
    pub allowed_actions: Vec<String>,
}

impl CreditRuleView {
    /// The representation for a caller who may do `allowed_actions`.
    pub fn new(rule: CreditRule, allowed_actions: Vec<String>) -> Self {
        Self {
            id: rule.id,
            organization_id: rule.organization_id,
            source: rule.source.into(),
            target: rule.target.into(),
            hours: rule.hours,
            valid_from: rule.valid_from,
            valid_until: rule.valid_until,
            note: rule.note,
            allowed_actions,
        }
    }
}

page_view! {
    /// One page of credit rules, the newest first.
    CreditRulePage of CreditRuleView
}

/// Which credit rules to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CreditRuleQuery {
    /// Only of this organization.
    pub organization_id: Option<Uuid>,
    /// Only with this program as source.
    pub source_program_id: Option<Uuid>,
    /// Only with this program as target.
    pub target_program_id: Option<Uuid>,
    /// Only valid on this day.
    #[serde(default, deserialize_with = "day")]
    pub on: Option<NaiveDate>,
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
