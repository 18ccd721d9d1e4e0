//! What other resources ask of the training given.

use uuid::Uuid;

use super::model::Trained;
use super::store;
use crate::db::Ctx;
use crate::error::Result;

/// Standing hours by issuer, year, program and person: confirmed and not taken back. Credited hours are none of the
/// issuer's training. The caller has decided already that the actor may know them.
pub async fn trained(ctx: &Ctx<'_>, issuer_ids: &[Uuid], years: &[i32]) -> Result<Vec<Trained>> {
    if issuer_ids.is_empty() {
        return Ok(Vec::new());
    }
    store::trained(ctx.conn, issuer_ids, years).await
}
