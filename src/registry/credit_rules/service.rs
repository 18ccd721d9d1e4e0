//! Use cases of credit rules.

use std::collections::HashMap;

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::{CreditRule, Creditable};
use super::{policy, store};
use crate::authz::{Actor, Target, authorize, may, region_scope};
use crate::db::{Change, Ctx, Subject};
use crate::directory::organizations::model::{Organization, OrganizationKind};
use crate::directory::organizations::service::{authorize_at, organization_at};
use crate::directory::regions::service::today;
use crate::error::{Code, Error, FieldProblem, Result, Text};
use crate::http::PageQuery;
use crate::ids::new_id;
use crate::registry::programs::model::{ProgramFacts, ProgramState};
use crate::registry::programs::service::programs_facts;
use crate::regulations::profile::CreditRuleOwnersRule;
use crate::regulations::service::binding_regulation;
use crate::values::Hours;

/// A credit rule as asked for.
#[derive(Debug, Clone)]
pub struct NewCreditRule {
    /// Whose.
    pub organization_id: Uuid,
    /// What was learnt.
    pub source: Creditable,
    /// What it is credited in.
    pub target: Creditable,
    /// How much.
    pub hours: Hours,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day.
    pub valid_until: Option<NaiveDate>,
    /// Remark.
    pub note: Option<String>,
}

/// Sets a rule of an organization for its own programs.
pub async fn create_credit_rule(ctx: &Ctx<'_>, new: NewCreditRule) -> Result<CreditRule> {
    let owner = organization_at(ctx, new.organization_id, "/organization_id").await?;
    let permit = authorize_at(ctx.actor, &policy::CREATE_CREDIT_RULE, &owner)?;
    let today = today(ctx, owner.region_id).await?;
    let regulation = binding_regulation(ctx, owner.id, today).await?;
    // A regulation that says nothing of crediting does not use it; where there is none, nothing is forbidden.
    let owners = match &regulation {
        Some(regulation) => {
            let rule = regulation.profile.registry.credit_rules.as_ref();
            let rule = rule.filter(|rule| rule.owners.iter().any(|role| ctx.actor.holds(*role, owner.id)));
            Some(rule.ok_or_else(not_by_regulation)?)
        }
        None => None,
    };
    let facts = programs_facts(ctx, &[new.source.program_id, new.target.program_id]).await?;
    let mut problems = Vec::new();
    let source = part(new.source, "/source", &facts, &owner, owners, &mut problems);
    let target = part(new.target, "/target", &facts, &owner, owners, &mut problems);
    if facts.get(&new.target.program_id).is_some_and(|program| program.provider_id != owner.id) {
        let words = Text::new("Зачитывают в свои программы", "An organization credits in its own programs");
        problems.push(FieldProblem::new("/target/program_id", "not_own_program", words));
    }
    let rule = CreditRule {
        id: new_id(),
        region_id: owner.region_id,
        organization_id: owner.id,
        source: new.source,
        target: new.target,
        hours: new.hours,
        valid_from: new.valid_from,
        valid_until: new.valid_until,
        note: new.note,
        version: 1,
    };
    problems.extend(rule.problems(source, target));
    if !problems.is_empty() {
        return Err(problems.into());
    }
    store::hold_owner(ctx.conn, owner.id).await?;
    if store::overlaps(ctx.conn, &rule).await? {
        return Err(Error::new(Code::AlreadyExists).detail(
            "На эти дни уже есть правило с тем же источником и целью",
            "There is a rule of the same source and target for these days already",
        ));
    }
    store::insert(ctx, &permit, &rule).await?;
    let change = Change::none().field("target_program_id", (), rule.target.program_id.to_string());
    ctx.audit(&permit, Subject { kind: "credit_rule", id: rule.id }, change).await?;
    Ok(rule)
}

/// One page of the rules of the actor's region.
pub async fn list_credit_rules(
    ctx: &Ctx<'_>,
    filter: store::Filter,
    page: &PageQuery<'_>,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<CreditRule>> {
    let region = region_scope(ctx.actor, &policy::LIST_CREDIT_RULES)?;
    store::list(ctx.conn, region, filter, page.fetch(), after).await
}

