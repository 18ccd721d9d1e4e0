//! The funding of plans as it travels.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{FundingData, FundingLine, FundingSums};
use super::service::Filter;
use crate::http::page_view;
use crate::regulations::profile::FundingSource;
use crate::values::text::is_blank;

/// What pays for a plan, to be recorded (строка финансирования).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FundingLineAdd {
    /// The route it pays for, with a line in the plan (422 `unknown`); the plan as a whole when absent.
    pub route_id: Option<Uuid>,
    /// The stage of that route; the whole route when absent.
    pub stage_id: Option<Uuid>,
    /// Where the money comes from (источник), one that the regulation names.
    pub source: FundingSource,
    /// How much, in kopecks (сумма).
    #[validate(range(min = 1, max = 1_000_000_000_000_i64))]
    #[schema(minimum = 1, maximum = 1_000_000_000_000_i64, example = 1_200_000)]
    pub amount_kopecks: i64,
    /// Words.
    #[validate(length(max = 4000))]
    #[schema(max_length = 4000, example = "Субвенция на 2026 год")]
    pub note: Option<String>,
}

impl From<FundingLineAdd> for FundingData {
    fn from(body: FundingLineAdd) -> Self {
        Self {
            route_id: body.route_id,
            stage_id: body.stage_id,
            source: body.source,
            amount_kopecks: body.amount_kopecks,
            note: body.note.filter(|text| !is_blank(text)),
        }
    }
}

/// What pays for a plan (строка финансирования).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FundingLine)]
pub struct FundingLineView {
    /// The line's id.
    pub id: Uuid,
    /// The route it pays for; absent for the plan as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub route_id: Option<Uuid>,
    /// The stage of the route; absent for the whole route.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage_id: Option<Uuid>,
    /// Where the money comes from.
    pub source: FundingSource,
    /// How much, in kopecks.
    #[schema(minimum = 1, maximum = 1_000_000_000_000_000_i64)]
    pub amount_kopecks: i64,
    /// Words.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 4000)]
    pub note: Option<String>,
}

impl From<FundingLine> for FundingLineView {
    fn from(line: FundingLine) -> Self {
        let data = line.data;
        Self {
            id: line.id,
            route_id: data.route_id,
            stage_id: data.stage_id,
            source: data.source,
            amount_kopecks: data.amount_kopecks,
            note: data.note,
        }
    }
}

page_view! {
    /// One page of the lines of funding of a plan, those recorded first first.
    FundingLinePage of FundingLineView
}

/// Which lines to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct FundingLineQuery {
    /// From this source alone.
    pub source: Option<FundingSource>,
    /// For this route alone.
    pub route_id: Option<Uuid>,
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

impl FundingLineQuery {
    /// The lines asked for.
    pub const fn filter(&self) -> Filter {
        Filter { source: self.source, route_id: self.route_id }
    }
}

/// What one source pays, for what (сумма по источнику).
#[derive(Debug, Serialize, ToSchema)]
pub struct PlanFundingSum {
    /// The route; absent for the plan as a whole, and in sums by source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub route_id: Option<Uuid>,
    /// The stage of the route; absent for the whole route, and in sums by source or route.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage_id: Option<Uuid>,
    /// Where the money comes from.
    pub source: FundingSource,
    /// How much, in kopecks.
    #[schema(minimum = 1, maximum = 1_000_000_000_000_000_i64)]
    pub amount_kopecks: i64,
}

/// The sums of the funding of a plan (свод финансирования плана).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PlanFunding)]
pub struct PlanFundingView {
    /// The plan.
    pub plan_id: Uuid,
    /// Everything, in kopecks.
    #[schema(minimum = 0, maximum = 1_000_000_000_000_000_i64)]
    pub total_kopecks: i64,
    /// By source.
    #[schema(max_items = 20)]
    pub by_source: Vec<PlanFundingSum>,
    /// By route and source; without a route: for the plan as a whole.
    #[schema(max_items = 100_000)]
    pub by_route: Vec<PlanFundingSum>,
    /// By route, stage and source; without a stage: for the whole route, or the whole plan.
    #[schema(max_items = 100_000)]
    pub by_stage: Vec<PlanFundingSum>,
}

impl PlanFundingView {
    /// The sums of that plan.
    pub fn new(plan_id: Uuid, sums: FundingSums) -> Self {
        let sum = |route_id, stage_id, source, amount_kopecks| PlanFundingSum {
            route_id,
            stage_id,
            source,
            amount_kopecks,
        };
        Self {
            plan_id,
            total_kopecks: sums.total,
            by_source: sums.by_source.into_iter().map(|(source, it)| sum(None, None, source, it)).collect(),
            by_route: sums
                .by_route
                .into_iter()
                .map(|((route, source), it)| sum(route, None, source, it))
                .collect(),
            by_stage: sums
                .by_stage
                .into_iter()
                .map(|((route, stage, source), it)| sum(route, stage, source, it))
                .collect(),
        }
    }
}
