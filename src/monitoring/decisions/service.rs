//! Use cases of decisions.

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::{Answer, Decision, DecisionKind, Side};
use super::policy::{self, DECIDING};
use super::store;
use crate::authz::{authorize, authorize_kept, authorize_seen, may, scope};
use crate::db::{Change, Ctx, Subject};
use crate::directory::organizations::model::{Organization, OrganizationKind};
use crate::directory::organizations::service::{authorize_at, organization_at, target};
use crate::directory::regions::service::today;
use crate::error::{Code, Error, FieldProblem, Result, Text};
use crate::http::PageQuery;
use crate::ids::new_id;
use crate::monitoring::held::refuse_unless;
use crate::monitoring::monitorings::service::monitoring;
use crate::regulations::profile::RolesRule;
use crate::regulations::service::binding_regulation;

/// A decision as asked for.
#[derive(Debug, Clone)]
pub struct NewDecision {
    /// Who takes it; that of the role by default.
    pub organization_id: Option<Uuid>,
    /// What kind.
    pub kind: DecisionKind,
    /// Whom it binds.
    pub addressee_id: Uuid,
    /// The monitoring it follows from.
    pub monitoring_id: Option<Uuid>,
    /// What is to be done.
    pub text: String,
    /// Until when.
    pub due_on: NaiveDate,
}

/// Which decisions are asked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Asked {
    /// Only of this kind.
    pub kind: Option<DecisionKind>,
    /// Only those that follow from this monitoring.
    pub monitoring_id: Option<Uuid>,
    /// Only those that bind this organization.
    pub addressee_id: Option<Uuid>,
    /// Only those that are overdue, or are not.
    pub overdue: Option<bool>,
}

/// A decision, how it stands today, and what the actor may do with it.
#[derive(Debug, Clone)]
pub struct ShownDecision {
    /// The decision.
    pub decision: Decision,
    /// Whether it is late.
    pub overdue: bool,
    /// operationIds.
    pub allowed_actions: Vec<String>,
}

/// Takes a decision (P2-40, P2-44) or gives an instruction (P4-17).
pub async fn create_managerial_decision(ctx: &Ctx<'_>, new: NewDecision) -> Result<ShownDecision> {
    let home = ctx.actor.in_roles(DECIDING).home_organization();
    let organization_id = new.organization_id.or(home).ok_or(Error::new(Code::Forbidden))?;
    let author = organization_at(ctx, organization_id, "/organization_id").await?;
    let mut permit = authorize_at(ctx.actor, &policy::CREATE_MANAGERIAL_DECISION, &author)?;
    let day = today(ctx, author.region_id).await?;
    let regulation = binding_regulation(ctx, author.id, day).await?;
    let monitoring_rules = regulation.as_ref().map(|found| &found.profile.monitoring);
    let named: Option<&RolesRule> = monitoring_rules.and_then(|rules| match new.kind {
        DecisionKind::Decision => rules.decision_makers.as_ref(),
        DecisionKind::Instruction => rules.coordinators.as_ref(),
    });
    if let Some(named) = named {
        let decider = ctx.actor.in_roles(&named.roles);
        permit = authorize_seen(&decider, &policy::CREATE_MANAGERIAL_DECISION, &target(&author))?;
    }
    let addressee = organization_at(ctx, new.addressee_id, "/addressee_id").await?;
    refuse_wrong(ctx, &new, (&author, &addressee), day).await?;
    let decision = Decision {
        id: new_id(),
        region_id: author.region_id,
        author: side(&author),
        addressee: side(&addressee),
        monitoring_id: new.monitoring_id,
        kind: new.kind,
        role: permit.role()?,
        text: new.text,
        taken_on: day,
        due_on: new.due_on,
        answer: None,
        version: 1,
    };
    store::insert(ctx, &permit, &decision).await?;
    let change = Change::none().field("due_on", (), decision.due_on.to_string());
    ctx.audit(&permit, Subject { kind: "managerial_decision", id: decision.id }, change).await?;
    Ok(shown(ctx, decision, day))
}

