//! Credit transfers as they travel.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{CreditTransfer, TransferEvent, TransferState};
use super::service::{NewTransfer, ShownTransfer};
use crate::http::page_view;
use crate::values::{Hours, mirror};

/// Where a transfer stands (состояние зачёта). New values may come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CreditTransferState {
    /// It waits for whoever credits.
    Requested,
    /// The hours are credited.
    Granted,
    /// Refused, with a reason.
    Refused,
    /// Taken back before it was decided.
    Withdrawn,
    /// Granted, and taken back with a reason.
    Revoked,
}

mirror!(CreditTransferState => TransferState { Requested, Granted, Refused, Withdrawn, Revoked });

/// What is decided (решение о зачёте).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CreditTransferDecision {
    /// The hours are credited.
    Grant,
    /// They are not.
    Refuse,
    /// What was granted is taken back.
    Revoke,
}

/// A credit transfer that is asked for (зачёт изученного).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreditTransferRequest {
    /// Whose learning it is.
    pub person_id: Uuid,
    /// By which rule; valid today.
    pub credit_rule_id: Uuid,
    /// The confirmed document about the source of the rule.
    pub credential_id: Uuid,
    /// The person's enrollment in the target; needed when whoever credits asks.
    pub enrollment_id: Option<Uuid>,
}

impl From<CreditTransferRequest> for NewTransfer {
    fn from(body: CreditTransferRequest) -> Self {
        Self {
            person_id: body.person_id,
            credit_rule_id: body.credit_rule_id,
            credential_id: body.credential_id,
            enrollment_id: body.enrollment_id,
        }
    }
}

/// The decision on a credit transfer.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreditTransferDecide {
    /// What is decided.
    pub decision: CreditTransferDecision,
    /// Why; needed for `refuse` and `revoke`.
    #[validate(length(min = 3, max = 2000))]
    #[schema(min_length = 3, max_length = 2000, example = "Содержание модуля устарело")]
    pub reason: Option<String>,
}

impl From<CreditTransferDecide> for TransferEvent {
    fn from(body: CreditTransferDecide) -> Self {
        let reason = body.reason.unwrap_or_default();
        match body.decision {
            CreditTransferDecision::Grant => Self::Grant,
            CreditTransferDecision::Refuse => Self::Refuse { reason },
            CreditTransferDecision::Revoke => Self::Revoke { reason },
        }
    }
}

/// A credit transfer (зачёт изученного).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CreditTransfer)]
pub struct CreditTransferView {
    /// The transfer's id.
    pub id: Uuid,
    /// Who credits.
    pub organization_id: Uuid,
    /// Whose learning it is.
    pub person_id: Uuid,
    /// By which rule.
    pub credit_rule_id: Uuid,
    /// The document about what was learnt.
    pub credential_id: Uuid,
    /// The program in which it is credited.
    pub target_program_id: Uuid,
    /// The module of it; absent for the whole program.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_module_id: Option<Uuid>,
    /// The person's enrollment in the target.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enrollment_id: Option<Uuid>,
    /// Academic hours credited; where the document of the target is counted, they are taken off it.
    #[schema(value_type = f64, minimum = 0.5, maximum = 10000, multiple_of = 0.5)]
    pub hours: Hours,
    /// Where it stands.
    pub state: CreditTransferState,
    /// Why it was refused or revoked.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    pub reason: Option<String>,
    /// Who decided last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided_by_id: Option<Uuid>,
    /// When it was granted or refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided_at: Option<DateTime<Utc>>,
    /// When what was granted was taken back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revoked_at: Option<DateTime<Utc>>,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
    /// What the caller may do with it now: operationIds.
    #[schema(max_items = 5)]
    pub allowed_actions: Vec<String>,
}

impl From<ShownTransfer> for CreditTransferView {
    fn from(shown: ShownTransfer) -> Self {
        let transfer = shown.transfer;
        Self {
            id: transfer.id,
            organization_id: transfer.organization_id,
            person_id: transfer.person_id,
            credit_rule_id: transfer.credit_rule_id,
            credential_id: transfer.credential_id,
            target_program_id: transfer.target.program_id,
            target_module_id: transfer.target.module_id,
            enrollment_id: transfer.enrollment_id,
            hours: transfer.hours,
            state: transfer.state.into(),
            reason: transfer.reason,
            decided_by_id: transfer.decided_by,
            decided_at: transfer.decided_at,
            revoked_at: transfer.revoked_at,
            created_at: transfer.created_at,
            allowed_actions: shown.allowed_actions,
        }
    }
}

/// A credit transfer in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct CreditTransferItem {
    /// The transfer's id.
    pub id: Uuid,
    /// Who credits.
    pub organization_id: Uuid,
    /// Whose learning it is.
    pub person_id: Uuid,
    /// The document about what was learnt.
    pub credential_id: Uuid,
    /// The program in which it is credited.
    pub target_program_id: Uuid,
    /// Academic hours credited.
    #[schema(value_type = f64, minimum = 0.5, maximum = 10000, multiple_of = 0.5)]
    pub hours: Hours,
    /// Where it stands.
    pub state: CreditTransferState,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
}

impl From<CreditTransfer> for CreditTransferItem {
    fn from(transfer: CreditTransfer) -> Self {
        Self {
            id: transfer.id,
            organization_id: transfer.organization_id,
            person_id: transfer.person_id,
            credential_id: transfer.credential_id,
            target_program_id: transfer.target.program_id,
            hours: transfer.hours,
            state: transfer.state.into(),
            created_at: transfer.created_at,
        }
    }
}

page_view! {
    /// One page of credit transfers, newest first.
    CreditTransferPage of CreditTransferItem
}

/// Which credit transfers to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CreditTransferQuery {
    /// Only of this person.
    pub person_id: Option<Uuid>,
    /// Only credited by this organization.
    pub organization_id: Option<Uuid>,
    /// Only in this state.
    pub state: Option<CreditTransferState>,
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
