//! Use cases of the resources of plans. Whoever changes one holds its plan, then the resource.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::{
    Allocation, Estimate, Given, KOPECKS, PlanResource, ReportKey, ReportSums, ResourceData, report,
};
use super::{policy, store};
use crate::authz::Permit;
use crate::db::{Change, Ctx, Subject};
use crate::directory::regions;
use crate::error::{Code, Error, FieldProblem, Result, Text};
use crate::http::PageQuery;
use crate::ids::new_id;
use crate::planning::plans::model::Plan;
use crate::planning::plans::service::{plan_to_change, plan_to_read};
use crate::regulations::profile::PlanResourceKind;
use crate::regulations::service::regulation_of_case;

pub use super::store::Filter;

/// A resource with what of it goes to routes.
pub type WithGiven = (PlanResource, Given);

/// Records a resource of a plan (P1-44, P1-45).
pub async fn add_plan_resource(ctx: &Ctx<'_>, plan_id: Uuid, data: ResourceData) -> Result<WithGiven> {
    let (plan, permit, regulation) = plan_to_change(ctx, plan_id, &policy::ADD_PLAN_RESOURCE).await?;
    let rule = regulation.profile.plans.resources.as_ref();
    let mut problems = Vec::new();
    if !rule.is_some_and(|rule| rule.kinds.contains(&data.kind)) {
        let words = Text::new(
            "Положение школы не знает таких ресурсов плана",
            "The regulation of the school knows no such resources of a plan",
        );
        let paragraph = rule.and_then(|rule| rule.paragraph.as_deref());
        problems.push(FieldProblem::new("/kind", "not_used", words).because("P1-44", paragraph));
    }
    if (data.kind == PlanResourceKind::Financial) != (data.unit == KOPECKS) {
        let words = Text::new(
            "Деньги считаются в копейках, остальное — в своих единицах",
            "Money is counted in kopecks, everything else in units of its own",
        );
        problems.push(FieldProblem::new("/unit", "wrong_unit", words));
    }
    if !problems.is_empty() {
        return Err(Error::invalid(problems));
    }
    let resource = PlanResource { id: new_id(), plan_id, data, version: 1 };
    store::insert(ctx, &permit, plan.region_id, &resource).await?;
    let change = Change::none().field("needed", (), resource.data.estimate.needed);
    audit(ctx, &permit, resource.id, change).await?;
    Ok((resource, Given::default()))
}

/// One page of the resources of a plan.
pub async fn list_plan_resources(
    ctx: &Ctx<'_>,
    plan_id: Uuid,
    filter: Filter,
    page: &PageQuery<'_>,
    after: Option<Uuid>,
) -> Result<Vec<WithGiven>> {
    plan_to_read(ctx, plan_id, &policy::LIST_PLAN_RESOURCES).await?;
    let found = store::list(ctx.conn, plan_id, filter, Some(page.fetch()), after).await?;
    with_given(ctx, found).await
}

/// One resource.
pub async fn get_plan_resource(ctx: &Ctx<'_>, id: Uuid) -> Result<WithGiven> {
    let resource = store::find(ctx.conn, id).await?;
    plan_to_read(ctx, resource.plan_id, &policy::GET_PLAN_RESOURCE).await?;
    one(ctx, resource).await
}

/// Estimates a resource anew (P1-45).
pub async fn update_plan_resource(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    estimate: Estimate,
) -> Result<WithGiven> {
    let plan_id = store::find(ctx.conn, id).await?.plan_id;
    let (_, permit, _) = plan_to_change(ctx, plan_id, &policy::UPDATE_PLAN_RESOURCE).await?;
    let resource = store::lock(ctx.conn, id).await?;
    if resource.version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    let (mut resource, given) = one(ctx, resource).await?;
    let mut problems = Vec::new();
    if estimate.needed < given.allocated {
        problems.push(above("/needed", "below_allocated", given.allocated));
    }
    if estimate.available < given.provided {
        problems.push(above("/available", "below_provided", given.provided));
    }
    if !problems.is_empty() {
        return Err(Error::invalid(problems));
    }
    let before = resource.data.estimate.available;
    resource.data.estimate = estimate;
    resource.version += 1;
    store::save(ctx, &permit, &resource).await?;
    audit(ctx, &permit, id, Change::none().field("available", before, estimate.available)).await?;
    Ok((resource, given))
}

