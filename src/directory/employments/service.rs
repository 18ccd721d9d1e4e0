//! Use cases of employments.

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::{Claimed, Employment, EmploymentData, NewEmployment, last_day};
use super::{policy, store};
use crate::authz::{Actor, Permit, Target, authorize, authorize_seen, may};
use crate::db::{Change, Ctx, Subject};
use crate::directory::organizations::model::Organization;
use crate::directory::organizations::service as organizations;
use crate::directory::persons::model::{ExternalId, PersonSheet};
use crate::directory::persons::service as persons;
use crate::directory::{associations, role_assignments};
use crate::effects;
use crate::error::{Code, Error, Result};
use crate::ids::new_id;

/// Adds an employment of a person whom the actor may see.
pub async fn create_employment(ctx: &Ctx<'_>, person_id: Uuid, new: NewEmployment) -> Result<Employment> {
    let sheet = persons::lock_person(ctx, person_id).await?;
    authorize(ctx.actor, &policy::LIST_EMPLOYMENTS, &persons::target(&sheet))?;
    let workplace = organizations::organization_at(ctx, new.organization_id, "/organization_id").await?;
    if workplace.region_id != sheet.person.region_id {
        return Err(other_region());
    }
    let permit = organizations::authorize_at(ctx.actor, &policy::CREATE_EMPLOYMENT, &workplace)?;
    let employment = employ(ctx, &permit, person_id, new, &workplace).await?;
    let change = Change::none().field("organization_id", (), workplace.id.to_string());
    ctx.audit(&permit, Subject { kind: "employment", id: employment.id }, change).await?;
    Ok(employment)
}

/// Employs a person whom the actor need not see: СНИЛС and last name together say who it is.
pub async fn hire_person(ctx: &Ctx<'_>, who: &Claimed, new: NewEmployment) -> Result<Employment> {
    let workplace =
        organizations::organization_at(ctx, new.organization_id, "/employment/organization_id").await?;
    let permit = organizations::authorize_at(ctx.actor, &policy::HIRE_PERSON, &workplace)?;
    let person = persons::find_by_snils(ctx, workplace.region_id, who.snils).await?;
    let person = match person {
        Some(person) if persons::bears(ctx, &person, &who.last_name).await? => person,
        _ => return Err(nobody_such()),
    };
    persons::lock_person(ctx, person.id).await?;
    let employment = employ(ctx, &permit, person.id, new, &workplace).await?;
    let change = Change::none().field("organization_id", (), workplace.id.to_string());
    ctx.audit(&permit, Subject { kind: "employment", id: employment.id }, change).await?;
    Ok(employment)
}

/// Writes an employment for an operation that is permitted and audited elsewhere.
pub async fn employ(
    ctx: &Ctx<'_>,
    permit: &Permit,
    person_id: Uuid,
    new: NewEmployment,
    workplace: &Organization,
) -> Result<Employment> {
    let employment = Employment {
        id: new_id(),
        region_id: workplace.region_id,
        municipality_id: workplace.municipality_id,
        organization_id: workplace.id,
        person_id,
        data: new.data,
        version: 1,
    };
    store::insert(ctx, permit, &employment, new.external.as_ref()).await?;
    effects::employed(ctx, person_id, workplace.region_id).await?;
    Ok(employment)
}

/// All work of a person, newest first.
pub async fn list_employments(ctx: &Ctx<'_>, person_id: Uuid) -> Result<Vec<Employment>> {
    let sheet = persons::get_person(ctx, person_id).await?;
    authorize(ctx.actor, &policy::LIST_EMPLOYMENTS, &persons::target(&sheet))?;
    store::of_person(ctx.conn, person_id).await
}

/// One employment.
pub async fn get_employment(ctx: &Ctx<'_>, id: Uuid) -> Result<Employment> {
    let employment = store::find(ctx.conn, id).await?;
    let sheet = persons::sheet_of(ctx, employment.person_id).await?;
    authorize(ctx.actor, &policy::GET_EMPLOYMENT, &read_target(&sheet, &employment))?;
    Ok(employment)
}

