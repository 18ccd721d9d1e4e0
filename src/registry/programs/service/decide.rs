//! The way of a program, or of its next version, to acceptance.

use uuid::Uuid;

use super::{ShownProgram, permit, require_keeper, reviewed, rules, shown, today, versions};
use crate::db::{Change, Ctx, Subject};
use crate::error::{Code, Error, Result};
use crate::registry::programs::model::{
    Program, ProgramDecision, ProgramState, ProgramVersion, Submission, Verdict,
};
use crate::registry::programs::{policy, store};
use crate::registry::reviews;

/// Submits a draft, or a program that was returned and mended (P4-29, P4-33); of an accepted program the next version.
pub async fn submit_program(ctx: &Ctx<'_>, id: Uuid, if_match: i64) -> Result<ShownProgram> {
    let (mut program, modules) = store::lock(ctx.conn, id).await?;
    let permit = permit(ctx.actor, &policy::SUBMIT_PROGRAM, &program)?;
    if program.version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    let mut next = next(ctx, &program).await?;
    let before = next.as_ref().map_or(program.state, |next| next.state);
    if !before.is_open() {
        return Err(wrong_state(before));
    }
    let today = today(ctx, program.region_id).await?;
    if !rules::may_submit(ctx, program.provider_id, today).await? {
        return Err(rules::not_by_regulation());
    }
    let submission = Some(Submission { account_id: ctx.actor.account_id, at: ctx.now });
    if let Some(next) = &mut next {
        (next.state, next.submission) = (ProgramState::Submitted, submission);
        versions::save(ctx, &permit, next).await?;
    } else {
        (program.state, program.submission) = (ProgramState::Submitted, submission);
    }
    program.version += 1;
    store::update_state(ctx, &permit, &program).await?;
    let change = Change::none().field("state", before.as_str(), ProgramState::Submitted.as_str());
    ctx.audit(&permit, Subject { kind: "program", id }, change).await?;
    shown(ctx, program, modules).await
}

/// Accepts, returns or rejects a submitted program, or the next version of an accepted one.
pub async fn decide_program(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    verdict: &Verdict,
) -> Result<ShownProgram> {
    let (mut program, mut modules) = store::lock(ctx.conn, id).await?;
    let permit = permit(ctx.actor, &policy::DECIDE_PROGRAM, &program)?;
    if program.version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    let today = today(ctx, program.region_id).await?;
    require_keeper(ctx, program.region_id, today).await?;
    let mut next = next(ctx, &program).await?;
    let before = next.as_ref().map_or(program.state, |next| next.state);
    if !before.awaits_decision() {
        return Err(wrong_state(before));
    }
    if reviewed::is_author(ctx, &program, next.as_ref()).await? {
        return Err(Error::new(Code::SeparationOfDuties));
    }
    verdict.check(today)?;
    let decision = Some(ProgramDecision {
        account_id: ctx.actor.account_id,
        decided_at: ctx.now,
        reason: verdict.reason().map(str::to_owned),
        due_on: verdict.due_on(),
    });
    let accepted = verdict.state() == ProgramState::Accepted;
    if let Some(next) = &mut next {
        (next.state, next.decision) = (verdict.state(), decision.clone());
        if accepted {
            // What stands in the registry changes only to what the registry would let in (P2-23).
            if program.entry_state.is_some() {
                let submitted_at = next.submission.map(|submission| submission.at);
                reviews::service::require_positive(ctx, &program, submitted_at, today).await?;
            }
            next.accepted_on = Some(today);
            (program.submission, program.decision) = (next.submission, decision);
            modules = versions::renew(ctx, &permit, &mut program, next).await?;
        }
        versions::save(ctx, &permit, next).await?;
    } else {
        (program.state, program.decision) = (verdict.state(), decision);
        if accepted {
            versions::keep_first(ctx, &permit, &program, &modules, today).await?;
        }
    }
    program.version += 1;
    store::update_state(ctx, &permit, &program).await?;
    let change = Change::none().field("state", before.as_str(), verdict.state().as_str());
    ctx.audit(&permit, Subject { kind: "program", id }, change).await?;
    shown(ctx, program, modules).await
}

/// The version of an accepted program that is on its way; a program that is not accepted goes its way itself.
async fn next(ctx: &Ctx<'_>, program: &Program) -> Result<Option<ProgramVersion>> {
    match program.state {
        ProgramState::Accepted => versions::require_next(ctx, program).await.map(Some),
        _ => Ok(None),
    }
}

pub(super) fn wrong_state(state: ProgramState) -> Error {
    let state = state.as_str();
    Error::new(Code::StateConflict)
        .detail(format!("Состояние программы: {state}"), format!("The program's state is {state}"))
}
