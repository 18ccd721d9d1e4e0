//! Handing a route in.

use uuid::Uuid;

use super::super::model::{Capacity, Event, Participant, RouteDraft};
use super::super::versions::model::{NewVersion, VersionCause};
use super::super::{policy, rules, store, versions};
use super::RouteWhole;
use super::case::{Case, drafters};
use super::effects::approve;
use super::neighbours::facts_of_route;
use crate::approvals::service::{Submission, Submitted, submit};
use crate::authz::Permit;
use crate::db::{Change, Ctx, Subject};
use crate::error::Result;
use crate::regulations::profile::{ApprovalSubjectKind, ChainFacts};

/// Hands the route in: every rule it breaks is reported at once; then its chain begins, or it is approved at once
/// where the regulation asks nobody.
pub async fn submit_route(ctx: &Ctx<'_>, id: Uuid, if_match: i64) -> Result<RouteWhole> {
    let mut case = Case::lock(ctx, id).await?;
    let permit = case.permit_of(ctx.actor, &policy::SUBMIT_ROUTE, &drafters(case.rules()), if_match)?;
    case.happen(Event::Submit)?;
    mark(ctx, &permit, &case).await?;
    let draft = case.contents(ctx).await?;
    let facts = facts_of_route(ctx, &case, &draft).await?;
    rules::check_submission(&draft, &facts, &case.regulation.profile).into_result()?;
    let submitted = submit(ctx, &permit, submission(&case, &draft)).await?;
    case.route.rework = None;
    let version = NewVersion {
        route_id: id,
        cause: VersionCause::Submission,
        round: submitted.round(),
        revision_id: None,
        content: draft.content(),
        note: None,
        taken_on: case.today,
    };
    versions::service::keep(ctx, &version).await?;
    match submitted {
        Submitted::InReview { .. } => {}
        Submitted::NoChainNeeded | Submitted::Approved { .. } => approve(ctx, &mut case, &draft).await?,
    }
    case.save(ctx).await?;
    let change = Change::none().field("state", draft.route.state.as_str(), case.route.state.as_str());
    ctx.audit(&permit, Subject { kind: "route", id }, change).await?;
    super::read::whole(ctx, case).await
}

/// Handing in is taking part (P4-11): the learner who submits agrees.
async fn mark(ctx: &Ctx<'_>, permit: &Permit, case: &Case) -> Result<()> {
    let Some(person_id) = ctx.actor.person_id else { return Ok(()) };
    let capacity = if person_id == case.route.person_id {
        Some(Capacity::Learner)
    } else {
        Capacity::of_role(permit.role()?)
    };
    let Some(capacity) = capacity else { return Ok(()) };
    let mark = Participant { person_id, capacity, participated_at: ctx.now, note: None };
    store::mark(ctx, permit, case.route.id, &mark).await
}

fn submission(case: &Case, draft: &RouteDraft) -> Submission {
    let route = &case.route;
    Submission {
        subject_kind: ApprovalSubjectKind::Route,
        subject_id: route.id,
        subject_version: route.version,
        title: route.title.clone(),
        region_id: route.region_id,
        municipality_id: route.municipality_id,
        organization_id: route.organization_id,
        learner: Some(route.person_id),
        learner_agreed: draft.has_participant(Capacity::Learner),
        regulation: case.regulation.clone(),
        facts: chain_facts(draft),
    }
}

/// What the conditions of a chain look at in a route.
pub(in crate::learning_routes) fn chain_facts(draft: &RouteDraft) -> ChainFacts {
    let mut activity_kinds: Vec<_> = draft.activities.iter().map(|activity| activity.data.kind).collect();
    activity_kinds.sort_unstable();
    activity_kinds.dedup();
    ChainFacts {
        hours: draft.activities.iter().filter_map(|activity| activity.data.hours).sum(),
        activity_kinds,
        ..ChainFacts::default()
    }
}
