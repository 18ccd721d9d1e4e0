//! Decisions as they travel.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::DecisionKind;
use super::service::ShownDecision;
use crate::authz::Role;
use crate::http::page_view;
use crate::values::{day, mirror};

/// What kind of decision (вид решения). New values may come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ManagerialDecisionKind {
    /// It follows from a monitoring (управленческое решение).
    Decision,
    /// It stands by itself, or follows from a monitoring (поручение).
    Instruction,
}

mirror!(ManagerialDecisionKind => DecisionKind { Decision, Instruction });

/// A decision to be taken or an instruction to be given (управленческое решение, поручение).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ManagerialDecisionCreate {
    /// Who takes it; where one holds a role that decides, by default.
    pub organization_id: Option<Uuid>,
    /// What kind.
    pub kind: ManagerialDecisionKind,
    /// The organization that it binds (адресат).
    pub addressee_id: Uuid,
    /// The monitoring it follows from; required for a decision.
    pub monitoring_id: Option<Uuid>,
    /// What is to be done.
    #[validate(length(min = 1, max = 4000))]
    #[schema(min_length = 1, max_length = 4000, example = "Провести диагностику во всех школах")]
    pub text: String,
    /// Day by which it is to be done, from today on (срок).
    #[serde(deserialize_with = "day")]
    #[schema(example = "2026-05-31")]
    pub due_on: NaiveDate,
}

/// An answer of the addressee (ответ адресата).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ManagerialDecisionAnswer {
    /// What was done.
    #[validate(length(min = 1, max = 4000))]
    #[schema(min_length = 1, max_length = 4000, example = "Диагностика проведена в 12 школах из 12")]
    pub text: String,
}

/// A decision or an instruction (управленческое решение, поручение).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ManagerialDecision)]
pub struct ManagerialDecisionView {
    /// The decision's id.
    pub id: Uuid,
    /// What kind.
    pub kind: ManagerialDecisionKind,
    /// Who took it.
    pub organization_id: Uuid,
    /// The role of who took it.
    pub role: Role,
    /// The organization that it binds.
    pub addressee_id: Uuid,
    /// The monitoring it follows from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub monitoring_id: Option<Uuid>,
    /// What is to be done.
    #[schema(max_length = 4000)]
    pub text: String,
    /// Day it was taken.
    pub taken_on: NaiveDate,
    /// Day by which it is to be done.
    pub due_on: NaiveDate,
    /// Whether the due day is over without an answer, or the answer came after it.
    pub overdue: bool,
    /// What the addressee has done; absent until it answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 4000)]
    pub answer: Option<String>,
    /// Day of the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answered_on: Option<NaiveDate>,
    /// What the caller may do with it now: operationIds.
    #[schema(max_items = 1)]
    pub allowed_actions: Vec<String>,
}

impl From<ShownDecision> for ManagerialDecisionView {
    fn from(shown: ShownDecision) -> Self {
        let ShownDecision { decision, overdue, allowed_actions } = shown;
        let (answer, answered_on) = decision.answer.map(|answer| (answer.text, answer.answered_on)).unzip();
        Self {
            id: decision.id,
            kind: decision.kind.into(),
            organization_id: decision.author.organization_id,
            role: decision.role,
            addressee_id: decision.addressee.organization_id,
            monitoring_id: decision.monitoring_id,
            text: decision.text,
            taken_on: decision.taken_on,
            due_on: decision.due_on,
            overdue,
            answer,
            answered_on,
            allowed_actions,
        }
    }
}

page_view! {
    /// One page of decisions, those due last first.
    ManagerialDecisionPage of ManagerialDecisionView
}

/// Which decisions to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ManagerialDecisionQuery {
    /// Only of this kind.
    pub kind: Option<ManagerialDecisionKind>,
    /// Only those that follow from this monitoring.
    pub monitoring_id: Option<Uuid>,
    /// Only those that bind this organization.
    pub addressee_id: Option<Uuid>,
    /// Only those that are overdue today, or only those that are not.
    pub overdue: Option<bool>,
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
