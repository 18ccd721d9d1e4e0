//! Asking for a transfer: a confirmed document of the source, a rule valid today.

use chrono::NaiveDate;
use uuid::Uuid;

use super::super::model::{CreditTransfer, TransferState};
use super::super::{policy, store};
use super::{ShownTransfer, shown};
use crate::authz::{Target, authorize_seen};
use crate::db::{Change, Ctx, Subject};
use crate::directory::persons::service::targets_on;
use crate::error::{Error, FieldProblem, Result, Text};
use crate::hours::clock::today;
use crate::hours::credentials::model::Credential;
use crate::hours::credentials::service::standing_of;
use crate::hours::model::credential::State;
use crate::ids::new_id;
use crate::registry::credit_rules::model::{CreditRule, Creditable};
use crate::registry::credit_rules::service::get_credit_rule;
use crate::training::enrollments::model::Enrollment;
use crate::training::enrollments::service::get_enrollment;
use crate::training::vocabulary::EnrollmentState;

/// A transfer as asked for.
#[derive(Debug, Clone, Copy)]
pub struct NewTransfer {
    /// Whose learning it is.
    pub person_id: Uuid,
    /// By which rule.
    pub credit_rule_id: Uuid,
    /// The document about what was learnt.
    pub credential_id: Uuid,
    /// The enrollment in the target.
    pub enrollment_id: Option<Uuid>,
}

/// Asks that what a person has learnt be credited.
pub async fn request_credit_transfer(ctx: &Ctx<'_>, new: NewTransfer) -> Result<ShownTransfer> {
    let (region_id, day) = (ctx.region_id()?, today(ctx).await?);
    let people = targets_on(ctx, &[new.person_id], day).await?;
    let known = people.get(&new.person_id).is_some_and(|person| person.region_id == Some(region_id));
    if !known {
        return Err(Error::not_found().in_body("/person_id"));
    }
    let rule = get_credit_rule(ctx, new.credit_rule_id).await;
    let rule = rule.map_err(|refusal| refusal.in_body("/credit_rule_id"))?;
    let target = Target::region(region_id).person(new.person_id).organization(rule.organization_id, None);
    let permit = authorize_seen(ctx.actor, &policy::REQUEST_CREDIT_TRANSFER, &target)?;
    let enrollment = match new.enrollment_id {
        Some(id) => {
            let found = get_enrollment(ctx, id).await.map_err(|refusal| refusal.in_body("/enrollment_id"))?;
            Some(found.enrollment)
        }
        None => None,
    };
    let credential = standing_of(ctx, new.person_id, &[new.credential_id]).await?.pop();
    let mut problems = Vec::new();
    problems.extend(of_rule(&rule, day));
    problems.extend(of_enrollment(&rule, new.person_id, enrollment.as_ref()));
    if enrollment.is_none() && !ctx.actor.is_person(new.person_id) {
        let words = Text::new(
            "Укажите зачисление человека на программу, в которой зачитываете",
            "Name the person's enrollment in the program in which you credit",
        );
        problems.push(FieldProblem::new("/enrollment_id", "required", words));
    }
    problems.extend(of_credential(&rule, credential.as_ref()));
    let credential = match credential {
        Some(credential) if problems.is_empty() => credential,
        _ => return Err(Error::invalid(problems)),
    };
    let transfer = CreditTransfer {
        id: new_id(),
        region_id,
        organization_id: rule.organization_id,
        person_id: new.person_id,
        credit_rule_id: rule.id,
        credential_id: credential.id,
        target: rule.target,
        enrollment_id: new.enrollment_id,
        hours: rule.hours.min(credential.data.hours),
        state: TransferState::Requested,
        reason: None,
        decided_by: None,
        decided_at: None,
        revoked_at: None,
        version: 1,
        created_at: ctx.now,
    };
    store::insert(ctx, &permit, &transfer).await?;
    let change = Change::none().field("state", (), transfer.state.as_str());
    ctx.audit(&permit, Subject { kind: "credit_transfer", id: transfer.id }, change).await?;
    shown(ctx, transfer).await
}

fn of_rule(rule: &CreditRule, day: NaiveDate) -> Option<FieldProblem> {
    let lasts = rule.valid_from <= day && rule.valid_until.is_none_or(|until| until >= day);
    let words = Text::new("Сегодня правило не действует", "The rule is not valid today");
    (!lasts).then(|| FieldProblem::new("/credit_rule_id", "not_valid", words))
}

fn of_enrollment(rule: &CreditRule, person_id: Uuid, found: Option<&Enrollment>) -> Option<FieldProblem> {
    let enrollment = found?;
    let fits = enrollment.person_id == person_id
        && enrollment.program_id == Some(rule.target.program_id)
        && enrollment.state != EnrollmentState::Withdrawn;
    let words = Text::new(
        "Это не зачисление человека на программу, в которой зачитывают",
        "This is no enrollment of the person in the program in which it is credited",
    );
    (!fits).then(|| FieldProblem::new("/enrollment_id", "not_the_target", words))
}

/// What is credited was learnt, is confirmed and is what the rule names. What credits other learning is no learning.
fn of_credential(rule: &CreditRule, found: Option<&Credential>) -> Option<FieldProblem> {
    let problem = |code: &'static str, ru: &'static str, en: &'static str| {
        Some(FieldProblem::new("/credential_id", code, Text::new(ru, en)))
    };
    let Some(credential) = found else {
        return problem("unknown", "У человека нет такого документа", "The person has no such document");
    };
    if credential.state != State::Confirmed {
        return problem("not_confirmed", "Документ не подтверждён", "The document is not confirmed");
    }
    let data = &credential.data;
    let learnt = data.program_id.map(|program_id| Creditable { program_id, module_id: data.module_id });
    // A document about the whole program holds each of its modules.
    let fits = learnt.is_some_and(|learnt| {
        learnt == rule.source || (learnt.program_id == rule.source.program_id && learnt.module_id.is_none())
    });
    if !fits || data.credited {
        return problem(
            "not_the_source",
            "Документ не о том, что зачитывает правило",
            "The document is not about what the rule credits",
        );
    }
    None
}
