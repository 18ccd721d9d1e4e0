//! What happened to deficits: each fact takes the place of the one before it.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::Date;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::db::schema::deficit_events as events;
use crate::db::{Conn, Ctx};
use crate::diagnostics::deficits::model::{
    Deficit, DeficitEvent, DeficitEventKind, DeficitFact, DeficitState,
};
use crate::error::{Error, Result};
use crate::ids::new_id;

diesel::define_sql_function! {
    /// The later one of two days.
    fn greatest(one: Date, other: Date) -> Date;
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = events)]
struct EventRow {
    id: Uuid,
    kind: String,
    state: String,
    level: String,
    severity: i16,
    result_id: Option<Uuid>,
    route_id: Option<Uuid>,
    happened_on: NaiveDate,
    recorded_at: DateTime<Utc>,
}

impl TryFrom<EventRow> for DeficitEvent {
    type Error = Error;

    fn try_from(row: EventRow) -> Result<Self> {
        let unknown = |what: &str| Error::internal(format!("unknown {what} in the database"));
        Ok(Self {
            id: row.id,
            kind: DeficitEventKind::parse(&row.kind).ok_or_else(|| unknown("kind"))?,
            state: DeficitState::parse(&row.state).ok_or_else(|| unknown("state"))?,
            level: row.level,
            severity: row.severity,
            result_id: row.result_id,
            route_id: row.route_id,
            happened_on: row.happened_on,
            recorded_at: row.recorded_at,
        })
    }
}

/// Records the same fact for these deficits, as they stand after it.
pub(in crate::diagnostics::deficits) async fn record(
    ctx: &Ctx<'_>,
    deficits: &[Deficit],
    kind: DeficitEventKind,
    fact: DeficitFact,
) -> Result<()> {
    let ids: Vec<Uuid> = deficits.iter().map(|deficit| deficit.id).collect();
    // A fact that is loaded late happened no earlier than the one it takes the place of.
    let ended: Vec<(Uuid, Option<NaiveDate>)> =
        diesel::update(events::table.filter(events::deficit_id.eq_any(&ids)).filter(events::until.is_null()))
            .set(events::until.eq(greatest(events::happened_on, fact.day).nullable()))
            .returning((events::deficit_id, events::until))
            .get_results(&mut &*ctx.conn)
            .await?;
    let days: HashMap<Uuid, NaiveDate> = ended.into_iter().filter_map(|(id, day)| Some((id, day?))).collect();
    let rows: Vec<_> = deficits
        .iter()
        .map(|deficit| {
            (
                events::id.eq(new_id()),
                events::deficit_id.eq(deficit.id),
                events::region_id.eq(deficit.region_id),
                events::municipality_id.eq(deficit.municipality_id),
                events::organization_id.eq(deficit.organization_id),
                events::person_id.eq(deficit.person_id),
                events::competency_id.eq(deficit.competency_id),
                events::kind.eq(kind.as_str()),
                events::state.eq(deficit.state.as_str()),
                events::level.eq(&deficit.level),
                events::severity.eq(deficit.severity),
                events::result_id.eq(fact.result_id),
                events::route_id.eq(fact.route_id),
                events::account_id.eq(ctx.actor.account_id),
                events::happened_on.eq(days.get(&deficit.id).copied().unwrap_or(fact.day)),
                events::recorded_at.eq(ctx.now),
            )
        })
        .collect();
    diesel::insert_into(events::table).values(rows).execute(&mut &*ctx.conn).await?;
    Ok(())
}

/// What happened to a deficit, in its order.
pub(in crate::diagnostics::deficits) async fn of_deficit(
    conn: &Conn,
    deficit_id: Uuid,
    fetch: i64,
    after: Option<Uuid>,
) -> Result<Vec<DeficitEvent>> {
    let mut query = events::table
        .filter(events::deficit_id.eq(deficit_id))
        .select(EventRow::as_select())
        .order(events::id)
        .limit(fetch)
        .into_boxed();
    if let Some(id) = after {
        query = query.filter(events::id.gt(id));
    }
    query.load(&mut &*conn).await?.into_iter().map(DeficitEvent::try_from).collect()
}
