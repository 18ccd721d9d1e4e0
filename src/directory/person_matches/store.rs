//! Queries on people who resemble each other. All of them by indexes: on СНИЛС, on the key of the name, on the day of birth.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Date, Nullable, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{Alike, Wanted};
use crate::db::{Conn, statement};
use crate::error::{Error, Result};
use crate::values::{PersonName, Snils};

/// Found by СНИЛС, by the name today, by a former name, by the day of birth. Of a merged card the kept one is told.
const FOUND: &str = "\
    with found as ( \
        select p.kept_id, false as former, false as same_name, p.birth_date \
        from persons p where p.region_id = $1 and p.snils = $5 \
        union all \
        select p.kept_id, false, true, p.birth_date \
        from persons p where p.region_id = $1 \
            and rost_name_key(p.last_name, p.first_name, p.middle_name) = rost_name_key($2, $3, $4) \
        union all \
        select p.kept_id, true, true, p.birth_date \
        from person_names n join persons p on p.id = n.person_id \
        where rost_name_key(n.last_name, n.first_name, n.middle_name) = rost_name_key($2, $3, $4) and p.region_id = $1 \
        union all \
        select p.kept_id, false, false, p.birth_date from persons p where p.region_id = $1 and p.birth_date = $6) \
    select distinct k.id, k.last_name, k.first_name, k.middle_name, k.snils, \
           coalesce(f.birth_date, k.birth_date) as birth_date, f.former, f.same_name \
    from found f join persons k on k.id = f.kept_id where k.erased_on is null \
    order by k.id limit 500";

#[derive(QueryableByName)]
struct AlikeRow {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Text)]
    last_name: String,
    #[diesel(sql_type = Text)]
    first_name: String,
    #[diesel(sql_type = Nullable<Text>)]
    middle_name: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    snils: Option<String>,
    #[diesel(sql_type = Nullable<Date>)]
    birth_date: Option<NaiveDate>,
    #[diesel(sql_type = Bool)]
    former: bool,
    #[diesel(sql_type = Bool)]
    same_name: bool,
}

impl TryFrom<AlikeRow> for Alike {
    type Error = Error;

    fn try_from(row: AlikeRow) -> Result<Self> {
        let name = PersonName::new(&row.last_name, &row.first_name, row.middle_name.as_deref());
        Ok(Self {
            id: row.id,
            name: name.map_err(Error::internal)?,
            snils: row.snils.as_deref().map(Snils::parse).transpose().map_err(Error::internal)?,
            birth_date: row.birth_date,
            former: row.former,
            same_name: row.same_name,
        })
    }
}

/// Everybody of the region who may resemble the person.
pub(super) async fn alike(conn: &Conn, region_id: Uuid, wanted: &Wanted) -> Result<Vec<Alike>> {
    let name = &wanted.name;
    let rows: Vec<AlikeRow> = statement(FOUND)
        .bind::<SqlUuid, _>(region_id)
        .bind::<Text, _>(name.last())
        .bind::<Text, _>(PersonName::first(name))
        .bind::<Nullable<Text>, _>(name.middle())
        .bind::<Nullable<Text>, _>(wanted.snils.map(Snils::digits))
        .bind::<Nullable<Date>, _>(wanted.birth_date)
        .load(&mut &*conn)
        .await?;
    rows.into_iter().map(Alike::try_from).collect()
}

/// Makes two who add a person of that name and day of birth wait for each other.
pub(super) async fn hold(conn: &Conn, region_id: Uuid, name: &PersonName, born: NaiveDate) -> Result<()> {
    statement(
        "select pg_advisory_xact_lock(hashtextextended($1::text || $5::text || rost_name_key($2, $3, $4), 0))",
    )
    .bind::<SqlUuid, _>(region_id)
    .bind::<Text, _>(name.last())
    .bind::<Text, _>(PersonName::first(name))
    .bind::<Nullable<Text>, _>(name.middle())
    .bind::<Date, _>(born)
    .execute(&mut &*conn)
    .await?;
    Ok(())
}
