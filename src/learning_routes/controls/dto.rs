//! What travels about control of routes.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{ControlFact, ControlPlan};
use super::service::ShownControl;
use super::vocabulary::{RouteControlItem, RouteControlState};
use crate::authz::Role;
use crate::http::page_view;
use crate::regulations::profile::{ControlKind, ControlObject, ControlPurpose};
use crate::values::day;

/// An item of the control plan of a route (пункт плана контроля).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RouteControlPlan {
    /// Before the start, during fulfilment, or at the end (вид контроля).
    pub kind: ControlKind,
    /// What is controlled (объект).
    pub object: ControlObject,
    /// To assess the result, or to correct deviations or the plan (направление).
    pub purpose: ControlPurpose,
    /// What preliminary control looks at; for that kind only.
    pub item: Option<RouteControlItem>,
    /// The day it is planned for: within the term of the route; preliminary control not later than its start.
    #[serde(deserialize_with = "day")]
    pub planned_on: NaiveDate,
    /// What is to be reached, in `unit`; always for ongoing control.
    #[validate(range(min = -1_000_000_000, max = 1_000_000_000))]
    #[schema(minimum = -1_000_000_000, maximum = 1_000_000_000, example = 5)]
    pub planned_value: Option<i64>,
    /// The unit of what is planned and measured (единица измерения).
    #[validate(length(min = 1, max = 100))]
    #[schema(min_length = 1, max_length = 100, example = "мероприятий в срок")]
    pub unit: Option<String>,
}

impl From<RouteControlPlan> for ControlPlan {
    fn from(body: RouteControlPlan) -> Self {
        Self {
            kind: body.kind,
            object: body.object,
            purpose: body.purpose,
            item: body.item,
            planned_on: body.planned_on,
            planned_value: body.planned_value,
            unit: body.unit,
        }
    }
}

/// What control found (факт контроля).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RouteControlFact {
    /// The day it was carried out: not later than today, nor before the route was in force.
    #[serde(deserialize_with = "day")]
    pub done_on: NaiveDate,
    /// What was measured, in the unit of the plan; always for ongoing control.
    #[validate(range(min = -1_000_000_000, max = 1_000_000_000))]
    #[schema(minimum = -1_000_000_000, maximum = 1_000_000_000, example = 3)]
    pub measured_value: Option<i64>,
    /// What was found (выводы).
    #[validate(length(min = 3, max = 4000))]
    #[schema(min_length = 3, max_length = 4000, example = "Два мероприятия из пяти перенесены")]
    pub finding: String,
    /// What is done to correct it (принятая мера); control that corrects names this or a revision.
    #[validate(length(min = 3, max = 4000))]
    #[schema(min_length = 3, max_length = 4000, example = "Сроки второго этапа сдвинуты на месяц")]
    pub action: Option<String>,
    /// The revision of the route that corrects it (корректировка маршрута).
    pub revision_id: Option<Uuid>,
}

impl From<RouteControlFact> for ControlFact {
    fn from(body: RouteControlFact) -> Self {
        Self {
            done_on: body.done_on,
            measured_value: body.measured_value,
            finding: body.finding,
            action: body.action,
            revision_id: body.revision_id,
        }
    }
}

/// Why control is taken out of the plan.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RouteControlCancellation {
    /// Why.
    #[validate(length(min = 3, max = 2000))]
    #[schema(min_length = 3, max_length = 2000, example = "Заменён итоговой проверкой")]
    pub reason: String,
}

/// Findings that become needs of the learner (потребности по итогам контроля).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RouteControlNeeds {
    /// Code of the ground by the regulation, as of any need.
    #[validate(length(min = 1, max = 64))]
    #[schema(min_length = 1, max_length = 64, pattern = "^[a-z][a-z0-9_]*$", example = "deficit")]
    pub ground: String,
    /// The needs: one for each thing to be learnt.
    #[validate(length(min = 1, max = 20), nested)]
    #[schema(min_items = 1, max_items = 20)]
    pub needs: Vec<RouteControlNeed>,
}

/// A need that follows from control.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RouteControlNeed {
    /// What is to be learnt.
    #[validate(length(min = 3, max = 500))]
    #[schema(min_length = 3, max_length = 500, example = "Критериальное оценивание")]
    pub topic: String,
}

/// An item of the control plan of a route, with its fact (контроль маршрута).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RouteControl)]
pub struct RouteControlView {
    /// The control's id.
    pub id: Uuid,
    /// The route.
    pub route_id: Uuid,
    /// Before the start, during fulfilment, or at the end.
    pub kind: ControlKind,
    /// What is controlled.
    pub object: ControlObject,
    /// To assess the result, or to correct deviations or the plan.
    pub purpose: ControlPurpose,
    /// What preliminary control looks at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<RouteControlItem>,
    /// The day it is planned for.
    pub planned_on: NaiveDate,
    /// Its day is past and it is not carried out.
    pub overdue: bool,
    /// What is to be reached.
    #[schema(minimum = -1_000_000_000, maximum = 1_000_000_000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub planned_value: Option<i64>,
    /// What was measured.
    #[schema(minimum = -1_000_000_000, maximum = 1_000_000_000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub measured_value: Option<i64>,
    /// What was measured above what was planned; below is negative (отклонение).
    #[schema(minimum = -2_000_000_000, maximum = 2_000_000_000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deviation: Option<i64>,
    /// The unit of these three.
    #[schema(max_length = 100)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Where it stands.
    pub state: RouteControlState,
    /// The day it was carried out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub done_on: Option<NaiveDate>,
    /// What was found.
    #[schema(max_length = 4000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finding: Option<String>,
    /// What is done to correct it.
    #[schema(max_length = 4000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    /// The revision of the route that corrects it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revision_id: Option<Uuid>,
    /// Who recorded the fact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recorded_by: Option<Uuid>,
    /// The role whose right was used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recorded_role: Option<Role>,
    /// Why it was cancelled.
    #[schema(max_length = 2000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cancel_reason: Option<String>,
    /// Needs of the learner that follow from it.
    #[schema(max_items = 1000)]
    pub need_ids: Vec<Uuid>,
    /// What the caller may do with it now: operationIds.
    #[schema(max_items = 10)]
    pub allowed_actions: Vec<String>,
}

impl From<ShownControl> for RouteControlView {
    fn from(shown: ShownControl) -> Self {
        let control = shown.control;
        let deviation = control.deviation();
        let (fact, recorder) = control.fact.unzip();
        let plan = control.plan;
        Self {
            id: control.id,
            route_id: control.route_id,
            kind: plan.kind,
            object: plan.object,
            purpose: plan.purpose,
            item: plan.item,
            planned_on: plan.planned_on,
            overdue: shown.overdue,
            planned_value: plan.planned_value,
            measured_value: fact.as_ref().and_then(|fact| fact.measured_value),
            deviation,
            unit: plan.unit,
            state: control.state,
            done_on: fact.as_ref().map(|fact| fact.done_on),
            finding: fact.as_ref().map(|fact| fact.finding.clone()),
            revision_id: fact.as_ref().and_then(|fact| fact.revision_id),
            action: fact.and_then(|fact| fact.action),
            recorded_by: recorder.and_then(|recorder| recorder.person_id),
            recorded_role: recorder.map(|recorder| recorder.role),
            cancel_reason: control.cancel_reason,
            need_ids: control.need_ids,
            allowed_actions: shown.allowed_actions,
        }
    }
}

page_view! {
    /// One page of the control plan of a route, by day.
    RouteControlPage of RouteControlView
}

/// Which page of a control plan.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RouteControlQuery {
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
