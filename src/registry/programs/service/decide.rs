//! The way of a program to acceptance.

use uuid::Uuid;

use super::{ShownProgram, permit, require_keeper, rules, shown, today};
use crate::db::{Change, Ctx, Subject};
use crate::error::{Code, Error, Result};
use crate::registry::programs::model::{ProgramDecision, ProgramState, Submission, Verdict};
use crate::registry::programs::{policy, store};

/// Submits a draft, or a program that was returned and mended (P4-29, P4-33).
pub async fn submit_program(ctx: &Ctx<'_>, id: Uuid, if_match: i64) -> Result<ShownProgram> {
    let (mut program, modules) = store::lock(ctx.conn, id).await?;
    let permit = permit(ctx.actor, &policy::SUBMIT_PROGRAM, &program)?;
    if program.version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    let before = program.state;
    if !before.is_open() {
        return Err(wrong_state(before));
    }
    let today = today(ctx, program.region_id).await?;
    if !rules::may_submit(ctx, program.provider_id, today).await? {
        return Err(rules::not_by_regulation());
    }
    program.state = ProgramState::Submitted;
    program.submission = Some(Submission { account_id: ctx.actor.account_id, at: ctx.now });
    program.version += 1;
    store::update_state(ctx, &permit, &program).await?;
    let change = Change::none().field("state", before.as_str(), program.state.as_str());
    ctx.audit(&permit, Subject { kind: "program", id }, change).await?;
    shown(ctx, program, modules).await
}

/// Accepts, returns or rejects a submitted program; never by whoever submitted it.
pub async fn decide_program(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    verdict: &Verdict,
) -> Result<ShownProgram> {
    let (mut program, modules) = store::lock(ctx.conn, id).await?;
    let permit = permit(ctx.actor, &policy::DECIDE_PROGRAM, &program)?;
    if program.version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    let today = today(ctx, program.region_id).await?;
    require_keeper(ctx, program.region_id, today).await?;
    if program.state != ProgramState::Submitted {
        return Err(wrong_state(program.state));
    }
    if program.submission.is_some_and(|submission| submission.account_id == ctx.actor.account_id) {
        return Err(Error::new(Code::SeparationOfDuties));
    }
    verdict.check(today)?;
    program.state = verdict.state();
    program.decision = Some(ProgramDecision {
        account_id: ctx.actor.account_id,
        decided_at: ctx.now,
        reason: verdict.reason().map(str::to_owned),
        due_on: verdict.due_on(),
    });
    program.version += 1;
    store::update_state(ctx, &permit, &program).await?;
    let change = Change::none().field("state", ProgramState::Submitted.as_str(), program.state.as_str());
    ctx.audit(&permit, Subject { kind: "program", id }, change).await?;
    shown(ctx, program, modules).await
}

pub(super) fn wrong_state(state: ProgramState) -> Error {
    let state = state.as_str();
    Error::new(Code::StateConflict)
        .detail(format!("Состояние программы: {state}"), format!("The program's state is {state}"))
}
