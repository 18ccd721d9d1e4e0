//! What travels about support plans.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{PlanData, SupportPlan};
use super::service::{Filter, MissingPlan, ShownPlan};
use super::vocabulary::{SupportPlanSide, SupportPlanState};
use crate::directory::checks;
use crate::http::page_view;
use crate::values::day;

/// What is said of a support plan.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SupportPlanData)]
pub struct SupportPlanBody {
    /// What the support is for (цели сопровождения).
    #[validate(length(min = 3, max = 4000), custom(function = "checks::not_blank"))]
    #[schema(
        min_length = 3,
        max_length = 4000,
        example = "Применять критериальное оценивание на каждом уроке"
    )]
    pub goals: String,
    /// First day; not before the end of the training.
    #[serde(deserialize_with = "day")]
    #[schema(example = "2026-03-16")]
    pub starts_on: NaiveDate,
    /// Last day; not before the first.
    #[serde(deserialize_with = "day")]
    #[schema(example = "2026-12-25")]
    pub ends_on: NaiveDate,
}

impl From<SupportPlanBody> for PlanData {
    fn from(body: SupportPlanBody) -> Self {
        Self { goals: body.goals, starts_on: body.starts_on, ends_on: body.ends_on }
    }
}

impl From<PlanData> for SupportPlanBody {
    fn from(data: PlanData) -> Self {
        Self { goals: data.goals, starts_on: data.starts_on, ends_on: data.ends_on }
    }
}

/// A support plan to be begun (план методического сопровождения).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SupportPlanCreate {
    /// The completed training; it has one plan at most.
    pub enrollment_id: Uuid,
    /// The methodical service: the municipal centre of the school, or the school itself (методическая служба).
    pub service_id: Uuid,
    /// What is said of it.
    #[validate(nested)]
    pub data: SupportPlanBody,
}

/// A support plan as it is to be.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SupportPlanUpdate {
    /// What is said of it.
    #[validate(nested)]
    pub data: SupportPlanBody,
}

/// The agreement of one author (согласие автора).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SupportPlanEndorsement {
    /// The side for which the caller speaks.
    pub side: SupportPlanSide,
}

/// The end of the support (завершение сопровождения).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SupportPlanCompletion {
    /// What the support led to (вывод).
    #[validate(length(min = 3, max = 4000), custom(function = "checks::not_blank"))]
    #[schema(min_length = 3, max_length = 4000, example = "Критерии применяются на каждом уроке")]
    pub conclusion: String,
}

/// A support plan (план методического сопровождения).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SupportPlan)]
pub struct SupportPlanView {
    /// The plan's id.
    pub id: Uuid,
    /// Who is supported.
    pub person_id: Uuid,
    /// The school the person came from: one of the two authors.
    pub organization_id: Uuid,
    /// The methodical service: the other author.
    pub service_id: Uuid,
    /// The regulation it was begun under.
    pub regulation_id: Uuid,
    /// The completed training.
    pub enrollment_id: Uuid,
    /// What is said of it.
    pub data: SupportPlanBody,
    /// Where it stands.
    pub state: SupportPlanState,
    /// Day the school agreed to it as it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub school_endorsed_on: Option<NaiveDate>,
    /// Day the service agreed to it as it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_endorsed_on: Option<NaiveDate>,
    /// Day it was completed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub completed_on: Option<NaiveDate>,
    /// What the support led to; only in the state `completed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 4000)]
    pub conclusion: Option<String>,
    /// When it was begun.
    pub created_at: DateTime<Utc>,
    /// What the caller may do with it now: operationIds.
    #[schema(max_items = 3)]
    pub allowed_actions: Vec<String>,
}

impl From<ShownPlan> for SupportPlanView {
    fn from(shown: ShownPlan) -> Self {
        let plan = shown.plan;
        let (completed_on, conclusion) =
            plan.completion.map(|completion| (completion.completed_on, completion.conclusion)).unzip();
        Self {
            id: plan.id,
            person_id: plan.person_id,
            organization_id: plan.organization_id,
            service_id: plan.service_id,
            regulation_id: plan.regulation_id,
            enrollment_id: plan.enrollment_id,
            data: plan.data.into(),
            state: plan.state,
            school_endorsed_on: plan.by_school.map(|endorsement| endorsement.endorsed_on),
            service_endorsed_on: plan.by_service.map(|endorsement| endorsement.endorsed_on),
            completed_on,
            conclusion,
            created_at: plan.created_at,
            allowed_actions: shown.allowed_actions,
        }
    }
}

/// A support plan in a list (план методического сопровождения).
#[derive(Debug, Serialize, ToSchema)]
pub struct SupportPlanItem {
    /// The plan's id.
    pub id: Uuid,
    /// Who is supported.
    pub person_id: Uuid,
    /// The school the person came from.
    pub organization_id: Uuid,
    /// The methodical service.
    pub service_id: Uuid,
    /// The completed training.
    pub enrollment_id: Uuid,
    /// Where it stands.
    pub state: SupportPlanState,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// When it was begun.
    pub created_at: DateTime<Utc>,
}

impl From<SupportPlan> for SupportPlanItem {
    fn from(plan: SupportPlan) -> Self {
        Self {
            id: plan.id,
            person_id: plan.person_id,
            organization_id: plan.organization_id,
            service_id: plan.service_id,
            enrollment_id: plan.enrollment_id,
            state: plan.state,
            starts_on: plan.data.starts_on,
            ends_on: plan.data.ends_on,
            created_at: plan.created_at,
        }
    }
}

page_view! {
    /// One page of support plans, those begun last first.
    SupportPlanPage of SupportPlanItem
}

/// A completed training that still needs a support plan (обучение без плана сопровождения).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MissingSupportPlan)]
pub struct MissingSupportPlanView {
    /// The training.
    pub enrollment_id: Uuid,
    /// Who completed it.
    pub person_id: Uuid,
    /// The school the person came from.
    pub organization_id: Uuid,
    /// Title of the training.
    #[schema(max_length = 500)]
    pub title: String,
    /// Day it ended.
    pub ended_on: NaiveDate,
}

impl From<MissingPlan> for MissingSupportPlanView {
    fn from(missing: MissingPlan) -> Self {
        Self {
            enrollment_id: missing.enrollment_id,
            person_id: missing.person_id,
            organization_id: missing.organization_id,
            title: missing.title,
            ended_on: missing.ended_on,
        }
    }
}

page_view! {
    /// One page of completed training without a support plan, what ended first first.
    MissingSupportPlanPage of MissingSupportPlanView
}

/// Which support plans to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SupportPlanQuery {
    /// Only of this person.
    pub person_id: Option<Uuid>,
    /// Only of people from this school.
    pub organization_id: Option<Uuid>,
    /// Only with this methodical service.
    pub service_id: Option<Uuid>,
    /// Only of this training.
    pub enrollment_id: Option<Uuid>,
    /// Only in this state.
    pub state: Option<SupportPlanState>,
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

impl SupportPlanQuery {
    /// The plans asked for.
    pub const fn filter(&self) -> Filter {
        Filter {
            person_id: self.person_id,
            organization_id: self.organization_id,
            service_id: self.service_id,
            enrollment_id: self.enrollment_id,
            state: self.state,
        }
    }
}

/// Which completed training without a plan to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MissingSupportPlanQuery {
    /// Only of people from this school.
    pub organization_id: Option<Uuid>,
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
