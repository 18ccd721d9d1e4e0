//! Use cases of the funding of plans. Whoever changes it holds the plan and counts its version up.

use uuid::Uuid;

use super::model::{FundingData, FundingLine, FundingSums, sums};
use super::{policy, store};
use crate::db::{Change, Ctx, Subject};
use crate::error::{Code, Error, FieldProblem, Result, Text};
use crate::http::PageQuery;
use crate::ids::new_id;
use crate::planning::plans::service::{count_up, plan_to_change, plan_to_read};

pub use super::store::Filter;

const LINE: &str = "funding_line";

/// Records what pays for a plan (P0-33); the line and the version of the plan.
pub async fn add_funding_line(
    ctx: &Ctx<'_>,
    plan_id: Uuid,
    if_match: i64,
    data: FundingData,
) -> Result<(FundingLine, i64)> {
    let (plan, permit, regulation) = plan_to_change(ctx, plan_id, &policy::ADD_FUNDING_LINE).await?;
    if plan.version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    let mut problems = Vec::new();
    let rule = regulation.profile.funding.sources.as_ref();
    if let Some(rule) = rule.filter(|rule| !rule.sources.contains(&data.source)) {
        let words =
            Text::new("Положение не называет такой источник", "The regulation does not name this source");
        let problem = FieldProblem::new("/source", "funding_source_not_allowed", words);
        problems.push(problem.because("P0-33", rule.paragraph.as_deref()));
    }
    problems.extend(place_problem(ctx, plan_id, &data).await?);
    if !problems.is_empty() {
        return Err(Error::invalid(problems));
    }
    let line = FundingLine { id: new_id(), data };
    store::insert(ctx, &permit, &plan, &line).await?;
    let version = count_up(ctx, plan).await?;
    let change = Change::none().field("amount_kopecks", (), line.data.amount_kopecks);
    ctx.audit(&permit, Subject { kind: LINE, id: line.id }, change).await?;
    Ok((line, version))
}

/// What is wrong with the route or the stage that it pays for.
async fn place_problem(ctx: &Ctx<'_>, plan_id: Uuid, data: &FundingData) -> Result<Option<FieldProblem>> {
    let problem = |pointer: &'static str, words: Text| Some(FieldProblem::new(pointer, "unknown", words));
    let no_route = Text::new("В плане нет строк такого маршрута", "The plan has no line of such a route");
    let no_stage = Text::new("В маршруте нет такого этапа", "The route has no such stage");
    Ok(match (data.route_id, data.stage_id) {
        (Some(route_id), _) if !store::has_route(ctx.conn, plan_id, route_id).await? => {
            problem("/route_id", no_route)
        }
        (Some(route_id), Some(id)) if !store::has_stage(ctx.conn, route_id, id).await? => {
            problem("/stage_id", no_stage)
        }
        (None, Some(_)) => problem("/stage_id", no_stage),
        _ => None,
    })
}

/// Takes a line out of the funding; the version of the plan.
pub async fn remove_funding_line(ctx: &Ctx<'_>, plan_id: Uuid, id: Uuid, if_match: i64) -> Result<i64> {
    let (plan, permit, _) = plan_to_change(ctx, plan_id, &policy::REMOVE_FUNDING_LINE).await?;
    if plan.version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    if !store::delete(ctx, &permit, plan_id, id).await? {
        return Err(Error::not_found());
    }
    let version = count_up(ctx, plan).await?;
    let gone = Subject { kind: LINE, id };
    ctx.audit(&permit, gone, Change::none().removing(gone)).await?;
    Ok(version)
}

/// One page of the funding of a plan.
pub async fn list_funding_lines(
    ctx: &Ctx<'_>,
    plan_id: Uuid,
    filter: Filter,
    page: &PageQuery<'_>,
    after: Option<Uuid>,
) -> Result<Vec<FundingLine>> {
    plan_to_read(ctx, plan_id, &policy::LIST_FUNDING_LINES).await?;
    store::list(ctx.conn, plan_id, filter, Some(page.fetch()), after).await
}

/// The sums of a plan by source, by route and by stage, and its version.
pub async fn get_plan_funding(ctx: &Ctx<'_>, plan_id: Uuid) -> Result<(FundingSums, i64)> {
    let plan = plan_to_read(ctx, plan_id, &policy::GET_PLAN_FUNDING).await?;
    let lines = store::list(ctx.conn, plan_id, Filter::default(), None, None).await?;
    Ok((sums(&lines), plan.version))
}
