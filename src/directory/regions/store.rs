//! Queries on regions.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{NewRegion, Region};
use crate::authz::{Permit, Scope, ScopePart};
use crate::db::schema::{region_stamps, regions};
use crate::db::{Conn, Ctx};
use crate::error::{Error, Result};
use crate::ids::new_id;

#[derive(Queryable, Selectable)]
#[diesel(table_name = regions)]
struct RegionRow {
    id: Uuid,
    code: String,
    name: String,
    time_zone: String,
}

impl TryFrom<RegionRow> for Region {
    type Error = Error;

    fn try_from(row: RegionRow) -> Result<Self> {
        let time_zone = row.time_zone.parse().map_err(Error::internal)?;
        Ok(Self { id: row.id, code: row.code, name: row.name, time_zone })
    }
}

pub(super) async fn insert(ctx: &Ctx<'_>, _permit: &Permit, new: NewRegion) -> Result<Region> {
    let region = Region { id: new_id(), code: new.code, name: new.name, time_zone: new.time_zone };
    diesel::insert_into(regions::table)
        .values((
            regions::id.eq(region.id),
            regions::code.eq(&region.code),
            regions::name.eq(&region.name),
            regions::time_zone.eq(region.time_zone.name()),
            regions::created_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(region)
}

pub(super) async fn list(conn: &Conn, scope: &Scope) -> Result<Vec<Region>> {
    let mut query = regions::table.select(RegionRow::as_select()).order(regions::code).into_boxed();
    if !scope.parts().contains(&ScopePart::Everything) {
        let own: Vec<Uuid> = scope
            .parts()
            .iter()
            .filter_map(|part| match part {
                ScopePart::Region(id) | ScopePart::Above { region_id: id, .. } => Some(*id),
                _ => None,
            })
            .collect();
        query = query.filter(regions::id.eq_any(own));
    }
    let rows = query.load(&mut &*conn).await?;
    rows.into_iter().map(Region::try_from).collect()
}

pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<Region> {
    regions::table.find(id).select(RegionRow::as_select()).first(&mut &*conn).await?.try_into()
}

/// The stamp of the region's directory as it stands now.
pub(super) async fn stamp(conn: &Conn, region_id: Uuid) -> Result<Uuid> {
    Ok(region_stamps::table.find(region_id).select(region_stamps::stamp).first(&mut &*conn).await?)
}

/// Every region of the platform: for work beside the requests.
pub(super) async fn ids(conn: &Conn) -> Result<Vec<Uuid>> {
    Ok(regions::table.select(regions::id).order(regions::id).load(&mut &*conn).await?)
}
