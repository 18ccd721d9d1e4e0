//! Queries on offerings.

pub(super) mod references;
mod rows;
mod search;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{Offering, OfferingContent, TrainingStage};
use crate::authz::Permit;
use crate::db::schema::{offering_partners, offering_stages, offerings};
use crate::db::{Conn, Ctx};
use crate::error::Result;
use crate::training::vocabulary::OfferingState;
use rows::{OfferingRow, StageRow};
pub(super) use search::{Sight, list};

pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<Offering> {
    let row: OfferingRow =
        offerings::table.find(id).select(OfferingRow::as_select()).first(&mut &*conn).await?;
    row.offering()
}

/// The offering, held until the end of the transaction: whoever changes it or takes its seats comes by here.
pub(super) async fn lock(conn: &Conn, id: Uuid) -> Result<Offering> {
    let query = offerings::table.find(id).select(OfferingRow::as_select()).for_no_key_update();
    query.first::<OfferingRow>(&mut &*conn).await?.offering()
}

/// Those of the offerings that exist.
pub(super) async fn many(conn: &Conn, ids: &[Uuid]) -> Result<Vec<Offering>> {
    let rows: Vec<OfferingRow> = offerings::table
        .filter(offerings::id.eq_any(ids))
        .select(OfferingRow::as_select())
        .load(&mut &*conn)
        .await?;
    rows.into_iter().map(OfferingRow::offering).collect()
}

/// Those of the offerings of a region that are open or running.
pub(super) async fn announced(conn: &Conn, region_id: Uuid, ids: &[Uuid]) -> Result<Vec<Uuid>> {
    let announced = [OfferingState::Open.as_str(), OfferingState::Running.as_str()];
    Ok(offerings::table
        .filter(offerings::id.eq_any(ids))
        .filter(offerings::region_id.eq(region_id))
        .filter(offerings::state.eq_any(announced))
        .select(offerings::id)
        .load(&mut &*conn)
        .await?)
}

/// The offerings of an organiser by their title, and by their first day if it is said; two at most.
pub(super) async fn named(
    conn: &Conn,
    organization_id: Uuid,
    title: &str,
    starts_on: Option<NaiveDate>,
) -> Result<Vec<Uuid>> {
    let mut query = offerings::table
        .filter(offerings::organization_id.eq(organization_id))
        .filter(offerings::title.eq(title))
        .select(offerings::id)
        .order(offerings::id)
        .limit(2)
        .into_boxed();
    if let Some(day) = starts_on {
        query = query.filter(offerings::starts_on.eq(day));
    }
    Ok(query.load(&mut &*conn).await?)
}

/// Partners and stages, in two statements that travel together.
pub(super) async fn parts(conn: &Conn, id: Uuid) -> Result<(Vec<Uuid>, Vec<TrainingStage>)> {
    let (mut first, mut second) = (conn, conn);
    let (partners, stages) = tokio::try_join!(
        offering_partners::table
            .filter(offering_partners::offering_id.eq(id))
            .order(offering_partners::organization_id)
            .select(offering_partners::organization_id)
            .load::<Uuid>(&mut first),
        offering_stages::table
            .filter(offering_stages::offering_id.eq(id))
            .order(offering_stages::position)
            .select(StageRow::as_select())
            .load::<StageRow>(&mut second),
    )?;
    let stages = stages.into_iter().map(StageRow::stage).collect::<Result<_>>()?;
    Ok((partners, stages))
}

pub(super) async fn insert(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    offering: &Offering,
    content: &OfferingContent,
) -> Result<()> {
    diesel::insert_into(offerings::table)
        .values(OfferingRow::new(offering, ctx.now))
        .execute(&mut &*ctx.conn)
        .await?;
    insert_parts(ctx, offering.id, content).await
}

/// Everything said of it anew, partners and stages included.
pub(super) async fn replace(
    ctx: &Ctx<'_>,
    permit: &Permit,
    offering: &Offering,
    content: &OfferingContent,
) -> Result<()> {
    save(ctx, permit, offering).await?;
    let partners = offering_partners::table.filter(offering_partners::offering_id.eq(offering.id));
    diesel::delete(partners).execute(&mut &*ctx.conn).await?;
    let stages = offering_stages::table.filter(offering_stages::offering_id.eq(offering.id));
    diesel::delete(stages).execute(&mut &*ctx.conn).await?;
    insert_parts(ctx, offering.id, content).await
}

/// The row alone.
pub(super) async fn save(ctx: &Ctx<'_>, _permit: &Permit, offering: &Offering) -> Result<()> {
    diesel::update(offerings::table.find(offering.id))
        .set(OfferingRow::new(offering, ctx.now))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

async fn insert_parts(ctx: &Ctx<'_>, offering_id: Uuid, content: &OfferingContent) -> Result<()> {
    let partners: Vec<_> = content
        .partner_ids
        .iter()
        .map(|id| {
            (offering_partners::offering_id.eq(offering_id), offering_partners::organization_id.eq(*id))
        })
        .collect();
    if !partners.is_empty() {
        diesel::insert_into(offering_partners::table).values(partners).execute(&mut &*ctx.conn).await?;
    }
    let stages: Vec<_> = (1..)
        .zip(&content.stages)
        .map(|(position, stage)| StageRow::new(offering_id, position, stage))
        .collect();
    if !stages.is_empty() {
        diesel::insert_into(offering_stages::table).values(stages).execute(&mut &*ctx.conn).await?;
    }
    Ok(())
}
