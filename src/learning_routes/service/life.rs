//! The life of a route after its approval: into force, fulfilled, closed, taken back.

use uuid::Uuid;

use super::super::model::{Event, RouteDraft, RouteState, progress};
use super::super::policy;
use super::RouteWhole;
use super::case::{Case, drafters};
use crate::approvals::service::withdraw;
use crate::authz::Permit;
use crate::db::{Change, Ctx, Subject};
use crate::diagnostics::service::{address_deficits, release_deficits};
use crate::error::Result;
use crate::regulations::profile::ApprovalSubjectKind;

/// Brings an approved route into force on or after its first day; its deficits become addressed (P4-12).
pub async fn activate_route(ctx: &Ctx<'_>, id: Uuid, if_match: i64) -> Result<RouteWhole> {
    let mut case = Case::lock(ctx, id).await?;
    let permit = case.permit_of(ctx.actor, &policy::ACTIVATE_ROUTE, &drafters(case.rules()), if_match)?;
    let before = case.route.state;
    case.happen(Event::Activate { today: case.today, starts_on: case.route.starts_on })?;
    case.route.activated_on = Some(case.today);
    let draft = case.contents(ctx).await?;
    address_deficits(ctx, &draft.deficit_ids(), case.route.id).await?;
    finish(ctx, &permit, case, before).await
}

/// Ends a route as fulfilled: with every activity done where the regulation demands that (P1-30).
pub async fn complete_route(ctx: &Ctx<'_>, id: Uuid, if_match: i64) -> Result<RouteWhole> {
    let mut case = Case::lock(ctx, id).await?;
    let permit = case.permit_of_other(ctx.actor, &policy::COMPLETE_ROUTE, if_match)?;
    let before = case.route.state;
    let draft = case.contents(ctx).await?;
    case.happen(Event::Complete {
        all_done: progress(&draft.activities).is_full(),
        full_completion: case.rules().life.full_completion.is_some(),
    })?;
    case.route.closed_on = Some(case.today);
    finish(ctx, &permit, case, before).await
}

/// Ends a route unfulfilled, with a reason; deficits that it answered are open again.
pub async fn close_route(ctx: &Ctx<'_>, id: Uuid, if_match: i64, reason: String) -> Result<RouteWhole> {
    let mut case = Case::lock(ctx, id).await?;
    let permit = case.permit_of_other(ctx.actor, &policy::CLOSE_ROUTE, if_match)?;
    let before = case.route.state;
    case.happen(Event::Close)?;
    case.route.closed_on = Some(case.today);
    case.route.close_reason = Some(reason);
    if before == RouteState::Active {
        let draft = case.contents(ctx).await?;
        release_deficits(ctx, &unanswered(&draft), case.route.id).await?;
    }
    finish(ctx, &permit, case, before).await
}

/// Takes a route back before it is in force; an open request for its approval is taken back with it.
pub async fn withdraw_route(ctx: &Ctx<'_>, id: Uuid, if_match: i64) -> Result<RouteWhole> {
    let mut case = Case::lock(ctx, id).await?;
    let permit = case.permit_of(ctx.actor, &policy::WITHDRAW_ROUTE, &drafters(case.rules()), if_match)?;
    let before = case.route.state;
    case.happen(Event::Withdraw)?;
    if matches!(before, RouteState::InReview | RouteState::Rework) {
        withdraw(ctx, ApprovalSubjectKind::Route, id).await?;
    }
    case.route.rework = None;
    finish(ctx, &permit, case, before).await
}

/// Deficits whose activities were not done.
pub(super) fn unanswered(draft: &RouteDraft) -> Vec<Uuid> {
    let done: Vec<Uuid> = draft
        .activities
        .iter()
        .filter(|activity| activity.state.completed_on().is_some())
        .flat_map(|activity| activity.data.deficit_ids.iter().copied())
        .collect();
    draft.deficit_ids().into_iter().filter(|id| !done.contains(id)).collect()
}

async fn finish(ctx: &Ctx<'_>, permit: &Permit, case: Case, before: RouteState) -> Result<RouteWhole> {
    case.save(ctx).await?;
    let change = Change::none().field("state", before.as_str(), case.route.state.as_str());
    ctx.audit(permit, Subject { kind: "route", id: case.route.id }, change).await?;
    super::read::whole(ctx, case).await
}
