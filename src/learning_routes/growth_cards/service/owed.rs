//! Who owes a card for a year: the list, and the counts of reports.

use chrono::NaiveDate;
use uuid::Uuid;

use super::super::model::{CardCounts, CardPeriod, period_of_day, period_of_year};
use super::super::store::{Filter, Owed};
use super::super::{policy, store};
use crate::authz::scope;
use crate::db::Ctx;
use crate::directory::regions;
use crate::error::Result;
use crate::http::PageQuery;
use crate::learning_routes::report::model::{Share, Whose};
use crate::regulations::model::BindingRegulation;
use crate::regulations::model::RouteDuty;
use crate::regulations::service::regulations_with;

/// One page of the cards that are owed for a year, also those that nobody has touched; with today.
pub async fn list_growth_cards(
    ctx: &Ctx<'_>,
    filter: &Filter,
    page: &PageQuery<'_>,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<(Vec<Owed>, NaiveDate)> {
    let scope = scope(ctx.actor, &policy::LIST_GROWTH_CARDS)?;
    let region_id = ctx.region_id()?;
    let today = regions::service::today(ctx, region_id).await?;
    let periods = periods(ctx, region_id, filter.year, today).await?;
    Ok((store::list(ctx.conn, &scope, filter, &periods, today, page.fetch(), after).await?, today))
}

/// How many cards of the running year stand where under a place, without asking who may know it.
pub async fn counts(ctx: &Ctx<'_>, share: Share, today: NaiveDate) -> Result<Vec<(Whose, CardCounts)>> {
    let periods = periods(ctx, ctx.region_id()?, None, today).await?;
    store::counts(ctx.conn, share, &periods, today).await
}

/// The periods of a year under every regulation of the region that asks for cards; of the running year when none is
/// named.
async fn periods(
    ctx: &Ctx<'_>,
    region_id: Uuid,
    year: Option<i32>,
    today: NaiveDate,
) -> Result<Vec<(Uuid, CardPeriod)>> {
    let regulations = regulations_with(ctx, region_id, RouteDuty::GrowthCard).await?;
    let period = |regulation: BindingRegulation| {
        let calendar = &regulation.profile.calendar;
        let rule = regulation.profile.route.life.growth_card.as_ref()?;
        let period = match year {
            Some(year) => period_of_year(rule, calendar, year),
            None => period_of_day(rule, calendar, today),
        };
        Some((regulation.id, period?))
    };
    Ok(regulations.into_iter().filter_map(period).collect())
}
