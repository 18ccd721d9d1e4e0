//! What travels about duplicates to the server.

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::model::NewDuplicate;
use super::views::DuplicateGroundDto;
use crate::hours::credentials::numbering::{Numbers, Ranges};
use crate::values::day;
use crate::values::text::{collapse, is_blank};

/// A duplicate to be issued (дубликат): title, hours and days of learning are those of the paper.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DuplicateIssue {
    /// Why.
    pub ground: DuplicateGroundDto,
    /// Series of the new form (серия).
    #[validate(length(max = 50))]
    #[schema(max_length = 50, example = "ПК")]
    pub series: Option<String>,
    /// Number of the new form (номер бланка); this, a range or a registration number is needed.
    #[validate(length(max = 50))]
    #[schema(max_length = 50, example = "220400-54321")]
    pub number: Option<String>,
    /// Take series and number from this range of the issuer instead (диапазон номеров).
    pub number_range_id: Option<Uuid>,
    /// Registration number of the duplicate (регистрационный номер).
    #[validate(length(max = 50))]
    #[schema(max_length = 50, example = "12/26-Д")]
    pub registration_number: Option<String>,
    /// Take the registration number from this range of the issuer instead.
    pub registration_range_id: Option<Uuid>,
    /// Day of issue, not before the form it replaces.
    #[serde(deserialize_with = "day")]
    #[schema(example = "2026-03-02")]
    pub issued_on: NaiveDate,
}

impl From<DuplicateIssue> for NewDuplicate {
    fn from(body: DuplicateIssue) -> Self {
        let written = |text: Option<String>| text.map(|text| collapse(&text)).filter(|text| !is_blank(text));
        Self {
            ground: body.ground.into(),
            numbers: Numbers {
                series: written(body.series),
                number: written(body.number),
                registration_number: written(body.registration_number),
            },
            ranges: Ranges { form: body.number_range_id, registration: body.registration_range_id },
            issued_on: body.issued_on,
        }
    }
}
