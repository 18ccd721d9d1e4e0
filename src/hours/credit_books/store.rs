//! Queries on credit books and their entries.

mod entries;

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::CreditBook;
use crate::authz::{Permit, Scope};
use crate::db::schema::credit_books::{self, table};
use crate::db::schema::persons;
use crate::db::{Conn, Ctx, Place, among_people_at, people_filter, whole_people, whole_person};
use crate::error::Result;

pub(super) use entries::{correction_of, entries_of, find_entry, insert_entry};

#[derive(Queryable, Selectable)]
#[diesel(table_name = credit_books)]
struct BookRow {
    id: Uuid,
    region_id: Uuid,
    municipality_id: Option<Uuid>,
    organization_id: Uuid,
    person_id: Uuid,
    issued_by_id: Option<Uuid>,
    regulation_id: Uuid,
    opened_on: NaiveDate,
    closed_on: Option<NaiveDate>,
    version: i64,
}

impl From<BookRow> for CreditBook {
    fn from(row: BookRow) -> Self {
        Self {
            id: row.id,
            region_id: row.region_id,
            municipality_id: row.municipality_id,
            organization_id: row.organization_id,
            person_id: row.person_id,
            issued_by_id: row.issued_by_id,
            regulation_id: row.regulation_id,
            opened_on: row.opened_on,
            closed_on: row.closed_on,
            version: row.version,
        }
    }
}

/// Which books a list holds.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter {
    /// Only opened at this school.
    pub organization_id: Option<Uuid>,
    /// Only of this person.
    pub person_id: Option<Uuid>,
    /// Only open ones, or only closed ones.
    pub open: Option<bool>,
}

pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<CreditBook> {
    let row: BookRow = table.find(id).select(BookRow::as_select()).first(&mut &*conn).await?;
    Ok(row.into())
}

/// Holds a book until the end of the transaction: whoever writes in it or closes it.
pub(super) async fn lock(conn: &Conn, id: Uuid) -> Result<CreditBook> {
    let query = table.find(id).select(BookRow::as_select()).for_no_key_update();
    let row: BookRow = query.first(&mut &*conn).await?;
    Ok(row.into())
}

/// Holds the open book of a person, on whichever card it was opened, if there is one. Two cards may have been merged when each
/// had one: then the older one is kept on.
pub(super) async fn lock_open(conn: &Conn, person_id: Uuid) -> Result<Option<CreditBook>> {
    let row: Option<BookRow> = table
        .filter(whole_person("credit_books.person_id", person_id))
        .filter(credit_books::closed_on.is_null())
        .order((credit_books::opened_on, credit_books::id))
        .select(BookRow::as_select())
        .for_no_key_update()
        .first(&mut &*conn)
        .await
        .optional()?;
    Ok(row.map(Into::into))
}

/// The open books of people, by their kept cards; the same ones as [`lock_open`] finds.
pub(super) async fn open_of(conn: &Conn, people: &[Uuid]) -> Result<HashMap<Uuid, Uuid>> {
    let rows: Vec<(Uuid, Uuid)> = table
        .inner_join(persons::table)
        .filter(whole_people("credit_books.person_id", people))
        .filter(credit_books::closed_on.is_null())
        .order((credit_books::opened_on.desc(), credit_books::id.desc()))
        .select((persons::kept_id, credit_books::id))
        .load(&mut &*conn)
        .await?;
    // The last one of each is the oldest.
    Ok(rows.into_iter().collect())
}

pub(super) async fn list(
    conn: &Conn,
    (scope, today): (&Scope, NaiveDate),
    filter: Filter,
    fetch: i64,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<CreditBook>> {
    let mut query = table
        .select(BookRow::as_select())
        .filter(people_filter!(credit_books, scope, today))
        .order((credit_books::opened_on.desc(), credit_books::id.desc()))
        .limit(fetch)
        .into_boxed();
    if let Some(id) = filter.organization_id {
        query = query.filter(credit_books::organization_id.eq(id));
    }
    if let Some(id) = filter.person_id {
        query = query.filter(whole_person("credit_books.person_id", id));
    }
    match filter.open {
        Some(true) => query = query.filter(credit_books::closed_on.is_null()),
        Some(false) => query = query.filter(credit_books::closed_on.is_not_null()),
        None => {}
    }
    if let Some((day, id)) = after {
        let same = credit_books::opened_on.eq(day).and(credit_books::id.lt(id));
        query = query.filter(credit_books::opened_on.lt(day).or(same));
    }
    let rows: Vec<BookRow> = query.load(&mut &*conn).await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// Those who work at the organization on that day, by their kept cards and in the order of their ids.
pub(super) async fn people_at(
    conn: &Conn,
    organization_id: Uuid,
    day: NaiveDate,
    limit: i64,
) -> Result<Vec<Uuid>> {
    let working = persons::table
        .filter(among_people_at(persons::id, Place::Organization(organization_id), day))
        .select(persons::kept_id)
        .distinct()
        .order(persons::kept_id)
        .limit(limit);
    Ok(working.load(&mut &*conn).await?)
}

pub(super) async fn insert(ctx: &Ctx<'_>, _permit: &Permit, book: &CreditBook) -> Result<()> {
    diesel::insert_into(table)
        .values((
            credit_books::id.eq(book.id),
            credit_books::region_id.eq(book.region_id),
            credit_books::municipality_id.eq(book.municipality_id),
            credit_books::organization_id.eq(book.organization_id),
            credit_books::person_id.eq(book.person_id),
            credit_books::issued_by_id.eq(book.issued_by_id),
            credit_books::regulation_id.eq(book.regulation_id),
            credit_books::opened_on.eq(book.opened_on),
            credit_books::opened_by.eq(ctx.actor.account_id),
            credit_books::version.eq(book.version),
            credit_books::created_at.eq(ctx.now),
            credit_books::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

pub(super) async fn close(ctx: &Ctx<'_>, _permit: &Permit, book: &CreditBook) -> Result<()> {
    diesel::update(table.find(book.id))
        .set((
            credit_books::closed_on.eq(book.closed_on),
            credit_books::version.eq(book.version),
            credit_books::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}
