//! Use cases of support plans.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::model::{Completion, Endorsement, PlanData, SupportPlan, speakers};
use super::vocabulary::{SupportPlanSide, SupportPlanState};
use super::{policy, store};
use crate::authz::{Actor, Permit, Rule, Target, authorize, may, scope};
use crate::db::{Change, Ctx, Subject};
use crate::directory::organizations::model::{Organization, OrganizationKind};
use crate::directory::organizations::service::organization_at;
use crate::directory::regions::service::today;
use crate::error::{Code, Error, FieldProblem, Result, Text};
use crate::http::PageQuery;
use crate::ids::new_id;
use crate::regulations::profile::SupportPlanRule;
use crate::regulations::service::{binding_regulation, regulation_of_case};
use crate::support::following::places;
use crate::training::enrollments::model::Enrollment;
use crate::training::enrollments::service::get_enrollment;
use crate::training::vocabulary::EnrollmentState;

pub use super::store::{Filter, MissingPlan, plans_of_service};

/// A plan, and what the actor may do with it now.
#[derive(Debug, Clone)]
pub struct ShownPlan {
    /// The plan.
    pub plan: SupportPlan,
    /// operationIds.
    pub allowed_actions: Vec<String>,
}

/// Begins the plan of a completed training (P2-28), for either of its sides.
pub async fn create_support_plan(
    ctx: &Ctx<'_>,
    enrollment_id: Uuid,
    service_id: Uuid,
    data: PlanData,
) -> Result<ShownPlan> {
    let known = |refusal: Error| refusal.in_body("/enrollment_id");
    let enrollment = get_enrollment(ctx, enrollment_id).await.map_err(known)?.enrollment;
    let at = Target::region(enrollment.region_id)
        .organization(enrollment.organization_id, enrollment.municipality_id)
        .person(enrollment.person_id);
    authorize(ctx.actor, &policy::CREATE_SUPPORT_PLAN, &at).map_err(known)?;
    let day = today(ctx, enrollment.region_id).await?;
    let regulation = binding_regulation(ctx, enrollment.organization_id, day).await?.ok_or_else(not_used)?;
    let rule = regulation.profile.support.plan.as_ref().ok_or_else(not_used)?;
    let service = organization_at(ctx, service_id, "/service_id").await?;
    let ended_on = enrollment.ended_on.filter(|_| enrollment.state == EnrollmentState::Completed);
    let mut problems: Vec<FieldProblem> = Vec::new();
    match ended_on {
        Some(ended_on) => problems.extend(data.problems(ended_on, rule.paragraph.as_deref())),
        None => problems.push(not_completed()),
    }
    problems.extend(service_problem(&service, &enrollment, rule));
    if !problems.is_empty() {
        return Err(problems.into());
    }
    let plan = SupportPlan {
        id: new_id(),
        region_id: enrollment.region_id,
        municipality_id: enrollment.municipality_id,
        organization_id: enrollment.organization_id,
        person_id: enrollment.person_id,
        regulation_id: regulation.id,
        enrollment_id,
        service_id,
        data,
        state: SupportPlanState::Draft,
        by_school: None,
        by_service: None,
        completion: None,
        version: 1,
        created_at: ctx.now,
    };
    let permit = author(ctx.actor, &policy::CREATE_SUPPORT_PLAN, &plan, rule)?;
    store::insert(ctx, &permit, &plan).await?;
    let change = Change::none().field("state", (), plan.state.as_str());
    ctx.audit(&permit, Subject { kind: "support_plan", id: plan.id }, change).await?;
    Ok(shown(ctx.actor, plan, rule))
}

/// One page of the plans the actor may see, those begun last first.
pub async fn list_support_plans(
    ctx: &Ctx<'_>,
    filter: Filter,
    page: &PageQuery<'_>,
    after: Option<(DateTime<Utc>, Uuid)>,
) -> Result<Vec<SupportPlan>> {
    let scope = scope(ctx.actor, &policy::LIST_SUPPORT_PLANS)?;
    store::list(ctx.conn, &scope, filter, page.fetch(), after).await
}

/// One page of the completed training that has no plan although its regulation wants one for each, completed first first.
pub async fn list_missing_support_plans(
    ctx: &Ctx<'_>,
    organization_id: Option<Uuid>,
    page: &PageQuery<'_>,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<MissingPlan>> {
    let scope = scope(ctx.actor, &policy::LIST_MISSING_SUPPORT_PLANS)?;
    let region_id = ctx.region_id()?;
    let day = today(ctx, region_id).await?;
    let demanded = |plan: &SupportPlanRule| plan.for_each_completion.then_some(0);
    let places = places(ctx, region_id, day, |support| support.plan.as_ref().and_then(demanded)).await?;
    store::missing(ctx.conn, &scope, &places, organization_id, page.fetch(), after).await
}

