//! Placing an order: which offering takes how many people of a line, and whoever has to agree.

use uuid::Uuid;

use super::rights::{in_role, is_top, placing};
use super::{ShownOrder, audit, refuse_unless, shown, submission};
use crate::approvals::service::{Submission, Submitted, submit};
use crate::db::Ctx;
use crate::directory::organizations::model::{Organization, OrganizationFunction, OrganizationKind};
use crate::directory::organizations::service::organization;
use crate::error::{Error, FieldProblem, Result, Text};
use crate::orders::training_orders::model::{OrderLine, OrderState, Placement, TrainingOrder};
use crate::orders::training_orders::{policy, store};
use crate::regulations::profile::{ApprovalSubjectKind, OrderPlacementRule, PlacementTarget};
use crate::regulations::service::regulation_of_case;
use crate::training::offerings::service::chosen_offerings;
use crate::training::vocabulary::OfferingState;

/// Says how many people of a line an offering takes; 0 takes it off again (P3-6, P3-29).
pub async fn set_training_order_placement(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    placement: Placement,
) -> Result<ShownOrder> {
    let order = store::lock(ctx.conn, id).await?;
    let regulation = regulation_of_case(ctx, order.regulation_id).await?;
    let orders = &regulation.profile.orders;
    let roles = placing(orders, order.level);
    let permit = in_role(ctx, &policy::SET_TRAINING_ORDER_PLACEMENT, &order.target(), roles)?;
    refuse_unless(waits(&order) && is_top(orders, order.level), &order, if_match)?;
    let found = store::lines::find(ctx.conn, placement.line_id).await;
    let line = found.map_err(|refusal| refusal.in_body("/line_id"))?;
    if line.order_id != order.id {
        return Err(Error::not_found().in_body("/line_id"));
    }
    if placement.people > 0 {
        refuse_target(ctx, &order, placement.offering_id, orders.placement.as_ref()).await?;
        refuse_above_rest(ctx, &line, placement).await?;
    }
    store::lines::place(ctx, &permit, &line, placement).await?;
    let before = order.state;
    let order = TrainingOrder { version: order.version + 1, ..order };
    store::save(ctx, &order).await?;
    audit(ctx, &permit, Some(before), &order).await?;
    shown(ctx, order).await
}

/// Hands the placement in: it is placed once whoever the regulation names has agreed (P3-11).
pub async fn submit_training_order_placement(ctx: &Ctx<'_>, id: Uuid, if_match: i64) -> Result<ShownOrder> {
    let order = store::lock(ctx.conn, id).await?;
    let regulation = regulation_of_case(ctx, order.regulation_id).await?;
    let orders = &regulation.profile.orders;
    let roles = placing(orders, order.level);
    let permit = in_role(ctx, &policy::SUBMIT_TRAINING_ORDER_PLACEMENT, &order.target(), roles)?;
    refuse_unless(waits(&order) && is_top(orders, order.level), &order, if_match)?;
    let sums = store::lines::sums(ctx.conn, &[order.id]).await?;
    if sums.get(&order.id).is_none_or(|sums| sums.placed == 0) {
        return Err(Error::field(
            "",
            "nothing_placed",
            "Ни одна строка ещё не размещена",
            "No line is placed yet",
        ));
    }
    let before = order.state;
    let order = TrainingOrder { version: order.version + 1, rework: None, reason: None, ..order };
    let asks = Submission {
        subject_kind: ApprovalSubjectKind::TrainingOrderPlacement,
        ..submission(&order, regulation)
    };
    let order = match submit(ctx, &permit, asks).await? {
        Submitted::InReview { .. } => TrainingOrder { state: OrderState::Placing, ..order },
        Submitted::Approved { .. } | Submitted::NoChainNeeded => {
            TrainingOrder { state: OrderState::Placed, placed_at: Some(ctx.now), ..order }
        }
    };
    store::save(ctx, &order).await?;
    audit(ctx, &permit, Some(before), &order).await?;
    shown(ctx, order).await
}

/// Whether it was handed up, no order above has taken it, and it is not placed yet.
fn waits(order: &TrainingOrder) -> bool {
    order.state == OrderState::Submitted && !order.is_taken()
}

/// Orders are placed where the regulation says (P3-6), in offerings that are still held.
async fn refuse_target(
    ctx: &Ctx<'_>,
    order: &TrainingOrder,
    offering_id: Uuid,
    rule: Option<&OrderPlacementRule>,
) -> Result<()> {
    let found = chosen_offerings(ctx, &[offering_id]).await?;
    let live = [OfferingState::Planned, OfferingState::Open, OfferingState::Running];
    let offering = found.first().filter(|it| it.region_id == order.region_id && live.contains(&it.state));
    let offering = offering.ok_or_else(|| Error::not_found().in_body("/offering_id"))?;
    let Some(rule) = rule else { return Ok(()) };
    let organiser = organization(ctx, offering.organization_id).await?;
    if rule.targets.iter().any(|target| is_target(&organiser, *target)) {
        return Ok(());
    }
    let words = Text::new(
        "По положению заказ размещают не здесь",
        "By the regulation orders are not placed with this organiser",
    );
    let problem = FieldProblem::new("/offering_id", "wrong_target", words);
    Err(Error::invalid(vec![problem.because("P3-6", rule.paragraph.as_deref())]))
}

fn is_target(organiser: &Organization, target: PlacementTarget) -> bool {
    match target {
        PlacementTarget::MunicipalCenter => organiser.kind == OrganizationKind::MunicipalCenter,
        PlacementTarget::BaseSchool => organiser.data.functions.contains(&OrganizationFunction::BaseSchool),
        PlacementTarget::RegionalOperator => organiser.kind == OrganizationKind::RegionalOperator,
        PlacementTarget::Provider => organiser.kind == OrganizationKind::Provider,
    }
}

/// No more people are placed than the line has.
async fn refuse_above_rest(ctx: &Ctx<'_>, line: &OrderLine, placement: Placement) -> Result<()> {
    let placed = store::lines::placements(ctx.conn, &[line.id]).await?;
    let elsewhere = placed.iter().filter(|it| it.offering_id != placement.offering_id);
    let rest = line.people - elsewhere.map(|it| it.people).sum::<i32>();
    if placement.people <= rest {
        return Ok(());
    }
    let words = Text::owned(
        format!("В строке {} чел., не размещено ещё {rest}", line.people),
        format!("The line has {} people, {rest} of them not placed yet", line.people),
    );
    let problem = FieldProblem::new("/people", "above_rest", words);
    Err(Error::invalid(vec![problem.because("P3-29", None)]))
}
