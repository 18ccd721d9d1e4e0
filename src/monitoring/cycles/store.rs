//! Queries on cycles.

mod figures;

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

pub(super) use self::figures::figures;
use super::model::{Cycle, Stage};
use crate::authz::{Permit, Role, Scope};
use crate::db::schema::monitoring_cycle_stages as stages;
use crate::db::schema::monitoring_cycles::{self, table};
use crate::db::{Conn, Ctx};
use crate::error::{Error, Result};
use crate::monitoring::held::held_filter;
use crate::monitoring::held::model::{HeldLevel, Holder, YearSpan};
use crate::regulations::profile::PeriodKind;

#[derive(Queryable, Selectable)]
#[diesel(table_name = monitoring_cycles)]
struct CycleRow {
    id: Uuid,
    region_id: Uuid,
    municipality_id: Option<Uuid>,
    organization_id: Uuid,
    regulation_id: Uuid,
    level: String,
    period: String,
    year: i32,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    version: i64,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = stages)]
struct StageRow {
    cycle_id: Uuid,
    position: i32,
    code: String,
    title_ru: String,
    title_en: String,
    participants: Vec<Option<String>>,
    opened_on: Option<NaiveDate>,
    closed_on: Option<NaiveDate>,
}

impl CycleRow {
    fn with(self, stages: Vec<Stage>) -> Result<Cycle> {
        let wrong = || Error::internal("unknown level or period of a cycle in the database");
        Ok(Cycle {
            id: self.id,
            holder: Holder {
                region_id: self.region_id,
                municipality_id: self.municipality_id,
                organization_id: self.organization_id,
                level: HeldLevel::parse(&self.level).ok_or_else(wrong)?,
            },
            regulation_id: self.regulation_id,
            span: YearSpan {
                period: PeriodKind::parse(&self.period).ok_or_else(wrong)?,
                year: self.year,
                starts_on: self.starts_on,
                ends_on: self.ends_on,
            },
            stages,
            version: self.version,
        })
    }
}

impl TryFrom<StageRow> for Stage {
    type Error = Error;

    fn try_from(row: StageRow) -> Result<Self> {
        let role = |name: String| {
            let known = Role::ALL.into_iter().find(|role| role.as_str() == name);
            known.ok_or_else(|| Error::internal("unknown role of a stage in the database"))
        };
        Ok(Self {
            position: row.position,
            code: row.code,
            title_ru: row.title_ru,
            title_en: row.title_en,
            participants: row.participants.into_iter().flatten().map(role).collect::<Result<_>>()?,
            opened_on: row.opened_on,
            closed_on: row.closed_on,
        })
    }
}

/// Which cycles a list holds.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter {
    /// Only those that begin in this calendar year.
    pub year: Option<i32>,
    /// Only of this organization.
    pub organization_id: Option<Uuid>,
}

/// One cycle; 404 when there is none.
pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<Cycle> {
    let row: CycleRow = table.find(id).select(CycleRow::as_select()).first(&mut &*conn).await?;
    one(conn, row).await
}

/// Holds a cycle until the end of the transaction, to change it.
pub(super) async fn lock(conn: &Conn, id: Uuid) -> Result<Cycle> {
    let query = table.find(id).select(CycleRow::as_select()).for_no_key_update();
    let row: CycleRow = query.first(&mut &*conn).await?;
    one(conn, row).await
}

/// Holds a cycle until the end of the transaction as it is, beside others who do.
pub(super) async fn hold(conn: &Conn, id: Uuid) -> Result<Cycle> {
    let query = table.find(id).select(CycleRow::as_select()).for_share();
    let row: CycleRow = query.first(&mut &*conn).await?;
    one(conn, row).await
}

async fn one(conn: &Conn, row: CycleRow) -> Result<Cycle> {
    with_stages(conn, vec![row]).await?.into_iter().next().ok_or(Error::not_found())
}

