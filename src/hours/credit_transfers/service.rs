//! Use cases of credit transfers.

mod request;

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::model::{CreditTransfer, Granted, TransferEvent, TransferRefusal, TransferState, step};
use super::{policy, store};
use crate::authz::{Actor, Target, authorize, authorize_seen, may, scope};
use crate::db::{Change, Ctx, Subject};
use crate::directory::persons::service::person_facts;
use crate::error::{Code, Error, FieldProblem, Result, Text};
use crate::hours::clock::today;
use crate::hours::credentials::service::standing_of;
use crate::hours::model::credential::State;
use crate::http::PageQuery;
use crate::regulations::service::binding_regulation;

pub use request::{NewTransfer, request_credit_transfer};

/// A transfer with what the actor may do with it now.
#[derive(Debug, Clone)]
pub struct ShownTransfer {
    /// The transfer.
    pub transfer: CreditTransfer,
    /// operationIds.
    pub allowed_actions: Vec<String>,
}

/// One page of the transfers the actor may see, newest first.
pub async fn list_credit_transfers(
    ctx: &Ctx<'_>,
    filter: store::Filter,
    page: &PageQuery<'_>,
    after: Option<(DateTime<Utc>, Uuid)>,
) -> Result<Vec<CreditTransfer>> {
    let scope = scope(ctx.actor, &policy::LIST_CREDIT_TRANSFERS)?;
    let today = today(ctx).await?;
    store::list(ctx.conn, (&scope, today), filter, page.fetch(), after).await
}

/// One transfer.
pub async fn get_credit_transfer(ctx: &Ctx<'_>, id: Uuid) -> Result<ShownTransfer> {
    let transfer = store::find(ctx.conn, id).await?;
    visible(ctx, &transfer).await?;
    shown(ctx, transfer).await
}

/// Grants or refuses what was asked for, or takes back what was granted.
pub async fn decide_credit_transfer(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    event: &TransferEvent,
) -> Result<ShownTransfer> {
    let transfer = store::lock(ctx.conn, id).await?;
    visible(ctx, &transfer).await?;
    let deciders = deciders(ctx, &transfer, today(ctx).await?).await?;
    let permit = authorize_seen(&deciders, &policy::DECIDE_CREDIT_TRANSFER, &owner_side(&transfer))?;
    if ctx.actor.is_person(transfer.person_id) {
        return Err(Error::new(Code::SeparationOfDuties));
    }
    require_version(&transfer, if_match)?;
    let state = step(transfer.state, event).map_err(refusal)?;
    if state == TransferState::Granted {
        refuse_unconfirmed(ctx, &transfer).await?;
    }
    let reason = match event {
        TransferEvent::Refuse { reason } | TransferEvent::Revoke { reason } => Some(reason.clone()),
        TransferEvent::Grant | TransferEvent::Withdraw => None,
    };
    let revoked = state == TransferState::Revoked;
    let before = transfer.state;
    let transfer = CreditTransfer {
        state,
        reason,
        decided_by: ctx.actor.person_id,
        decided_at: if revoked { transfer.decided_at } else { Some(ctx.now) },
        revoked_at: revoked.then_some(ctx.now),
        version: transfer.version + 1,
        ..transfer
    };
    store::save(ctx, &permit, &transfer).await?;
    let change = Change::none().field("state", before.as_str(), state.as_str());
    ctx.audit(&permit, Subject { kind: "credit_transfer", id }, change).await?;
    shown(ctx, transfer).await
}

/// Takes a request back that nobody has decided on.
pub async fn withdraw_credit_transfer(ctx: &Ctx<'_>, id: Uuid, if_match: i64) -> Result<ShownTransfer> {
    let transfer = store::lock(ctx.conn, id).await?;
    visible(ctx, &transfer).await?;
    let target = owner_side(&transfer).person(transfer.person_id);
    let permit = authorize_seen(ctx.actor, &policy::WITHDRAW_CREDIT_TRANSFER, &target)?;
    require_version(&transfer, if_match)?;
    let state = step(transfer.state, &TransferEvent::Withdraw).map_err(refusal)?;
    let change = Change::none().field("state", transfer.state.as_str(), state.as_str());
    let transfer = CreditTransfer { state, version: transfer.version + 1, ..transfer };
    store::save(ctx, &permit, &transfer).await?;
    ctx.audit(&permit, Subject { kind: "credit_transfer", id }, change).await?;
    shown(ctx, transfer).await
}

