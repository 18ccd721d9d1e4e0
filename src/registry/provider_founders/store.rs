//! Queries on founders of providers.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{FounderData, ProviderFounder};
use super::vocabulary::ProviderFounderType;
use crate::authz::{Permit, RegionScope};
use crate::db::schema::provider_founders::{self, table};
use crate::db::{Conn, Ctx};
use crate::error::{Error, Result};

#[derive(Queryable, Selectable)]
#[diesel(table_name = provider_founders)]
struct FounderRow {
    id: Uuid,
    region_id: Uuid,
    organization_id: Uuid,
    founder_type: String,
    valid_from: NaiveDate,
    valid_until: Option<NaiveDate>,
    note: Option<String>,
    version: i64,
}

impl TryFrom<FounderRow> for ProviderFounder {
    type Error = Error;

    fn try_from(row: FounderRow) -> Result<Self> {
        Ok(Self {
            id: row.id,
            region_id: row.region_id,
            organization_id: row.organization_id,
            data: FounderData {
                founder_type: ProviderFounderType::parse(&row.founder_type)
                    .ok_or_else(|| Error::internal("unknown founder type in the database"))?,
                valid_from: row.valid_from,
                valid_until: row.valid_until,
                note: row.note,
            },
            version: row.version,
        })
    }
}

pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<Option<ProviderFounder>> {
    let row = table.find(id).select(FounderRow::as_select()).first(&mut &*conn).await.optional()?;
    row.map(ProviderFounder::try_from).transpose()
}

pub(super) async fn lock(conn: &Conn, id: Uuid) -> Result<Option<ProviderFounder>> {
    let row =
        table.find(id).select(FounderRow::as_select()).for_update().first(&mut &*conn).await.optional()?;
    row.map(ProviderFounder::try_from).transpose()
}

/// Every founder of these providers.
pub(super) async fn of_region(conn: &Conn, region_id: Uuid) -> Result<Vec<ProviderFounder>> {
    let rows: Vec<FounderRow> = table
        .filter(provider_founders::region_id.eq(region_id))
        .select(FounderRow::as_select())
        .load(&mut &*conn)
        .await?;
    rows.into_iter().map(ProviderFounder::try_from).collect()
}

pub(super) async fn list(
    conn: &Conn,
    region: RegionScope,
    organization_id: Option<Uuid>,
    fetch: i64,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<ProviderFounder>> {
    let mut query = table
        .select(FounderRow::as_select())
        .filter(provider_founders::region_id.eq(region.region_id()))
        .order((provider_founders::valid_from.desc(), provider_founders::id.desc()))
        .limit(fetch)
        .into_boxed();
    if let Some(id) = organization_id {
        query = query.filter(provider_founders::organization_id.eq(id));
    }
    if let Some((day, id)) = after {
        let same = provider_founders::valid_from.eq(day).and(provider_founders::id.lt(id));
        query = query.filter(provider_founders::valid_from.lt(day).or(same));
    }
    let rows: Vec<FounderRow> = query.load(&mut &*conn).await?;
    rows.into_iter().map(ProviderFounder::try_from).collect()
}

pub(super) async fn insert(ctx: &Ctx<'_>, _permit: &Permit, founder: &ProviderFounder) -> Result<()> {
    let data = &founder.data;
    diesel::insert_into(table)
        .values((
            provider_founders::id.eq(founder.id),
            provider_founders::region_id.eq(founder.region_id),
            provider_founders::organization_id.eq(founder.organization_id),
            provider_founders::founder_type.eq(data.founder_type.as_str()),
            provider_founders::valid_from.eq(data.valid_from),
            provider_founders::valid_until.eq(data.valid_until),
            provider_founders::note.eq(&data.note),
            provider_founders::created_at.eq(ctx.now),
            provider_founders::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

pub(super) async fn end(ctx: &Ctx<'_>, _permit: &Permit, founder: &ProviderFounder) -> Result<()> {
    diesel::update(table.find(founder.id))
        .set((
            provider_founders::valid_until.eq(founder.data.valid_until),
            provider_founders::version.eq(founder.version),
            provider_founders::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}
