//! Queries on directions, and on which programs serve them.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use futures_util::TryFutureExt;
use uuid::Uuid;

use super::figures::figures_of;
use crate::authz::{Permit, RegionScope};
use crate::db::schema::{
    direction_findings, direction_lists, direction_programs, priority_directions, programs,
};
use crate::db::{Conn, Ctx};
use crate::error::{Error, Result};
use crate::registry::directions::model::{Direction, DirectionData, LooseProgram};
use crate::registry::directions::vocabulary::DirectionListState;

type Row = (Uuid, Uuid, Uuid, i32, String, Option<String>, i64, i32, String);

/// Where directions are looked for.
#[derive(Debug, Clone, Copy)]
pub enum Within {
    /// One direction.
    One(Uuid),
    /// The directions of one list, whatever its state.
    List(Uuid),
    /// The approved directions of a region.
    Region(RegionScope),
}

/// Which directions a list holds.
#[derive(Debug, Clone, Copy, Default)]
pub struct DirectionFilter {
    /// Only of this year.
    pub year: Option<i32>,
    /// Only those that no program serves, or only the others.
    pub without_programs: Option<bool>,
    /// Only those that this program serves.
    pub program_id: Option<Uuid>,
}

/// Directions in the order of their lists, the newest list first, with their findings, programs and figures: four statements.
pub(in super::super) async fn directions(
    conn: &Conn,
    within: Within,
    filter: DirectionFilter,
    fetch: i64,
    after: Option<(Uuid, i32)>,
) -> Result<Vec<Direction>> {
    let mut query = priority_directions::table
        .inner_join(direction_lists::table)
        .select((
            priority_directions::id,
            priority_directions::region_id,
            priority_directions::list_id,
            priority_directions::position,
            priority_directions::title,
            priority_directions::ground,
            priority_directions::version,
            direction_lists::year,
            direction_lists::state,
        ))
        .order((priority_directions::list_id.desc(), priority_directions::position))
        .limit(fetch)
        .into_boxed();
    query = match within {
        Within::One(id) => query.filter(priority_directions::id.eq(id)),
        Within::List(id) => query.filter(priority_directions::list_id.eq(id)),
        Within::Region(region) => query
            .filter(priority_directions::region_id.eq(region.region_id()))
            .filter(direction_lists::state.eq(DirectionListState::Approved.as_str())),
    };
    if let Some(year) = filter.year {
        query = query.filter(direction_lists::year.eq(year));
    }
    let served = || direction_programs::table.select(direction_programs::direction_id);
    match filter.without_programs {
        Some(true) => query = query.filter(diesel::dsl::not(priority_directions::id.eq_any(served()))),
        Some(false) => query = query.filter(priority_directions::id.eq_any(served())),
        None => {}
    }
    if let Some(id) = filter.program_id {
        let by = served().filter(direction_programs::program_id.eq(id));
        query = query.filter(priority_directions::id.eq_any(by));
    }
    if let Some((list_id, position)) = after {
        let same = priority_directions::list_id.eq(list_id).and(priority_directions::position.gt(position));
        query = query.filter(priority_directions::list_id.lt(list_id).or(same));
    }
    let rows: Vec<Row> = query.load(&mut &*conn).await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.0).collect();
    let (mut first, mut second) = (conn, conn);
    let (findings, served_by, mut figures) = tokio::try_join!(
        direction_findings::table
            .filter(direction_findings::direction_id.eq_any(&ids))
            .order((direction_findings::direction_id, direction_findings::finding_id))
            .select((direction_findings::direction_id, direction_findings::finding_id))
            .load::<(Uuid, Uuid)>(&mut first)
            .map_err(Error::from),
        direction_programs::table
            .filter(direction_programs::direction_id.eq_any(&ids))
            .order((direction_programs::direction_id, direction_programs::program_id))
            .select((direction_programs::direction_id, direction_programs::program_id))
            .load::<(Uuid, Uuid)>(&mut second)
            .map_err(Error::from),
        figures_of(conn, &ids),
    )?;
    let (mut findings, mut served_by) = (by_direction(findings), by_direction(served_by));
    rows.into_iter()
        .map(|(id, region_id, list_id, position, title, ground, version, year, state)| {
            Ok(Direction {
                id,
                region_id,
                list_id,
                year,
                list_state: DirectionListState::parse(&state)
                    .ok_or_else(|| Error::internal("unknown state in the database"))?,
                position,
                data: DirectionData {
                    title,
                    ground,
                    finding_ids: findings.remove(&id).unwrap_or_default(),
                    competency_ids: figures
                        .get(&id)
                        .map(|of| of.iter().map(|one| one.competency_id).collect())
                        .unwrap_or_default(),
                },
                figures: figures.remove(&id).unwrap_or_default(),
                program_ids: served_by.remove(&id).unwrap_or_default(),
                version,
            })
        })
        .collect()
}

