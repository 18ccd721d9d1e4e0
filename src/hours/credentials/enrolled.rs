//! Papers about training that the system knows: what the enrollment says, and none for what was not mastered in full
//! (P3-14).

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::{CredentialData, NewCredential};
use super::policy;
use crate::authz::may;
use crate::db::Ctx;
use crate::directory::organizations::model::Organization;
use crate::directory::organizations::service::target;
use crate::error::{Code, Error, FieldProblem, Result, Text};
use crate::registry::programs::service::programs_facts;
use crate::regulations::model::BindingRegulation;
use crate::regulations::profile::{CompletionDocumentField, CompletionDocumentRule};
use crate::training::enrollments::service::{Learnt, certify, refuse_unmastered};
use crate::values::DocumentKind;

/// Fills in what follows from the enrollment and refuses what contradicts it. Without one, the issuer's own books
/// must not say that the person has not mastered the program.
pub(super) async fn certified(
    ctx: &Ctx<'_>,
    new: &mut NewCredential,
    issuer_id: Uuid,
    regulation: Option<&BindingRegulation>,
) -> Result<Option<Uuid>> {
    let Some(enrollment_id) = new.enrollment_id else {
        refuse_without_enrollment(&new.data, regulation)?;
        let learnt = learnt(new, issuer_id, None);
        tokio::try_join!(
            refuse_unmastered(ctx, &learnt),
            refuse_foreign(ctx, new.data.program_id, issuer_id),
        )?;
        return Ok(None);
    };
    let certified = certify(ctx, enrollment_id, new.person_id, issuer_id).await?;
    let data = &mut new.data;
    let mut problems = Vec::new();
    let mut differs = |wrong: bool, pointer: &str, words: Text| {
        if wrong {
            problems
                .push(FieldProblem::new(pointer, "differs_from_enrollment", words).because("P3-14", None));
        }
    };
    let hours = Text::owned(
        format!("По зачислению объём {} ч", certified.hours),
        format!("By the enrollment the volume is {} h", certified.hours),
    );
    differs(data.hours != certified.hours, "/hours", hours);
    let other = || Text::new("В зачислении указано другое", "The enrollment says something else");
    let contradicts = |said: Option<Uuid>, known: Option<Uuid>| said.is_some() && said != known;
    differs(contradicts(data.program_id, certified.program_id), "/program_id", other());
    differs(contradicts(data.module_id, certified.module_id), "/module_id", other());
    if !problems.is_empty() {
        return Err(Error::invalid(problems));
    }
    data.program_id = certified.program_id;
    data.module_id = certified.module_id;
    data.activity_id = data.activity_id.or(certified.activity_id);
    data.started_on = data.started_on.or(certified.started_on);
    data.completed_on = data.completed_on.or(certified.ended_on);
    Ok(Some(enrollment_id))
}

/// The same for a paper that somebody else brings than its issuer: the person, or the school in a file. The issuer's
/// books are asked where the system knows him; what began after the day of issue has nothing to do with the paper.
pub(super) async fn refuse_reported(ctx: &Ctx<'_>, new: &NewCredential) -> Result<()> {
    match new.data.issuer_id {
        Some(issuer_id) => refuse_unmastered(ctx, &learnt(new, issuer_id, Some(new.data.issued_on))).await,
        None => Ok(()),
    }
}

fn learnt(new: &NewCredential, issuer_id: Uuid, by: Option<NaiveDate>) -> Learnt {
    let data = &new.data;
    Learnt {
        person_id: new.person_id,
        issuer_id,
        program_id: data.program_id,
        module_id: data.module_id,
        title: data.title.clone(),
        by,
    }
}

