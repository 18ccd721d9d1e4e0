//! Offers from outside as they travel.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{ExternalOffer, Offered};
use super::service::{Filter, ShownOffer};
use crate::http::page_view;
use crate::planning::standing::dto::{ReviewReturn, ReviewStanding};
use crate::regulations::profile::FundingSource;
use crate::values::text::{collapse, is_blank};
use crate::values::{Hours, day};

/// What a legal entity offers (предложение об обучении).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExternalOfferBody {
    /// The legal entity that offers (от кого).
    #[validate(length(min = 2, max = 500))]
    #[schema(min_length = 2, max_length = 500, example = "АНО ДПО «Мастерская учителя»")]
    pub offered_by: String,
    /// Topic of the learning (тема).
    #[validate(length(min = 1, max = 500))]
    #[schema(min_length = 1, max_length = 500, example = "Инженерные классы: методика")]
    pub topic: String,
    /// Where the money comes from (источник финансирования); never `own`: that is a request of the employee.
    pub source: FundingSource,
    /// Which grant, order or other source; needed for `other`.
    #[validate(length(min = 2, max = 500))]
    #[schema(min_length = 2, max_length = 500, example = "Грант Фонда поддержки образования № 12/2026")]
    pub source_note: Option<String>,
    /// Who pays (плательщик).
    #[validate(length(min = 2, max = 500))]
    #[schema(min_length = 2, max_length = 500, example = "Фонд поддержки образования")]
    pub payer: String,
    /// On which terms (условия).
    #[validate(length(min = 1, max = 4000))]
    #[schema(min_length = 1, max_length = 4000, example = "Очно, 36 часов, дорога за счёт фонда")]
    pub terms: String,
    /// First day of the learning, where it is said.
    #[serde(default, deserialize_with = "day")]
    #[schema(example = "2026-06-01")]
    pub starts_on: Option<NaiveDate>,
    /// Last day of the learning, where it is said.
    #[serde(default, deserialize_with = "day")]
    #[schema(example = "2026-06-20")]
    pub ends_on: Option<NaiveDate>,
    /// How many people may learn (число мест).
    #[validate(range(min = 1, max = 10_000))]
    #[schema(minimum = 1, maximum = 10000, example = 5)]
    pub places: Option<i32>,
    /// Academic hours in steps of 0.5.
    #[validate(range(min = 0.5, max = 10_000.0))]
    #[schema(value_type = Option<f64>, minimum = 0.5, maximum = 10000, multiple_of = 0.5, example = 36)]
    pub hours: Option<Hours>,
    /// The program, if the registry knows it.
    pub program_id: Option<Uuid>,
}

impl From<ExternalOfferBody> for Offered {
    fn from(body: ExternalOfferBody) -> Self {
        Self {
            offered_by: collapse(&body.offered_by),
            topic: collapse(&body.topic),
            source: body.source,
            source_note: body.source_note.filter(|text| !is_blank(text)).map(|text| collapse(&text)),
            payer: collapse(&body.payer),
            terms: body.terms,
            starts_on: body.starts_on,
            ends_on: body.ends_on,
            places: body.places,
            hours: body.hours,
            program_id: body.program_id,
        }
    }
}

/// An offer to a school (предложение юридического лица).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExternalOfferCreate {
    /// The school; the caller's own by default.
    pub organization_id: Option<Uuid>,
    /// What is offered.
    #[validate(nested)]
    pub offer: ExternalOfferBody,
}

/// A returned offer, written anew.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExternalOfferSubmit {
    /// What is offered.
    #[validate(nested)]
    pub offer: ExternalOfferBody,
}

/// An offer from outside in a list (предложение юридического лица).
#[derive(Debug, Serialize, ToSchema)]
pub struct ExternalOfferItem {
    /// The offer's id.
    pub id: Uuid,
    /// The school.
    pub organization_id: Uuid,
    /// The legal entity that offers.
    #[schema(max_length = 500)]
    pub offered_by: String,
    /// Topic of the learning.
    #[schema(max_length = 500)]
    pub topic: String,
    /// Where the money comes from.
    pub source: FundingSource,
    /// Where it stands.
    pub state: ReviewStanding,
    /// When it was handed in first.
    pub created_at: DateTime<Utc>,
}

impl From<ExternalOffer> for ExternalOfferItem {
    fn from(offer: ExternalOffer) -> Self {
        Self {
            id: offer.id,
            organization_id: offer.organization_id,
            offered_by: offer.offered.offered_by,
            topic: offer.offered.topic,
            source: offer.offered.source,
            state: offer.standing.state.into(),
            created_at: offer.created_at,
        }
    }
}

/// An offer from outside (предложение юридического лица).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ExternalOffer)]
pub struct ExternalOfferView {
    /// The offer's id.
    pub id: Uuid,
    /// The school.
    pub organization_id: Uuid,
    /// The regulation it was handed in under.
    pub regulation_id: Uuid,
    /// The legal entity that offers.
    #[schema(max_length = 500)]
    pub offered_by: String,
    /// Topic of the learning.
    #[schema(max_length = 500)]
    pub topic: String,
    /// Where the money comes from.
    pub source: FundingSource,
    /// Which grant, order or other source.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 500)]
    pub source_note: Option<String>,
    /// Who pays.
    #[schema(max_length = 500)]
    pub payer: String,
    /// On which terms.
    #[schema(max_length = 4000)]
    pub terms: String,
    /// First day of the learning, where it is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub starts_on: Option<NaiveDate>,
    /// Last day of the learning, where it is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ends_on: Option<NaiveDate>,
    /// How many people may learn.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 10000)]
    pub places: Option<i32>,
    /// Academic hours.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<f64>, minimum = 0.5, maximum = 10000, multiple_of = 0.5)]
    pub hours: Option<Hours>,
    /// The program, if the registry knows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub program_id: Option<Uuid>,
    /// Where it stands.
    pub state: ReviewStanding,
    /// What is to be found out; only in the state `rework`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rework: Option<ReviewReturn>,
    /// Why it was refused; only in the state `rejected`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 4000)]
    pub reason: Option<String>,
    /// When it was approved or refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided_at: Option<DateTime<Utc>>,
    /// Its request for approval, where the words of the decision stand.
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

impl From<ShownOffer> for ExternalOfferView {
    fn from(shown: ShownOffer) -> Self {
        let offer = shown.offer;
        let (offered, standing) = (offer.offered, offer.standing);
        Self {
            id: offer.id,
            organization_id: offer.organization_id,
            regulation_id: offer.regulation_id,
            offered_by: offered.offered_by,
            topic: offered.topic,
            source: offered.source,
            source_note: offered.source_note,
            payer: offered.payer,
            terms: offered.terms,
            starts_on: offered.starts_on,
            ends_on: offered.ends_on,
            places: offered.places,
            hours: offered.hours,
            program_id: offered.program_id,
            state: standing.state.into(),
            rework: standing.rework.map(Into::into),
            reason: standing.reason,
            decided_at: standing.decided_at,
            request_id: shown.approval_id,
            credential_ids: shown.credential_ids,
            created_at: offer.created_at,
            allowed_actions: shown.allowed_actions,
        }
    }
}

page_view! {
    /// One page of offers from outside, those handed in last first.
    ExternalOfferPage of ExternalOfferItem
}

/// Which offers to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ExternalOfferQuery {
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

impl ExternalOfferQuery {
    /// The offers asked for.
    pub fn filter(&self) -> Filter {
        Filter { organization_id: self.organization_id, state: self.state.map(Into::into) }
    }
}
