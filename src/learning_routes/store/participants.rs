//! Marks of participation.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::rows::unknown;
use crate::authz::Permit;
use crate::db::schema::route_participants;
use crate::db::{Conn, Ctx};
use crate::error::Result;
use crate::learning_routes::model::{Capacity, Participant};

pub(super) async fn participants(conn: &Conn, route_id: Uuid) -> Result<Vec<Participant>> {
    type Row = (Uuid, String, DateTime<Utc>, Option<String>);
    let rows: Vec<Row> = route_participants::table
        .filter(route_participants::route_id.eq(route_id))
        .order((
            route_participants::participated_at,
            route_participants::person_id,
            route_participants::capacity,
        ))
        .select((
            route_participants::person_id,
            route_participants::capacity,
            route_participants::participated_at,
            route_participants::note,
        ))
        .load(&mut &*conn)
        .await?;
    rows.into_iter()
        .map(|(person_id, capacity, participated_at, note)| {
            let capacity = Capacity::parse(&capacity).ok_or_else(|| unknown("capacity"))?;
            Ok(Participant { person_id, capacity, participated_at, note })
        })
        .collect()
}

/// Sets a mark; one that stands already keeps its first moment.
pub(in super::super) async fn mark(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    route_id: Uuid,
    participant: &Participant,
) -> Result<()> {
    diesel::insert_into(route_participants::table)
        .values((
            route_participants::route_id.eq(route_id),
            route_participants::person_id.eq(participant.person_id),
            route_participants::capacity.eq(participant.capacity.as_str()),
            route_participants::participated_at.eq(participant.participated_at),
            route_participants::note.eq(&participant.note),
        ))
        .on_conflict((
            route_participants::route_id,
            route_participants::person_id,
            route_participants::capacity,
        ))
        .do_update()
        .set(route_participants::note.eq(&participant.note))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}
