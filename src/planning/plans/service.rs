//! Use cases of plans. Handing one in holds it, then its request for approval.

mod beside;
mod compose;
mod life;
mod lines;
mod problems;
mod read;

use std::collections::BTreeMap;

use uuid::Uuid;

use super::model::Plan;
use super::vocabulary::PlanSection;
use super::{policy, store};
use crate::approvals::service::request_of;
use crate::authz::{Actor, Permit, Rule, Target, authorize, may};
use crate::db::{Change, Ctx, Subject};
use crate::directory::persons::service::names_of;
use crate::error::{Code, Error, Result};
use crate::regulations::model::BindingRegulation;
use crate::regulations::profile::{ApprovalSubjectKind, PlanKindRule};
use crate::regulations::service::regulation_of_case;

pub use super::store::Filter;
pub use super::store::lines::LineFilter;
pub use compose::{compose_plan, refresh_plan};
pub use life::{hold, on_approval, submit_plan, update_plan, withdraw_plan};
pub use lines::{add_plan_line, list_plan_lines, remove_plan_line};
pub use read::{get_plan, list_plan_candidates, list_plans, list_uncovered_deficits};

pub(in crate::planning) use beside::{count_up, plan_to_change, plan_to_read};

const KIND: ApprovalSubjectKind = ApprovalSubjectKind::Plan;

/// A plan with what belongs to it, and what the actor may do with it now.
#[derive(Debug, Clone)]
pub struct ShownPlan {
    /// The plan.
    pub plan: Plan,
    /// How many lines each section has.
    pub sizes: BTreeMap<PlanSection, i64>,
    /// How many people its lines are about.
    pub people: usize,
    /// How many of them it sends to courses (P0-36).
    pub sent: usize,
    /// The name of whoever approved or refused it.
    pub decided_by_name: Option<String>,
    /// Its newest request for approval.
    pub approval_id: Option<Uuid>,
    /// operationIds.
    pub allowed_actions: Vec<String>,
}

/// A plan that is held, with the rules it was composed under.
struct Held {
    plan: Plan,
    regulation: BindingRegulation,
}

impl Held {
    async fn lock(ctx: &Ctx<'_>, id: Uuid) -> Result<Self> {
        let plan = store::lock(ctx.conn, id).await?;
        let regulation = regulation_of_case(ctx, plan.regulation_id).await?;
        Ok(Self { plan, regulation })
    }

    fn rule(&self) -> Result<&PlanKindRule> {
        rule_of(&self.regulation, &self.plan)
    }

    /// The right to do that with the plan, by a role that composes such plans; then that the caller saw this version.
    fn permit(&self, actor: &Actor, rule: &'static Rule, if_match: i64) -> Result<Permit> {
        let permit = authorize_composer(actor, rule, &target(&self.plan), self.rule()?)?;
        if self.plan.version != if_match {
            return Err(Error::new(Code::PreconditionFailed));
        }
        Ok(permit)
    }
}

fn rule_of<'a>(regulation: &'a BindingRegulation, plan: &Plan) -> Result<&'a PlanKindRule> {
    let mut rules = regulation.profile.plans.kinds.iter();
    rules
        .find(|rule| rule.kind == plan.kind)
        .ok_or_else(|| Error::internal("a plan of no kind of its regulation"))
}

/// The permit by a role that the regulation lets compose plans of the kind. Whoever may plan at all is told which.
fn authorize_composer(
    actor: &Actor,
    rule: &'static Rule,
    target: &Target,
    kind: &PlanKindRule,
) -> Result<Permit> {
    authorize(actor, rule, target)?;
    let narrowed = actor.in_roles(&kind.composed_by);
    if may(&narrowed, rule, target) {
        return authorize(&narrowed, rule, target);
    }
    let names: Vec<&str> = kind.composed_by.iter().map(|role| role.as_str()).collect();
    let names = names.join(", ");
    Err(Error::new(Code::Forbidden).detail(
        format!("Положение поручает такой план ролям: {names}"),
        format!("The regulation leaves such a plan to: {names}"),
    ))
}

fn refuse_unless(allowed: bool) -> Result<()> {
    if allowed {
        return Ok(());
    }
    Err(Error::new(Code::StateConflict)
        .detail("План в этом состоянии не меняется", "The plan is not changed in this state"))
}

fn target(plan: &Plan) -> Target {
    Target::region(plan.region_id).organization(plan.organization_id, plan.municipality_id)
}

async fn audit(ctx: &Ctx<'_>, permit: &Permit, plan: &Plan, change: Change) -> Result<()> {
    ctx.audit(permit, Subject { kind: "plan", id: plan.id }, change).await
}

async fn shown(ctx: &Ctx<'_>, plan: Plan) -> Result<ShownPlan> {
    let (regulation, approval) =
        tokio::try_join!(regulation_of_case(ctx, plan.regulation_id), request_of(ctx, KIND, plan.id))?;
    let sizes = store::lines::sizes(ctx.conn, plan.id).await?.into_iter().collect();
    let people = store::lines::people(ctx.conn, plan.id, false).await?.len();
    let sent = store::lines::people(ctx.conn, plan.id, true).await?.len();
    let decider: Vec<Uuid> = plan.decided_by.into_iter().collect();
    let names = names_of(ctx.conn, &decider).await?;
    let decided_by_name = plan.decided_by.and_then(|id| names.get(&id)).map(ToString::to_string);
    let allowed_actions = allowed_actions(ctx.actor, &plan, rule_of(&regulation, &plan)?);
    let approval_id = approval.map(|found| found.id);
    Ok(ShownPlan { plan, sizes, people, sent, decided_by_name, approval_id, allowed_actions })
}

fn allowed_actions(actor: &Actor, plan: &Plan, rule: &PlanKindRule) -> Vec<String> {
    let (target, composer) = (target(plan), actor.in_roles(&rule.composed_by));
    let edit = plan.is_editable();
    let offers: [(&'static Rule, bool); 6] = [
        (&policy::UPDATE_PLAN, edit),
        (&policy::REFRESH_PLAN, edit),
        (&policy::ADD_PLAN_LINE, edit),
        (&policy::REMOVE_PLAN_LINE, edit),
        (&policy::SUBMIT_PLAN, edit),
        (&policy::WITHDRAW_PLAN, plan.is_open()),
    ];
    let allowed = offers.into_iter().filter(|(rule, open)| *open && may(&composer, rule, &target));
    allowed.map(|(rule, _)| rule.operation.to_owned()).collect()
}