async fn with_stages(conn: &Conn, rows: Vec<CycleRow>) -> Result<Vec<Cycle>> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let found: Vec<StageRow> = stages::table
        .filter(stages::cycle_id.eq_any(&ids))
        .order((stages::cycle_id, stages::position))
        .select(StageRow::as_select())
        .load(&mut &*conn)
        .await?;
    let mut by_cycle: HashMap<Uuid, Vec<Stage>> = HashMap::new();
    for row in found {
        by_cycle.entry(row.cycle_id).or_default().push(row.try_into()?);
    }
    rows.into_iter()
        .map(|row| {
            let stages = by_cycle.remove(&row.id).unwrap_or_default();
            row.with(stages)
        })
        .collect()
}

/// One page, the newest first.
pub(super) async fn list(
    conn: &Conn,
    scope: &Scope,
    filter: Filter,
    fetch: i64,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<Cycle>> {
    let mut query = table
        .select(CycleRow::as_select())
        .filter(held_filter!(monitoring_cycles, scope))
        .order((monitoring_cycles::starts_on.desc(), monitoring_cycles::id.desc()))
        .limit(fetch)
        .into_boxed();
    if let Some(year) = filter.year {
        query = query.filter(monitoring_cycles::year.eq(year));
    }
    if let Some(id) = filter.organization_id {
        query = query.filter(monitoring_cycles::organization_id.eq(id));
    }
    if let Some((day, id)) = after {
        let same = monitoring_cycles::starts_on.eq(day).and(monitoring_cycles::id.lt(id));
        query = query.filter(monitoring_cycles::starts_on.lt(day).or(same));
    }
    let rows: Vec<CycleRow> = query.load(&mut &*conn).await?;
    with_stages(conn, rows).await
}

/// Adds a cycle with its stages.
pub(super) async fn insert(ctx: &Ctx<'_>, _permit: &Permit, cycle: &Cycle) -> Result<()> {
    let (holder, span) = (&cycle.holder, &cycle.span);
    diesel::insert_into(table)
        .values((
            monitoring_cycles::id.eq(cycle.id),
            monitoring_cycles::region_id.eq(holder.region_id),
            monitoring_cycles::organization_id.eq(holder.organization_id),
            monitoring_cycles::regulation_id.eq(cycle.regulation_id),
            monitoring_cycles::level.eq(holder.level.as_str()),
            monitoring_cycles::period.eq(span.period.as_str()),
            monitoring_cycles::year.eq(span.year),
            monitoring_cycles::starts_on.eq(span.starts_on),
            monitoring_cycles::ends_on.eq(span.ends_on),
            monitoring_cycles::version.eq(cycle.version),
            monitoring_cycles::created_at.eq(ctx.now),
            monitoring_cycles::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    let row = |stage: &Stage| {
        let participants: Vec<Option<String>> =
            stage.participants.iter().map(|role| Some(role.as_str().to_owned())).collect();
        (
            stages::cycle_id.eq(cycle.id),
            stages::position.eq(stage.position),
            stages::region_id.eq(holder.region_id),
            stages::code.eq(stage.code.clone()),
            stages::title_ru.eq(stage.title_ru.clone()),
            stages::title_en.eq(stage.title_en.clone()),
            stages::participants.eq(participants),
        )
    };
    let rows: Vec<_> = cycle.stages.iter().map(row).collect();
    diesel::insert_into(stages::table).values(rows).execute(&mut &*ctx.conn).await?;
    Ok(())
}

/// Writes how the stage at that place stands now, and the next version of the cycle.
pub(super) async fn save(ctx: &Ctx<'_>, _permit: &Permit, cycle: &Cycle, position: i32) -> Result<()> {
    diesel::update(table.find(cycle.id))
        .set((monitoring_cycles::version.eq(cycle.version), monitoring_cycles::updated_at.eq(ctx.now)))
        .execute(&mut &*ctx.conn)
        .await?;
    if let Some(stage) = cycle.stage(position) {
        diesel::update(stages::table.find((cycle.id, position)))
            .set((stages::opened_on.eq(stage.opened_on), stages::closed_on.eq(stage.closed_on)))
            .execute(&mut &*ctx.conn)
            .await?;
    }
    Ok(())
}