/// One page of the decisions that the actor's territory took or is bound by.
pub async fn list_managerial_decisions(
    ctx: &Ctx<'_>,
    asked: Asked,
    page: &PageQuery<'_>,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<ShownDecision>> {
    let scope = scope(ctx.actor, &policy::LIST_MANAGERIAL_DECISIONS)?;
    let day = today(ctx, ctx.region_id()?).await?;
    let found = store::list(ctx.conn, &scope, (asked, day), page.fetch(), after).await?;
    Ok(found.into_iter().map(|decision| shown(ctx, decision, day)).collect())
}

/// One decision.
pub async fn get_managerial_decision(ctx: &Ctx<'_>, id: Uuid) -> Result<ShownDecision> {
    let decision = store::find(ctx.conn, id).await?;
    authorize(ctx.actor, &policy::GET_MANAGERIAL_DECISION, &decision.target())?;
    let day = today(ctx, decision.region_id).await?;
    Ok(shown(ctx, decision, day))
}

/// Answers for the addressee.
pub async fn answer_managerial_decision(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    text: String,
) -> Result<ShownDecision> {
    let current = store::lock(ctx.conn, id).await?;
    let rule = &policy::ANSWER_MANAGERIAL_DECISION;
    let permit = authorize_kept(ctx.actor, rule, &current.addressed(), Some(&current.target()))?;
    let waits = current.answer.is_none();
    refuse_unless(waits, current.version, if_match, "Ответ уже дан", "It has been answered already")?;
    let day = today(ctx, current.region_id).await?;
    let answer = Some(Answer { text, answered_on: day });
    let decision = Decision { answer, version: current.version + 1, ..current };
    store::save_answer(ctx, &permit, &decision).await?;
    let change = Change::none().field("answered_on", (), day.to_string());
    ctx.audit(&permit, Subject { kind: "managerial_decision", id }, change).await?;
    Ok(shown(ctx, decision, day))
}

/// Everything wrong with a decision.
async fn refuse_wrong(
    ctx: &Ctx<'_>,
    new: &NewDecision,
    (author, addressee): (&Organization, &Organization),
    day: NaiveDate,
) -> Result<()> {
    let mut problems = Vec::new();
    // The ministry addresses everybody in its region, a municipal authority everybody in its municipality.
    let below =
        author.kind == OrganizationKind::Ministry || addressee.municipality_id == author.municipality_id;
    if !below || addressee.region_id != author.region_id {
        let words = Text::new("Этой организации вы не указываете", "You do not direct this organization");
        problems.push(FieldProblem::new("/addressee_id", "out_of_reach", words));
    }
    if new.due_on < day {
        let words = Text::new("Срок уже прошёл", "That day is over");
        problems.push(FieldProblem::new("/due_on", "date_in_past", words));
    }
    match new.monitoring_id {
        None if new.kind == DecisionKind::Decision => {
            let words =
                Text::new("Решение следует из мониторинга: назовите его", "A decision names its monitoring");
            problems
                .push(FieldProblem::new("/monitoring_id", "required", words).because("P2-40", Some("25")));
        }
        Some(id) => {
            monitoring(ctx, id).await.map_err(|refusal| refusal.in_body("/monitoring_id"))?;
        }
        None => {}
    }
    if problems.is_empty() { Ok(()) } else { Err(problems.into()) }
}

const fn side(place: &Organization) -> Side {
    Side { organization_id: place.id, municipality_id: place.municipality_id }
}

fn shown(ctx: &Ctx<'_>, decision: Decision, day: NaiveDate) -> ShownDecision {
    let rule = &policy::ANSWER_MANAGERIAL_DECISION;
    let answers = decision.answer.is_none() && may(ctx.actor, rule, &decision.addressed());
    ShownDecision {
        overdue: decision.is_overdue_on(day),
        allowed_actions: answers.then(|| rule.operation.to_owned()).into_iter().collect(),
        decision,
    }
}
