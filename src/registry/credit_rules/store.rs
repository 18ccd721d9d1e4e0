//! Queries on credit rules.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{CreditRule, Creditable};
use crate::authz::{Permit, RegionScope};
use crate::db::schema::credit_rules::{self, table};
use crate::db::schema::organizations;
use crate::db::{Conn, Ctx, DbHours};
use crate::error::Result;

#[derive(Queryable, Selectable)]
#[diesel(table_name = credit_rules)]
struct RuleRow {
    id: Uuid,
    region_id: Uuid,
    organization_id: Uuid,
    source_program_id: Uuid,
    source_module_id: Option<Uuid>,
    target_program_id: Uuid,
    target_module_id: Option<Uuid>,
    hours: DbHours,
    valid_from: NaiveDate,
    valid_until: Option<NaiveDate>,
    note: Option<String>,
    version: i64,
}

impl From<RuleRow> for CreditRule {
    fn from(row: RuleRow) -> Self {
        Self {
            id: row.id,
            region_id: row.region_id,
            organization_id: row.organization_id,
            source: Creditable { program_id: row.source_program_id, module_id: row.source_module_id },
            target: Creditable { program_id: row.target_program_id, module_id: row.target_module_id },
            hours: row.hours.into(),
            valid_from: row.valid_from,
            valid_until: row.valid_until,
            note: row.note,
            version: row.version,
        }
    }
}

/// Which rules a list holds.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter {
    /// Only of this organization.
    pub organization_id: Option<Uuid>,
    /// Only with this source.
    pub source_program_id: Option<Uuid>,
    /// Only with this target.
    pub target_program_id: Option<Uuid>,
    /// Only valid on this day.
    pub on: Option<NaiveDate>,
}

pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<Option<CreditRule>> {
    let row = table.find(id).select(RuleRow::as_select()).first(&mut &*conn).await.optional()?;
    Ok(row.map(Into::into))
}

pub(super) async fn lock(conn: &Conn, id: Uuid) -> Result<Option<CreditRule>> {
    let row = table.find(id).select(RuleRow::as_select()).for_update().first(&mut &*conn).await.optional()?;
    Ok(row.map(Into::into))
}

pub(super) async fn list(
    conn: &Conn,
    region: RegionScope,
    filter: Filter,
    fetch: i64,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<CreditRule>> {
    let mut query = table
        .select(RuleRow::as_select())
        .filter(credit_rules::region_id.eq(region.region_id()))
        .order((credit_rules::valid_from.desc(), credit_rules::id.desc()))
        .limit(fetch)
        .into_boxed();
    if let Some(id) = filter.organization_id {
        query = query.filter(credit_rules::organization_id.eq(id));
    }
    if let Some(id) = filter.source_program_id {
        query = query.filter(credit_rules::source_program_id.eq(id));
    }
    if let Some(id) = filter.target_program_id {
        query = query.filter(credit_rules::target_program_id.eq(id));
    }
    if let Some(day) = filter.on {
        let lasts =
            credit_rules::valid_until.is_null().or(credit_rules::valid_until.assume_not_null().ge(day));
        query = query.filter(credit_rules::valid_from.le(day).and(lasts));
    }
    if let Some((day, id)) = after {
        let same = credit_rules::valid_from.eq(day).and(credit_rules::id.lt(id));
        query = query.filter(credit_rules::valid_from.lt(day).or(same));
    }
    let rows: Vec<RuleRow> = query.load(&mut &*conn).await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// Holds the owner of rules until the end of the transaction: his rules are set one after the other.
pub(super) async fn hold_owner(conn: &Conn, organization_id: Uuid) -> Result<()> {
    let owner = organizations::table.find(organization_id).select(organizations::id).for_no_key_update();
    owner.first::<Uuid>(&mut &*conn).await?;
    Ok(())
}

/// Whether a rule of the same owner, source and target is valid on one of its days (P4-31: one rule at a time).
pub(super) async fn overlaps(conn: &Conn, rule: &CreditRule) -> Result<bool> {
    let lasts = credit_rules::valid_until
        .is_null()
        .or(credit_rules::valid_until.assume_not_null().ge(rule.valid_from));
    let mut query = table
        .filter(credit_rules::organization_id.eq(rule.organization_id))
        .filter(credit_rules::source_program_id.eq(rule.source.program_id))
        .filter(credit_rules::source_module_id.is_not_distinct_from(rule.source.module_id))
        .filter(credit_rules::target_program_id.eq(rule.target.program_id))
        .filter(credit_rules::target_module_id.is_not_distinct_from(rule.target.module_id))
        .filter(lasts)
        .select(credit_rules::id)
        .into_boxed();
    if let Some(until) = rule.valid_until {
        query = query.filter(credit_rules::valid_from.le(until));
    }
    Ok(query.first::<Uuid>(&mut &*conn).await.optional()?.is_some())
}

pub(super) async fn insert(ctx: &Ctx<'_>, _permit: &Permit, rule: &CreditRule) -> Result<()> {
    diesel::insert_into(table)
        .values((
            credit_rules::id.eq(rule.id),
            credit_rules::region_id.eq(rule.region_id),
            credit_rules::organization_id.eq(rule.organization_id),
            credit_rules::source_program_id.eq(rule.source.program_id),
            credit_rules::source_module_id.eq(rule.source.module_id),
            credit_rules::target_program_id.eq(rule.target.program_id),
            credit_rules::target_module_id.eq(rule.target.module_id),
            credit_rules::hours.eq(DbHours(rule.hours)),
            credit_rules::valid_from.eq(rule.valid_from),
            credit_rules::valid_until.eq(rule.valid_until),
            credit_rules::note.eq(&rule.note),
            credit_rules::created_at.eq(ctx.now),
            credit_rules::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

pub(super) async fn end(ctx: &Ctx<'_>, _permit: &Permit, rule: &CreditRule) -> Result<()> {
    diesel::update(table.find(rule.id))
        .set((
            credit_rules::valid_until.eq(rule.valid_until),
            credit_rules::version.eq(rule.version),
            credit_rules::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}
