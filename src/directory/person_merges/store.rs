//! Queries on merges.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{PersonMerge, Undone};
use crate::authz::Permit;
use crate::db::schema::person_merges::{self, table};
use crate::db::schema::{accounts, persons};
use crate::db::{Conn, Ctx, whole_person};
use crate::error::{Error, Result};

#[derive(Queryable, Selectable)]
#[diesel(table_name = person_merges)]
struct MergeRow {
    id: Uuid,
    region_id: Uuid,
    kept_id: Uuid,
    merged_id: Uuid,
    reason: String,
    made_at: DateTime<Utc>,
    undone_at: Option<DateTime<Utc>>,
    undo_reason: Option<String>,
    version: i64,
}

impl From<MergeRow> for PersonMerge {
    fn from(row: MergeRow) -> Self {
        Self {
            id: row.id,
            region_id: row.region_id,
            kept_id: row.kept_id,
            merged_id: row.merged_id,
            reason: row.reason,
            made_at: row.made_at,
            undone: row.undone_at.zip(row.undo_reason).map(|(at, reason)| Undone { at, reason }),
            version: row.version,
        }
    }
}

pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<PersonMerge> {
    let row: MergeRow = table.find(id).select(MergeRow::as_select()).first(&mut &*conn).await?;
    Ok(row.into())
}

pub(super) async fn lock(conn: &Conn, id: Uuid) -> Result<PersonMerge> {
    let query = table.find(id).select(MergeRow::as_select()).for_no_key_update();
    let row: MergeRow = query.first(&mut &*conn).await?;
    Ok(row.into())
}

/// All merges of the cards of a person, undone ones too, the newest first.
pub(super) async fn of_person(conn: &Conn, person_id: Uuid) -> Result<Vec<PersonMerge>> {
    let rows: Vec<MergeRow> = table
        .filter(
            whole_person("person_merges.kept_id", person_id)
                .or(whole_person("person_merges.merged_id", person_id)),
        )
        .order((person_merges::made_at.desc(), person_merges::id.desc()))
        .select(MergeRow::as_select())
        .load(&mut &*conn)
        .await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// Whether other cards are merged into that one.
pub(super) async fn is_kept(conn: &Conn, id: Uuid) -> Result<bool> {
    let merged = persons::table.filter(persons::merged_into_id.assume_not_null().eq(id)).select(persons::id);
    Ok(merged.first::<Uuid>(&mut &*conn).await.optional()?.is_some())
}

/// Holds both cards, in the order of their ids, so that two merges meet in one order.
pub(super) async fn hold(conn: &Conn, cards: [Uuid; 2]) -> Result<()> {
    let held: Vec<Uuid> = persons::table
        .filter(persons::id.eq_any(cards))
        .order(persons::id)
        .select(persons::id)
        .for_update()
        .load(&mut &*conn)
        .await?;
    drop(held);
    Ok(())
}

/// The accounts of both cards.
pub(super) async fn accounts_of(conn: &Conn, cards: [Uuid; 2]) -> Result<Vec<Uuid>> {
    let of_cards = accounts::table.filter(accounts::person_id.assume_not_null().eq_any(cards));
    Ok(of_cards.select(accounts::id).load(&mut &*conn).await?)
}

/// Writes the merge and the pointer.
pub(super) async fn insert(ctx: &Ctx<'_>, permit: &Permit, merge: &PersonMerge) -> Result<()> {
    diesel::insert_into(table)
        .values((
            person_merges::id.eq(merge.id),
            person_merges::region_id.eq(merge.region_id),
            person_merges::kept_id.eq(merge.kept_id),
            person_merges::merged_id.eq(merge.merged_id),
            person_merges::reason.eq(&merge.reason),
            person_merges::made_by.eq(ctx.actor.account_id),
            person_merges::made_as.eq(permit.role()?.as_str()),
            person_merges::made_at.eq(merge.made_at),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    point(ctx, merge.merged_id, Some(merge.kept_id)).await
}

/// Writes that the merge was undone, and takes the pointer away.
pub(super) async fn undo(ctx: &Ctx<'_>, _permit: &Permit, merge: &PersonMerge) -> Result<()> {
    let undone = merge.undone.as_ref().ok_or_else(|| Error::internal("a merge undone without a reason"))?;
    diesel::update(table.find(merge.id))
        .set((
            person_merges::undone_by.eq(ctx.actor.account_id),
            person_merges::undone_at.eq(undone.at),
            person_merges::undo_reason.eq(&undone.reason),
            person_merges::version.eq(merge.version),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    point(ctx, merge.merged_id, None).await
}

/// The pointer is part of what the card shows: its version grows with it.
async fn point(ctx: &Ctx<'_>, merged_id: Uuid, kept_id: Option<Uuid>) -> Result<()> {
    diesel::update(persons::table.find(merged_id))
        .set((
            persons::merged_into_id.eq(kept_id),
            persons::version.eq(persons::version + 1),
            persons::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}
