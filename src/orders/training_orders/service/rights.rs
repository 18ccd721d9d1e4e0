//! Which of the roles that may form orders the regulation means, and what follows for `allowed_actions`.

use super::level_rule;
use crate::authz::{Actor, Permit, Role, Rule, Target, authorize, authorize_seen, may};
use crate::db::Ctx;
use crate::error::{Code, Error, Result};
use crate::orders::training_orders::model::{OrderState, TrainingOrder};
use crate::orders::training_orders::policy;
use crate::regulations::profile::{OrderLevel, OrdersProfile};

/// The actor with those roles alone.
fn only(actor: &Actor, roles: &[Role]) -> Actor {
    let mut actor = actor.clone();
    actor.grants.retain(|grant| roles.contains(&grant.role));
    actor
}

/// A permit in one of the roles that the regulation names.
pub(super) fn in_role(ctx: &Ctx<'_>, rule: &'static Rule, target: &Target, roles: &[Role]) -> Result<Permit> {
    authorize(ctx.actor, rule, target)?;
    authorize_seen(&only(ctx.actor, roles), rule, target).map_err(|_refusal| {
        let names: Vec<&str> = roles.iter().map(|role| role.as_str()).collect();
        Error::new(Code::Forbidden).detail(
            format!("По положению это делают: {}", names.join(", ")),
            format!("By the regulation this is done by: {}", names.join(", ")),
        )
    })
}

/// Those who form the order.
pub(super) fn forming(orders: &OrdersProfile, level: OrderLevel) -> &[Role] {
    level_rule(orders, level).map_or(&[], |rule| rule.formed_by.as_slice())
}

/// Those who place it: whoever the regulation names, else those who form it.
pub(super) fn placing(orders: &OrdersProfile, level: OrderLevel) -> &[Role] {
    orders.placement.as_ref().map_or_else(|| forming(orders, level), |rule| rule.placed_by.as_slice())
}

/// Whether it is the highest level the regulation knows: lower orders are taken, not placed.
pub(super) fn is_top(orders: &OrdersProfile, level: OrderLevel) -> bool {
    orders.levels.iter().map(|rule| rule.level).max() == Some(level)
}

/// operationIds.
pub(super) fn allowed_actions(ctx: &Ctx<'_>, order: &TrainingOrder, orders: &OrdersProfile) -> Vec<String> {
    let target = order.target();
    let (former, placer) =
        (only(ctx.actor, forming(orders, order.level)), only(ctx.actor, placing(orders, order.level)));
    let formed = order.state.is_formed();
    let waits = order.state == OrderState::Submitted && !order.is_taken() && is_top(orders, order.level);
    let offers: [(&Actor, &'static Rule, bool); 7] = [
        (&former, &policy::ADD_TRAINING_ORDER_LINE, formed),
        (&former, &policy::REMOVE_TRAINING_ORDER_LINE, formed),
        (&former, &policy::REFRESH_TRAINING_ORDER, formed && order.level != OrderLevel::School),
        (&former, &policy::SUBMIT_TRAINING_ORDER, formed),
        (&former, &policy::WITHDRAW_TRAINING_ORDER, order.state.is_open() && !order.is_taken()),
        (&placer, &policy::SET_TRAINING_ORDER_PLACEMENT, waits),
        (&placer, &policy::SUBMIT_TRAINING_ORDER_PLACEMENT, waits),
    ];
    let allowed = offers.into_iter().filter(|(actor, rule, open)| *open && may(actor, rule, &target));
    allowed.map(|(_, rule, _)| rule.operation.to_owned()).collect()
}
