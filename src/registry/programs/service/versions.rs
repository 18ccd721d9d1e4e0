//! Versions of programs: an accepted program changes by a next version, and every version stays readable (P2-8).

use chrono::NaiveDate;
use uuid::Uuid;

use super::decide::wrong_state;
use super::{see, target};
use crate::authz::{Actor, Permit, may};
use crate::db::Ctx;
use crate::error::{Code, Error, Result};
use crate::http::PageQuery;
use crate::ids::new_id;
use crate::registry::programs::model::{
    FieldChange, Module, Program, ProgramState, ProgramVersion, Snapshot, changed_fields,
};
use crate::registry::programs::store::versions as store;
use crate::registry::programs::{policy, store as programs};

/// One page of the versions, newest first.
pub async fn list_program_versions(
    ctx: &Ctx<'_>,
    id: Uuid,
    page: &PageQuery<'_>,
    before: Option<i32>,
) -> Result<Vec<ProgramVersion>> {
    let (program, _) = programs::find(ctx.conn, id).await?.ok_or(Error::not_found())?;
    see(ctx.actor, &program)?;
    let all = works_on(ctx.actor, &program);
    let found = store::list(ctx.conn, id, all, page.fetch(), before).await?;
    Ok(found.into_iter().filter(|version| sees(ctx.actor, &program, version)).collect())
}

/// One version.
pub async fn get_program_version(ctx: &Ctx<'_>, id: Uuid, edition: i32) -> Result<ProgramVersion> {
    let (program, _) = programs::find(ctx.conn, id).await?.ok_or(Error::not_found())?;
    see(ctx.actor, &program)?;
    visible(ctx, &program, edition).await
}

/// What differs between two versions.
pub async fn compare_program_versions(
    ctx: &Ctx<'_>,
    id: Uuid,
    from: i32,
    to: i32,
) -> Result<Vec<FieldChange>> {
    let (program, _) = programs::find(ctx.conn, id).await?.ok_or(Error::not_found())?;
    see(ctx.actor, &program)?;
    let (old, new) = (visible(ctx, &program, from).await?, visible(ctx, &program, to).await?);
    Ok(changed_fields(&old.snapshot, &new.snapshot))
}

async fn visible(ctx: &Ctx<'_>, program: &Program, edition: i32) -> Result<ProgramVersion> {
    let version = store::find(ctx.conn, program.id, edition).await?.ok_or(Error::not_found())?;
    if sees(ctx.actor, program, &version) { Ok(version) } else { Err(Error::not_found()) }
}

/// Whether the actor may see the version in its state: accepted ones everybody who sees the program does.
pub(super) fn sees(actor: &Actor, program: &Program, version: &ProgramVersion) -> bool {
    let target = target(program);
    match version.state {
        ProgramState::Accepted => true,
        ProgramState::Draft => may(actor, &policy::SEE_DRAFT, &target),
        ProgramState::UnderReview => {
            may(actor, &policy::SEE_SUBMITTED, &target) || may(actor, &policy::SEE_REVIEWED, &target)
        }
        ProgramState::Submitted | ProgramState::Returned | ProgramState::Rejected => {
            may(actor, &policy::SEE_SUBMITTED, &target)
        }
    }
}

/// Whether the actor is one of those who write, decide on or review such programs.
fn works_on(actor: &Actor, program: &Program) -> bool {
    let target = target(program);
    may(actor, &policy::SEE_SUBMITTED, &target) || may(actor, &policy::SEE_REVIEWED, &target)
}

/// The version on its way, if the actor may see it.
pub(super) async fn next_of(ctx: &Ctx<'_>, program: &Program) -> Result<Option<ProgramVersion>> {
    if program.state != ProgramState::Accepted || !works_on(ctx.actor, program) {
        return Ok(None);
    }
    let next = store::next(ctx.conn, program.id).await?;
    Ok(next.filter(|version| sees(ctx.actor, program, version)))
}

/// The version on its way; a conflict when there is none.
pub(super) async fn require_next(ctx: &Ctx<'_>, program: &Program) -> Result<ProgramVersion> {
    store::next(ctx.conn, program.id).await?.ok_or_else(|| wrong_state(program.state))
}

/// Writes the next version of an accepted program, or writes it anew.
pub(super) async fn propose(
    ctx: &Ctx<'_>,
    permit: &Permit,
    (old, new): (Snapshot, Snapshot),
    region_id: Uuid,
    note: Option<&str>,
) -> Result<ProgramVersion> {
    let before = store::next(ctx.conn, new.program_id).await?;
    if let Some(waiting) = before.as_ref().filter(|version| !version.may_be_rewritten()) {
        return Err(wrong_state(waiting.state));
    }
    if old.says_the_same(&new) {
        return Err(Error::new(Code::NothingChanged).detail(
            "Новая редакция ничем не отличается от действующей",
            "The next version does not differ from the one in force",
        ));
    }
    let snapshot = Snapshot { edition: old.edition + 1, ..new };
    let note = note.map(str::trim).filter(|note| !note.is_empty()).map(str::to_owned);
    let decision = before.as_ref().and_then(|version| version.decision.clone());
    let mut writers = before.as_ref().map(|version| version.writers.clone()).unwrap_or_default();
    if !writers.contains(&ctx.actor.account_id) {
        writers.push(ctx.actor.account_id);
    }
    let version = ProgramVersion {
        id: before.as_ref().map_or_else(new_id, |version| version.id),
        region_id,
        state: ProgramState::Draft,
        snapshot,
        note,
        writers,
        submission: None,
        decision,
        accepted_on: None,
        created_at: before.as_ref().map_or(ctx.now, |version| version.created_at),
    };
    store::save(ctx, permit, &version).await?;
    Ok(version)
}

/// Keeps a first version as it was accepted.
pub(super) async fn keep_first(
    ctx: &Ctx<'_>,
    permit: &Permit,
    program: &Program,
    modules: &[Module],
    today: NaiveDate,
) -> Result<()> {
    let version = ProgramVersion {
        id: new_id(),
        region_id: program.region_id,
        state: ProgramState::Accepted,
        snapshot: Snapshot::new(program.clone(), modules.to_vec()),
        note: None,
        writers: program.writers.clone(),
        submission: program.submission,
        decision: program.decision.clone(),
        accepted_on: Some(today),
        created_at: ctx.now,
    };
    store::save(ctx, permit, &version).await
}

/// Changes what became of the version on its way.
pub(super) async fn save(ctx: &Ctx<'_>, permit: &Permit, version: &ProgramVersion) -> Result<()> {
    store::save(ctx, permit, version).await
}

/// The program with the version that comes into force, and its modules.
pub(super) async fn renew(
    ctx: &Ctx<'_>,
    permit: &Permit,
    program: &mut Program,
    version: &ProgramVersion,
) -> Result<Vec<Module>> {
    program.edition = version.snapshot.edition;
    program.data = version.snapshot.data.clone();
    programs::renew(ctx, permit, program, &version.snapshot.modules).await?;
    Ok(version.snapshot.modules.clone())
}