fn above(pointer: &str, code: &'static str, given: i64) -> FieldProblem {
    let words = Text::owned(
        format!("Маршрутам уже отдано больше: {given}"),
        format!("More than that has gone to routes already: {given}"),
    );
    FieldProblem::new(pointer, code, words)
}

/// All resources of a plan side by side, with what is missing (P1-46).
pub async fn get_plan_resource_report(
    ctx: &Ctx<'_>,
    plan_id: Uuid,
) -> Result<(Plan, BTreeMap<ReportKey, ReportSums>)> {
    let plan = plan_to_read(ctx, plan_id, &policy::GET_PLAN_RESOURCE_REPORT).await?;
    let found = store::list(ctx.conn, plan_id, Filter::default(), None, None).await?;
    Ok((plan, report(&with_given(ctx, found).await?)))
}

/// Gives a part of a resource to a route of the plan, or to a stage of it (P1-47).
pub async fn assign_plan_resource(
    ctx: &Ctx<'_>,
    id: Uuid,
    (route_id, stage_id): (Uuid, Option<Uuid>),
    amount: i64,
) -> Result<ShownAllocation> {
    let plan_id = store::find(ctx.conn, id).await?.plan_id;
    let (plan, permit, _) = plan_to_change(ctx, plan_id, &policy::ASSIGN_PLAN_RESOURCE).await?;
    let resource = store::lock(ctx.conn, id).await?;
    let due_on = due_on(ctx, plan_id, route_id, stage_id).await?;
    let (resource, given) = one(ctx, resource).await?;
    let rest = resource.data.estimate.needed - given.allocated;
    if amount > rest {
        let words = Text::owned(
            format!("Распределяется больше, чем нужно: осталось {rest}"),
            format!("More goes to routes than is needed: {rest} remain"),
        );
        let problem = FieldProblem::new("/amount", "allocation_exceeded", words);
        return Err(Error::invalid(vec![problem.because("P1-47", None)]));
    }
    let allocation = Allocation {
        id: new_id(),
        resource_id: id,
        plan_id,
        title: resource.data.title,
        unit: resource.data.unit,
        route_id,
        stage_id,
        amount,
        due_on,
        provided_on: None,
        version: 1,
    };
    store::insert_allocation(ctx, &permit, plan.region_id, &allocation).await?;
    audit_allocation(ctx, &permit, &allocation).await?;
    controlled(ctx, &plan, vec![allocation]).await?.pop().ok_or_else(Error::not_found)
}

/// The first day of the stage, else of the route, which has a line in the plan.
async fn due_on(ctx: &Ctx<'_>, plan_id: Uuid, route_id: Uuid, stage_id: Option<Uuid>) -> Result<NaiveDate> {
    let unknown = |pointer: &str, ru: &str, en: &str| Error::field(pointer, "unknown", ru, en);
    let route = store::route_start(ctx.conn, plan_id, route_id).await?;
    let route = route.ok_or_else(|| {
        unknown("/route_id", "В плане нет строк такого маршрута", "The plan has no line of such a route")
    })?;
    let Some(stage_id) = stage_id else { return Ok(route) };
    let stage = store::stage_start(ctx.conn, route_id, stage_id).await?;
    stage.ok_or_else(|| unknown("/stage_id", "В маршруте нет такого этапа", "The route has no such stage"))
}

/// What goes to a route, and by how many days it is late where the regulation has provision controlled (P1-48).
pub type ShownAllocation = (Allocation, Option<i64>);

