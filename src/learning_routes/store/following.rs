//! What is asked of a route while it is followed: its closed stages.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::authz::Permit;
use crate::db::schema::route_stages;
use crate::db::{Conn, Ctx};
use crate::error::{Error, Result};
use crate::learning_routes::model::StageClosing;

/// The closed stages of a route.
pub(in super::super) async fn closings(conn: &Conn, route_id: Uuid) -> Result<Vec<StageClosing>> {
    let rows: Vec<(Uuid, NaiveDate, Option<Uuid>)> = route_stages::table
        .filter(route_stages::route_id.eq(route_id))
        .filter(route_stages::closed_on.is_not_null())
        .select((route_stages::id, route_stages::closed_on.assume_not_null(), route_stages::closed_by))
        .load(&mut &*conn)
        .await?;
    let closing = |(stage_id, closed_on, closed_by)| StageClosing { stage_id, closed_on, closed_by };
    Ok(rows.into_iter().map(closing).collect())
}

/// Closes a stage; the route is held by the caller.
pub(in super::super) async fn close_stage(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    closing: StageClosing,
) -> Result<()> {
    let open = route_stages::table.find(closing.stage_id).filter(route_stages::closed_on.is_null());
    let changed = diesel::update(open)
        .set((route_stages::closed_on.eq(closing.closed_on), route_stages::closed_by.eq(closing.closed_by)))
        .execute(&mut &*ctx.conn)
        .await?;
    if changed == 1 { Ok(()) } else { Err(Error::internal("a stage was closed twice in spite of the lock")) }
}
