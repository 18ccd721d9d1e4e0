//! What travels about needs.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{DuePerson, Need, NeedData, TERM_DUE};
use super::service::{Due, NewNeed};
use super::vocabulary::{DueReason, NeedState};
use crate::authz::Role;
use crate::http::page_view;
use crate::values::day;

/// A need to be recorded: of a person, or of a group of an organization.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NeedCreate {
    /// Whose need it is; absent for a group.
    pub person_id: Option<Uuid>,
    /// The school, or the municipal authority for people of several schools; needed for a group only.
    pub organization_id: Option<Uuid>,
    /// How many people; needed for a group only.
    #[validate(range(min = 1, max = 100_000))]
    #[schema(minimum = 1, maximum = 100_000, example = 12)]
    pub people: Option<i32>,
    /// Code of the ground by the regulation (основание): `attestation_recommendation`, `new_post` …; `term_due` is set
    /// by the system alone.
    #[validate(length(min = 1, max = 64))]
    #[schema(min_length = 1, max_length = 64, pattern = "^[a-z][a-z0-9_]*$", example = "new_post")]
    pub ground: String,
    /// What is to be learnt.
    #[validate(length(min = 3, max = 500))]
    #[schema(min_length = 3, max_length = 500, example = "Функциональная грамотность на уроках математики")]
    pub topic: String,
    /// Remark.
    #[validate(length(min = 3, max = 2000))]
    #[schema(min_length = 3, max_length = 2000, example = "По итогам посещения уроков")]
    pub note: Option<String>,
    /// The competency it is about, of a published framework.
    pub competency_id: Option<Uuid>,
    /// The approved priority direction it belongs to.
    pub direction_id: Option<Uuid>,
    /// The finding of pupils' assessment it rests on.
    pub finding_id: Option<Uuid>,
    /// The open campaign it is recorded in.
    pub campaign_id: Option<Uuid>,
}

impl From<NeedCreate> for NewNeed {
    fn from(body: NeedCreate) -> Self {
        Self {
            person_id: body.person_id,
            organization_id: body.organization_id,
            people: body.people,
            data: NeedData {
                ground: body.ground,
                topic: body.topic,
                note: body.note,
                competency_id: body.competency_id,
                direction_id: body.direction_id,
                finding_id: body.finding_id,
                campaign_id: body.campaign_id,
            },
        }
    }
}

/// Why a need is taken back.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NeedWithdrawal {
    /// Why.
    #[validate(length(min = 3, max = 2000))]
    #[schema(min_length = 3, max_length = 2000, example = "Записано дважды")]
    pub reason: String,
}

/// A need of training (потребность).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Need)]
pub struct NeedView {
    /// The need's id.
    pub id: Uuid,
    /// The school, or the municipal authority for people of several schools.
    pub organization_id: Uuid,
    /// The municipality.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub municipality_id: Option<Uuid>,
    /// Whose it is; absent for a group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person_id: Option<Uuid>,
    /// How many people; 1 for a person.
    #[schema(minimum = 1, maximum = 100_000)]
    pub people: i32,
    /// Code of the ground.
    #[schema(max_length = 64)]
    pub ground: String,
    /// What is to be learnt.
    #[schema(max_length = 500)]
    pub topic: String,
    /// Remark.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    pub note: Option<String>,
    /// The competency it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub competency_id: Option<Uuid>,
    /// The priority direction it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direction_id: Option<Uuid>,
    /// The finding it rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finding_id: Option<Uuid>,
    /// The campaign it was recorded in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub campaign_id: Option<Uuid>,
    /// The role of whoever recorded it.
    pub recorded_role: Role,
    /// The day it was recorded.
    pub recorded_on: NaiveDate,
    /// Where it stands.
    pub state: NeedState,
    /// Why it was withdrawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    pub withdrawal_reason: Option<String>,
    /// What the caller may do with it now: operationIds.
    #[schema(max_items = 20)]
    pub allowed_actions: Vec<String>,
}

impl NeedView {
    /// The representation for a caller who may do `allowed_actions`.
    pub fn new(need: Need, allowed_actions: Vec<String>) -> Self {
        let data = need.data;
        Self {
            id: need.id,
            organization_id: need.organization_id,
            municipality_id: need.municipality_id,
            person_id: need.person_id,
            people: need.people,
            ground: data.ground,
            topic: data.topic,
            note: data.note,
            competency_id: data.competency_id,
            direction_id: data.direction_id,
            finding_id: data.finding_id,
            campaign_id: data.campaign_id,
            recorded_role: need.recorded_role,
            recorded_on: need.recorded_on,
            state: need.state,
            withdrawal_reason: need.withdrawal_reason,
            allowed_actions,
        }
    }
}

page_view! {
    /// One page of needs, newest first.
    NeedPage of NeedView
}

/// Which needs to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct NeedQuery {
    /// Only of this person.
    pub person_id: Option<Uuid>,
    /// Only of this organization.
    pub organization_id: Option<Uuid>,
    /// Only of this municipality.
    pub municipality_id: Option<Uuid>,
    /// Only on this ground.
    #[validate(length(min = 1, max = 64))]
    #[param(min_length = 1, max_length = 64)]
    pub ground: Option<String>,
    /// Only of this campaign.
    pub campaign_id: Option<Uuid>,
    /// Only of this priority direction.
    pub direction_id: Option<Uuid>,
    /// Only resting on this finding.
    pub finding_id: Option<Uuid>,
    /// Only in this state.
    pub state: Option<NeedState>,
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

/// Somebody whose three-year term is due: a need that the system derives (наступление очередного срока, P2-10).
#[derive(Debug, Serialize, ToSchema)]
pub struct DueNeed {
    /// The person.
    pub person_id: Uuid,
    /// Family name.
    #[schema(max_length = 100)]
    pub last_name: String,
    /// Given name.
    #[schema(max_length = 100)]
    pub first_name: String,
    /// Patronymic.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 100)]
    pub middle_name: Option<String>,
    /// Always `term_due`.
    #[schema(max_length = 64, example = "term_due")]
    pub ground: String,
    /// Why it is due on the day asked for.
    pub reason: DueReason,
    /// The last training that counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_training_on: Option<NaiveDate>,
    /// The last day on which the check is met without new training; the day asked for when no training is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_on: Option<NaiveDate>,
}

impl DueNeed {
    /// The line of a person.
    pub fn new(person: DuePerson, due: Due) -> Self {
        Self {
            person_id: person.person_id,
            last_name: person.last_name,
            first_name: person.first_name,
            middle_name: person.middle_name,
            ground: TERM_DUE.to_owned(),
            reason: due.reason,
            last_training_on: due.last_training_on,
            due_on: due.due_on,
        }
    }
}

page_view! {
    /// One page of people whose term is due, by name; it may hold fewer than asked for, even none, before the last.
    DueNeedPage of DueNeed
}

/// Whose term is due.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DueNeedQuery {
    /// Due by this day; today when absent.
    #[serde(default, deserialize_with = "day")]
    pub by: Option<NaiveDate>,
    /// Only people of this organization.
    pub organization_id: Option<Uuid>,
    /// How many people are looked at; 50 when absent.
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
