//! Requests to learn at one's own expense as they travel.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{OwnExpenseRequest, Wish};
use super::service::{Filter, ShownRequest};
use crate::http::page_view;
use crate::planning::standing::dto::{ReviewReturn, ReviewStanding};
use crate::values::day;
use crate::values::text::{collapse, is_blank};

/// What an employee wishes to learn at his or her own expense (предмет заявления).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnExpenseWish {
    /// Topic of the learning (тема).
    #[validate(length(min = 1, max = 500))]
    #[schema(min_length = 1, max_length = 500, example = "Робототехника в начальной школе")]
    pub topic: String,
    /// First day of the learning, from today on (начало обучения).
    #[serde(deserialize_with = "day")]
    #[schema(example = "2026-06-01")]
    pub starts_on: NaiveDate,
    /// Last day of the learning (окончание обучения).
    #[serde(deserialize_with = "day")]
    #[schema(example = "2026-06-20")]
    pub ends_on: NaiveDate,
    /// What one is ready to spend, in kopecks (объём средств); only where it is needed.
    #[validate(range(min = 1, max = 100_000_000_000_i64))]
    #[schema(minimum = 1, maximum = 100000000000_i64, example = 1200000)]
    pub amount_kopecks: Option<i64>,
    /// The program, if the registry knows it.
    pub program_id: Option<Uuid>,
    /// The single module of it; needs `program_id`.
    pub module_id: Option<Uuid>,
    /// Who teaches, in words (кто обучает).
    #[validate(length(min = 2, max = 500))]
    #[schema(min_length = 2, max_length = 500, example = "АНО ДПО «Мастерская учителя»")]
    pub provider_name: Option<String>,
    /// Why, and how lessons go on meanwhile (обоснование).
    #[validate(length(min = 1, max = 2000))]
    #[schema(min_length = 1, max_length = 2000, example = "Занятия вечером, уроки не страдают")]
    pub justification: Option<String>,
}

impl From<OwnExpenseWish> for Wish {
    fn from(body: OwnExpenseWish) -> Self {
        let written = |text: Option<String>| text.filter(|text| !is_blank(text));
        Self {
            topic: collapse(&body.topic),
            starts_on: body.starts_on,
            ends_on: body.ends_on,
            amount_kopecks: body.amount_kopecks,
            program_id: body.program_id,
            module_id: body.module_id,
            provider_name: written(body.provider_name).map(|text| collapse(&text)),
            justification: written(body.justification),
        }
    }
}

/// A request to learn at one's own expense (заявление об обучении за свой счёт).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnExpenseRequestCreate {
    /// The school that is asked; one's main place of work by default.
    pub organization_id: Option<Uuid>,
    /// What is to be learnt.
    #[validate(nested)]
    pub wish: OwnExpenseWish,
}

/// A returned request, written anew.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnExpenseRequestSubmit {
    /// What is to be learnt.
    #[validate(nested)]
    pub wish: OwnExpenseWish,
}

/// A request to learn at one's own expense in a list (заявление об обучении за свой счёт).
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnExpenseRequestItem {
    /// The request's id.
    pub id: Uuid,
    /// Who asks.
    pub person_id: Uuid,
    /// The school that is asked.
    pub organization_id: Uuid,
    /// Topic of the learning.
    #[schema(max_length = 500)]
    pub topic: String,
    /// First day of the learning.
    pub starts_on: NaiveDate,
    /// Last day of the learning.
    pub ends_on: NaiveDate,
    /// What the employee is ready to spend, in kopecks.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 100000000000_i64)]
    pub amount_kopecks: Option<i64>,
    /// Where it stands.
    pub state: ReviewStanding,
    /// When it was handed in first.
    pub created_at: DateTime<Utc>,
}

impl From<OwnExpenseRequest> for OwnExpenseRequestItem {
    fn from(request: OwnExpenseRequest) -> Self {
        Self {
            id: request.id,
            person_id: request.person_id,
            organization_id: request.organization_id,
            topic: request.wish.topic,
            starts_on: request.wish.starts_on,
            ends_on: request.wish.ends_on,
            amount_kopecks: request.wish.amount_kopecks,
            state: request.standing.state.into(),
            created_at: request.created_at,
        }
    }
}

/// A request to learn at one's own expense (заявление об обучении за свой счёт).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OwnExpenseRequest)]
pub struct OwnExpenseRequestView {
    /// The request's id.
    pub id: Uuid,
    /// Who asks.
    pub person_id: Uuid,
    /// The school that is asked.
    pub organization_id: Uuid,
    /// The regulation it was handed in under.
    pub regulation_id: Uuid,
    /// Topic of the learning.
    #[schema(max_length = 500)]
    pub topic: String,
    /// First day of the learning.
    pub starts_on: NaiveDate,
    /// Last day of the learning.
    pub ends_on: NaiveDate,
    /// What the employee is ready to spend, in kopecks.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 100000000000_i64)]
    pub amount_kopecks: Option<i64>,
    /// The program, if the registry knows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub program_id: Option<Uuid>,
    /// The single module of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub module_id: Option<Uuid>,
    /// Who teaches, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 500)]
    pub provider_name: Option<String>,
    /// Why, and how lessons go on meanwhile.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    pub justification: Option<String>,
    /// Where it stands.
    pub state: ReviewStanding,
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
    /// Its request for approval.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<Uuid>,
    /// The papers about what was learnt by it, those recorded first first.
    #[schema(max_items = 200)]
    pub credential_ids: Vec<Uuid>,
    /// When it was handed in first.
    pub created_at: DateTime<Utc>,
    /// What the caller may do with it now: operationIds.
    #[schema(max_items = 2)]
    pub allowed_actions: Vec<String>,
}

impl From<ShownRequest> for OwnExpenseRequestView {
    fn from(shown: ShownRequest) -> Self {
        let request = shown.request;
        let (wish, standing) = (request.wish, request.standing);
        Self {
            id: request.id,
            person_id: request.person_id,
            organization_id: request.organization_id,
            regulation_id: request.regulation_id,
            topic: wish.topic,
            starts_on: wish.starts_on,
            ends_on: wish.ends_on,
            amount_kopecks: wish.amount_kopecks,
            program_id: wish.program_id,
            module_id: wish.module_id,
            provider_name: wish.provider_name,
            justification: wish.justification,
            state: standing.state.into(),
            rework: standing.rework.map(Into::into),
            reason: standing.reason,
            decided_at: standing.decided_at,
            request_id: shown.approval_id,
            credential_ids: shown.credential_ids,
            created_at: request.created_at,
            allowed_actions: shown.allowed_actions,
        }
    }
}

page_view! {
    /// One page of requests to learn at one's own expense, those handed in last first.
    OwnExpenseRequestPage of OwnExpenseRequestItem
}

/// Which requests to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct OwnExpenseRequestQuery {
    /// Only of this person.
    pub person_id: Option<Uuid>,
    /// Only to this school.
    pub organization_id: Option<Uuid>,
    /// Only in this state.
    pub state: Option<ReviewStanding>,
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

impl OwnExpenseRequestQuery {
    /// The requests asked for.
    pub fn filter(&self) -> Filter {
        Filter {
            person_id: self.person_id,
            organization_id: self.organization_id,
            state: self.state.map(Into::into),
        }
    }
}
