//! The work on jobs: one person at a time, in the name of whoever asked. By as many processes as one likes: whoever is
//! being taken by one is passed over by the others.

use serde_json::Value;
use uuid::Uuid;

use super::not_in_bulk;
use crate::accounts::service::actor_today;
use crate::authz::{Actor, authorize_clock};
use crate::db::{Change, Ctx, Subject, is_contention};
use crate::error::{Code, Error, Result};
use crate::learning_routes::model::RouteContent;
use crate::learning_routes::proposal_jobs::model::{Outcome, Turn};
use crate::learning_routes::proposal_jobs::vocabulary::{RouteProposalJobPersonState, RouteProposalJobState};
use crate::learning_routes::proposal_jobs::{dto, policy, store};
use crate::learning_routes::proposals::service::propose_later;
use crate::learning_routes::rules::Referral;
use crate::learning_routes::service::{NewRoute, create_route, replace_route_contents};
use crate::regulations::service::binding_regulation;

/// Takes whoever is next; `false` when nobody waits. All that becomes of it is in this one transaction.
pub async fn take_one(ctx: &Ctx<'_>) -> Result<bool> {
    let Some(turn) = store::take(ctx.conn).await? else { return Ok(false) };
    let permit = authorize_clock(&policy::WORK_ROUTE_PROPOSAL_JOBS, turn.region_id)?;
    let outcome = match actor_today(ctx, turn.requested_by).await? {
        Some(actor) => taken(ctx, &actor, &turn).await?,
        None => Outcome::refused(&Error::new(Code::Forbidden)),
    };
    store::settle(ctx, &permit, &turn, &outcome).await?;
    let waiting = RouteProposalJobPersonState::Waiting.as_str();
    let change = Change::none().field("person_id", (), turn.person_id.to_string()).field(
        "state",
        waiting,
        outcome.state.as_str(),
    );
    ctx.audit(&permit, Subject { kind: "route_proposal_job", id: turn.job_id }, change).await?;
    Ok(true)
}

/// Finishes jobs in which nobody waits any more; how many.
pub async fn finish_jobs(ctx: &Ctx<'_>) -> Result<usize> {
    let through = store::through(ctx.conn).await?;
    let (before, after) = (RouteProposalJobState::Running, RouteProposalJobState::Finished);
    for (id, region_id) in &through {
        let permit = authorize_clock(&policy::WORK_ROUTE_PROPOSAL_JOBS, *region_id)?;
        store::end(ctx, &permit, *id, after).await?;
        let change = Change::none().field("state", before.as_str(), after.as_str());
        ctx.audit(&permit, Subject { kind: "route_proposal_job", id: *id }, change).await?;
    }
    Ok(through.len())
}

/// What is refused leaves nothing behind but the reason.
async fn taken(ctx: &Ctx<'_>, actor: &Actor, turn: &Turn<Value>) -> Result<Outcome<Value>> {
    let request_id = turn.job_id.to_string();
    let acting = Ctx { conn: ctx.conn, actor, now: ctx.now, request_id: &request_id };
    match acting.attempt(async |ctx| propose(ctx, turn).await).await {
        Ok(outcome) => Ok(outcome),
        // The transaction is tried again.
        Err(refusal) if is_contention(&refusal) => Err(refusal),
        Err(refusal) => {
            if refusal.code.status() >= 500 {
                log::error!(target: "rost::proposing", job:% = turn.job_id; "a person could not be taken: {refusal}");
            }
            Ok(Outcome::refused(&refusal))
        }
    }
}

async fn propose(ctx: &Ctx<'_>, turn: &Turn<Value>) -> Result<Outcome<Value>> {
    if turn.create_drafts {
        store::hold_person(ctx.conn, turn.person_id).await?;
    }
    let asked = dto::asked_of(&turn.asked, turn.person_id, turn.organization_id)?;
    let proposal = propose_later(ctx, asked).await.map_err(right_lost)?;
    let answers = !proposal.choices.is_empty() && !proposal.deficits.is_empty();
    let (organization_id, today) = (proposal.organization_id, proposal.as_of);
    let content = proposal.content.clone();
    let outcome = Outcome {
        state: RouteProposalJobPersonState::NothingToDo,
        route_id: None,
        proposal: Some(dto::document(proposal)?),
        problems: Vec::new(),
    };
    if !answers || store::has_live_route(ctx.conn, turn.person_id).await? {
        return Ok(outcome);
    }
    if !turn.create_drafts {
        return Ok(Outcome { state: RouteProposalJobPersonState::Proposed, ..outcome });
    }
    // The school may live under another regulation than the place that was asked for.
    let regulation = binding_regulation(ctx, organization_id, today).await?;
    let problem = regulation.and_then(|found| not_in_bulk(&found.profile.route));
    if let Some(problem) = problem {
        return Err(Error::invalid(vec![problem]));
    }
    let route_id = draft(ctx, turn, content).await?;
    Ok(Outcome { state: RouteProposalJobPersonState::Drafted, route_id: Some(route_id), ..outcome })
}

/// Whoever asked knew of the people: one of whom the account knows nothing any more is no longer in its hands.
fn right_lost(refusal: Error) -> Error {
    if refusal.code == Code::NotFound { Error { code: Code::Forbidden, ..refusal } } else { refusal }
}

/// A draft with that content, by the way that everybody takes.
async fn draft(ctx: &Ctx<'_>, turn: &Turn<Value>, content: RouteContent) -> Result<Uuid> {
    let new = NewRoute {
        person_id: turn.person_id,
        organization_id: Some(turn.organization_id),
        kind: None,
        title: content.title.clone(),
        starts_on: content.starts_on,
        ends_on: content.ends_on,
        note: content.note.clone(),
        referral: Referral::default(),
    };
    let started = create_route(ctx, new).await?.draft.route;
    replace_route_contents(ctx, started.id, started.version, content).await?;
    Ok(started.id)
}
