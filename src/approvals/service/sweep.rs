//! What time brings about: deadlines that have passed, learners who have left. Asked as often as one likes, by as many
//! processes as one likes: each has one effect.

use uuid::Uuid;

use super::decide::tell;
use super::refusals::refused;
use crate::approvals::model::{Actor, DecidedBy, Event, Refusal, step};
use crate::approvals::{policy, store};
use crate::authz::{Rule, authorize_clock};
use crate::db::Ctx;
use crate::directory::regions::service as regions;
use crate::effects;
use crate::error::{Error, Result};
use crate::ids::new_id;

/// Requests whose open step is late and whose deadline has not had its effect: by id, after that one.
pub async fn late_requests(ctx: &Ctx<'_>, after: Option<Uuid>, limit: i64) -> Result<Vec<Uuid>> {
    store::late(ctx, after, limit).await
}

/// Open requests about somebody who works at the organization no longer: by id, after that one.
pub async fn abandoned_requests(ctx: &Ctx<'_>, after: Option<Uuid>, limit: i64) -> Result<Vec<Uuid>> {
    store::abandoned(ctx, after, limit).await
}

/// Lets the deadline of the open step have its effect; `false` when there was nothing to do any more.
pub async fn meet_deadline(ctx: &Ctx<'_>, id: Uuid) -> Result<bool> {
    happen(ctx, id, Event::Deadline, &policy::SWEEP_APPROVAL_DEADLINES).await
}

/// Ends a request about somebody who has left; `false` when there was nothing to do any more.
pub async fn end_abandoned(ctx: &Ctx<'_>, id: Uuid) -> Result<bool> {
    happen(ctx, id, Event::LearnerLeft, &policy::SWEEP_APPROVAL_DEPARTURES).await
}

/// By the same way as a decider: the subject first, then its request.
async fn happen(ctx: &Ctx<'_>, id: Uuid, event: Event, rule: &'static Rule) -> Result<bool> {
    let Some((subject_kind, subject_id)) = store::subject_of(ctx, id).await? else { return Ok(false) };
    effects::hold(ctx, subject_kind, subject_id).await?;
    let Some(mut case) = store::lock(ctx, id).await? else { return Ok(false) };
    let today = regions::today(ctx, case.head.region_id).await?;
    case.request.learner_left = store::learner_has_left(ctx, id, today).await?;
    let transition = match step(&case.request, &case.chain, event, &Actor::Clock, today) {
        Ok(transition) => transition,
        // Somebody decided in the meantime, or another process was faster.
        Err(
            Refusal::NotDue
            | Refusal::DeadlineHandled
            | Refusal::NothingAtDeadline
            | Refusal::LearnerStays
            | Refusal::NotInReview
            | Refusal::AlreadyFinal,
        ) => return Ok(false),
        Err(refusal) => return Err(refused(refusal)),
    };
    let permit = authorize_clock(rule, case.head.region_id)?;
    let by = DecidedBy { id: new_id(), account_id: None, role: None, substitution_id: None, at: ctx.now };
    let case = case.after(transition.to.clone(), transition.record.clone(), by).map_err(Error::internal)?;
    store::append(ctx, &permit, &case).await?;
    tell(ctx, &permit, &case, &transition).await?;
    Ok(true)
}
