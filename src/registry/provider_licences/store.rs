//! Queries on licences of providers.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{LicenceData, LicenceSuspension, ProviderLicence};
use crate::authz::{Permit, RegionScope};
use crate::db::schema::licence_suspensions;
use crate::db::schema::provider_licences::{self, table};
use crate::db::{Conn, Ctx};
use crate::error::Result;
use crate::hours::model::Suspension;

#[derive(Queryable, Selectable)]
#[diesel(table_name = provider_licences)]
struct LicenceRow {
    id: Uuid,
    region_id: Uuid,
    organization_id: Uuid,
    number: String,
    issued_on: NaiveDate,
    issued_by: String,
    register_entry: Option<String>,
    valid_from: NaiveDate,
    valid_until: Option<NaiveDate>,
    version: i64,
}

/// The rows with their suspensions: one more statement, whatever the page holds.
async fn whole(conn: &Conn, rows: Vec<LicenceRow>) -> Result<Vec<ProviderLicence>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let found: Vec<(Uuid, NaiveDate, Option<NaiveDate>, String)> = licence_suspensions::table
        .filter(licence_suspensions::licence_id.eq_any(&ids))
        .order((licence_suspensions::licence_id, licence_suspensions::suspended_from))
        .load(&mut &*conn)
        .await?;
    let mut suspensions: HashMap<Uuid, Vec<LicenceSuspension>> = HashMap::new();
    for (id, from, until, reason) in found {
        let suspension = LicenceSuspension { days: Suspension { from, until }, reason };
        suspensions.entry(id).or_default().push(suspension);
    }
    let licence = |row: LicenceRow| ProviderLicence {
        suspensions: suspensions.remove(&row.id).unwrap_or_default(),
        id: row.id,
        region_id: row.region_id,
        organization_id: row.organization_id,
        data: LicenceData {
            number: row.number,
            issued_on: row.issued_on,
            issued_by: row.issued_by,
            register_entry: row.register_entry,
            valid_from: row.valid_from,
            valid_until: row.valid_until,
        },
        version: row.version,
    };
    Ok(rows.into_iter().map(licence).collect())
}

pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<Option<ProviderLicence>> {
    let row: Option<LicenceRow> =
        table.find(id).select(LicenceRow::as_select()).first(&mut &*conn).await.optional()?;
    Ok(whole(conn, row.into_iter().collect()).await?.into_iter().next())
}

pub(super) async fn lock(conn: &Conn, id: Uuid) -> Result<Option<ProviderLicence>> {
    let row: Option<LicenceRow> =
        table.find(id).select(LicenceRow::as_select()).for_update().first(&mut &*conn).await.optional()?;
    Ok(whole(conn, row.into_iter().collect()).await?.into_iter().next())
}

/// Every licence of these providers.
pub(super) async fn of_region(conn: &Conn, region_id: Uuid) -> Result<Vec<ProviderLicence>> {
    let rows: Vec<LicenceRow> = table
        .filter(provider_licences::region_id.eq(region_id))
        .select(LicenceRow::as_select())
        .load(&mut &*conn)
        .await?;
    whole(conn, rows).await
}

pub(super) async fn of_provider(conn: &Conn, provider_id: Uuid) -> Result<Vec<ProviderLicence>> {
    let rows: Vec<LicenceRow> = table
        .filter(provider_licences::organization_id.eq(provider_id))
        .select(LicenceRow::as_select())
        .load(&mut &*conn)
        .await?;
    whole(conn, rows).await
}

pub(super) async fn list(
    conn: &Conn,
    region: RegionScope,
    organization_id: Option<Uuid>,
    fetch: i64,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<ProviderLicence>> {
    let mut query = table
        .select(LicenceRow::as_select())
        .filter(provider_licences::region_id.eq(region.region_id()))
        .order((provider_licences::valid_from.desc(), provider_licences::id.desc()))
        .limit(fetch)
        .into_boxed();
    if let Some(id) = organization_id {
        query = query.filter(provider_licences::organization_id.eq(id));
    }
    if let Some((day, id)) = after {
        let same = provider_licences::valid_from.eq(day).and(provider_licences::id.lt(id));
        query = query.filter(provider_licences::valid_from.lt(day).or(same));
    }
    whole(conn, query.load(&mut &*conn).await?).await
}

pub(super) async fn insert(ctx: &Ctx<'_>, _permit: &Permit, licence: &ProviderLicence) -> Result<()> {
    let data = &licence.data;
    diesel::insert_into(table)
        .values((
            provider_licences::id.eq(licence.id),
            provider_licences::region_id.eq(licence.region_id),
            provider_licences::organization_id.eq(licence.organization_id),
            provider_licences::number.eq(&data.number),
            provider_licences::issued_on.eq(data.issued_on),
            provider_licences::issued_by.eq(&data.issued_by),
            provider_licences::register_entry.eq(&data.register_entry),
            provider_licences::valid_from.eq(data.valid_from),
            provider_licences::valid_until.eq(data.valid_until),
            provider_licences::created_at.eq(ctx.now),
            provider_licences::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Writes the last day and the version; the caller holds the lock.
pub(super) async fn update(ctx: &Ctx<'_>, _permit: &Permit, licence: &ProviderLicence) -> Result<()> {
    diesel::update(table.find(licence.id))
        .set((
            provider_licences::valid_until.eq(licence.data.valid_until),
            provider_licences::version.eq(licence.version),
            provider_licences::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

pub(super) async fn suspend(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    licence_id: Uuid,
    suspension: &LicenceSuspension,
) -> Result<()> {
    diesel::insert_into(licence_suspensions::table)
        .values((
            licence_suspensions::licence_id.eq(licence_id),
            licence_suspensions::suspended_from.eq(suspension.days.from),
            licence_suspensions::reason.eq(&suspension.reason),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

pub(super) async fn resume(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    licence_id: Uuid,
    from: NaiveDate,
    until: NaiveDate,
) -> Result<()> {
    diesel::update(licence_suspensions::table.find((licence_id, from)))
        .set(licence_suspensions::suspended_until.eq(until))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}