/// Replaces what is said of an employment; when it ends, what hangs on it ends with it.
pub async fn update_employment(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    data: EmploymentData,
) -> Result<Employment> {
    let person_id = store::find(ctx.conn, id).await?.person_id;
    // The person's row is locked first, as everywhere: two changes of one person's work wait for each other.
    let sheet = persons::lock_person(ctx, person_id).await?;
    let current = store::lock(ctx.conn, id).await?;
    authorize(ctx.actor, &policy::GET_EMPLOYMENT, &read_target(&sheet, &current))?;
    let permit = authorize_seen(ctx.actor, &policy::UPDATE_EMPLOYMENT, &target(&current))?;
    if current.version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    let text = |date: Option<NaiveDate>| date.map(|date| date.to_string());
    let change = Change::none()
        .field("position", current.data.position.as_str(), data.position.as_str())
        .field("ended_on", text(current.data.ended_on), text(data.ended_on));
    let employment = Employment { data, version: current.version + 1, ..current };
    store::update(ctx, &permit, &employment).await?;
    effects::employed(ctx, person_id, employment.region_id).await?;
    if employment.data.ended_on.is_some() {
        end_what_hangs_on(ctx, &permit, &employment, &sheet).await?;
    }
    ctx.audit(&permit, Subject { kind: "employment", id }, change).await?;
    Ok(employment)
}

/// Roles and memberships at the organization end on the person's last day there (design §2).
async fn end_what_hangs_on(
    ctx: &Ctx<'_>,
    permit: &Permit,
    ended: &Employment,
    sheet: &PersonSheet,
) -> Result<()> {
    let work = store::of_person(ctx.conn, ended.person_id).await?;
    let there =
        work.iter().filter(|work| work.organization_id == ended.organization_id).map(|work| &work.data);
    let Some(day) = last_day(there) else { return Ok(()) };
    let (person_id, organization_id) = (ended.person_id, ended.organization_id);
    role_assignments::service::end_with_employment(ctx, permit, person_id, organization_id, day).await?;
    associations::service::leave_all(ctx, permit, person_id, organization_id, day, sheet.today).await?;
    let Some(municipality_id) = ended.municipality_id else { return Ok(()) };
    let in_municipality = work.iter().filter(|work| work.municipality_id == Some(municipality_id));
    match last_day(in_municipality.map(|work| &work.data)) {
        Some(day) => {
            let left = associations::service::leave_municipality;
            left(ctx, permit, person_id, municipality_id, day, sheet.today).await
        }
        None => Ok(()),
    }
}

/// The employment with that natural key: for imports, which meet the same rows again.
pub async fn find_by_natural_key(
    ctx: &Ctx<'_>,
    person_id: Uuid,
    organization_id: Uuid,
    position: &str,
    started_on: NaiveDate,
) -> Result<Option<Employment>> {
    let work = store::of_person(ctx.conn, person_id).await?;
    Ok(work.into_iter().find(|work| {
        work.organization_id == organization_id
            && work.data.position == position
            && work.data.started_on == started_on
    }))
}

/// The employment a loaded row stands for.
pub async fn find_by_external(
    ctx: &Ctx<'_>,
    region_id: Uuid,
    external: &ExternalId,
) -> Result<Option<Employment>> {
    store::find_by_external(ctx.conn, region_id, external).await
}

/// Remembers what a loaded employment is called in its source, unless it is called something already; says whether that
/// was new.
pub async fn name_external(ctx: &Ctx<'_>, employment: &Employment, external: &ExternalId) -> Result<bool> {
    let Ok(permit) = authorize(ctx.actor, &policy::UPDATE_EMPLOYMENT, &target(employment)) else {
        return Ok(false);
    };
    let named = store::name_external(ctx, &permit, employment.id, external).await?;
    if named {
        let change = Change::none().field("external_id", (), external.id.as_str());
        ctx.audit(&permit, Subject { kind: "employment", id: employment.id }, change).await?;
    }
    Ok(named)
}

/// What the actor may do with the employment.
pub fn allowed_actions(actor: &Actor, employment: &Employment) -> Vec<String> {
    let target = target(employment);
    [&policy::UPDATE_EMPLOYMENT]
        .into_iter()
        .filter(|rule| may(actor, rule, &target))
        .map(|rule| rule.operation.to_owned())
        .collect()
}

/// The employment itself: the organization's business.
fn target(employment: &Employment) -> Target {
    Target::region(employment.region_id)
        .organization(employment.organization_id, employment.municipality_id)
        .person(employment.person_id)
}

/// Who sees the person sees the employment, and so does the organization it was at.
fn read_target(sheet: &PersonSheet, employment: &Employment) -> Target {
    persons::target(sheet).organization(employment.organization_id, employment.municipality_id)
}

/// One answer for an unknown number and for a name that is not its owner's.
fn nobody_such() -> Error {
    Error::field(
        "/snils",
        "unknown",
        "Человека с таким СНИЛС и такой фамилией в регионе нет",
        "The region knows nobody with this СНИЛС and this last name",
    )
}

fn other_region() -> Error {
    Error::field(
        "/organization_id",
        "other_region",
        "Организация другого региона",
        "The organization belongs to another region",
    )
}
