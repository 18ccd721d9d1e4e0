//! Queries on administrative acts.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{Act, ActData, ActKind, Filter};
use crate::authz::{Permit, Scope};
use crate::db::schema::{administrative_act_routes, administrative_acts, routes};
use crate::db::{Conn, Ctx, unit_filter};
use crate::error::{Error, Result};

#[derive(Queryable, Selectable)]
#[diesel(table_name = administrative_acts)]
struct ActRow {
    id: Uuid,
    region_id: Uuid,
    municipality_id: Option<Uuid>,
    organization_id: Uuid,
    kind: String,
    number: String,
    dated_on: NaiveDate,
    title: String,
    version: i64,
}

impl ActRow {
    fn with(self, routes: &[(Uuid, Uuid)]) -> Result<Act> {
        let own = routes.iter().filter(|(act_id, _)| *act_id == self.id);
        let data = ActData {
            kind: ActKind::parse(&self.kind)
                .ok_or_else(|| Error::internal("unknown kind of act in the database"))?,
            number: self.number,
            dated_on: self.dated_on,
            title: self.title,
            route_ids: own.map(|(_, route_id)| *route_id).collect(),
        };
        Ok(Act {
            id: self.id,
            region_id: self.region_id,
            municipality_id: self.municipality_id,
            organization_id: self.organization_id,
            data,
            version: self.version,
        })
    }
}

/// The acts with the routes they name: one statement more, however many they are.
async fn whole(conn: &Conn, rows: Vec<ActRow>) -> Result<Vec<Act>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let routes: Vec<(Uuid, Uuid)> = administrative_act_routes::table
        .filter(administrative_act_routes::act_id.eq_any(ids))
        .order((administrative_act_routes::act_id, administrative_act_routes::route_id))
        .load(&mut &*conn)
        .await?;
    rows.into_iter().map(|row| row.with(&routes)).collect()
}

pub(super) async fn many(conn: &Conn, ids: &[Uuid]) -> Result<Vec<Act>> {
    let rows: Vec<ActRow> = administrative_acts::table
        .filter(administrative_acts::id.eq_any(ids))
        .select(ActRow::as_select())
        .load(&mut &*conn)
        .await?;
    whole(conn, rows).await
}

pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<Act> {
    many(conn, &[id]).await?.pop().ok_or(Error::not_found())
}

pub(super) async fn list(
    conn: &Conn,
    scope: &Scope,
    filter: Filter,
    fetch: i64,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<Act>> {
    let mut query = administrative_acts::table
        .filter(unit_filter!(administrative_acts, scope))
        .order((administrative_acts::dated_on.desc(), administrative_acts::id.desc()))
        .select(ActRow::as_select())
        .limit(fetch)
        .into_boxed();
    if let Some(id) = filter.organization_id {
        query = query.filter(administrative_acts::organization_id.eq(id));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(administrative_acts::kind.eq(kind.as_str()));
    }
    if let Some((day, id)) = after {
        let same = administrative_acts::dated_on.eq(day).and(administrative_acts::id.lt(id));
        query = query.filter(administrative_acts::dated_on.lt(day).or(same));
    }
    let rows = query.load(&mut &*conn).await?;
    whole(conn, rows).await
}

/// The act of the organization of that number and date, if there is one.
pub(super) async fn same(conn: &Conn, organization_id: Uuid, data: &ActData) -> Result<Option<Uuid>> {
    Ok(administrative_acts::table
        .filter(administrative_acts::organization_id.eq(organization_id))
        .filter(administrative_acts::number.eq(&data.number))
        .filter(administrative_acts::dated_on.eq(data.dated_on))
        .select(administrative_acts::id)
        .first(&mut &*conn)
        .await
        .optional()?)
}

/// Those of the routes that are of the organization.
pub(super) async fn routes_of(conn: &Conn, organization_id: Uuid, ids: &[Uuid]) -> Result<Vec<Uuid>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let found = routes::table
        .filter(routes::id.eq_any(ids))
        .filter(routes::organization_id.eq(organization_id))
        .select(routes::id)
        .load(&mut &*conn)
        .await?;
    Ok(found)
}

pub(super) async fn insert(ctx: &Ctx<'_>, _permit: &Permit, act: &Act) -> Result<()> {
    let data = &act.data;
    diesel::insert_into(administrative_acts::table)
        .values((
            administrative_acts::id.eq(act.id),
            administrative_acts::region_id.eq(act.region_id),
            administrative_acts::municipality_id.eq(act.municipality_id),
            administrative_acts::organization_id.eq(act.organization_id),
            administrative_acts::kind.eq(data.kind.as_str()),
            administrative_acts::number.eq(&data.number),
            administrative_acts::dated_on.eq(data.dated_on),
            administrative_acts::title.eq(&data.title),
            administrative_acts::recorded_by.eq(ctx.actor.account_id),
            administrative_acts::created_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    let named: Vec<_> = data
        .route_ids
        .iter()
        .map(|id| (administrative_act_routes::act_id.eq(act.id), administrative_act_routes::route_id.eq(*id)))
        .collect();
    if !named.is_empty() {
        diesel::insert_into(administrative_act_routes::table).values(named).execute(&mut &*ctx.conn).await?;
    }
    Ok(())
}
