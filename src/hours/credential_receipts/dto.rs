//! What travels about receipts to the server.

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use super::model::NewReceipt;
use crate::values::day;
use crate::values::text::{collapse, is_blank};

/// That a paper was handed in.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CredentialReceiptCreate {
    /// Day it was handed in; today by default.
    #[serde(default, deserialize_with = "day")]
    pub received_on: Option<NaiveDate>,
    /// Remark (примечание).
    #[validate(length(max = 500))]
    #[schema(max_length = 500, example = "Оригинал в личном деле")]
    pub note: Option<String>,
}

impl From<CredentialReceiptCreate> for NewReceipt {
    fn from(body: CredentialReceiptCreate) -> Self {
        let note = body.note.map(|note| collapse(&note)).filter(|note| !is_blank(note));
        Self { received_on: body.received_on, note }
    }
}
