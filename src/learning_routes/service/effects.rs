//! What other resources do to a route: the end of its approval, a credential that is confirmed or annulled.
//!
//! Both run in the transaction, by the right and under the audit row of the operation that caused them.

use uuid::Uuid;

use super::super::model::{Activity, ActivityState, Event, Rework, Route, RouteDraft, is_open, step};
use super::super::store;
use super::case::Case;
use super::gates::following;
use super::life::unanswered;
use crate::db::Ctx;
use crate::diagnostics::service::{address_deficits, release_deficits};
use crate::effects::{AnsweringPaper, ApprovalOutcome};
use crate::error::{Error, Result};

/// Takes the outcome of the route's approval request, in the transaction of the decision.
///
/// An approved route whose term has begun comes into force at once; one whose term lies ahead, or whose preliminary
/// control is missing, waits for
/// [`super::activate_route`]. A request that lapsed or was taken back leaves a draft behind.
pub async fn on_approval(ctx: &Ctx<'_>, route_id: Uuid, outcome: &ApprovalOutcome) -> Result<()> {
    let mut case = Case::lock(ctx, route_id).await?;
    match outcome {
        ApprovalOutcome::Approved { .. } => {
            let draft = case.contents(ctx).await?;
            case.route.version += 1;
            approve(ctx, &mut case, &draft).await?;
        }
        ApprovalOutcome::Returned { reason, due_on } => {
            case.happen(Event::Return)?;
            case.route.rework = Some(Rework { reason: reason.clone(), due_on: *due_on });
        }
        ApprovalOutcome::Rejected { reason } => {
            case.happen(Event::Reject)?;
            case.route.close_reason = Some(reason.clone());
        }
        ApprovalOutcome::Withdrawn | ApprovalOutcome::Lapsed => {
            case.happen(Event::Reopen)?;
            case.route.rework = None;
        }
    }
    case.save(ctx).await
}

/// Holds a route until the end of the transaction: whoever touches a route and its request holds the route first.
pub async fn hold(ctx: &Ctx<'_>, route_id: Uuid) -> Result<()> {
    store::lock(ctx.conn, route_id).await.map(drop)
}

/// Approves the route, and brings it into force where its term has begun; its deficits become addressed (P4-12).
/// The caller counts the version up and writes.
pub(super) async fn approve(ctx: &Ctx<'_>, case: &mut Case, draft: &RouteDraft) -> Result<()> {
    let version = case.route.version;
    case.happen(Event::Approve)?;
    case.route.approved_at = Some(ctx.now);
    // Preliminary control that is missing is not jumped over: the route waits (P1-56).
    let gates_open = is_open(&following(ctx, case, draft).await?.gates);
    let activation = Event::Activate { today: case.today, starts_on: case.route.starts_on, gates_open };
    if step(case.route.state, activation).is_ok() {
        case.happen(activation)?;
        case.route.activated_on = Some(case.today);
        address_deficits(ctx, &draft.deficit_ids(), case.route.id).await?;
    }
    case.route.version = version;
    Ok(())
}

/// Completes the activity of a route in force that a confirmed credential of the learner answers. Returns whether
/// something changed: an activity that is completed already, or whose route is not in force, stays as it is;
/// another person's is refused (422 at `/activity_id`).
pub async fn complete_activity_by_credential(ctx: &Ctx<'_>, paper: &AnsweringPaper) -> Result<bool> {
    let (mut route, activity) = answered(ctx, paper).await?;
    let Ok(state) = step(route.state, Event::CompleteActivity) else { return Ok(false) };
    if activity.state != ActivityState::Planned {
        return Ok(false);
    }
    let completed = ActivityState::Completed(paper.completed_on);
    store::set_activity_state(ctx, activity.id, completed, Some(paper.credential_id)).await?;
    route.state = state;
    route.version += 1;
    store::save(ctx, &route).await?;
    Ok(true)
}

/// Opens the activity again that this credential had completed: it is worth nothing any more. Returns whether
/// something changed; an activity that was completed otherwise stays as it is. A route that has ended stays ended,
/// but nothing of it answers the activity's deficits from now on.
pub async fn reopen_activity_by_credential(ctx: &Ctx<'_>, paper: &AnsweringPaper) -> Result<bool> {
    let (mut route, activity) = answered(ctx, paper).await?;
    if activity.completed_by != Some(paper.credential_id) {
        return Ok(false);
    }
    store::set_activity_state(ctx, activity.id, ActivityState::Planned, None).await?;
    route.version += 1;
    store::save(ctx, &route).await?;
    if route.state.is_final() {
        let route_id = route.id;
        let left = unanswered(&store::contents(ctx.conn, route).await?);
        let lost: Vec<Uuid> = activity.data.deficit_ids.into_iter().filter(|id| left.contains(id)).collect();
        release_deficits(ctx, &lost, route_id).await?;
    }
    Ok(true)
}

/// The activity that the paper answers, with its route, held until the end of the transaction.
async fn answered(ctx: &Ctx<'_>, paper: &AnsweringPaper) -> Result<(Route, Activity)> {
    let route_id =
        store::route_of_activity(ctx.conn, paper.activity_id).await?.ok_or_else(unknown_activity)?;
    let route = store::lock(ctx.conn, route_id).await?;
    if route.person_id != paper.person_id {
        return Err(unknown_activity());
    }
    let activities = store::contents(ctx.conn, route.clone()).await?.activities;
    let activity = activities.into_iter().find(|activity| activity.id == paper.activity_id);
    Ok((route, activity.ok_or_else(unknown_activity)?))
}

fn unknown_activity() -> Error {
    Error::field(
        "/activity_id",
        "unknown",
        "У этого человека нет такого мероприятия маршрута",
        "The person's routes have no such activity",
    )
}
