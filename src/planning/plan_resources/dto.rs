//! Resources of plans as they travel.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{Estimate, ReportKey, ReportSums, ResourceData};
use super::service::{Filter, WithGiven};
use super::vocabulary::PlanResourceOwner;
use crate::http::page_view;
use crate::regulations::profile::PlanResourceKind;
use crate::values::day;
use crate::values::text::{collapse, is_blank};

/// A resource of a plan to be recorded (ресурс плана).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanResourceAdd {
    /// Its kind.
    pub kind: PlanResourceKind,
    /// Whose it is.
    pub owner: PlanResourceOwner,
    /// What it is (название).
    #[validate(length(min = 1, max = 500))]
    #[schema(min_length = 1, max_length = 500, example = "Оплата курсов")]
    pub title: String,
    /// What amounts are counted in: `kopecks` for money, and for money alone (422 `wrong_unit`).
    #[validate(length(min = 1, max = 50))]
    #[schema(min_length = 1, max_length = 50, example = "kopecks")]
    pub unit: String,
    /// How much is needed, in the unit (потребность).
    #[validate(range(min = 1, max = 1_000_000_000_000_i64))]
    #[schema(minimum = 1, maximum = 1_000_000_000_000_i64, example = 1_200_000)]
    pub needed: i64,
    /// How much there is, in the unit (наличие).
    #[validate(range(min = 0, max = 1_000_000_000_000_i64))]
    #[schema(minimum = 0, maximum = 1_000_000_000_000_i64, example = 500_000)]
    pub available: i64,
    /// By when the rest is expected (прогноз).
    #[serde(deserialize_with = "day")]
    #[schema(example = "2026-09-01")]
    pub forecast_on: NaiveDate,
    /// Words.
    #[validate(length(max = 4000))]
    #[schema(max_length = 4000, example = "Смета школы на 2026 год")]
    pub note: Option<String>,
}

impl From<PlanResourceAdd> for ResourceData {
    fn from(body: PlanResourceAdd) -> Self {
        Self {
            kind: body.kind,
            owner: body.owner,
            title: collapse(&body.title),
            unit: collapse(&body.unit),
            estimate: Estimate {
                needed: body.needed,
                available: body.available,
                forecast_on: body.forecast_on,
            },
            note: body.note.filter(|text| !is_blank(text)),
        }
    }
}

/// A resource estimated anew.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanResourceUpdate {
    /// How much is needed, in its unit.
    #[validate(range(min = 1, max = 1_000_000_000_000_i64))]
    #[schema(minimum = 1, maximum = 1_000_000_000_000_i64, example = 1_200_000)]
    pub needed: i64,
    /// How much there is, in its unit.
    #[validate(range(min = 0, max = 1_000_000_000_000_i64))]
    #[schema(minimum = 0, maximum = 1_000_000_000_000_i64, example = 500_000)]
    pub available: i64,
    /// By when the rest is expected.
    #[serde(deserialize_with = "day")]
    #[schema(example = "2026-09-01")]
    pub forecast_on: NaiveDate,
}

impl PlanResourceUpdate {
    /// The estimate.
    pub const fn estimate(&self) -> Estimate {
        Estimate { needed: self.needed, available: self.available, forecast_on: self.forecast_on }
    }
}

/// A resource of a plan (ресурс плана).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PlanResource)]
pub struct PlanResourceView {
    /// The resource's id.
    pub id: Uuid,
    /// The plan.
    pub plan_id: Uuid,
    /// Its kind.
    pub kind: PlanResourceKind,
    /// Whose it is.
    pub owner: PlanResourceOwner,
    /// What it is.
    #[schema(max_length = 500)]
    pub title: String,
    /// What amounts are counted in; `kopecks` for money.
    #[schema(max_length = 50)]
    pub unit: String,
    /// How much is needed, in the unit.
    #[schema(minimum = 1, maximum = 1_000_000_000_000_000_i64)]
    pub needed: i64,
    /// How much there is, in the unit.
    #[schema(minimum = 0, maximum = 1_000_000_000_000_000_i64)]
    pub available: i64,
    /// How much is missing, in the unit (дефицит ресурса).
    #[schema(minimum = 0, maximum = 1_000_000_000_000_000_i64)]
    pub gap: i64,
    /// By when the rest is expected.
    pub forecast_on: NaiveDate,
    /// How much goes to routes, in the unit.
    #[schema(minimum = 0, maximum = 1_000_000_000_000_000_i64)]
    pub allocated: i64,
    /// How much of that was provided, in the unit.
    #[schema(minimum = 0, maximum = 1_000_000_000_000_000_i64)]
    pub provided: i64,
    /// Words.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 4000)]
    pub note: Option<String>,
}

