//! The use case of yearly reports.

use uuid::Uuid;

use super::model::{FIRST_YEAR, ReportDays};
use super::policy;
use crate::authz::scope;
use crate::db::Ctx;
use crate::directory::regions::service::today;
use crate::error::{Error, Result};
use crate::monitoring::measures::service::{Measured, measured};

/// The report of a year.
#[derive(Debug, Clone)]
pub struct YearlyReport {
    /// Its days.
    pub days: ReportDays,
    /// The measures of the place and of those directly under it as of the last of these days, and how they went.
    pub measured: Measured,
}

/// The report of a place on a calendar year; the actor's own level when none is named.
pub async fn get_yearly_report(
    ctx: &Ctx<'_>,
    organization_id: Option<Uuid>,
    year: i32,
) -> Result<YearlyReport> {
    scope(ctx.actor, &policy::GET_YEARLY_REPORT)?;
    if year < FIRST_YEAR {
        return Err(Error::field(
            "year",
            "out_of_range",
            "Отчёты есть с 2000 года",
            "There are reports since the year 2000",
        ));
    }
    let today = today(ctx, ctx.region_id()?).await?;
    let days = ReportDays::of(year, today).ok_or_else(|| {
        Error::field("year", "in_future", "Этот год ещё не начался", "That year has not begun yet")
    })?;
    let measured = measured(ctx, &policy::GET_YEARLY_REPORT, organization_id, &days.days).await?;
    Ok(YearlyReport { days, measured })
}