/// One rule.
pub async fn get_credit_rule(ctx: &Ctx<'_>, id: Uuid) -> Result<CreditRule> {
    let rule = store::find(ctx.conn, id).await?.ok_or(Error::not_found())?;
    authorize(ctx.actor, &policy::GET_CREDIT_RULE, &Target::region(rule.region_id))?;
    Ok(rule)
}

/// Gives a rule its last day.
pub async fn end_credit_rule(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    valid_until: NaiveDate,
) -> Result<CreditRule> {
    let mut rule = store::lock(ctx.conn, id).await?.ok_or(Error::not_found())?;
    authorize(ctx.actor, &policy::GET_CREDIT_RULE, &Target::region(rule.region_id))?;
    let permit = authorize(ctx.actor, &policy::END_CREDIT_RULE, &rule.target_of_rights())
        .map_err(|refusal| Error::new(Code::Forbidden).cause(refusal))?;
    if rule.version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    if valid_until < rule.valid_from {
        return Err(Error::field(
            "/valid_until",
            "dates_reversed",
            "Последний день раньше первого",
            "The last day comes before the first",
        ));
    }
    // Another rule may have taken its place.
    if rule.valid_until.is_some_and(|until| until < valid_until) {
        return Err(Error::new(Code::StateConflict).detail(
            "Законченное правило не продлевают: задайте новое",
            "A rule that has its last day is not prolonged: set a new one",
        ));
    }
    let before = rule.valid_until.map(|day| day.to_string());
    (rule.valid_until, rule.version) = (Some(valid_until), rule.version + 1);
    store::end(ctx, &permit, &rule).await?;
    let change = Change::none().field("valid_until", before, valid_until.to_string());
    ctx.audit(&permit, Subject { kind: "credit_rule", id }, change).await?;
    Ok(rule)
}

/// What the actor may do with the rule.
pub fn allowed_actions(actor: &Actor, rule: &CreditRule) -> Vec<String> {
    let end = &policy::END_CREDIT_RULE;
    may(actor, end, &rule.target_of_rights()).then(|| end.operation.to_owned()).into_iter().collect()
}

/// The volume of a source or target; what is wrong with it is added to the problems.
fn part(
    subject: Creditable,
    pointer: &str,
    facts: &HashMap<Uuid, ProgramFacts>,
    owner: &Organization,
    owners: Option<&CreditRuleOwnersRule>,
    problems: &mut Vec<FieldProblem>,
) -> Option<Hours> {
    let program = facts
        .get(&subject.program_id)
        .filter(|program| program.region_id == owner.region_id && program.state == ProgramState::Accepted);
    let Some(program) = program else {
        let words = Text::new(
            "Среди принятых программ региона такой нет",
            "There is no such program among the accepted ones of the region",
        );
        problems.push(FieldProblem::new(format!("{pointer}/program_id"), "unknown", words));
        return None;
    };
    if let Some(rule) = owners.filter(|rule| rule.registry_only && !program.in_active_registry) {
        let words = Text::new(
            "По положению зачитываются только программы реестра",
            "The regulation lets only programs of the registry be credited",
        );
        let problem = FieldProblem::new(format!("{pointer}/program_id"), "not_in_registry", words);
        // Providers and the coordinator develop their procedures under paragraphs of their own (2.1.5, 2.1.6).
        let coordinator = owner.kind == OrganizationKind::RegionalCoordinator;
        let requirement = if coordinator { "P4-34" } else { "P4-31" };
        problems.push(problem.because(requirement, rule.paragraph.as_deref()));
    }
    let hours = subject.hours(program);
    if hours.is_none() {
        let words = Text::new("У программы нет такого модуля", "The program has no such module");
        problems.push(FieldProblem::new(format!("{pointer}/module_id"), "unknown", words));
    }
    hours
}

fn not_by_regulation() -> Error {
    Error::new(Code::Forbidden)
        .detail("По положению это делает другая сторона", "The regulation gives this to somebody else")
}
