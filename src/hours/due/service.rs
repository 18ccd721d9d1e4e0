//! Use cases of what is due.

use chrono::{Months, NaiveDate};
use uuid::Uuid;

use super::policy;
use crate::db::Ctx;
use crate::directory::organizations::service::{authorize_at, organization};
use crate::error::Result;
use crate::hours::standings::model::{Part, Stands};
use crate::hours::standings::service::{Asked, due};
use crate::http::PageQuery;

/// How far ahead when the caller does not say.
const MONTHS: Months = Months::new(12);

/// One page of the people of whom something is due until a day, the earliest first; and today.
pub async fn list_hours_due(
    ctx: &Ctx<'_>,
    organization_id: Uuid,
    until: Option<NaiveDate>,
    page: &PageQuery<'_>,
    after: Option<(NaiveDate, Uuid, Uuid)>,
) -> Result<(NaiveDate, Vec<Stands>)> {
    let place = organization(ctx, organization_id).await?;
    authorize_at(ctx.actor, &policy::LIST_HOURS_DUE, &place)?;
    let asked = Asked::new(ctx, Part::of(&place), None, None).await?;
    let today = asked.moment.as_of;
    let until = until.unwrap_or(today.checked_add_months(MONTHS).unwrap_or(today));
    Ok((today, due(ctx, &asked, until, after, page.fetch()).await?))
}
