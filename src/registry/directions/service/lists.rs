//! Lists of directions: proposed, changed, approved.

use uuid::Uuid;

use super::figures::figures;
use crate::authz::{Permit, Rule, Target, authorize, may, region_scope};
use crate::db::{Change, Ctx, Subject};
use crate::diagnostics::findings::service::unknown_findings;
use crate::directory::regions::service::today;
use crate::error::{Code, Error, FieldProblem, Result, Text};
use crate::http::PageQuery;
use crate::ids::new_id;
use crate::registry::directions::model::{Approval, Direction, DirectionFigures, DirectionList, ListData};
use crate::registry::directions::store::{DirectionFilter, Within};
use crate::registry::directions::vocabulary::DirectionListState;
use crate::registry::directions::{policy, store};
use crate::registry::programs::service::regional_regulation;
use crate::regulations::profile::{ApprovalSubjectKind, deciding_roles};

/// More than a list may hold.
const WHOLE_LIST: i64 = 200;

/// A list with its directions and what the actor may do with it.
#[derive(Debug)]
pub struct ShownList {
    /// The list.
    pub list: DirectionList,
    /// Its directions in their order.
    pub directions: Vec<Direction>,
    /// operationIds.
    pub allowed_actions: Vec<String>,
}

/// Proposes a list for a calendar year.
pub async fn create_direction_list(ctx: &Ctx<'_>, year: i32, data: ListData) -> Result<ShownList> {
    let region_id = ctx.region_id()?;
    let permit = authorize(ctx.actor, &policy::CREATE_DIRECTION_LIST, &Target::region(region_id))?;
    require_proposer(ctx, region_id).await?;
    refuse_unknown_findings(ctx, &data).await?;
    let figures = figures(ctx, &data.directions, Vec::new()).await?;
    propose(ctx, &permit, year, data, &figures).await
}

/// Writes a proposed list, unless the year has an approved one.
pub(super) async fn propose(
    ctx: &Ctx<'_>,
    permit: &Permit,
    year: i32,
    data: ListData,
    figures: &[DirectionFigures],
) -> Result<ShownList> {
    let region_id = ctx.region_id()?;
    if store::has_approved(ctx.conn, region_id, year).await? {
        return Err(approved_already());
    }
    let list = DirectionList {
        id: new_id(),
        region_id,
        organization_id: permit.organization_id().ok_or(Error::new(Code::Forbidden))?,
        year,
        note: data.note,
        state: DirectionListState::Proposed,
        approval: Approval { act_number: None, act_date: None },
        approved_on: None,
        version: 1,
    };
    store::insert(ctx, permit, &list, &data.directions, figures).await?;
    let change = Change::none().field("year", (), year);
    ctx.audit(permit, Subject { kind: "direction_list", id: list.id }, change).await?;
    shown(ctx, list).await
}

/// One page of the lists of the actor's region.
pub async fn list_direction_lists(
    ctx: &Ctx<'_>,
    year: Option<i32>,
    state: Option<DirectionListState>,
    page: &PageQuery<'_>,
    after: Option<(i32, Uuid)>,
) -> Result<Vec<DirectionList>> {
    let region = region_scope(ctx.actor, &policy::LIST_DIRECTION_LISTS)?;
    let all = may(ctx.actor, &policy::SEE_PROPOSED, &Target::region(region.region_id()));
    let states: Vec<DirectionListState> = DirectionListState::ALL
        .iter()
        .copied()
        .filter(|known| all || *known == DirectionListState::Approved)
        .filter(|known| state.is_none_or(|state| state == *known))
        .collect();
    store::list(ctx.conn, region, &states, year, page.fetch(), after).await
}

/// One list with its directions.
pub async fn get_direction_list(ctx: &Ctx<'_>, id: Uuid) -> Result<ShownList> {
    let list = store::find(ctx.conn, id).await?.ok_or(Error::not_found())?;
    see(ctx, &list)?;
    shown(ctx, list).await
}

/// Writes a proposed list anew.
pub async fn update_direction_list(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    data: ListData,
) -> Result<ShownList> {
    let (permit, current) = proposed(ctx, &policy::UPDATE_DIRECTION_LIST, id, if_match).await?;
    require_proposer(ctx, current.region_id).await?;
    refuse_unknown_findings(ctx, &data).await?;
    let kept = store::figures_of_list(ctx.conn, id).await?;
    let figures = figures(ctx, &data.directions, kept).await?;
    let list = DirectionList { note: data.note, version: current.version + 1, ..current };
    store::replace(ctx, &permit, &list, &data.directions, &figures).await?;
    ctx.audit(&permit, Subject { kind: "direction_list", id }, Change::none()).await?;
    shown(ctx, list).await
}

/// Approves a proposed list: it never changes again, and the year has no other (P2-19).
pub async fn approve_direction_list(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    approval: Approval,
) -> Result<ShownList> {
    let (permit, current) = permitted(ctx, &policy::APPROVE_DIRECTION_LIST, id).await?;
    if !is_decider(ctx, current.region_id).await? {
        return Err(not_by_regulation());
    }
    still_proposed(&current, if_match)?;
    if store::has_approved(ctx.conn, current.region_id, current.year).await? {
        return Err(approved_already());
    }
    let today = today(ctx, current.region_id).await?;
    if approval.act_date.is_some_and(|day| day > today) {
        return Err(Error::field(
            "/act_date",
            "date_in_future",
            "День ещё не наступил",
            "The day has not come yet",
        ));
    }
    let list = DirectionList {
        state: DirectionListState::Approved,
        approved_on: Some(today),
        approval,
        version: current.version + 1,
        ..current
    };
    store::approve(ctx, &permit, &list).await?;
    let change = Change::none().field("state", "proposed", list.state.as_str());
    ctx.audit(&permit, Subject { kind: "direction_list", id }, change).await?;
    shown(ctx, list).await
}

