//! Taking a request back: by whoever submitted it, or for him by somebody who answers for the organization.

use uuid::Uuid;

use super::Seen;
use super::advance;
use super::decide::{fresh, lock, tell};
use super::refusals::{pointing, refused};
use super::target;
use crate::approvals::model::{Actor, Event, Refusal, Transition, step};
use crate::approvals::{policy, store};
use crate::authz::{Permit, authorize, may};
use crate::db::Ctx;
use crate::error::Result;

/// Takes a request back. Whoever is not its submitter needs a right of his own, and says why.
pub async fn withdraw_request(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    reason: Option<String>,
) -> Result<Seen> {
    let seen = lock(ctx, id).await?;
    let target = target(ctx, &seen.case, &seen.seats);
    let own = seen.seats.holder == seen.case.request.submitter;
    let superior = !own && may(ctx.actor, &policy::WITHDRAW_FOR_THE_SUBMITTER, &target);
    let (rule, actor) = if superior {
        (&policy::WITHDRAW_FOR_THE_SUBMITTER, Actor::Superior(seen.seats.facts()))
    } else {
        (&policy::WITHDRAW_APPROVAL, Actor::Person(seen.seats.facts()))
    };
    let permit = authorize(ctx.actor, rule, &target)?;
    fresh(&seen.case, if_match)?;
    let (seen, transition) = take_back(ctx, &permit, seen, &actor, reason).await?;
    tell(ctx, &permit, &seen.case, &transition).await?;
    Ok(seen)
}

/// Ends the request by withdrawal; what it means for the subject is the caller's business.
pub(super) async fn take_back(
    ctx: &Ctx<'_>,
    permit: &Permit,
    seen: Seen,
    actor: &Actor,
    reason: Option<String>,
) -> Result<(Seen, Transition)> {
    let Seen { case, seats, today } = seen;
    let event = Event::Withdraw { reason };
    let transition =
        step(&case.request, &case.chain, event, actor, today).map_err(|refusal| match refusal {
            Refusal::ReasonRequired => pointing(refused(refusal), "/reason"),
            _ => refused(refusal),
        })?;
    let case = advance(ctx, case, &transition, permit.role()?, None)?;
    store::append(ctx, permit, &case).await?;
    Ok((Seen { case, seats, today }, transition))
}