/// Where the regulation of the issuer gives its document on completion for full mastery alone, there is none without an
/// enrollment that says so (P3-14).
fn refuse_without_enrollment(data: &CredentialData, regulation: Option<&BindingRegulation>) -> Result<()> {
    let rule = regulation.and_then(|found| found.profile.recording.completion_document.as_ref());
    let Some(rule) = rule.filter(|rule| rule.kind == data.kind && rule.full_completion_only) else {
        return Ok(());
    };
    let words = Text::new(
        "По положению документ выдают только по завершённому зачислению",
        "The regulation lets the document be issued for a completed enrollment alone",
    );
    let problem = FieldProblem::new("/enrollment_id", "required", words);
    Err(Error::invalid(vec![problem.because("P3-14", rule.paragraph.as_deref())]))
}

/// What the regulation of an issuer says of its document on completion.
#[derive(Debug)]
pub struct RuleOfCompletion {
    issuer: Organization,
    rule: Option<CompletionDocumentRule>,
}

impl RuleOfCompletion {
    pub(super) fn of(issuer: &Organization, regulation: Option<&BindingRegulation>) -> Self {
        let rule = regulation.and_then(|found| found.profile.recording.completion_document.clone());
        Self { issuer: issuer.clone(), rule }
    }

    /// The kind of that document, where the regulation names one.
    pub fn kind(&self) -> Option<DocumentKind> {
        self.rule.as_ref().map(|rule| rule.kind)
    }

    /// Refuses an actor who issues papers of that kind, where the regulation leaves them to others.
    pub fn refuse_other_issuers(&self, ctx: &Ctx<'_>, kind: DocumentKind) -> Result<()> {
        let Some(rule) = self.rule.as_ref().filter(|rule| rule.kind == kind) else { return Ok(()) };
        let issuing = ctx.actor.in_roles(&rule.issued_by);
        if may(&issuing, &policy::CREATE_CREDENTIAL, &target(&self.issuer)) {
            return Ok(());
        }
        Err(Error::new(Code::Forbidden).detail(
            "По положению этот документ выдаёт другая сторона",
            "The regulation leaves this document to somebody else",
        ))
    }
}

/// Who issues the document on completion by the regulation of the issuer, and what it must say.
pub(super) fn completion_document(
    ctx: &Ctx<'_>,
    data: &CredentialData,
    issuer: &Organization,
    regulation: Option<&BindingRegulation>,
) -> Result<()> {
    let completion = RuleOfCompletion::of(issuer, regulation);
    completion.refuse_other_issuers(ctx, data.kind)?;
    let Some(rule) = completion.rule.as_ref().filter(|rule| rule.kind == data.kind) else { return Ok(()) };
    let dated = data.started_on.is_some() && data.completed_on.is_some();
    if rule.required_fields.contains(&CompletionDocumentField::Dates) && !dated {
        let words = Text::new("По положению в документе указывают сроки", "The regulation demands the dates");
        let problem = FieldProblem::new("/completed_on", "required", words);
        return Err(Error::invalid(vec![problem.because("P3-13", rule.paragraph.as_deref())]));
    }
    Ok(())
}

/// A document about a program is issued by who teaches it (P1-10); the enrollment has been asked where there is one.
async fn refuse_foreign(ctx: &Ctx<'_>, program_id: Option<Uuid>, issuer_id: Uuid) -> Result<()> {
    let Some(id) = program_id else { return Ok(()) };
    // A program that does not exist is refused with the other references.
    match programs_facts(ctx, &[id]).await?.remove(&id) {
        Some(program) if !program.teachers().contains(&issuer_id) => Err(Error::field(
            "/program_id",
            "not_the_teacher",
            "Документ о программе выдаёт тот, кто её реализует",
            "A document about a program is issued by who teaches it",
        )),
        _ => Ok(()),
    }
}

/// Only the organiser certifies an enrollment.
pub(super) fn refuse_own(new: &NewCredential) -> Result<()> {
    if new.enrollment_id.is_none() {
        return Ok(());
    }
    Err(Error::field(
        "/enrollment_id",
        "not_allowed",
        "Документ об обучении выдаёт организация",
        "A document about an enrollment is issued by the organiser",
    ))
}
