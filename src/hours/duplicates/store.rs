//! Queries on duplicates.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{Duplicate, Ground};
use crate::authz::Permit;
use crate::db::schema::credential_duplicates::{self as duplicates, table};
use crate::db::{Conn, Ctx};
use crate::error::{Error, Result};
use crate::hours::credentials::numbering::Numbers;
use crate::hours::model::DocumentIdentity;

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = duplicates, treat_none_as_default_value = false)]
struct DuplicateRow {
    id: Uuid,
    region_id: Uuid,
    credential_id: Uuid,
    person_id: Uuid,
    ground: String,
    series: Option<String>,
    number: Option<String>,
    registration_number: Option<String>,
    issued_on: NaiveDate,
    code: String,
    created_at: DateTime<Utc>,
}

impl TryFrom<DuplicateRow> for Duplicate {
    type Error = Error;

    fn try_from(row: DuplicateRow) -> Result<Self> {
        let ground = Ground::parse(&row.ground);
        Ok(Self {
            id: row.id,
            region_id: row.region_id,
            credential_id: row.credential_id,
            person_id: row.person_id,
            ground: ground.ok_or_else(|| Error::internal("unknown ground of a duplicate in the database"))?,
            numbers: Numbers {
                series: row.series,
                number: row.number,
                registration_number: row.registration_number,
            },
            issued_on: row.issued_on,
            code: row.code,
            created_at: row.created_at,
        })
    }
}

/// The duplicates of a paper in the order in which they were issued.
pub(super) async fn of_credential(conn: &Conn, credential_id: Uuid) -> Result<Vec<Duplicate>> {
    let rows: Vec<DuplicateRow> = table
        .filter(duplicates::credential_id.eq(credential_id))
        .order((duplicates::created_at, duplicates::id))
        .select(DuplicateRow::as_select())
        .load(&mut &*conn)
        .await?;
    rows.into_iter().map(Duplicate::try_from).collect()
}

/// The duplicates of those papers in the order in which they were issued.
pub(super) async fn of_credentials(conn: &Conn, ids: &[Uuid]) -> Result<Vec<Duplicate>> {
    let rows: Vec<DuplicateRow> = table
        .filter(duplicates::credential_id.eq_any(ids.to_vec()))
        .order((duplicates::created_at, duplicates::id))
        .select(DuplicateRow::as_select())
        .load(&mut &*conn)
        .await?;
    rows.into_iter().map(Duplicate::try_from).collect()
}

pub(super) async fn insert(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    new: &Duplicate,
    key: &str,
    identity: &DocumentIdentity,
) -> Result<()> {
    let numbers = new.numbers.clone();
    let row = DuplicateRow {
        id: new.id,
        region_id: new.region_id,
        credential_id: new.credential_id,
        person_id: new.person_id,
        ground: new.ground.as_str().to_owned(),
        series: numbers.series,
        number: numbers.number,
        registration_number: numbers.registration_number,
        issued_on: new.issued_on,
        code: new.code.clone(),
        created_at: new.created_at,
    };
    let marks: Vec<Option<String>> = identity.marks().into_iter().map(Some).collect();
    let found = (
        duplicates::identity.eq(key),
        duplicates::marks.eq(marks),
        duplicates::recorded_by.eq(ctx.actor.account_id),
    );
    diesel::insert_into(table).values((row, found)).execute(&mut &*ctx.conn).await?;
    Ok(())
}
