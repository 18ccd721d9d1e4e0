//! Training orders as they travel.

mod line;
mod trace;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

pub use line::{
    TrainingOrderLineCreate, TrainingOrderLineOrigin, TrainingOrderLinePage, TrainingOrderLineQuery,
    TrainingOrderLineView, TrainingOrderPlacement, TrainingOrderPlacementSet,
};

pub use trace::{
    TrainingOrderLineAbove, TrainingOrderLineSource, TrainingOrderLineSourcePage,
    TrainingOrderLineSourceQuery,
};

use super::model::{OrderReturn, OrderState, OrderSums};
use super::service::{Filter, ShownOrder, SummedOrder};
use crate::http::page_view;
use crate::regulations::profile::{OrderLevel, PeriodKind};

/// Where an order stands (состояние заказа). New values may come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TrainingOrderState {
    /// It is being formed.
    Draft,
    /// It passes the chain of its regulation.
    InReview,
    /// It was sent back, with a reason and a date.
    Rework,
    /// It is handed up.
    Submitted,
    /// Its placement waits for whoever must agree, the education department for one.
    Placing,
    /// It is placed.
    Placed,
    /// It was refused, with a reason.
    Rejected,
    /// It was taken back.
    Withdrawn,
}

crate::values::mirror!(TrainingOrderState => OrderState {
    Draft, InReview, Rework, Submitted, Placing, Placed, Rejected, Withdrawn
});

/// The beginning of an order (заказ на повышение квалификации).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TrainingOrderCreate {
    /// Whose order it is: the school, the municipal authority, the regional operator.
    pub organization_id: Uuid,
    /// The level.
    pub level: OrderLevel,
    /// The year in which its period begins; whether that is a school year or a calendar year the regulation says.
    #[validate(range(min = 2000, max = 2099))]
    #[schema(minimum = 2000, maximum = 2099, example = 2026)]
    pub year: i32,
}

/// What the lines of an order add up to (итоги заказа).
#[derive(Debug, Serialize, ToSchema)]
pub struct TrainingOrderSums {
    /// How many lines.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub lines: i64,
    /// How many people.
    #[schema(minimum = 0, maximum = 100_000_000)]
    pub people: i64,
    /// Academic hours of all of them together, in steps of 0.5 (человеко-часы).
    #[schema(minimum = 0, maximum = 1_000_000_000, multiple_of = 0.5)]
    pub person_hours: f64,
    /// What they cost together, in kopecks.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub amount_kopecks: i64,
    /// How many people are placed.
    #[schema(minimum = 0, maximum = 100_000_000)]
    pub placed: i64,
    /// How many are not (неразмещённый остаток, P3-29).
    #[schema(minimum = 0, maximum = 100_000_000)]
    pub unplaced: i64,
}

impl From<OrderSums> for TrainingOrderSums {
    fn from(sums: OrderSums) -> Self {
        Self {
            lines: sums.lines,
            people: sums.people,
            person_hours: in_hours(i32::try_from(sums.half_hours).unwrap_or(i32::MAX)),
            amount_kopecks: sums.amount_kopecks,
            placed: sums.placed,
            unplaced: sums.people - sums.placed,
        }
    }
}

/// Halves of an hour as hours: exact in binary.
fn in_hours(halves: i32) -> f64 {
    f64::from(halves) / 2.0
}

/// What is to be reworked (возврат на доработку).
#[derive(Debug, Serialize, ToSchema)]
pub struct TrainingOrderReturn {
    /// What.
    #[schema(max_length = 4000)]
    pub reason: String,
    /// Until when.
    pub due_on: NaiveDate,
}

impl From<OrderReturn> for TrainingOrderReturn {
    fn from(rework: OrderReturn) -> Self {
        Self { reason: rework.reason, due_on: rework.due_on }
    }
}

/// An order in a list (заказ на повышение квалификации).
#[derive(Debug, Serialize, ToSchema)]
pub struct TrainingOrderItem {
    /// The order's id.
    pub id: Uuid,
    /// Whose order it is.
    pub organization_id: Uuid,
    /// The municipality, if it lies in one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub municipality_id: Option<Uuid>,
    /// The level.
    pub level: OrderLevel,
    /// School year or calendar year.
    pub period: PeriodKind,
    /// The year in which its period begins.
    #[schema(minimum = 2000, maximum = 2099)]
    pub year: i32,
    /// Where it stands.
    pub state: TrainingOrderState,
    /// What its lines add up to.
    pub sums: TrainingOrderSums,
    /// The order of the level above that has taken it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub taken_by_id: Option<Uuid>,
    /// When it was begun.
    pub created_at: DateTime<Utc>,
}