fn by_direction(pairs: Vec<(Uuid, Uuid)>) -> HashMap<Uuid, Vec<Uuid>> {
    let mut found: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    for (direction_id, other) in pairs {
        found.entry(direction_id).or_default().push(other);
    }
    found
}

pub(in super::super) async fn find_direction(conn: &Conn, id: Uuid) -> Result<Option<Direction>> {
    let found = directions(conn, Within::One(id), DirectionFilter::default(), 1, None).await?;
    Ok(found.into_iter().next())
}

pub(in super::super) async fn lock_direction(conn: &Conn, id: Uuid) -> Result<Option<Direction>> {
    let locked = priority_directions::table
        .find(id)
        .select(priority_directions::id)
        .for_update()
        .first::<Uuid>(&mut &*conn)
        .await
        .optional()?;
    match locked {
        Some(id) => find_direction(conn, id).await,
        None => Ok(None),
    }
}

/// Writes which programs serve the direction; the caller holds its lock.
pub(in super::super) async fn set_programs(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    direction: &Direction,
) -> Result<()> {
    diesel::delete(
        direction_programs::table
            .filter(direction_programs::direction_id.eq(direction.id))
            .filter(diesel::dsl::not(direction_programs::program_id.eq_any(&direction.program_ids))),
    )
    .execute(&mut &*ctx.conn)
    .await?;
    let rows: Vec<_> = direction
        .program_ids
        .iter()
        .map(|id| (direction_programs::direction_id.eq(direction.id), direction_programs::program_id.eq(*id)))
        .collect();
    diesel::insert_into(direction_programs::table)
        .values(rows)
        .on_conflict_do_nothing()
        .execute(&mut &*ctx.conn)
        .await?;
    diesel::update(priority_directions::table.find(direction.id))
        .set(priority_directions::version.eq(direction.version))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Accepted programs of the region that serve no approved direction of that year, by title.
pub(in super::super) async fn loose_programs(
    conn: &Conn,
    region: RegionScope,
    year: i32,
    fetch: i64,
    after: Option<(String, Uuid)>,
) -> Result<Vec<LooseProgram>> {
    let serving = direction_programs::table
        .inner_join(priority_directions::table.inner_join(direction_lists::table))
        .filter(direction_lists::region_id.eq(region.region_id()))
        .filter(direction_lists::year.eq(year))
        .filter(direction_lists::state.eq(DirectionListState::Approved.as_str()))
        .select(direction_programs::program_id);
    let mut query = programs::table
        .filter(programs::region_id.eq(region.region_id()))
        .filter(programs::state.eq("accepted"))
        .filter(diesel::dsl::not(programs::id.eq_any(serving)))
        .select((programs::id, programs::title, programs::provider_id))
        .order((programs::title, programs::id))
        .limit(fetch)
        .into_boxed();
    if let Some((title, id)) = after {
        let same = programs::title.eq(title.clone()).and(programs::id.gt(id));
        query = query.filter(programs::title.gt(title).or(same));
    }
    let rows: Vec<(Uuid, String, Uuid)> = query.load(&mut &*conn).await?;
    Ok(rows.into_iter().map(|(id, title, provider_id)| LooseProgram { id, title, provider_id }).collect())
}
