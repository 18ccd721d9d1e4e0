//! Use cases of persons.

use std::collections::HashMap;

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::{
    ExternalId, FormerName, NewPerson, Person, PersonData, PersonFacts, PersonLine, PersonSheet,
    birth_date_problem, used_until,
};
use super::store::facts::{facts as facts_of, names, targets};
use super::store::search;
pub use super::store::search::Filter;
use super::{policy, store};
use crate::authz::{Actor, Permit, Target, authorize, may, scope};
use crate::db::{Change, Conn, Ctx, Subject};
use crate::directory::organizations::service as organizations;
use crate::directory::{employments, person_matches, regions};
use crate::error::{Code, Error, Result};
use crate::http::PageQuery;
use crate::ids::new_id;
use crate::personal_data::model::obstacle;
use crate::personal_data::policy::ERASE_PERSON;
use crate::values::text::collapse;
use crate::values::{PersonName, Snils};

/// Adds a person, with the first employment if there is one.
pub async fn create_person(ctx: &Ctx<'_>, new: NewPerson) -> Result<PersonSheet> {
    let workplace = match &new.employment {
        Some(work) => Some(
            organizations::organization_at(ctx, work.organization_id, "/employment/organization_id").await?,
        ),
        None => None,
    };
    let region_id = workplace
        .as_ref()
        .map(|workplace| workplace.region_id)
        .or(ctx.actor.region_id)
        .ok_or_else(needs_work)?;
    let permit = match &workplace {
        Some(workplace) => organizations::authorize_at(ctx.actor, &policy::CREATE_PERSON, workplace)?,
        // Below the region a person belongs to somebody only by working there.
        None => authorize(ctx.actor, &policy::CREATE_PERSON, &Target::region(region_id))
            .map_err(|refusal| needs_work().cause(refusal))?,
    };
    let today = regions::service::today(ctx, region_id).await?;
    refuse_birth_date(&new.data, today)?;
    person_matches::service::refuse_duplicate(ctx, region_id, &new.data, &new.distinct_from, today).await?;
    let person =
        Person { id: new_id(), region_id, data: new.data, version: 1, merged_into_id: None, erased_on: None };
    store::insert(ctx, &permit, &person, new.external.as_ref()).await.map_err(known_already)?;
    if let (Some(work), Some(workplace)) = (new.employment, &workplace) {
        employments::service::employ(ctx, &permit, person.id, work, workplace).await?;
    }
    let change =
        Change::none().field("organization_id", (), workplace.map(|workplace| workplace.id.to_string()));
    ctx.audit(&permit, Subject { kind: "person", id: person.id }, change).await?;
    let facts = facts_of(ctx.conn, person.id, today).await?;
    Ok(PersonSheet { person, facts, today })
}

/// One page of the people the actor may see.
pub async fn list_persons(
    ctx: &Ctx<'_>,
    filter: &Filter,
    page: &PageQuery<'_>,
    after: Option<(String, String, Uuid)>,
) -> Result<Vec<PersonLine>> {
    let scope = scope(ctx.actor, &policy::LIST_PERSONS)?;
    let today = match ctx.actor.region_id {
        Some(region_id) => regions::service::today(ctx, region_id).await?,
        None => ctx.now.date_naive(),
    };
    search::list(ctx.conn, &scope, today, filter, page.fetch(), after).await
}

/// One person with work and associations.
pub async fn get_person(ctx: &Ctx<'_>, id: Uuid) -> Result<PersonSheet> {
    let sheet = sheet_of(ctx, id).await?;
    authorize(ctx.actor, &policy::GET_PERSON, &target(&sheet))?;
    Ok(sheet)
}

