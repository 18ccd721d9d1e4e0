//! Use cases of control.

use chrono::NaiveDate;
use uuid::Uuid;

use super::days::RouteDays;
use super::model::{
    Control, ControlFact, ControlPlan, DoneControl, Recorder, fact_problems, is_plannable, is_recordable,
    plan_problems,
};
use super::vocabulary::RouteControlState;
use super::{policy, store};
use crate::authz::{Actor, Permit, Rule, authorize_kept};
use crate::db::{Change, Ctx, Subject};
use crate::diagnostics::needs::service::{NeedOwner, record_conclusions};
use crate::error::{Code, Error, FieldProblem, Result, Text};
use crate::http::PageQuery;
use crate::ids::new_id;
use crate::learning_routes::documents::words::Words;
use crate::learning_routes::revisions::service::is_revision_of;
use crate::learning_routes::service::{Case, authorize_among, may_among};
use crate::regulations::profile::{ControlKind, RouteControlRule};

/// A control as it is shown.
#[derive(Debug, Clone)]
pub struct ShownControl {
    /// The control.
    pub control: Control,
    /// Its day is past and it is not carried out.
    pub overdue: bool,
    /// operationIds.
    pub allowed_actions: Vec<String>,
}

/// One page of the control plan of a route.
pub async fn list_route_controls(
    ctx: &Ctx<'_>,
    route_id: Uuid,
    page: &PageQuery<'_>,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<ShownControl>> {
    let case = Case::open(ctx, route_id).await?;
    case.permit_to_read(ctx.actor, &policy::LIST_ROUTE_CONTROLS)?;
    let found = store::list(ctx.conn, route_id, page.fetch(), after).await?;
    Ok(found.into_iter().map(|control| shown(ctx.actor, &case, control)).collect())
}

/// One control.
pub async fn get_route_control(ctx: &Ctx<'_>, id: Uuid) -> Result<ShownControl> {
    let control = store::find(ctx.conn, id).await?;
    let case = Case::open(ctx, control.route_id).await?;
    case.permit_to_read(ctx.actor, &policy::GET_ROUTE_CONTROL)?;
    Ok(shown(ctx.actor, &case, control))
}

/// What was carried out on a route, without asking who may see it: it opens the ways into force and to completion.
pub async fn done_of(ctx: &Ctx<'_>, route_id: Uuid) -> Result<Vec<DoneControl>> {
    store::done_of(ctx.conn, route_id).await
}

/// Puts control into the plan of a route.
pub async fn plan_route_control(ctx: &Ctx<'_>, route_id: Uuid, plan: ControlPlan) -> Result<ShownControl> {
    let case = Case::lock(ctx, route_id).await?;
    let permit = permit(ctx.actor, &policy::PLAN_ROUTE_CONTROL, &case, plan.kind)?;
    check_plan(&case, &plan)?;
    let route = &case.route;
    let control = Control {
        id: new_id(),
        region_id: route.region_id,
        municipality_id: route.municipality_id,
        organization_id: route.organization_id,
        person_id: route.person_id,
        route_id,
        plan,
        state: RouteControlState::Planned,
        fact: None,
        cancel_reason: None,
        planned_by: ctx.actor.person_id,
        need_ids: Vec::new(),
        version: 1,
    };
    store::insert(ctx, &permit, &control).await?;
    let change = Change::none().field("kind", (), control.plan.kind.as_str());
    ctx.audit(&permit, Subject { kind: "route_control", id: control.id }, change).await?;
    Ok(shown(ctx.actor, &case, control))
}

/// Changes what is planned.
pub async fn update_route_control(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    plan: ControlPlan,
) -> Result<ShownControl> {
    let (case, current) = hold(ctx, id).await?;
    let rule = &policy::UPDATE_ROUTE_CONTROL;
    permit(ctx.actor, rule, &case, current.plan.kind)?;
    let permit = permit(ctx.actor, rule, &case, plan.kind)?;
    leave_to_others(ctx.actor, &current)?;
    let current = planned(current, if_match)?;
    check_plan(&case, &plan)?;
    let change =
        Change::none().field("planned_on", current.plan.planned_on.to_string(), plan.planned_on.to_string());
    finish(ctx, &permit, &case, Control { plan, ..current }, change).await
}

