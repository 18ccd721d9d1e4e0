//! Use cases of role assignments.

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::{Grant, grants};
use super::store;
use crate::db::Ctx;
use crate::error::Result;

/// What an account, and the person behind it, may act as on a day: the roles assigned to either, and `teacher` for
/// every place the person works at.
pub async fn grants_of(
    ctx: &Ctx<'_>,
    account_id: Uuid,
    person_id: Option<Uuid>,
    day: NaiveDate,
) -> Result<Vec<Grant>> {
    let (assigned, workplaces) = store::held_on(ctx.conn, account_id, person_id, day).await?;
    Ok(grants(assigned, workplaces))
}