impl From<WithGiven> for PlanResourceView {
    fn from((resource, given): WithGiven) -> Self {
        let (estimate, data) = (resource.data.estimate, resource.data);
        Self {
            id: resource.id,
            plan_id: resource.plan_id,
            kind: data.kind,
            owner: data.owner,
            title: data.title,
            unit: data.unit,
            needed: estimate.needed,
            available: estimate.available,
            gap: estimate.gap(),
            forecast_on: estimate.forecast_on,
            allocated: given.allocated,
            provided: given.provided,
            note: data.note,
        }
    }
}

page_view! {
    /// One page of the resources of a plan, those recorded first first.
    PlanResourcePage of PlanResourceView
}

/// Which resources to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PlanResourceQuery {
    /// Only of this kind.
    pub kind: Option<PlanResourceKind>,
    /// Only of this side.
    pub owner: Option<PlanResourceOwner>,
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

impl PlanResourceQuery {
    /// The resources asked for.
    pub const fn filter(&self) -> Filter {
        Filter { kind: self.kind, owner: self.owner }
    }
}

/// Resources of one kind, of one side, in one unit (строка свода).
#[derive(Debug, Serialize, ToSchema)]
pub struct PlanResourceSums {
    /// Their kind.
    pub kind: PlanResourceKind,
    /// Whose they are.
    pub owner: PlanResourceOwner,
    /// What amounts are counted in; `kopecks` for money.
    #[schema(max_length = 50)]
    pub unit: String,
    /// How many resources.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub resources: u32,
    /// How much is needed.
    #[schema(minimum = 0, maximum = 1_000_000_000_000_000_i64)]
    pub needed: i64,
    /// How much there is.
    #[schema(minimum = 0, maximum = 1_000_000_000_000_000_i64)]
    pub available: i64,
    /// How much is missing: what there is too much of one fills no gap of another.
    #[schema(minimum = 0, maximum = 1_000_000_000_000_000_i64)]
    pub gap: i64,
    /// How much goes to routes.
    #[schema(minimum = 0, maximum = 1_000_000_000_000_000_i64)]
    pub allocated: i64,
    /// How much of that was provided.
    #[schema(minimum = 0, maximum = 1_000_000_000_000_000_i64)]
    pub provided: i64,
    /// By when the last of what is missing is expected; absent when nothing is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub forecast_on: Option<NaiveDate>,
}

/// All resources of a plan side by side (свод ресурсов плана).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PlanResourceReport)]
pub struct PlanResourceReportView {
    /// The plan.
    pub plan_id: Uuid,
    /// The kinds in the order financial, material, methodical; those of the school before those of others.
    #[schema(max_items = 1000)]
    pub rows: Vec<PlanResourceSums>,
}

impl PlanResourceReportView {
    /// The report on that plan.
    pub fn new(plan_id: Uuid, rows: BTreeMap<ReportKey, ReportSums>) -> Self {
        let row = |((kind, owner, unit), sums): (ReportKey, ReportSums)| PlanResourceSums {
            kind,
            owner,
            unit,
            resources: sums.resources,
            needed: sums.needed,
            available: sums.available,
            gap: sums.gap,
            allocated: sums.allocated,
            provided: sums.provided,
            forecast_on: sums.forecast_on,
        };
        Self { plan_id, rows: rows.into_iter().map(row).collect() }
    }
}