/// Records what control found.
pub async fn record_route_control(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    fact: ControlFact,
) -> Result<ShownControl> {
    let (case, current) = hold(ctx, id).await?;
    let permit = permit(ctx.actor, &policy::RECORD_ROUTE_CONTROL, &case, current.plan.kind)?;
    let current = planned(current, if_match)?;
    if !is_recordable(current.plan.kind, case.route.state) {
        return Err(wrong_moment(&case));
    }
    let mut problems = fact_problems(&current.plan, &fact, control_rule(&case)?, days(&case));
    if let Some(id) = fact.revision_id
        && !is_revision_of(ctx, id, case.route.id).await?
    {
        let words = Text::new("Такой корректировки у маршрута нет", "The route has no such revision");
        problems.push(FieldProblem::new("/revision_id", "unknown", words));
    }
    if !problems.is_empty() {
        return Err(problems.into());
    }
    let recorder = Recorder { person_id: ctx.actor.person_id, role: permit.role()? };
    let change = Change::none().field("state", current.state.as_str(), RouteControlState::Done.as_str());
    let done = Control { state: RouteControlState::Done, fact: Some((fact, recorder)), ..current };
    finish(ctx, &permit, &case, done, change).await
}

/// Takes control out of the plan, with a reason.
pub async fn cancel_route_control(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    reason: String,
) -> Result<ShownControl> {
    let (case, current) = hold(ctx, id).await?;
    let permit = permit(ctx.actor, &policy::CANCEL_ROUTE_CONTROL, &case, current.plan.kind)?;
    leave_to_others(ctx.actor, &current)?;
    let current = planned(current, if_match)?;
    let state = RouteControlState::Cancelled;
    let change = Change::none().field("state", current.state.as_str(), state.as_str());
    let cancelled = Control { state, cancel_reason: Some(reason), ..current };
    finish(ctx, &permit, &case, cancelled, change).await
}

/// Copies what was found to the needs of the learner: the next route answers them (P1-58).
pub async fn record_control_needs(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    ground: &str,
    topics: &[String],
) -> Result<ShownControl> {
    let (case, mut control) = hold(ctx, id).await?;
    // Whoever found it is no matter here: a need of the learner may be his own word.
    let permit = permit(ctx.actor, &policy::RECORD_CONTROL_NEEDS, &case, ControlKind::Ongoing)?;
    require_version(&control, if_match)?;
    if control.state != RouteControlState::Done {
        return Err(Error::new(Code::StateConflict)
            .detail("Контроль ещё не проведён", "The control is not carried out yet"));
    }
    let owner = NeedOwner {
        region_id: control.region_id,
        municipality_id: control.municipality_id,
        organization_id: control.organization_id,
        person_id: control.person_id,
    };
    let added = record_conclusions(ctx, &permit, owner, ground, topics, case.today).await?;
    store::link_needs(ctx, &permit, id, &added).await?;
    control.need_ids.extend(added);
    let change = Change::none().field("needs", (), control.need_ids.len());
    finish(ctx, &permit, &case, control, change).await
}

async fn hold(ctx: &Ctx<'_>, id: Uuid) -> Result<(Case, Control)> {
    let case = Case::lock(ctx, store::find(ctx.conn, id).await?.route_id).await?;
    Ok((case, store::find(ctx.conn, id).await?))
}

/// What the regulation says of control; 422 where it says nothing.
fn control_rule(case: &Case) -> Result<&RouteControlRule> {
    case.regulation.profile.support.control.as_ref().ok_or_else(|| {
        Error::field(
            "/kind",
            "control_not_used",
            "Положение маршрута не предусматривает контроль",
            "The regulation of the route knows no control",
        )
    })
}

