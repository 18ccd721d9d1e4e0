//! Lines of training orders as they travel.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::{TrainingOrderLineAbove, in_hours};
use crate::http::page_view;
use crate::orders::training_orders::model::{LineOrigin, Placement};
use crate::orders::training_orders::service::{LineRequest, ShownLine};
use crate::values::Hours;
use crate::values::text::{collapse, is_blank};

/// Where a line of an order comes from (происхождение строки). New values may come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TrainingOrderLineOrigin {
    /// A need that was recorded.
    Need,
    /// An activity of an agreed route.
    Route,
    /// The head's own request.
    HeadRequest,
    /// Written by hand above the school.
    Manual,
    /// Added up from orders of the level below; never sent.
    Orders,
}

crate::values::mirror!(TrainingOrderLineOrigin => LineOrigin { Need, Route, HeadRequest, Manual, Orders });

/// A new line of an order (строка заказа).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TrainingOrderLineCreate {
    /// Where it comes from: `need`, `route` or `head_request` in the order of a school, `manual` above.
    pub origin: TrainingOrderLineOrigin,
    /// The need of the school it rests on; only for `need`.
    pub need_id: Option<Uuid>,
    /// The activity of an agreed route of the school it rests on; only for `route`.
    pub activity_id: Option<Uuid>,
    /// What is to be learnt; only for `head_request` and `manual`.
    #[validate(length(min = 1, max = 500))]
    #[schema(min_length = 1, max_length = 500, example = "Функциональная грамотность")]
    pub topic: Option<String>,
    /// How many people; only for `head_request` and `manual`.
    #[validate(range(min = 1, max = 10_000))]
    #[schema(minimum = 1, maximum = 10000, example = 3)]
    pub people: Option<i32>,
    /// Academic hours of each, in steps of 0.5; those of the program or activity by default.
    #[validate(range(min = 0.5, max = 2000.0))]
    #[schema(value_type = Option<f64>, minimum = 0.5, maximum = 2000, multiple_of = 0.5, example = 36)]
    pub hours: Option<Hours>,
    /// The program, if the registry knows it; not for `route`.
    pub program_id: Option<Uuid>,
    /// The single module of it; needs `program_id`.
    pub module_id: Option<Uuid>,
    /// What it is to cost altogether, in kopecks.
    #[validate(range(min = 0, max = 100_000_000_000_i64))]
    #[schema(minimum = 0, maximum = 100000000000_i64, example = 1500000)]
    pub amount_kopecks: Option<i64>,
    /// Why (обоснование).
    #[validate(length(min = 1, max = 2000))]
    #[schema(min_length = 1, max_length = 2000, example = "Низкие результаты мониторинга")]
    pub justification: Option<String>,
}

impl From<TrainingOrderLineCreate> for LineRequest {
    fn from(body: TrainingOrderLineCreate) -> Self {
        Self {
            origin: body.origin.into(),
            need_id: body.need_id,
            activity_id: body.activity_id,
            topic: body.topic.map(|topic| collapse(&topic)),
            people: body.people,
            hours: body.hours,
            program_id: body.program_id,
            module_id: body.module_id,
            amount_kopecks: body.amount_kopecks,
            justification: body.justification.filter(|text| !is_blank(text)),
        }
    }
}

/// How many people of a line an offering takes (размещение строки).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TrainingOrderPlacementSet {
    /// The line of the order.
    pub line_id: Uuid,
    /// The offering, planned or announced, of an organiser where the regulation lets orders be placed.
    pub offering_id: Uuid,
    /// How many people; 0 takes the line off the offering again.
    #[validate(range(min = 0, max = 10_000))]
    #[schema(minimum = 0, maximum = 10000, example = 2)]
    pub people: i32,
}

impl From<&TrainingOrderPlacementSet> for Placement {
    fn from(body: &TrainingOrderPlacementSet) -> Self {
        Self { line_id: body.line_id, offering_id: body.offering_id, people: body.people }
    }
}

/// How many people of a line an offering takes (размещение строки).
#[derive(Debug, Serialize, ToSchema)]
pub struct TrainingOrderPlacement {
    /// The offering.
    pub offering_id: Uuid,
    /// How many people.
    #[schema(minimum = 1, maximum = 10000)]
    pub people: i32,
}

/// A line of an order (строка заказа).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TrainingOrderLine)]
pub struct TrainingOrderLineView {
    /// The line's id.
    pub id: Uuid,
    /// The order.
    pub order_id: Uuid,
    /// Its place in the order, from 1.
    #[schema(minimum = 1, maximum = 1_000_000)]
    pub position: i32,
    /// Where it comes from.
    pub origin: TrainingOrderLineOrigin,
    /// Ground of the training: that of the need, the reason of the activity; none for sums (основание).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 100)]
    pub ground: Option<String>,
    /// What is to be learnt.
    #[schema(max_length = 2000)]
    pub topic: String,
    /// Who is to learn; none for a group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person_id: Option<Uuid>,
    /// The need it rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub need_id: Option<Uuid>,
    /// The activity of a route it rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activity_id: Option<Uuid>,
    /// The program.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub program_id: Option<Uuid>,
    /// The single module of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub module_id: Option<Uuid>,
    /// The priority direction.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direction_id: Option<Uuid>,
    /// How many people.
    #[schema(minimum = 1, maximum = 100_000_000)]
    pub people: i32,
    /// Academic hours of all of them together, in steps of 0.5 (человеко-часы).
    #[schema(minimum = 0, maximum = 1_000_000_000, multiple_of = 0.5)]
    pub person_hours: f64,
    /// What it is to cost, in kopecks; 0 where it is not said.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub amount_kopecks: i64,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    pub justification: Option<String>,
    /// The line of the order above that it was added up into.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upper_line_id: Option<Uuid>,
    /// The lines above up to the highest order, the nearest first; only where one line is read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 2)]
    pub above: Vec<TrainingOrderLineAbove>,
    /// The line of the state assignment it is paid from, itself or through the order above (государственное задание).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assignment_id: Option<Uuid>,
    /// Where it is placed.
    #[schema(max_items = 1000)]
    pub placements: Vec<TrainingOrderPlacement>,
    /// How many of its people are not placed (неразмещённый остаток).
    #[schema(minimum = 0, maximum = 100_000_000)]
    pub unplaced: i32,
}

impl From<ShownLine> for TrainingOrderLineView {
    fn from(ShownLine { line, placements, above }: ShownLine) -> Self {
        let placed: i32 = placements.iter().map(|it| it.people).sum();
        let placement =
            |it: Placement| TrainingOrderPlacement { offering_id: it.offering_id, people: it.people };
        let assignment_id = line.assignment_id.or(above.iter().find_map(|step| step.assignment_id));
        Self {
            id: line.id,
            order_id: line.order_id,
            position: line.position,
            origin: line.origin.into(),
            ground: line.ground,
            topic: line.topic,
            person_id: line.person_id,
            need_id: line.need_id,
            activity_id: line.activity_id,
            program_id: line.program_id,
            module_id: line.module_id,
            direction_id: line.direction_id,
            people: line.people,
            person_hours: in_hours(line.half_hours),
            amount_kopecks: line.amount_kopecks,
            justification: line.justification,
            upper_line_id: line.upper_line_id,
            above: above.into_iter().map(Into::into).collect(),
            assignment_id,
            placements: placements.into_iter().map(placement).collect(),
            unplaced: line.people - placed,
        }
    }
}

page_view! {
    /// One page of the lines of an order, in their order.
    TrainingOrderLinePage of TrainingOrderLineView
}

/// Which lines to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TrainingOrderLineQuery {
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
