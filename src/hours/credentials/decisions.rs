//! Deciding on credentials: who may, what follows for the ledger.

use uuid::Uuid;

use super::case::{CredentialCase, CredentialTarget};
use super::dto::CredentialDecisionDto;
use super::model::{Credential, Decision};
use super::policy::{self, ISSUERS};
use super::store;
use crate::authz::{Actor, Permit, Role, RoleGrant, authorize};
use crate::db::{Change, Ctx, Subject};
use crate::effects::{self, AnsweringPaper};
use crate::error::{Code, Error, FieldProblem, Result, Text};
use crate::hours::clock::today;
use crate::hours::ledger;
use crate::hours::model::credential::{LedgerEffect, Refusal, step};
use crate::hours::verification::service::ensure_code;
use crate::regulations::service::binding_regulation_under;

/// Who confirms where the regulation is silent (`recording.credential_confirmers`).
const DEFAULT_CONFIRMERS: &[Role] = &[Role::Director, Role::DeputyDirector];

/// Takes a decision; the ledger follows in the same transaction.
pub async fn decide_credential(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    decision: Decision,
    reason: Option<&str>,
) -> Result<CredentialCase> {
    let current = store::lock(ctx.conn, id).await?;
    let case = CredentialCase::of(ctx, current).await?;
    let access = Access::of(ctx, &case).await?;
    authorize(ctx.actor, &policy::GET_CREDENTIAL, &access.target.reading)?;
    authorize(ctx.actor, &policy::DECIDE_CREDENTIAL, &access.target.deciding)
        .map_err(|refusal| Error::new(Code::Forbidden).cause(refusal))?;
    let CredentialCase { credential: current, person, issuer, .. } = case;
    if current.version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    let own = ctx.actor.is_person(current.person_id);
    let transition = step(current.state, &decision.event(reason), own).map_err(refused)?;
    let permit = access.permit(ctx.actor, &current, decision)?;
    let before = current.state;
    let decided = Credential {
        state: transition.to,
        reason: reason.map(str::to_owned),
        decided_by: Some(ctx.actor.account_id),
        decided_at: Some(ctx.now),
        version: current.version + 1,
        ..current
    };
    store::decide(ctx, &permit, &decided).await?;
    let mut change = Change::none().field("state", before.as_str(), decided.state.as_str());
    let paper = answering(&decided);
    match transition.effect {
        Some(LedgerEffect::Post) => {
            ledger::service::post(ctx, &permit, &decided).await?;
            ensure_code(ctx, &permit, &decided).await?;
            if let Some(paper) = paper
                && effects::paper_confirmed(ctx, &paper).await?
            {
                change = change.field("completed_activity", (), paper.activity_id.to_string());
            }
        }
        Some(LedgerEffect::Reverse) => {
            ledger::service::reverse(ctx, &permit, &decided, reason.unwrap_or_default()).await?;
            if let Some(paper) = paper
                && effects::paper_annulled(ctx, &paper, other(ctx, &paper).await?.as_ref()).await?
            {
                change = change.field("completed_activity", paper.activity_id.to_string(), ());
            }
        }
        None => {}
    }
    ctx.audit(&permit, Subject { kind: "credential", id }, change).await?;
    Ok(CredentialCase { credential: decided, person, issuer, fresh: None })
}

/// What the paper answers, if it answers an activity of a route.
fn answering(credential: &Credential) -> Option<AnsweringPaper> {
    let data = &credential.data;
    Some(AnsweringPaper {
        credential_id: credential.id,
        person_id: credential.person_id,
        activity_id: data.activity_id?,
        completed_on: data.completed_on.unwrap_or(data.issued_on),
    })
}

/// Another confirmed paper that answers the same activity.
async fn other(ctx: &Ctx<'_>, paper: &AnsweringPaper) -> Result<Option<AnsweringPaper>> {
    let found = store::confirmed_for(ctx.conn, paper.activity_id, paper.credential_id).await?;
    Ok(found.as_ref().and_then(answering))
}

