//! What travels about recommendations.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{Recommendation, RecommendationData};
use super::vocabulary::{RecommendationBasisKind, RecommendationState};
use crate::authz::Role;
use crate::http::page_view;

/// A recommendation to be given; it names a program, a module or a topic.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecommendationCreate {
    /// For whom.
    pub person_id: Uuid,
    /// The program, accepted in the region.
    pub program_id: Option<Uuid>,
    /// The single module of an accepted program.
    pub module_id: Option<Uuid>,
    /// The topic, when it is no program.
    #[validate(length(min = 3, max = 500))]
    #[schema(min_length = 3, max_length = 500, example = "Формирующее оценивание")]
    pub topic: Option<String>,
    /// What it rests on.
    pub basis: RecommendationBasisKind,
    /// The need it rests on; of the person, or of a group of his or her school.
    pub need_id: Option<Uuid>,
    /// The deficit it rests on; one of the person's that is not closed.
    pub deficit_id: Option<Uuid>,
    /// The finding it rests on.
    pub finding_id: Option<Uuid>,
    /// The approved priority direction it rests on.
    pub direction_id: Option<Uuid>,
    /// The recommendation in words.
    #[validate(length(min = 3, max = 2000))]
    #[schema(min_length = 3, max_length = 2000, example = "По итогам ВПР по математике")]
    pub text: Option<String>,
}

impl From<RecommendationCreate> for RecommendationData {
    fn from(body: RecommendationCreate) -> Self {
        Self {
            program_id: body.program_id,
            module_id: body.module_id,
            topic: body.topic,
            basis: body.basis,
            need_id: body.need_id,
            deficit_id: body.deficit_id,
            finding_id: body.finding_id,
            direction_id: body.direction_id,
            text: body.text,
        }
    }
}

/// Why a recommendation is taken back.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecommendationWithdrawal {
    /// Why.
    #[validate(length(min = 3, max = 2000))]
    #[schema(min_length = 3, max_length = 2000, example = "Программа больше не проводится")]
    pub reason: String,
}

/// A recommendation to a person (рекомендация).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Recommendation)]
pub struct RecommendationView {
    /// The recommendation's id.
    pub id: Uuid,
    /// For whom.
    pub person_id: Uuid,
    /// The school of the person.
    pub organization_id: Uuid,
    /// The program.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub program_id: Option<Uuid>,
    /// The single module.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub module_id: Option<Uuid>,
    /// The topic.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 500)]
    pub topic: Option<String>,
    /// What it rests on.
    pub basis: RecommendationBasisKind,
    /// The need it rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub need_id: Option<Uuid>,
    /// The deficit it rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deficit_id: Option<Uuid>,
    /// The finding it rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finding_id: Option<Uuid>,
    /// The priority direction it rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direction_id: Option<Uuid>,
    /// In words.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    pub text: Option<String>,
    /// The regulation it was given under.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub regulation_id: Option<Uuid>,
    /// The role of whoever gave it.
    pub author_role: Role,
    /// The person who gave it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author_person_id: Option<Uuid>,
    /// The day it was given.
    pub recorded_on: NaiveDate,
    /// Where it stands.
    pub state: RecommendationState,
    /// Why it was withdrawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    pub withdrawal_reason: Option<String>,
    /// What the caller may do with it now: operationIds.
    #[schema(max_items = 20)]
    pub allowed_actions: Vec<String>,
}

impl RecommendationView {
    /// The representation for a caller who may do `allowed_actions`.
    pub fn new(given: Recommendation, allowed_actions: Vec<String>) -> Self {
        let data = given.data;
        Self {
            id: given.id,
            person_id: given.person_id,
            organization_id: given.organization_id,
            program_id: data.program_id,
            module_id: data.module_id,
            topic: data.topic,
            basis: data.basis,
            need_id: data.need_id,
            deficit_id: data.deficit_id,
            finding_id: data.finding_id,
            direction_id: data.direction_id,
            text: data.text,
            regulation_id: given.regulation_id,
            author_role: given.author_role,
            author_person_id: given.author_person_id,
            recorded_on: given.recorded_on,
            state: given.state,
            withdrawal_reason: given.withdrawal_reason,
            allowed_actions,
        }
    }
}

page_view! {
    /// One page of recommendations, newest first.
    RecommendationPage of RecommendationView
}

/// Which recommendations to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RecommendationQuery {
    /// Only for this person.
    pub person_id: Option<Uuid>,
    /// Only for people of this organization.
    pub organization_id: Option<Uuid>,
    /// Only of this program.
    pub program_id: Option<Uuid>,
    /// Only on this basis.
    pub basis: Option<RecommendationBasisKind>,
    /// Only in this state.
    pub state: Option<RecommendationState>,
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
