//! How a plan is changed, handed in, taken back and decided on.

use uuid::Uuid;

use super::compose::refuse_above_quota;
use super::{Held, KIND, ShownPlan, audit, problems, refuse_unless, shown};
use crate::approvals::service::{Submission, Submitted, submit, withdraw};
use crate::db::{Change, Ctx};
use crate::effects::ApprovalOutcome;
use crate::error::{Code, Error, Result};
use crate::planning::plans::model::Plan;
use crate::planning::plans::vocabulary::PlanState;
use crate::planning::plans::{policy, store};
use crate::regulations::model::BindingRegulation;
use crate::regulations::profile::{ApprovalSubjectKind, ChainFacts};

/// Changes the title and how many people are sent to courses.
pub async fn update_plan(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    title: Option<String>,
    headcount: Option<i32>,
) -> Result<ShownPlan> {
    let held = Held::lock(ctx, id).await?;
    let permit = held.permit(ctx.actor, &policy::UPDATE_PLAN, if_match)?;
    refuse_unless(held.plan.is_editable())?;
    let Held { plan, regulation } = held;
    let before = plan.headcount;
    let plan = Plan {
        title: title.unwrap_or_else(|| plan.title.clone()),
        headcount: headcount.or(before),
        version: plan.version + 1,
        ..plan
    };
    refuse_above_quota(ctx, &plan, &regulation).await?;
    store::save(ctx, &plan).await?;
    audit(ctx, &permit, &plan, Change::none().field("headcount", before, plan.headcount)).await?;
    shown(ctx, plan).await
}

/// Hands a plan in (P0-23): it passes the chain of its regulation, or is put in force where none is demanded.
pub async fn submit_plan(ctx: &Ctx<'_>, id: Uuid, if_match: i64) -> Result<ShownPlan> {
    let held = Held::lock(ctx, id).await?;
    let permit = held.permit(ctx.actor, &policy::SUBMIT_PLAN, if_match)?;
    refuse_unless(held.plan.is_editable())?;
    let needs_approval = held.rule()?.approval_required;
    let Held { plan, regulation } = held;
    refuse_twin(ctx, &plan).await?;
    if let Some(quota) = regulation.profile.plans.quota.as_ref().filter(|_| plan.headcount.is_none())
        && !store::lines::people(ctx.conn, plan.id, true).await?.is_empty()
    {
        return Err(problems::headcount_missing(quota));
    }
    refuse_above_quota(ctx, &plan, &regulation).await?;
    let before = plan.state;
    let submitted = if needs_approval {
        submit(ctx, &permit, submission(&plan, regulation)).await?
    } else {
        Submitted::NoChainNeeded
    };
    let plan = match submitted {
        Submitted::InReview { .. } => plan.moved(PlanState::InReview),
        Submitted::Approved { .. } | Submitted::NoChainNeeded => plan.approved(ctx.actor.person_id, ctx.now),
    };
    store::save(ctx, &plan).await?;
    audit(ctx, &permit, &plan, moved(before, &plan)).await?;
    shown(ctx, plan).await
}

/// Takes a plan back that was not decided on, together with its request for approval.
pub async fn withdraw_plan(ctx: &Ctx<'_>, id: Uuid, if_match: i64) -> Result<ShownPlan> {
    let held = Held::lock(ctx, id).await?;
    let permit = held.permit(ctx.actor, &policy::WITHDRAW_PLAN, if_match)?;
    refuse_unless(held.plan.is_open())?;
    let plan = held.plan;
    if plan.is_asked() {
        withdraw(ctx, KIND, id).await?;
    }
    let before = plan.state;
    let plan = plan.moved(PlanState::Withdrawn);
    store::save(ctx, &plan).await?;
    audit(ctx, &permit, &plan, moved(before, &plan)).await?;
    shown(ctx, plan).await
}

/// Holds the plan until the end of the transaction, before its request for approval.
pub async fn hold(ctx: &Ctx<'_>, id: Uuid) -> Result<()> {
    store::lock(ctx.conn, id).await.map(drop)
}

/// Takes how the approval, or a round of it, has ended; in the transaction of the decision.
pub async fn on_approval(ctx: &Ctx<'_>, id: Uuid, outcome: &ApprovalOutcome) -> Result<()> {
    let plan = store::find(ctx.conn, id).await?;
    let after = plan.after(outcome, ctx.actor.person_id, ctx.now);
    store::save(ctx, &after.ok_or(Error::new(Code::StateConflict))?).await
}

/// A school has one standing plan of a kind for a period.
async fn refuse_twin(ctx: &Ctx<'_>, plan: &Plan) -> Result<()> {
    let Some(twin) = store::standing_twin(ctx.conn, plan).await? else { return Ok(()) };
    Err(Error::new(Code::AlreadyExists).detail(
        format!("План этого вида на эти сроки уже утверждён или на утверждении: {twin}"),
        format!("A plan of this kind for this period is approved or waits for it already: {twin}"),
    ))
}

fn moved(before: PlanState, plan: &Plan) -> Change {
    Change::none().field("state", before.as_str(), plan.state.as_str())
}

fn submission(plan: &Plan, regulation: BindingRegulation) -> Submission {
    Submission {
        subject_kind: ApprovalSubjectKind::Plan,
        subject_id: plan.id,
        subject_version: plan.version + 1,
        title: plan.title.clone(),
        region_id: plan.region_id,
        municipality_id: plan.municipality_id,
        organization_id: plan.organization_id,
        learner: None,
        learner_agreed: false,
        regulation,
        facts: ChainFacts::default(),
    }
}