/// The decisions that the actor may take now: rights and state.
pub async fn allowed(ctx: &Ctx<'_>, case: &CredentialCase) -> Result<Vec<CredentialDecisionDto>> {
    let access = Access::of(ctx, case).await?;
    let credential = &case.credential;
    let own = ctx.actor.is_person(credential.person_id);
    let may = |decision: &Decision| {
        step(credential.state, &decision.event(Some("…")), own).is_ok()
            && access.permit(ctx.actor, credential, *decision).is_ok()
    };
    Ok(Decision::ALL.into_iter().filter(may).map(Into::into).collect())
}

/// What decides who may decide.
struct Access {
    target: CredentialTarget,
    confirmers: Vec<Role>,
}

impl Access {
    /// The confirmers are those of the regulation that binds the person's schools today.
    async fn of(ctx: &Ctx<'_>, case: &CredentialCase) -> Result<Self> {
        let today = today(ctx).await?;
        let mut confirmers: Vec<Role> = Vec::new();
        for employment in case.person.employed_on(today) {
            let (stamp, school) = (case.person.stamp, employment.organization_id);
            let regulation = binding_regulation_under(ctx, stamp, school, today).await?;
            let named =
                regulation.as_ref().and_then(|found| found.profile.recording.credential_confirmers.as_ref());
            confirmers.extend_from_slice(named.map_or(DEFAULT_CONFIRMERS, |rule| rule.roles.as_slice()));
        }
        if confirmers.is_empty() {
            // Nobody employs the person: the issuer and the region are all who can settle the paper.
            confirmers.extend([Role::ProviderOfficer, Role::RegionalCoordinator, Role::RegionalOperator]);
        }
        Ok(Self { target: case.target(today), confirmers })
    }

    /// The right to take this decision: the person's own doubt, the issuer's taking back, else a confirmer's.
    fn permit(&self, actor: &Actor, credential: &Credential, decision: Decision) -> Result<Permit> {
        let own = actor.is_person(credential.person_id);
        let narrowed = |keep: &dyn Fn(&RoleGrant) -> bool| Actor {
            grants: actor.grants.iter().filter(|grant| keep(grant)).cloned().collect(),
            ..actor.clone()
        };
        let ask = |actor: &Actor| authorize(actor, &policy::DECIDE_CREDENTIAL, &self.target.deciding);
        if own && decision == Decision::Dispute {
            return ask(actor);
        }
        if matches!(decision, Decision::Refuse | Decision::Annul) && credential.data.issuer_id.is_some() {
            let of_issuer = |grant: &RoleGrant| {
                ISSUERS.contains(&grant.role) && grant.organization_id == credential.data.issuer_id
            };
            if let Ok(permit) = ask(&narrowed(&of_issuer)) {
                return Ok(permit);
            }
        }
        let permit = ask(&narrowed(&|grant| self.confirmers.contains(&grant.role))).map_err(|refusal| {
            Error::new(Code::Forbidden).cause(refusal).detail(
                "По положению документы подтверждают другие роли",
                "By the regulation other roles confirm documents",
            )
        })?;
        if decision == Decision::Confirm && credential.recorded_by == actor.account_id {
            return Err(Error::new(Code::SeparationOfDuties));
        }
        Ok(permit)
    }
}

fn refused(refusal: Refusal) -> Error {
    let words = match refusal {
        Refusal::OwnCredential => return Error::new(Code::SeparationOfDuties),
        Refusal::ReasonRequired => {
            return Error::field("/reason", refusal.code(), "Назовите причину", "A reason is required");
        }
        Refusal::AlreadyConfirmed => {
            Text::new("Документ уже подтверждён", "The document is confirmed already")
        }
        Refusal::AlreadyDisputed => {
            Text::new("Документ уже оспорен", "The document is under dispute already")
        }
        Refusal::AlreadyFinal => {
            Text::new("Документ отклонён или аннулирован", "The document is refused or annulled")
        }
        Refusal::NotConfirmed => {
            Text::new("Аннулируют только подтверждённый документ", "Only a confirmed document is annulled")
        }
    };
    Error {
        fields: vec![FieldProblem::new("/decision", refusal.code(), words)],
        ..Error::new(Code::StateConflict)
    }
}
