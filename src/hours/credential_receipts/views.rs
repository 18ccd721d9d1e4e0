//! What travels about receipts from the server.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::model::CredentialReceipt;

/// That a school has the paper (отметка о приёме документа).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CredentialReceipt)]
pub struct CredentialReceiptView {
    /// The school.
    pub organization_id: Uuid,
    /// Day it was handed in.
    pub received_on: NaiveDate,
    /// Remark of whoever received it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 500)]
    pub note: Option<String>,
}

impl From<CredentialReceipt> for CredentialReceiptView {
    fn from(receipt: CredentialReceipt) -> Self {
        Self {
            organization_id: receipt.organization_id,
            received_on: receipt.received_on,
            note: receipt.note,
        }
    }
}
