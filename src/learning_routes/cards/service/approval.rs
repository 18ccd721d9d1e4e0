//! What is handed in for the approval of a card, and what becomes of the card at its end.

use uuid::Uuid;

use super::super::model::{RouteCard, RouteCardEvent, RouteCardState};
use super::super::store;
use super::move_on;
use crate::approvals::service::{Submission, Submitted};
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

/// Holds the route and with it the card until the end of the transaction.
pub async fn hold(ctx: &Ctx<'_>, id: Uuid) -> Result<()> {
    let route_id = store::route_of(ctx.conn, id).await?;
    service::hold(ctx, route_id).await
}
