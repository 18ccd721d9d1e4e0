//! Composing plans: what routes and other plans say is drawn in, with links to where it stands.

use std::collections::HashSet;

use chrono::NaiveDate;
use uuid::Uuid;

use super::{Held, ShownPlan, audit, authorize_composer, problems, refuse_unless, shown};
use crate::authz::{Permit, authorize};
use crate::db::{Change, Ctx};
use crate::directory::organizations::service::{organization_at, target as place};
use crate::directory::regions;
use crate::error::{Code, Error, FieldProblem, Result, Text};
use crate::ids::new_id;
use crate::learning_routes::model::AgreedActivity;
use crate::learning_routes::service::agreed_activities;
use crate::planning::plans::model::{Line, LineData, NewPlan, Plan, period_problem, takes_part};
use crate::planning::plans::vocabulary::{PlanSection, PlanState};
use crate::planning::plans::{policy, store};
use crate::regulations::model::BindingRegulation;
use crate::regulations::profile::{PlanKind, PlanKindRule, PlanSource, RoutePart};
use crate::regulations::service::binding_regulation;

/// Begins a plan and composes its lines (P0-20, P0-38, P0-39).
pub async fn compose_plan(ctx: &Ctx<'_>, organization_id: Option<Uuid>, new: NewPlan) -> Result<ShownPlan> {
    let home = ctx.actor.in_roles(policy::PLANNERS).home_organization();
    let organization_id = organization_id.or(home).ok_or(Error::new(Code::Forbidden))?;
    let school = organization_at(ctx, organization_id, "/organization_id").await?;
    let target = place(&school);
    authorize(ctx.actor, &policy::COMPOSE_PLAN, &target)?;
    let today = regions::service::today(ctx, school.region_id).await?;
    let regulation = binding_regulation(ctx, school.id, today).await?.ok_or_else(problems::kind_not_used)?;
    let rule = regulation.profile.plans.kinds.iter().find(|rule| rule.kind == new.kind);
    let rule = rule.cloned().ok_or_else(problems::kind_not_used)?;
    let permit = authorize_composer(ctx.actor, &policy::COMPOSE_PLAN, &target, &rule)?;
    let period = (new.starts_on, new.ends_on);
    let calendar = &regulation.profile.calendar;
    if let Some(problem) = period_problem(new.kind, rule.length_months, calendar, period) {
        return Err(problems::period(problem, &rule));
    }
    refuse_strangers(ctx, school.id, &new.person_ids, today).await?;
    let plan = Plan {
        id: new_id(),
        region_id: school.region_id,
        municipality_id: school.municipality_id,
        organization_id: school.id,
        regulation_id: regulation.id,
        kind: new.kind,
        title: new.title,
        starts_on: new.starts_on,
        ends_on: new.ends_on,
        headcount: new.headcount,
        state: PlanState::Draft,
        rework: None,
        reason: None,
        decided_at: None,
        decided_by: None,
        version: 1,
        created_at: ctx.now,
    };
    store::insert(ctx, &permit, &plan).await?;
    let drawn = draw(ctx, &permit, &plan, (&regulation, &rule), &new.person_ids).await?;
    audit(ctx, &permit, &plan, Change::none().field("lines", 0, drawn)).await?;
    shown(ctx, plan).await
}

/// Draws in what has been agreed since; what stands there stays.
pub async fn refresh_plan(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    person_ids: Vec<Uuid>,
) -> Result<ShownPlan> {
    let held = Held::lock(ctx, id).await?;
    let permit = held.permit(ctx.actor, &policy::REFRESH_PLAN, if_match)?;
    refuse_unless(held.plan.is_editable())?;
    let today = regions::service::today(ctx, held.plan.region_id).await?;
    refuse_strangers(ctx, held.plan.organization_id, &person_ids, today).await?;
    let rule = held.rule()?.clone();
    let Held { plan, regulation } = held;
    let drawn = draw(ctx, &permit, &plan, (&regulation, &rule), &person_ids).await?;
    let plan = Plan { version: plan.version + 1, ..plan };
    store::save(ctx, &plan).await?;
    audit(ctx, &permit, &plan, Change::none().field("lines", (), drawn)).await?;
    shown(ctx, plan).await
}

