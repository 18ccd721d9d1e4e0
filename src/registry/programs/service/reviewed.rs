//! What reviews ask of programs: what waits to be reviewed, and who teaches it.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::decide::wrong_state;
use super::{see, versions};
use crate::authz::Permit;
use crate::db::Ctx;
use crate::error::Result;
use crate::registry::programs::model::{Module, Program, ProgramState, ProgramVersion, authors};
use crate::registry::programs::store;

/// A submission that may be reviewed.
#[derive(Debug, Clone, Copy)]
pub struct Waiting {
    /// The version that was submitted.
    pub edition: i32,
    /// When.
    pub submitted_at: DateTime<Utc>,
}

/// A program the actor may see, locked, with its next version if there is one.
pub async fn lock_for_review(ctx: &Ctx<'_>, id: Uuid) -> Result<(Program, Option<ProgramVersion>)> {
    let (program, _) = store::lock(ctx.conn, id).await?;
    see(ctx.actor, &program)?;
    let next = match program.state {
        ProgramState::Accepted => store::versions::next(ctx.conn, id).await?,
        _ => None,
    };
    Ok((program, next))
}

/// What of the program may be reviewed: what waits for a decision, else an accepted program that has not entered the
/// registry; a conflict when there is nothing.
pub fn awaiting(program: &Program, next: Option<&ProgramVersion>) -> Result<Waiting> {
    let outside = program.state == ProgramState::Accepted && program.entry_state.is_none();
    let (state, submission, edition) = match next.filter(|next| next.state.awaits_decision()) {
        Some(next) => (next.state, next.submission, next.snapshot.edition),
        None => (program.state, program.submission, program.edition),
    };
    match submission.filter(|_| state.awaits_decision() || outside) {
        Some(submission) => Ok(Waiting { edition, submitted_at: submission.at }),
        None => Err(wrong_state(state)),
    }
}

/// From the first reviewer on, the submission is under review.
pub async fn begin_review(
    ctx: &Ctx<'_>,
    permit: &Permit,
    mut program: Program,
    next: Option<ProgramVersion>,
) -> Result<()> {
    if let Some(mut next) = next.filter(|next| next.state.awaits_decision()) {
        next.state = ProgramState::UnderReview;
        versions::save(ctx, permit, &next).await?;
    } else if program.state.awaits_decision() {
        program.state = ProgramState::UnderReview;
    }
    program.version += 1;
    store::update_state(ctx, permit, &program).await
}

/// The people who wrote or submitted the program or its next version.
pub async fn authors_of(
    ctx: &Ctx<'_>,
    program: &Program,
    next: Option<&ProgramVersion>,
) -> Result<Vec<Uuid>> {
    store::people_of(ctx.conn, &authors(program, next)).await
}

/// Whether the actor is one of them, by his account or by another one of his.
pub(super) async fn is_author(
    ctx: &Ctx<'_>,
    program: &Program,
    next: Option<&ProgramVersion>,
) -> Result<bool> {
    if authors(program, next).contains(&ctx.actor.account_id) {
        return Ok(true);
    }
    let Some(person_id) = ctx.actor.person_id else { return Ok(false) };
    Ok(authors_of(ctx, program, next).await?.contains(&person_id))
}

/// The provider, its partners, and whoever teaches a module.
pub async fn teaching_organizations(
    ctx: &Ctx<'_>,
    program: &Program,
    next: Option<&ProgramVersion>,
) -> Result<Vec<Uuid>> {
    let now = store::find(ctx.conn, program.id).await?.map(|(_, modules)| modules).unwrap_or_default();
    let coming: &[Module] = next.map(|next| next.snapshot.modules.as_slice()).unwrap_or_default();
    let partners = next.map(|next| next.snapshot.data.details.partner_ids.as_slice()).unwrap_or_default();
    let mut all = vec![program.provider_id];
    all.extend(now.iter().chain(coming).map(|module| module.data.provider_id));
    all.extend(program.data.details.partner_ids.iter().chain(partners));
    Ok(all)
}
