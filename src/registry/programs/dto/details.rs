//! Standards and marks of quality as they travel.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use super::{QualityMarkKindDto, StandardKindDto};
use crate::registry::programs::model::{ProgramStandard, QualityMark};
use crate::values::{day, text};

/// A standard a program is written in line with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ProgramStandard)]
pub struct ProgramStandardBody {
    /// Professional standard or ФГОС.
    pub kind: StandardKindDto,
    /// Its code.
    #[validate(length(min = 2, max = 60))]
    #[schema(min_length = 2, max_length = 60, example = "01.001")]
    pub code: String,
    /// Its title.
    #[validate(length(min = 3, max = 300))]
    #[schema(min_length = 3, max_length = 300, example = "Педагог (педагогическая деятельность)")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
}

/// A mark of quality (знак качества).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = QualityMark)]
pub struct QualityMarkBody {
    /// What it is.
    pub kind: QualityMarkKindDto,
    /// Who gave it.
    #[validate(length(min = 2, max = 300))]
    #[schema(min_length = 2, max_length = 300, example = "Ассоциация организаций ДПО региона")]
    pub issuer: String,
    /// When.
    #[serde(deserialize_with = "day")]
    pub issued_on: NaiveDate,
    /// The last day it is good for; absent: for good.
    #[serde(default, deserialize_with = "day", skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<NaiveDate>,
}

impl From<ProgramStandardBody> for ProgramStandard {
    fn from(body: ProgramStandardBody) -> Self {
        Self {
            kind: body.kind.into(),
            code: text::collapse(&body.code),
            title: body.title.map(|title| text::collapse(&title)),
        }
    }
}

impl From<ProgramStandard> for ProgramStandardBody {
    fn from(standard: ProgramStandard) -> Self {
        Self { kind: standard.kind.into(), code: standard.code, title: standard.title }
    }
}

impl From<QualityMarkBody> for QualityMark {
    fn from(body: QualityMarkBody) -> Self {
        Self {
            kind: body.kind.into(),
            issuer: text::collapse(&body.issuer),
            issued_on: body.issued_on,
            valid_until: body.valid_until,
        }
    }
}

impl From<QualityMark> for QualityMarkBody {
    fn from(mark: QualityMark) -> Self {
        Self {
            kind: mark.kind.into(),
            issuer: mark.issuer,
            issued_on: mark.issued_on,
            valid_until: mark.valid_until,
        }
    }
}
