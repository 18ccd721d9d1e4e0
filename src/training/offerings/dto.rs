//! What travels about offerings.

mod item;
mod query;
mod standing;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::model::{OfferingContent, OfferingData, TrainingStage};
use super::service::ShownOffering;
use crate::http::page_view;
use crate::registry::programs::dto::{ProgramDeliveryDto, StudyFormDto};
use crate::training::vocabulary::{OfferingKind, OfferingState, TrainingStageKind};
use crate::values::text::collapse;
use crate::values::{Hours, day};

pub use item::OfferingItem;
pub use query::OfferingQuery;
pub use standing::OfferingProviderStanding;

/// What is said of an offering.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = OfferingData)]
pub struct OfferingBody {
    /// What it is; a course follows a whole program, a module a single module of one.
    pub kind: OfferingKind,
    /// Title (наименование).
    #[validate(length(min = 3, max = 500))]
    #[schema(min_length = 3, max_length = 500, example = "Формирующее оценивание: осенний поток")]
    pub title: String,
    /// What it is about (аннотация).
    #[validate(length(min = 1, max = 5000))]
    #[schema(min_length = 1, max_length = 5000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub annotation: Option<String>,
    /// The accepted program that is taught; needed for a course or module.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub program_id: Option<Uuid>,
    /// The single module of the program that is taught.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub module_id: Option<Uuid>,
    /// The organization where it takes place, when it is not the organiser (место проведения); needed for an
    /// internship.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub venue_id: Option<Uuid>,
    /// Room, address or link in words.
    #[validate(length(min = 1, max = 500))]
    #[schema(min_length = 1, max_length = 500, example = "ул. Папанинцев, 113, ауд. 12")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The person who leads it (руководитель).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub leader_id: Option<Uuid>,
    /// First day.
    #[serde(deserialize_with = "day")]
    pub starts_on: NaiveDate,
    /// Last day.
    #[serde(deserialize_with = "day")]
    pub ends_on: NaiveDate,
    /// Last day on which applications are taken; the first day when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(default, deserialize_with = "day")]
    pub apply_until: Option<NaiveDate>,
    /// How many people may take part.
    #[validate(range(min = 1, max = 10_000))]
    #[schema(minimum = 1, maximum = 10_000, example = 25)]
    pub seats: i32,
    /// Form of study.
    pub study_form: StudyFormDto,
    /// Ways of delivery.
    #[validate(length(min = 1, max = 4))]
    #[schema(min_items = 1, max_items = 4)]
    pub delivery: Vec<ProgramDeliveryDto>,
    /// Volume in academic hours, in steps of a half; that of the program or module when absent.
    #[validate(range(min = 0.5, max = 5_000.0))]
    #[schema(value_type = Option<f64>, minimum = 0.5, maximum = 5000, multiple_of = 0.5, example = 36)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<Hours>,
    /// The practical share of them (практические часы), never more than the whole.
    #[validate(range(min = 0.0, max = 5_000.0))]
    #[schema(value_type = f64, minimum = 0, maximum = 5000, multiple_of = 0.5, example = 12)]
    pub practical_hours: Hours,
    /// What learners make in it (продукт).
    #[validate(length(min = 1, max = 500))]
    #[schema(min_length = 1, max_length = 500, example = "Комплект критериев для одного класса")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected_product: Option<String>,
}

/// A stage of an offering (этап обучения).
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = OfferingStage)]
pub struct OfferingStageBody {
    /// What it is.
    pub kind: TrainingStageKind,
    /// Title.
    #[validate(length(min = 1, max = 500))]
    #[schema(min_length = 1, max_length = 500, example = "Урок с критериями в своём классе")]
    pub title: String,
    /// Volume in academic hours.
    #[validate(range(min = 0.5, max = 5_000.0))]
    #[schema(value_type = Option<f64>, minimum = 0.5, maximum = 5000, multiple_of = 0.5, example = 8)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<Hours>,
}

/// An offering to be planned.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OfferingCreate {
    /// The organiser: the caller's own organization.
    pub organization_id: Uuid,
    /// What is said of it.
    #[validate(nested)]
    pub data: OfferingBody,
    /// Organizations that hold it together with the organiser (сетевые партнёры).
    #[serde(default)]
    #[validate(length(max = 20))]
    #[schema(max_items = 20)]
    pub partner_ids: Vec<Uuid>,
    /// Its stages in order; one stage of study when there are none.
    #[serde(default)]
    #[validate(length(max = 30), nested)]
    #[schema(max_items = 30)]
    pub stages: Vec<OfferingStageBody>,
}

/// An offering as it is to be.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OfferingUpdate {
    /// What is said of it.
    #[validate(nested)]
    pub data: OfferingBody,
    /// Organizations that hold it together with the organiser; they replace all there were.
    #[serde(default)]
    #[validate(length(max = 20))]
    #[schema(max_items = 20)]
    pub partner_ids: Vec<Uuid>,
    /// Its stages in order; they replace all there were.
    #[serde(default)]
    #[validate(length(max = 30), nested)]
    #[schema(max_items = 30)]
    pub stages: Vec<OfferingStageBody>,
}

/// Where an offering is to go.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OfferingStateChange {
    /// The next state; never `planned`.
    pub state: OfferingState,
    /// Why; needed for cancelling.
    #[validate(length(min = 1, max = 2000))]
    #[schema(min_length = 1, max_length = 2000, example = "Группа не набрана")]
    pub reason: Option<String>,
}

