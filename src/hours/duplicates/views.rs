//! What travels about duplicates from the server.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::model::{Duplicate, Ground};
use crate::hours::credentials::numbering::Numbers;
use crate::http::page_view;

/// Why another form was needed (основание выдачи дубликата).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = DuplicateGround)]
pub enum DuplicateGroundDto {
    /// The form was lost (утрата).
    Loss,
    /// The form was given back for another one, e.g. for a mistake in it (обмен).
    Exchange,
    /// The form was destroyed (уничтожение).
    Destruction,
}

crate::values::mirror!(DuplicateGroundDto => Ground { Loss, Exchange, Destruction });

/// A duplicate of a paper (дубликат документа).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Duplicate)]
pub struct DuplicateView {
    /// The duplicate's id.
    pub id: Uuid,
    /// The paper; its hours are counted once, whatever form is shown.
    pub credential_id: Uuid,
    /// Why it was issued.
    pub ground: DuplicateGroundDto,
    /// Series.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 50)]
    pub series: Option<String>,
    /// Number of the form.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 50)]
    pub number: Option<String>,
    /// Registration number.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 50)]
    pub registration_number: Option<String>,
    /// Day of issue.
    pub issued_on: NaiveDate,
    /// The code by which anybody checks it with `verify_credential`; the code of the form before answers `replaced`.
    #[schema(
        min_length = 20,
        max_length = 20,
        pattern = "^[0-9A-HJKMNP-TV-Z]{20}$",
        example = "01AZ0ZHJKMNPQRSTVWXY"
    )]
    pub verification_code: String,
    /// When it was recorded.
    pub created_at: DateTime<Utc>,
}

impl From<Duplicate> for DuplicateView {
    fn from(duplicate: Duplicate) -> Self {
        let Numbers { series, number, registration_number } = duplicate.numbers;
        Self {
            id: duplicate.id,
            credential_id: duplicate.credential_id,
            ground: duplicate.ground.into(),
            series,
            number,
            registration_number,
            issued_on: duplicate.issued_on,
            verification_code: duplicate.code,
            created_at: duplicate.created_at,
        }
    }
}

page_view! {
    /// The duplicates of a paper in the order in which they were issued; they fit one page. The last one is valid.
    DuplicatePage of DuplicateView
}