/// The transfers that were granted to these people: for balances, which ask about rights themselves.
pub async fn granted_to(ctx: &Ctx<'_>, people: &[Uuid]) -> Result<Vec<Granted>> {
    if people.is_empty() { Ok(Vec::new()) } else { store::granted(ctx.conn, people).await }
}

/// 404 for whoever may see neither the person nor the affairs of who credits.
async fn visible(ctx: &Ctx<'_>, transfer: &CreditTransfer) -> Result<()> {
    let day = today(ctx).await?;
    let person = person_facts(ctx, transfer.person_id, day).await?.target_on(day);
    // Without its municipality: that whoever credits lies there gives a municipality no right on people elsewhere.
    let target = person.organization(transfer.organization_id, None);
    authorize(ctx.actor, &policy::GET_CREDIT_TRANSFER, &target).map(drop)
}

fn owner_side(transfer: &CreditTransfer) -> Target {
    Target::region(transfer.region_id).organization(transfer.organization_id, None)
}

/// The actor with those roles alone which own rules by the regulation of who credits; where there is none, nothing is
/// forbidden.
async fn deciders(ctx: &Ctx<'_>, transfer: &CreditTransfer, day: NaiveDate) -> Result<Actor> {
    let Some(regulation) = binding_regulation(ctx, transfer.organization_id, day).await? else {
        return Ok(ctx.actor.clone());
    };
    let rule = regulation.profile.registry.credit_rules.as_ref();
    Ok(ctx.actor.in_roles(rule.map(|rule| rule.owners.as_slice()).unwrap_or_default()))
}

/// What was learnt must still stand on the day it is credited.
async fn refuse_unconfirmed(ctx: &Ctx<'_>, transfer: &CreditTransfer) -> Result<()> {
    let standing = standing_of(ctx, transfer.person_id, &[transfer.credential_id]).await?;
    if standing.iter().any(|credential| credential.state == State::Confirmed) {
        return Ok(());
    }
    Err(Error::new(Code::StateConflict).detail(
        "Документ о том, что изучено, больше не подтверждён",
        "The document about what was learnt is confirmed no more",
    ))
}

fn require_version(transfer: &CreditTransfer, if_match: i64) -> Result<()> {
    if transfer.version == if_match { Ok(()) } else { Err(Error::new(Code::PreconditionFailed)) }
}

fn refusal(refusal: TransferRefusal) -> Error {
    match refusal {
        TransferRefusal::ReasonRequired => {
            let words = Text::new("Назовите причину", "A reason is required");
            Error::invalid(vec![FieldProblem::new("/reason", refusal.code(), words)])
        }
        TransferRefusal::AlreadyDecided | TransferRefusal::NotGranted | TransferRefusal::AlreadyFinal => {
            let words =
                Text::new("В этом состоянии так решить нельзя", "In this state it cannot be decided so");
            let problem = FieldProblem::new("/decision", refusal.code(), words);
            Error { fields: vec![problem], ..Error::new(Code::StateConflict) }
        }
    }
}

async fn shown(ctx: &Ctx<'_>, transfer: CreditTransfer) -> Result<ShownTransfer> {
    let open = matches!(transfer.state, TransferState::Requested | TransferState::Granted);
    let decides = open
        && !ctx.actor.is_person(transfer.person_id)
        && may(
            &deciders(ctx, &transfer, today(ctx).await?).await?,
            &policy::DECIDE_CREDIT_TRANSFER,
            &owner_side(&transfer),
        );
    let leaving = owner_side(&transfer).person(transfer.person_id);
    let withdraws = transfer.state == TransferState::Requested
        && may(ctx.actor, &policy::WITHDRAW_CREDIT_TRANSFER, &leaving);
    let allowed_actions =
        [(&policy::DECIDE_CREDIT_TRANSFER, decides), (&policy::WITHDRAW_CREDIT_TRANSFER, withdraws)]
            .into_iter()
            .filter(|(_, allowed)| *allowed)
            .map(|(rule, _)| rule.operation.to_owned())
            .collect();
    Ok(ShownTransfer { transfer, allowed_actions })
}
