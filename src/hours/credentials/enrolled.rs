//! Papers about training that the system knows: what the enrollment says, and none for what was not mastered in full
//! (P3-14).

use uuid::Uuid;

use super::model::NewCredential;
use crate::db::Ctx;
use crate::error::{Error, FieldProblem, Result, Text};
use crate::registry::programs::service::programs_facts;
use crate::training::enrollments::service::{certify, refuse_unmastered};

/// Fills in what follows from the enrollment and refuses what contradicts it. Without one, the issuer's own books
/// must not say that the person has not mastered the program.
pub(super) async fn certified(
    ctx: &Ctx<'_>,
    new: &mut NewCredential,
    issuer_id: Uuid,
) -> Result<Option<Uuid>> {
    let Some(enrollment_id) = new.enrollment_id else {
        let learnt = (new.data.program_id, new.data.module_id);
        refuse_unmastered(ctx, new.person_id, issuer_id, learnt).await?;
        refuse_foreign(ctx, new.data.program_id, issuer_id).await?;
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
