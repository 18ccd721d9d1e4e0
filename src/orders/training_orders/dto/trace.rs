//! The way of a line as it travels.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::{TrainingOrderLineOrigin, in_hours};
use crate::http::page_view;
use crate::orders::training_orders::model::{LineSource, LineStep};
use crate::regulations::profile::OrderLevel;

/// A line above another (строка заказа уровнем выше).
#[derive(Debug, Serialize, ToSchema)]
pub struct TrainingOrderLineAbove {
    /// The line.
    pub line_id: Uuid,
    /// Its order.
    pub order_id: Uuid,
    /// Whose order that is.
    pub organization_id: Uuid,
    /// The level of that order.
    pub level: OrderLevel,
    /// The line of the state assignment it is paid from (строка государственного задания).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assignment_id: Option<Uuid>,
}

impl From<LineStep> for TrainingOrderLineAbove {
    fn from(step: LineStep) -> Self {
        Self {
            line_id: step.line_id,
            order_id: step.order_id,
            organization_id: step.organization_id,
            level: step.level,
            assignment_id: step.assignment_id,
        }
    }
}

/// What a line rests on in the end (основание строки).
#[derive(Debug, Serialize, ToSchema)]
pub struct TrainingOrderLineSource {
    /// The line that nothing was added up into.
    pub line_id: Uuid,
    /// Its order.
    pub order_id: Uuid,
    /// Whose order that is.
    pub organization_id: Uuid,
    /// Where that line comes from.
    pub origin: TrainingOrderLineOrigin,
    /// How many people.
    #[schema(minimum = 1, maximum = 100_000_000)]
    pub people: i64,
    /// Academic hours of all of them together, in steps of 0.5 (человеко-часы).
    #[schema(minimum = 0, maximum = 1_000_000_000, multiple_of = 0.5)]
    pub person_hours: f64,
    /// Who is to learn; none for a group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person_id: Option<Uuid>,
    /// The need it rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub need_id: Option<Uuid>,
    /// The activity of a route it rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activity_id: Option<Uuid>,
    /// The deficits that the activity answers, or the open ones of the person in the competency of the need (дефициты).
    #[schema(max_items = 1000)]
    pub deficit_ids: Vec<Uuid>,
}

impl From<LineSource> for TrainingOrderLineSource {
    fn from(source: LineSource) -> Self {
        Self {
            line_id: source.line_id,
            order_id: source.order_id,
            organization_id: source.organization_id,
            origin: source.origin.into(),
            people: source.people,
            person_hours: in_hours(source.half_hours),
            person_id: source.person_id,
            need_id: source.need_id,
            activity_id: source.activity_id,
            deficit_ids: source.deficit_ids,
        }
    }
}

page_view! {
    /// One page of what a line rests on in the end.
    TrainingOrderLineSourcePage of TrainingOrderLineSource
}

/// Which sources to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TrainingOrderLineSourceQuery {
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
