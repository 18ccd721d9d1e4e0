//! Use cases of regions.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

use chrono::NaiveDate;
use chrono_tz::Tz;
use uuid::Uuid;

use super::model::{NewRegion, Region};
use super::{policy, store};
use crate::authz::{Target, authorize, scope};
use crate::db::{Change, Ctx, Subject};
use crate::error::Result;

/// Adds a tenant.
pub async fn create_region(ctx: &Ctx<'_>, new: NewRegion) -> Result<Region> {
    let permit = authorize(ctx.actor, &policy::CREATE_REGION, &Target::platform())?;
    let region = store::insert(ctx, &permit, new).await?;
    let change = Change::none().field("code", (), region.code.as_str());
    ctx.audit(&permit, Subject { kind: "region", id: region.id }, change).await?;
    Ok(region)
}

/// The tenants the actor may see.
pub async fn list_regions(ctx: &Ctx<'_>) -> Result<Vec<Region>> {
    store::list(ctx.conn, &scope(ctx.actor, &policy::LIST_REGIONS)?).await
}

/// Time zones of regions. No operation changes the zone of a region, so what is remembered never goes stale.
static ZONES: LazyLock<Mutex<HashMap<Uuid, Tz>>> = LazyLock::new(Mutex::default);

/// Today by the clock of that region.
pub async fn today(ctx: &Ctx<'_>, id: Uuid) -> Result<NaiveDate> {
    let remembered = ZONES.lock().unwrap_or_else(PoisonError::into_inner).get(&id).copied();
    let zone = match remembered {
        Some(zone) => zone,
        None => {
            let zone = region(ctx, id).await?.time_zone;
            ZONES.lock().unwrap_or_else(PoisonError::into_inner).insert(id, zone);
            zone
        }
    };
    Ok(ctx.today(zone))
}

/// A region by id, for other resources: its clock above all.
pub async fn region(ctx: &Ctx<'_>, id: Uuid) -> Result<Region> {
    store::find(ctx.conn, id).await
}

/// Every region of the platform: for work beside the requests, in nobody's name.
pub async fn region_ids(ctx: &Ctx<'_>) -> Result<Vec<Uuid>> {
    store::ids(ctx.conn).await
}
