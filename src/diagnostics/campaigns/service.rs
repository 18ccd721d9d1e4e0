//! Use cases of campaigns.

pub mod people;

use std::collections::HashSet;

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::{Campaign, CampaignData, CampaignState};
use super::store::people::Enrolled;
use super::{policy, store};
use crate::authz::{Actor, Permit, Rule, Target, authorize, authorize_kept, may, scope};
use crate::db::{Change, Ctx, Subject};
use crate::diagnostics::instruments::model::InstrumentOwner;
use crate::diagnostics::organizing::Task;
use crate::diagnostics::{PublicationState, draft, instruments, organizing};
use crate::directory::organizations::model::OrganizationKind;
use crate::directory::organizations::service as organizations;
use crate::directory::regions::service as regions;
use crate::error::{Code, Error, FieldProblem, Result, Text};
use crate::http::PageQuery;
use crate::ids::new_id;

/// A campaign and what the actor may do with it.
#[derive(Debug, Clone)]
pub struct CampaignDetail {
    /// The campaign.
    pub campaign: Campaign,
    /// operationIds.
    pub allowed_actions: Vec<String>,
}

/// Adds a planned campaign.
pub async fn create_diagnostic_campaign(
    ctx: &Ctx<'_>,
    owner_id: Uuid,
    data: CampaignData,
) -> Result<CampaignDetail> {
    let (owner, _) = draft::keeper(ctx, &policy::CREATE_DIAGNOSTIC_CAMPAIGN, owner_id).await?;
    let campaign = Campaign {
        id: new_id(),
        region_id: owner.region_id,
        owner: InstrumentOwner::from(&owner),
        data,
        state: CampaignState::Planned,
        cancel_reason: None,
        version: 1,
    };
    let permit = organizing::require(ctx, &policy::CREATE_DIAGNOSTIC_CAMPAIGN, &kept(&campaign)).await?;
    check(ctx, &campaign).await.map_err(|refusal| refusal.under("/data"))?;
    store::insert(ctx, &permit, &campaign).await?;
    let change = Change::none().field("state", (), campaign.state.as_str());
    ctx.audit(&permit, subject(campaign.id), change).await?;
    shown(ctx, campaign).await
}

/// One page of the campaigns that concern the actor's place or are kept below it.
pub async fn list_diagnostic_campaigns(
    ctx: &Ctx<'_>,
    filter: &store::Filter,
    page: &PageQuery<'_>,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<CampaignDetail>> {
    let scope = scope(ctx.actor, &policy::LIST_DIAGNOSTIC_CAMPAIGNS)?;
    let found = store::list(ctx.conn, &scope, filter, page.fetch(), after).await?;
    let organizer = organizing::organizer(ctx).await?;
    let at_school = organizing::named(ctx, Task::OrganizingAtSchool).await?;
    Ok(found.into_iter().map(|campaign| with_actions(&at_school, &organizer, campaign)).collect())
}

/// One campaign.
pub async fn get_diagnostic_campaign(ctx: &Ctx<'_>, id: Uuid) -> Result<CampaignDetail> {
    let campaign = seen(ctx, id).await?;
    shown(ctx, campaign).await
}

/// Writes a planned campaign anew.
pub async fn update_diagnostic_campaign(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    data: CampaignData,
) -> Result<CampaignDetail> {
    let (permit, current) = locked(ctx, &policy::UPDATE_DIAGNOSTIC_CAMPAIGN, id, if_match).await?;
    must_be(&current, CampaignState::Planned)?;
    let changed = Campaign { data, version: current.version + 1, ..current };
    check(ctx, &changed).await?;
    store::update(ctx, &permit, &changed).await?;
    ctx.audit(&permit, subject(id), Change::none()).await?;
    shown(ctx, changed).await
}

/// Starts a planned campaign: everybody whom its rule names takes part from now on, and whoever is hired meanwhile.
pub async fn start_diagnostic_campaign(ctx: &Ctx<'_>, id: Uuid, if_match: i64) -> Result<CampaignDetail> {
    let (permit, current) = locked(ctx, &policy::START_DIAGNOSTIC_CAMPAIGN, id, if_match).await?;
    must_be(&current, CampaignState::Planned)?;
    if current.data.ends_on < today(ctx, &current).await? {
        return Err(Error::new(Code::StateConflict).detail(
            "Последний день кампании прошёл: перенесите её",
            "The last day of the campaign is past: move it",
        ));
    }
    let started = Campaign { state: CampaignState::Running, version: current.version + 1, ..current };
    store::update(ctx, &permit, &started).await?;
    store::people::enroll_by_rule(ctx, Enrolled::Campaign(id), today(ctx, &started).await?).await?;
    ctx.audit(&permit, subject(id), moved(CampaignState::Planned, CampaignState::Running)).await?;
    shown(ctx, started).await
}

