//! What of the registry could be put into a route.

use crate::db::Ctx;
use crate::error::Result;
use crate::registry::programs::model::{OfferedProgram, OptionsAsked};
use crate::registry::programs::store;

/// Accepted programs on offer, with their dates: for proposals, which have asked already who may know of the learner.
pub async fn program_options(ctx: &Ctx<'_>, asked: &OptionsAsked) -> Result<Vec<OfferedProgram>> {
    store::options(ctx.conn, asked).await
}
