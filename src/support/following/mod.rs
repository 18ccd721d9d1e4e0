//! Which completed training regulations follow up: support plans for each (P2-28), delayed outcomes after some months (P2-38).

mod store;

use chrono::NaiveDate;
use uuid::Uuid;

pub(super) use store::{MONTHS, following, kept_filter};

use crate::db::Ctx;
use crate::error::Result;
use crate::regulations::profile::SupportProfile;
use crate::regulations::service::regulations_in_force;

/// The places that a regulation binds, nearest first where they lie in each other, each with the months after which its
/// training is followed up; none where its regulation does not do so.
#[derive(Debug, Clone)]
pub(super) struct Places {
    /// Schools, municipalities and the region.
    pub(super) ids: Vec<Uuid>,
    /// As many months.
    pub(super) months: Vec<Option<i32>>,
}

/// The places of a region as their regulations have it on a day.
pub(super) async fn places(
    ctx: &Ctx<'_>,
    region_id: Uuid,
    day: NaiveDate,
    months: impl Fn(&SupportProfile) -> Option<i32>,
) -> Result<Places> {
    let found = regulations_in_force(ctx, region_id, day).await?;
    let (ids, months) =
        found.iter().map(|(place_id, regulation)| (*place_id, months(&regulation.profile.support))).unzip();
    Ok(Places { ids, months })
}
