//! Steps about plans, what pays for them and what they need, and about training orders.

use super::requests::{Made, Request, made};
use crate::db::Ctx;
use crate::error::Result;
use crate::orders::training_orders::dto::{TrainingOrderCreate, TrainingOrderLineCreate};
use crate::orders::training_orders::model::TrainingOrder;
use crate::orders::training_orders::service as orders;
use crate::planning::funding_lines::dto::FundingLineAdd;
use crate::planning::funding_lines::service as funding_lines;
use crate::planning::plan_resources::dto::PlanResourceAdd;
use crate::planning::plan_resources::dto_allocations::ResourceAssign;
use crate::planning::plan_resources::service as plan_resources;
use crate::planning::plans::dto::PlanCompose;
use crate::planning::plans::dto_lines::PlanLineAdd;
use crate::planning::plans::model::Plan;
use crate::planning::plans::service as plans;

/// Carries the operation out, if it is one of these.
pub(super) async fn perform(ctx: &Ctx<'_>, operation: &str, request: &Request) -> Result<Option<Made>> {
    let made = match operation {
        "compose_plan" => {
            let body = request.body::<PlanCompose>()?;
            made(plans::compose_plan(ctx, body.organization_id, body.into()).await?.plan.id)
        }
        "add_plan_line" => {
            let wish = request.body::<PlanLineAdd>()?.into();
            let Plan { id, version, .. } = plan(ctx, request).await?;
            made(plans::add_plan_line(ctx, id, version, wish).await?.0.id)
        }
        "add_funding_line" => {
            let data = request.body::<FundingLineAdd>()?.into();
            let Plan { id, version, .. } = plan(ctx, request).await?;
            made(funding_lines::add_funding_line(ctx, id, version, data).await?.0.id)
        }
        "add_plan_resource" => {
            let data = request.body::<PlanResourceAdd>()?.into();
            made(plan_resources::add_plan_resource(ctx, request.id()?, data).await?.0.id)
        }
        "assign_plan_resource" => {
            let body = request.body::<ResourceAssign>()?;
            let place = (body.route_id, body.stage_id);
            made(plan_resources::assign_plan_resource(ctx, request.id()?, place, body.amount).await?.0.id)
        }
        "submit_plan" => {
            let Plan { id, version, .. } = plan(ctx, request).await?;
            made(plans::submit_plan(ctx, id, version).await?.plan.id)
        }
        "create_training_order" => {
            let TrainingOrderCreate { organization_id, level, year } = request.body()?;
            made(orders::create_training_order(ctx, organization_id, level, year).await?.order.id)
        }
        "add_training_order_line" => {
            let wish = request.body::<TrainingOrderLineCreate>()?.into();
            let TrainingOrder { id, version, .. } = order(ctx, request).await?;
            made(orders::add_training_order_line(ctx, id, version, wish).await?.line.id)
        }
        "submit_training_order" => {
            let TrainingOrder { id, version, .. } = order(ctx, request).await?;
            made(orders::submit_training_order(ctx, id, version).await?.order.id)
        }
        _ => return Ok(None),
    };
    Ok(Some(made))
}

async fn plan(ctx: &Ctx<'_>, request: &Request) -> Result<Plan> {
    Ok(plans::get_plan(ctx, request.id()?).await?.plan)
}

async fn order(ctx: &Ctx<'_>, request: &Request) -> Result<TrainingOrder> {
    Ok(orders::get_training_order(ctx, request.id()?).await?.order)
}
