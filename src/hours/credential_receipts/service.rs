//! Use cases of receipts.

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::{CredentialReceipt, NewReceipt, may_be_received, problems};
use super::{policy, store};
use crate::authz::{Permit, Target, authorize, authorize_seen, may};
use crate::db::{Change, Ctx, Subject};
use crate::error::{Code, Error, Result};
use crate::hours::clock::today;
use crate::hours::credentials::case::{CredentialCase, hold_credential};
use crate::hours::credentials::policy::GET_CREDENTIAL;
use crate::regulations::service::binding_regulation_under;

/// Receives a paper that the person handed in.
pub async fn receive_credential(ctx: &Ctx<'_>, id: Uuid, new: NewReceipt) -> Result<CredentialCase> {
    let case = hold_credential(ctx, id).await?;
    let today = today(ctx).await?;
    authorize(ctx.actor, &GET_CREDENTIAL, &case.target(today).reading)?;
    authorize_seen(ctx.actor, &policy::RECEIVE_CREDENTIAL, &case.person.target_on(today))?;
    let desk = Desk::of(ctx, &case, today).await?;
    if !may_be_received(case.credential.state) {
        return Err(Error::new(Code::StateConflict).detail(
            "Документ отклонён или аннулирован: его не принимают",
            "The paper is refused or annulled and is not received",
        ));
    }
    if store::find(ctx.conn, id).await?.is_some() {
        return Err(Error::new(Code::AlreadyExists)
            .detail("Документ уже принят", "The paper has been received already"));
    }
    let received_on = new.received_on.unwrap_or(today);
    let wrong = problems(received_on, case.credential.data.issued_on, today);
    if !wrong.is_empty() {
        return Err(Error::invalid(wrong));
    }
    let receipt = CredentialReceipt { organization_id: desk.organization_id, received_on, note: new.note };
    store::insert(ctx, &desk.permit, &case.credential, &receipt, desk.municipality_id).await?;
    let change = Change::none().field("received_on", (), received_on.to_string());
    ctx.audit(&desk.permit, Subject { kind: "credential_receipt", id }, change).await?;
    Ok(case)
}

/// The receipt of a paper, without asking who may see it.
pub(in crate::hours) async fn receipt_of(ctx: &Ctx<'_>, id: Uuid) -> Result<Option<CredentialReceipt>> {
    store::find(ctx.conn, id).await
}

/// Whether the actor may receive the paper now: rights and state, but for whether it has been received.
pub(in crate::hours) async fn may_receive(ctx: &Ctx<'_>, case: &CredentialCase) -> Result<bool> {
    let today = today(ctx).await?;
    let asked = may(ctx.actor, &policy::RECEIVE_CREDENTIAL, &case.person.target_on(today));
    if !asked || !may_be_received(case.credential.state) {
        return Ok(false);
    }
    match Desk::of(ctx, case, today).await {
        Ok(_) => Ok(true),
        Err(refusal) if refusal.code.status() < 500 => Ok(false),
        Err(refusal) => Err(refusal),
    }
}

/// Where the actor receives papers of a person, and by which right.
struct Desk {
    permit: Permit,
    organization_id: Uuid,
    municipality_id: Option<Uuid>,
}

impl Desk {
    /// The first school of the person today whose regulation lets the actor receive papers (`recording.credential_receivers`).
    async fn of(ctx: &Ctx<'_>, case: &CredentialCase, today: NaiveDate) -> Result<Self> {
        let person = &case.person;
        if ctx.actor.is_person(person.id) {
            return Err(Error::new(Code::SeparationOfDuties));
        }
        let mut is_used = false;
        for work in person.employed_on(today) {
            let (organization_id, municipality_id) = (work.organization_id, work.municipality_id);
            let regulation = binding_regulation_under(ctx, person.stamp, organization_id, today).await?;
            let rule =
                regulation.as_ref().and_then(|found| found.profile.recording.credential_receivers.as_ref());
            let Some(rule) = rule else { continue };
            is_used = true;
            let receivers = ctx.actor.in_roles(&rule.roles);
            let school = Target::region(person.region_id).organization(organization_id, municipality_id);
            if may(&receivers, &policy::RECEIVE_CREDENTIAL, &school) {
                let permit = authorize_seen(&receivers, &policy::RECEIVE_CREDENTIAL, &school)?;
                return Ok(Self { permit, organization_id, municipality_id });
            }
        }
        if is_used {
            return Err(Error::new(Code::Forbidden).detail(
                "По положению документы принимают другие роли",
                "By the regulation other roles receive papers",
            ));
        }
        Err(Error::field(
            "",
            "receipts_not_used",
            "Положение не предусматривает приёма документов",
            "The regulation does not have papers received",
        ))
    }
}
