//! Plans as they travel.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{NewPlan, Plan};
use super::service::{Filter, ShownPlan};
use super::vocabulary::{PlanSection, PlanState};
use crate::http::page_view;
use crate::planning::standing::dto::ReviewReturn;
use crate::regulations::profile::PlanKind;
use crate::values::day;
use crate::values::text::collapse;

/// A plan to be composed (составление плана).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanCompose {
    /// The school; the caller's own by default.
    pub organization_id: Option<Uuid>,
    /// Its kind.
    pub kind: PlanKind,
    /// Title (название).
    #[validate(length(min = 1, max = 500))]
    #[schema(min_length = 1, max_length = 500, example = "Перспективный план повышения квалификации")]
    pub title: String,
    /// First day of its period; a year begins on its first day.
    #[serde(deserialize_with = "day")]
    #[schema(example = "2026-09-01")]
    pub starts_on: NaiveDate,
    /// Last day of its period, as the regulation says; 422 `plan_period` else.
    #[serde(deserialize_with = "day")]
    #[schema(example = "2029-08-31")]
    pub ends_on: NaiveDate,
    /// How many people are sent to courses by it (численность направляемых).
    #[validate(range(min = 0, max = 10_000))]
    #[schema(minimum = 0, maximum = 10000, example = 12)]
    pub headcount: Option<i32>,
    /// Whose routes are drawn in; everybody's when it is left out. Employees of the school (422 `unknown`).
    #[serde(default)]
    #[validate(length(max = 500))]
    #[schema(max_items = 500)]
    pub person_ids: Vec<Uuid>,
}

impl From<PlanCompose> for NewPlan {
    fn from(body: PlanCompose) -> Self {
        Self {
            kind: body.kind,
            title: collapse(&body.title),
            starts_on: body.starts_on,
            ends_on: body.ends_on,
            headcount: body.headcount,
            person_ids: body.person_ids,
        }
    }
}

/// What changes in a plan; what is left out stays.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanUpdate {
    /// Title.
    #[validate(length(min = 1, max = 500))]
    #[schema(min_length = 1, max_length = 500, example = "Перспективный план повышения квалификации")]
    pub title: Option<String>,
    /// How many people are sent to courses by it.
    #[validate(range(min = 0, max = 10_000))]
    #[schema(minimum = 0, maximum = 10000, example = 12)]
    pub headcount: Option<i32>,
}

impl PlanUpdate {
    /// The title as it is kept.
    pub fn title(&self) -> Option<String> {
        self.title.as_deref().map(collapse)
    }
}

/// Whose routes are drawn in.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanRefresh {
    /// Whose routes are drawn in; everybody's when it is left out. Employees of the school (422 `unknown`).
    #[serde(default)]
    #[validate(length(max = 500))]
    #[schema(max_items = 500)]
    pub person_ids: Vec<Uuid>,
}

/// A plan in a list (план).
#[derive(Debug, Serialize, ToSchema)]
pub struct PlanItem {
    /// The plan's id.
    pub id: Uuid,
    /// The school.
    pub organization_id: Uuid,
    /// Its kind.
    pub kind: PlanKind,
    /// Title.
    #[schema(max_length = 500)]
    pub title: String,
    /// First day of its period.
    pub starts_on: NaiveDate,
    /// Last day of its period.
    pub ends_on: NaiveDate,
    /// How many people are sent to courses by it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 10000)]
    pub headcount: Option<i32>,
    /// Where it stands.
    pub state: PlanState,
    /// When it was approved or refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided_at: Option<DateTime<Utc>>,
}

impl From<Plan> for PlanItem {
    fn from(plan: Plan) -> Self {
        Self {
            id: plan.id,
            organization_id: plan.organization_id,
            kind: plan.kind,
            title: plan.title,
            starts_on: plan.starts_on,
            ends_on: plan.ends_on,
            headcount: plan.headcount,
            state: plan.state,
            decided_at: plan.decided_at,
        }
    }
}

/// A plan of a school (план).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Plan)]
pub struct PlanView {
    /// The plan's id.
    pub id: Uuid,
    /// The school.
    pub organization_id: Uuid,
    /// The regulation it was composed under.
    pub regulation_id: Uuid,
    /// Its kind.
    pub kind: PlanKind,
    /// Title.
    #[schema(max_length = 500)]
    pub title: String,
    /// First day of its period.
    pub starts_on: NaiveDate,
    /// Last day of its period.
    pub ends_on: NaiveDate,
    /// How many people are sent to courses by it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 10000)]
    pub headcount: Option<i32>,
    /// How many people its lines send to courses.
    #[schema(minimum = 0, maximum = 100_000)]
    pub people_sent: u32,
    /// How many people its lines are about.
    #[schema(minimum = 0, maximum = 100_000)]
    pub people: u32,
    /// How many base lines it has (базовая часть).
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub base_lines: i64,
    /// How many variative lines it has (вариативная часть).
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub variative_lines: i64,
    /// Where it stands.
    pub state: PlanState,
    /// What is to be reworked; only in the state `rework`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rework: Option<ReviewReturn>,
    /// Why it was refused; only in the state `rejected`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 4000)]
    pub reason: Option<String>,
    /// When it was approved or refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided_at: Option<DateTime<Utc>>,
    /// Who approved or refused it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided_by_person_id: Option<Uuid>,
    /// Surname, name and patronymic of whoever approved or refused it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 300)]
    pub decided_by_name: Option<String>,
    /// Its newest request for approval.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<Uuid>,
    /// When it was begun.
    pub created_at: DateTime<Utc>,
    /// What the caller may do with it now: operationIds.
    #[schema(max_items = 6)]
    pub allowed_actions: Vec<String>,
}

impl From<ShownPlan> for PlanView {
    fn from(shown: ShownPlan) -> Self {
        let plan = shown.plan;
        let size = |section| shown.sizes.get(&section).copied().unwrap_or_default();
        let number = |people: usize| u32::try_from(people).unwrap_or(u32::MAX);
        Self {
            id: plan.id,
            organization_id: plan.organization_id,
            regulation_id: plan.regulation_id,
            kind: plan.kind,
            title: plan.title,
            starts_on: plan.starts_on,
            ends_on: plan.ends_on,
            headcount: plan.headcount,
            people_sent: number(shown.sent),
            people: number(shown.people),
            base_lines: size(PlanSection::Base),
            variative_lines: size(PlanSection::Variative),
            state: plan.state,
            rework: plan.rework.map(Into::into),
            reason: plan.reason,
            decided_at: plan.decided_at,
            decided_by_person_id: plan.decided_by,
            decided_by_name: shown.decided_by_name,
            request_id: shown.approval_id,
            created_at: plan.created_at,
            allowed_actions: shown.allowed_actions,
        }
    }
}

page_view! {
    /// One page of plans, those of the latest period first.
    PlanPage of PlanItem
}

/// Which plans to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PlanQuery {
    /// Only of this school.
    pub organization_id: Option<Uuid>,
    /// Only of this kind.
    pub kind: Option<PlanKind>,
    /// Only in this state.
    pub state: Option<PlanState>,
    /// Only those whose period holds this day.
    #[serde(default, deserialize_with = "day")]
    pub on: Option<NaiveDate>,
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

impl PlanQuery {
    /// The plans asked for.
    pub fn filter(&self) -> Filter {
        Filter { organization_id: self.organization_id, kind: self.kind, state: self.state, on: self.on }
    }
}
