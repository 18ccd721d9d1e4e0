//! Queries on priority categories.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::Category;
use crate::authz::Permit;
use crate::db::schema::{persons, priority_categories, priority_category_deficits};
use crate::db::{Conn, Ctx};
use crate::error::Result;

#[derive(Queryable, Selectable)]
#[diesel(table_name = priority_categories)]
struct CategoryRow {
    id: Uuid,
    region_id: Uuid,
    municipality_id: Option<Uuid>,
    organization_id: Uuid,
    person_id: Uuid,
    code: String,
    since: NaiveDate,
    until: Option<NaiveDate>,
    note: Option<String>,
    version: i64,
}

impl CategoryRow {
    fn with(self, deficits: &[(Uuid, Uuid)]) -> Category {
        let own = deficits.iter().filter(|(category_id, _)| *category_id == self.id);
        Category {
            deficit_ids: own.map(|(_, deficit_id)| *deficit_id).collect(),
            id: self.id,
            region_id: self.region_id,
            municipality_id: self.municipality_id,
            organization_id: self.organization_id,
            person_id: self.person_id,
            code: self.code,
            since: self.since,
            until: self.until,
            note: self.note,
            version: self.version,
        }
    }
}

pub(super) async fn of_person(conn: &Conn, person_id: Uuid) -> Result<Vec<Category>> {
    let rows: Vec<CategoryRow> = priority_categories::table
        .filter(priority_categories::person_id.eq(person_id))
        .order((priority_categories::since.desc(), priority_categories::id.desc()))
        .select(CategoryRow::as_select())
        .load(&mut &*conn)
        .await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let deficits = deficits(conn, &ids).await?;
    Ok(rows.into_iter().map(|row| row.with(&deficits)).collect())
}

/// Who is in which category at that organization on that day.
pub(super) async fn holders_at(
    conn: &Conn,
    organization_id: Uuid,
    day: NaiveDate,
) -> Result<Vec<(Uuid, String)>> {
    let lasts = priority_categories::until.is_null().or(priority_categories::until.assume_not_null().ge(day));
    let found = priority_categories::table
        .inner_join(persons::table)
        .filter(priority_categories::organization_id.eq(organization_id))
        .filter(priority_categories::since.le(day))
        .filter(lasts)
        .order((persons::kept_id, priority_categories::code))
        .select((persons::kept_id, priority_categories::code))
        .load(&mut &*conn)
        .await?;
    Ok(found)
}

pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<Category> {
    let row = priority_categories::table.find(id).select(CategoryRow::as_select()).first(&mut &*conn).await?;
    Ok(row.with(&deficits(conn, &[id]).await?))
}

pub(super) async fn lock(conn: &Conn, id: Uuid) -> Result<Category> {
    let row = priority_categories::table
        .find(id)
        .select(CategoryRow::as_select())
        .for_update()
        .first(&mut &*conn)
        .await?;
    Ok(row.with(&deficits(conn, &[id]).await?))
}

async fn deficits(conn: &Conn, ids: &[Uuid]) -> Result<Vec<(Uuid, Uuid)>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let found = priority_category_deficits::table
        .filter(priority_category_deficits::category_id.eq_any(ids))
        .order((priority_category_deficits::category_id, priority_category_deficits::deficit_id))
        .load(&mut &*conn)
        .await?;
    Ok(found)
}

pub(super) async fn insert(ctx: &Ctx<'_>, _permit: &Permit, held: &Category) -> Result<()> {
    diesel::insert_into(priority_categories::table)
        .values((
            priority_categories::id.eq(held.id),
            priority_categories::region_id.eq(held.region_id),
            priority_categories::municipality_id.eq(held.municipality_id),
            priority_categories::organization_id.eq(held.organization_id),
            priority_categories::person_id.eq(held.person_id),
            priority_categories::code.eq(&held.code),
            priority_categories::since.eq(held.since),
            priority_categories::until.eq(held.until),
            priority_categories::note.eq(&held.note),
            priority_categories::recorded_by.eq(ctx.actor.account_id),
            priority_categories::created_at.eq(ctx.now),
            priority_categories::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    let links: Vec<_> = held
        .deficit_ids
        .iter()
        .map(|id| {
            (
                priority_category_deficits::category_id.eq(held.id),
                priority_category_deficits::deficit_id.eq(*id),
            )
        })
        .collect();
    if !links.is_empty() {
        diesel::insert_into(priority_category_deficits::table).values(links).execute(&mut &*ctx.conn).await?;
    }
    Ok(())
}

pub(super) async fn end(ctx: &Ctx<'_>, _permit: &Permit, held: &Category) -> Result<()> {
    diesel::update(priority_categories::table.find(held.id))
        .set((
            priority_categories::until.eq(held.until),
            priority_categories::version.eq(held.version),
            priority_categories::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}