/// One page of what of the resources of a plan goes to routes; `deviating`: only what was not provided in time.
pub async fn list_resource_allocations(
    ctx: &Ctx<'_>,
    plan_id: Uuid,
    (route_id, deviating): (Option<Uuid>, bool),
    page: &PageQuery<'_>,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<ShownAllocation>> {
    let plan = plan_to_read(ctx, plan_id, &policy::LIST_RESOURCE_ALLOCATIONS).await?;
    let today = regions::service::today(ctx, plan.region_id).await?;
    let late_on = deviating.then_some(today);
    let filter = (route_id, late_on);
    let found = store::list_allocations(ctx.conn, plan_id, filter, page.fetch(), after).await?;
    controlled(ctx, &plan, found).await
}

/// Records that it was provided, on a day no later than today.
pub async fn confirm_resource_provision(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    provided_on: Option<NaiveDate>,
) -> Result<ShownAllocation> {
    let found = store::find_allocation(ctx.conn, id).await?;
    let rule = &policy::CONFIRM_RESOURCE_PROVISION;
    let (plan, permit, _) = plan_to_change(ctx, found.plan_id, rule).await?;
    let resource = store::lock(ctx.conn, found.resource_id).await?;
    let found = store::find_allocation(ctx.conn, id).await?;
    if found.version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    if found.provided_on.is_some() {
        return Err(Error::new(Code::StateConflict).detail("Уже предоставлено", "It is provided already"));
    }
    let today = regions::service::today(ctx, plan.region_id).await?;
    let day = provided_on.unwrap_or(today);
    if day > today {
        let (ru, en) = ("Это будущий день", "That day is still to come");
        return Err(Error::field("/provided_on", "date_out_of_range", ru, en));
    }
    let (resource, given) = one(ctx, resource).await?;
    let rest = resource.data.estimate.available - given.provided;
    if found.amount > rest {
        let words = Text::owned(
            format!("Столько ресурса нет: осталось {rest}"),
            format!("There is not so much of the resource: {rest} remain"),
        );
        return Err(Error::invalid(vec![FieldProblem::new("", "not_available", words)]));
    }
    let allocation = Allocation { provided_on: Some(day), version: found.version + 1, ..found };
    store::provide(ctx, &permit, &allocation).await?;
    audit_allocation(ctx, &permit, &allocation).await?;
    controlled(ctx, &plan, vec![allocation]).await?.pop().ok_or_else(Error::not_found)
}

async fn controlled(ctx: &Ctx<'_>, plan: &Plan, found: Vec<Allocation>) -> Result<Vec<ShownAllocation>> {
    let regulation = regulation_of_case(ctx, plan.regulation_id).await?;
    let rule = regulation.profile.plans.resources.as_ref();
    let controlled = rule.is_some_and(|rule| rule.provision_controlled);
    let today = regions::service::today(ctx, plan.region_id).await?;
    let late = |it: &Allocation| if controlled { it.days_late(today) } else { None };
    Ok(found.into_iter().map(|it| (late(&it), it)).map(|(late, it)| (it, late)).collect())
}

async fn with_given(ctx: &Ctx<'_>, found: Vec<PlanResource>) -> Result<Vec<WithGiven>> {
    let ids: Vec<Uuid> = found.iter().map(|resource| resource.id).collect();
    let given = store::given(ctx.conn, &ids).await?;
    let with = |resource: PlanResource| {
        let sum = given.get(&resource.id).copied().unwrap_or_default();
        (resource, sum)
    };
    Ok(found.into_iter().map(with).collect())
}

async fn one(ctx: &Ctx<'_>, resource: PlanResource) -> Result<WithGiven> {
    with_given(ctx, vec![resource]).await?.pop().ok_or_else(Error::not_found)
}

async fn audit(ctx: &Ctx<'_>, permit: &Permit, id: Uuid, change: Change) -> Result<()> {
    ctx.audit(permit, Subject { kind: "plan_resource", id }, change).await
}

async fn audit_allocation(ctx: &Ctx<'_>, permit: &Permit, allocation: &Allocation) -> Result<()> {
    let day = allocation.provided_on.map(|day| day.to_string());
    let change = Change::none().field("provided_on", (), day);
    ctx.audit(permit, Subject { kind: "plan_resource_allocation", id: allocation.id }, change).await
}
