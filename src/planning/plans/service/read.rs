//! Reading plans, who could be sent to training, and what no line answers.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use uuid::Uuid;

use super::{Filter, KIND, ShownPlan, shown, target};
use crate::approvals::service::asked;
use crate::authz::{Rule, authorize, may, scope};
use crate::db::Ctx;
use crate::directory::regions;
use crate::error::{Error, Result};
use crate::http::PageQuery;
use crate::learning_routes::categories::service::holders_at;
use crate::planning::plans::model::{Candidate, CandidatePlace, Plan, UncoveredDeficit};
use crate::planning::plans::vocabulary::PlanCandidateSort;
use crate::planning::plans::{policy, store};
use crate::regulations::service::regulation_of_case;

/// Whether the actor may read that of a plan: by his place, or because its chain asks him.
pub(super) async fn authorize_reading(ctx: &Ctx<'_>, rule: &'static Rule, plan: &Plan) -> Result<()> {
    let target = target(plan);
    let target = if may(ctx.actor, rule, &target) || !asked(ctx, KIND, plan.id).await? {
        target
    } else {
        target.assigned(ctx.actor.person_id)
    };
    authorize(ctx.actor, rule, &target).map(drop)
}

/// One page of the plans the actor may see, those of the latest period first.
pub async fn list_plans(
    ctx: &Ctx<'_>,
    filter: Filter,
    page: &PageQuery<'_>,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<Plan>> {
    let scope = scope(ctx.actor, &policy::LIST_PLANS)?;
    store::list(ctx.conn, &scope, filter, page.fetch(), after).await
}

/// One plan.
pub async fn get_plan(ctx: &Ctx<'_>, id: Uuid) -> Result<ShownPlan> {
    let plan = store::find(ctx.conn, id).await?;
    authorize_reading(ctx, &policy::GET_PLAN, &plan).await?;
    shown(ctx, plan).await
}

/// One page of those who work at the school today, in that order, with the categories by which they come first (P0-12).
pub async fn list_plan_candidates(
    ctx: &Ctx<'_>,
    id: Uuid,
    sort: PlanCandidateSort,
    page: &PageQuery<'_>,
    after: Option<CandidatePlace>,
) -> Result<Vec<(CandidatePlace, Candidate)>> {
    let plan = store::find(ctx.conn, id).await?;
    authorize(ctx.actor, &policy::LIST_PLAN_CANDIDATES, &target(&plan))?;
    let today = regions::service::today(ctx, plan.region_id).await?;
    let regulation = regulation_of_case(ctx, plan.regulation_id).await?;
    let rule = regulation.profile.route.people.priority.as_ref();
    let order: Vec<String> =
        rule.map(|rule| rule.categories.iter().map(|known| known.code.clone()).collect()).unwrap_or_default();
    let mut held: HashMap<Uuid, Vec<String>> = HashMap::new();
    for (person_id, code) in holders_at(ctx, plan.organization_id, today).await? {
        held.entry(person_id).or_default().push(code);
    }
    let planned: HashSet<Uuid> = store::lines::people(ctx.conn, id, false).await?.into_iter().collect();
    let employees = store::people::employees(ctx.conn, plan.organization_id, today).await?;
    let ranked = (sort == PlanCandidateSort::Priority).then_some(order.as_slice());
    let mut found: Vec<(CandidatePlace, Candidate)> = employees
        .into_iter()
        .map(|(person_id, name)| {
            let codes = held.remove(&person_id).unwrap_or_default();
            let categories = order.iter().filter(|code| codes.contains(code)).cloned().collect();
            let candidate = Candidate {
                person_id,
                name: name.to_string(),
                categories,
                planned: planned.contains(&person_id),
            };
            (candidate.place(ranked), candidate)
        })
        .filter(|(place, _)| after.as_ref().is_none_or(|last| place > last))
        .collect();
    found.sort_by(|one, other| one.0.cmp(&other.0));
    found.truncate(usize::try_from(page.fetch()).map_err(Error::internal)?);
    Ok(found)
}

/// One page of the deficits at the school that no line of the plan answers, the gravest first (P0-22).
pub async fn list_uncovered_deficits(
    ctx: &Ctx<'_>,
    id: Uuid,
    page: &PageQuery<'_>,
    after: Option<(i16, Uuid)>,
) -> Result<Vec<UncoveredDeficit>> {
    let plan = store::find(ctx.conn, id).await?;
    authorize(ctx.actor, &policy::LIST_UNCOVERED_DEFICITS, &target(&plan))?;
    let today = regions::service::today(ctx, plan.region_id).await?;
    store::people::uncovered(ctx.conn, &plan, today, page.fetch(), after).await
}
