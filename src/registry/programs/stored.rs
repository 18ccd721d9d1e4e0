//! The stored form of a program as it stood at some time: a document in a column, neither row nor representation.
//! Old ones are never rewritten, so new fields need a default.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::model::{
    ListedModule, Module, ModuleData, ProgramAudience, ProgramData, ProgramDelivery, ProgramDetails,
    ProgramFunding, ProgramStandard, QualityMark, QualityMarkKind, Snapshot, StandardKind, StudyForm,
};
use crate::error::{Error, Result};
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
    #[serde(default)]
    details: StoredDetails,
    modules: Vec<StoredModule>,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct StoredDetails {
    positions: Vec<String>,
    standards: Vec<StoredStandard>,
    network_form: bool,
    partner_ids: Vec<Uuid>,
    quality_marks: Vec<StoredMark>,
    funding: Vec<String>,
    federal_registry_id: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct StoredStandard {
    kind: String,
    code: String,
    title: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct StoredMark {
    kind: String,
    issuer: String,
    issued_on: NaiveDate,
    valid_until: Option<NaiveDate>,
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

/// A module as the search's own statement hands it over.
#[derive(Deserialize)]
struct StoredListedModule {
    id: Uuid,
    title: String,
    hours: Decimal,
    provider_id: Uuid,
}

/// The modules beside a program that was found.
pub(in crate::registry) fn listed_modules(json: Value) -> Result<Vec<ListedModule>> {
    let stored: Vec<StoredListedModule> = serde_json::from_value(json).map_err(Error::internal)?;
    let listed = |module: StoredListedModule| {
        let (hours, provider_id) = (hours(module.hours)?, module.provider_id);
        Ok(ListedModule { id: module.id, title: module.title, hours, provider_id })
    };
    stored.into_iter().map(listed).collect()
}

/// The document of a program and its modules.
pub(in crate::registry) fn to_json(snapshot: &Snapshot) -> Result<Value> {
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
        delivery: named(&data.delivery, |value| value.as_str()),
        audience: named(&data.audience, |value| value.as_str()),
        education_levels: data.education_levels.clone(),
        subjects: data.subjects.clone(),
        price_rubles: data.price_rubles,
        details: stored_details(&data.details),
        modules: snapshot.modules.iter().map(stored_module).collect(),
    };
    serde_json::to_value(stored).map_err(Error::internal)
}

/// The document of what else is said of a program.
pub(super) fn details_to_json(details: &ProgramDetails) -> Result<Value> {
    serde_json::to_value(stored_details(details)).map_err(Error::internal)
}

/// What else is said of a program, from its document.
pub(super) fn details_from_json(json: Value) -> Result<ProgramDetails> {
    details(serde_json::from_value(json).map_err(Error::internal)?)
}

fn stored_details(details: &ProgramDetails) -> StoredDetails {
    let standard = |standard: &ProgramStandard| StoredStandard {
        kind: standard.kind.as_str().to_owned(),
        code: standard.code.clone(),
        title: standard.title.clone(),
    };
    let mark = |mark: &QualityMark| StoredMark {
        kind: mark.kind.as_str().to_owned(),
        issuer: mark.issuer.clone(),
        issued_on: mark.issued_on,
        valid_until: mark.valid_until,
    };
    StoredDetails {
        positions: details.positions.clone(),
        standards: details.standards.iter().map(standard).collect(),
        network_form: details.network_form,
        partner_ids: details.partner_ids.clone(),
        quality_marks: details.quality_marks.iter().map(mark).collect(),
        funding: named(&details.funding, |value| value.as_str()),
        federal_registry_id: details.federal_registry_id.clone(),
    }
}

fn details(stored: StoredDetails) -> Result<ProgramDetails> {
    let standard = |stored: StoredStandard| {
        let kind = known(StandardKind::parse(&stored.kind))?;
        Ok(ProgramStandard { kind, code: stored.code, title: stored.title })
    };
    let mark = |stored: StoredMark| {
        let kind = known(QualityMarkKind::parse(&stored.kind))?;
        let (issuer, issued_on, valid_until) = (stored.issuer, stored.issued_on, stored.valid_until);
        Ok(QualityMark { kind, issuer, issued_on, valid_until })
    };
    Ok(ProgramDetails {
        positions: stored.positions,
        standards: stored.standards.into_iter().map(standard).collect::<Result<_>>()?,
        network_form: stored.network_form,
        partner_ids: stored.partner_ids,
        quality_marks: stored.quality_marks.into_iter().map(mark).collect::<Result<_>>()?,
        funding: all(&stored.funding, ProgramFunding::parse)?,
        federal_registry_id: stored.federal_registry_id,
    })
}

fn stored_module(module: &Module) -> StoredModule {
    StoredModule {
        id: module.id,
        position: module.position,
        title: module.data.title.clone(),
        hours: module.data.hours.into(),
        provider_id: module.data.provider_id,
        delivery: named(&module.data.delivery, |value| value.as_str()),
        competency_ids: module.data.competency_ids.clone(),
    }
}

/// A program and its modules, from their document.
pub(in crate::registry) fn from_json(program_id: Uuid, json: Value) -> Result<Snapshot> {
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
            details: details(stored.details)?,
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
    value.ok_or_else(|| Error::internal("unknown name in a stored program"))
}

fn all<T>(names: &[String], parse: impl Fn(&str) -> Option<T>) -> Result<Vec<T>> {
    names.iter().map(|name| known(parse(name))).collect()
}

fn named<T: Copy>(values: &[T], name: fn(T) -> &'static str) -> Vec<String> {
    values.iter().map(|value| name(*value).to_owned()).collect()
}
