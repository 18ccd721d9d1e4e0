//! Reading requests and the inbox.

use chrono::NaiveDate;
use uuid::Uuid;

use super::target;
use crate::approvals::model::{Action, Case, DecisionKind, Position, RequestHead, Seats, allowed_actions};
use crate::approvals::store::{
    Filter, InboxFilter, InboxKey, ListKey, OutboxOf, SubmittedCounts, Waiting, WaitingCounts,
};
use crate::approvals::{policy, store};
use crate::authz::{Rule, authorize, may, scope};
use crate::db::Ctx;
use crate::directory::regions::service as regions;
use crate::error::{Code, Error, Result};
use crate::http::PageQuery;

/// A request as a caller finds it: with the seats that are his today.
#[derive(Debug)]
pub struct Seen {
    /// The request.
    pub case: Case,
    /// The caller's seats.
    pub seats: Seats,
    /// The region's date.
    pub today: NaiveDate,
}

/// One request.
pub async fn get(ctx: &Ctx<'_>, id: Uuid) -> Result<Seen> {
    let today = today(ctx).await?;
    let (case, seats, left) = tokio::try_join!(
        store::find(ctx, id),
        store::seats_of(ctx, today),
        store::learner_has_left(ctx, id, today)
    )?;
    let mut case = case.ok_or(Error::not_found())?;
    case.request.learner_left = left;
    authorize(ctx.actor, &policy::GET_APPROVAL_REQUEST, &target(ctx, &case, &seats))?;
    Ok(Seen { case, seats, today })
}

/// One page of the requests the actor may see.
pub async fn list(
    ctx: &Ctx<'_>,
    filter: &Filter,
    page: &PageQuery<'_>,
    after: Option<ListKey>,
) -> Result<Vec<RequestHead>> {
    let scope = scope(ctx.actor, &policy::LIST_APPROVAL_REQUESTS)?;
    let seats = store::seats_of(ctx, today(ctx).await?).await?;
    store::list(ctx, &scope, &seats, filter, page.fetch(), after).await
}

/// One page of what waits for the actor.
pub async fn inbox(
    ctx: &Ctx<'_>,
    filter: &InboxFilter,
    page: &PageQuery<'_>,
    after: Option<InboxKey>,
) -> Result<Vec<Waiting>> {
    let scope = scope(ctx.actor, &policy::LIST_APPROVAL_INBOX)?;
    let today = today(ctx).await?;
    let seats = store::seats_of(ctx, today).await?;
    store::waiting(ctx, &scope, &seats, filter, today, page.fetch(), after).await
}

/// One page of what the actor handed in, of what is about him, or of what he decided.
pub async fn outbox(
    ctx: &Ctx<'_>,
    of: OutboxOf,
    filter: &Filter,
    page: &PageQuery<'_>,
    after: Option<ListKey>,
) -> Result<Vec<RequestHead>> {
    let scope = scope(ctx.actor, &policy::LIST_APPROVAL_OUTBOX)?;
    store::outbox(ctx, &scope, of, filter, page.fetch(), after).await
}

/// What is on its way to the actor and from him.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pending {
    /// What waits for him.
    pub waiting: WaitingCounts,
    /// What he handed in.
    pub submitted: SubmittedCounts,
}

/// How much is on its way; nothing for those whom no chain can ask.
pub async fn pending(ctx: &Ctx<'_>) -> Result<Pending> {
    let scope = match scope(ctx.actor, &policy::LIST_APPROVAL_INBOX) {
        Ok(scope) => scope,
        Err(refusal) if refusal.code == Code::Forbidden => return Ok(Pending::default()),
        Err(refusal) => return Err(refusal),
    };
    let today = today(ctx).await?;
    let seats = store::seats_of(ctx, today).await?;
    let (waiting, submitted) = tokio::try_join!(
        store::count_waiting(ctx, &scope, &seats, today),
        store::count_submitted(ctx, seats.holder, today)
    )?;
    Ok(Pending { waiting, submitted })
}

/// Today in the actor's region.
pub async fn today(ctx: &Ctx<'_>) -> Result<NaiveDate> {
    regions::today(ctx, ctx.region_id()?).await
}

/// What may be decided on a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenVerdict {
    /// A positive decision of that kind.
    Positive(DecisionKind),
    /// A return.
    Return,
    /// A rejection.
    Reject,
}

/// A decision that the actor may take now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenDecision {
    /// The step.
    pub step: Position,
    /// What may be decided.
    pub verdict: OpenVerdict,
    /// In the name of whom; none for the own name.
    pub acting_for: Option<Uuid>,
}

/// What the actor may do with the request now.
#[derive(Debug, Clone, Default)]
pub struct Allowed {
    /// Operations of the API.
    pub operations: Vec<&'static str>,
    /// Decisions that `decide_approval` would take from the actor.
    pub decisions: Vec<OpenDecision>,
}

impl Allowed {
    fn operation(&mut self, rule: &Rule) {
        if !self.operations.contains(&rule.operation) {
            self.operations.push(rule.operation);
        }
    }
}

/// What the actor may do: his rights, and what the rules would let him, in every name in which he may act.
pub fn allowed(ctx: &Ctx<'_>, seen: &Seen) -> Allowed {
    let Seen { case, seats, today } = seen;
    let target = target(ctx, case, seats);
    let mut allowed = Allowed::default();
    let may_decide = may(ctx.actor, &policy::DECIDE_APPROVAL, &target);
    let may_insert = may(ctx.actor, &policy::INSERT_APPROVAL_STEP, &target);
    let may_remove = may(ctx.actor, &policy::REMOVE_APPROVAL_STEP, &target);
    let may_withdraw = may(ctx.actor, &policy::WITHDRAW_APPROVAL, &target);
    // Whoever answers for the organization takes back whatever has not come to its end.
    let may_free =
        !case.head.state.is_final() && may(ctx.actor, &policy::WITHDRAW_FOR_THE_SUBMITTER, &target);
    let open = case.head.open_step();
    let (mut inserts, mut removes, mut withdraws) = (false, false, false);
    for facts in seats.names() {
        let acting_for = facts.acting_for;
        let mut offer = |step, verdict| {
            let open = OpenDecision { step, verdict, acting_for };
            // Two substitutions of one person may hold the same seat.
            if may_decide && !allowed.decisions.contains(&open) {
                allowed.decisions.push(open);
            }
        };
        for action in allowed_actions(&case.request, &case.chain, &facts, *today) {
            match (action, open) {
                (Action::Decide(step, kind), _) => offer(step, OpenVerdict::Positive(kind)),
                (Action::Return, Some(step)) => offer(step, OpenVerdict::Return),
                (Action::Reject, Some(step)) => offer(step, OpenVerdict::Reject),
                (Action::Withdraw, _) if acting_for.is_none() => withdraws = true,
                (Action::Insert(_), _) => inserts = true,
                (Action::Remove(_), _) => removes = true,
                _ => {}
            }
        }
    }
    if !allowed.decisions.is_empty() {
        allowed.operation(&policy::DECIDE_APPROVAL);
    }
    if (withdraws && may_withdraw) || may_free {
        allowed.operation(&policy::WITHDRAW_APPROVAL);
    }
    if inserts && may_insert {
        allowed.operation(&policy::INSERT_APPROVAL_STEP);
    }
    if removes && may_remove {
        allowed.operation(&policy::REMOVE_APPROVAL_STEP);
    }
    allowed
}
