//! Queries on persons and their names.

pub(super) mod facts;
pub(super) mod search;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{ExternalId, FormerName, Person, PersonData};
use crate::authz::Permit;
use crate::db::schema::{person_names, persons};
use crate::db::{Conn, Ctx, whole_person};
use crate::error::{Error, Result};
use crate::ids::new_id;
use crate::values::{PersonName, Snils};

#[derive(Queryable, Selectable)]
#[diesel(table_name = persons)]
struct PersonRow {
    id: Uuid,
    region_id: Uuid,
    last_name: String,
    first_name: String,
    middle_name: Option<String>,
    snils: Option<String>,
    birth_date: Option<NaiveDate>,
    email: Option<String>,
    version: i64,
    merged_into_id: Option<Uuid>,
    erased_on: Option<NaiveDate>,
}

impl TryFrom<PersonRow> for Person {
    type Error = Error;

    fn try_from(row: PersonRow) -> Result<Self> {
        Ok(Self {
            id: row.id,
            region_id: row.region_id,
            data: PersonData {
                name: name(&row.last_name, &row.first_name, row.middle_name.as_deref())?,
                snils: row.snils.as_deref().map(Snils::parse).transpose().map_err(Error::internal)?,
                birth_date: row.birth_date,
                email: row.email,
            },
            version: row.version,
            merged_into_id: row.merged_into_id,
            erased_on: row.erased_on,
        })
    }
}

/// A name from the database: it was checked when it was written.
pub(super) fn name(last: &str, first: &str, middle: Option<&str>) -> Result<PersonName> {
    PersonName::new(last, first, middle).map_err(Error::internal)
}

pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<Person> {
    persons::table.find(id).select(PersonRow::as_select()).first(&mut &*conn).await?.try_into()
}

/// Holds the row against other writers; what refers to the person goes on meanwhile.
pub(super) async fn lock(conn: &Conn, id: Uuid) -> Result<Person> {
    persons::table
        .find(id)
        .select(PersonRow::as_select())
        .for_no_key_update()
        .first(&mut &*conn)
        .await?
        .try_into()
}

pub(super) async fn cards_of(conn: &Conn, id: Uuid) -> Result<Vec<Uuid>> {
    let cards = persons::table.filter(whole_person("persons.id", id)).order(persons::id).select(persons::id);
    Ok(cards.load(&mut &*conn).await?)
}

/// Holds all cards of a person until the end of the transaction; others may still refer to them.
pub(super) async fn hold(conn: &Conn, id: Uuid) -> Result<()> {
    let cards = persons::table.filter(whole_person("persons.id", id)).order(persons::id).select(persons::id);
    let held: Vec<Uuid> = cards.for_no_key_update().load(&mut &*conn).await?;
    if held.is_empty() { Err(Error::not_found()) } else { Ok(()) }
}

pub(super) async fn find_by_snils(conn: &Conn, region_id: Uuid, snils: Snils) -> Result<Option<Person>> {
    let row = persons::table
        .filter(persons::region_id.eq(region_id))
        .filter(persons::snils.eq(snils.digits()))
        .select(PersonRow::as_select())
        .first(&mut &*conn)
        .await
        .optional()?;
    row.map(Person::try_from).transpose()
}

/// The people of a region with those numbers, with their dates of birth, held until the end of the transaction. They are
/// taken hold of in the order of the numbers, as files that are loaded row by row do.
pub(super) async fn lock_by_snils(
    conn: &Conn,
    region_id: Uuid,
    numbers: &[String],
) -> Result<Vec<(String, Uuid, Option<NaiveDate>)>> {
    Ok(persons::table
        .filter(persons::region_id.eq(region_id))
        .filter(persons::snils.assume_not_null().eq_any(numbers))
        .order(persons::snils)
        .select((persons::snils.assume_not_null(), persons::id, persons::birth_date))
        .for_update()
        .load(&mut &*conn)
        .await?)
}

pub(super) async fn find_by_external(
    conn: &Conn,
    region_id: Uuid,
    external: &ExternalId,
) -> Result<Option<Person>> {
    let row = persons::table
        .filter(persons::region_id.eq(region_id))
        .filter(persons::source.eq(&external.source))
        .filter(persons::external_id.eq(&external.id))
        .select(PersonRow::as_select())
        .first(&mut &*conn)
        .await
        .optional()?;
    row.map(Person::try_from).transpose()
}

pub(super) async fn insert(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    person: &Person,
    external: Option<&ExternalId>,
) -> Result<()> {
    let data = &person.data;
    diesel::insert_into(persons::table)
        .values((
            persons::id.eq(person.id),
            persons::region_id.eq(person.region_id),
            persons::last_name.eq(data.name.last()),
            persons::first_name.eq(PersonName::first(&data.name)),
            persons::middle_name.eq(data.name.middle()),
            persons::snils.eq(data.snils.map(Snils::digits)),
            persons::birth_date.eq(data.birth_date),
            persons::email.eq(&data.email),
            persons::source.eq(external.map(|external| &external.source)),
            persons::external_id.eq(external.map(|external| &external.id)),
            persons::created_at.eq(ctx.now),
            persons::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

pub(super) async fn update(ctx: &Ctx<'_>, _permit: &Permit, person: &Person) -> Result<()> {
    let data = &person.data;
    diesel::update(persons::table.find(person.id))
        .set((
            persons::last_name.eq(data.name.last()),
            persons::first_name.eq(PersonName::first(&data.name)),
            persons::middle_name.eq(data.name.middle()),
            persons::snils.eq(data.snils.map(Snils::digits)),
            persons::birth_date.eq(data.birth_date),
            persons::email.eq(&data.email),
            persons::version.eq(person.version),
            persons::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Keeps the name the person has had until that day.
pub(super) async fn insert_former_name(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    person: &Person,
    used_until: NaiveDate,
) -> Result<()> {
    let name = &person.data.name;
    diesel::insert_into(person_names::table)
        .values((
            person_names::id.eq(new_id()),
            person_names::person_id.eq(person.id),
            person_names::last_name.eq(name.last()),
            person_names::first_name.eq(PersonName::first(name)),
            person_names::middle_name.eq(name.middle()),
            person_names::used_until.eq(used_until),
            person_names::recorded_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

type NameRow = (Uuid, String, String, Option<String>, NaiveDate);

pub(super) async fn former_names(conn: &Conn, person_id: Uuid) -> Result<Vec<FormerName>> {
    let rows: Vec<NameRow> = person_names::table
        .filter(whole_person("person_names.person_id", person_id))
        .select((
            person_names::id,
            person_names::last_name,
            person_names::first_name,
            person_names::middle_name,
            person_names::used_until,
        ))
        .order((person_names::used_until.desc(), person_names::id.desc()))
        .load(&mut &*conn)
        .await?;
    rows.into_iter()
        .map(|(id, last, first, middle, used_until)| {
            Ok(FormerName { id, name: name(&last, &first, middle.as_deref())?, used_until })
        })
        .collect()
}
