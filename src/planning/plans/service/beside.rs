//! Plans for what is kept beside their lines: resources and funding.

use uuid::Uuid;

use super::read::authorize_reading;
use super::{Held, authorize_composer, refuse_unless, target};
use crate::authz::{Permit, Rule};
use crate::db::Ctx;
use crate::error::Result;
use crate::planning::plans::model::Plan;
use crate::planning::plans::store;
use crate::planning::plans::vocabulary::PlanState;
use crate::regulations::model::BindingRegulation;

/// A plan beside which something is changed, held until the end of the transaction; the right of a role that composes such
/// plans. Not while it is decided on, nor after it was refused or taken back.
pub(in crate::planning) async fn plan_to_change(
    ctx: &Ctx<'_>,
    id: Uuid,
    rule: &'static Rule,
) -> Result<(Plan, Permit, BindingRegulation)> {
    let held = Held::lock(ctx, id).await?;
    let permit = authorize_composer(ctx.actor, rule, &target(&held.plan), held.rule()?)?;
    refuse_unless(held.plan.is_editable() || held.plan.state == PlanState::Approved)?;
    Ok((held.plan, permit, held.regulation))
}

/// A plan beside which something is read.
pub(in crate::planning) async fn plan_to_read(ctx: &Ctx<'_>, id: Uuid, rule: &'static Rule) -> Result<Plan> {
    let plan = store::find(ctx.conn, id).await?;
    authorize_reading(ctx, rule, &plan).await?;
    Ok(plan)
}

/// Counts the version of a plan up that is held: what is beside it has changed.
pub(in crate::planning) async fn count_up(ctx: &Ctx<'_>, plan: Plan) -> Result<i64> {
    let plan = Plan { version: plan.version + 1, ..plan };
    store::save(ctx, &plan).await?;
    Ok(plan.version)
}
