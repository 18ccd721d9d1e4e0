//! The list of those who plan training.

use chrono::Datelike;
use uuid::Uuid;

use super::model::TrainingParticipant;
use super::{policy, store};
use crate::authz::scope;
use crate::db::Ctx;
use crate::directory::regions;
use crate::error::Result;
use crate::http::PageQuery;

pub use super::store::Filter;

/// One page of those whom the actor may see, by school, person and ground.
pub async fn list_training_participants(
    ctx: &Ctx<'_>,
    filter: Filter,
    page: &PageQuery<'_>,
    after: Option<(Uuid, Uuid, String)>,
) -> Result<Vec<TrainingParticipant>> {
    let scope = scope(ctx.actor, &policy::LIST_TRAINING_PARTICIPANTS)?;
    let year = match filter.year {
        Some(year) => year,
        None => regions::service::today(ctx, ctx.region_id()?).await?.year(),
    };
    store::list(ctx.conn, &scope, filter, year, page.fetch(), after).await
}