/// For one of the roles that the regulation names; the learner does not judge the end of his own route.
fn permit(actor: &Actor, rule: &'static Rule, case: &Case, kind: ControlKind) -> Result<Permit> {
    let target = case.accompanied();
    authorize_kept(actor, rule, &target, Some(&case.reading_target()))?;
    let permit = authorize_among(actor, rule, &target, &control_rule(case)?.recorded_by)?;
    if kind == ControlKind::Final && actor.is_person(case.route.person_id) {
        return Err(Error::new(Code::SeparationOfDuties));
    }
    Ok(permit)
}

/// Control of others is not the learner's to change or cancel.
fn leave_to_others(actor: &Actor, control: &Control) -> Result<()> {
    if actor.is_person(control.person_id) && !control.is_self_control() {
        return Err(Error::new(Code::SeparationOfDuties));
    }
    Ok(())
}

fn check_plan(case: &Case, plan: &ControlPlan) -> Result<()> {
    let problems = plan_problems(plan, control_rule(case)?, days(case));
    if !problems.is_empty() {
        return Err(problems.into());
    }
    if is_plannable(plan.kind, case.route.state) { Ok(()) } else { Err(wrong_moment(case)) }
}

const fn days(case: &Case) -> RouteDays {
    RouteDays::of(&case.route, case.today)
}

fn wrong_moment(case: &Case) -> Error {
    let (ru, en) = Words::told("Маршрут", "The route", Words::state, case.route.state);
    let words = Text::owned(
        format!("{ru}. Предварительный контроль — до начала, остальной — во время реализации"),
        format!("{en}. Preliminary control comes before the start, the rest while it is in force"),
    );
    let problem = FieldProblem::new("/kind", "control_out_of_time", words);
    Error { fields: vec![problem], ..Error::new(Code::StateConflict) }
}

fn require_version(control: &Control, if_match: i64) -> Result<()> {
    if control.version == if_match { Ok(()) } else { Err(Error::new(Code::PreconditionFailed)) }
}

/// What is done or cancelled stays.
fn planned(control: Control, if_match: i64) -> Result<Control> {
    require_version(&control, if_match)?;
    if control.state == RouteControlState::Planned {
        return Ok(control);
    }
    Err(Error::new(Code::StateConflict)
        .detail("Контроль уже проведён или отменён", "The control is done or cancelled already"))
}

async fn finish(
    ctx: &Ctx<'_>,
    permit: &Permit,
    case: &Case,
    control: Control,
    change: Change,
) -> Result<ShownControl> {
    let control = Control { version: control.version + 1, ..control };
    store::update(ctx, permit, &control).await?;
    ctx.audit(permit, Subject { kind: "route_control", id: control.id }, change).await?;
    Ok(shown(ctx.actor, case, control))
}

fn shown(actor: &Actor, case: &Case, control: Control) -> ShownControl {
    let target = case.accompanied();
    let roles = case.regulation.profile.support.control.as_ref().map(|rule| rule.recorded_by.as_slice());
    let own = actor.is_person(case.route.person_id);
    let judges = !(own && control.plan.kind == ControlKind::Final);
    let changes = leave_to_others(actor, &control).is_ok();
    let planned = control.state == RouteControlState::Planned;
    let may = |rule: &'static Rule| may_among(actor, rule, &target, roles.unwrap_or_default());
    let allowed_actions = [
        (&policy::UPDATE_ROUTE_CONTROL, planned && judges && changes),
        (
            &policy::RECORD_ROUTE_CONTROL,
            planned && judges && is_recordable(control.plan.kind, case.route.state),
        ),
        (&policy::CANCEL_ROUTE_CONTROL, planned && judges && changes),
        (&policy::RECORD_CONTROL_NEEDS, control.state == RouteControlState::Done),
    ]
    .into_iter()
    .filter(|(rule, allowed)| *allowed && may(rule))
    .map(|(rule, _)| rule.operation.to_owned())
    .collect();
    ShownControl { overdue: control.is_overdue(case.today), control, allowed_actions }
}