/// One plan.
pub async fn get_support_plan(ctx: &Ctx<'_>, id: Uuid) -> Result<ShownPlan> {
    let plan = store::find(ctx.conn, id).await?;
    authorize(ctx.actor, &policy::GET_SUPPORT_PLAN, &target(&plan))?;
    let rule = rule_of(ctx, &plan).await?;
    Ok(shown(ctx.actor, plan, &rule))
}

/// Writes a draft anew; whoever had agreed to it has not agreed to that.
pub async fn update_support_plan(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    data: PlanData,
) -> Result<ShownPlan> {
    let (plan, rule, permit) = held(ctx, &policy::UPDATE_SUPPORT_PLAN, id).await?;
    refuse_unless(plan.state == SupportPlanState::Draft, &plan, if_match)?;
    let enrollment = get_enrollment(ctx, plan.enrollment_id).await?.enrollment;
    let ended_on = enrollment.ended_on.unwrap_or(data.starts_on);
    let problems = data.problems(ended_on, rule.paragraph.as_deref());
    if !problems.is_empty() {
        return Err(problems.into());
    }
    let change = Change::none().field("goals", plan.data.goals.as_str(), data.goals.as_str());
    finish(ctx, &permit, plan.rewritten(data), change, &rule).await
}

/// Agrees to a draft for one of its sides; with both it is agreed.
pub async fn endorse_support_plan(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    side: SupportPlanSide,
) -> Result<ShownPlan> {
    let (plan, rule, _) = held(ctx, &policy::ENDORSE_SUPPORT_PLAN, id).await?;
    let permit = speak(ctx.actor, &policy::ENDORSE_SUPPORT_PLAN, &plan, &rule, side)?;
    let open = plan.state == SupportPlanState::Draft && plan.endorsement(side).is_none();
    refuse_unless(open, &plan, if_match)?;
    if !plan.awaits(side, ctx.actor.account_id) {
        return Err(Error::new(Code::SeparationOfDuties));
    }
    let endorsed_on = today(ctx, plan.region_id).await?;
    let before = plan.state;
    let plan = plan.endorsed(side, Endorsement { endorsed_on, account_id: ctx.actor.account_id });
    let change = Change::none().field("endorsed_by", (), side.as_str()).field(
        "state",
        before.as_str(),
        plan.state.as_str(),
    );
    finish(ctx, &permit, plan, change, &rule).await
}

/// Concludes the support of an agreed plan.
pub async fn complete_support_plan(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    conclusion: String,
) -> Result<ShownPlan> {
    let (plan, rule, permit) = held(ctx, &policy::COMPLETE_SUPPORT_PLAN, id).await?;
    refuse_unless(plan.state == SupportPlanState::Agreed, &plan, if_match)?;
    let completed_on = today(ctx, plan.region_id).await?;
    let state = SupportPlanState::Completed;
    let change = Change::none().field("state", plan.state.as_str(), state.as_str());
    let plan = SupportPlan { state, completion: Some(Completion { completed_on, conclusion }), ..plan };
    finish(ctx, &permit, plan, change, &rule).await
}

fn target(plan: &SupportPlan) -> Target {
    Target::region(plan.region_id)
        .organization(plan.organization_id, plan.municipality_id)
        .person(plan.person_id)
}

/// Holds a plan of which the actor is an author.
async fn held(
    ctx: &Ctx<'_>,
    rule: &'static Rule,
    id: Uuid,
) -> Result<(SupportPlan, SupportPlanRule, Permit)> {
    let plan = store::lock(ctx.conn, id).await?;
    authorize(ctx.actor, rule, &target(&plan))?;
    let of_case = rule_of(ctx, &plan).await?;
    let permit = author(ctx.actor, rule, &plan, &of_case)?;
    Ok((plan, of_case, permit))
}

/// What the regulation it was begun under says of plans.
async fn rule_of(ctx: &Ctx<'_>, plan: &SupportPlan) -> Result<SupportPlanRule> {
    let rule = regulation_of_case(ctx, plan.regulation_id).await?.profile.support.plan.clone();
    rule.ok_or_else(|| Error::internal("a support plan under a regulation without them"))
}

