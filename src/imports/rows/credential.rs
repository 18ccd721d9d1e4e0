//! Documents about learning, met again by issuer and number however they are written.

use uuid::Uuid;

use super::super::model::RowOutcome;
use super::super::policy;
use super::super::table::{Column, Row, column};
use super::cells::{Cells, EXTERNAL_ID, SOURCE, unknown_inn};
use super::vocabulary::{DOCUMENT_KIND, PROGRAM_KIND};
use crate::authz::authorize;
use crate::db::{Change, Ctx, Subject};
use crate::directory::organizations::service as organizations;
use crate::directory::persons::service as persons;
use crate::directory::regions::service as regions;
use crate::error::{Error, Result};
use crate::hours::credentials::model::{CredentialData, External, NewCredential};
use crate::hours::credentials::service as credentials;
use crate::hours::model::credential::State;
use crate::values::Snils;

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
    SOURCE,
    EXTERNAL_ID,
];

pub(super) struct CredentialRow {
    pub(super) snils: Snils,
    pub(super) issuer_inn: Option<String>,
    pub(super) data: CredentialData,
    pub(super) external: Option<External>,
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
        // An issuer that the directory does not know is told by its name; one that it knows has another ИНН.
        let (is_known, name) = (paper.data.issuer_id.is_some(), paper.data.issuer_name.as_str());
        if !is_known && (name.is_empty() || organizations::is_named(ctx, region_id, name).await?) {
            return Err(unknown_inn("issuer_inn"));
        }
    }
    let today = regions::today(ctx, region_id).await?;
    let target = persons::person_facts(ctx, person.id, today).await?.target_on(today);
    let mut new = NewCredential {
        person_id: person.id,
        enrollment_id: None,
        data: paper.data,
        external: paper.external,
        outside_route: Vec::new(),
    };
    // Whoever leads the person's unit may load papers of any issuer; an issuer only its own.
    let permitted = authorize(ctx.actor, &policy::CREATE_IMPORT, &target);
    if let Some(known) = known_elsewhere(ctx, region_id, &mut new, permitted.is_ok()).await? {
        return Ok((RowOutcome::Unchanged, known));
    }
    let Ok(permit) = permitted else {
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

/// The paper that its source calls so, as long as it stands and says the same. A recorded paper is not rewritten: one that
/// says something else is refused or annulled first, and then its place is taken by a new one.
async fn known_elsewhere(
    ctx: &Ctx<'_>,
    region_id: Uuid,
    new: &mut NewCredential,
    permitted: bool,
) -> Result<Option<Uuid>> {
    let Some(external) = &new.external else { return Ok(None) };
    let Some(known) = credentials::find_loaded(ctx, region_id, external).await? else { return Ok(None) };
    if matches!(known.state, State::Refused | State::Annulled) {
        // Its source's name stays with it.
        new.external = None;
        return Ok(None);
    }
    if known.data.says_the_same(&new.data)
        && persons::cards_of(ctx, new.person_id).await?.contains(&known.person_id)
    {
        return Ok(Some(known.id));
    }
    // Whoever may not load it hears of that first.
    if !permitted {
        return Ok(None);
    }
    Err(Error::field(
        "/external_id",
        "recorded_otherwise",
        "Под этим идентификатором учтён другой документ: сначала его отклоняют или аннулируют",
        "Another paper is recorded under this id: it is refused or annulled first",
    ))
}

/// What the paper has in common with the same paper in another row.
pub(super) fn marks(row: &Row<'_>) -> Vec<String> {
    read(row).map(|paper| paper.data.identity().marks()).unwrap_or_default()
}

/// By what the paper may be the same as another one: each once.
pub(super) fn numbers(paper: &CredentialRow) -> Vec<String> {
    let identity = paper.data.identity();
    let mut numbers: Vec<String> = identity.marks().into_iter().chain(identity.key()).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

pub(super) fn read(row: &Row<'_>) -> Result<CredentialRow> {
    let mut cells = Cells::new(row);
    let snils = cells.snils("snils");
    let kind = cells.required_word("kind", &DOCUMENT_KIND);
    let (issuer_inn, issuer_name) = (cells.inn("issuer_inn"), cells.text_of("issuer_name", 2, 500));
    if cells.text("issuer_inn").is_none() && cells.text("issuer_name").is_none() {
        cells.problem("issuer_name", "required", "Укажите, кем выдан документ", "Name the issuer");
    }
    let title = cells.required_text("title", 500);
    let program_kind = cells.word("program_kind", &PROGRAM_KIND);
    let hours = cells.hours("hours");
    let (started_on, completed_on) = (cells.date("started_on"), cells.date("completed_on"));
    let issued_on = cells.required_date("issued_on");
    let (series, number) = (cells.text_of("series", 1, 50), cells.text_of("number", 1, 50));
    let registration_number = cells.text_of("registration_number", 1, 50);
    let external = cells.external();
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
        let external = external.map(|known| External { source: known.source, id: known.id });
        Some(CredentialRow { snils: snils?, issuer_inn, data, external })
    })();
    cells.finish(values)
}
