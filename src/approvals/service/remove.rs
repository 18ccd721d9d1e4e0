//! Taking a step out again that somebody had put in.

use uuid::Uuid;

use super::Seen;
use super::decide::{finish, fresh, in_the_name, lock};
use super::refusals::{pointing, refused};
use super::target;
use crate::approvals::model::{Actor, Event, Position, Refusal, Seat, Step, step};
use crate::approvals::policy;
use crate::authz::authorize;
use crate::db::Ctx;
use crate::error::Result;

/// A step that is not to be asked for any more.
#[derive(Debug, Clone)]
pub struct Removal {
    /// Which.
    pub step: Position,
    /// Why.
    pub reason: String,
    /// The absent person in whose name it is taken out.
    pub acting_for: Option<Uuid>,
}

/// Takes a step out of the chain at which nobody has decided; the caller decides after it.
pub async fn remove_step(ctx: &Ctx<'_>, id: Uuid, if_match: i64, removal: Removal) -> Result<Seen> {
    let Seen { case, seats, today } = lock(ctx, id).await?;
    let permit = authorize(ctx.actor, &policy::REMOVE_APPROVAL_STEP, &target(ctx, &case, &seats))?;
    fresh(&case, if_match)?;
    // The step of the absent one, by which his substitute decides here.
    let own = |step: &&Step| seats.sits_at(removal.acting_for, step);
    let senior = case.chain.after(Some(removal.step)).find(own).cloned();
    let name = in_the_name(&seats, removal.acting_for, senior.as_ref())?;
    let event = Event::Remove { step: removal.step, reason: removal.reason };
    let transition = step(&case.request, &case.chain, event, &Actor::Person(name.facts), today);
    let transition = transition.map_err(|refusal| match refusal {
        Refusal::ReasonRequired => pointing(refused(refusal), "/reason"),
        _ => refused(refusal),
    })?;
    let role = match senior.map(|step| step.seat) {
        Some(Seat::Role(role)) => role,
        Some(Seat::Learner) | None => permit.role()?,
    };
    let case = finish(ctx, &permit, case, &transition, role, name.substitution_id).await?;
    Ok(Seen { case, seats, today })
}
