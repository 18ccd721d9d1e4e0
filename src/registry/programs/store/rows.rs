//! Rows of programs and modules, and the models they become.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use rust_decimal::Decimal;
use serde_json::Value;
use uuid::Uuid;

use crate::db::DbHours;
use crate::db::schema::{program_modules, programs};
use crate::error::{Error, Result};
use crate::registry::programs::model::{
    Module, ModuleData, Program, ProgramAudience, ProgramData, ProgramDecision, ProgramDelivery,
    ProgramState, StudyForm, Submission,
};
use crate::registry::programs::stored;
use crate::values::{EducationLevel, ProgramKind};

#[derive(Queryable, Selectable)]
#[diesel(table_name = programs)]
pub(super) struct ProgramRow {
    id: Uuid,
    region_id: Uuid,
    provider_id: Uuid,
    kind: String,
    title: String,
    annotation: String,
    hours: DbHours,
    fully_modular: bool,
    study_form: String,
    delivery: Vec<Option<String>>,
    audience: Vec<Option<String>>,
    education_levels: Vec<Option<String>>,
    subjects: Vec<Option<String>>,
    price_rubles: Option<Decimal>,
    details: Value,
    edition: i32,
    writers: Vec<Option<Uuid>>,
    state: String,
    decision_reason: Option<String>,
    decision_due_on: Option<NaiveDate>,
    decided_at: Option<DateTime<Utc>>,
    decided_by: Option<Uuid>,
    submitted_at: Option<DateTime<Utc>>,
    submitted_by: Option<Uuid>,
    version: i64,
}

impl ProgramRow {
    pub(super) fn with_provider(
        self,
        provider_name: String,
        municipality_id: Option<Uuid>,
        entry_state: Option<String>,
    ) -> Result<Program> {
        let decision = self.decided_by.zip(self.decided_at).map(|(account_id, decided_at)| ProgramDecision {
            account_id,
            decided_at,
            reason: self.decision_reason,
            due_on: self.decision_due_on,
        });
        Ok(Program {
            id: self.id,
            region_id: self.region_id,
            provider_id: self.provider_id,
            provider_name,
            municipality_id,
            data: ProgramData {
                kind: known(ProgramKind::parse(&self.kind))?,
                title: self.title,
                annotation: self.annotation,
                hours: self.hours.0,
                fully_modular: self.fully_modular,
                study_form: known(StudyForm::parse(&self.study_form))?,
                delivery: all(self.delivery, ProgramDelivery::parse)?,
                audience: all(self.audience, ProgramAudience::parse)?,
                education_levels: all(self.education_levels, EducationLevel::parse)?,
                subjects: self.subjects.into_iter().flatten().collect(),
                price_rubles: self.price_rubles.map(u32::try_from).transpose().map_err(Error::internal)?,
                details: stored::details_from_json(self.details)?,
            },
            edition: self.edition,
            writers: self.writers.into_iter().flatten().collect(),
            state: known(ProgramState::parse(&self.state))?,
            submission: self
                .submitted_by
                .zip(self.submitted_at)
                .map(|(account_id, at)| Submission { account_id, at }),
            decision,
            entry_state,
            version: self.version,
        })
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = program_modules)]
pub(super) struct ModuleRow {
    id: Uuid,
    program_id: Uuid,
    position: i32,
    title: String,
    hours: DbHours,
    provider_id: Uuid,
    delivery: Vec<Option<String>>,
}

impl ModuleRow {
    pub(super) fn with_competencies(self, competency_ids: Vec<Uuid>) -> Result<Module> {
        Ok(Module {
            id: self.id,
            program_id: self.program_id,
            position: self.position,
            data: ModuleData {
                title: self.title,
                hours: self.hours.0,
                provider_id: self.provider_id,
                delivery: all(self.delivery, ProgramDelivery::parse)?,
                competency_ids,
            },
        })
    }
}

pub(super) fn known<T>(value: Option<T>) -> Result<T> {
    value.ok_or_else(|| Error::internal("unknown name in the database"))
}

pub(super) fn all<T>(names: Vec<Option<String>>, parse: impl Fn(&str) -> Option<T>) -> Result<Vec<T>> {
    names.into_iter().flatten().map(|name| known(parse(&name))).collect()
}