/// Replaces what is said of a person; a changed name is kept in the history.
pub async fn update_person(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    data: PersonData,
    name_changed_on: Option<NaiveDate>,
) -> Result<PersonSheet> {
    let current = store::lock(ctx.conn, id).await?;
    let before = sheet(ctx, current).await?;
    let permit = authorize(ctx.actor, &policy::UPDATE_PERSON, &target(&before))?;
    let current = &before.person;
    refuse_closed(current)?;
    if current.version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    refuse_birth_date(&data, before.today)?;
    let last_day = used_until(name_changed_on, before.today)?;
    let renamed = current.data.name != data.name;
    if renamed {
        store::insert_former_name(ctx, &permit, current, last_day).await?;
    }
    // Values of personal data stay out of the audit log; that they changed does not.
    let change = Change::none()
        .field("name_changed", false, renamed)
        .field("snils_changed", false, current.data.snils != data.snils)
        .field("birth_date_changed", false, current.data.birth_date != data.birth_date)
        .field("email_changed", false, current.data.email != data.email);
    let person = Person { data, version: current.version + 1, ..current.clone() };
    store::update(ctx, &permit, &person).await.map_err(known_already)?;
    ctx.audit(&permit, Subject { kind: "person", id }, change).await?;
    Ok(PersonSheet { person, ..before })
}

/// Former names of a person, newest first, by which right, and whose they are: region and person.
pub async fn list_person_names(ctx: &Ctx<'_>, id: Uuid) -> Result<(Vec<FormerName>, Permit, (Uuid, Uuid))> {
    let sheet = sheet_of(ctx, id).await?;
    let permit = authorize(ctx.actor, &policy::LIST_PERSON_NAMES, &target(&sheet))?;
    Ok((store::former_names(ctx.conn, id).await?, permit, (sheet.person.region_id, id)))
}

/// What rights and rules of other resources need to know of a person on a day; 404 when there is none.
pub async fn person_facts(ctx: &Ctx<'_>, person_id: Uuid, day: NaiveDate) -> Result<PersonFacts> {
    facts_of(ctx.conn, person_id, day).await
}

/// Those people as targets of rights on a day: for lists of what is said about them.
pub async fn targets_on(ctx: &Ctx<'_>, people: &[Uuid], day: NaiveDate) -> Result<HashMap<Uuid, Target>> {
    if people.is_empty() { Ok(HashMap::new()) } else { targets(ctx.conn, people, day).await }
}

/// The names of people, for lists, reports and documents that know their ids and have asked who may see them.
pub async fn names_of(conn: &Conn, people: &[Uuid]) -> Result<HashMap<Uuid, PersonName>> {
    if people.is_empty() { Ok(HashMap::new()) } else { names(conn, people).await }
}

/// A person with work and associations, without asking who may see him: for the rules of other resources.
pub async fn sheet_of(ctx: &Ctx<'_>, id: Uuid) -> Result<PersonSheet> {
    sheet(ctx, store::find(ctx.conn, id).await?).await
}

/// Locks a person's row, so that what depends on all rows of the person is decided one after the other.
pub async fn lock_person(ctx: &Ctx<'_>, id: Uuid) -> Result<PersonSheet> {
    sheet(ctx, store::lock(ctx.conn, id).await?).await
}

/// All cards of the person with that card: what was recorded to any of them is his.
pub async fn cards_of(ctx: &Ctx<'_>, id: Uuid) -> Result<Vec<Uuid>> {
    store::cards_of(ctx.conn, id).await
}

/// Holds a person until the end of the transaction: whatever else is recorded of him in this way waits.
pub async fn hold_person(ctx: &Ctx<'_>, id: Uuid) -> Result<()> {
    store::hold(ctx.conn, id).await
}

/// The person with that СНИЛС in the region: for imports, which meet the same people again.
pub async fn find_by_snils(ctx: &Ctx<'_>, region_id: Uuid, snils: Snils) -> Result<Option<Person>> {
    store::find_by_snils(ctx.conn, region_id, snils).await
}

/// The people of a region with those numbers and their dates of birth, held until the end of the transaction: for files,
/// which bring much about many.
pub async fn lock_by_snils(
    ctx: &Ctx<'_>,
    region_id: Uuid,
    numbers: &[Snils],
) -> Result<HashMap<String, (Uuid, Option<NaiveDate>)>> {
    if numbers.is_empty() {
        return Ok(HashMap::new());
    }
    let numbers: Vec<String> = numbers.iter().map(|number| number.digits()).collect();
    let found = store::lock_by_snils(ctx.conn, region_id, &numbers).await?;
    Ok(found.into_iter().map(|(snils, id, birth_date)| (snils, (id, birth_date))).collect())
}

