//! Reading requests and the inbox.

use chrono::NaiveDate;
use uuid::Uuid;

use super::target;
use crate::approvals::model::{Action, Case, DecisionKind, Position, RequestHead, Seats, allowed_actions};
use crate::approvals::store::{Filter, InboxFilter, InboxKey, ListKey, Waiting};
use crate::approvals::{policy, store};
use crate::authz::{authorize, may, scope};
use crate::db::Ctx;
use crate::directory::regions::service as regions;
use crate::error::{Error, Result};
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
    let seats = store::seats_of(ctx, today(ctx).await?).await?;
    store::waiting(ctx, &scope, &seats, filter, page.fetch(), after).await
}

/// Today in the actor's region.
pub async fn today(ctx: &Ctx<'_>) -> Result<NaiveDate> {
    regions::today(ctx, ctx.region_id()?).await
}

/// A decision that the actor may take now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenDecision {
    /// A positive decision on that step.
    Positive(Position, DecisionKind),
    /// A return from that step.
    Return(Position),
    /// A rejection from that step.
    Reject(Position),
}

/// What the actor may do with the request now.
#[derive(Debug, Clone, Default)]
pub struct Allowed {
    /// Operations of the API.
    pub operations: Vec<&'static str>,
    /// Decisions that `decide_approval` would take from the actor.
    pub decisions: Vec<OpenDecision>,
}

/// What the actor may do: his rights, and what the rules would let him.
pub fn allowed(ctx: &Ctx<'_>, Seen { case, seats, today }: &Seen) -> Allowed {
    let target = target(ctx, case, seats);
    let facts = seats.facts();
    let mut allowed = Allowed::default();
    let may_decide = may(ctx.actor, &policy::DECIDE_APPROVAL, &target);
    let may_insert = may(ctx.actor, &policy::INSERT_APPROVAL_STEP, &target);
    let may_withdraw = may(ctx.actor, &policy::WITHDRAW_APPROVAL, &target);
    let open = case.head.open_step();
    for action in allowed_actions(&case.request, &case.chain, &facts, *today) {
        match (action, open) {
            (Action::Decide(step, kind), _) if may_decide => {
                allowed.decisions.push(OpenDecision::Positive(step, kind));
            }
            (Action::Return, Some(step)) if may_decide => allowed.decisions.push(OpenDecision::Return(step)),
            (Action::Reject, Some(step)) if may_decide => allowed.decisions.push(OpenDecision::Reject(step)),
            (Action::Withdraw, _) if may_withdraw => {
                allowed.operations.push(policy::WITHDRAW_APPROVAL.operation);
            }
            (Action::Insert(_), _) if may_insert => {
                let operation = policy::INSERT_APPROVAL_STEP.operation;
                if !allowed.operations.contains(&operation) {
                    allowed.operations.push(operation);
                }
            }
            _ => {}
        }
    }
    if !allowed.decisions.is_empty() {
        allowed.operations.insert(0, policy::DECIDE_APPROVAL.operation);
    }
    allowed
}
