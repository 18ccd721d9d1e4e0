//! Entries as rows.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::authz::{Permit, Role};
use crate::db::schema::{credit_book_entries as entries, enrollments};
use crate::db::{Conn, Ctx, DbHours};
use crate::error::{Error, Result};
use crate::hours::credit_books::model::{Entry, EntryData, Source};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = entries, treat_none_as_default_value = false)]
struct EntryRow {
    id: Uuid,
    region_id: Uuid,
    book_id: Uuid,
    person_id: Uuid,
    organization_id: Uuid,
    offering_id: Option<Uuid>,
    association_id: Option<Uuid>,
    enrollment_id: Option<Uuid>,
    topic: String,
    started_on: NaiveDate,
    ended_on: NaiveDate,
    hours: DbHours,
    corrects_id: Option<Uuid>,
    withdrawn: bool,
    reason: Option<String>,
    writer_id: Option<Uuid>,
    written_by: Uuid,
    written_as: String,
    created_at: DateTime<Utc>,
}

/// An entry, and the credential of the same enrollment.
type Row = (EntryRow, Option<Uuid>);

fn entry((row, credential_id): Row) -> Result<Entry> {
    let source = match (row.offering_id, row.association_id) {
        (Some(id), _) => Source::Offering(id),
        (None, Some(id)) => Source::Association(id),
        (None, None) => return Err(Error::internal("an entry about nothing in the database")),
    };
    let data = EntryData {
        topic: row.topic,
        started_on: row.started_on,
        ended_on: row.ended_on,
        hours: row.hours.into(),
    };
    Ok(Entry {
        id: row.id,
        region_id: row.region_id,
        book_id: row.book_id,
        person_id: row.person_id,
        organization_id: row.organization_id,
        source,
        enrollment_id: row.enrollment_id,
        credential_id,
        data,
        corrects_id: row.corrects_id,
        withdrawn: row.withdrawn,
        reason: row.reason,
        writer_id: row.writer_id,
        written_as: Role::parse(&row.written_as)
            .ok_or_else(|| Error::internal("unknown role in the database"))?,
        created_at: row.created_at,
    })
}

/// Every entry of a book, also those that were corrected.
pub(in super::super) async fn entries_of(conn: &Conn, book_id: Uuid) -> Result<Vec<Entry>> {
    let rows: Vec<Row> = entries::table
        .left_join(enrollments::table)
        .filter(entries::book_id.eq(book_id))
        .order((entries::started_on, entries::id))
        .select((EntryRow::as_select(), enrollments::credential_id.nullable()))
        .load(&mut &*conn)
        .await?;
    rows.into_iter().map(entry).collect()
}

pub(in super::super) async fn find_entry(conn: &Conn, id: Uuid) -> Result<Entry> {
    let row: Row = entries::table
        .left_join(enrollments::table)
        .filter(entries::id.eq(id))
        .select((EntryRow::as_select(), enrollments::credential_id.nullable()))
        .first(&mut &*conn)
        .await?;
    entry(row)
}

/// The entry that replaces that one.
pub(in super::super) async fn correction_of(conn: &Conn, id: Uuid) -> Result<Option<Uuid>> {
    let query = entries::table.filter(entries::corrects_id.assume_not_null().eq(id)).select(entries::id);
    Ok(query.first(&mut &*conn).await.optional()?)
}

pub(in super::super) async fn insert_entry(ctx: &Ctx<'_>, _permit: &Permit, new: &Entry) -> Result<()> {
    let data = new.data.clone();
    let row = EntryRow {
        id: new.id,
        region_id: new.region_id,
        book_id: new.book_id,
        person_id: new.person_id,
        organization_id: new.organization_id,
        offering_id: new.source.offering_id(),
        association_id: new.source.association_id(),
        enrollment_id: new.enrollment_id,
        topic: data.topic,
        started_on: data.started_on,
        ended_on: data.ended_on,
        hours: data.hours.into(),
        corrects_id: new.corrects_id,
        withdrawn: new.withdrawn,
        reason: new.reason.clone(),
        writer_id: new.writer_id,
        written_by: ctx.actor.account_id,
        written_as: new.written_as.as_str().to_owned(),
        created_at: new.created_at,
    };
    diesel::insert_into(entries::table).values(row).execute(&mut &*ctx.conn).await?;
    Ok(())
}