/// Draws everything in that the plan does not hold yet, and refuses more people than the headcount. How many lines.
async fn draw(
    ctx: &Ctx<'_>,
    permit: &Permit,
    plan: &Plan,
    (regulation, rule): (&BindingRegulation, &PlanKindRule),
    person_ids: &[Uuid],
) -> Result<usize> {
    let mut known: HashSet<Uuid> = store::lines::drawn(ctx.conn, plan.id).await?.into_iter().collect();
    let period = (plan.starts_on, plan.ends_on);
    let mut found = Vec::new();
    if rule.sources.contains(&PlanSource::ProspectivePlan) {
        found.extend(from_prospective(ctx, plan, rule).await?);
    }
    if rule.sections.contains(&RoutePart::Base) {
        found.extend(from_methodical_work(ctx, plan).await?);
    }
    if rule.sources.contains(&PlanSource::Routes) {
        let parts: Vec<RoutePart> =
            regulation.profile.route.content.parts.iter().map(|rule| rule.part).collect();
        let agreed = agreed_activities(ctx, plan.organization_id, period).await?;
        let taken = agreed.into_iter().filter(|activity| takes_part(rule, &parts, activity.part));
        found.extend(taken.map(of_route));
    }
    let chosen = |data: &LineData| {
        person_ids.is_empty() || data.person_id.is_none_or(|person| person_ids.contains(&person))
    };
    let mut lines = Vec::new();
    for data in found.into_iter().filter(chosen) {
        let links: Vec<Uuid> =
            [data.activity_id, data.school_line_id, data.source_line_id].into_iter().flatten().collect();
        if links.iter().all(|link| !known.contains(link)) {
            known.extend(links);
            lines.push(Line { id: new_id(), data });
        }
    }
    store::lines::insert(ctx, permit, plan, &lines).await?;
    refuse_above_quota(ctx, plan, regulation).await?;
    Ok(lines.len())
}

/// No more people are sent to courses than the headcount says (P0-36).
pub(super) async fn refuse_above_quota(
    ctx: &Ctx<'_>,
    plan: &Plan,
    regulation: &BindingRegulation,
) -> Result<()> {
    let Some(headcount) = plan.headcount else { return Ok(()) };
    let sent = store::lines::people(ctx.conn, plan.id, true).await?.len();
    if i32::try_from(sent).is_ok_and(|sent| sent <= headcount) {
        return Ok(());
    }
    Err(problems::quota_exceeded(sent, headcount, regulation.profile.plans.quota.as_ref()))
}

/// Whoever is named works at the school.
async fn refuse_strangers(
    ctx: &Ctx<'_>,
    organization_id: Uuid,
    person_ids: &[Uuid],
    today: NaiveDate,
) -> Result<()> {
    if person_ids.is_empty() {
        return Ok(());
    }
    let employees = store::people::employees(ctx.conn, organization_id, today).await?;
    let problem = |(index, id): (usize, &Uuid)| {
        let works_here = employees.iter().any(|(employee, _)| employee == id);
        let words = Text::new("Такого работника в школе нет", "There is no such employee at the school");
        (!works_here).then(|| problems::unknown(format!("/person_ids/{index}"), words))
    };
    let problems: Vec<FieldProblem> = person_ids.iter().enumerate().filter_map(problem).collect();
    if problems.is_empty() { Ok(()) } else { Err(Error::invalid(problems)) }
}

/// A line of what a route says.
pub(super) fn of_route(activity: AgreedActivity) -> LineData {
    LineData {
        section: PlanSection::Variative,
        title: activity.title,
        content: activity.content,
        kind: Some(activity.kind),
        person_id: Some(activity.person_id),
        route_id: Some(activity.route_id),
        activity_id: Some(activity.id),
        school_line_id: None,
        source_line_id: None,
        program_id: activity.program_id,
        hours: activity.hours,
        starts_on: activity.starts_on,
        ends_on: activity.ends_on,
        justification: activity.justification,
        deficit_ids: activity.deficit_ids,
    }
}

/// The lines of the approved prospective plan that take place in the period (P0-38).
async fn from_prospective(ctx: &Ctx<'_>, plan: &Plan, rule: &PlanKindRule) -> Result<Vec<LineData>> {
    let period = (plan.starts_on, plan.ends_on);
    let approved = store::approved(ctx.conn, plan.organization_id, PlanKind::Prospective, period).await?;
    if approved.is_empty() {
        return Err(problems::prospective_missing(rule));
    }
    let lines = store::lines::between(ctx.conn, &approved, period).await?;
    Ok(lines.into_iter().map(|line| line.data.drawn_from(line.id)).collect())
}

/// Base lines for what the approved plan of methodical work holds in the period (P0-10).
async fn from_methodical_work(ctx: &Ctx<'_>, plan: &Plan) -> Result<Vec<LineData>> {
    let period = (plan.starts_on, plan.ends_on);
    let approved = store::approved(ctx.conn, plan.organization_id, PlanKind::MethodicalWork, period).await?;
    let lines = store::lines::between(ctx.conn, &approved, period).await?;
    Ok(lines.into_iter().map(|line| line.data.standing_for(line.id)).collect())
}
