//! What is handed in for the approval of a card, and what becomes of the card at its end.

use uuid::Uuid;

use super::super::model::{RouteCard, RouteCardEvent, RouteCardState, step};
use super::super::store;
use super::move_on;
use crate::approvals::service::{Submission, Submitted, end_with_subject};
use crate::authz::Permit;
use crate::db::Ctx;
use crate::effects::ApprovalOutcome;
use crate::error::Result;
use crate::learning_routes::model::{Rework, RouteDraft};
use crate::learning_routes::service::{self, Case, chain_facts};
use crate::regulations::profile::ApprovalSubjectKind;

pub(super) fn submission(ctx: &Ctx<'_>, case: &Case, draft: &RouteDraft, card: &RouteCard) -> Submission {
    let route = &case.route;
    Submission {
        subject_kind: ApprovalSubjectKind::RouteCard,
        subject_id: card.id,
        subject_version: card.version,
        title: route.title.clone(),
        region_id: route.region_id,
        municipality_id: route.municipality_id,
        organization_id: route.organization_id,
        learner: Some(route.person_id),
        learner_agreed: ctx.actor.is_person(route.person_id),
        regulation: case.regulation.clone(),
        facts: chain_facts(draft),
    }
}

/// A submission that took every step itself has approved the card.
pub(super) fn taken(ctx: &Ctx<'_>, card: &mut RouteCard, submitted: &Submitted) {
    let act = match submitted {
        Submitted::InReview { .. } => return,
        Submitted::NoChainNeeded => None,
        Submitted::Approved { act, .. } => act.clone(),
    };
    (card.state, card.approved_at, card.act) = (RouteCardState::Approved, Some(ctx.now), act);
}

/// Takes the outcome of the approval of a card, in the transaction of the decision. The route stays as it is.
pub async fn on_approval(ctx: &Ctx<'_>, id: Uuid, outcome: &ApprovalOutcome) -> Result<()> {
    let mut card = store::find(ctx.conn, id).await?;
    card.rework = None;
    match outcome {
        ApprovalOutcome::Approved { act } => {
            move_on(&mut card, RouteCardEvent::Approve)?;
            (card.approved_at, card.act) = (Some(ctx.now), act.clone());
        }
        ApprovalOutcome::Returned { reason, due_on } => {
            move_on(&mut card, RouteCardEvent::Return)?;
            card.rework = Some(Rework { reason: reason.clone(), due_on: *due_on });
        }
        ApprovalOutcome::Rejected { reason } => {
            move_on(&mut card, RouteCardEvent::Reject)?;
            card.close_reason = Some(reason.clone());
        }
        ApprovalOutcome::Withdrawn | ApprovalOutcome::Lapsed => {
            move_on(&mut card, RouteCardEvent::Withdraw)?;
        }
    }
    store::save(ctx, &card).await
}

/// The route has ended, by that right: a card that waits for its approval is taken back, and nobody is asked about it any
/// more. Part of the operation that ended the route and holds it. Returns the card.
pub(in crate::learning_routes) async fn end_with_route(
    ctx: &Ctx<'_>,
    permit: &Permit,
    case: &Case,
    reason: &str,
) -> Result<Option<Uuid>> {
    let newest = store::newest(ctx.conn, case.route.id).await?;
    let Some(mut card) = newest.filter(|card| step(card.state, RouteCardEvent::Withdraw).is_some()) else {
        return Ok(None);
    };
    move_on(&mut card, RouteCardEvent::Withdraw)?;
    card.rework = None;
    card.close_reason = Some(reason.to_owned());
    store::save(ctx, &card).await?;
    end_with_subject(ctx, permit, ApprovalSubjectKind::RouteCard, card.id, reason).await?;
    Ok(Some(card.id))
}

/// Holds the route and with it the card until the end of the transaction.
pub async fn hold(ctx: &Ctx<'_>, id: Uuid) -> Result<()> {
    let route_id = store::route_of(ctx.conn, id).await?;
    service::hold(ctx, route_id).await
}
