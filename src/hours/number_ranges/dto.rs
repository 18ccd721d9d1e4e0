//! Ranges of numbers as they travel.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{NewRange, NumberPart, NumberRange, Spelling};
use super::service::Filter;
use crate::http::page_view;
use crate::values::DocumentKind;
use crate::values::text::{collapse, is_blank};

/// Which number of a paper a range gives (вид номера).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = NumberRangePart)]
pub enum NumberPartDto {
    /// The number of the form (номер бланка).
    Form,
    /// The registration number (регистрационный номер).
    Registration,
}

crate::values::mirror!(NumberPartDto => NumberPart { Form, Registration });

/// A range of numbers to be set up (диапазон номеров).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NumberRangeCreate {
    /// The issuer; the caller's own organization by default.
    pub organization_id: Option<Uuid>,
    /// For papers of this kind.
    pub kind: DocumentKind,
    /// Which number of them.
    pub part: NumberPartDto,
    /// Series of the forms (серия); not for registration numbers.
    #[validate(length(max = 50))]
    #[schema(max_length = 50, example = "ПК")]
    pub series: Option<String>,
    /// What stands before each number; nothing by default.
    #[validate(length(max = 30))]
    #[schema(max_length = 30, example = "220400-")]
    pub prefix: Option<String>,
    /// Digits of a number at least; shorter ones get zeros before them. 1 by default.
    #[validate(range(min = 1, max = 12))]
    #[schema(minimum = 1, maximum = 12, example = 5)]
    pub digits: Option<u8>,
    /// The first number.
    #[validate(range(min = 1, max = 999_999_999))]
    #[schema(minimum = 1, maximum = 999999999, example = 1)]
    pub first_number: i32,
    /// The last number.
    #[validate(range(min = 1, max = 999_999_999))]
    #[schema(minimum = 1, maximum = 999999999, example = 500)]
    pub last_number: i32,
}

impl From<NumberRangeCreate> for NewRange {
    fn from(body: NumberRangeCreate) -> Self {
        Self {
            spelling: Spelling {
                kind: body.kind,
                part: body.part.into(),
                series: body.series.map(|text| collapse(&text)).filter(|text| !is_blank(text)),
                prefix: body.prefix.map(|text| collapse(&text)).unwrap_or_default(),
                digits: body.digits.unwrap_or(1),
            },
            first: body.first_number.into(),
            last: body.last_number.into(),
        }
    }
}

/// A range of numbers (диапазон номеров).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = NumberRange)]
pub struct NumberRangeView {
    /// The range's id.
    pub id: Uuid,
    /// The issuer.
    pub organization_id: Uuid,
    /// For papers of this kind.
    pub kind: DocumentKind,
    /// Which number of them.
    pub part: NumberPartDto,
    /// Series of the forms.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 50)]
    pub series: Option<String>,
    /// What stands before each number.
    #[schema(max_length = 30)]
    pub prefix: String,
    /// Digits of a number at least.
    #[schema(minimum = 1, maximum = 12)]
    pub digits: u8,
    /// The first number.
    #[schema(minimum = 1, maximum = 999999999)]
    pub first_number: i64,
    /// The last number.
    #[schema(minimum = 1, maximum = 999999999)]
    pub last_number: i64,
    /// How many numbers are left.
    #[schema(minimum = 0, maximum = 999999999)]
    pub left: i64,
    /// The next number as a paper will bear it; absent when none is left.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 50, example = "220400-00017")]
    pub next_number: Option<String>,
    /// `false`: it was closed, no number is taken any more.
    pub open: bool,
    /// What the caller may do with it now: operationIds.
    #[schema(max_items = 5)]
    pub allowed_actions: Vec<String>,
}

impl NumberRangeView {
    /// The representation for a caller who may do that.
    pub fn new(range: NumberRange, allowed: Vec<&'static str>) -> Self {
        Self {
            id: range.id,
            organization_id: range.organization_id,
            kind: range.spelling.kind,
            part: range.spelling.part.into(),
            left: range.left(),
            next_number: (range.left() > 0).then(|| range.spelling.written(range.next)),
            series: range.spelling.series,
            prefix: range.spelling.prefix,
            digits: range.spelling.digits,
            first_number: range.first,
            last_number: range.last,
            open: range.open,
            allowed_actions: allowed.into_iter().map(str::to_owned).collect(),
        }
    }
}

page_view! {
    /// One page of ranges of numbers, those set up last first.
    NumberRangePage of NumberRangeView
}

/// Which ranges of numbers to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct NumberRangeQuery {
    /// Only of this issuer.
    pub organization_id: Option<Uuid>,
    /// Only for papers of this kind.
    pub kind: Option<DocumentKind>,
    /// `true`: only open ones; `false`: only closed ones.
    pub open: Option<bool>,
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

impl NumberRangeQuery {
    /// The ranges asked for.
    pub fn filter(&self) -> Filter {
        Filter { organization_id: self.organization_id, kind: self.kind, open: self.open }
    }
}
