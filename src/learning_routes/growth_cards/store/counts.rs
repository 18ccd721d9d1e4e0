//! How many cards stand where, for reports.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Date, Nullable, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::db::Conn;
use crate::error::Result;
use crate::learning_routes::growth_cards::model::{CardCounts, CardPeriod};
use crate::learning_routes::report::model::{Share, Whose};

#[derive(QueryableByName)]
struct CountRow {
    #[diesel(sql_type = Nullable<SqlUuid>)]
    municipality_id: Option<Uuid>,
    #[diesel(sql_type = SqlUuid)]
    organization_id: Uuid,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    curator_id: Option<Uuid>,
    #[diesel(sql_type = BigInt)]
    owed: i64,
    #[diesel(sql_type = BigInt)]
    missing: i64,
    #[diesel(sql_type = BigInt)]
    overdue: i64,
    #[diesel(sql_type = BigInt)]
    submitted: i64,
    #[diesel(sql_type = BigInt)]
    accepted: i64,
}

/// The same as the list says: who owes a card, and when it is late. A card is late when it is not handed in after its day; a returned one after the later of its day and
/// the day of its return.
const COUNTS: &str = "\
    select r.municipality_id, r.organization_id, r.curator_id, count(*) as owed, \
           count(*) filter (where coalesce(c.state, 'assembled') = 'assembled') as missing, \
           count(*) filter (where p.due_on < $5 and (coalesce(c.state, 'assembled') = 'assembled' \
                                                     or c.state = 'returned' and c.return_due_on < $5)) as overdue, \
           count(*) filter (where c.state = 'submitted') as submitted, \
           count(*) filter (where c.state = 'accepted') as accepted \
    from routes r \
    join unnest($2::uuid[], $3::date[], $4::date[]) as p (regulation_id, starts_on, due_on) on p.regulation_id = r.regulation_id \
    left join growth_cards c on c.route_id = r.id and c.period_starts_on = p.starts_on \
    where r.{place} = $1 and r.activated_on <= p.due_on and (r.closed_on is null or r.closed_on >= p.starts_on) \
    group by 1, 2, 3";

/// The counts under a place, by school and curator.
pub(in super::super) async fn counts(
    conn: &Conn,
    share: Share,
    periods: &[(Uuid, CardPeriod)],
    today: NaiveDate,
) -> Result<Vec<(Whose, CardCounts)>> {
    let begun: Vec<&(Uuid, CardPeriod)> =
        periods.iter().filter(|(_, period)| period.starts_on <= today).collect();
    if begun.is_empty() {
        return Ok(Vec::new());
    }
    let days =
        |day: fn(&CardPeriod) -> NaiveDate| begun.iter().map(|(_, period)| day(period)).collect::<Vec<_>>();
    let rows: Vec<CountRow> = diesel::sql_query(COUNTS.replace("{place}", share.column()))
        .bind::<SqlUuid, _>(share.id())
        .bind::<Array<SqlUuid>, _>(begun.iter().map(|(id, _)| *id).collect::<Vec<_>>())
        .bind::<Array<Date>, _>(days(|period| period.starts_on))
        .bind::<Array<Date>, _>(days(|period| period.due_on))
        .bind::<Date, _>(today)
        .load(&mut &*conn)
        .await?;
    let counted = |row: CountRow| {
        let whose = Whose {
            municipality_id: row.municipality_id,
            organization_id: row.organization_id,
            curator_id: row.curator_id,
        };
        let counts = CardCounts {
            owed: row.owed,
            missing: row.missing,
            overdue: row.overdue,
            submitted: row.submitted,
            accepted: row.accepted,
        };
        (whose, counts)
    };
    Ok(rows.into_iter().map(counted).collect())
}
