//! How the chains of an order and of its placement end.

use uuid::Uuid;

use crate::db::Ctx;
use crate::effects::ApprovalOutcome;
use crate::error::{Code, Error, Result};
use crate::orders::training_orders::model::{
    Ended, OrderReturn, OrderState, TrainingOrder, after_placing, after_review,
};
use crate::orders::training_orders::store;

/// Holds the order until the end of the transaction, before its request for approval.
pub async fn hold(ctx: &Ctx<'_>, id: Uuid) -> Result<()> {
    store::lock(ctx.conn, id).await.map(drop)
}

/// Takes how the chain of an order, or a round of it, has ended; in the transaction of the decision.
pub async fn on_approval(ctx: &Ctx<'_>, id: Uuid, outcome: &ApprovalOutcome) -> Result<()> {
    let order = store::find(ctx.conn, id).await?;
    let state = after_review(order.state, ended(outcome)).ok_or(Error::new(Code::StateConflict))?;
    store::save(ctx, &told(ctx, order, state, outcome)).await
}

/// The same of the chain of its placement: the step of the department (P3-11).
pub async fn on_placement(ctx: &Ctx<'_>, id: Uuid, outcome: &ApprovalOutcome) -> Result<()> {
    let order = store::find(ctx.conn, id).await?;
    let state = after_placing(order.state, ended(outcome)).ok_or(Error::new(Code::StateConflict))?;
    store::save(ctx, &told(ctx, order, state, outcome)).await
}

const fn ended(outcome: &ApprovalOutcome) -> Ended {
    match outcome {
        ApprovalOutcome::Approved { .. } => Ended::Approved,
        ApprovalOutcome::Returned { .. } => Ended::Returned,
        ApprovalOutcome::Rejected { .. } => Ended::Rejected,
        ApprovalOutcome::Withdrawn | ApprovalOutcome::Lapsed => Ended::Undecided,
    }
}

fn told(ctx: &Ctx<'_>, order: TrainingOrder, state: OrderState, outcome: &ApprovalOutcome) -> TrainingOrder {
    let rework = match outcome {
        ApprovalOutcome::Returned { reason, due_on } => {
            Some(OrderReturn { reason: reason.clone(), due_on: *due_on })
        }
        _ => None,
    };
    let reason = match outcome {
        ApprovalOutcome::Rejected { reason } => Some(reason.clone()),
        _ => None,
    };
    TrainingOrder {
        state,
        rework,
        reason,
        submitted_at: if state == OrderState::Submitted {
            order.submitted_at.or(Some(ctx.now))
        } else {
            order.submitted_at
        },
        placed_at: (state == OrderState::Placed).then_some(ctx.now),
        version: order.version + 1,
        ..order
    }
}
