//! The life of a route after its approval: into force, fulfilled, closed, taken back.

use uuid::Uuid;

use super::super::model::{Event, RouteDraft, RouteState, StageClosing, explained, is_open, unfulfilled};
use super::super::stage_reports::vocabulary::StageReportState;
use super::super::{cards, petitions, policy, revisions, store};
use super::RouteWhole;
use super::case::{Case, drafters};
use super::gates::following;
use crate::approvals::service::withdraw;
use crate::authz::Permit;
use crate::db::{Change, Ctx, Subject};
use crate::diagnostics::service::{address_deficits, release_deficits};
use crate::error::{Code, Error, Result};
use crate::regulations::profile::ApprovalSubjectKind;

/// Brings an approved route into force on or after its first day; its deficits become addressed (P4-12).
pub async fn activate_route(ctx: &Ctx<'_>, id: Uuid, if_match: i64) -> Result<RouteWhole> {
    let mut case = Case::lock(ctx, id).await?;
    let permit = case.permit_of(ctx.actor, &policy::ACTIVATE_ROUTE, &drafters(case.rules()), if_match)?;
    let before = case.route.state;
    let draft = case.contents(ctx).await?;
    let gates = following(ctx, &case, &draft).await?.gates;
    let (today, starts_on) = (case.today, case.route.starts_on);
    case.happen(Event::Activate { today, starts_on, gates_open: is_open(&gates) })
        .map_err(|refusal| explained(refusal, Vec::new(), &gates, &draft.stages))?;
    case.route.activated_on = Some(case.today);
    address_deficits(ctx, &draft.deficit_ids(), case.route.id).await?;
    finish(ctx, &permit, case, before).await
}

/// Ends a route as fulfilled: with nothing left to do, and with every stage reported and final control where the
/// regulation demands that (P1-9, P1-30, P1-58).
pub async fn complete_route(ctx: &Ctx<'_>, id: Uuid, if_match: i64) -> Result<RouteWhole> {
    let mut case = Case::lock(ctx, id).await?;
    let permit = case.permit_of_other(ctx.actor, &policy::COMPLETE_ROUTE, if_match)?;
    let before = case.route.state;
    let draft = case.contents(ctx).await?;
    let gates = following(ctx, &case, &draft).await?.gates;
    let open = unfulfilled(&draft.activities, case.rules());
    let complete = Event::Complete { fulfilled: open.is_empty(), gates_open: is_open(&gates) };
    case.happen(complete).map_err(|refusal| explained(refusal, open, &gates, &draft.stages))?;
    case.route.closed_on = Some(case.today);
    finish(ctx, &permit, case, before).await
}

/// Closes a stage of a route in force: with its accepted report where the regulation demands one (P1-9).
pub async fn close_route_stage(ctx: &Ctx<'_>, id: Uuid, stage_id: Uuid, if_match: i64) -> Result<RouteWhole> {
    let mut case = Case::lock(ctx, id).await?;
    let permit = case.permit_of_other(ctx.actor, &policy::CLOSE_ROUTE_STAGE, if_match)?;
    let draft = case.contents(ctx).await?;
    let stages = following(ctx, &case, &draft).await?.stages;
    let stage = stages.iter().find(|stage| stage.stage_id == stage_id).ok_or(Error::not_found())?;
    case.happen(Event::CloseStage)?;
    if stage.closing.is_some() {
        return Err(Error::new(Code::StateConflict).detail("Этап уже закрыт", "The stage is closed already"));
    }
    let reported = stage.report.is_some_and(|(_, state)| state == StageReportState::Accepted);
    if !reported && case.rules().content.stages.as_ref().is_some_and(|rule| rule.report_before_closing) {
        return Err(Error::new(Code::ReportMissing));
    }
    let closing = StageClosing { stage_id, closed_on: case.today, closed_by: ctx.actor.person_id };
    store::close_stage(ctx, &permit, closing).await?;
    case.save(ctx).await?;
    let change = Change::none().field("closed_stage", (), stage_id.to_string());
    ctx.audit(&permit, Subject { kind: "route", id }, change).await?;
    super::read::whole(ctx, case).await
}

/// Ends a route unfulfilled, with a reason; deficits that it answered are open again.
pub async fn close_route(ctx: &Ctx<'_>, id: Uuid, if_match: i64, reason: String) -> Result<RouteWhole> {
    let mut case = Case::lock(ctx, id).await?;
    let permit = case.permit_of_other(ctx.actor, &policy::CLOSE_ROUTE, if_match)?;
    let before = case.route.state;
    case.happen(Event::Close)?;
    case.route.closed_on = Some(case.today);
    case.route.close_reason = Some(reason);
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
    let mut change = Change::none().field("state", before.as_str(), case.route.state.as_str());
    if case.route.state.is_final() && matches!(before, RouteState::Approved | RouteState::Active) {
        change = end_around(ctx, permit, &case, change).await?;
    }
    if case.route.state.is_final() && before == RouteState::Active {
        let draft = case.contents(ctx).await?;
        release_deficits(ctx, &unanswered(&draft), case.route.id).await?;
    }
    ctx.audit(permit, Subject { kind: "route", id: case.route.id }, change).await?;
    super::read::whole(ctx, case).await
}

/// What goes on around an agreed route ends with it, whichever way it ends: its revision, its petitions, the approval of
/// its card.
async fn end_around(ctx: &Ctx<'_>, permit: &Permit, case: &Case, mut change: Change) -> Result<Change> {
    // The words are kept with what ended, for readers of both languages.
    let reason = match case.route.state {
        RouteState::Completed => "Маршрут завершён (the route is completed)",
        RouteState::Withdrawn => "Маршрут отозван (the route is taken back)",
        _ => "Маршрут закрыт без выполнения (the route is closed unfulfilled)",
    };
    if let Some(id) = revisions::service::end_with_route(ctx, permit, case, reason).await? {
        change = change.field("lapsed_revision", (), id.to_string());
    }
    if let Some(id) = cards::service::end_with_route(ctx, permit, case, reason).await? {
        change = change.field("withdrawn_card", (), id.to_string());
    }
    let petitions = petitions::service::end_with_route(ctx, permit, case, reason).await?;
    if !petitions.is_empty() {
        let ids: Vec<String> = petitions.into_iter().map(|id| id.to_string()).collect();
        change = change.field("lapsed_petitions", (), ids);
    }
    Ok(change)
}
