//! One route.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::rows::RouteRow;
use crate::authz::Permit;
use crate::db::schema::{route_notes, routes};
use crate::db::{Conn, Ctx};
use crate::error::{Error, Result};
use crate::learning_routes::model::{Rework, Route};

/// A route by id; 404 when there is none.
pub(in super::super) async fn find(conn: &Conn, id: Uuid) -> Result<Route> {
    routes::table.find(id).select(RouteRow::as_select()).first(&mut &*conn).await?.try_into()
}

/// The same, held until the end of the transaction.
pub(in super::super) async fn lock(conn: &Conn, id: Uuid) -> Result<Route> {
    routes::table.find(id).select(RouteRow::as_select()).for_update().first(&mut &*conn).await?.try_into()
}

/// Adds a route with an empty note.
pub(in super::super) async fn insert(ctx: &Ctx<'_>, _permit: &Permit, route: &Route) -> Result<()> {
    diesel::insert_into(routes::table)
        .values((
            routes::id.eq(route.id),
            routes::region_id.eq(route.region_id),
            routes::municipality_id.eq(route.municipality_id),
            routes::organization_id.eq(route.organization_id),
            routes::person_id.eq(route.person_id),
            routes::regulation_id.eq(route.regulation_id),
            routes::kind.eq(route.kind.as_str()),
            routes::title.eq(&route.title),
            routes::state.eq(route.state.as_str()),
            routes::initiator_role.eq(route.initiator_role.as_str()),
            routes::created_by.eq(route.created_by),
            routes::created_by_person_id.eq(route.created_by_person_id),
            routes::starts_on.eq(route.starts_on),
            routes::ends_on.eq(route.ends_on),
            routes::ground.eq(&route.ground),
            routes::category.eq(&route.category),
            routes::curator_id.eq(route.curator_id),
            routes::open_to_providers.eq(route.open_to_providers),
            routes::created_at.eq(ctx.now),
            routes::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    diesel::insert_into(route_notes::table)
        .values(route_notes::route_id.eq(route.id))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Writes what changed and the next version; 404 if somebody else was faster in spite of the lock.
///
/// No permit: the end of an approval and a confirmed credential change routes too, by a right used elsewhere.
pub(in super::super) async fn save(ctx: &Ctx<'_>, route: &Route) -> Result<()> {
    let rework: Option<&Rework> = route.rework.as_ref();
    let changed = diesel::update(routes::table.find(route.id).filter(routes::version.eq(route.version - 1)))
        .set((
            routes::kind.eq(route.kind.as_str()),
            routes::title.eq(&route.title),
            routes::state.eq(route.state.as_str()),
            routes::starts_on.eq(route.starts_on),
            routes::ends_on.eq(route.ends_on),
            routes::rework_reason.eq(rework.map(|rework| rework.reason.as_str())),
            routes::rework_due_on.eq(rework.map(|rework| rework.due_on)),
            routes::approved_at.eq(route.approved_at),
            routes::activated_on.eq(route.activated_on),
            routes::closed_on.eq(route.closed_on),
            routes::close_reason.eq(&route.close_reason),
            routes::curator_id.eq(route.curator_id),
            routes::tutor_id.eq(route.tutor_id),
            routes::working_group_id.eq(route.working_group_id),
            routes::ground.eq(&route.ground),
            routes::category.eq(&route.category),
            routes::discussion_open.eq(route.discussion_open),
            routes::version.eq(route.version),
            routes::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    if changed == 1 { Ok(()) } else { Err(Error::internal("a route was saved without its lock")) }
}
