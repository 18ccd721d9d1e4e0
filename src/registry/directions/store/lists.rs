//! Queries on lists of priority directions.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::figures::insert_figures;
use crate::authz::{Permit, RegionScope};
use crate::db::schema::direction_lists::{self, table};
use crate::db::schema::{direction_findings, priority_directions};
use crate::db::{Conn, Ctx};
use crate::error::{Error, Result};
use crate::ids::new_id;
use crate::registry::directions::model::{Approval, DirectionData, DirectionFigures, DirectionList};
use crate::registry::directions::vocabulary::DirectionListState;

#[derive(Queryable, Selectable)]
#[diesel(table_name = direction_lists)]
struct ListRow {
    id: Uuid,
    region_id: Uuid,
    organization_id: Uuid,
    year: i32,
    note: Option<String>,
    state: String,
    act_number: Option<String>,
    act_date: Option<NaiveDate>,
    approved_on: Option<NaiveDate>,
    version: i64,
}

impl TryFrom<ListRow> for DirectionList {
    type Error = Error;

    fn try_from(row: ListRow) -> Result<Self> {
        Ok(Self {
            id: row.id,
            region_id: row.region_id,
            organization_id: row.organization_id,
            year: row.year,
            note: row.note,
            state: DirectionListState::parse(&row.state)
                .ok_or_else(|| Error::internal("unknown state in the database"))?,
            approval: Approval { act_number: row.act_number, act_date: row.act_date },
            approved_on: row.approved_on,
            version: row.version,
        })
    }
}

pub(in super::super) async fn find(conn: &Conn, id: Uuid) -> Result<Option<DirectionList>> {
    let row = table.find(id).select(ListRow::as_select()).first(&mut &*conn).await.optional()?;
    row.map(DirectionList::try_from).transpose()
}

pub(in super::super) async fn lock(conn: &Conn, id: Uuid) -> Result<Option<DirectionList>> {
    let row = table.find(id).select(ListRow::as_select()).for_update().first(&mut &*conn).await.optional()?;
    row.map(DirectionList::try_from).transpose()
}

/// Whether the region has an approved list of that year.
pub(in super::super) async fn has_approved(conn: &Conn, region_id: Uuid, year: i32) -> Result<bool> {
    let approved = table
        .filter(direction_lists::region_id.eq(region_id))
        .filter(direction_lists::year.eq(year))
        .filter(direction_lists::state.eq(DirectionListState::Approved.as_str()));
    Ok(diesel::select(diesel::dsl::exists(approved)).get_result(&mut &*conn).await?)
}

/// One page of the lists of a region in one of these states.
pub(in super::super) async fn list(
    conn: &Conn,
    region: RegionScope,
    states: &[DirectionListState],
    year: Option<i32>,
    fetch: i64,
    after: Option<(i32, Uuid)>,
) -> Result<Vec<DirectionList>> {
    let states: Vec<&str> = states.iter().map(|state| state.as_str()).collect();
    let mut query = table
        .select(ListRow::as_select())
        .filter(direction_lists::region_id.eq(region.region_id()))
        .filter(direction_lists::state.eq_any(states))
        .order((direction_lists::year.desc(), direction_lists::id.desc()))
        .limit(fetch)
        .into_boxed();
    if let Some(year) = year {
        query = query.filter(direction_lists::year.eq(year));
    }
    if let Some((year, id)) = after {
        let same = direction_lists::year.eq(year).and(direction_lists::id.lt(id));
        query = query.filter(direction_lists::year.lt(year).or(same));
    }
    let rows: Vec<ListRow> = query.load(&mut &*conn).await?;
    rows.into_iter().map(DirectionList::try_from).collect()
}

pub(in super::super) async fn insert(
    ctx: &Ctx<'_>,
    permit: &Permit,
    list: &DirectionList,
    directions: &[DirectionData],
    figures: &[DirectionFigures],
) -> Result<()> {
    diesel::insert_into(table)
        .values((
            direction_lists::id.eq(list.id),
            direction_lists::region_id.eq(list.region_id),
            direction_lists::organization_id.eq(list.organization_id),
            direction_lists::year.eq(list.year),
            direction_lists::note.eq(&list.note),
            direction_lists::state.eq(list.state.as_str()),
            direction_lists::created_at.eq(ctx.now),
            direction_lists::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    insert_directions(ctx, permit, list, directions, figures).await
}

/// Writes a proposed list anew; nothing refers to directions that are only proposed.
pub(in super::super) async fn replace(
    ctx: &Ctx<'_>,
    permit: &Permit,
    list: &DirectionList,
    directions: &[DirectionData],
    figures: &[DirectionFigures],
) -> Result<()> {
    diesel::update(table.find(list.id))
        .set((
            direction_lists::note.eq(&list.note),
            direction_lists::version.eq(list.version),
            direction_lists::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    diesel::delete(priority_directions::table.filter(priority_directions::list_id.eq(list.id)))
        .execute(&mut &*ctx.conn)
        .await?;
    insert_directions(ctx, permit, list, directions, figures).await
}

async fn insert_directions(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    list: &DirectionList,
    directions: &[DirectionData],
    figures: &[DirectionFigures],
) -> Result<()> {
    let ids: Vec<Uuid> = directions.iter().map(|_| new_id()).collect();
    let rows: Vec<_> = directions
        .iter()
        .zip(&ids)
        .zip(1_i32..)
        .map(|((direction, id), position)| {
            (
                priority_directions::id.eq(*id),
                priority_directions::region_id.eq(list.region_id),
                priority_directions::list_id.eq(list.id),
                priority_directions::position.eq(position),
                priority_directions::title.eq(&direction.title),
                priority_directions::ground.eq(&direction.ground),
            )
        })
        .collect();
    diesel::insert_into(priority_directions::table).values(rows).execute(&mut &*ctx.conn).await?;
    let links: Vec<_> = directions
        .iter()
        .zip(&ids)
        .flat_map(|(direction, id)| {
            direction.finding_ids.iter().map(|finding| {
                (direction_findings::direction_id.eq(*id), direction_findings::finding_id.eq(*finding))
            })
        })
        .collect();
    diesel::insert_into(direction_findings::table)
        .values(links)
        .on_conflict_do_nothing()
        .execute(&mut &*ctx.conn)
        .await?;
    let made: Vec<(Uuid, &DirectionData)> = ids.iter().copied().zip(directions).collect();
    insert_figures(ctx, &made, figures).await
}

pub(in super::super) async fn approve(ctx: &Ctx<'_>, _permit: &Permit, list: &DirectionList) -> Result<()> {
    diesel::update(table.find(list.id))
        .set((
            direction_lists::state.eq(list.state.as_str()),
            direction_lists::act_number.eq(&list.approval.act_number),
            direction_lists::act_date.eq(list.approval.act_date),
            direction_lists::approved_on.eq(list.approved_on),
            direction_lists::approved_by.eq(ctx.actor.account_id),
            direction_lists::version.eq(list.version),
            direction_lists::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}
