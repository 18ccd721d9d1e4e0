//! Queries on petitions.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{Petition, PetitionState};
use crate::authz::{Permit, Role};
use crate::db::schema::{route_petitions, route_revisions};
use crate::db::{Conn, Ctx};
use crate::error::{Error, Result};
use crate::learning_routes::model::Route;

#[derive(Queryable, Selectable)]
#[diesel(table_name = route_petitions)]
struct PetitionRow {
    id: Uuid,
    route_id: Uuid,
    author_id: Option<Uuid>,
    author_role: String,
    text: String,
    state: String,
    decided_by: Option<Uuid>,
    decided_on: Option<NaiveDate>,
    decision_note: Option<String>,
    version: i64,
    created_at: DateTime<Utc>,
}

fn model((row, revision_id): (PetitionRow, Option<Uuid>)) -> Result<Petition> {
    Ok(Petition {
        id: row.id,
        route_id: row.route_id,
        author_id: row.author_id,
        author_role: Role::parse(&row.author_role).ok_or_else(|| Error::internal("unknown role"))?,
        text: row.text,
        state: PetitionState::parse(&row.state).ok_or_else(|| Error::internal("unknown state"))?,
        decided_by: row.decided_by,
        decided_on: row.decided_on,
        decision_note: row.decision_note,
        revision_id,
        version: row.version,
        created_at: row.created_at,
    })
}

/// Which petitions to read.
pub(super) enum Which {
    /// That one.
    One(Uuid),
    /// Those of a route that come after this one in the list, newest first.
    OfRoute { route_id: Uuid, fetch: i64, after: Option<(DateTime<Utc>, Uuid)> },
}

/// Petitions, each with the revision that was made of it and not given up.
async fn load(conn: &Conn, which: Which) -> Result<Vec<Petition>> {
    let made_of_it = route_revisions::petition_id
        .assume_not_null()
        .eq(route_petitions::id)
        .and(route_revisions::state.ne_all(["withdrawn", "rejected", "lapsed"]));
    let mut query = route_petitions::table
        .left_join(route_revisions::table.on(made_of_it))
        .select((PetitionRow::as_select(), route_revisions::id.nullable()))
        .into_boxed();
    query = match which {
        Which::One(id) => query.filter(route_petitions::id.eq(id)),
        Which::OfRoute { route_id, fetch, after } => {
            let mut page = query
                .filter(route_petitions::route_id.eq(route_id))
                .order((route_petitions::created_at.desc(), route_petitions::id.desc()))
                .limit(fetch);
            if let Some((at, id)) = after {
                page = page.filter(
                    route_petitions::created_at
                        .lt(at)
                        .or(route_petitions::created_at.eq(at).and(route_petitions::id.lt(id))),
                );
            }
            page
        }
    };
    let rows: Vec<(PetitionRow, Option<Uuid>)> = query.load(&mut &*conn).await?;
    rows.into_iter().map(model).collect()
}

/// The petitions of a route, newest first.
pub(super) async fn list(
    conn: &Conn,
    route_id: Uuid,
    fetch: i64,
    after: Option<(DateTime<Utc>, Uuid)>,
) -> Result<Vec<Petition>> {
    load(conn, Which::OfRoute { route_id, fetch, after }).await
}

/// One petition; 404 when there is none.
pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<Petition> {
    load(conn, Which::One(id)).await?.pop().ok_or(Error::not_found())
}

/// Adds a petition.
pub(super) async fn insert(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    route: &Route,
    petition: &Petition,
) -> Result<()> {
    diesel::insert_into(route_petitions::table)
        .values((
            route_petitions::id.eq(petition.id),
            route_petitions::region_id.eq(route.region_id),
            route_petitions::municipality_id.eq(route.municipality_id),
            route_petitions::organization_id.eq(route.organization_id),
            route_petitions::person_id.eq(route.person_id),
            route_petitions::route_id.eq(route.id),
            route_petitions::author_id.eq(petition.author_id),
            route_petitions::author_role.eq(petition.author_role.as_str()),
            route_petitions::text.eq(&petition.text),
            route_petitions::state.eq(petition.state.as_str()),
            route_petitions::created_at.eq(ctx.now),
            route_petitions::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Ends the open petitions of a route that has ended; nobody has decided on them. Returns them. The caller holds the
/// route.
pub(super) async fn lapse(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    route_id: Uuid,
    today: NaiveDate,
    reason: &str,
) -> Result<Vec<Uuid>> {
    let open = route_petitions::table
        .filter(route_petitions::route_id.eq(route_id))
        .filter(route_petitions::state.eq(PetitionState::Open.as_str()));
    Ok(diesel::update(open)
        .set((
            route_petitions::state.eq(PetitionState::Lapsed.as_str()),
            route_petitions::decided_on.eq(today),
            route_petitions::decision_note.eq(reason),
            route_petitions::version.eq(route_petitions::version + 1),
            route_petitions::updated_at.eq(ctx.now),
        ))
        .returning(route_petitions::id)
        .get_results(&mut &*ctx.conn)
        .await?)
}

/// Writes what became of it. No permit: the end of an approval applies petitions too. The caller holds the route.
pub(super) async fn decide(ctx: &Ctx<'_>, petition: &Petition) -> Result<()> {
    let changed = diesel::update(
        route_petitions::table.find(petition.id).filter(route_petitions::version.eq(petition.version - 1)),
    )
    .set((
        route_petitions::state.eq(petition.state.as_str()),
        route_petitions::decided_by.eq(petition.decided_by),
        route_petitions::decided_on.eq(petition.decided_on),
        route_petitions::decision_note.eq(&petition.decision_note),
        route_petitions::version.eq(petition.version),
        route_petitions::updated_at.eq(ctx.now),
    ))
    .execute(&mut &*ctx.conn)
    .await?;
    if changed == 1 { Ok(()) } else { Err(Error::internal("a petition was saved without its route")) }
}
