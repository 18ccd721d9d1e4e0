//! Documents about learning, met again by issuer and number however they are written.

use uuid::Uuid;

use super::super::model::RowOutcome;
use super::super::policy;
use super::super::table::{Column, Row, column};
use super::cells::Cells;
use crate::authz::authorize;
use crate::db::{Change, Ctx, Subject};
use crate::directory::organizations::service as organizations;
use crate::directory::persons::service as persons;
use crate::directory::regions::service as regions;
use crate::error::{Error, Result};
use crate::hours::credentials::model::{CredentialData, NewCredential};
use crate::hours::credentials::service as credentials;
use crate::values::{DocumentKind, ProgramKind, Snils};

pub(super) const COLUMNS: &[Column] = &[
    column("snils", "СНИЛС", true),
    column("kind", "Вид документа", true),
    column("issuer_inn", "ИНН организации", false),
    column("issuer_name", "Кем выдан", false),
    column("series", "Серия", false),
    column("number", "Номер", false),
    column("registration_number", "Регистрационный номер", false),
    column("title", "Программа", true),
    column("program_kind", "Вид программы", false),
    column("hours", "Часы", true),
    column("started_on", "Начало", false),
    column("completed_on", "Окончание", false),
    column("issued_on", "Дата выдачи", true),
];

struct CredentialRow {
    snils: Snils,
    issuer_inn: Option<String>,
    data: CredentialData,
}

pub(super) async fn load(ctx: &Ctx<'_>, row: &Row<'_>) -> Result<(RowOutcome, Uuid)> {
    let mut paper = read(row)?;
    let region_id = ctx.region_id()?;
    let unknown_person = || {
        Error::field("/snils", "unknown", "Человека с таким СНИЛС нет", "There is no person with this SNILS")
    };
    let person = persons::find_by_snils(ctx, region_id, paper.snils).await?.ok_or_else(unknown_person)?;
    if let Some(inn) = &paper.issuer_inn {
        paper.data.issuer_id = organizations::organization_by_inn(ctx, region_id, inn).await?;
    }
    let today = regions::today(ctx, region_id).await?;
    let target = persons::person_facts(ctx, person.id, today).await?.target_on(today);
    let new = NewCredential { person_id: person.id, enrollment_id: None, data: paper.data, external: None };
    // Whoever leads the person's unit may load papers of any issuer; an issuer only its own.
    let Ok(permit) = authorize(ctx.actor, &policy::CREATE_IMPORT, &target) else {
        if let Some(known) = credentials::same_paper(ctx, region_id, &new).await? {
            return Ok((RowOutcome::Unchanged, known));
        }
        return Ok((RowOutcome::Created, credentials::issue(ctx, new).await?.credential.id));
    };
    if let Some(known) = credentials::same_paper(ctx, region_id, &new).await? {
        return Ok((RowOutcome::Unchanged, known));
    }
    let credential = credentials::import(ctx, &permit, new).await?;
    let change = Change::none().field("state", (), credential.state.as_str());
    ctx.audit(&permit, Subject { kind: "credential", id: credential.id }, change).await?;
    Ok((RowOutcome::Created, credential.id))
}

/// What the paper has in common with the same paper in another row.
pub(super) fn marks(row: &Row<'_>) -> Vec<String> {
    read(row).map(|paper| paper.data.identity().marks()).unwrap_or_default()
}

fn read(row: &Row<'_>) -> Result<CredentialRow> {
    let mut cells = Cells::new(row);
    let snils = cells.snils("snils");
    let kind = cells.required("kind").and_then(|_| cells.word("kind", document_kind));
    let (issuer_inn, issuer_name) = (cells.text("issuer_inn"), cells.text("issuer_name"));
    if issuer_inn.is_none() && issuer_name.is_none() {
        cells.problem("issuer_name", "required", "Укажите, кем выдан документ", "Name the issuer");
    }
    let title = cells.required("title");
    let program_kind = cells.word("program_kind", program_kind);
    let hours = cells.hours("hours");
    let (started_on, completed_on) = (cells.date("started_on"), cells.date("completed_on"));
    let issued_on = cells.required_date("issued_on");
    let (series, number) = (cells.text("series"), cells.text("number"));
    let registration_number = cells.text("registration_number");
    let values = (|| {
        let data = CredentialData {
            issuer_id: None,
            issuer_name: issuer_name.unwrap_or_default(),
            kind: kind?,
            series,
            number,
            registration_number,
            program_id: None,
            module_id: None,
            activity_id: None,
            program_kind,
            title: title?,
            hours: hours?,
            credited: false,
            started_on,
            completed_on,
            issued_on: issued_on?,
        };
        Some(CredentialRow { snils: snils?, issuer_inn, data })
    })();
    cells.finish(values)
}

/// The names of the API, or the words of the federal register (B5).
fn document_kind(word: &str) -> Option<DocumentKind> {
    match word.to_lowercase().as_str() {
        "удостоверение" | "удостоверение о повышении квалификации" => {
            Some(DocumentKind::PdCertificate)
        }
        "диплом" | "диплом о профессиональной переподготовке" => {
            Some(DocumentKind::RetrainingDiploma)
        }
        "сертификат" => Some(DocumentKind::ParticipationCertificate),
        "справка" | "справка об обучении" => Some(DocumentKind::StudyStatement),
        name => DocumentKind::parse(name),
    }
}

fn program_kind(word: &str) -> Option<ProgramKind> {
    match word.to_lowercase().as_str() {
        "повышение квалификации" | "пк" => Some(ProgramKind::AdvancedTraining),
        "профессиональная переподготовка" | "пп" => {
            Some(ProgramKind::Retraining)
        }
        name => ProgramKind::parse(name),
    }
}
