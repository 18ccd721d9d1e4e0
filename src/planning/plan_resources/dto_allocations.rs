//! What of the resources of plans goes to routes, as it travels.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::service::ShownAllocation;
use crate::http::page_view;
use crate::values::day;

/// What of a resource goes to a route (выделение ресурса).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResourceAssign {
    /// The route; it has a line in the plan (422 `unknown`).
    pub route_id: Uuid,
    /// The stage of the route it is needed for; the whole route when absent.
    pub stage_id: Option<Uuid>,
    /// How much, in the unit of the resource.
    #[validate(range(min = 1, max = 1_000_000_000_000_i64))]
    #[schema(minimum = 1, maximum = 1_000_000_000_000_i64, example = 250_000)]
    pub amount: i64,
}

/// That a resource was provided.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResourceProvision {
    /// The day; today when absent, never later.
    #[serde(default, deserialize_with = "day")]
    #[schema(example = "2026-03-02")]
    pub provided_on: Option<NaiveDate>,
}

/// What of a resource goes to a route (выделение ресурса маршруту).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ResourceAllocation)]
pub struct ResourceAllocationView {
    /// The allocation's id.
    pub id: Uuid,
    /// The plan.
    pub plan_id: Uuid,
    /// The resource.
    pub resource_id: Uuid,
    /// Title of the resource.
    #[schema(max_length = 500)]
    pub title: String,
    /// The route.
    pub route_id: Uuid,
    /// The stage of the route; absent for the whole route.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage_id: Option<Uuid>,
    /// How much, in the unit.
    #[schema(minimum = 1, maximum = 1_000_000_000_000_000_i64)]
    pub amount: i64,
    /// What amounts are counted in; `kopecks` for money.
    #[schema(max_length = 50)]
    pub unit: String,
    /// By when it has to be provided: the first day of the stage, else of the route.
    pub due_on: NaiveDate,
    /// The day it was provided; absent until then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provided_on: Option<NaiveDate>,
    /// Whether it was not provided on the first day of its stage (отклонение), where the regulation has that controlled.
    pub deviation: bool,
    /// By how many days it is late; only with a deviation.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 1_000_000_000_000_000_i64)]
    pub days_late: Option<i64>,
}

impl From<ShownAllocation> for ResourceAllocationView {
    fn from((allocation, days_late): ShownAllocation) -> Self {
        Self {
            id: allocation.id,
            plan_id: allocation.plan_id,
            resource_id: allocation.resource_id,
            title: allocation.title,
            route_id: allocation.route_id,
            stage_id: allocation.stage_id,
            amount: allocation.amount,
            unit: allocation.unit,
            due_on: allocation.due_on,
            provided_on: allocation.provided_on,
            deviation: days_late.is_some(),
            days_late,
        }
    }
}

page_view! {
    /// One page of what goes to routes, by the day it is due.
    ResourceAllocationPage of ResourceAllocationView
}

/// Which of it to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ResourceAllocationQuery {
    /// Only to this route.
    pub route_id: Option<Uuid>,
    /// `true`: only what was not provided in time.
    pub deviating: Option<bool>,
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
