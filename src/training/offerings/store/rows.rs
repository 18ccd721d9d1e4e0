//! Offerings and their stages as rows.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use crate::db::DbHours;
use crate::db::schema::{offering_stages, offerings};
use crate::error::{Error, Result};
use crate::registry::programs::model::{ProgramDelivery, StudyForm};
use crate::training::offerings::model::{Offering, OfferingData, TrainingStage};
use crate::training::vocabulary::{OfferingKind, OfferingState, TrainingStageKind};

fn unknown(what: &str) -> Error {
    Error::internal(format!("unknown {what} in the database"))
}

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = offerings, treat_none_as_null = true, treat_none_as_default_value = false)]
pub(super) struct OfferingRow {
    id: Uuid,
    region_id: Uuid,
    municipality_id: Option<Uuid>,
    organization_id: Uuid,
    kind: String,
    title: String,
    annotation: Option<String>,
    program_id: Option<Uuid>,
    program_version: Option<i32>,
    module_id: Option<Uuid>,
    venue_id: Option<Uuid>,
    place: Option<String>,
    leader_id: Option<Uuid>,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    apply_until: Option<NaiveDate>,
    seats: i32,
    seats_taken: i32,
    study_form: String,
    delivery: Vec<Option<String>>,
    hours: DbHours,
    practical_hours: DbHours,
    expected_product: Option<String>,
    state: String,
    cancel_reason: Option<String>,
    opened_at: Option<DateTime<Utc>>,
    copied_from_id: Option<Uuid>,
    version: i64,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

impl OfferingRow {
    pub(super) fn new(offering: &Offering, now: DateTime<Utc>) -> Self {
        let data = offering.data.clone();
        Self {
            id: offering.id,
            region_id: offering.region_id,
            municipality_id: offering.municipality_id,
            organization_id: offering.organization_id,
            kind: data.kind.as_str().to_owned(),
            title: data.title,
            annotation: data.annotation,
            program_id: data.program_id,
            program_version: offering.program_version,
            module_id: data.module_id,
            venue_id: data.venue_id,
            place: data.place,
            leader_id: data.leader_id,
            starts_on: data.starts_on,
            ends_on: data.ends_on,
            apply_until: data.apply_until,
            seats: data.seats,
            seats_taken: offering.seats_taken,
            study_form: data.study_form.as_str().to_owned(),
            delivery: data.delivery.iter().map(|way| Some(way.as_str().to_owned())).collect(),
            hours: offering.hours.into(),
            practical_hours: data.practical_hours.into(),
            expected_product: data.expected_product,
            state: offering.state.as_str().to_owned(),
            cancel_reason: offering.cancel_reason.clone(),
            opened_at: offering.opened_at,
            copied_from_id: offering.copied_from_id,
            version: offering.version,
            created_at: offering.created_at,
            updated_at: now,
        }
    }

    pub(super) fn offering(self) -> Result<Offering> {
        let delivery = self.delivery.into_iter().flatten();
        let delivery = delivery.map(|way| ProgramDelivery::parse(&way).ok_or_else(|| unknown("delivery")));
        Ok(Offering {
            id: self.id,
            region_id: self.region_id,
            municipality_id: self.municipality_id,
            organization_id: self.organization_id,
            hours: self.hours.into(),
            program_version: self.program_version,
            seats_taken: self.seats_taken,
            state: OfferingState::parse(&self.state).ok_or_else(|| unknown("state of offering"))?,
            cancel_reason: self.cancel_reason,
            opened_at: self.opened_at,
            copied_from_id: self.copied_from_id,
            version: self.version,
            created_at: self.created_at,
            data: OfferingData {
                kind: OfferingKind::parse(&self.kind).ok_or_else(|| unknown("kind of offering"))?,
                title: self.title,
                annotation: self.annotation,
                program_id: self.program_id,
                module_id: self.module_id,
                venue_id: self.venue_id,
                place: self.place,
                leader_id: self.leader_id,
                starts_on: self.starts_on,
                ends_on: self.ends_on,
                apply_until: self.apply_until,
                seats: self.seats,
                study_form: StudyForm::parse(&self.study_form).ok_or_else(|| unknown("form of study"))?,
                delivery: delivery.collect::<Result<_>>()?,
                hours: Some(self.hours.into()),
                practical_hours: self.practical_hours.into(),
                expected_product: self.expected_product,
            },
        })
    }
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = offering_stages, treat_none_as_default_value = false)]
pub(super) struct StageRow {
    offering_id: Uuid,
    position: i32,
    kind: String,
    title: String,
    hours: Option<DbHours>,
}

impl StageRow {
    pub(super) fn new(offering_id: Uuid, position: i32, stage: &TrainingStage) -> Self {
        Self {
            offering_id,
            position,
            kind: stage.kind.as_str().to_owned(),
            title: stage.title.clone(),
            hours: stage.hours.map(Into::into),
        }
    }

    pub(super) fn stage(self) -> Result<TrainingStage> {
        Ok(TrainingStage {
            kind: TrainingStageKind::parse(&self.kind).ok_or_else(|| unknown("kind of stage"))?,
            title: self.title,
            hours: self.hours.map(Into::into),
        })
    }
}