/// 404 for whoever may not see the list in its state.
fn see(ctx: &Ctx<'_>, list: &DirectionList) -> Result<()> {
    let rule = match list.state {
        DirectionListState::Proposed => &policy::SEE_PROPOSED,
        DirectionListState::Approved => &policy::GET_DIRECTION_LIST,
    };
    authorize(ctx.actor, rule, &Target::region(list.region_id)).map(drop)
}

/// Locks a list that is still proposed and still the version the actor saw.
async fn proposed(
    ctx: &Ctx<'_>,
    rule: &'static Rule,
    id: Uuid,
    if_match: i64,
) -> Result<(Permit, DirectionList)> {
    let (permit, list) = permitted(ctx, rule, id).await?;
    still_proposed(&list, if_match)?;
    Ok((permit, list))
}

async fn permitted(ctx: &Ctx<'_>, rule: &'static Rule, id: Uuid) -> Result<(Permit, DirectionList)> {
    let list = store::lock(ctx.conn, id).await?.ok_or(Error::not_found())?;
    see(ctx, &list)?;
    let permit = authorize(ctx.actor, rule, &Target::region(list.region_id))?;
    Ok((permit, list))
}

fn still_proposed(list: &DirectionList, if_match: i64) -> Result<()> {
    if list.version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    if list.state != DirectionListState::Proposed {
        return Err(Error::new(Code::StateConflict)
            .detail("Утверждённый перечень не меняется", "An approved list never changes"));
    }
    Ok(())
}

/// Whether the regulation of the region lets the actor decide: whoever approves by its chain (P2-19), the ministry where
/// it names nobody.
async fn is_decider(ctx: &Ctx<'_>, region_id: Uuid) -> Result<bool> {
    let day = today(ctx, region_id).await?;
    let regulation = regional_regulation(ctx, region_id, day).await?;
    let profile = regulation.as_ref().map(|regulation| &**regulation.profile);
    let roles = deciding_roles(profile, ApprovalSubjectKind::PriorityDirections);
    Ok(roles.into_iter().any(|role| ctx.actor.has_role(role)))
}

/// Whether the regulation of the region lets the actor propose; where it says nothing, whoever may by policy may.
async fn is_proposer(ctx: &Ctx<'_>, region_id: Uuid) -> Result<bool> {
    let day = today(ctx, region_id).await?;
    let regulation = regional_regulation(ctx, region_id, day).await?;
    let rule = regulation.as_ref().and_then(|regulation| regulation.profile.registry.directions.as_ref());
    Ok(rule.is_none_or(|rule| rule.drafted_by.iter().any(|role| ctx.actor.has_role(*role))))
}

pub(super) async fn require_proposer(ctx: &Ctx<'_>, region_id: Uuid) -> Result<()> {
    if is_proposer(ctx, region_id).await? {
        return Ok(());
    }
    Err(not_by_regulation())
}

fn not_by_regulation() -> Error {
    Error::new(Code::Forbidden)
        .detail("По положению это делает другая сторона", "The regulation gives this to somebody else")
}

async fn refuse_unknown_findings(ctx: &Ctx<'_>, data: &ListData) -> Result<()> {
    let named: Vec<(usize, usize, Uuid)> = data
        .directions
        .iter()
        .enumerate()
        .flat_map(|(place, direction)| {
            direction.finding_ids.iter().enumerate().map(move |(inner, id)| (place, inner, *id))
        })
        .collect();
    let ids: Vec<Uuid> = named.iter().map(|(_, _, id)| *id).collect();
    let unknown = unknown_findings(ctx, &ids).await?;
    let problems: Vec<FieldProblem> = unknown
        .into_iter()
        .filter_map(|index| named.get(index))
        .map(|(place, inner, _)| {
            let words = Text::new("Такого результата нет", "There is no such finding");
            FieldProblem::new(format!("/data/directions/{place}/finding_ids/{inner}"), "unknown", words)
        })
        .collect();
    if problems.is_empty() { Ok(()) } else { Err(problems.into()) }
}

async fn shown(ctx: &Ctx<'_>, list: DirectionList) -> Result<ShownList> {
    let directions =
        store::directions(ctx.conn, Within::List(list.id), DirectionFilter::default(), WHOLE_LIST, None)
            .await?;
    let target = Target::region(list.region_id);
    let mut allowed: Vec<&Rule> = Vec::new();
    if list.state == DirectionListState::Proposed {
        if may(ctx.actor, &policy::UPDATE_DIRECTION_LIST, &target) && is_proposer(ctx, list.region_id).await?
        {
            allowed.push(&policy::UPDATE_DIRECTION_LIST);
        }
        if may(ctx.actor, &policy::APPROVE_DIRECTION_LIST, &target) && is_decider(ctx, list.region_id).await?
        {
            allowed.push(&policy::APPROVE_DIRECTION_LIST);
        }
    }
    let allowed_actions = allowed.into_iter().map(|rule| rule.operation.to_owned()).collect();
    Ok(ShownList { list, directions, allowed_actions })
}

fn approved_already() -> Error {
    Error::new(Code::AlreadyExists)
        .detail("На этот год перечень уже утверждён", "The list of this year is approved already")
}