/// The right of whoever speaks for either side.
fn author(
    actor: &Actor,
    rule: &'static Rule,
    plan: &SupportPlan,
    of_case: &SupportPlanRule,
) -> Result<Permit> {
    let sides = SupportPlanSide::ALL.iter().map(|side| speak(actor, rule, plan, of_case, *side));
    sides.reduce(|one, other| if one.is_ok() { one } else { other }).unwrap_or_else(|| Err(nobody()))
}

/// The right of whoever speaks for that side; nobody does so in his own plan.
fn speak(
    actor: &Actor,
    rule: &'static Rule,
    plan: &SupportPlan,
    of_case: &SupportPlanRule,
    side: SupportPlanSide,
) -> Result<Permit> {
    if actor.is_person(plan.person_id) {
        return Err(Error::new(Code::SeparationOfDuties));
    }
    let roles = speakers(side, &of_case.authors, plan.service_id == plan.organization_id);
    let mut speaker = actor.in_roles(&roles);
    speaker.grants.retain(|grant| grant.organization_id == Some(plan.place_of(side)));
    if may(&speaker, rule, &target(plan)) { authorize(&speaker, rule, &target(plan)) } else { Err(nobody()) }
}

fn refuse_unless(allowed: bool, plan: &SupportPlan, if_match: i64) -> Result<()> {
    if plan.version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    if allowed {
        return Ok(());
    }
    Err(Error::new(Code::StateConflict).detail(
        "План идёт от проекта через согласие обоих авторов к выводу",
        "A plan goes from a draft over the agreement of both authors to its conclusion",
    ))
}

/// A service is the municipal centre of the school, or the school itself (P2-28).
fn service_problem(
    service: &Organization,
    enrollment: &Enrollment,
    rule: &SupportPlanRule,
) -> Option<FieldProblem> {
    let own = service.id == enrollment.organization_id;
    let of_municipality = service.kind == OrganizationKind::MunicipalCenter
        && service.municipality_id.is_some()
        && service.municipality_id == enrollment.municipality_id;
    if own || of_municipality {
        return None;
    }
    let words = Text::new(
        "Методическая служба — муниципальный центр школы или сама школа",
        "A methodical service is the municipal centre of the school, or the school itself",
    );
    let problem = FieldProblem::new("/service_id", "wrong_service", words);
    Some(problem.because("P2-28", rule.paragraph.as_deref()))
}

fn nobody() -> Error {
    Error::new(Code::Forbidden).detail(
        "По положению за эту сторону говорит другой",
        "By the regulation somebody else speaks for this side",
    )
}

fn not_completed() -> FieldProblem {
    let words = Text::new("Обучение не завершено", "The training is not completed");
    FieldProblem::new("/enrollment_id", "not_completed", words)
}

fn not_used() -> Error {
    Error::field(
        "",
        "not_used",
        "Положение школы не знает планов сопровождения",
        "The regulation of the school knows no support plans",
    )
}

async fn finish(
    ctx: &Ctx<'_>,
    permit: &Permit,
    plan: SupportPlan,
    change: Change,
    rule: &SupportPlanRule,
) -> Result<ShownPlan> {
    let plan = SupportPlan { version: plan.version + 1, ..plan };
    store::save(ctx, permit, &plan).await?;
    ctx.audit(permit, Subject { kind: "support_plan", id: plan.id }, change).await?;
    Ok(shown(ctx.actor, plan, rule))
}

fn shown(actor: &Actor, plan: SupportPlan, rule: &SupportPlanRule) -> ShownPlan {
    let writes = |operation: &'static Rule| author(actor, operation, &plan, rule).is_ok();
    let endorses = |side: &SupportPlanSide| {
        plan.awaits(*side, actor.account_id)
            && speak(actor, &policy::ENDORSE_SUPPORT_PLAN, &plan, rule, *side).is_ok()
    };
    let (update, complete) = (&policy::UPDATE_SUPPORT_PLAN, &policy::COMPLETE_SUPPORT_PLAN);
    let offers: [(&'static Rule, bool); 3] = [
        (update, plan.state == SupportPlanState::Draft && writes(update)),
        (&policy::ENDORSE_SUPPORT_PLAN, SupportPlanSide::ALL.iter().any(endorses)),
        (complete, plan.state == SupportPlanState::Agreed && writes(complete)),
    ];
    let allowed = offers.into_iter().filter(|(_, allowed)| *allowed);
    let allowed_actions = allowed.map(|(rule, _)| rule.operation.to_owned()).collect();
    ShownPlan { plan, allowed_actions }
}
