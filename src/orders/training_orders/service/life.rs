//! Forming an order anew, submitting it and taking it back.

use uuid::Uuid;

use super::assigned::refuse_above_assignment;
use super::rights::{forming, in_role};
use super::{ShownOrder, audit, collect, period_over, refuse_unless, shown, submission};
use crate::approvals::service::{Submitted, end_with_subject, submit};
use crate::db::Ctx;
use crate::directory::regions;
use crate::error::{Error, Result};
use crate::orders::training_orders::model::{OrderState, TrainingOrder};
use crate::orders::training_orders::{policy, store};
use crate::regulations::profile::{ApprovalSubjectKind, OrderLevel};
use crate::regulations::service::regulation_of_case;

/// Takes in what the level below has submitted since the order was begun.
pub async fn refresh_training_order(ctx: &Ctx<'_>, id: Uuid, if_match: i64) -> Result<ShownOrder> {
    let order = store::lock(ctx.conn, id).await?;
    let regulation = regulation_of_case(ctx, order.regulation_id).await?;
    let roles = forming(&regulation.profile.orders, order.level);
    let permit = in_role(ctx, &policy::REFRESH_TRAINING_ORDER, &order.target(), roles)?;
    refuse_unless(order.state.is_formed() && order.level != OrderLevel::School, &order, if_match)?;
    collect(ctx, &permit, &order).await?;
    let before = order.state;
    let order = TrainingOrder { version: order.version + 1, ..order };
    store::save(ctx, &order).await?;
    audit(ctx, &permit, Some(before), &order).await?;
    shown(ctx, order).await
}

/// Hands an order up. Where the regulation has a chain for orders it passes that first; the highest one passes none, for
/// taking the orders below was the decision on them.
pub async fn submit_training_order(ctx: &Ctx<'_>, id: Uuid, if_match: i64) -> Result<ShownOrder> {
    let order = store::lock(ctx.conn, id).await?;
    let regulation = regulation_of_case(ctx, order.regulation_id).await?;
    let roles = forming(&regulation.profile.orders, order.level);
    let permit = in_role(ctx, &policy::SUBMIT_TRAINING_ORDER, &order.target(), roles)?;
    refuse_unless(order.state.is_formed(), &order, if_match)?;
    let today = regions::service::today(ctx, order.region_id).await?;
    if order.period.ends_on < today {
        return Err(period_over(""));
    }
    let sums = store::lines::sums(ctx.conn, &[order.id]).await?;
    if !sums.contains_key(&order.id) {
        return Err(Error::field("", "empty", "В заказе нет ни одной строки", "The order has no line"));
    }
    if order.level == OrderLevel::Region {
        refuse_above_assignment(ctx, &permit, &order, &regulation.profile.orders).await?;
    }
    let before = order.state;
    let order = TrainingOrder { version: order.version + 1, rework: None, ..order };
    let submitted = if order.level == OrderLevel::Region {
        Submitted::NoChainNeeded
    } else {
        submit(ctx, &permit, submission(&order, regulation)).await?
    };
    let state = match submitted {
        Submitted::InReview { .. } => OrderState::InReview,
        Submitted::Approved { .. } | Submitted::NoChainNeeded => OrderState::Submitted,
    };
    let order = TrainingOrder { state, submitted_at: Some(ctx.now), ..order };
    store::save(ctx, &order).await?;
    audit(ctx, &permit, Some(before), &order).await?;
    shown(ctx, order).await
}

/// Takes an order back that no order above has taken; what it took itself waits again.
pub async fn withdraw_training_order(ctx: &Ctx<'_>, id: Uuid, if_match: i64) -> Result<ShownOrder> {
    let order = store::lock(ctx.conn, id).await?;
    let regulation = regulation_of_case(ctx, order.regulation_id).await?;
    let roles = forming(&regulation.profile.orders, order.level);
    let permit = in_role(ctx, &policy::WITHDRAW_TRAINING_ORDER, &order.target(), roles)?;
    refuse_unless(order.state.is_open() && !order.is_taken(), &order, if_match)?;
    for kind in [ApprovalSubjectKind::TrainingOrder, ApprovalSubjectKind::TrainingOrderPlacement] {
        end_with_subject(ctx, &permit, kind, id, "Заказ отозван").await?;
    }
    store::lines::displace(ctx, &permit, id).await?;
    store::collecting::give_back(ctx, &permit, id).await?;
    let before = order.state;
    let order =
        TrainingOrder { state: OrderState::Withdrawn, rework: None, version: order.version + 1, ..order };
    store::save(ctx, &order).await?;
    audit(ctx, &permit, Some(before), &order).await?;
    shown(ctx, order).await
}
