//! The day of a question by the clock of the actor's region.

use chrono::NaiveDate;

use crate::db::Ctx;
use crate::directory::regions::service as regions;
use crate::error::Result;

/// Today in the actor's region.
pub(super) async fn today(ctx: &Ctx<'_>) -> Result<NaiveDate> {
    regions::today(ctx, ctx.region_id()?).await
}
