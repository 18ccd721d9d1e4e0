//! Enrollments and their stages as rows.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use crate::db::DbHours;
use crate::db::schema::{enrollment_stages, enrollments};
use crate::error::{Error, Result};
use crate::training::enrollments::model::{Enrollment, EnrollmentStage};
use crate::training::offerings::model::TrainingStage;
use crate::training::vocabulary::{EnrollmentState, StageOutcome, TrainingStageKind};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = enrollments, treat_none_as_null = true, treat_none_as_default_value = false)]
pub(super) struct EnrollmentRow {
    id: Uuid,
    region_id: Uuid,
    municipality_id: Option<Uuid>,
    organization_id: Uuid,
    person_id: Uuid,
    offering_id: Uuid,
    provider_id: Uuid,
    application_id: Uuid,
    program_id: Option<Uuid>,
    program_version: Option<i32>,
    module_id: Option<Uuid>,
    activity_id: Option<Uuid>,
    contract_id: Option<Uuid>,
    credential_id: Option<Uuid>,
    title: String,
    hours: DbHours,
    state: String,
    reason: Option<String>,
    started_on: Option<NaiveDate>,
    ended_on: Option<NaiveDate>,
    version: i64,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

impl EnrollmentRow {
    pub(super) fn new(enrollment: &Enrollment, now: DateTime<Utc>) -> Self {
        let enrollment = enrollment.clone();
        Self {
            id: enrollment.id,
            region_id: enrollment.region_id,
            municipality_id: enrollment.municipality_id,
            organization_id: enrollment.organization_id,
            person_id: enrollment.person_id,
            offering_id: enrollment.offering_id,
            provider_id: enrollment.provider_id,
            application_id: enrollment.application_id,
            program_id: enrollment.program_id,
            program_version: enrollment.program_version,
            module_id: enrollment.module_id,
            activity_id: enrollment.activity_id,
            contract_id: enrollment.contract_id,
            credential_id: enrollment.credential_id,
            title: enrollment.title,
            hours: enrollment.hours.into(),
            state: enrollment.state.as_str().to_owned(),
            reason: enrollment.reason,
            started_on: enrollment.started_on,
            ended_on: enrollment.ended_on,
            version: enrollment.version,
            created_at: enrollment.created_at,
            updated_at: now,
        }
    }

    pub(super) fn enrollment(self) -> Result<Enrollment> {
        let state = EnrollmentState::parse(&self.state)
            .ok_or_else(|| Error::internal("unknown state of enrollment in the database"))?;
        Ok(Enrollment {
            id: self.id,
            region_id: self.region_id,
            municipality_id: self.municipality_id,
            organization_id: self.organization_id,
            person_id: self.person_id,
            offering_id: self.offering_id,
            provider_id: self.provider_id,
            application_id: self.application_id,
            program_id: self.program_id,
            program_version: self.program_version,
            module_id: self.module_id,
            activity_id: self.activity_id,
            contract_id: self.contract_id,
            credential_id: self.credential_id,
            title: self.title,
            hours: self.hours.into(),
            state,
            reason: self.reason,
            started_on: self.started_on,
            ended_on: self.ended_on,
            version: self.version,
            created_at: self.created_at,
        })
    }
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = enrollment_stages, treat_none_as_default_value = false)]
pub(super) struct EnrollmentStageRow {
    enrollment_id: Uuid,
    position: i32,
    kind: String,
    title: String,
    hours: Option<DbHours>,
    attended_hours: Option<DbHours>,
    outcome: String,
    grade: Option<String>,
    remark: Option<String>,
    recorded_by: Option<Uuid>,
    recorded_at: Option<DateTime<Utc>>,
}

impl EnrollmentStageRow {
    pub(super) fn pending(enrollment_id: Uuid, position: i32, stage: &TrainingStage) -> Self {
        Self {
            enrollment_id,
            position,
            kind: stage.kind.as_str().to_owned(),
            title: stage.title.clone(),
            hours: stage.hours.map(Into::into),
            attended_hours: None,
            outcome: StageOutcome::Pending.as_str().to_owned(),
            grade: None,
            remark: None,
            recorded_by: None,
            recorded_at: None,
        }
    }

    pub(super) fn stage(self) -> Result<EnrollmentStage> {
        let unknown = |what: &str| Error::internal(format!("unknown {what} in the database"));
        Ok(EnrollmentStage {
            position: self.position,
            kind: TrainingStageKind::parse(&self.kind).ok_or_else(|| unknown("kind of stage"))?,
            title: self.title,
            hours: self.hours.map(Into::into),
            attended_hours: self.attended_hours.map(Into::into),
            outcome: StageOutcome::parse(&self.outcome).ok_or_else(|| unknown("outcome of stage"))?,
            grade: self.grade,
            remark: self.remark,
            recorded_at: self.recorded_at,
        })
    }
}