/// Closes a running campaign.
pub async fn close_diagnostic_campaign(ctx: &Ctx<'_>, id: Uuid, if_match: i64) -> Result<CampaignDetail> {
    let (permit, current) = locked(ctx, &policy::CLOSE_DIAGNOSTIC_CAMPAIGN, id, if_match).await?;
    must_be(&current, CampaignState::Running)?;
    let closed = Campaign { state: CampaignState::Closed, version: current.version + 1, ..current };
    store::update(ctx, &permit, &closed).await?;
    ctx.audit(&permit, subject(id), moved(CampaignState::Running, CampaignState::Closed)).await?;
    shown(ctx, closed).await
}

/// Cancels a planned or running campaign; results recorded until then stay, and nobody takes part any more.
pub async fn cancel_diagnostic_campaign(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    reason: String,
) -> Result<CampaignDetail> {
    let (permit, current) = locked(ctx, &policy::CANCEL_DIAGNOSTIC_CAMPAIGN, id, if_match).await?;
    let before = current.state;
    if !matches!(before, CampaignState::Planned | CampaignState::Running) {
        must_be(&current, CampaignState::Running)?;
    }
    let cancelled = Campaign {
        state: CampaignState::Cancelled,
        cancel_reason: Some(reason),
        version: current.version + 1,
        ..current
    };
    store::update(ctx, &permit, &cancelled).await?;
    ctx.audit(&permit, subject(id), moved(before, CampaignState::Cancelled)).await?;
    shown(ctx, cancelled).await
}

/// Somebody was employed, or his employment changed: he takes part in every running campaign whose rule names him.
/// Part of an operation that is permitted and audited elsewhere.
pub async fn enroll_employed(ctx: &Ctx<'_>, person_id: Uuid, region_id: Uuid) -> Result<()> {
    let day = regions::today(ctx, region_id).await?;
    store::people::hold_by_rule(ctx, region_id).await?;
    store::people::enroll_by_rule(ctx, Enrolled::Person(person_id), day).await
}

/// The campaigns of a region with that code: for files, which know no ids.
pub(in crate::diagnostics) async fn campaigns_by_code(
    ctx: &Ctx<'_>,
    region_id: Uuid,
    code: &str,
) -> Result<Vec<Campaign>> {
    store::by_code(ctx.conn, region_id, code).await
}

fn moved(from: CampaignState, to: CampaignState) -> Change {
    Change::none().field("state", from.as_str(), to.as_str())
}

const fn subject(id: Uuid) -> Subject {
    Subject { kind: "diagnostic_campaign", id }
}

/// The campaign, if the actor may know of it.
async fn seen(ctx: &Ctx<'_>, id: Uuid) -> Result<Campaign> {
    let campaign = store::find(ctx.conn, id).await?.ok_or(Error::not_found())?;
    authorize(ctx.actor, &policy::GET_DIAGNOSTIC_CAMPAIGN, &served(&campaign))?;
    Ok(campaign)
}

async fn locked(ctx: &Ctx<'_>, rule: &'static Rule, id: Uuid, if_match: i64) -> Result<(Permit, Campaign)> {
    let current = store::lock(ctx.conn, id).await?.ok_or(Error::not_found())?;
    authorize_kept(ctx.actor, rule, &kept(&current), Some(&served(&current)))?;
    let permit = organizing::require(ctx, rule, &kept(&current)).await?;
    if current.version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    Ok((permit, current))
}

fn must_be(campaign: &Campaign, state: CampaignState) -> Result<()> {
    if campaign.state == state {
        return Ok(());
    }
    Err(Error::new(Code::StateConflict).detail(
        format!("Состояние кампании — {}, а нужно {}", campaign.state.as_str(), state.as_str()),
        format!("The campaign is {}, not {}", campaign.state.as_str(), state.as_str()),
    ))
}

/// The campaign as a thing of its owner alone.
fn kept(campaign: &Campaign) -> Target {
    Target::region(campaign.region_id).organization(campaign.owner.id, campaign.owner.municipality_id)
}

