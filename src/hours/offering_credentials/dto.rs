//! What travels about the papers of an offering.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::model::{Issuing, Numbering, Numbers};
use crate::error::{Error, Result};
use crate::http::ProblemView;
use crate::values::text::{collapse, is_blank};
use crate::values::{DocumentKind, day};

/// How papers are numbered one after the other (нумерация).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CredentialNumbering {
    /// Series of all of them (серия).
    #[validate(length(max = 50))]
    #[schema(max_length = 50, example = "ПК")]
    pub series: Option<String>,
    /// What stands before each number.
    #[validate(length(max = 30))]
    #[schema(max_length = 30, example = "ИМЦ-2026-")]
    pub prefix: Option<String>,
    /// The first number; people get theirs in the order of their names.
    #[validate(range(min = 1, max = 999_999_999))]
    #[schema(minimum = 1, maximum = 999999999, example = 7)]
    pub first_number: i32,
    /// Digits of a number at least; shorter ones get zeros before them. 1 by default.
    #[validate(range(min = 1, max = 12))]
    #[schema(minimum = 1, maximum = 12, example = 3)]
    pub digits: Option<u8>,
}

/// The papers of an offering that are to be issued.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OfferingCredentialsIssue {
    /// Kind of paper. By default that of the program; without a whole program the one that the regulation of the organiser
    /// gives on completion, else a certificate of participation.
    pub kind: Option<DocumentKind>,
    /// Day of issue.
    #[serde(deserialize_with = "day")]
    pub issued_on: NaiveDate,
    /// How the papers are numbered; this or `number_range_id`.
    #[validate(nested)]
    pub numbering: Option<CredentialNumbering>,
    /// The range of the organiser from which the papers get their numbers (диапазон номеров), in the order of names;
    /// this or `numbering`.
    pub number_range_id: Option<Uuid>,
}

impl From<CredentialNumbering> for Numbering {
    fn from(body: CredentialNumbering) -> Self {
        Self {
            series: body.series.map(|series| collapse(&series)).filter(|series| !is_blank(series)),
            prefix: body.prefix.map(|prefix| collapse(&prefix)).unwrap_or_default(),
            first_number: body.first_number.into(),
            digits: body.digits.map_or(1, usize::from),
        }
    }
}

impl OfferingCredentialsIssue {
    /// What is to be issued.
    ///
    /// # Errors
    /// 422 when the numbers come from two places, or from none.
    pub fn to_model(&self) -> Result<Issuing> {
        let numbers = match (self.numbering.clone(), self.number_range_id) {
            (Some(numbering), None) => Numbers::Following(numbering.into()),
            (None, Some(id)) => Numbers::Range(id),
            _ => {
                return Err(Error::field(
                    "/numbering",
                    "numbering_or_range",
                    "Укажите нумерацию или диапазон номеров",
                    "Say how papers are numbered or name the range of numbers",
                ));
            }
        };
        Ok(Issuing { kind: self.kind, issued_on: self.issued_on, numbers })
    }
}

/// What came of one enrollment: its paper, or why there is none.
#[derive(Debug, Serialize, ToSchema)]
pub struct OfferingCredentialItem {
    /// The enrollment.
    pub enrollment_id: Uuid,
    /// Who completed it.
    pub person_id: Uuid,
    /// The number that the paper bears, or would bear.
    #[schema(min_length = 1, max_length = 50, example = "ИМЦ-2026-007")]
    pub number: String,
    /// The new credential.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credential_id: Option<Uuid>,
    /// Why none was issued; pointers lead into the body that `create_credential` would get.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<ProblemView>,
}

/// What came of an offering, by the names of its people (итоги выдачи).
#[derive(Debug, Serialize, ToSchema)]
pub struct OfferingCredentials {
    /// One for each completed enrollment that had no paper.
    #[schema(max_items = 200)]
    pub items: Vec<OfferingCredentialItem>,
    /// How many papers were issued.
    #[schema(value_type = u32, minimum = 0, maximum = 200, example = 2)]
    pub issued: usize,
    /// How many were refused.
    #[schema(value_type = u32, minimum = 0, maximum = 200, example = 0)]
    pub refused: usize,
    /// How many more wait for another request: 200 are issued at a time.
    #[schema(value_type = u32, minimum = 0, maximum = 1_000_000, example = 0)]
    pub left: usize,
}

impl OfferingCredentials {
    /// What came of these, and how many are left.
    pub fn new(items: Vec<OfferingCredentialItem>, left: usize) -> Self {
        let refused = items.iter().filter(|item| item.problem.is_some()).count();
        Self { issued: items.len().saturating_sub(refused), refused, left, items }
    }
}
