//! Use cases of campaigns that follow delayed outcomes.

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::{Campaign, CampaignData, Closing, SchoolCoverage};
use super::{policy, store};
use crate::authz::groups::MUNICIPAL;
use crate::authz::{Level, Target, authorize, authorize_kept, may, scope};
use crate::db::{Change, Ctx, Subject};
use crate::directory::organizations::service::{organization, target as place_target};
use crate::directory::regions::service::today;
use crate::error::{Code, Error, Result};
use crate::http::PageQuery;
use crate::ids::new_id;
use crate::regulations::service::binding_regulation;
use crate::support::following::places;

pub use super::store::Filter;

/// A campaign with its coverage, and what the actor may do with it now.
#[derive(Debug, Clone)]
pub struct ShownCampaign {
    /// The campaign.
    pub campaign: Campaign,
    /// What is due and recorded, school by school; for a school its own.
    pub schools: Vec<SchoolCoverage>,
    /// operationIds.
    pub allowed_actions: Vec<String>,
}

/// Opens a campaign of the municipality for which the actor acts (P2-43).
pub async fn open_delayed_outcome_campaign(ctx: &Ctx<'_>, data: CampaignData) -> Result<ShownCampaign> {
    let home = ctx.actor.in_roles(MUNICIPAL).home_organization().ok_or(Error::new(Code::Forbidden))?;
    let place = organization(ctx, home).await?;
    let target = place_target(&place);
    authorize(ctx.actor, &policy::OPEN_DELAYED_OUTCOME_CAMPAIGN, &target)?;
    let day = today(ctx, place.region_id).await?;
    let regulation = binding_regulation(ctx, place.id, day).await?.ok_or_else(not_used)?;
    let rule = regulation.profile.support.delayed_outcomes.as_ref().ok_or_else(not_used)?;
    let named = ctx.actor.in_roles(&rule.recorded_by);
    if !may(&named, &policy::OPEN_DELAYED_OUTCOME_CAMPAIGN, &target) {
        return Err(Error::new(Code::Forbidden).detail(
            "По положению за отсроченными результатами следит другая сторона",
            "The regulation leaves following delayed outcomes to somebody else",
        ));
    }
    let permit = authorize(&named, &policy::OPEN_DELAYED_OUTCOME_CAMPAIGN, &target)?;
    let problems = data.problems();
    if !problems.is_empty() {
        return Err(problems.into());
    }
    let campaign = Campaign {
        id: new_id(),
        region_id: place.region_id,
        municipality_id: place.municipality_id,
        organization_id: place.id,
        regulation_id: regulation.id,
        data,
        closing: None,
        version: 1,
    };
    store::insert(ctx, &permit, &campaign).await?;
    let change = Change::none().field("title", (), campaign.data.title.as_str());
    ctx.audit(&permit, Subject { kind: "delayed_outcome_campaign", id: campaign.id }, change).await?;
    shown(ctx, campaign).await
}

/// One page of the campaigns the actor may see, the newest period first.
pub async fn list_delayed_outcome_campaigns(
    ctx: &Ctx<'_>,
    filter: Filter,
    page: &PageQuery<'_>,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<Campaign>> {
    let scope = scope(ctx.actor, &policy::LIST_DELAYED_OUTCOME_CAMPAIGNS)?;
    store::list(ctx.conn, &scope, filter, page.fetch(), after).await
}

/// One campaign with its coverage.
pub async fn get_delayed_outcome_campaign(ctx: &Ctx<'_>, id: Uuid) -> Result<ShownCampaign> {
    let campaign = store::find(ctx.conn, id).await?;
    authorize(ctx.actor, &policy::GET_DELAYED_OUTCOME_CAMPAIGN, &served(&campaign))?;
    shown(ctx, campaign).await
}

/// Closes a campaign with a conclusion.
pub async fn close_delayed_outcome_campaign(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    conclusion: String,
) -> Result<ShownCampaign> {
    let current = store::lock(ctx.conn, id).await?;
    let rule = &policy::CLOSE_DELAYED_OUTCOME_CAMPAIGN;
    let permit = authorize_kept(ctx.actor, rule, &kept(&current), Some(&served(&current)))?;
    if current.version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    if current.closing.is_some() {
        return Err(
            Error::new(Code::StateConflict).detail("Кампания закрыта", "The campaign is closed already")
        );
    }
    let closed_on = today(ctx, current.region_id).await?;
    let closing = Some(Closing { closed_on, conclusion });
    let campaign = Campaign { closing, version: current.version + 1, ..current };
    store::save(ctx, &permit, &campaign).await?;
    let change = Change::none().field("closed_on", (), closed_on.to_string());
    ctx.audit(&permit, Subject { kind: "delayed_outcome_campaign", id }, change).await?;
    shown(ctx, campaign).await
}

/// The campaign as a thing of who opened it: who may change it.
fn kept(campaign: &Campaign) -> Target {
    Target::region(campaign.region_id).organization(campaign.organization_id, campaign.municipality_id)
}

/// The campaign as a thing of the whole municipality: who may read it.
fn served(campaign: &Campaign) -> Target {
    Target::place(campaign.region_id, campaign.municipality_id, None)
}

async fn shown(ctx: &Ctx<'_>, campaign: Campaign) -> Result<ShownCampaign> {
    let day = today(ctx, campaign.region_id).await?;
    let places = places(ctx, campaign.region_id, day, |support| {
        support.delayed_outcomes.as_ref().map(|rule| i32::from(rule.due_after_months))
    })
    .await?;
    let mut schools = store::coverage(ctx.conn, &campaign, &places).await?;
    // Whoever acts for a school alone reads its own.
    let above = ctx.actor.grants.iter().any(|grant| match grant.level {
        Level::Region => grant.region_id == Some(campaign.region_id),
        Level::Municipality => grant.municipality_id == campaign.municipality_id,
        _ => false,
    });
    schools.retain(|school| above || ctx.actor.acts_for(school.organization_id));
    let close = &policy::CLOSE_DELAYED_OUTCOME_CAMPAIGN;
    let closes = campaign.closing.is_none() && may(ctx.actor, close, &kept(&campaign));
    let allowed_actions = closes.then(|| close.operation.to_owned()).into_iter().collect();
    Ok(ShownCampaign { campaign, schools, allowed_actions })
}

fn not_used() -> Error {
    Error::field(
        "",
        "not_used",
        "Положение муниципалитета не следит за отсроченными результатами",
        "The regulation of the municipality follows no delayed outcomes",
    )
}