/// The campaign as a thing of those it is for.
fn served(campaign: &Campaign) -> Target {
    let region = Target::region(campaign.region_id);
    match (campaign.owner.kind, campaign.owner.municipality_id) {
        (OrganizationKind::School, municipality_id) => {
            region.organization(campaign.owner.id, municipality_id)
        }
        (_, Some(municipality_id)) => region.municipality(municipality_id),
        (_, None) => region,
    }
}

/// Dates in their order, a published instrument that serves the owner, organizations that the owner serves.
async fn check(ctx: &Ctx<'_>, campaign: &Campaign) -> Result<()> {
    let mut problems = Vec::new();
    let data = &campaign.data;
    if data.ends_on < data.starts_on {
        problems.push(problem(
            "/ends_on",
            "dates_out_of_order",
            "Конец раньше начала",
            "The end comes before the beginning",
        ));
    }
    let instrument = instruments::service::measuring(ctx, data.instrument_id).await?;
    let usable = instrument.is_some_and(|(instrument, _)| {
        instrument.region_id == campaign.region_id
            && instrument.state == PublicationState::Published
            && instrument.owner.serves(campaign.owner.id, campaign.owner.municipality_id)
    });
    if !usable {
        problems.push(problem(
            "/instrument_id",
            "unknown",
            "Такого опубликованного инструмента для этой организации нет",
            "There is no such published instrument for this organization",
        ));
    }
    let places = organizations::places_of(ctx, campaign.region_id, &data.organization_ids).await?;
    let mut named = HashSet::new();
    for (index, id) in data.organization_ids.iter().enumerate() {
        if !named.insert(*id) {
            problems.push(problem(
                &format!("/organization_ids/{index}"),
                "duplicate",
                "Организацию называют один раз",
                "An organization is named once",
            ));
        } else if !places.get(id).is_some_and(|municipality| campaign.owner.serves(*id, *municipality)) {
            problems.push(problem(
                &format!("/organization_ids/{index}"),
                "unknown",
                "Владелец кампании не обслуживает такую организацию",
                "The owner of the campaign serves no such organization",
            ));
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(Error::invalid(problems)) }
}

fn problem(pointer: &str, code: &'static str, ru: &'static str, en: &'static str) -> FieldProblem {
    FieldProblem::new(pointer, code, Text::new(ru, en))
}

/// The campaign with what the actor may do with it now.
async fn shown(ctx: &Ctx<'_>, campaign: Campaign) -> Result<CampaignDetail> {
    let organizer = organizing::organizer(ctx).await?;
    let at_school = organizing::named(ctx, Task::OrganizingAtSchool).await?;
    Ok(with_actions(&at_school, &organizer, campaign))
}

fn with_actions(at_school: &Actor, organizer: &Actor, campaign: Campaign) -> CampaignDetail {
    let (of_owner, of_people): (&[&Rule], &[&Rule]) = match campaign.state {
        CampaignState::Planned => (
            &[
                &policy::UPDATE_DIAGNOSTIC_CAMPAIGN,
                &policy::START_DIAGNOSTIC_CAMPAIGN,
                &policy::CANCEL_DIAGNOSTIC_CAMPAIGN,
            ],
            &[],
        ),
        CampaignState::Running => (
            &[&policy::CLOSE_DIAGNOSTIC_CAMPAIGN, &policy::CANCEL_DIAGNOSTIC_CAMPAIGN],
            &[
                &policy::ENROLL_DIAGNOSTIC_PARTICIPANTS,
                &policy::RECORD_DIAGNOSTIC_ATTENDANCE,
                &policy::CREATE_DIAGNOSTIC_REMINDERS,
            ],
        ),
        CampaignState::Closed | CampaignState::Cancelled => (&[], &[]),
    };
    let target = kept(&campaign);
    let owned = of_owner.iter().filter(|rule| may(organizer, rule, &target));
    // The school for its own people, whoever else keeps the campaign.
    let organized = of_people.iter().filter(|rule| {
        at_school.grants.iter().any(|grant| {
            let place = grant
                .organization_id
                .map(|id| Target::region(campaign.region_id).organization(id, grant.municipality_id));
            place.is_some_and(|place| may(at_school, rule, &place))
        })
    });
    let allowed_actions = owned.chain(organized).map(|rule| rule.operation.to_owned()).collect();
    CampaignDetail { campaign, allowed_actions }
}

/// Today by the clock of the campaign's region.
async fn today(ctx: &Ctx<'_>, campaign: &Campaign) -> Result<NaiveDate> {
    regions::today(ctx, campaign.region_id).await
}
