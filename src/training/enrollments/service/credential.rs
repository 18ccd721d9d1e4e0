//! What an enrollment says to a credential that is issued for it (P3-14).

use chrono::NaiveDate;
use uuid::Uuid;

use crate::authz::Permit;
use crate::db::Ctx;
use crate::error::{Code, Error, FieldProblem, Result, Text};
use crate::training::enrollments::model::Enrollment;
use crate::training::enrollments::service::EnrollmentLine;
use crate::training::enrollments::store;
use crate::training::vocabulary::EnrollmentState;
use crate::values::Hours;

/// What a credential takes from the enrollment it is issued for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certified {
    /// The enrollment.
    pub id: Uuid,
    /// The program learnt.
    pub program_id: Option<Uuid>,
    /// The single module learnt.
    pub module_id: Option<Uuid>,
    /// The activity of the route it fulfils.
    pub activity_id: Option<Uuid>,
    /// Volume.
    pub hours: Hours,
    /// First day.
    pub started_on: Option<NaiveDate>,
    /// Last day.
    pub ended_on: Option<NaiveDate>,
}

/// Holds the enrollment that a credential is about to be issued for: of that person, at that issuer, mastered in
/// full, and not certified yet.
pub async fn certify(ctx: &Ctx<'_>, id: Uuid, person_id: Uuid, issuer_id: Uuid) -> Result<Certified> {
    let enrollment = match store::lock(ctx.conn, id).await {
        Ok(found) if found.person_id == person_id && found.provider_id == issuer_id => found,
        Err(refusal) if refusal.code != Code::NotFound => return Err(refusal),
        _ => {
            return Err(Error::field(
                "/enrollment_id",
                "unknown",
                "Такого зачисления этого человека у этой организации нет",
                "The person has no such enrollment at this organization",
            ));
        }
    };
    if enrollment.state != EnrollmentState::Completed {
        let words = Text::new(
            "Содержание освоено не полностью: документ не выдают",
            "The content is not mastered in full: no document is issued",
        );
        return Err(conflict(FieldProblem::new("/enrollment_id", "not_mastered_in_full", words)));
    }
    if store::is_certified(ctx.conn, &enrollment).await? {
        let words = Text::new("Документ об этом обучении уже выдан", "A document for it is issued already");
        return Err(conflict(FieldProblem::new("/enrollment_id", "already_certified", words)));
    }
    Ok(certified(&enrollment))
}

/// The completed enrollments of an offering for which no credential stands, by the names of the people: for whoever may
/// issue them.
pub async fn certifiable(ctx: &Ctx<'_>, offering_id: Uuid) -> Result<Vec<EnrollmentLine>> {
    store::certifiable(ctx.conn, offering_id).await
}

/// What a credential says that was learnt, for somebody whom its issuer may have taught.
#[derive(Debug, Clone)]
pub struct Learnt {
    /// The person.
    pub person_id: Uuid,
    /// Who issues, or issued, the credential.
    pub issuer_id: Uuid,
    /// The program.
    pub program_id: Option<Uuid>,
    /// The single module of it.
    pub module_id: Option<Uuid>,
    /// What it is called: all that is known of a seminar, which follows no program.
    pub title: String,
    /// Only enrollments made by that day count: a paper says nothing of what began later.
    pub by: Option<NaiveDate>,
}

/// Refuses a credential about what the person was enrolled for at this issuer and has not mastered in full, unless another
/// enrollment in it was completed: learnt in part, not begun, or left.
pub async fn refuse_unmastered(ctx: &Ctx<'_>, learnt: &Learnt) -> Result<()> {
    let states = store::states_of(ctx.conn, learnt).await?;
    if states.is_empty() || states.contains(&EnrollmentState::Completed) {
        return Ok(());
    }
    let words = Text::new(
        "Содержание освоено не полностью: документ не выдают",
        "The content is not mastered in full: no document is issued",
    );
    let pointer = if learnt.program_id.is_some() { "/program_id" } else { "/title" };
    Err(conflict(FieldProblem::new(pointer, "not_mastered_in_full", words)))
}

/// Remembers the credential that was issued, by the right to issue it; the caller audits.
pub async fn attach_credential(ctx: &Ctx<'_>, permit: &Permit, id: Uuid, credential_id: Uuid) -> Result<()> {
    let enrollment = store::lock(ctx.conn, id).await?;
    let version = enrollment.version + 1;
    store::save(ctx, permit, &Enrollment { credential_id: Some(credential_id), version, ..enrollment }).await
}

fn certified(enrollment: &Enrollment) -> Certified {
    Certified {
        id: enrollment.id,
        program_id: enrollment.program_id,
        module_id: enrollment.module_id,
        activity_id: enrollment.activity_id,
        hours: enrollment.hours,
        started_on: enrollment.started_on,
        ended_on: enrollment.ended_on,
    }
}

fn conflict(problem: FieldProblem) -> Error {
    Error { fields: vec![problem.because("P3-14", None)], ..Error::new(Code::StateConflict) }
}
