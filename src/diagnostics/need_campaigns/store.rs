//! Queries on campaigns.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{CampaignData, NeedCampaign};
use crate::authz::{Permit, Scope, ScopePart};
use crate::db::schema::need_campaigns::{self, table};
use crate::db::schema::{needs, organizations};
use crate::db::{Conn, Ctx};
use crate::error::Result;

#[derive(Queryable, Selectable)]
#[diesel(table_name = need_campaigns)]
struct CampaignRow {
    id: Uuid,
    region_id: Uuid,
    municipality_id: Option<Uuid>,
    organization_id: Uuid,
    title: String,
    opens_on: NaiveDate,
    closes_on: NaiveDate,
    version: i64,
}

impl From<CampaignRow> for NeedCampaign {
    fn from(row: CampaignRow) -> Self {
        Self {
            id: row.id,
            region_id: row.region_id,
            municipality_id: row.municipality_id,
            organization_id: row.organization_id,
            data: CampaignData { title: row.title, opens_on: row.opens_on, closes_on: row.closes_on },
            version: row.version,
        }
    }
}

pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<Option<NeedCampaign>> {
    let row = table.find(id).select(CampaignRow::as_select()).first(&mut &*conn).await.optional()?;
    Ok(row.map(Into::into))
}

pub(super) async fn lock(conn: &Conn, id: Uuid) -> Result<Option<NeedCampaign>> {
    let row =
        table.find(id).select(CampaignRow::as_select()).for_update().first(&mut &*conn).await.optional()?;
    Ok(row.map(Into::into))
}

type Filter = Box<dyn BoxableExpression<table, Pg, SqlType = Bool>>;

/// A campaign asks a municipality or the whole region; its `organization_id` is who asks.
fn circle(part: ScopePart) -> Filter {
    match part {
        ScopePart::Everything => Box::new(need_campaigns::region_id.is_not_null()),
        ScopePart::Region(id) => Box::new(need_campaigns::region_id.eq(id)),
        ScopePart::Municipality(id) => Box::new(need_campaigns::municipality_id.assume_not_null().eq(id)),
        ScopePart::Above { region_id, municipality_id, .. } => Box::new(
            need_campaigns::region_id.eq(region_id).and(need_campaigns::municipality_id.is_null().or(
                // No row carries the nil id.
                need_campaigns::municipality_id.assume_not_null().eq(municipality_id.unwrap_or_default()),
            )),
        ),
        ScopePart::Organization(_) | ScopePart::Person(_) | ScopePart::Assigned(_) => {
            Box::new(need_campaigns::region_id.is_null())
        }
    }
}

pub(super) async fn list(
    conn: &Conn,
    scope: &Scope,
    fetch: i64,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<NeedCampaign>> {
    let circles = scope.parts().iter().copied().map(circle);
    let within = circles.reduce(|one, other| -> Filter { Box::new(one.or(other)) });
    let within = within.unwrap_or_else(|| -> Filter { Box::new(need_campaigns::region_id.is_null()) });
    let mut query = table
        .select(CampaignRow::as_select())
        .filter(within)
        .order((need_campaigns::opens_on.desc(), need_campaigns::id.desc()))
        .limit(fetch)
        .into_boxed();
    if let Some((day, id)) = after {
        let same = need_campaigns::opens_on.eq(day).and(need_campaigns::id.lt(id));
        query = query.filter(need_campaigns::opens_on.lt(day).or(same));
    }
    let rows: Vec<CampaignRow> = query.load(&mut &*conn).await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// The schools a campaign asks, within a municipality when one is given, with their municipality.
pub(super) async fn schools(
    conn: &Conn,
    region_id: Uuid,
    municipalities: &[Uuid],
    day: NaiveDate,
) -> Result<Vec<(Uuid, Option<Uuid>)>> {
    let mut query = organizations::table
        .filter(organizations::region_id.eq(region_id))
        .filter(organizations::kind.eq("school"))
        .filter(organizations::closed_on.is_null().or(organizations::closed_on.assume_not_null().gt(day)))
        .select((organizations::id, organizations::municipality_id))
        .into_boxed();
    for id in municipalities {
        query = query.filter(organizations::municipality_id.assume_not_null().eq(*id));
    }
    Ok(query.load(&mut &*conn).await?)
}

/// The organizations that have recorded a need in the campaign.
pub(super) async fn responded(conn: &Conn, campaign_id: Uuid) -> Result<BTreeSet<Uuid>> {
    let found: Vec<Uuid> = needs::table
        .filter(needs::campaign_id.assume_not_null().eq(campaign_id))
        .filter(needs::state.eq("open"))
        .select(needs::organization_id)
        .distinct()
        .load(&mut &*conn)
        .await?;
    Ok(found.into_iter().collect())
}

pub(super) async fn insert(ctx: &Ctx<'_>, _permit: &Permit, campaign: &NeedCampaign) -> Result<()> {
    diesel::insert_into(table)
        .values((
            need_campaigns::id.eq(campaign.id),
            need_campaigns::region_id.eq(campaign.region_id),
            need_campaigns::municipality_id.eq(campaign.municipality_id),
            need_campaigns::organization_id.eq(campaign.organization_id),
            need_campaigns::title.eq(&campaign.data.title),
            need_campaigns::opens_on.eq(campaign.data.opens_on),
            need_campaigns::closes_on.eq(campaign.data.closes_on),
            need_campaigns::created_at.eq(ctx.now),
            need_campaigns::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

pub(super) async fn update(ctx: &Ctx<'_>, _permit: &Permit, campaign: &NeedCampaign) -> Result<()> {
    diesel::update(table.find(campaign.id))
        .set((
            need_campaigns::title.eq(&campaign.data.title),
            need_campaigns::opens_on.eq(campaign.data.opens_on),
            need_campaigns::closes_on.eq(campaign.data.closes_on),
            need_campaigns::version.eq(campaign.version),
            need_campaigns::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}
