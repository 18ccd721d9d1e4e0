//! Use cases of campaigns.

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::{CampaignData, CampaignState, NeedCampaign, Response, responses};
use super::{policy, store};
use crate::authz::{Actor, Level, Target, authorize, authorize_seen, may, scope};
use crate::db::{Change, Ctx, Subject};
use crate::diagnostics::organizing::{Task, named, require_for};
use crate::directory::organizations::model::OrganizationKind;
use crate::directory::organizations::service::organization_at;
use crate::directory::regions::service::today;
use crate::error::{Code, Error, Result};
use crate::http::PageQuery;
use crate::ids::new_id;

/// A campaign and where it stands today.
pub type Shown = (NeedCampaign, CampaignState);

/// Opens a campaign in a municipality or in the whole region.
pub async fn create_need_campaign(
    ctx: &Ctx<'_>,
    municipality_id: Option<Uuid>,
    data: CampaignData,
) -> Result<Shown> {
    let region_id = ctx.region_id()?;
    if let Some(id) = municipality_id {
        let place = organization_at(ctx, id, "/municipality_id").await?;
        if place.kind != OrganizationKind::MunicipalAuthority {
            return Err(Error::field(
                "/municipality_id",
                "wrong_kind",
                "Это не муниципальный орган управления образованием",
                "This is no municipal authority",
            ));
        }
    }
    let target = Target::place(region_id, municipality_id, None);
    // Municipalities of one's own region are no secret.
    authorize_seen(ctx.actor, &policy::CREATE_NEED_CAMPAIGN, &target)?;
    let permit = require_for(ctx, Task::CollectingNeeds, &policy::CREATE_NEED_CAMPAIGN, &target).await?;
    let organization_id = permit.organization_id().ok_or(Error::new(Code::Forbidden))?;
    let problems = data.problems();
    if !problems.is_empty() {
        return Err(problems.into());
    }
    let campaign =
        NeedCampaign { id: new_id(), region_id, municipality_id, organization_id, data, version: 1 };
    store::insert(ctx, &permit, &campaign).await?;
    let change = Change::none().field("closes_on", (), campaign.data.closes_on.to_string());
    ctx.audit(&permit, Subject { kind: "need_campaign", id: campaign.id }, change).await?;
    shown(ctx, campaign).await
}

/// One page of the campaigns that ask the actor's place, or places below it.
pub async fn list_need_campaigns(
    ctx: &Ctx<'_>,
    page: &PageQuery<'_>,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<Shown>> {
    let scope = scope(ctx.actor, &policy::LIST_NEED_CAMPAIGNS)?;
    let found = store::list(ctx.conn, &scope, page.fetch(), after).await?;
    let today = today(ctx, ctx.region_id()?).await?;
    Ok(found.into_iter().map(|campaign| (campaign.state_on(today), campaign)).map(|(s, c)| (c, s)).collect())
}

/// One campaign.
pub async fn get_need_campaign(ctx: &Ctx<'_>, id: Uuid) -> Result<Shown> {
    let campaign = store::find(ctx.conn, id).await?.ok_or(Error::not_found())?;
    authorize(ctx.actor, &policy::GET_NEED_CAMPAIGN, &campaign.target())?;
    shown(ctx, campaign).await
}

/// Changes title and dates.
pub async fn update_need_campaign(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    data: CampaignData,
) -> Result<Shown> {
    let current = store::lock(ctx.conn, id).await?.ok_or(Error::not_found())?;
    let target = current.target();
    authorize(ctx.actor, &policy::UPDATE_NEED_CAMPAIGN, &target)?;
    let permit = require_for(ctx, Task::CollectingNeeds, &policy::UPDATE_NEED_CAMPAIGN, &target).await?;
    if current.version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    let problems = data.problems();
    if !problems.is_empty() {
        return Err(problems.into());
    }
    let change =
        Change::none().field("closes_on", current.data.closes_on.to_string(), data.closes_on.to_string());
    let campaign = NeedCampaign { data, version: current.version + 1, ..current };
    store::update(ctx, &permit, &campaign).await?;
    ctx.audit(&permit, Subject { kind: "need_campaign", id }, change).await?;
    shown(ctx, campaign).await
}

/// How many schools answered, by municipality; a municipality sees its own row (P2-16).
pub async fn get_need_response_rate(ctx: &Ctx<'_>, id: Uuid) -> Result<Vec<Response>> {
    let campaign = store::find(ctx.conn, id).await?.ok_or(Error::not_found())?;
    let permit = authorize(ctx.actor, &policy::GET_NEED_RESPONSE_RATE, &campaign.target())?;
    let grant = permit.grant().filter(|grant| grant.level == Level::Municipality);
    let own = grant.and_then(|grant| grant.municipality_id);
    let confined: Vec<Uuid> = own.into_iter().chain(campaign.municipality_id).collect();
    let day = today(ctx, campaign.region_id).await?;
    let (schools, responded) = tokio::try_join!(
        store::schools(ctx.conn, campaign.region_id, &confined, day),
        store::responded(ctx.conn, id),
    )?;
    Ok(responses(&schools, &responded))
}

/// The campaign a need is recorded in: open today, and asking that municipality.
pub async fn open_campaign(
    ctx: &Ctx<'_>,
    id: Uuid,
    region_id: Uuid,
    municipality_id: Option<Uuid>,
    today: NaiveDate,
) -> Result<()> {
    let found = store::find(ctx.conn, id).await?;
    let asked = found.filter(|found| found.region_id == region_id && found.asks(municipality_id));
    let campaign = asked.ok_or_else(|| {
        Error::field(
            "/campaign_id",
            "unknown",
            "Такого сбора потребностей здесь нет",
            "There is no such campaign here",
        )
    })?;
    match campaign.state_on(today) {
        CampaignState::Open => Ok(()),
        CampaignState::Planned => Err(Error::new(Code::StateConflict)
            .detail("Сбор потребностей ещё не открыт", "The campaign has not opened yet")),
        CampaignState::Closed => {
            Err(Error::new(Code::StateConflict).detail("Сбор потребностей закрыт", "The campaign is closed"))
        }
    }
}

/// The actor with the roles alone to which his regulation leaves the collection of needs.
pub async fn collector(ctx: &Ctx<'_>) -> Result<Actor> {
    named(ctx, Task::CollectingNeeds).await
}

/// What the actor may do with the campaign; changing it is left to collectors.
pub fn allowed_actions(actor: &Actor, collector: &Actor, campaign: &NeedCampaign) -> Vec<String> {
    let target = campaign.target();
    [(collector, &policy::UPDATE_NEED_CAMPAIGN), (actor, &policy::GET_NEED_RESPONSE_RATE)]
        .into_iter()
        .filter(|(who, rule)| may(who, rule, &target))
        .map(|(_, rule)| rule.operation.to_owned())
        .collect()
}

async fn shown(ctx: &Ctx<'_>, campaign: NeedCampaign) -> Result<Shown> {
    let state = campaign.state_on(today(ctx, campaign.region_id).await?);
    Ok((campaign, state))
}
