//! Use cases of verification.

use uuid::Uuid;

use super::model::{LENGTH, VerificationCode, Verified};
use super::{policy, store};
use crate::authz::{Actor, Permit, authorize, authorize_seen, may};
use crate::db::{Change, Ctx, Subject};
use crate::error::{Code, Error, Result};
use crate::hours::clock::today;
use crate::hours::credentials::case::{CredentialCase, hold_credential};
use crate::hours::credentials::model::Credential;
use crate::hours::credentials::policy::GET_CREDENTIAL;

/// What is said of the paper with that code, to anybody.
pub async fn verify_credential(ctx: &Ctx<'_>, code: &VerificationCode) -> Result<Verified> {
    store::find(ctx.conn, code).await
}

/// Gives a paper the code by which it is checked; one that has a code keeps it.
pub async fn create_credential_code(ctx: &Ctx<'_>, id: Uuid) -> Result<CredentialCase> {
    let case = hold_credential(ctx, id).await?;
    authorize(ctx.actor, &GET_CREDENTIAL, &case.target(today(ctx).await?).reading)?;
    let permit = authorize_seen(ctx.actor, &policy::CREATE_CREDENTIAL_CODE, &case.bringing())?;
    if case.issuer.is_none() {
        return Err(Error::new(Code::StateConflict).detail(
            "Кто выдал документ, системе не известно: подлинность проверить не у кого",
            "The system does not know the issuer: there is nobody to vouch for the paper",
        ));
    }
    ensure_code(ctx, &permit, &case.credential).await?;
    ctx.audit(&permit, Subject { kind: "credential_verification", id }, Change::none()).await?;
    Ok(case)
}

/// Sees to it that a paper of a known issuer has a code, by the right to issue or to confirm it; the code, if it had none.
pub(in crate::hours) async fn ensure_code(
    ctx: &Ctx<'_>,
    permit: &Permit,
    paper: &Credential,
) -> Result<Option<VerificationCode>> {
    if paper.data.issuer_id.is_none() {
        return Ok(None);
    }
    let code = new_code();
    Ok(store::insert(ctx, permit, paper, &code).await?.then_some(code))
}

/// A code that nobody has.
pub(in crate::hours) fn new_code() -> VerificationCode {
    let mut random = [0; LENGTH];
    rand::fill(&mut random);
    VerificationCode::of(random)
}

/// The code of a paper, without asking who may see it; a duplicate has a code of its own.
pub(in crate::hours) async fn code_of(ctx: &Ctx<'_>, id: Uuid) -> Result<Option<String>> {
    store::code_of(ctx.conn, id).await
}

/// Whether the actor may give the paper a code, when it has none.
pub(in crate::hours) fn may_create_code(actor: &Actor, case: &CredentialCase) -> bool {
    case.issuer.is_some() && may(actor, &policy::CREATE_CREDENTIAL_CODE, &case.bringing())
}