impl From<SummedOrder> for TrainingOrderItem {
    fn from(SummedOrder { order, sums }: SummedOrder) -> Self {
        Self {
            id: order.id,
            organization_id: order.organization_id,
            municipality_id: order.municipality_id,
            level: order.level,
            period: order.period.kind,
            year: order.period.year,
            state: order.state.into(),
            sums: sums.into(),
            taken_by_id: order.taken_by_id,
            created_at: order.created_at,
        }
    }
}

/// A training order (заказ на повышение квалификации).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TrainingOrder)]
pub struct TrainingOrderView {
    /// The order's id.
    pub id: Uuid,
    /// Whose order it is: the school, the municipal authority, the regional operator.
    pub organization_id: Uuid,
    /// The municipality, if it lies in one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub municipality_id: Option<Uuid>,
    /// The regulation it was begun under.
    pub regulation_id: Uuid,
    /// The level.
    pub level: OrderLevel,
    /// School year or calendar year.
    pub period: PeriodKind,
    /// The year in which its period begins.
    #[schema(minimum = 2000, maximum = 2099)]
    pub year: i32,
    /// First day of its period.
    pub starts_on: NaiveDate,
    /// Last day of its period.
    pub ends_on: NaiveDate,
    /// Where it stands.
    pub state: TrainingOrderState,
    /// What is to be reworked, of the order or of its placement.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rework: Option<TrainingOrderReturn>,
    /// Why it, or its placement, was refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 4000)]
    pub reason: Option<String>,
    /// What its lines add up to.
    pub sums: TrainingOrderSums,
    /// When it was submitted last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub submitted_at: Option<DateTime<Utc>>,
    /// When its placement was agreed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub placed_at: Option<DateTime<Utc>>,
    /// The order of the level above that has taken it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub taken_by_id: Option<Uuid>,
    /// Its newest request for approval: of its placement, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<Uuid>,
    /// When it was begun.
    pub created_at: DateTime<Utc>,
    /// What the caller may do with it now: operationIds.
    #[schema(max_items = 7)]
    pub allowed_actions: Vec<String>,
}

impl From<ShownOrder> for TrainingOrderView {
    fn from(shown: ShownOrder) -> Self {
        let order = shown.order;
        Self {
            id: order.id,
            organization_id: order.organization_id,
            municipality_id: order.municipality_id,
            regulation_id: order.regulation_id,
            level: order.level,
            period: order.period.kind,
            year: order.period.year,
            starts_on: order.period.starts_on,
            ends_on: order.period.ends_on,
            state: order.state.into(),
            rework: order.rework.map(Into::into),
            reason: order.reason,
            sums: shown.sums.into(),
            submitted_at: order.submitted_at,
            placed_at: order.placed_at,
            taken_by_id: order.taken_by_id,
            request_id: shown.approval_id,
            created_at: order.created_at,
            allowed_actions: shown.allowed_actions,
        }
    }
}

page_view! {
    /// One page of training orders, those begun last first.
    TrainingOrderPage of TrainingOrderItem
}

/// Which orders to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TrainingOrderQuery {
    /// Only of this level.
    pub level: Option<OrderLevel>,
    /// Only of this organization.
    pub organization_id: Option<Uuid>,
    /// Only of this municipality.
    pub municipality_id: Option<Uuid>,
    /// Only whose period begins in this year.
    #[validate(range(min = 2000, max = 2099))]
    #[param(minimum = 2000, maximum = 2099)]
    pub year: Option<i32>,
    /// Only in this state.
    pub state: Option<TrainingOrderState>,
    /// Only those taken into this order.
    pub taken_by_id: Option<Uuid>,
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

impl TrainingOrderQuery {
    /// The orders asked for.
    pub fn filter(&self) -> Filter {
        Filter {
            level: self.level,
            organization_id: self.organization_id,
            municipality_id: self.municipality_id,
            year: self.year,
            state: self.state.map(Into::into),
            taken_by_id: self.taken_by_id,
        }
    }
}