/// A copy for another year.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OfferingCopyCreate {
    /// First day of the copy; all its other days move with it.
    #[serde(deserialize_with = "day")]
    pub starts_on: NaiveDate,
}

fn content(data: OfferingBody, partner_ids: Vec<Uuid>, stages: Vec<OfferingStageBody>) -> OfferingContent {
    OfferingContent { data: data.into(), partner_ids, stages: stages.into_iter().map(Into::into).collect() }
}

impl From<OfferingCreate> for OfferingContent {
    fn from(body: OfferingCreate) -> Self {
        content(body.data, body.partner_ids, body.stages)
    }
}

impl From<OfferingUpdate> for OfferingContent {
    fn from(body: OfferingUpdate) -> Self {
        content(body.data, body.partner_ids, body.stages)
    }
}

impl From<OfferingStageBody> for TrainingStage {
    fn from(body: OfferingStageBody) -> Self {
        Self { kind: body.kind, title: collapse(&body.title), hours: body.hours }
    }
}

impl From<TrainingStage> for OfferingStageBody {
    fn from(stage: TrainingStage) -> Self {
        Self { kind: stage.kind, title: stage.title, hours: stage.hours }
    }
}

impl From<OfferingBody> for OfferingData {
    fn from(body: OfferingBody) -> Self {
        let mut delivery: Vec<_> = Vec::new();
        for way in body.delivery.into_iter().map(Into::into) {
            if !delivery.contains(&way) {
                delivery.push(way);
            }
        }
        Self {
            kind: body.kind,
            title: collapse(&body.title),
            annotation: body.annotation,
            program_id: body.program_id,
            module_id: body.module_id,
            venue_id: body.venue_id,
            place: body.place,
            leader_id: body.leader_id,
            starts_on: body.starts_on,
            ends_on: body.ends_on,
            apply_until: body.apply_until,
            seats: body.seats,
            study_form: body.study_form.into(),
            delivery,
            hours: body.hours,
            practical_hours: body.practical_hours,
            expected_product: body.expected_product,
        }
    }
}

impl From<OfferingData> for OfferingBody {
    fn from(data: OfferingData) -> Self {
        Self {
            kind: data.kind,
            title: data.title,
            annotation: data.annotation,
            program_id: data.program_id,
            module_id: data.module_id,
            venue_id: data.venue_id,
            place: data.place,
            leader_id: data.leader_id,
            starts_on: data.starts_on,
            ends_on: data.ends_on,
            apply_until: data.apply_until,
            seats: data.seats,
            study_form: data.study_form.into(),
            delivery: data.delivery.into_iter().map(Into::into).collect(),
            hours: data.hours,
            practical_hours: data.practical_hours,
            expected_product: data.expected_product,
        }
    }
}

/// An offering (поток, группа, мероприятие).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Offering)]
pub struct OfferingView {
    /// The offering's id.
    pub id: Uuid,
    /// The region it belongs to.
    pub region_id: Uuid,
    /// The organiser.
    pub organization_id: Uuid,
    /// The municipality where it takes place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub municipality_id: Option<Uuid>,
    /// What is said of it.
    pub data: OfferingBody,
    /// Organizations that hold it together with the organiser.
    #[schema(max_items = 20)]
    pub partner_ids: Vec<Uuid>,
    /// Its stages in order.
    #[schema(max_items = 30)]
    pub stages: Vec<OfferingStageBody>,
    /// The edition of the program when it was planned.
    #[schema(minimum = 1, maximum = 100_000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub program_version: Option<i32>,
    /// Where it stands.
    pub state: OfferingState,
    /// Why it was cancelled.
    #[schema(max_length = 2000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// How many seats are free.
    #[schema(minimum = 0, maximum = 10_000)]
    pub seats_free: i32,
    /// Last day on which applications are taken.
    pub applications_until: NaiveDate,
    /// The offering of an earlier year it is a copy of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub copied_from_id: Option<Uuid>,
    /// Whether the organiser may train teachers on those days, where the offering follows a program: derived from its
    /// founders and licences as they are recorded now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider_standing: Option<OfferingProviderStanding>,
    /// The states that the caller may move it to now with `change_offering_state`.
    #[schema(max_items = 5)]
    pub allowed_states: Vec<OfferingState>,
    /// What the caller may do with it now: operationIds.
    #[schema(max_items = 20)]
    pub allowed_actions: Vec<String>,
}

impl From<ShownOffering> for OfferingView {
    fn from(shown: ShownOffering) -> Self {
        let offering = shown.offering;
        Self {
            id: offering.id,
            region_id: offering.region_id,
            organization_id: offering.organization_id,
            municipality_id: offering.municipality_id,
            program_version: offering.program_version,
            state: offering.state,
            seats_free: offering.seats().free(),
            applications_until: offering.applications_until(),
            copied_from_id: offering.copied_from_id,
            reason: offering.cancel_reason,
            data: offering.data.into(),
            partner_ids: shown.partner_ids,
            provider_standing: shown.standing.map(Into::into),
            stages: shown.stages.into_iter().map(Into::into).collect(),
            allowed_states: shown.allowed_states,
            allowed_actions: shown.allowed_actions,
        }
    }
}

page_view! {
    /// One page of offerings, by first day.
    OfferingPage of OfferingItem
}
