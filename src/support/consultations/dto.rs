//! What travels about consultations.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{Consultation, ConsultationData};
use super::vocabulary::ConsultationKind;
use crate::http::page_view;
use crate::values::day;

/// A consultation to be recorded: of a person, or of an organization.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConsultationCreate {
    /// The organization that was consulted; that of the person's work when a person is named.
    pub organization_id: Option<Uuid>,
    /// The person who was consulted.
    pub person_id: Option<Uuid>,
    /// What was consulted.
    #[validate(nested)]
    pub data: ConsultationBody,
}

/// What was consulted.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ConsultationData)]
pub struct ConsultationBody {
    /// Kind.
    pub kind: ConsultationKind,
    /// Topic.
    #[validate(length(min = 3, max = 300))]
    #[schema(
        min_length = 3,
        max_length = 300,
        example = "Формирование маршрутов по результатам диагностики"
    )]
    pub topic: String,
    /// What was consulted, in words.
    #[validate(length(min = 3, max = 10_000))]
    #[schema(min_length = 3, max_length = 10_000, example = "Разобрали порядок и сроки")]
    pub text: String,
    /// Day, by the region's clock; not in the future.
    #[schema(example = "2026-02-10")]
    #[serde(deserialize_with = "day")]
    pub held_on: NaiveDate,
    /// The difficulties it was about: open deficits of the person who was consulted; each once.
    #[serde(default)]
    #[validate(length(max = 50))]
    #[schema(max_items = 50)]
    pub deficit_ids: Vec<Uuid>,
    /// The route it was about, one of the person who was consulted (маршрут).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub route_id: Option<Uuid>,
}

impl From<ConsultationBody> for ConsultationData {
    fn from(body: ConsultationBody) -> Self {
        Self {
            kind: body.kind,
            topic: body.topic,
            text: body.text,
            held_on: body.held_on,
            deficit_ids: body.deficit_ids,
            route_id: body.route_id,
        }
    }
}

/// A consultation (консультация).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Consultation)]
pub struct ConsultationView {
    /// The consultation's id.
    pub id: Uuid,
    /// The organization that was consulted.
    pub organization_id: Uuid,
    /// The person who was consulted; absent when the organization was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person_id: Option<Uuid>,
    /// The organization that consulted.
    pub given_by_id: Uuid,
    /// The person who consulted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consultant_id: Option<Uuid>,
    /// What was consulted.
    pub data: ConsultationBody,
}

impl From<Consultation> for ConsultationView {
    fn from(held: Consultation) -> Self {
        let data = held.data;
        Self {
            id: held.id,
            organization_id: held.organization_id,
            person_id: held.person_id,
            given_by_id: held.given_by_id,
            consultant_id: held.consultant_id,
            data: ConsultationBody {
                kind: data.kind,
                topic: data.topic,
                text: data.text,
                held_on: data.held_on,
                deficit_ids: data.deficit_ids,
                route_id: data.route_id,
            },
        }
    }
}

page_view! {
    /// One page of consultations, newest first.
    ConsultationPage of ConsultationView
}

/// Which consultations to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ConsultationQuery {
    /// Only of this kind.
    pub kind: Option<ConsultationKind>,
    /// Only given by this organization.
    pub given_by_id: Option<Uuid>,
    /// Only of this organization and its people.
    pub organization_id: Option<Uuid>,
    /// Only of this person.
    pub person_id: Option<Uuid>,
    /// Only about this route.
    pub route_id: Option<Uuid>,
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
