//! Use cases of results.

use chrono::NaiveDate;
use uuid::Uuid;

use super::store;
use crate::db::Ctx;
use crate::error::Result;

pub(in crate::diagnostics) async fn has_result(
    ctx: &Ctx<'_>,
    person_id: Uuid,
    since: Option<NaiveDate>,
) -> Result<bool> {
    store::exists(ctx.conn, person_id, since).await
}
