//! What travels about contracts.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{Contract, ContractData, NewContract};
use super::service::{ContractFilter, ShownContract};
use crate::http::page_view;
use crate::training::vocabulary::{ContractKind, ContractState};
use crate::values::day;
use crate::values::text::collapse;

/// What is said of a contract.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ContractData)]
pub struct ContractBody {
    /// Number (номер).
    #[validate(length(min = 1, max = 100))]
    #[schema(min_length = 1, max_length = 100, example = "14/26-ПК")]
    pub number: String,
    /// Date of signing (дата).
    #[serde(deserialize_with = "day")]
    pub signed_on: NaiveDate,
    /// Last day on which it covers new enrollments; without end when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(default, deserialize_with = "day")]
    pub valid_until: Option<NaiveDate>,
    /// Sum in kopecks (сумма); 0 when free of charge.
    #[validate(range(min = 0, max = 100_000_000_000_i64))]
    #[schema(minimum = 0, maximum = 100_000_000_000_i64, example = 1_250_000)]
    pub sum_kopecks: i64,
    /// Subject in words (предмет).
    #[validate(length(min = 1, max = 500))]
    #[schema(min_length = 1, max_length = 500, example = "Повышение квалификации пяти учителей, 36 часов")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
}

impl From<ContractBody> for ContractData {
    fn from(body: ContractBody) -> Self {
        Self {
            number: collapse(&body.number),
            signed_on: body.signed_on,
            valid_until: body.valid_until,
            sum_kopecks: body.sum_kopecks,
            subject: body.subject,
        }
    }
}

impl From<ContractData> for ContractBody {
    fn from(data: ContractData) -> Self {
        Self {
            number: data.number,
            signed_on: data.signed_on,
            valid_until: data.valid_until,
            sum_kopecks: data.sum_kopecks,
            subject: data.subject,
        }
    }
}

/// A contract to be recorded.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ContractCreate {
    /// The school that concluded it: the caller's own, or one that the caller's centre has agreed with.
    pub organization_id: Uuid,
    /// The provider; the municipal centre for an agreement.
    pub provider_id: Uuid,
    /// What it is; a contract when absent.
    #[serde(default)]
    pub kind: ContractKind,
    /// The only offering it is for; all of the provider's when absent.
    pub offering_id: Option<Uuid>,
    /// The only learner it is for; whoever the school sends when absent.
    pub person_id: Option<Uuid>,
    /// What is said of it.
    #[validate(nested)]
    pub data: ContractBody,
}

impl From<ContractCreate> for NewContract {
    fn from(body: ContractCreate) -> Self {
        Self {
            organization_id: body.organization_id,
            provider_id: body.provider_id,
            offering_id: body.offering_id,
            person_id: body.person_id,
            kind: body.kind,
            data: body.data.into(),
        }
    }
}

/// Enrollments to be put under a contract.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ContractEnrollmentsAdd {
    /// Enrollments of the school's people at the provider.
    #[validate(length(min = 1, max = 100))]
    #[schema(min_items = 1, max_items = 100)]
    pub enrollment_ids: Vec<Uuid>,
}

/// The end of a contract (расторжение).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ContractEnd {
    /// The day of termination; not in the future.
    #[serde(deserialize_with = "day")]
    pub terminated_on: NaiveDate,
}

/// A contract with a provider (договор).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Contract)]
pub struct ContractView {
    /// The contract's id.
    pub id: Uuid,
    /// The school that concluded it.
    pub organization_id: Uuid,
    /// The provider.
    pub provider_id: Uuid,
    /// The only offering it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offering_id: Option<Uuid>,
    /// The only learner it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person_id: Option<Uuid>,
    /// What it is.
    pub kind: ContractKind,
    /// What is said of it.
    pub data: ContractBody,
    /// Where it stands.
    pub state: ContractState,
    /// Day it was terminated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub terminated_on: Option<NaiveDate>,
    /// How many enrollments it covers; list them with `list_enrollments` by `contract_id`.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub enrollments: i64,
    /// What the caller may do with it now: operationIds.
    #[schema(max_items = 20)]
    pub allowed_actions: Vec<String>,
}

impl From<ShownContract> for ContractView {
    fn from(shown: ShownContract) -> Self {
        let contract = shown.contract;
        Self {
            id: contract.id,
            organization_id: contract.organization_id,
            provider_id: contract.provider_id,
            offering_id: contract.offering_id,
            person_id: contract.person_id,
            kind: contract.kind,
            data: contract.data.into(),
            state: contract.state,
            terminated_on: contract.terminated_on,
            enrollments: shown.enrollments,
            allowed_actions: shown.allowed_actions,
        }
    }
}

/// A contract in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ContractItem {
    /// The contract's id.
    pub id: Uuid,
    /// The school that concluded it.
    pub organization_id: Uuid,
    /// The provider.
    pub provider_id: Uuid,
    /// What it is.
    pub kind: ContractKind,
    /// Number.
    #[schema(max_length = 100)]
    pub number: String,
    /// Date of signing.
    pub signed_on: NaiveDate,
    /// Last day on which it covers new enrollments.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<NaiveDate>,
    /// Sum in kopecks.
    #[schema(minimum = 0, maximum = 100_000_000_000_i64)]
    pub sum_kopecks: i64,
    /// Where it stands.
    pub state: ContractState,
}

impl From<Contract> for ContractItem {
    fn from(contract: Contract) -> Self {
        Self {
            id: contract.id,
            organization_id: contract.organization_id,
            provider_id: contract.provider_id,
            kind: contract.kind,
            number: contract.data.number,
            signed_on: contract.data.signed_on,
            valid_until: contract.data.valid_until,
            sum_kopecks: contract.data.sum_kopecks,
            state: contract.state,
        }
    }
}

page_view! {
    /// One page of contracts, the newest first.
    ContractPage of ContractItem
}

/// Which contracts to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ContractQuery {
    /// Only of this school.
    pub organization_id: Option<Uuid>,
    /// Only with this provider.
    pub provider_id: Option<Uuid>,
    /// Only of this kind.
    pub kind: Option<ContractKind>,
    /// Only in this state.
    pub state: Option<ContractState>,
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

impl ContractQuery {
    /// The filter it stands for.
    pub fn filter(&self) -> ContractFilter {
        ContractFilter {
            organization_id: self.organization_id,
            provider_id: self.provider_id,
            kind: self.kind,
            state: self.state,
        }
    }
}
