//! What the worker and the mending command write.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Date, Nullable, Numeric, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};
use uuid::Uuid;

use super::{Held, UNHELD};
use crate::db::schema::{hours_standings, persons};
use crate::db::{Conn, DbHours, statement};
use crate::error::Result;
use crate::hours::standings::model::{Folded, Pair};

/// Some people of a region whose rows do not hold.
pub(in crate::hours::standings) async fn to_keep(conn: &Conn, held: Held, limit: i64) -> Result<Vec<Uuid>> {
    #[derive(QueryableByName)]
    struct PersonRow {
        #[diesel(sql_type = SqlUuid)]
        person_id: Uuid,
    }
    let sql = format!(
        "select distinct s.person_id from hours_standings s where s.region_id = $1 and {UNHELD} limit $4"
    );
    let rows: Vec<PersonRow> = statement(&sql)
        .bind::<SqlUuid, _>(held.stamp.region_id)
        .bind::<SqlUuid, _>(held.stamp.id())
        .bind::<Date, _>(held.day)
        .bind::<diesel::sql_types::BigInt, _>(limit)
        .load(&mut &*conn)
        .await?;
    Ok(rows.into_iter().map(|row| row.person_id).collect())
}

/// Holds those of the people whom nobody else holds: no line comes into their ledgers meanwhile.
pub(in crate::hours::standings) async fn lock_people(conn: &Conn, people: &[Uuid]) -> Result<Vec<Uuid>> {
    Ok(persons::table
        .filter(persons::id.eq_any(people))
        .order(persons::id)
        .select(persons::id)
        .for_no_key_update()
        .skip_locked()
        .load(&mut &*conn)
        .await?)
}

/// Holds the rows of these people, so that whoever changes their work marks them afterwards.
pub(in crate::hours::standings) async fn lock_rows(conn: &Conn, people: &[Uuid]) -> Result<Vec<Pair>> {
    Ok(hours_standings::table
        .filter(hours_standings::person_id.eq_any(people))
        .order((hours_standings::person_id, hours_standings::organization_id))
        .select((hours_standings::person_id, hours_standings::organization_id))
        .for_no_key_update()
        .load(&mut &*conn)
        .await?)
}

const SAVE: &str = "\
    update hours_standings s set works = n.works, main = n.main, local_status = n.local_status, \
        federal_status = n.federal_status, required = n.required, counted = n.counted, missing = n.missing, \
        norm_breaks_on = n.norm_breaks_on, next_training_due_on = n.next_training_due_on, due_on = n.due_on, \
        reason = n.reason, stale = n.stale, stamp = $1, holds_from = $2, holds_until = n.holds_until, updated_at = $3 \
    from unnest($4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18) \
        as n(person_id, organization_id, works, main, local_status, federal_status, required, counted, missing, \
             norm_breaks_on, next_training_due_on, due_on, reason, stale, holds_until) \
    where s.person_id = n.person_id and s.organization_id = n.organization_id";

/// Writes what was folded; the trigger carries the sums along. One statement, however many.
pub(in crate::hours::standings) async fn save(
    conn: &Conn,
    held: Held,
    now: DateTime<Utc>,
    folded: &[Folded],
) -> Result<()> {
    let hours = |of: fn(&Folded) -> crate::values::Hours| -> Vec<DbHours> {
        folded.iter().map(|it| DbHours(of(it))).collect()
    };
    let days =
        |of: fn(&Folded) -> Option<NaiveDate>| -> Vec<Option<NaiveDate>> { folded.iter().map(of).collect() };
    let flags = |of: fn(&Folded) -> bool| -> Vec<bool> { folded.iter().map(of).collect() };
    let texts = |of: for<'a> fn(&'a Folded) -> &'a str| -> Vec<&str> { folded.iter().map(of).collect() };
    let required: Vec<Option<DbHours>> = folded.iter().map(|it| it.standing.required.map(DbHours)).collect();
    statement(SAVE)
        .bind::<SqlUuid, _>(held.stamp.id())
        .bind::<Date, _>(held.day)
        .bind::<Timestamptz, _>(now)
        .bind::<Array<SqlUuid>, _>(folded.iter().map(|it| it.pair.0).collect::<Vec<_>>())
        .bind::<Array<SqlUuid>, _>(folded.iter().map(|it| it.pair.1).collect::<Vec<_>>())
        .bind::<Array<Bool>, _>(flags(|it| it.work.works))
        .bind::<Array<Bool>, _>(flags(|it| it.work.main))
        .bind::<Array<Text>, _>(texts(|it| it.standing.local_hours.as_str()))
        .bind::<Array<Text>, _>(texts(|it| it.standing.federal_frequency.as_str()))
        .bind::<Array<Nullable<Numeric>>, _>(required)
        .bind::<Array<Numeric>, _>(hours(|it| it.standing.counted))
        .bind::<Array<Numeric>, _>(hours(|it| it.standing.missing))
        .bind::<Array<Nullable<Date>>, _>(days(|it| it.standing.norm_breaks_on))
        .bind::<Array<Nullable<Date>>, _>(days(|it| it.standing.next_training_due_on))
        .bind::<Array<Nullable<Date>>, _>(days(|it| it.standing.due_on()))
        .bind::<Array<Text>, _>(texts(|it| it.standing.reason.as_str()))
        .bind::<Array<Bool>, _>(flags(|it| !it.lasting))
        .bind::<Array<Nullable<Date>>, _>(days(|it| it.until))
        .execute(&mut &*conn)
        .await?;
    Ok(())
}

/// Counts the sums of all organizations anew from the rows.
pub(in crate::hours::standings) async fn rewrite_totals(conn: &Conn) -> Result<()> {
    Ok((&mut &*conn)
        .batch_execute(
            "lock table hours_standings in share row exclusive mode; delete from hours_totals; \
             insert into hours_totals (organization_id, region_id, main, local_status, federal_status, reason, people) \
             select organization_id, region_id, main, local_status, federal_status, reason, count(*) \
             from hours_standings where works group by 1, 2, 3, 4, 5, 6",
        )
        .await?)
}
