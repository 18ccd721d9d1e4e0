//! The use case of participation.

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::{Days, Participation, crowds};
use super::{policy, store};
use crate::db::Ctx;
use crate::directory::regions::service::today;
use crate::error::{Error, Result};
use crate::http::PageQuery;
use crate::monitoring::asked::seen;

/// What is asked.
#[derive(Debug, Clone, Copy, Default)]
pub struct Asked {
    /// The school, the municipality or the region; the actor's own level when absent.
    pub organization_id: Option<Uuid>,
    /// Only state organizations, or only municipal ones.
    pub state_organization: Option<bool>,
    /// First day.
    pub from: Option<NaiveDate>,
    /// Last day.
    pub until: Option<NaiveDate>,
}

/// One page of schools with how they take part (P2-39), small groups hidden.
pub async fn list_participation(
    ctx: &Ctx<'_>,
    asked: Asked,
    page: &PageQuery<'_>,
    after: Option<(String, Uuid)>,
) -> Result<Vec<Participation>> {
    let seen = seen(ctx, &policy::LIST_PARTICIPATION, asked.organization_id).await?;
    let today = today(ctx, ctx.region_id()?).await?;
    let days =
        Days::asked(asked.from, asked.until, today).map_err(|problem| Error::invalid(vec![problem]))?;
    let (found, known) = tokio::try_join!(
        store::list(ctx.conn, seen.place, days, asked.state_organization, page.fetch(), after),
        store::crowds(ctx.conn, seen.top, days),
    )?;
    let crowds = crowds(&known, seen.top.into());
    Ok(found.into_iter().map(|school| school.seen(&crowds)).collect())
}
