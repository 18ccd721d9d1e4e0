//! The day of a question by the clock of the actor's region.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

use chrono::NaiveDate;
use chrono_tz::Tz;
use uuid::Uuid;

use crate::db::Ctx;
use crate::directory::regions::service::region;
use crate::error::Result;

/// Time zones of regions. No operation changes the zone of a region, so what is remembered never goes stale, and a
/// balance costs one round trip less.
static ZONES: LazyLock<Mutex<HashMap<Uuid, Tz>>> = LazyLock::new(Mutex::default);

/// Today in the actor's region.
pub(super) async fn today(ctx: &Ctx<'_>) -> Result<NaiveDate> {
    let region_id = ctx.region_id()?;
    let remembered = ZONES.lock().unwrap_or_else(PoisonError::into_inner).get(&region_id).copied();
    let zone = match remembered {
        Some(zone) => zone,
        None => {
            let zone = region(ctx, region_id).await?.time_zone;
            ZONES.lock().unwrap_or_else(PoisonError::into_inner).insert(region_id, zone);
            zone
        }
    };
    Ok(ctx.today(zone))
}
