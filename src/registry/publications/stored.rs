//! The stored form of a published program: a document in a column, neither row nor representation. Old ones are never rewritten, so new fields need a default.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::error::{Error, Result};
use crate::registry::programs::model::{
    Module, ModuleData, ProgramAudience, ProgramData, ProgramDelivery, StudyForm,
};
use crate::registry::publications::model::Snapshot;
use crate::values::{EducationLevel, Hours, ProgramKind};

#[derive(Serialize, Deserialize)]
struct StoredProgram {
    provider_id: Uuid,
    provider_name: String,
    edition: i32,
    kind: ProgramKind,
    title: String,
    annotation: String,
    hours: Decimal,
    fully_modular: bool,
    study_form: String,
    delivery: Vec<String>,
    audience: Vec<String>,
    education_levels: Vec<EducationLevel>,
    subjects: Vec<String>,
    price_rubles: Option<u32>,
    modules: Vec<StoredModule>,
}

#[derive(Serialize, Deserialize)]
struct StoredModule {
    id: Uuid,
    position: i32,
    title: String,
    hours: Decimal,
    provider_id: Uuid,
    delivery: Vec<String>,
    competency_ids: Vec<Uuid>,
}

pub(super) fn to_json(snapshot: &Snapshot) -> Result<Value> {
    let data = &snapshot.data;
    let stored = StoredProgram {
        provider_id: snapshot.provider_id,
        provider_name: snapshot.provider_name.clone(),
        edition: snapshot.edition,
        kind: data.kind,
        title: data.title.clone(),
        annotation: data.annotation.clone(),
        hours: data.hours.into(),
        fully_modular: data.fully_modular,
        study_form: data.study_form.as_str().to_owned(),
        delivery: data.delivery.iter().map(|value| value.as_str().to_owned()).collect(),
        audience: data.audience.iter().map(|value| value.as_str().to_owned()).collect(),
        education_levels: data.education_levels.clone(),
        subjects: data.subjects.clone(),
        price_rubles: data.price_rubles,
        modules: snapshot.modules.iter().map(stored_module).collect(),
    };
    serde_json::to_value(stored).map_err(Error::internal)
}

fn stored_module(module: &Module) -> StoredModule {
    StoredModule {
        id: module.id,
        position: module.position,
        title: module.data.title.clone(),
        hours: module.data.hours.into(),
        provider_id: module.data.provider_id,
        delivery: module.data.delivery.iter().map(|value| value.as_str().to_owned()).collect(),
        competency_ids: module.data.competency_ids.clone(),
    }
}

pub(super) fn from_json(program_id: Uuid, json: Value) -> Result<Snapshot> {
    let stored: StoredProgram = serde_json::from_value(json).map_err(Error::internal)?;
    Ok(Snapshot {
        program_id,
        provider_id: stored.provider_id,
        provider_name: stored.provider_name,
        edition: stored.edition,
        data: ProgramData {
            kind: stored.kind,
            title: stored.title,
            annotation: stored.annotation,
            hours: hours(stored.hours)?,
            fully_modular: stored.fully_modular,
            study_form: known(StudyForm::parse(&stored.study_form))?,
            delivery: all(&stored.delivery, ProgramDelivery::parse)?,
            audience: all(&stored.audience, ProgramAudience::parse)?,
            education_levels: stored.education_levels,
            subjects: stored.subjects,
            price_rubles: stored.price_rubles,
        },
        modules: stored
            .modules
            .into_iter()
            .map(|module| from_stored(program_id, module))
            .collect::<Result<_>>()?,
    })
}

fn from_stored(program_id: Uuid, module: StoredModule) -> Result<Module> {
    Ok(Module {
        id: module.id,
        program_id,
        position: module.position,
        data: ModuleData {
            title: module.title,
            hours: hours(module.hours)?,
            provider_id: module.provider_id,
            delivery: all(&module.delivery, ProgramDelivery::parse)?,
            competency_ids: module.competency_ids,
        },
    })
}

fn hours(number: Decimal) -> Result<Hours> {
    Hours::try_from(number).map_err(Error::internal)
}

fn known<T>(value: Option<T>) -> Result<T> {
    value.ok_or_else(|| Error::internal("unknown name in a published program"))
}

fn all<T>(names: &[String], parse: impl Fn(&str) -> Option<T>) -> Result<Vec<T>> {
    names.iter().map(|name| known(parse(name))).collect()
}
