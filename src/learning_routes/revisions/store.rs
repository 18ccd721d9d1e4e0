//! Queries on revisions.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::Value;
use uuid::Uuid;

use super::model::{Revision, RevisionCause, RevisionState};
use crate::authz::{Permit, Role};
use crate::db::schema::route_revisions::{self, table};
use crate::db::{Conn, Ctx};
use crate::error::{Error, Result};
use crate::learning_routes::model::{Rework, Route};
use crate::learning_routes::stored;

#[derive(Queryable, Selectable)]
#[diesel(table_name = route_revisions)]
struct RevisionRow {
    id: Uuid,
    route_id: Uuid,
    cause: String,
    petition_id: Option<Uuid>,
    reason: String,
    content: Value,
    state: String,
    rework_reason: Option<String>,
    rework_due_on: Option<NaiveDate>,
    author_id: Option<Uuid>,
    author_role: String,
    applied_on: Option<NaiveDate>,
    close_reason: Option<String>,
    version: i64,
    created_at: DateTime<Utc>,
}

impl TryFrom<RevisionRow> for Revision {
    type Error = Error;

    fn try_from(row: RevisionRow) -> Result<Self> {
        let unknown = |what: &str| Error::internal(format!("unknown {what} in the database"));
        let rework = row.rework_reason.zip(row.rework_due_on);
        Ok(Self {
            id: row.id,
            route_id: row.route_id,
            cause: RevisionCause::parse(&row.cause).ok_or_else(|| unknown("cause"))?,
            petition_id: row.petition_id,
            reason: row.reason,
            content: stored::load(row.content)?,
            state: RevisionState::parse(&row.state).ok_or_else(|| unknown("state of revision"))?,
            rework: rework.map(|(reason, due_on)| Rework { reason, due_on }),
            author_id: row.author_id,
            author_role: Role::parse(&row.author_role).ok_or_else(|| unknown("role"))?,
            applied_on: row.applied_on,
            close_reason: row.close_reason,
            version: row.version,
            created_at: row.created_at,
        })
    }
}

/// One revision; 404 when there is none.
pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<Revision> {
    let row: RevisionRow = table.find(id).select(RevisionRow::as_select()).first(&mut &*conn).await?;
    row.try_into()
}

/// The route of a revision; 404 when there is none.
pub(super) async fn route_of(conn: &Conn, id: Uuid) -> Result<Uuid> {
    Ok(table.find(id).select(route_revisions::route_id).first(&mut &*conn).await?)
}

/// The revision of the route that has not ended, with its cause; there is one at most.
pub(super) async fn under_way(conn: &Conn, route_id: Uuid) -> Result<Option<(Uuid, RevisionCause)>> {
    let open = RevisionState::ALL.into_iter().filter(|state| !state.is_final());
    let found: Option<(Uuid, String)> = table
        .filter(route_revisions::route_id.eq(route_id))
        .filter(route_revisions::state.eq_any(open.map(RevisionState::as_str).collect::<Vec<_>>()))
        .select((route_revisions::id, route_revisions::cause))
        .first(&mut &*conn)
        .await
        .optional()?;
    let known = |(id, cause): (Uuid, String)| {
        let cause = RevisionCause::parse(&cause).ok_or_else(|| Error::internal("unknown cause"))?;
        Ok((id, cause))
    };
    found.map(known).transpose()
}

/// The revision that made the periodic update of the route on that day or later, if one did.
pub(super) async fn updated_since(conn: &Conn, route_id: Uuid, day: NaiveDate) -> Result<Option<Uuid>> {
    Ok(table
        .filter(route_revisions::route_id.eq(route_id))
        .filter(route_revisions::cause.eq(RevisionCause::PeriodicUpdate.as_str()))
        .filter(route_revisions::applied_on.is_not_null())
        .filter(route_revisions::applied_on.assume_not_null().ge(day))
        .select(route_revisions::id)
        .first(&mut &*conn)
        .await
        .optional()?)
}

/// The revisions of a route, newest first.
pub(super) async fn list(
    conn: &Conn,
    route_id: Uuid,
    fetch: i64,
    after: Option<(DateTime<Utc>, Uuid)>,
) -> Result<Vec<Revision>> {
    let mut query = table
        .filter(route_revisions::route_id.eq(route_id))
        .order((route_revisions::created_at.desc(), route_revisions::id.desc()))
        .select(RevisionRow::as_select())
        .limit(fetch)
        .into_boxed();
    if let Some((at, id)) = after {
        query = query.filter(
            route_revisions::created_at
                .lt(at)
                .or(route_revisions::created_at.eq(at).and(route_revisions::id.lt(id))),
        );
    }
    let rows: Vec<RevisionRow> = query.load(&mut &*conn).await?;
    rows.into_iter().map(Revision::try_from).collect()
}

/// Adds a revision; 409 when the route has one under way.
pub(super) async fn insert(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    route: &Route,
    revision: &Revision,
) -> Result<()> {
    diesel::insert_into(table)
        .values((
            route_revisions::id.eq(revision.id),
            route_revisions::region_id.eq(route.region_id),
            route_revisions::municipality_id.eq(route.municipality_id),
            route_revisions::organization_id.eq(route.organization_id),
            route_revisions::person_id.eq(route.person_id),
            route_revisions::route_id.eq(route.id),
            route_revisions::cause.eq(revision.cause.as_str()),
            route_revisions::petition_id.eq(revision.petition_id),
            route_revisions::reason.eq(&revision.reason),
            route_revisions::content.eq(stored::store(&revision.content)?),
            route_revisions::state.eq(revision.state.as_str()),
            route_revisions::author_id.eq(revision.author_id),
            route_revisions::author_role.eq(revision.author_role.as_str()),
            route_revisions::created_at.eq(ctx.now),
            route_revisions::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Writes what changed and the next version. No permit: the end of an approval changes revisions too. The caller holds
/// the route.
pub(super) async fn save(ctx: &Ctx<'_>, revision: &Revision) -> Result<()> {
    let rework = revision.rework.as_ref();
    let row = table.find(revision.id).filter(route_revisions::version.eq(revision.version - 1));
    let changed = diesel::update(row)
        .set((
            route_revisions::reason.eq(&revision.reason),
            route_revisions::content.eq(stored::store(&revision.content)?),
            route_revisions::state.eq(revision.state.as_str()),
            route_revisions::rework_reason.eq(rework.map(|rework| rework.reason.as_str())),
            route_revisions::rework_due_on.eq(rework.map(|rework| rework.due_on)),
            route_revisions::applied_on.eq(revision.applied_on),
            route_revisions::close_reason.eq(&revision.close_reason),
            route_revisions::version.eq(revision.version),
            route_revisions::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    if changed == 1 { Ok(()) } else { Err(Error::internal("a revision was saved without its route")) }
}