/// Whether that is the person's last name, or was one.
pub async fn bears(ctx: &Ctx<'_>, person: &Person, last_name: &str) -> Result<bool> {
    let same = |known: &str| folded(known) == folded(last_name);
    if same(person.data.name.last()) {
        return Ok(true);
    }
    Ok(store::former_names(ctx.conn, person.id).await?.iter().any(|former| same(former.name.last())))
}

/// A name as people compare it: case, Ё and spaces do not matter.
fn folded(name: &str) -> String {
    collapse(name).to_lowercase().replace('ё', "е")
}

/// The person a loaded row stands for.
pub async fn find_by_external(
    ctx: &Ctx<'_>,
    region_id: Uuid,
    external: &ExternalId,
) -> Result<Option<Person>> {
    let found = store::find_by_external(ctx.conn, region_id, external).await?;
    match found.as_ref().and_then(|person| person.merged_into_id) {
        Some(kept) => store::find(ctx.conn, kept).await.map(Some),
        None => Ok(found),
    }
}

/// Whether the actor may know of the person at all.
pub fn sees(actor: &Actor, sheet: &PersonSheet) -> bool {
    may(actor, &policy::GET_PERSON, &target(sheet))
}

/// Whether the actor sees СНИЛС, birth date and address.
pub fn sees_personal_data(actor: &Actor, sheet: &PersonSheet) -> bool {
    may(actor, &policy::LIST_PERSON_NAMES, &target(sheet))
}

/// By which right the actor sees СНИЛС, birth date and address.
pub fn personal_data(actor: &Actor, sheet: &PersonSheet) -> Option<Permit> {
    // Asked first, because a refusal is logged.
    sees_personal_data(actor, sheet)
        .then(|| authorize(actor, &policy::LIST_PERSON_NAMES, &target(sheet)).ok())?
}

/// What the actor may do with the person.
pub fn allowed_actions(actor: &Actor, sheet: &PersonSheet) -> Vec<String> {
    let target = target(sheet);
    let open = refuse_closed(&sheet.person).is_ok();
    [&policy::UPDATE_PERSON, &policy::LIST_PERSON_NAMES]
        .into_iter()
        .filter(|rule| open || rule.operation != policy::UPDATE_PERSON.operation)
        .chain(obstacle(sheet).is_none().then_some(&ERASE_PERSON))
        .filter(|rule| may(actor, rule, &target))
        .map(|rule| rule.operation.to_owned())
        .collect()
}

/// The person as a target of rights.
pub fn target(sheet: &PersonSheet) -> Target {
    sheet.facts.target_from(sheet.today)
}

async fn sheet(ctx: &Ctx<'_>, person: Person) -> Result<PersonSheet> {
    let today = regions::service::today(ctx, person.region_id).await?;
    let facts = facts_of(ctx.conn, person.id, today).await?;
    Ok(PersonSheet { person, facts, today })
}

/// A card that was merged or erased is not written to.
fn refuse_closed(person: &Person) -> Result<()> {
    let (ru, en) = match (person.merged_into_id, person.erased_on) {
        (Some(kept), _) => (
            format!("Карточка объединена с {kept}: меняйте ту"),
            format!("The card was merged into {kept}: change that one"),
        ),
        (None, Some(_)) => (
            "Персональные данные уничтожены по акту".to_owned(),
            "The personal data was erased by an act".to_owned(),
        ),
        (None, None) => return Ok(()),
    };
    Err(Error::new(Code::StateConflict).detail(ru, en))
}

fn refuse_birth_date(data: &PersonData, today: NaiveDate) -> Result<()> {
    birth_date_problem(data, today).map_or(Ok(()), |problem| Err(Error::invalid(vec![problem])))
}

/// Says what exists already, never who it is.
fn known_already(refusal: Error) -> Error {
    match refusal.cause.as_deref() {
        Some("persons_snils_key") => refusal.detail(
            "В регионе уже есть человек с таким СНИЛС",
            "The region knows a person with this СНИЛС already",
        ),
        Some("persons_external_key") => refusal.detail(
            "Человек с таким внешним идентификатором уже загружен",
            "A person with this external id is loaded already",
        ),
        _ => refusal,
    }
}

fn needs_work() -> Error {
    Error::field(
        "/employment",
        "required",
        "Человека добавляют вместе с местом работы",
        "A person is added together with an employment",
    )
}
