//! Queries on sheets of criteria.

use std::collections::HashMap;

use diesel::dsl::exists;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{Criterion, ReviewKind, ReviewSheet, SheetData};
use crate::authz::Permit;
use crate::db::schema::{program_reviews, review_criteria, review_sheets};
use crate::db::{Conn, Ctx};
use crate::error::{Error, Result};

type SheetRow = (Uuid, Uuid, String, String, i32, bool, i64);
type CriterionRow = (Uuid, Uuid, String, i32, Option<i32>);

const COLUMNS: (
    review_sheets::id,
    review_sheets::region_id,
    review_sheets::kind,
    review_sheets::title,
    review_sheets::pass_score,
    review_sheets::retired,
    review_sheets::version,
) = (
    review_sheets::id,
    review_sheets::region_id,
    review_sheets::kind,
    review_sheets::title,
    review_sheets::pass_score,
    review_sheets::retired,
    review_sheets::version,
);

fn sheet(row: SheetRow, criteria: Vec<Criterion>) -> Result<ReviewSheet> {
    let (id, region_id, kind, title, pass_score, retired, version) = row;
    let kind = ReviewKind::parse(&kind).ok_or_else(|| Error::internal("unknown kind"))?;
    Ok(ReviewSheet { id, region_id, data: SheetData { kind, title, pass_score, retired, criteria }, version })
}

/// The sheets with their criteria, in the order given.
async fn with_criteria(conn: &Conn, rows: Vec<SheetRow>) -> Result<Vec<ReviewSheet>> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.0).collect();
    let found: Vec<CriterionRow> = review_criteria::table
        .filter(review_criteria::sheet_id.eq_any(ids))
        .order((review_criteria::sheet_id, review_criteria::position))
        .select((
            review_criteria::sheet_id,
            review_criteria::id,
            review_criteria::title,
            review_criteria::max_score,
            review_criteria::remark_below,
        ))
        .load(&mut &*conn)
        .await?;
    let mut by_sheet: HashMap<Uuid, Vec<Criterion>> = HashMap::new();
    for (sheet_id, id, title, max_score, remark_below) in found {
        by_sheet.entry(sheet_id).or_default().push(Criterion { id, title, max_score, remark_below });
    }
    rows.into_iter()
        .map(|row| (by_sheet.remove(&row.0).unwrap_or_default(), row))
        .map(|(criteria, row)| sheet(row, criteria))
        .collect()
}

pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<Option<ReviewSheet>> {
    let row =
        review_sheets::table.find(id).select(COLUMNS).first::<SheetRow>(&mut &*conn).await.optional()?;
    match row {
        Some(row) => Ok(with_criteria(conn, vec![row]).await?.into_iter().next()),
        None => Ok(None),
    }
}

pub(super) async fn lock(conn: &Conn, id: Uuid) -> Result<ReviewSheet> {
    review_sheets::table.find(id).select(review_sheets::id).for_update().first::<Uuid>(&mut &*conn).await?;
    find(conn, id).await?.ok_or(Error::not_found())
}

pub(super) async fn list(
    conn: &Conn,
    region_id: Uuid,
    retired: Option<bool>,
    fetch: i64,
    after: Option<(String, Uuid)>,
) -> Result<Vec<ReviewSheet>> {
    let mut query = review_sheets::table
        .filter(review_sheets::region_id.eq(region_id))
        .order((review_sheets::title, review_sheets::id))
        .limit(fetch)
        .select(COLUMNS)
        .into_boxed();
    if let Some(retired) = retired {
        query = query.filter(review_sheets::retired.eq(retired));
    }
    if let Some((title, id)) = after {
        query = query.filter(
            review_sheets::title
                .gt(title.clone())
                .or(review_sheets::title.eq(title).and(review_sheets::id.gt(id))),
        );
    }
    with_criteria(conn, query.load::<SheetRow>(&mut &*conn).await?).await
}

/// Whether a review was ever made by the sheet.
pub(super) async fn is_used(conn: &Conn, id: Uuid) -> Result<bool> {
    let used = exists(program_reviews::table.filter(program_reviews::sheet_id.eq(id)));
    Ok(diesel::select(used).get_result(&mut &*conn).await?)
}

pub(super) async fn insert(ctx: &Ctx<'_>, permit: &Permit, sheet: &ReviewSheet) -> Result<()> {
    diesel::insert_into(review_sheets::table)
        .values((
            review_sheets::id.eq(sheet.id),
            review_sheets::region_id.eq(sheet.region_id),
            review_sheets::kind.eq(sheet.data.kind.as_str()),
            review_sheets::title.eq(&sheet.data.title),
            review_sheets::pass_score.eq(sheet.data.pass_score),
            review_sheets::retired.eq(sheet.data.retired),
            review_sheets::created_at.eq(ctx.now),
            review_sheets::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    insert_criteria(ctx, permit, sheet).await
}

async fn insert_criteria(ctx: &Ctx<'_>, _permit: &Permit, sheet: &ReviewSheet) -> Result<()> {
    let rows: Vec<_> = (1..)
        .zip(&sheet.data.criteria)
        .map(|(position, criterion): (i32, &Criterion)| {
            (
                review_criteria::id.eq(criterion.id),
                review_criteria::sheet_id.eq(sheet.id),
                review_criteria::position.eq(position),
                review_criteria::title.eq(&criterion.title),
                review_criteria::max_score.eq(criterion.max_score),
                review_criteria::remark_below.eq(criterion.remark_below),
            )
        })
        .collect();
    diesel::insert_into(review_criteria::table).values(rows).execute(&mut &*ctx.conn).await?;
    Ok(())
}

/// The sheet as it is now; its criteria too when they are new.
pub(super) async fn update(
    ctx: &Ctx<'_>,
    permit: &Permit,
    sheet: &ReviewSheet,
    criteria_are_new: bool,
) -> Result<()> {
    diesel::update(review_sheets::table.find(sheet.id))
        .set((
            review_sheets::kind.eq(sheet.data.kind.as_str()),
            review_sheets::title.eq(&sheet.data.title),
            review_sheets::pass_score.eq(sheet.data.pass_score),
            review_sheets::retired.eq(sheet.data.retired),
            review_sheets::version.eq(sheet.version),
            review_sheets::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    if criteria_are_new {
        diesel::delete(review_criteria::table.filter(review_criteria::sheet_id.eq(sheet.id)))
            .execute(&mut &*ctx.conn)
            .await?;
        insert_criteria(ctx, permit, sheet).await?;
    }
    Ok(())
}
